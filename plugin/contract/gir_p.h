/* SPDX-License-Identifier: MIT
 *
 * GObject Introspection files as the importer sees them: types, and functions with what their arguments and
 * results transfer. Everything lives in the model's arena (gir_fini). Source: the introspection project's
 * schema, gir-1.2.rnc.
 */
#ifndef RECOUNT_CONTRACT_GIR_P_H
#define RECOUNT_CONTRACT_GIR_P_H

#include "../support/support.h"

typedef enum { GIR_CLASS, GIR_INTERFACE, GIR_RECORD, GIR_UNION, GIR_ENUM, GIR_CALLBACK, GIR_ALIAS } gir_kind;

typedef struct gir_type {
    gir_kind kind;
    const char *name;               /* "Gtk.Widget" */
    const char *c_type;             /* "GtkWidget"; an alias: see target */
    const char *parent;             /* class: its base's name, or NULL */
    const char *ref, *unref, *free; /* the C names of its functions, or NULL */
    bool disguised;                 /* record: its C type may be a pointer to the struct */
    const char *target;             /* alias: the C type that it stands for */
} gir_type;

typedef enum { GIR_UNSAID, GIR_NONE, GIR_CONTAINER, GIR_FULL } gir_transfer;
typedef enum { GIR_IN, GIR_OUT, GIR_INOUT } gir_direction;

typedef struct gir_value { /* a parameter, or the result */
    const char *name;
    const char *type;   /* "Gtk.Widget", "utf8"; NULL for an array */
    const char *c_type; /* as C spells it; NULL when the file does not say */
    gir_transfer transfer;
    gir_direction direction;
    bool instance, caller_allocates, nullable, variadic;
} gir_value;

typedef struct gir_fn {
    const char *symbol; /* the C name */
    const char *name;   /* in its owner: "ref" */
    gir_type *owner;    /* NULL: the namespace */
    bool constructor, throws;
    gir_value result;
    VEC(gir_value) params;
} gir_fn;

typedef struct gir {
    arena arena;
    map types;         /* "Gtk.Widget" -> gir_type */
    map c_types;       /* "GtkWidget" -> gir_type */
    map symbols;       /* C name -> gir_fn */
    map read;          /* "Gtk-3.0.gir" -> itself: each file once */
    VEC(gir_fn *) fns; /* of the files that were asked for, in their order */
    str_vec headers;   /* the C headers that those files name */
    str_vec includes;  /* paths of the files whose types they use */
} gir;

/* Reads files, and for their types alone those that they include, as far as these lie beside them: one that
 * does not costs the names of its types. 0, or -1 with one line in *error (owned by the caller). */
int gir_read(gir *g, const char *const *paths, size_t n, char **error);
void gir_fini(gir *g);
const gir_type *gir_type_find(const gir *g, const char *name); /* NULL: none */
/* Whether a class is `ancestor` ("GObject.InitiallyUnowned") or derived from it. */
bool gir_is_a(const gir *g, const gir_type *type, const char *ancestor);

#endif
