/* SPDX-License-Identifier: MIT
 *
 * Raw pointers: given, taken back, made references again, and merely looked at.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Obj Obj;
struct RC_CLASS Obj {
    RC_HEAD;
    const char *name;
    Obj *next;
};
RC_FINALIZER static void obj_finalize(Obj *self)
{
    printf("~%s\n", self->name);
}

static Obj *obj(const char *name)
{
    Obj *self = rc_new(Obj);

    self->name = name;
    return self;
}

#include <stdint.h>

typedef struct Job {
    void (*run)(void *data);
    void *data;
} Job;

static Job queue[4];
static int queued;

static void say(void *data)
{
    Obj *o = rc_take(Obj, data);

    printf("job %s\n", o->name);
}

static void submit(Obj *o)
{
    queue[queued++] = (Job){say, rc_give(o)};
}

static void look(void *raw)
{
    Obj *o = rc_ref(Obj, raw);

    printf("look %s\n", o->name);
}

int main(void)
{
    Obj *a = obj("a");
    submit(a);
    submit(obj("only queued"));
    a = NULL;
    puts("queued");
    while (queued--) queue[queued].run(queue[queued].data);
    Obj *b = obj("b");
    void *raw = (void *)b;
    uintptr_t number = (uintptr_t)b;
    look(raw);
    printf("%d\n", number == (uintptr_t)raw);
    RC_UNOWNED Obj *bare[2] = {b, NULL};
    Obj *c = obj("c");
    bare[1] = c;
    printf("%s %s\n", bare[0]->name, bare[1]->name);
    b = rc_ref(Obj, raw);
    Obj *taken = rc_take(Obj, rc_give(c));
    c = NULL;
    printf("%s\n", taken->name);
    taken = NULL;
    puts("end");
    printf("live %zu\n", rc_live_objects());
    return 0;
}
