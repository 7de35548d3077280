/* SPDX-License-Identifier: MIT
 *
 * richards [ROUNDS]: the kernel of an operating system, after Martin Richards. Six tasks hand packets to each other through
 * queues; a scheduler runs the most urgent one that can run. The numbers at the end are those of the original.
 */
#include "variant.h"

enum { IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B, TASKS };
enum { TO_DEVICE, TO_WORK };
enum { WAITING = 1, RUNNABLE = 2, HELD = 4 };
enum { DATA = 4, IDLE_ROUNDS = 10000 };

typedef struct Packet Packet;
typedef struct Task Task;

struct RC_CLASS Packet {
    RC_HEAD;
    Packet *link;
    int id, kind, datum, data[DATA];
};

/* `work` and `devices` are queues of a handler's, `pending` is what a device works on. */
struct RC_CLASS Task {
    RC_HEAD;
    Task *next;
    Packet *input, *work, *devices, *pending;
    RC_RETURNS_BORROWED Task *(*run)(Task *self, RC_STEALS Packet *packet);
    int id, priority, state, v1, v2;
};

HAND(static const rc_field packet_fields[] = {RC_FIELD_STRONG(Packet, link), RC_FIELD_END};
     static const rc_type Packet_type = {.name = "Packet",
                                         .size = sizeof(Packet),
                                         .flags = RC_TYPE_GC,
                                         .fields = packet_fields};
     static const rc_field task_fields[] = {RC_FIELD_STRONG(Task, next), RC_FIELD_STRONG(Task, input),
                                            RC_FIELD_STRONG(Task, work), RC_FIELD_STRONG(Task, devices),
                                            RC_FIELD_STRONG(Task, pending), RC_FIELD_END};
     static const rc_type Task_type = {
         .name = "Task", .size = sizeof(Task), .flags = RC_TYPE_GC, .fields = task_fields};)

#ifdef BY_MALLOC
static const rc_type Packet_type = {sizeof(Packet), 0, NULL}, Task_type = {sizeof(Task), 0, NULL};

static void packets_free(Packet *packet)
{
    while (packet) {
        Packet *next = packet->link;
        free(packet);
        packet = next;
    }
}

static void tasks_free(Task *task)
{
    while (task) {
        Task *next = task->next;
        packets_free(task->input);
        packets_free(task->work);
        packets_free(task->devices);
        packets_free(task->pending);
        free(task);
        task = next;
    }
}
#endif

static Task *tasks; /* most urgent first */
static RC_UNOWNED Task *table[TASKS], *current;
static int queued, held;

/* ---- packets ----------------------------------------------------------------------------------------------- */
static Packet *packet_new(RC_STEALS Packet *link, int id, int kind)
{
    Packet *self = NEW(Packet);

    if (!self) abort();
    self->link = link;
    self->id = id;
    self->kind = kind;
    return self;
}

/* Puts a packet at the end of a queue. */
static void append(Task *task, RC_STEALS Packet *packet)
{
    packet->link = NULL;
    if (!task->input) {
        task->input = packet;
        return;
    }
    Packet *last = task->input;
    while (last->link) last = last->link;
    last->link = packet;
}

/* The same for a handler's queues. */
static Packet *appended(RC_STEALS Packet *queue, RC_STEALS Packet *packet)
{
    packet->link = NULL;
    if (!queue) return packet;
    Packet *last = queue;
    while (last->link) last = last->link;
    last->link = packet;
    return queue;
}

/* ---- the kernel -------------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED static Task *hold(void)
{
    held++;
    current->state |= HELD;
    return current->next;
}

RC_RETURNS_BORROWED static Task *suspend(void)
{
    current->state |= WAITING;
    return current;
}

RC_RETURNS_BORROWED static Task *release(int id)
{
    Task *task = table[id];

    task->state &= ~HELD;
    return task->priority > current->priority ? task : current;
}

RC_RETURNS_BORROWED static Task *queue(RC_STEALS Packet *packet)
{
    Task *task = table[packet->id];
    bool first = !task->input;

    queued++;
    packet->id = current->id;
    append(task, packet);
    if (!first) return current;
    task->state |= RUNNABLE;
    return task->priority > current->priority ? task : current;
}

RC_RETURNS_BORROWED static Task *run(Task *task)
{
    Packet *packet = NULL;

    if (task->state == (WAITING | RUNNABLE)) {
        packet = task->input;
        task->input = packet->link;
        packet->link = NULL;
        task->state = task->input ? RUNNABLE : 0;
    }
    return task->run(task, packet);
}

static void schedule(void)
{
    current = tasks;
    while (current) {
        if (current->state & HELD || current->state == WAITING)
            current = current->next;
        else
            current = run(current);
    }
}

/* ---- tasks ------------------------------------------------------------------------------------------------- */
RC_RETURNS_BORROWED static Task *run_idle(Task *self, RC_STEALS Packet *packet)
{
    (void)packet;
    if (--self->v2 == 0) return hold();
    if (self->v1 & 1) {
        self->v1 = (self->v1 >> 1) ^ 0xD008;
        return release(DEVICE_B);
    }
    self->v1 >>= 1;
    return release(DEVICE_A);
}

RC_RETURNS_BORROWED static Task *run_worker(Task *self, RC_STEALS Packet *packet)
{
    if (!packet) return suspend();
    self->v1 = self->v1 == HANDLER_A ? HANDLER_B : HANDLER_A;
    packet->id = self->v1;
    packet->datum = 0;
    for (int i = 0; i < DATA; i++) {
        if (++self->v2 > 26) self->v2 = 1;
        packet->data[i] = self->v2;
    }
    return queue(packet);
}

RC_RETURNS_BORROWED static Task *run_handler(Task *self, RC_STEALS Packet *packet)
{
    if (packet) {
        if (packet->kind == TO_WORK) {
            Packet *before = self->work;
            self->work = NULL;
            self->work = appended(before, packet);
        } else {
            Packet *before = self->devices;
            self->devices = NULL;
            self->devices = appended(before, packet);
        }
    }
    if (self->work) {
        int n = self->work->datum;
        if (n >= DATA) {
            Packet *done = self->work;
            self->work = done->link;
            done->link = NULL;
            return queue(done);
        }
        if (self->devices) {
            Packet *request = self->devices;
            self->devices = request->link;
            request->link = NULL;
            request->datum = self->work->data[n];
            self->work->datum = n + 1;
            return queue(request);
        }
    }
    return suspend();
}

RC_RETURNS_BORROWED static Task *run_device(Task *self, RC_STEALS Packet *packet)
{
    if (!packet) {
        Packet *done = self->pending;
        if (!done) return suspend();
        self->pending = NULL;
        return queue(done);
    }
    self->pending = packet;
    return hold();
}

static void task_add(int id, int priority, RC_STEALS Packet *input, int state,
                     RC_RETURNS_BORROWED Task *(*function)(Task *self, RC_STEALS Packet *packet))
{
    Task *self = NEW(Task);

    if (!self) abort();
    self->id = id;
    self->priority = priority;
    self->input = input;
    self->state = state;
    self->run = function;
    self->next = tasks;
    table[id] = self;
    tasks = self;
}

static void round_of(int number)
{
    queued = held = 0;
    task_add(IDLE, 0, NULL, 0, run_idle);
    table[IDLE]->v1 = 1;
    table[IDLE]->v2 = IDLE_ROUNDS;
    task_add(WORKER, 1000, packet_new(packet_new(NULL, WORKER, TO_WORK), WORKER, TO_WORK), WAITING | RUNNABLE,
             run_worker);
    table[WORKER]->v1 = HANDLER_A;
    for (int i = 0; i < 2; i++) {
        Packet *three = packet_new(NULL, DEVICE_A + i, TO_DEVICE);
        three = packet_new(three, DEVICE_A + i, TO_DEVICE);
        three = packet_new(three, DEVICE_A + i, TO_DEVICE);
        task_add(HANDLER_A + i, 2000 + 1000 * i, three, WAITING | RUNNABLE, run_handler);
    }
    task_add(DEVICE_A, 4000, NULL, WAITING, run_device);
    task_add(DEVICE_B, 5000, NULL, WAITING, run_device);
    schedule();
    if (number == 0) printf("queued %d, held %d\n", queued, held);
    HAND(RC_CLEAR(tasks);)
    MALLOC(tasks_free(tasks);)
    tasks = NULL;
}

int main(int argc, char **argv)
{
    int rounds = option(argc, argv, 1, 100);

    for (int i = 0; i < rounds; i++) round_of(i);
    return 0;
}
