/* SPDX-License-Identifier: MIT
 *
 * Pointers into objects, also those that a function returns, keep their objects alive for the full expression.
 */
#define _POSIX_C_SOURCE 200809L
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct Str Str;
struct RC_CLASS Str {
    RC_HEAD;
    char *text;
    Str *next;
};
RC_FINALIZER static void str_fin(Str *s)
{
    printf("~%s\n", s->text);
    memset(s->text, '#', strlen(s->text));
    free(s->text);
}
static Str *str(const char *t)
{
    Str *s = rc_new(Str);
    s->text = strdup(t);
    return s;
}
static Str *cur;
static void drop(void)
{
    cur = NULL;
}
static void use(const char *t)
{
    drop();
    printf("use %s\n", t);
}
static const char *text_of(Str *s)
{
    return s->text;
}
static char *skip(char *t)
{
    return t + 1;
}
static int len(const char *t)
{
    drop();
    return (int)strlen(t);
}
int main(void)
{
    cur = str("alpha");
    use(strchr(cur->text, 'p'));
    cur = str("beta");
    use(text_of(cur));
    cur = str("gamma");
    use(skip(skip(cur->text)));
    cur = str("delta");
    use(cur->text + 2);
    cur = str("eps");
    use(&cur->text[1]);
    cur = str("zeta");
    printf("%d\n", len(cur->text) + 1);
    cur = str("eta");
    use(cur ? cur->text : "none");
    cur = str("theta");
    use((puts("comma"), cur->text));
    cur = str("iota");
    cur->next = str("inner");
    use(cur->next->text);
    use(str("temp")->text);
    use(text_of(str("temp2")));
    const char *p = strdup(text_of(str("temp3")));
    puts(p);
    free((void *)p);
    return 0;
}
