/* SPDX-License-Identifier: MIT
 *
 * Variables that outlive functions: globals, static locals, arrays and structs of them, extern ones.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Flag Flag;
struct RC_CLASS Flag {
    RC_HEAD;
    int n;
    Flag *next;
};
typedef struct State { Flag *now, *history[2]; RC_WEAK Flag *seen; } State;

extern Flag *shown;
Flag *shown;
static State state;
static _Thread_local Flag *mine;

static Flag *flag(int n)
{
    static Flag *last;
    Flag *self = rc_new(Flag);

    self->n = n;
    self->next = last;
    last = self;
    if (n == 3) last = NULL;
    return self;
}

static void set(RC_STEALS Flag *f)
{
    state.history[1] = state.history[0];
    state.history[0] = state.now;
    state.seen = state.now = f;
}

int main(void)
{
    for (int i = 1; i <= 3; i++) set(flag(i));
    shown = state.now;
    mine = state.history[1];
    state = (State){.now = mine};
    printf("%d %d %zu\n", shown->n, state.now->n, rc_live_objects());
    shown = mine = state.now = NULL;
    printf("live %zu\n", rc_live_objects());
    return 0;
}
