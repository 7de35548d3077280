/* SPDX-License-Identifier: MIT
 *
 * Plain structs with strong fields: copied, passed, returned, nested, in arrays, as literals.
 */
#include <recount.h>
#include <stdio.h>

typedef struct RC_CLASS Name { RC_HEAD; char c; } Name;

typedef struct Entry { Name *key, *value; } Entry;
typedef struct Table { Entry first, rest[2]; int n; } Table;

RC_FINALIZER static void name_finalize(Name *self)
{
    printf("~%c\n", self->c);
}

static Name *name(char c)
{
    Name *self = rc_new(Name);

    self->c = c;
    return self;
}

static Entry entry(char key, char value)
{
    return (Entry){name(key), name(value)};
}

static Entry swapped(Entry e)
{
    Name *key = e.key;

    e.key = e.value;
    e.value = key;
    return e;
}

static char key_of(Entry e)
{
    return e.key->c;
}

int main(void)
{
    Entry a = entry('a', 'b'), b = a;
    Table table = {.first = a, .n = 2};

    table.rest[0] = swapped(b);
    table.rest[1] = (Entry){.key = name('c')};
    b = table.rest[0];
    printf("%c %c %c\n", key_of(b), key_of(entry('d', 'e')), table.rest[1].key->c);
    Table copy = table;
    table = (Table){.n = 0};
    a.key = NULL;
    printf("%c %d\n", copy.first.key->c, table.n);
    return 0;
}
