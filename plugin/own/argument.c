/* SPDX-License-Identifier: MIT
 *
 * format-mismatch: the letters of a parse or build format against the number and the types of the arguments, and against
 * the list of keywords, which method-table-unterminated asks for its end. Neither
 * callee can check them; a format that is no literal is left alone, and so is a constant, whose width a value may hide.
 */
#include <ctype.h>
#include <string.h>

#include "own_p.h"

typedef struct typed {
    const char *kind, *letters, *wanted;
} typed;

static const typed rows[] = {
#define TYPED(kind, letters, wanted) {kind, letters, wanted},
#include "formattypes.def"
#undef TYPED
};

typedef struct format_check {
    const ir_unit *unit;
    const ir_func *func;
    const ir_insn *insn;
    const contract_fn *fn;
    own_result *out;
    size_t at;     /* the argument that the next letter is about */
    bool wide;     /* a length is as wide as a pointer, whatever the letters leave open */
    bool doubtful; /* a mismatch was found: the first is the call's finding */
} format_check;

static void complain(format_check *c, const ir_span *span, confidence sure, const char *format, ...)
    PRINTF_LIKE(4, 5);
static void complain(format_check *c, const ir_span *span, confidence sure, const char *format, ...)
{
    if (c->doubtful) return;
    c->doubtful = true;
    strbuf text = {0};
    va_list args;
    va_start(args, format);
    strbuf_vprintf(&text, format, args);
    va_end(args);
    arena *a = &c->out->arena;
    diag *d = diag_add(&c->out->findings, "format-mismatch", own_place(c->unit, span), "%s: %s",
                       own_written(c->insn, c->fn->name), text.s);
    d->function = arena_strdup(a, c->unit->decls.at[c->func->decl].name);
    d->shape = arena_strdup(a, text.s);
    d->confidence = sure;
    strbuf_fini(&text);
}

/* ---- one argument --------------------------------------------------------------------------------------------- */

static bool is_integer(const ir_type *type, uint64_t bytes)
{
    return (type->kind == IR_INT || type->kind == IR_BOOL) && type->size == bytes;
}

static bool points_at(const ir_type *to, char wanted, uint64_t word)
{
    switch (wanted) {
    case '1':
    case '2':
    case '4':
    case '8': return is_integer(to, (uint64_t)(wanted - '0'));
    case 'w': return is_integer(to, word);
    case 'z': return is_integer(to, word) || is_integer(to, 4);
    case 'f': return to->kind == IR_FLOAT && to->size == 4;
    case 'd': return to->kind == IR_FLOAT && to->size == 8;
    case 'r': return to->kind == IR_RECORD || to->kind == IR_VOID;
    case 'p': return to->kind == IR_POINTER || to->kind == IR_VOID;
    default: return true;
    }
}

static bool is_value(const ir_type *type, char wanted, uint64_t word)
{
    switch (wanted) {
    case 'I': return is_integer(type, 4);
    case 'W': return is_integer(type, word);
    case 'E': return is_integer(type, 8);
    case 'Z': return is_integer(type, word) || is_integer(type, 4);
    case 'D': return type->kind == IR_FLOAT && type->size == 8;
    default: return type->kind == IR_POINTER || type->kind == IR_ARRAY;
    }
}

static const char *words_for(char wanted)
{
    static const struct {
        char wanted;
        const char *words;
    } all[] = {
        {'1', "a pointer to a char"},
        {'2', "a pointer to a short"},
        {'4', "a pointer to an int"},
        {'8', "a pointer to 8 bytes"},
        {'w', "a pointer to a Py_ssize_t or long"},
        {'z', "a pointer to a length"},
        {'f', "a pointer to a float"},
        {'d', "a pointer to a double"},
        {'r', "a pointer to a struct"},
        {'p', "a pointer to a pointer"},
        {'a', "a pointer"},
        {'I', "an int"},
        {'W', "a Py_ssize_t or long"},
        {'E', "a long long"},
        {'Z', "a length"},
        {'D', "a double"},
        {'A', "a pointer"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].wanted == wanted) return all[i].words;
    return "something else";
}

/* A pointer that is passed as the number of its address arrives whole wherever a pointer fits a word. */
static bool is_address(const ir_type *type, char wanted)
{
    return (wanted == 'W' || wanted == 'Z') && type->kind == IR_POINTER;
}

static void check_type(format_check *c, const typed *row, char wanted)
{
    if (wanted == 'z' && c->wide) wanted = 'w';
    const ir_opnd *o = &c->insn->args[c->at];
    if (o->kind != IR_TEMP) return;
    const ir_type *type = ir_type_of(c->unit, c->func->temp_types[o->temp]);
    uint64_t word = sizeof(void *);
    bool pointer = type->kind == IR_POINTER || type->kind == IR_ARRAY,
         by_address = !isupper((unsigned char)wanted);
    if (type->kind == IR_OTHER || type->kind == IR_RECORD) return;
    if (by_address ? pointer && points_at(ir_type_of(c->unit, type->of), wanted, word)
                   : is_value(type, wanted, word))
        return;
    confidence sure = !by_address && is_address(type, wanted) ? CONFIDENCE_LOW : CONFIDENCE_HIGH;
    complain(c, &c->insn->arg_spans[c->at], sure, "'%s' wants %s and is given '%s'", row->letters,
             words_for(wanted), type->spelling ? type->spelling : "another type");
}

/* ---- a converter: a function of an object and of where the result goes -------------------------------------------- */

static const ir_type *pointee(const format_check *c, const ir_type *type)
{
    return type->kind == IR_POINTER ? ir_type_of(c->unit, type->of) : NULL;
}

static const char *why_no_converter(const format_check *c, const ir_opnd *o)
{
    if (o->kind == IR_INTEGER || o->kind == IR_REAL || o->kind == IR_STRING) return "is no function";
    if (o->kind == IR_TEMP) {
        const ir_type *to = pointee(c, ir_type_of(c->unit, c->func->temp_types[o->temp]));
        bool opaque = to && (to->kind == IR_FUNCTION || to->kind == IR_VOID);
        return opaque ? NULL : "is no function";
    }
    if (o->kind != IR_NAME) return NULL;
    const ir_decl *decl = &c->unit->decls.at[o->name];
    const ir_type *type = ir_type_of(c->unit, decl->type);
    if (!type->prototyped) return NULL;
    if (ir_type_of(c->unit, type->of)->kind != IR_INT) return "returns no int";
    if (decl->param_count != 2) return "does not take two arguments";
    return pointee(c, ir_type_of(c->unit, decl->params[0].type)) ? NULL : "takes no object";
}

static void check_converter(format_check *c)
{
    const ir_opnd *o = &c->insn->args[c->at], *to = o + 1;
    const char *why = why_no_converter(c, o);
    if (why) {
        complain(c, &c->insn->arg_spans[c->at], CONFIDENCE_HIGH, "what 'O&' is given as a converter %s", why);
        return;
    }
    if (o->kind != IR_NAME || to->kind == IR_NULL) return;
    const ir_decl *decl = &c->unit->decls.at[o->name];
    if (decl->param_count != 2) return;
    const ir_type *wanted = pointee(c, ir_type_of(c->unit, decl->params[1].type));
    const ir_type *given = to->kind == IR_TEMP ? ir_type_of(c->unit, c->func->temp_types[to->temp]) : NULL;
    bool constant = to->kind == IR_INTEGER && wanted && wanted->kind != IR_VOID;
    given = given ? pointee(c, given) : NULL;
    bool sizes =
        wanted && given && wanted->kind == IR_INT && given->kind == IR_INT && wanted->size > given->size;
    if (constant || sizes)
        complain(c, &c->insn->arg_spans[c->at + 1], CONFIDENCE_HIGH,
                 constant ? "'O&' is given a number where %s stores its result"
                          : "'O&' is given a variable that is too small for what %s stores",
                 decl->name);
}

/* ---- the format ------------------------------------------------------------------------------------------------- */

static const typed *match(const char *kind, const char *text)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].kind, kind) == 0 && str_starts(text, rows[i].letters)) return &rows[i];
    return NULL;
}

static void check_letters(format_check *c, const char *text)
{
    bool parse = strcmp(c->fn->format_kind, "parse") == 0;
    while (*text && !(parse && (*text == ':' || *text == ';'))) {
        const typed *row = match(c->fn->format_kind, text);
        if (!row && isalpha((unsigned char)*text)) {
            complain(c, &c->insn->arg_spans[c->fn->format_arg], CONFIDENCE_HIGH,
                     "there is no letter '%c' in its formats", *text);
            return;
        }
        if (parse && row && strcmp(row->letters, "O&") == 0 && c->at + 1 < c->insn->arg_count)
            check_converter(c);
        for (const char *w = row ? row->wanted : ""; *w; w++, c->at++)
            if (c->at < c->insn->arg_count) check_type(c, row, *w);
        text += row ? strlen(row->letters) : 1;
    }
    size_t given = c->insn->arg_count;
    if (given == c->at + 1 && c->insn->args[c->at].kind == IR_NULL)
        return; /* a habit of other variadic functions */
    if (c->at != given)
        complain(c, &c->insn->span, CONFIDENCE_HIGH, "the format wants %zu arguments and is given %zu",
                 c->at - c->fn->param_count, c->insn->arg_count - c->fn->param_count);
}

/* ---- keywords ------------------------------------------------------------------------------------------------------ */

static const ir_insn *definition(const format_check *c, ir_temp t)
{
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t k = 0; k < c->func->blocks[b].n; k++)
            if (c->func->blocks[b].insns[k].dst == t) return &c->func->blocks[b].insns[k];
    return NULL;
}

/* The variable that holds the list, when it is one with an initialiser; or NULL. */
static const ir_decl *list_of(const format_check *c, const ir_opnd *o)
{
    const ir_insn *from = o->kind == IR_TEMP ? definition(c, o->temp) : NULL;
    while (from && from->op == IR_OP_cast)
        from = from->a.kind == IR_TEMP ? definition(c, from->a.temp) : NULL;
    if (!from || from->op != IR_OP_addr || from->place.base != IR_BASE_GLOBAL) return NULL;
    const ir_decl *decl = &c->unit->decls.at[from->place.id];
    return decl->init && decl->init->is_list ? decl : NULL;
}

/* How many arguments of the caller's a format speaks of: what stands between parentheses is one. */
static size_t count_units(const char *kind, const char *text)
{
    size_t n = 0, depth = 0;
    while (*text && *text != ':' && *text != ';') {
        const typed *row = match(kind, text);
        if (*text == '(') n += depth++ == 0;
        if (*text == ')' && depth) depth--;
        if (row && !depth) n++;
        text += row ? strlen(row->letters) : 1;
    }
    return n;
}

static void report_endless(const format_check *c, const ir_decl *list)
{
    arena *a = &c->out->arena;
    diag_place place = own_place(c->unit, &list->init->span);
    for (size_t i = 0; i < c->out->findings.n; i++) {
        const diag *old = &c->out->findings.at[i];
        if (old->place.line == place.line && strcmp(old->check, "method-table-unterminated") == 0) return;
    }
    diag *d = diag_add(&c->out->findings, "method-table-unterminated", place,
                       "the list of keywords '%s' does not end with NULL", list->source_name);
    d->function = arena_strdup(a, list->source_name);
    d->shape = d->function;
}

static void check_keywords(format_check *c, const own_options *options, const char *format)
{
    size_t at = (size_t)c->fn->format_arg + 1;
    const ir_decl *list = at < c->insn->arg_count ? list_of(c, &c->insn->args[at]) : NULL;
    if (!list) return;
    const ir_init *init = list->init;
    const ir_type *type = ir_type_of(c->unit, init->type);
    size_t names = 0;
    while (names < init->item_count && init->items[names].init &&
           init->items[names].init->value.kind == IR_STRING)
        names++;
    bool ended = names < init->item_count || type->kind != IR_ARRAY || type->length > names;
    if (!ended && own_wants(options, "method-table-unterminated")) report_endless(c, list);
    size_t units = count_units(c->fn->format_kind, format);
    if (ended && units != names)
        complain(c, &c->insn->span, CONFIDENCE_HIGH, "the format has %zu argument%s and '%s' names %zu",
                 units, units == 1 ? "" : "s", list->source_name, names);
}

/* ---- lists of arguments without letters ---------------------------------------------------------------------------- */

/* The last argument is NULL by another spelling: a cast of it, or a constant 0. */
static bool is_cast_null(const format_check *c, size_t i)
{
    const ir_opnd *o = &c->insn->args[i];
    if (o->kind == IR_INTEGER) return o->integer == 0;
    if (o->kind != IR_TEMP) return false;
    for (ir_block_id b = 1; b < c->func->block_count; b++)
        for (size_t k = 0; k < c->func->blocks[b].n; k++) {
            const ir_insn *insn = &c->func->blocks[b].insns[k];
            if (insn->dst != o->temp) continue;
            if (insn->op != IR_OP_cast) return false;
            return insn->a.kind == IR_NULL || (insn->a.kind == IR_INTEGER && insn->a.integer == 0);
        }
    return false;
}

static void check_count(format_check *c, const ir_opnd *wanted)
{
    size_t given = c->insn->arg_count - c->fn->param_count;
    if (wanted->kind != IR_INTEGER || wanted->integer < 0 || (uint64_t)wanted->integer == given) return;
    complain(c, &c->insn->span, CONFIDENCE_HIGH, "it says %lld arguments and is given %zu",
             (long long)wanted->integer, given);
}

/* Objects up to a NULL. */
static void check_objects(format_check *c)
{
    size_t n = c->insn->arg_count;
    bool ended = n > c->fn->param_count && (c->insn->args[n - 1].kind == IR_NULL || is_cast_null(c, n - 1));
    for (size_t i = c->fn->param_count; i < n; i++) {
        const ir_opnd *o = &c->insn->args[i];
        bool text = o->kind == IR_STRING;
        if (o->kind == IR_TEMP) {
            const ir_type *type = ir_type_of(c->unit, c->func->temp_types[o->temp]);
            const ir_type *to = type->kind == IR_POINTER ? ir_type_of(c->unit, type->of) : type;
            text = to->kind == IR_INT && to->size == 1;
        }
        if (text)
            complain(c, &c->insn->arg_spans[i], CONFIDENCE_HIGH,
                     "argument %zu is text where an object is wanted", i + 1);
    }
    if (!ended) complain(c, &c->insn->span, CONFIDENCE_HIGH, "the arguments do not end with NULL");
}

static void check_list(format_check *c, const contract_set *contracts)
{
    if (!c->fn->variadic || c->insn->arg_count < c->fn->param_count) return;
    bool unpacks = c->fn->format_kind && strcmp(c->fn->format_kind, "unpack") == 0;
    size_t most = (size_t)c->fn->format_arg + 2;
    if (unpacks && most < c->insn->arg_count) check_count(c, &c->insn->args[most]);
    if (contract_is_kind(contracts, "counts_arguments", c->fn->name)) check_count(c, &c->insn->args[0]);
    if (contract_is_kind(contracts, "ends_with_null", c->fn->name)) check_objects(c);
}

static void check_call(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                       const ir_func *func, const ir_insn *insn, own_result *out)
{
    if (insn->op != IR_OP_call || insn->a.kind != IR_NAME || !insn->arg_spans) return;
    const contract_fn *fn = contract_find(contracts, unit->decls.at[insn->a.name].name);
    format_check list = {unit, func, insn, fn, out, 0, false, false};
    if (fn) check_list(&list, contracts);
    if (!fn || !fn->format_kind || !fn->variadic || insn->arg_count < fn->param_count) return;
    if (strcmp(fn->format_kind, "parse") != 0 && strcmp(fn->format_kind, "build") != 0) return;
    if (fn->format_arg < 0 || (size_t)fn->format_arg >= insn->arg_count) return;
    const ir_opnd *format = &insn->args[fn->format_arg];
    bool wide = contract_is_kind(contracts, "wide_lengths", fn->name);
    format_check c = {unit, func, insn, fn, out, fn->param_count, wide, false};
    if (format->kind != IR_STRING) return;
    check_letters(&c, format->text);
    if (contract_is_kind(contracts, "takes_keywords", fn->name)) check_keywords(&c, options, format->text);
}

void own_check_formats(const ir_unit *unit, const contract_set *contracts, const own_options *options,
                       own_result *out)
{
    if (!own_wants(options, "format-mismatch")) return;
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *func = unit->funcs.at[i];
        if (func->tainted) continue;
        for (size_t b = 1; b < func->block_count; b++)
            for (size_t n = 0; n < func->blocks[b].n; n++)
                check_call(unit, contracts, options, func, &func->blocks[b].insns[n], out);
    }
}
