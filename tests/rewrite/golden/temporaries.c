/* SPDX-License-Identifier: MIT
 *
 * Rule 4, first half: a new reference that no variable takes ends with its full expression.
 */
#include <recount.h>
#include <stdio.h>

typedef struct Text Text;
struct RC_CLASS Text {
    RC_HEAD;
    char c;
    Text *rest;
};

RC_FINALIZER static void text_finalize(Text *self)
{
    printf("~%c\n", self->c);
}

static Text *text(char c, Text *rest)
{
    Text *self = rc_new(Text);

    self->c = c;
    self->rest = rest;
    return self;
}

static int length(Text *t)
{
    int n = 0;

    for (; t; t = t->rest) n++;
    return n;
}

static int measured(char c)
{
    return length(text(c, text('.', NULL)));
}

int main(void)
{
    int n = length(text('i', NULL)), turns = 0;

    text('d', NULL);
    (void)text('v', NULL);
    printf("%d %d\n", n, measured('r'));
    if (text('c', NULL)->c == 'c') puts("then");
    while (length(text('w', NULL)) > turns) turns++;
    for (n = length(text('f', NULL)); n < length(text('g', NULL)); n++) puts("body");
    switch (length(text('s', NULL))) {
    case 1: puts("one"); break;
    }
    do turns--;
    while (length(text('u', NULL)) == 0);
    n = turns && text('n', NULL) ? 1 : length(text('e', text('m', NULL)));
    printf("%d, live %zu\n", n, rc_live_objects());
    return 0;
}
