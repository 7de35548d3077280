/* SPDX-License-Identifier: MIT
 *
 * Reads the printed form: lexing, types and what stands at file level. Names may be used before they are
 * declared, so the items are taken in three passes: record names; records, types and declarations; bodies.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "read_p.h"

bool iri_fail(reader *r, const char *format, ...)
{
    if (r->error) return false;
    size_t line = 1;
    for (const char *p = r->text; p < r->p; p++) line += *p == '\n';
    strbuf b = {0};
    va_list args;
    va_start(args, format);
    strbuf_printf(&b, "line %zu: ", line);
    strbuf_vprintf(&b, format, args);
    va_end(args);
    r->error = strbuf_take(&b);
    r->p = r->end;
    return false;
}

/* ---- lexing: '#' at the start of a line is a comment --------------------------------------------------- */
void iri_blanks(reader *r)
{
    while (r->p < r->end) {
        bool comment = *r->p == '#' && (r->p == r->text || r->p[-1] == '\n');
        if (comment) {
            while (r->p < r->end && *r->p != '\n') r->p++;
        } else if (isspace((unsigned char)*r->p)) {
            r->p++;
        } else {
            return;
        }
    }
}

bool iri_at(reader *r, const char *text)
{
    iri_blanks(r);
    size_t n = strlen(text);
    if ((size_t)(r->end - r->p) < n || memcmp(r->p, text, n) != 0) return false;
    r->p += n;
    return true;
}

static bool word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (c & 0x80);
}

bool iri_word_at(reader *r, const char *word)
{
    const char *before = r->p;
    if (iri_at(r, word) && (r->p == r->end || !word_char(*r->p))) return true;
    r->p = before;
    return false;
}

bool iri_want(reader *r, const char *text)
{
    return iri_at(r, text) || iri_fail(r, "expected '%s'", text);
}

char *iri_name(reader *r)
{
    iri_blanks(r);
    const char *start = r->p;
    if (r->p < r->end && isdigit((unsigned char)*r->p)) return arena_strdup(&r->unit->arena, "");
    while (r->p < r->end && word_char(*r->p)) r->p++;
    return arena_strndup(&r->unit->arena, start, (size_t)(r->p - start));
}

bool iri_number(reader *r, int64_t *out)
{
    iri_blanks(r);
    const char *p = r->p;
    bool negative = p < r->end && *p == '-';
    if (negative) p++;
    if (p == r->end || !isdigit((unsigned char)*p)) return iri_fail(r, "expected a number");
    uint64_t value = 0;
    while (p < r->end && isdigit((unsigned char)*p)) value = value * 10 + (uint64_t)(*p++ - '0');
    r->p = p;
    *out = (int64_t)(negative ? 0 - value : value);
    return true;
}

static char unescape(reader *r)
{
    char c = *r->p++;
    if (c != '\\' || r->p == r->end) return c;
    c = *r->p++;
    if (c != 'x' || r->end - r->p < 2) return c;
    char digits[3] = {r->p[0], r->p[1], '\0'};
    r->p += 2;
    return (char)strtoul(digits, NULL, 16);
}

char *iri_string(reader *r)
{
    if (!iri_want(r, "\"")) return NULL;
    strbuf b = {0};
    while (r->p < r->end && *r->p != '"') strbuf_addc(&b, unescape(r));
    char *s = arena_strndup(&r->unit->arena, b.s ? b.s : "", b.n);
    strbuf_fini(&b);
    return iri_want(r, "\"") ? s : NULL;
}

void iri_annots(reader *r, ir_annots *out)
{
    str_vec found = {0};
    *out = (ir_annots){0};
    if (!iri_at(r, "[")) return;
    do {
        const char *s = iri_string(r);
        if (s) vec_push(&found, s);
    } while (iri_at(r, ","));
    iri_want(r, "]");
    out->n = found.n;
    out->at = arena_alloc(&r->unit->arena, found.n * sizeof *out->at);
    if (found.n) memcpy(out->at, found.at, found.n * sizeof *out->at);
    vec_fini(&found);
}

ir_span iri_position(reader *r)
{
    int64_t line = 0, column = 0, file = 1;
    if (!iri_at(r, "@")) return (ir_span){0};
    iri_number(r, &line);
    if (iri_want(r, ":")) iri_number(r, &column);
    if (iri_at(r, "~")) iri_number(r, &file);
    ir_span span = {.file = (uint32_t)file, .line = (uint32_t)line, .column = (uint32_t)column};
    span.end_line = span.line, span.end_column = span.column;
    return span;
}

/* ---- types --------------------------------------------------------------------------------------------- */
static ir_type_id intern(reader *r, ir_type *t)
{
    strbuf spelling = {0};
    ir_type_id id = ir_type_intern(r->unit, t);
    ir_print_type(r->unit, id, &spelling); /* the printed form is the only spelling that there is */
    r->unit->types.at[id].spelling = arena_strdup(&r->unit->arena, spelling.s);
    strbuf_fini(&spelling);
    return id;
}

static void read_function_type(reader *r, ir_type *t)
{
    VEC(ir_type_id) params = {0};
    VEC(ir_annots) annots = {0};
    t->kind = IR_FUNCTION;
    t->prototyped = true;
    while (!iri_at(r, ")") && !r->error) {
        if (iri_at(r, "..."))
            t->variadic = true;
        else {
            vec_push(&params, iri_type(r));
            iri_annots(r, vec_add(&annots));
        }
        if (!iri_at(r, ",")) iri_want(r, ")"), r->p--;
    }
    iri_want(r, ":");
    t->of = iri_type(r);
    t->param_count = params.n;
    t->params = arena_alloc(&r->unit->arena, params.n * sizeof *t->params);
    t->param_annots = arena_alloc(&r->unit->arena, annots.n * sizeof *t->param_annots);
    for (size_t i = 0; i < params.n; i++) t->params[i] = params.at[i], t->param_annots[i] = annots.at[i];
    vec_fini(&params);
    vec_fini(&annots);
}

static bool read_scalar(const char *word, ir_type *t)
{
    char *rest;
    unsigned long bits = strlen(word) > 1 ? strtoul(word + 1, &rest, 10) : 0;
    if (strcmp(word, "void") == 0)
        t->kind = IR_VOID;
    else if (strcmp(word, "bool") == 0)
        t->kind = IR_BOOL, t->size = 1;
    else if (strcmp(word, "other") == 0)
        t->kind = IR_OTHER;
    else if (!bits || bits % 8 || *rest || !strchr("iuf", word[0]))
        return false;
    else {
        t->kind = word[0] == 'f' ? IR_FLOAT : IR_INT;
        t->is_signed = word[0] == 'i';
        t->size = bits / 8;
    }
    return true;
}

static void read_named_type(reader *r, ir_type *t)
{
    int64_t id = 0;
    const char *word = iri_name(r);
    bool numbered = r->p < r->end && *r->p == '#';
    if (!numbered && read_scalar(word, t)) return;
    t->kind = IR_RECORD;
    if (numbered)
        r->p++, iri_number(r, &id);
    else
        id = ir_record_find(r->unit, word);
    if (id <= 0 || (size_t)id >= r->unit->records.n) {
        iri_fail(r, "unknown type '%s'", word);
        id = 0;
    }
    t->record = (ir_record_id)id;
    t->size = r->unit->records.at[id].size;
}

ir_type_id iri_type(reader *r)
{
    ir_type t = {0};
    int64_t length = 0;
    for (;;) {
        if (iri_word_at(r, "const"))
            t.is_const = true;
        else if (iri_word_at(r, "volatile"))
            t.is_volatile = true;
        else if (iri_word_at(r, "atomic"))
            t.is_atomic = true;
        else
            break;
    }
    if (iri_at(r, "*")) {
        t.kind = IR_POINTER, t.size = 8;
        t.of = iri_type(r);
    } else if (iri_at(r, "[")) {
        t.kind = IR_ARRAY;
        if (iri_at(r, "?"))
            t.is_vla = true;
        else if (!iri_at(r, "]"))
            iri_number(r, &length), iri_want(r, "]");
        if (t.is_vla) iri_want(r, "]");
        t.length = (uint64_t)length;
        t.of = iri_type(r);
        t.size = t.length * ir_type_of(r->unit, t.of)->size;
    } else if (iri_at(r, "fn(")) {
        read_function_type(r, &t);
    } else {
        read_named_type(r, &t);
    }
    return r->error ? 0 : intern(r, &t);
}

/* ---- items --------------------------------------------------------------------------------------------- */
static void read_record_name(reader *r, bool is_union)
{
    int64_t id = 0, size = 0;
    iri_number(r, &id);
    const char *name = iri_string(r);
    iri_number(r, &size);
    if (r->error) return;
    if (id != (int64_t)r->unit->records.n) {
        iri_fail(r, "record %lld is out of order", (long long)id);
        return;
    }
    ir_record *record = vec_add(&r->unit->records);
    *record = (ir_record){.name = name, .is_union = is_union, .size = (uint64_t)size};
    record->spelling = arena_printf(&r->unit->arena, "%s %s", is_union ? "union" : "struct", name);
    record->usr = record->spelling;
}

static void read_fields(reader *r, ir_record_id id)
{
    VEC(ir_field) fields = {0};
    while (!iri_at(r, "}") && !r->error) {
        int64_t offset = 0;
        ir_field f = {.name = iri_name(r)};
        if (strcmp(f.name, "_") == 0) f.name = "";
        iri_want(r, ":");
        f.type = iri_type(r);
        if (iri_at(r, "+")) iri_number(r, &offset);
        f.bit_offset = (uint64_t)offset;
        iri_annots(r, &f.annots);
        vec_push(&fields, f);
    }
    ir_record *record = &r->unit->records.at[id];
    record->complete = true;
    record->field_count = fields.n;
    record->fields = arena_alloc(&r->unit->arena, fields.n * sizeof *fields.at);
    if (fields.n) memcpy(record->fields, fields.at, fields.n * sizeof *fields.at);
    vec_fini(&fields);
}

static void read_record(reader *r)
{
    int64_t id = 0, size;
    iri_number(r, &id);
    iri_string(r);
    iri_number(r, &size);
    if (r->error) return;
    iri_annots(r, &r->unit->records.at[id].annots);
    if (!iri_at(r, ";") && iri_want(r, "{")) read_fields(r, (ir_record_id)id);
}

static void read_flags(reader *r, ir_decl *d)
{
    if (iri_word_at(r, "static")) d->linkage = IR_LINK_STATIC;
    if (iri_word_at(r, "inline")) d->is_inline = true;
    if (iri_word_at(r, "noreturn")) d->noreturn = true;
    iri_annots(r, &d->annots);
    d->span = d->name_span = iri_position(r);
}

static char *read_dotted_name(reader *r)
{
    const char *start = (iri_blanks(r), r->p);
    iri_name(r);
    while (r->p + 1 < r->end && *r->p == '.' && word_char(r->p[1])) r->p++, iri_name(r);
    return arena_strndup(&r->unit->arena, start, (size_t)(r->p - start));
}

static void read_params(reader *r, ir_decl *d, ir_type *type)
{
    VEC(ir_param) params = {0};
    iri_want(r, "(");
    while (!iri_at(r, ")") && !r->error) {
        if (iri_at(r, "..."))
            type->variadic = true;
        else {
            ir_param p = {.name = iri_name(r)};
            if (strcmp(p.name, "_") == 0) p.name = "";
            iri_want(r, ":");
            p.type = iri_type(r);
            iri_annots(r, &p.annots);
            vec_push(&params, p);
        }
        if (!iri_at(r, ",")) iri_want(r, ")"), r->p--;
    }
    d->param_count = type->param_count = params.n;
    d->params = arena_alloc(&r->unit->arena, params.n * sizeof *params.at);
    type->params = arena_alloc(&r->unit->arena, params.n * sizeof *type->params);
    for (size_t i = 0; i < params.n; i++) d->params[i] = params.at[i], type->params[i] = params.at[i].type;
    vec_fini(&params);
}

static void read_function(reader *r, bool defined)
{
    ir_decl d = {.kind = IR_DECL_FUNCTION, .name = read_dotted_name(r), .defined = defined};
    ir_type type = {.kind = IR_FUNCTION, .prototyped = true};
    d.source_name = d.usr = d.name;
    read_params(r, &d, &type);
    iri_want(r, ":");
    type.of = iri_type(r);
    if (!r->error) d.type = intern(r, &type);
    read_flags(r, &d);
    if (!r->error) ir_decl_add(r->unit, &d);
}

static void read_global(reader *r)
{
    ir_decl d = {.kind = IR_DECL_GLOBAL, .name = read_dotted_name(r), .defined = true};
    d.source_name = d.usr = d.name;
    iri_want(r, ":");
    d.type = iri_type(r);
    read_flags(r, &d);
    if (!r->error) ir_decl_add(r->unit, &d);
}

static ir_init *read_init(reader *r)
{
    ir_init *init = arena_alloc(&r->unit->arena, sizeof *init);
    VEC(struct ir_init_item) items = {0};
    if (iri_word_at(r, "addr"))
        iri_place(r, &init->place);
    else if (!iri_at(r, "{"))
        iri_opnd(r, &init->value);
    else {
        init->is_list = true;
        while (!iri_at(r, "}") && !r->error) {
            int64_t index = 0;
            iri_number(r, &index);
            iri_want(r, ":");
            struct ir_init_item item = {(uint32_t)index, read_init(r)};
            vec_push(&items, item);
            if (!iri_at(r, ",")) iri_want(r, "}"), r->p--;
        }
        init->item_count = items.n;
        init->items = arena_alloc(&r->unit->arena, items.n * sizeof *items.at);
        if (items.n) memcpy(init->items, items.at, items.n * sizeof *items.at);
        vec_fini(&items);
    }
    return init;
}

/* Leaves the cursor behind a global's or function's header: its name and everything up to '=' or '{'. */
static ir_decl_id skip_header(reader *r, char until)
{
    const char *name = read_dotted_name(r);
    for (bool quoted = false; r->p < r->end && *r->p != '\n' && (quoted || *r->p != until); r->p++)
        if (*r->p == '"' && r->p[-1] != '\\') quoted = !quoted;
    return ir_decl_find(r->unit, name);
}

static void read_typedef(reader *r)
{
    ir_typedef alias = {.name = iri_name(r)};
    iri_want(r, "=");
    alias.type = iri_type(r);
    iri_annots(r, &alias.annots);
    vec_push(&r->unit->typedefs, alias);
}

static void read_file(reader *r)
{
    int64_t id = 0;
    iri_number(r, &id);
    const char *path = iri_string(r);
    if (!r->error && id != (int64_t)r->unit->files.n) iri_fail(r, "file %lld is out of order", (long long)id);
    if (!r->error) vec_push(&r->unit->files, ((ir_file){.path = path}));
}

static void read_fact(reader *r)
{
    const char *text = iri_string(r);
    if (text) vec_push(&r->unit->facts, ((ir_fact){.text = text}));
}

static const char *tainted_mark(reader *r, const char *header)
{
    static const char mark[] = " tainted \"";
    const char *found = NULL, *stop = r->p;
    for (const char *p = header; p + sizeof mark - 1 <= stop; p++)
        if (memcmp(p, mark, sizeof mark - 1) == 0) found = p;
    if (!found) return NULL;
    const char *after = r->p;
    r->p = found + sizeof mark - 2;
    const char *why = iri_string(r);
    r->p = after;
    return why;
}

typedef enum { PASS_NAMES, PASS_DECLS, PASS_BODIES } pass;

static void read_bodies(reader *r, const char *item)
{
    if (iri_word_at(r, "global")) {
        ir_decl_id id = skip_header(r, '=');
        if (r->p < r->end && *r->p == '=') r->p++, r->unit->decls.at[id].init = read_init(r);
    } else if (iri_word_at(r, "func")) {
        ir_decl_id id = skip_header(r, '{');
        const char *tainted = tainted_mark(r, item);
        if (iri_want(r, "{")) iri_body(r, id, tainted);
    }
}

static void read_item(reader *r, pass pass)
{
    const char *item = r->p;
    if (pass == PASS_NAMES) {
        if (iri_word_at(r, "record"))
            read_record_name(r, false);
        else if (iri_word_at(r, "union"))
            read_record_name(r, true);
    } else if (pass == PASS_BODIES)
        read_bodies(r, item);
    else if (iri_word_at(r, "unit"))
        r->unit->path = iri_string(r);
    else if (iri_word_at(r, "file"))
        read_file(r);
    else if (iri_word_at(r, "record") || iri_word_at(r, "union"))
        read_record(r);
    else if (iri_word_at(r, "typedef"))
        read_typedef(r);
    else if (iri_word_at(r, "fact"))
        read_fact(r);
    else if (iri_word_at(r, "global"))
        read_global(r);
    else if (iri_word_at(r, "decl"))
        read_function(r, false);
    else if (iri_word_at(r, "func"))
        read_function(r, true);
    else
        iri_fail(r, "expected a declaration");
}

/* An item begins wherever a line begins with a letter; blocks ("b1:") only occur inside a function. */
static const char *next_item(const reader *r, const char *p)
{
    for (bool body = false; p < r->end; p++) {
        bool start = p == r->text || p[-1] == '\n';
        if (start && *p == '}')
            body = false;
        else if (start && isalpha((unsigned char)*p) && !body)
            return p;
        if (p > r->text && *p == '\n' && p[-1] == '{') body = true;
    }
    return r->end;
}

static const char *item_end(const reader *r, const char *item)
{
    const char *line = memchr(item, '\n', (size_t)(r->end - item));
    if (!line || line[-1] != '{') return line ? line : r->end;
    for (const char *p = line; p < r->end; p++)
        if (*p == '\n' && p + 1 < r->end && p[1] == '}') return p + 2;
    return r->end;
}

ir_unit *ir_read(const char *path, const char *text, size_t n, char **error)
{
    reader r = {.unit = ir_unit_new(path), .text = text, .p = text, .end = text + n};
    vec_push(&r.unit->files, ((ir_file){.path = r.unit->path, .main = true}));
    for (pass pass = PASS_NAMES; pass <= PASS_BODIES; pass++)
        for (const char *item = next_item(&r, text); item < text + n && !r.error;
             item = next_item(&r, item_end(&r, item))) {
            r.p = item;
            read_item(&r, pass);
        }
    map_fini(&r.locals);
    if (!r.error) return r.unit;
    *error = r.error;
    ir_unit_free(r.unit);
    return NULL;
}
