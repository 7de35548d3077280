/* SPDX-License-Identifier: MIT
 *
 * A matcher of patterns built as a graph with loops in it: cycles of states, a table of operators, sets of references.
 */
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct State State;
struct RC_CLASS State {
    RC_HEAD;
    enum { CHARACTER, ANY, SPLIT, MATCH } kind;
    char c;
    int mark;
    State *out, *other;
};
static int states;
RC_FINALIZER static void state_finalize(State *self)
{
    (void)self;
    states--;
}

/* A piece of the graph: where it begins, and its loose end. */
typedef struct Piece {
    State *start, *end;
} Piece;

typedef struct Set Set;
struct RC_CLASS Set {
    RC_HEAD;
    size_t n;
    RC_COUNTED_BY(n) State **members;
};

static State *state_new(int kind, char c)
{
    State *self = rc_new(State);

    states++;
    self->kind = kind;
    self->c = c;
    return self;
}

static Piece single(int kind, char c)
{
    Piece p = {state_new(kind, c), NULL};

    p.end = p.start;
    return p;
}

static Piece star(Piece p)
{
    State *split = state_new(SPLIT, 0);

    split->out = p.start;
    p.end->out = split;
    return (Piece){split, split};
}

static Piece plus(Piece p)
{
    Piece loop = star(p);

    return (Piece){.start = p.start, .end = loop.end};
}

static Piece optional(Piece p)
{
    State *split = state_new(SPLIT, 0), *join = state_new(SPLIT, 0);

    split->out = p.start;
    split->other = join;
    p.end->out = join;
    return (Piece){split, join};
}

static const struct {
    char sign;
    Piece (*apply)(Piece p);
} operators[] = {{'*', star}, {'+', plus}, {'?', optional}};

static void attach(State *end, State *next)
{
    if (end->kind == SPLIT && end->out)
        end->other = next;
    else
        end->out = next;
}

static State *compile(const char *pattern)
{
    Piece all = single(SPLIT, 0);

    while (*pattern) {
        Piece p = *pattern == '.' ? single(ANY, 0) : single(CHARACTER, *pattern);
        pattern++;
        for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
            if (*pattern != operators[i].sign) continue;
            p = operators[i].apply(p);
            pattern++;
            break;
        }
        attach(all.end, p.start);
        all.end = p.end;
    }
    attach(all.end, state_new(MATCH, 0));
    return all.start;
}

static void add(Set *set, State *s, int mark)
{
    if (!s || s->mark == mark) return;
    s->mark = mark;
    if (s->kind == SPLIT) {
        add(set, s->out, mark);
        add(set, s->other, mark);
        return;
    }
    if (rc_array_resize(State, set->members, set->n, set->n + 1)) abort();
    set->members[set->n++] = s;
}

static Set *step(Set *from, char c, int mark)
{
    Set *to = rc_new(Set);

    for (size_t i = 0; i < from->n; i++) {
        State *s = from->members[i];
        if (s->kind == ANY || (s->kind == CHARACTER && s->c == c)) add(to, s->out, mark);
    }
    return to;
}

static bool matches(State *start, const char *text)
{
    static int mark;
    Set *now = rc_new(Set);

    add(now, start, ++mark);
    for (; *text; text++) now = step(now, *text, ++mark);
    for (size_t i = 0; i < now->n; i++) {
        if (now->members[i]->kind == MATCH) return true;
    }
    return false;
}

int main(void)
{
    static const char *const cases[][2] = {{"abc", "abc"}, {"ab*c", "abbbbc"}, {"ab+c", "ac"},
                                           {"ab?c", "ac"}, {"a.*z", "abcz"},   {"a*b*", ""},
                                           {".+", ""},     {"x*y", "xxxxy"}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        State *start = compile(cases[i][0]);
        printf("%s %s: %s\n", cases[i][0], cases[i][1], matches(start, cases[i][1]) ? "yes" : "no");
    }
    printf("%s\n", states ? "loops are left" : "none left");
    rc_gc_collect();
    printf("%d states, %zu live\n", states, rc_live_objects());
    return 0;
}
