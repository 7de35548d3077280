/* SPDX-License-Identifier: MIT
 *
 * A cycle dies in the collector: on demand, and in the last collection after main.
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

typedef struct Owner Owner;
typedef struct Part Part;
struct RC_CLASS Owner {
    RC_HEAD;
    const char *name;
    RC_COUNTED_BY(n) Part **parts;
    size_t n;
};
struct RC_CLASS Part {
    RC_HEAD;
    Owner *owner;
    Obj *label;
};
RC_FINALIZER static void owner_finalize(Owner *self)
{
    printf("~owner %s of %zu\n", self->name, self->n);
}

static Owner *owner_new(const char *name, size_t n)
{
    Owner *self = rc_new(Owner);

    self->name = name;
    self->parts = rc_array_new(Part, n);
    self->n = n;
    for (size_t i = 0; i < n; i++) {
        self->parts[i] = rc_new(Part);
        self->parts[i]->owner = self;
    }
    return self;
}

static Owner *at_exit;

int main(void)
{
    owner_new("first", 2);
    puts("dropped");
    printf("collected %zd\n", rc_gc_collect());
    Owner *o = owner_new("second", 3);
    RC_WEAK Part *seen = o->parts[2];
    o->parts[2]->label = obj("label");
    o = NULL;
    printf("%s\n", seen && seen->label ? seen->label->name : "gone");
    printf("collected %zd\n", rc_gc_collect());
    printf("%s\n", seen ? "there" : "gone");
    printf("live %zu\n", rc_live_objects());
    o = owner_new("third", 1);
    o->parts[0]->owner = NULL;
    o = NULL;
    puts("no cycle, no collector");
    at_exit = owner_new("last", 1);
    at_exit = NULL;
    puts("end of main");
    return 0;
}
