/* SPDX-License-Identifier: MIT
 *
 * Reads a function's body: locals, blocks, instructions.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "read_p.h"

typedef struct body {
    reader *r;
    ir_builder *builder;
    ir_block_id blocks; /* made so far */
} body;

/* ---- operands and places ------------------------------------------------------------------------------- */
static bool read_temp(reader *r, ir_temp *out)
{
    int64_t n = 0;
    if (!iri_at(r, "t") || !iri_number(r, &n)) return iri_fail(r, "expected a temporary");
    if (n <= 0 || n > 10000000) return iri_fail(r, "no temporary t%lld", (long long)n);
    *out = (ir_temp)n;
    return true;
}

static bool read_decl_name(reader *r, ir_decl_id *out)
{
    strbuf name = {0};
    strbuf_add(&name, iri_name(r));
    while (!(*out = ir_decl_find(r->unit, name.s)) && r->p < r->end && *r->p == '.') {
        r->p++;
        strbuf_printf(&name, ".%s", iri_name(r));
    }
    /* A static local is "function.name": prefer the longer name when both exist. */
    while (*out && r->p < r->end && *r->p == '.') {
        const char *before = r->p++;
        size_t n = name.n;
        strbuf_printf(&name, ".%s", iri_name(r));
        ir_decl_id longer = ir_decl_find(r->unit, name.s);
        if (longer)
            *out = longer;
        else {
            r->p = before;
            name.s[name.n = n] = '\0';
            break;
        }
    }
    bool found = *out || iri_fail(r, "no declaration of '%s'", name.s);
    strbuf_fini(&name);
    return found;
}

static bool temp_next(const reader *r)
{
    return r->end - r->p > 1 && *r->p == 't' && isdigit((unsigned char)r->p[1]);
}

bool iri_opnd(reader *r, ir_opnd *o)
{
    *o = (ir_opnd){0};
    iri_blanks(r);
    if (r->p == r->end) return iri_fail(r, "expected an operand");
    if (temp_next(r)) {
        o->kind = IR_TEMP;
        return read_temp(r, &o->temp);
    }
    if (*r->p == '"') {
        o->kind = IR_STRING;
        return (o->text = iri_string(r)) != NULL;
    }
    if (iri_at(r, "@")) {
        o->kind = IR_NAME;
        return read_decl_name(r, &o->name);
    }
    if (iri_word_at(r, "null"))
        o->kind = IR_NULL;
    else if (iri_word_at(r, "_"))
        o->kind = IR_NONE;
    else if (iri_word_at(r, "real"))
        o->kind = IR_REAL, o->text = iri_string(r);
    else {
        o->kind = IR_INTEGER;
        return iri_number(r, &o->integer);
    }
    return true;
}

static bool read_base(reader *r, ir_place *place)
{
    if (iri_at(r, "*")) {
        place->base = IR_BASE_MEMORY;
        return read_temp(r, &place->id);
    }
    if (iri_at(r, "@")) {
        place->base = IR_BASE_GLOBAL;
        return read_decl_name(r, &place->id);
    }
    const char *start = (iri_blanks(r), r->p);
    int64_t number;
    iri_name(r);
    if (r->p < r->end && *r->p == '#') r->p++, iri_number(r, &number);
    char *name = arena_strndup(&r->unit->arena, start, (size_t)(r->p - start));
    place->base = IR_BASE_LOCAL;
    place->id = (uint32_t)(uintptr_t)map_get(&r->locals, name);
    return place->id || iri_fail(r, "no local '%s'", name);
}

static bool read_field(reader *r, ir_type_id from, ir_step *step)
{
    int64_t number = -1;
    const char *name = "";
    if (iri_at(r, "#"))
        iri_number(r, &number);
    else
        name = iri_name(r);
    step->kind = IR_STEP_FIELD;
    step->record = ir_type_of(r->unit, from)->record;
    const ir_record *record = &r->unit->records.at[step->record];
    for (size_t i = 0; i < record->field_count; i++)
        if (number < 0 ? strcmp(record->fields[i].name, name) == 0 : number == (int64_t)i) {
            step->field = (uint32_t)i;
            return true;
        }
    return iri_fail(r, "no field '%s' in '%s'", name, record->name);
}

bool iri_place(reader *r, ir_place *place)
{
    VEC(ir_step) steps = {0};
    *place = (ir_place){0};
    if (!read_base(r, place)) return false;
    ir_type_id type = iri_base_type(r->unit, r->func, place);
    while (r->p < r->end && (*r->p == '.' || *r->p == '[')) {
        ir_step step = {.kind = IR_STEP_INDEX};
        if (*r->p++ == '.') {
            if (!read_field(r, type, &step)) break;
        } else {
            iri_opnd(r, &step.index);
            iri_want(r, "]");
        }
        vec_push(&steps, step);
        type = iri_step_type(r->unit, type, &step);
    }
    place->step_count = steps.n;
    place->steps = arena_alloc(&r->unit->arena, steps.n * sizeof *steps.at);
    if (steps.n) memcpy(place->steps, steps.at, steps.n * sizeof *steps.at);
    vec_fini(&steps);
    return !r->error;
}

/* ---- blocks and successors ----------------------------------------------------------------------------- */
static ir_block_id read_block(body *b)
{
    int64_t n = 0;
    if (!iri_at(b->r, "b") || !iri_number(b->r, &n) || n <= 0 || n > 1000000) {
        iri_fail(b->r, "expected a block");
        return 1;
    }
    while (b->blocks < (ir_block_id)n) b->blocks = ir_build_block(b->builder);
    return (ir_block_id)n;
}

typedef VEC(ir_block_id) block_vec;

static void set_successors(body *b, ir_insn *insn, block_vec *succ)
{
    insn->succ_count = succ->n;
    insn->succ = arena_alloc(&b->r->unit->arena, succ->n * sizeof *succ->at);
    if (succ->n) memcpy(insn->succ, succ->at, succ->n * sizeof *succ->at);
    vec_fini(succ);
}

static void read_switch(body *b, ir_insn *insn)
{
    reader *r = b->r;
    block_vec succ = {0};
    VEC(ir_case) cases = {0};
    iri_want(r, ",");
    iri_want(r, "{");
    while (!iri_at(r, "}") && !r->error) {
        ir_case c = {0};
        iri_number(r, &c.low);
        c.high = c.low;
        if (iri_at(r, "..")) iri_number(r, &c.high);
        iri_want(r, ":");
        vec_push(&cases, c);
        vec_push(&succ, read_block(b));
        if (!iri_at(r, ",")) iri_want(r, "}"), r->p--;
    }
    iri_want(r, ",");
    vec_push(&succ, read_block(b));
    insn->case_count = cases.n;
    insn->cases = arena_alloc(&r->unit->arena, cases.n * sizeof *cases.at);
    if (cases.n) memcpy(insn->cases, cases.at, cases.n * sizeof *cases.at);
    vec_fini(&cases);
    set_successors(b, insn, &succ);
}

static void read_targets(body *b, ir_insn *insn)
{
    block_vec succ = {0};
    bool first = insn->op == IR_OP_jump;
    while (first || iri_at(b->r, ",")) {
        vec_push(&succ, read_block(b));
        first = false;
    }
    set_successors(b, insn, &succ);
}

/* ---- instructions -------------------------------------------------------------------------------------- */
static void read_args(body *b, ir_insn *insn)
{
    VEC(ir_opnd) args = {0};
    iri_want(b->r, "(");
    while (!iri_at(b->r, ")") && !b->r->error) {
        ir_opnd o;
        if (iri_opnd(b->r, &o)) vec_push(&args, o);
        if (!iri_at(b->r, ",")) iri_want(b->r, ")"), b->r->p--;
    }
    insn->arg_count = args.n;
    insn->args = arena_alloc(&b->r->unit->arena, args.n * sizeof *args.at);
    insn->arg_spans = arena_alloc(&b->r->unit->arena, args.n * sizeof *insn->arg_spans);
    if (args.n) memcpy(insn->args, args.at, args.n * sizeof *args.at);
    vec_fini(&args);
}

static void grow_temps(body *b, ir_temp t, ir_type_id type)
{
    ir_func *f = ir_builder_func(b->builder);
    while (f->temp_count <= t) ir_build_temp(b->builder, 0), f = ir_builder_func(b->builder);
    if (type) f->temp_types[t] = type;
}

static void read_result(body *b, ir_insn *insn)
{
    iri_blanks(b->r);
    if (!temp_next(b->r)) return;
    if (!read_temp(b->r, &insn->dst) || !iri_want(b->r, ":")) return;
    insn->type = iri_type(b->r);
    iri_want(b->r, "=");
    grow_temps(b, insn->dst, insn->type);
}

static bool sub_fits(ir_op op, ir_sub sub)
{
    switch (op) {
    case IR_OP_un: return sub >= IR_NEG && sub <= IR_NOT;
    case IR_OP_bin: return sub >= IR_ADD && sub <= IR_GE;
    case IR_OP_br: return sub >= IR_BR_IF && sub <= IR_BR_COND;
    case IR_OP_jump: return sub >= IR_BR_IF && sub <= IR_JUMP_BACK;
    case IR_OP_store: return sub >= IR_STORE_ASSIGN && sub <= IR_STORE_INIT;
    default: return false;
    }
}

static void read_suffixes(body *b, ir_insn *insn)
{
    while (b->r->p < b->r->end && *b->r->p == '.') {
        b->r->p++;
        const char *word = iri_name(b->r);
        ir_sub sub = IR_SUB_NONE;
        for (int i = 1; i < IR_SUB_COUNT; i++)
            if (strcmp(ir_sub_names[i], word) == 0 && sub_fits(insn->op, (ir_sub)i)) sub = (ir_sub)i;
        if (strcmp(word, "implicit") == 0)
            insn->implicit = true;
        else if (strcmp(word, "postfix") == 0)
            insn->postfix = true;
        else if (sub)
            insn->sub = sub;
        else
            iri_fail(b->r, "'%s' does not take '.%s'", ir_ops[insn->op].name, word);
    }
}

static bool read_op(body *b, ir_insn *insn)
{
    const char *word = iri_name(b->r);
    for (int op = 0; op < IR_OP_COUNT; op++)
        if (strcmp(ir_ops[op].name, word) == 0) {
            insn->op = (ir_op)op;
            read_suffixes(b, insn);
            return true;
        }
    return iri_fail(b->r, "no operation '%s'", word);
}

static void read_origin(body *b, ir_insn *insn)
{
    insn->span = iri_position(b->r);
    if (!iri_word_at(b->r, "in")) return;
    insn->macro = insn->inner_macro = iri_name(b->r);
    if (!insn->macro[0]) iri_fail(b->r, "expected a macro's name");
    if (b->r->p < b->r->end && *b->r->p == '/') b->r->p++, insn->inner_macro = iri_name(b->r);
    insn->span.macro = true;
}

static void read_operands(body *b, ir_insn *insn)
{
    reader *r = b->r;
    const ir_op_info *info = &ir_ops[insn->op];
    if (info->place) {
        iri_place(r, &insn->place);
        if (info->operands) iri_want(r, ",");
    }
    if (insn->op == IR_OP_asm || insn->op == IR_OP_unknown) insn->text = iri_string(r);
    iri_blanks(r);
    bool position = r->end - r->p > 1 && *r->p == '@' && isdigit((unsigned char)r->p[1]);
    bool absent = insn->op == IR_OP_ret && (position || r->p == r->end || *r->p == '}' || *r->p == 'b');
    if (info->operands && !absent) iri_opnd(r, &insn->a);
    if (info->operands == 2 && iri_want(r, ",")) iri_opnd(r, &insn->b);
}

static void read_insn(body *b)
{
    ir_insn insn = {0};
    read_result(b, &insn);
    if (b->r->error || !read_op(b, &insn)) return;
    read_operands(b, &insn);
    if (insn.op == IR_OP_call || insn.op == IR_OP_asm) read_args(b, &insn);
    if (insn.op == IR_OP_switch)
        read_switch(b, &insn);
    else if (insn.op == IR_OP_jump || insn.op == IR_OP_br || insn.op == IR_OP_goto)
        read_targets(b, &insn);
    read_origin(b, &insn);
    if (ir_ops[insn.op].place && !insn.dst)
        insn.type = ir_place_type(b->r->unit, ir_builder_func(b->builder), &insn.place);
    if (!b->r->error) ir_build_insn(b->builder, &insn);
}

/* ---- the body ------------------------------------------------------------------------------------------ */
static void add_params(body *b, const ir_decl *decl)
{
    for (size_t i = 0; i < decl->param_count; i++) {
        const ir_param *p = &decl->params[i];
        ir_local local = {
            .name = p->name, .type = p->type, .is_param = true, .param = (uint32_t)i, .annots = p->annots};
        ir_local_id id = ir_build_local(b->builder, &local);
        if (p->name[0]) map_set(&b->r->locals, p->name, (void *)(uintptr_t)id);
    }
}

static void read_local(body *b)
{
    const char *start = (iri_blanks(b->r), b->r->p);
    int64_t number = 0;
    ir_local local = {.name = iri_name(b->r)};
    if (b->r->p < b->r->end && *b->r->p == '#') b->r->p++, iri_number(b->r, &number);
    char *printed = arena_strndup(&b->r->unit->arena, start, (size_t)(b->r->p - start));
    local.is_literal = !local.name[0];
    iri_want(b->r, ":");
    local.type = iri_type(b->r);
    iri_annots(b->r, &local.annots);
    ir_local_id id = ir_build_local(b->builder, &local);
    if (number && number != id) iri_fail(b->r, "local %s has id %u", printed, id);
    map_set(&b->r->locals, printed, (void *)(uintptr_t)id);
}

static bool block_next(reader *r)
{
    iri_blanks(r);
    const char *p = r->p;
    if (p == r->end || *p++ != 'b') return false;
    const char *digits = p;
    while (p < r->end && isdigit((unsigned char)*p)) p++;
    return p > digits && p < r->end && *p == ':';
}

static void read_label(body *b, ir_block_id block)
{
    bool taken = iri_word_at(b->r, "taken");
    if (taken || iri_word_at(b->r, "label")) ir_build_label(b->builder, block, iri_string(b->r), taken);
}

void iri_body(reader *r, ir_decl_id decl, const char *tainted)
{
    body b = {.r = r, .builder = ir_builder_new(r->unit, decl), .blocks = 1};
    map_fini(&r->locals);
    r->func = ir_builder_func(b.builder);
    r->func->tainted = tainted;
    r->func->span = r->unit->decls.at[decl].span;
    add_params(&b, &r->unit->decls.at[decl]);
    while (!iri_at(r, "}") && !r->error) {
        ir_builder_func(b.builder); /* the tables may have moved */
        if (iri_word_at(r, "local"))
            read_local(&b);
        else if (block_next(r)) {
            ir_block_id block = read_block(&b);
            iri_want(r, ":");
            ir_build_at(b.builder, block);
            read_label(&b, block);
        } else if (r->p == r->end)
            iri_fail(r, "the function does not end");
        else
            read_insn(&b);
    }
    if (r->error)
        ir_builder_abandon(b.builder);
    else
        ir_builder_finish(b.builder);
}
