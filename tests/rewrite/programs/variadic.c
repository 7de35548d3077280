/* SPDX-License-Identifier: MIT
 *
 * Variadic functions, callbacks with state, recursion through out parameters, unwinding ladders.
 */
#include <recount.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct Item Item;
struct RC_CLASS Item {
    RC_HEAD;
    char name[16];
    Item *next, *down;
};
static int alive;
RC_FINALIZER static void item_finalize(Item *self)
{
    alive--;
    printf("~%s\n", self->name);
}

static Item *item(const char *format, ...)
{
    va_list ap;
    Item *self = rc_new(Item);

    alive++;
    va_start(ap, format);
    vsnprintf(self->name, sizeof self->name, format, ap);
    va_end(ap);
    return self;
}

static Item *list_of(int n, ...)
{
    va_list ap;
    Item *first = NULL, **end = &first;

    va_start(ap, n);
    while (n--) {
        *end = va_arg(ap, Item *);
        end = &(*end)->next;
    }
    va_end(ap);
    return first;
}

static Item *longest(Item *a, ...)
{
    va_list ap;
    Item *best = a, *other;

    va_start(ap, a);
    while ((other = va_arg(ap, Item *)) != NULL) {
        if (strlen(other->name) > strlen(best->name)) best = other;
    }
    va_end(ap);
    return best;
}

static int build(int depth, RC_OUT Item **out)
{
    Item *made = item("level%d", depth);

    if (depth == 0) return -1;
    if (depth > 1 && build(depth - 2, &made->down) != 0) printf("no room below %s\n", made->name);
    *out = made;
    return 0;
}

static int ladder(int fail_at, Item **result)
{
    Item *a = NULL, *b = NULL;
    int status = -1;

    if (fail_at == 1) goto out;
    a = item("a");
    if (fail_at == 2) goto drop_a;
    b = item("b");
    if (fail_at == 3) goto drop_b;
    a->next = b;
    *result = a;
    status = 0;
    goto out;
drop_b:
    b = NULL;
drop_a:
    a = NULL;
    puts("unwound");
out:
    return status;
}

typedef struct Search {
    const char *wanted;
    Item *found;
    int seen;
} Search;

static int look(Item *at, void *context)
{
    Search *search = context;

    search->seen++;
    if (strcmp(at->name, search->wanted)) return 0;
    search->found = at;
    return 1;
}

static int walk(Item *at, int (*visit)(Item *, void *), void *context)
{
    for (; at; at = at->next) {
        if (visit(at, context)) return 1;
        if (at->down && walk(at->down, visit, context)) return 1;
    }
    return 0;
}

int main(void)
{
    Item *list = list_of(3, item("x"), item("yy"), item("z"));
    printf("%s %s %s\n", list->name, list->next->name, list->next->next->name);
    printf("%s\n", longest(list, list->next, item("temporary"), NULL)->name);
    for (int i = 1; i < 5; i++) {
        Item *got = NULL;
        printf("ladder %d: %d %s\n", i, ladder(i, &got), i < 4 ? "nothing" : "all");
    }
    list->down = item("first below");
    if (!build(3, &list->next->down)) puts("built");
    build(2, &list->down);
    Search search = {"level1", NULL, 0};
    printf("%d\n", walk(list, look, &search));
    printf("%s %d\n", search.found->name, search.seen);
    list = NULL;
    puts("list gone");
    printf("%s %d\n", search.found->name, alive);
    search.found = NULL;
    return alive;
}
