/* SPDX-License-Identifier: MIT
 *
 * Rule 4, second half: what is only borrowed is retained while the expression may reach code that drops it.
 */
#include <recount.h>
#include <stdio.h>
#include <string.h>

typedef struct Box Box;
struct RC_CLASS Box {
    RC_HEAD;
    char name[8];
    Box *inside;
};

RC_FINALIZER static void box_finalize(Box *self)
{
    printf("~%s\n", self->name);
    self->name[0] = '?';
}

static Box *shelf;

static Box *box(const char *name)
{
    Box *self = rc_new(Box);

    snprintf(self->name, sizeof self->name, "%s", name);
    return self;
}

static int clear(void)
{
    shelf = NULL;
    return 1;
}

void show(Box *b);
void show(Box *b)
{
    clear();
    printf("%s\n", b->name);
}

static void print(const char *name)
{
    clear();
    printf("%s\n", name);
}

RC_RETURNS_BORROWED static Box *top(void)
{
    return shelf;
}

int main(void)
{
    shelf = box("field");
    shelf->inside = box("inner");
    show(shelf->inside);
    shelf = box("call");
    show(top());
    shelf = box("other");
    print(shelf->name);
    shelf = box("same");
    puts(shelf->name);
    shelf->inside = box("hidden");
    (clear() ? shelf : NULL) ? puts("kept") : puts("gone");
    printf("live %zu\n", rc_live_objects());
    return 0;
}
