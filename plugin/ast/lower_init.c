/* SPDX-License-Identifier: MIT
 *
 * Initialisers. Cursors show a braced list as it is written; which element each value belongs to (C11 6.7.9:
 * designators, braces left out, what follows a designator) is worked out here, for locals and globals alike.
 */
#include <stdlib.h>

#include "lower_p.h"

/* ---- constants ----------------------------------------------------------------------------- */
bool eval_integer(CXCursor cursor, int64_t *value)
{
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    if (!result) return false;
    bool integer = clang_EvalResult_getKind(result) == CXEval_Int;
    if (integer)
        *value = clang_EvalResult_isUnsignedInt(result) ? (int64_t)clang_EvalResult_getAsUnsigned(result)
                                                        : clang_EvalResult_getAsLongLong(result);
    clang_EvalResult_dispose(result);
    return integer;
}

/* Most literals are short decimal numbers that stand in the file: read them there. */
bool literal_integer(lower *lw, CXCursor cursor, int64_t *value)
{
    size_t n, at = 0;
    const char *text = spelt_at(lw, cursor, &n);
    int64_t sum = 0;
    while (at < n && at < 9 && text[at] >= '0' && text[at] <= '9') sum = sum * 10 + text[at++] - '0';
    bool plain = at > 0 && at < n && !is_word(text[at]) && text[at] != '.' && text[at] != '\'' &&
                 (text[0] != '0' || at == 1);
    if (!plain || text[at] == '#') return eval_integer(cursor, value);
    *value = sum;
    return true;
}

static int digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return 99;
}

/* One escape behind its backslash; cursors print no universal character names. */
static char unescape(const char **text)
{
    static const char letters[] = "nrtvfbae", values[] = "\n\r\t\v\f\b\a\033";
    const char *s = *text, *letter = *s ? strchr(letters, *s) : NULL;
    int value = 0, base = *s == 'x' ? 16 : 8;
    if (letter) return (*text)++, values[letter - letters];
    if (base == 8 && digit(*s) >= 8) return (*text)++, *s;
    if (base == 16) s++;
    for (int i = 0; (base == 16 || i < 3) && digit(*s) < base; i++) value = value * base + digit(*s++);
    *text = s;
    return (char)value;
}

/* The bytes of a literal, from the quoted form that its cursor is spelt as. */
const char *literal_string(lower *lw, CXCursor cursor)
{
    char *quoted = take_string(clang_getCursorSpelling(cursor));
    char *bytes = arena_alloc(&lw->unit->arena, strlen(quoted) + 1), *out = bytes;
    const char *s = strchr(quoted, '"');
    for (s = s ? s + 1 : quoted; *s && *s != '"';) {
        if (*s != '\\')
            *out++ = *s++;
        else
            s++, *out++ = unescape(&s);
    }
    free(quoted);
    return bytes;
}

/* 0, (void *)0 and what NULL is defined as. */
bool is_null_constant(lower *lw, CXCursor cursor)
{
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        int64_t value;
        if (kind == CXCursor_IntegerLiteral) return literal_integer(lw, cursor, &value) && value == 0;
        if (kind == CXCursor_GNUNullExpr || kind == CXCursor_CXXNullPtrLiteralExpr) return true;
        if (kind != CXCursor_ParenExpr && kind != CXCursor_CStyleCastExpr && kind != CXCursor_UnexposedExpr)
            return false;
        CXCursor inner = kid_last(lw, cursor);
        if (is_null(inner)) return false;
        if (kind == CXCursor_UnexposedExpr && !same_start(lw, cursor, inner)) return false;
        cursor = inner;
    }
}

/* ---- walking a list ------------------------------------------------------------------------ */
typedef struct frame {
    ir_type_id type;
    uint64_t index;
} frame;

typedef struct walk {
    lower *lw;
    frame frames[MAX_STEPS];
    size_t depth; /* frames in use; 0: a shape too deep */
    ir_step prefix[MAX_STEPS];
    size_t prefix_n;
    init_leaf leaf;
    void *arg;
    bool failed;
} walk;

static bool aggregate(const lower *lw, ir_type_id id)
{
    ir_type_kind kind = ir_type_of(lw->unit, id)->kind;
    return kind == IR_ARRAY || kind == IR_RECORD;
}

static uint64_t part_count(const lower *lw, ir_type_id id)
{
    const ir_type *type = ir_type_of(lw->unit, id);
    if (type->kind == IR_ARRAY) return type->length ? type->length : UINT64_MAX;
    const ir_record *record = &lw->unit->records.at[type->record];
    return record->is_union && record->field_count ? 1 : record->field_count;
}

static ir_type_id part_type(const lower *lw, const frame *at)
{
    const ir_type *type = ir_type_of(lw->unit, at->type);
    if (type->kind == IR_ARRAY) return type->of;
    const ir_record *record = &lw->unit->records.at[type->record];
    return at->index < record->field_count ? record->fields[at->index].type : 0;
}

static bool nameless_bits(const lower *lw, const frame *at)
{
    const ir_type *type = ir_type_of(lw->unit, at->type);
    if (type->kind != IR_RECORD) return false;
    const ir_record *record = &lw->unit->records.at[type->record];
    return at->index < record->field_count && record->fields[at->index].bitfield &&
           !record->fields[at->index].name[0];
}

static bool exhausted(walk *w)
{
    frame *top = &w->frames[w->depth - 1];
    while (nameless_bits(w->lw, top)) top->index++;
    const ir_type *type = ir_type_of(w->lw->unit, top->type);
    bool chosen_member = type->kind == IR_RECORD && w->lw->unit->records.at[type->record].is_union;
    return chosen_member ? top->index != 0 : top->index >= part_count(w->lw, top->type);
}

static ir_step step_of(const lower *lw, const frame *at)
{
    const ir_type *type = ir_type_of(lw->unit, at->type);
    if (type->kind == IR_ARRAY)
        return (ir_step){.kind = IR_STEP_INDEX, .index = {.kind = IR_INTEGER, .integer = (int64_t)at->index}};
    return (ir_step){.kind = IR_STEP_FIELD, .record = type->record, .field = (uint32_t)at->index};
}

static void push_frame(walk *w, ir_type_id type)
{
    if (w->depth + w->prefix_n + 1 >= MAX_STEPS || part_count(w->lw, type) == 0) {
        w->failed = true;
        return;
    }
    w->frames[w->depth++] = (frame){.type = type};
    while (nameless_bits(w->lw, &w->frames[w->depth - 1])) w->frames[w->depth - 1].index++;
}

/* A value that fills a whole aggregate although no brace says so: an expression of the record's type, a
 * string. */
static bool fills_whole(walk *w, ir_type_id target, CXCursor value)
{
    const ir_type *type = ir_type_of(w->lw->unit, target);
    if (clang_getCursorKind(value) == CXCursor_InitListExpr) return true;
    if (type->kind == IR_RECORD) {
        const ir_type *have = ir_type_of(w->lw->unit, lower_cursor_type(w->lw, value));
        return have->kind == IR_RECORD && have->record == type->record;
    }
    CXCursor inner = strip_casts(w->lw, value);
    return type->kind == IR_ARRAY && ir_type_of(w->lw->unit, type->of)->kind == IR_INT &&
           clang_getCursorKind(inner) == CXCursor_StringLiteral;
}

static bool walk_list(walk *outer, ir_type_id type, CXCursor list, const ir_step *prefix, size_t n);

static void place_value(walk *w, CXCursor value)
{
    ir_step steps[MAX_STEPS];
    size_t n = w->prefix_n;
    memcpy(steps, w->prefix, n * sizeof *steps);
    for (size_t i = 0; i < w->depth && n < MAX_STEPS; i++) steps[n++] = step_of(w->lw, &w->frames[i]);
    ir_type_id type = part_type(w->lw, &w->frames[w->depth - 1]);
    if (clang_getCursorKind(value) == CXCursor_InitListExpr && aggregate(w->lw, type)) {
        if (!walk_list(w, type, value, steps, n)) w->failed = true;
    } else {
        w->leaf(w->lw, w->arg, steps, n, type, value);
    }
}

static void descend(walk *w, CXCursor value)
{
    while (!w->failed) {
        ir_type_id target = part_type(w->lw, &w->frames[w->depth - 1]);
        if (!target) w->failed = true;
        if (!target || !aggregate(w->lw, target) || fills_whole(w, target, value)) return;
        push_frame(w, target);
    }
}

static void advance(walk *w)
{
    w->frames[w->depth - 1].index++;
    while (w->depth > 1 && exhausted(w)) w->frames[--w->depth - 1].index++;
}

/* Members without a name are shown on the way to a named one, which tells the way by itself. */
static bool nameless(CXCursor field)
{
    CXString name = clang_getCursorSpelling(field);
    bool is = !clang_getCString(name)[0] || strchr(clang_getCString(name), '(');
    clang_disposeString(name);
    return is;
}

static void designate_member(walk *w, CXCursor field)
{
    lower *lw = w->lw;
    ir_step steps[MAX_STEPS];
    ir_record_id record = ir_type_of(lw->unit, w->frames[w->depth - 1].type)->record;
    size_t n = record ? field_path(lw, record, field, steps, MAX_STEPS) : 0;
    if (!n) w->failed = true;
    for (size_t i = 0; i < n && !w->failed; i++) {
        if (i) push_frame(w, part_type(lw, &w->frames[w->depth - 1]));
        w->frames[w->depth - 1].index = steps[i].field;
    }
}

/* The end of `[low ... high]`; `low` when `next` is no part of a range: only the text between tells. */
static uint64_t range_end(lower *lw, CXCursor low_part, CXCursor next, int64_t low)
{
    size_t n;
    int64_t high;
    ir_span gap = span_of(lw, low_part);
    gap.begin = gap.end, gap.end = span_of(lw, next).begin;
    const char *text = span_text(lw, gap, &n);
    bool range = memmem(text, n, "...", 3) && eval_integer(next, &high) && high >= low;
    return (uint64_t)(range ? high : low);
}

/* `.a.b[2]`: sets the frames, and yields the last index of a range `[1 ... 5]`. */
static uint64_t designate(walk *w, kids k)
{
    lower *lw = w->lw;
    uint64_t last = 0;
    bool first = true;
    w->depth = 1;
    for (size_t i = 0; i + 1 < k.n && !w->failed; i++) {
        CXCursor part = kid(lw, k, i);
        bool member = clang_getCursorKind(part) == CXCursor_MemberRef;
        CXCursor field = member ? clang_getCursorReferenced(part) : part;
        if (member && nameless(field)) continue;
        if (!first) push_frame(w, part_type(lw, &w->frames[w->depth - 1]));
        first = false;
        int64_t index;
        if (w->failed) break;
        if (member) {
            designate_member(w, field);
        } else if (eval_integer(part, &index) && index >= 0) {
            w->frames[w->depth - 1].index = last = (uint64_t)index;
            bool pair = i + 2 < k.n && clang_getCursorKind(kid(lw, k, i + 1)) != CXCursor_MemberRef;
            if (pair) last = range_end(lw, part, kid(lw, k, i + 1), index);
            i += last > (uint64_t)index;
        } else {
            w->failed = true;
        }
    }
    return last;
}

enum { MAX_RANGE = 4096 }; /* elements of one range designator */

static void walk_designated(walk *w, CXCursor designated)
{
    lower *lw = w->lw;
    kids k = kids_of(lw, designated, KIDS_INIT);
    uint64_t last = designate(w, k);
    CXCursor value = kid(lw, k, k.n - 1);
    if (!w->failed) {
        frame *top = &w->frames[w->depth - 1];
        bool range = ir_type_of(lw->unit, top->type)->kind == IR_ARRAY && last > top->index;
        if (range && last - top->index > MAX_RANGE) w->failed = true;
        for (; range && !w->failed && top->index < last; top->index++) place_value(w, value);
        descend(w, value);
        if (!w->failed) place_value(w, value);
        if (!w->failed) advance(w);
    }
    kids_end(lw, k);
}

static bool is_designated(CXCursor cursor)
{
    return clang_getCursorKind(cursor) == CXCursor_UnexposedExpr &&
           clang_getCursorType(cursor).kind == CXType_Void;
}

static bool walk_list(walk *outer, ir_type_id type, CXCursor list, const ir_step *prefix, size_t n)
{
    lower *lw = outer->lw;
    walk w = {.lw = lw, .leaf = outer->leaf, .arg = outer->arg, .prefix_n = n};
    if (n) memcpy(w.prefix, prefix, n * sizeof *prefix);
    kids k = kids_of(lw, list, KIDS_EXPR);
    if (k.n) push_frame(&w, type);
    bool string = k.n == 1 && fills_whole(&w, type, kid(lw, k, 0)) &&
                  clang_getCursorKind(kid(lw, k, 0)) != CXCursor_InitListExpr;
    if (string && !w.failed) {
        w.leaf(lw, w.arg, prefix, n, type, kid(lw, k, 0));
        kids_end(lw, k);
        return true;
    }
    for (size_t i = 0; i < k.n && !w.failed; i++) {
        CXCursor value = kid(lw, k, i);
        if (is_designated(value)) {
            walk_designated(&w, value);
        } else if (exhausted(&w)) {
            break; /* excess elements: the compiler has warned */
        } else {
            descend(&w, value);
            if (!w.failed) place_value(&w, value);
            if (!w.failed) advance(&w);
        }
    }
    kids_end(lw, k);
    return !w.failed;
}

bool init_walk(lower *lw, ir_type_id type, CXCursor list, init_leaf leaf, void *arg)
{
    if (!aggregate(lw, type)) {
        CXCursor value = kid_first(lw, list);
        if (!is_null(value)) leaf(lw, arg, NULL, 0, type, value);
        return true;
    }
    walk w = {.lw = lw, .leaf = leaf, .arg = arg};
    return walk_list(&w, type, list, NULL, 0);
}

/* ---- initialisers of globals --------------------------------------------------------------- */
static bool constant_place(lower *lw, CXCursor cursor, ir_place *place);

static bool constant_member(lower *lw, CXCursor cursor, ir_place *place)
{
    CXCursor base = kid_first(lw, cursor);
    if (is_null(base) || !constant_place(lw, base, place)) return false;
    const ir_type *type = ir_type_of(lw->unit, lower_cursor_type(lw, base));
    if (type->kind == IR_POINTER) type = ir_type_of(lw->unit, type->of);
    ir_step steps[MAX_STEPS];
    size_t n = type->kind == IR_RECORD
                   ? field_path(lw, type->record, clang_getCursorReferenced(cursor), steps, MAX_STEPS)
                   : 0;
    for (size_t i = 0; i < n; i++) *place = place_add(lw, *place, steps[i]);
    return n > 0;
}

static bool constant_element(lower *lw, CXCursor cursor, ir_place *place)
{
    kids k = kids_of(lw, cursor, KIDS_EXPR);
    CXCursor base = k.n == 2 ? kid(lw, k, 0) : cursor, index = k.n == 2 ? kid(lw, k, 1) : cursor;
    size_t n = k.n;
    kids_end(lw, k);
    int64_t value;
    if (n != 2 || !constant_place(lw, strip_casts(lw, base), place) || !eval_integer(index, &value))
        return false;
    *place = place_add(lw, *place, (ir_step){.kind = IR_STEP_INDEX, .index = opnd_int(value)});
    return true;
}

/* What an address constant points at. */
static bool constant_place(lower *lw, CXCursor cursor, ir_place *place)
{
    cursor = strip_parens(lw, cursor);
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr: {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(target) != CXCursor_VarDecl || !clang_Cursor_hasVarDeclGlobalStorage(target))
            return false;
        bool local = lw->fn && clang_Cursor_getStorageClass(target) == CX_SC_Static &&
                     clang_getCursorKind(clang_getCursorSemanticParent(target)) == CXCursor_FunctionDecl;
        *place = (ir_place){.base = IR_BASE_GLOBAL,
                            .id = local ? lower_static_local(lw, target) : lower_decl(lw, target)};
        return true;
    }
    case CXCursor_MemberRefExpr: return constant_member(lw, cursor, place);
    case CXCursor_ArraySubscriptExpr: return constant_element(lw, cursor, place);
    case CXCursor_CompoundLiteralExpr:
        *place = (ir_place){.base = IR_BASE_GLOBAL, .id = lower_literal_global(lw, cursor)};
        return true;
    default: return false;
    }
}

static void constant(lower *lw, CXCursor cursor, ir_init *init);

static void constant_expr(lower *lw, CXCursor cursor, ir_init *init)
{
    int64_t value;
    if (eval_integer(cursor, &value)) {
        init->value = opnd_int(value);
        return;
    }
    size_t n;
    const char *text = span_text(lw, init->span, &n);
    if (clang_getCursorKind(cursor) == CXCursor_FloatingLiteral)
        init->value = (ir_opnd){.kind = IR_REAL, .text = arena_strndup(&lw->unit->arena, text, n)};
}

static void constant(lower *lw, CXCursor cursor, ir_init *init)
{
    if (ir_type_of(lw->unit, init->type)->kind == IR_POINTER && is_null_constant(lw, cursor)) {
        init->value.kind = IR_NULL;
        return;
    }
    for (;;) {
        enum CXCursorKind kind = clang_getCursorKind(cursor);
        bool wrapper =
            kind == CXCursor_ParenExpr || kind == CXCursor_UnexposedExpr || kind == CXCursor_CStyleCastExpr;
        CXCursor inner = wrapper ? kid_last(lw, cursor) : cursor;
        if (!wrapper || is_null(inner)) break;
        if (kind == CXCursor_UnexposedExpr && !same_start(lw, cursor, inner)) break;
        cursor = inner;
    }
    CXCursor target = clang_getCursorReferenced(cursor);
    if (clang_getCursorKind(cursor) == CXCursor_UnaryOperator &&
        clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_AddrOf) {
        cursor = strip_parens(lw, kid_first(lw, cursor));
        target = clang_getCursorReferenced(cursor);
    }
    if (lw->fn && clang_getCursorKind(cursor) == CXCursor_AddrLabelExpr)
        label_taken(lw, cursor);
    else if (clang_getCursorKind(cursor) == CXCursor_StringLiteral)
        init->value = (ir_opnd){.kind = IR_STRING, .text = literal_string(lw, cursor)};
    else if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr &&
             clang_getCursorKind(target) == CXCursor_FunctionDecl)
        init->value = (ir_opnd){.kind = IR_NAME, .name = lower_decl(lw, target)};
    else if (!constant_place(lw, cursor, &init->place))
        constant_expr(lw, cursor, init);
}

static struct ir_init_item *init_item(lower *lw, ir_init *list, uint32_t index)
{
    size_t n = list->item_count;
    bool append = n == 0 || list->items[n - 1].index < index; /* the usual order */
    for (size_t i = 0; i < n && !append; i++)
        if (list->items[i].index == index) return &list->items[i];
    if ((n & (n - 1)) == 0) { /* room is a power of two */
        struct ir_init_item *more = arena_alloc(&lw->unit->arena, (n ? n * 2 : 1) * sizeof *more);
        if (n) memcpy(more, list->items, n * sizeof *more);
        list->items = more;
    }
    list->items[list->item_count] = (struct ir_init_item){.index = index};
    return &list->items[list->item_count++];
}

static void init_leaf_at(lower *lw, void *arg, const ir_step *steps, size_t n, ir_type_id type,
                         CXCursor value)
{
    ir_init *at = arg;
    for (size_t i = 0; i < n; i++) {
        uint32_t index = steps[i].kind == IR_STEP_FIELD ? steps[i].field : (uint32_t)steps[i].index.integer;
        struct ir_init_item *item = init_item(lw, at, index);
        if (!item->init) {
            item->init = arena_alloc(&lw->unit->arena, sizeof *item->init);
            item->init->span = span_of(lw, value);
            item->init->is_list = i + 1 < n;
            item->init->type = part_type(lw, &(frame){at->type, index});
        }
        at = item->init;
    }
    if (at == arg && n == 0 && at->is_list) at->is_list = false;
    at->type = type;
    at->span = span_of(lw, value);
    constant(lw, value, at);
}

ir_init *lower_init(lower *lw, ir_type_id type, CXCursor value)
{
    ir_init *init = arena_alloc(&lw->unit->arena, sizeof *init);
    init->type = type;
    init->span = span_of(lw, value);
    if (clang_getCursorKind(value) == CXCursor_InitListExpr) {
        init->is_list = true;
        init_walk(lw, type, value, init_leaf_at, init);
    } else {
        constant(lw, value, init);
    }
    return init;
}
