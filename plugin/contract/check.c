/* SPDX-License-Identifier: MIT
 *
 * A contract beside the real header. The two are parsed apart, since both declare the same types: the
 * header's side is a file that asks for the type of each function that the contract names, and types are
 * compared by shape and by the names of structs. Qualifiers and the signs of numbers do not move references
 * and are not compared.
 */
#include <stdlib.h>
#include <string.h>

#include "contract_p.h"

static const char type_probe[] = "rc_probe_", macro_probe[] = "rc_macro_", alias_probe[] = "rc_alias_";

/* ---- the header's side --------------------------------------------------------------------------------- */

const char *contract_describes(const ir_unit *contract)
{
    static const char prefix[] = "describes:";
    for (size_t i = 0; i < contract->facts.n; i++)
        if (str_starts(contract->facts.at[i].text, prefix))
            return contract->facts.at[i].text + sizeof prefix - 1;
    return NULL;
}

static bool is_own(const ir_unit *unit, const ir_decl *decl)
{
    return decl->kind == IR_DECL_FUNCTION && decl->span.file < unit->files.n &&
           unit->files.at[decl->span.file].main;
}

static unsigned include_each(const char *headers, strbuf *out)
{
    unsigned lines = 0;
    while (*headers) {
        size_t n = strcspn(headers, " ");
        if (n) strbuf_printf(out, "#include \"%.*s\"\n", (int)n, headers);
        lines += n > 0;
        headers += n + (headers[n] == ' ');
    }
    return lines;
}

unsigned contract_probe(const ir_unit *contract, const char *headers, strbuf *out)
{
    unsigned lines = include_each(headers, out);
    for (size_t i = 0; i < contract->typedefs.n; i++) {
        const ir_typedef *alias = &contract->typedefs.at[i];
        if (ir_type_of(contract, alias->type)->kind == IR_RECORD)
            strbuf_printf(out, "extern %s *%s%s;\n", alias->name, alias_probe, alias->name);
    }
    for (size_t i = 1; i < contract->decls.n; i++) {
        const ir_decl *decl = &contract->decls.at[i];
        const char *name = decl->name;
        if (!is_own(contract, decl)) continue;
        strbuf_printf(out, "#ifdef %s\nint %s%s;\n#undef %s\n#endif\n", name, macro_probe, name, name);
        strbuf_printf(out, "extern __typeof__(%s) %s%s;\n", name, type_probe, name);
    }
    return lines;
}

static const ir_decl *probed(const ir_unit *probe, const char *prefix, const char *name)
{
    strbuf full = {0};
    strbuf_printf(&full, "%s%s", prefix, name);
    ir_decl_id id = ir_decl_find(probe, full.s);
    strbuf_fini(&full);
    return id ? &probe->decls.at[id] : NULL;
}

/* ---- findings ------------------------------------------------------------------------------------------ */

typedef struct checker {
    const ir_unit *contract, *probe;
    diag_list *out;
} checker;

static diag_place place_of(const ir_unit *unit, const ir_span *span)
{
    const char *file =
        span->file && span->file < unit->files.n ? unit->files.at[span->file].path : unit->path;
    return (diag_place){file, span->line, span->column, span->end_line, span->end_column};
}

static void complain(const checker *c, const ir_decl *decl, const char *format, ...) PRINTF_LIKE(3, 4);
static void complain(const checker *c, const ir_decl *decl, const char *format, ...)
{
    strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vprintf(&text, format, args);
    va_end(args);
    diag *d = diag_add(c->out, "contract-mismatch", place_of(c->contract, &decl->name_span), "%s: %s",
                       decl->name, text.s);
    d->function = arena_strdup(c->out->arena, decl->name);
    d->shape = arena_strdup(c->out->arena, text.s);
    strbuf_fini(&text);
}

/* ---- types --------------------------------------------------------------------------------------------- */

/* Whether the header's typedef of this name is of the header's record. */
static bool is_alias(const ir_unit *probe, const char *name, ir_record_id record)
{
    const ir_decl *decl = probed(probe, alias_probe, name);
    ir_record_id behind;
    return decl && ir_type_is_pointer_to_record(probe, decl->type, &behind) && behind == record;
}

static bool same_record(const ir_unit *contract, ir_record_id mine, const ir_unit *probe, ir_record_id theirs)
{
    if (contract_record_named(contract, mine, probe->records.at[theirs].name)) return true;
    for (size_t i = 0; i < contract->typedefs.n; i++) {
        const ir_typedef *alias = &contract->typedefs.at[i];
        const ir_type *type = ir_type_of(contract, alias->type);
        if (type->kind == IR_RECORD && type->record == mine && is_alias(probe, alias->name, theirs))
            return true;
    }
    return false;
}

static bool is_number(const ir_type *type)
{
    return type->kind == IR_INT || type->kind == IR_BOOL;
}

/* An array that is passed is a pointer. */
static bool is_address(const ir_type *type)
{
    return type->kind == IR_POINTER || type->kind == IR_ARRAY;
}

static bool same_type(const ir_unit *a, ir_type_id ia, const ir_unit *b, ir_type_id ib, int depth)
{
    enum { DEEPEST = 8 };
    const ir_type *ta = ir_type_of(a, ia), *tb = ir_type_of(b, ib);
    if (is_number(ta) && is_number(tb)) return ta->size == tb->size;
    if (is_address(ta) && is_address(tb)) return same_type(a, ta->of, b, tb->of, depth + 1);
    if (ta->kind != tb->kind || depth > DEEPEST) return ta->kind == tb->kind;
    switch (ta->kind) {
    case IR_FLOAT: return ta->size == tb->size;
    case IR_RECORD: return same_record(a, ta->record, b, tb->record);
    case IR_FUNCTION:
        return !ta->param_count || ta->param_count == tb->param_count; /* void (*)(void): of any shape */
    default: return true;
    }
}

static const char *spelled(const ir_unit *unit, ir_type_id type)
{
    const char *text = ir_type_of(unit, type)->spelling;
    return text ? text : "?";
}

static void compare_signature(const checker *c, const ir_decl *mine, const ir_decl *theirs)
{
    const ir_type *a = ir_type_of(c->contract, mine->type), *b = ir_type_of(c->probe, theirs->type);
    if (a->param_count != b->param_count || a->variadic != b->variadic) {
        complain(c, mine, "the header has %zu parameters%s, the contract %zu%s", b->param_count,
                 b->variadic ? " and more" : "", a->param_count, a->variadic ? " and more" : "");
        return;
    }
    if (!same_type(c->contract, a->of, c->probe, b->of, 0))
        complain(c, mine, "returns '%s' in the header and '%s' in the contract", spelled(c->probe, b->of),
                 spelled(c->contract, a->of));
    for (size_t i = 0; i < a->param_count; i++)
        if (!same_type(c->contract, a->params[i], c->probe, b->params[i], 0))
            complain(c, mine, "parameter %zu is '%s' in the header and '%s' in the contract", i + 1,
                     spelled(c->probe, b->params[i]), spelled(c->contract, a->params[i]));
}

static void compare_with_header(const checker *c, const ir_decl *decl)
{
    const ir_decl *theirs = probed(c->probe, type_probe, decl->name);
    bool function = theirs && ir_type_of(c->probe, theirs->type)->kind == IR_FUNCTION;
    if (function)
        compare_signature(c, decl, theirs);
    else if (!probed(c->probe, macro_probe, decl->name))
        complain(c, decl, "the header has no such function");
}

/* ---- annotations --------------------------------------------------------------------------------------- */

enum { ON_FUNCTION = 1, ON_PARAM = 2, ON_POINTER = 4 /* says something only of a pointer */ };

static const struct {
    const char *name;
    unsigned where;
    char group; /* of one group a declaration has one at most; 0: any number */
} known[] = {
    {"returns_new", ON_FUNCTION | ON_POINTER, 'r'},
    {"returns_borrowed", ON_FUNCTION | ON_POINTER, 'r'},
    {"returns_borrowed_from", ON_FUNCTION | ON_POINTER, 'r'},
    {"returns_arg", ON_FUNCTION | ON_POINTER, 'r'},
    {"nullable", ON_FUNCTION | ON_PARAM | ON_POINTER, 'n'},
    {"nonnull", ON_FUNCTION | ON_PARAM | ON_POINTER, 'n'},
    {"raises", ON_FUNCTION | ON_PARAM, 0},
    {"fails", ON_FUNCTION, 0},
    {"calls_out", ON_FUNCTION, 'e'},
    {"no_effect", ON_FUNCTION, 'e'},
    {"tells_error", ON_FUNCTION, 'e'},
    {"clears_error", ON_FUNCTION, 0},
    {"may_miss", ON_FUNCTION | ON_POINTER, 0},
    {"repeats", ON_FUNCTION, 0},
    {"sets_up", ON_FUNCTION, 0},
    {"noreturn_on", ON_FUNCTION, 0},
    {"format", ON_FUNCTION, 0},
    {"manual", ON_FUNCTION, 0},
    {"role", ON_FUNCTION, 0},
    {"finalizer", ON_FUNCTION, 0},
    {"steals", ON_PARAM | ON_POINTER, 'p'},
    {"consumed", ON_PARAM | ON_POINTER, 'p'},
    {"steals_on_success", ON_PARAM | ON_POINTER, 'p'},
    {"retains", ON_PARAM | ON_POINTER, 'p'},
    {"retains_on_success", ON_PARAM | ON_POINTER, 'p'},
    {"releases", ON_PARAM | ON_POINTER, 'p'},
    {"borrowed", ON_PARAM | ON_POINTER, 'p'},
    {"keeps", ON_FUNCTION | ON_PARAM | ON_POINTER, 0},
    {"acyclic", ON_FUNCTION | ON_POINTER, 0},
    {"drops", ON_PARAM | ON_POINTER, 0},
    {"sinks", ON_PARAM | ON_POINTER, 0},
    {"floating", ON_FUNCTION | ON_POINTER, 0},
    {"out", ON_PARAM | ON_POINTER, 0},
    {"strong", ON_PARAM, 0},
    {"unowned", ON_PARAM, 0},
    {"counted_by", ON_PARAM, 0},
};

static size_t find_known(const char *annotation)
{
    size_t n = strcspn(annotation, ":"), i = 0;
    while (i < sizeof known / sizeof *known &&
           (strlen(known[i].name) != n || strncmp(known[i].name, annotation, n) != 0))
        i++;
    return i;
}

static void check_annotations(const checker *c, const ir_decl *decl, const ir_annots *a, unsigned where,
                              const char *what, bool pointer)
{
    for (size_t i = 0; i < a->n; i++) {
        size_t at = find_known(a->at[i]);
        if (at == sizeof known / sizeof *known) {
            complain(c, decl, "%s: there is no annotation '%s'", what, a->at[i]);
            continue;
        }
        if (!(known[at].where & where)) complain(c, decl, "%s: '%s' does not belong there", what, a->at[i]);
        if (known[at].where & ON_POINTER && !pointer)
            complain(c, decl, "%s: '%s' is said of no pointer", what, a->at[i]);
        for (size_t j = 0; j < i && known[at].group; j++) {
            size_t other = find_known(a->at[j]);
            if (other < sizeof known / sizeof *known && known[other].group == known[at].group && other != at)
                complain(c, decl, "%s: '%s' contradicts '%s'", what, a->at[j], a->at[i]);
        }
    }
}

static bool names_param(const ir_decl *decl, const char *name)
{
    for (size_t i = 0; i < decl->param_count; i++)
        if (strcmp(decl->params[i].name, name) == 0) return true;
    return false;
}

/* What an annotation refers to must be there. */
static void check_references(const checker *c, const ir_decl *decl)
{
    static const char *const by_name[] = {"returns_borrowed_from", "returns_arg"};
    for (size_t i = 0; i < sizeof by_name / sizeof *by_name; i++) {
        const char *name = ir_annot_arg(&decl->annots, by_name[i]);
        if (name && !names_param(decl, name))
            complain(c, decl, "%s: it has no parameter '%s'", by_name[i], name);
    }
    const char *format = ir_annot_arg(&decl->annots, "format"), *colon = format ? strrchr(format, ':') : NULL;
    long at = colon ? strtol(colon + 1, NULL, 10) : 0;
    if (format && (at < 1 || (size_t)at > decl->param_count))
        complain(c, decl, "format: it has no parameter %s", colon ? colon + 1 : "number");
}

static bool is_pointer(const ir_unit *unit, ir_type_id type)
{
    ir_type_kind kind = ir_type_of(unit, type)->kind;
    return kind == IR_POINTER || kind == IR_ARRAY;
}

static void check_words(const checker *c, const ir_decl *decl)
{
    const ir_type *type = ir_type_of(c->contract, decl->type);
    check_annotations(c, decl, &decl->annots, ON_FUNCTION, "result", is_pointer(c->contract, type->of));
    for (size_t i = 0; i < decl->param_count; i++) {
        const ir_param *p = &decl->params[i];
        char what[96];
        if (*p->name)
            snprintf(what, sizeof what, "parameter '%s'", p->name);
        else
            snprintf(what, sizeof what, "parameter %zu", i + 1);
        check_annotations(c, decl, &p->annots, ON_PARAM, what, is_pointer(c->contract, p->type));
    }
    check_references(c, decl);
}

void contract_check(const ir_unit *contract, const ir_unit *probe, diag_list *out)
{
    checker c = {contract, probe, out};
    for (size_t i = 1; i < contract->decls.n; i++) {
        const ir_decl *decl = &contract->decls.at[i];
        if (!is_own(contract, decl)) continue;
        check_words(&c, decl);
        if (probe && !ir_annotated(&decl->annots, "role")) compare_with_header(&c, decl);
    }
}
