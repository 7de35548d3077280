/* SPDX-License-Identifier: MIT
 *
 * The printed form of the IR (doc.md). read.c reads what is printed here.
 */
#include <string.h>

#include "ir_p.h"

static void print_string(const char *s, strbuf *out)
{
    strbuf_addc(out, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            strbuf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            strbuf_printf(out, "\\x%02x", c);
        else
            strbuf_addc(out, (char)c);
    }
    strbuf_addc(out, '"');
}

static void print_annots(const ir_annots *a, strbuf *out)
{
    if (!a->n) return;
    strbuf_add(out, " [");
    for (size_t i = 0; i < a->n; i++) {
        if (i) strbuf_add(out, ", ");
        print_string(a->at[i], out);
    }
    strbuf_addc(out, ']');
}

/* ---- names: unique ones stand alone, others carry their id ------------------------------------------------
 */
static void print_record_name(const ir_unit *unit, ir_record_id id, strbuf *out)
{
    const ir_record *record = &unit->records.at[id];
    if (record->name[0] && ir_record_find(unit, record->name) == id)
        strbuf_add(out, record->name);
    else
        strbuf_printf(out, "%s#%u", record->name, id);
}

static void print_local(const ir_func *func, uint32_t id, strbuf *out)
{
    const char *name = id < func->local_count && func->locals[id].name ? func->locals[id].name : "";
    size_t same = 0;
    for (size_t i = 1; i < func->local_count; i++)
        same += func->locals[i].name && strcmp(func->locals[i].name, name) == 0;
    if (name[0] && same == 1)
        strbuf_add(out, name);
    else
        strbuf_printf(out, "%s#%u", name, id);
}

/* ---- types --------------------------------------------------------------------------------------------- */
static void print_function_type(const ir_unit *unit, const ir_type *t, strbuf *out)
{
    strbuf_add(out, "fn(");
    for (size_t i = 0; i < t->param_count; i++) {
        if (i) strbuf_add(out, ", ");
        ir_print_type(unit, t->params[i], out);
        if (t->param_annots) print_annots(&t->param_annots[i], out);
    }
    if (t->variadic) strbuf_add(out, t->param_count ? ", ..." : "...");
    strbuf_add(out, "): ");
    ir_print_type(unit, t->of, out);
}

void ir_print_type(const ir_unit *unit, ir_type_id id, strbuf *out)
{
    const ir_type *t = ir_type_of(unit, id);
    if (t->is_const) strbuf_add(out, "const ");
    if (t->is_volatile) strbuf_add(out, "volatile ");
    if (t->is_atomic) strbuf_add(out, "atomic ");
    switch (t->kind) {
    case IR_VOID: strbuf_add(out, "void"); break;
    case IR_BOOL: strbuf_add(out, "bool"); break;
    case IR_INT:
        strbuf_printf(out, "%c%llu", t->is_signed ? 'i' : 'u', (unsigned long long)t->size * 8);
        break;
    case IR_FLOAT: strbuf_printf(out, "f%llu", (unsigned long long)t->size * 8); break;
    case IR_POINTER:
        strbuf_addc(out, '*');
        ir_print_type(unit, t->of, out);
        break;
    case IR_ARRAY:
        if (t->is_vla)
            strbuf_add(out, "[?]");
        else if (t->length)
            strbuf_printf(out, "[%llu]", (unsigned long long)t->length);
        else
            strbuf_add(out, "[]");
        ir_print_type(unit, t->of, out);
        break;
    case IR_RECORD: print_record_name(unit, t->record, out); break;
    case IR_FUNCTION: print_function_type(unit, t, out); break;
    default: strbuf_add(out, "other"); break;
    }
}

/* ---- operands and places ------------------------------------------------------------------------------- */
static void print_opnd(const ir_unit *unit, const ir_opnd *o, strbuf *out)
{
    switch (o->kind) {
    case IR_NONE: strbuf_addc(out, '_'); break;
    case IR_TEMP: strbuf_printf(out, "t%u", o->temp); break;
    case IR_INTEGER: strbuf_printf(out, "%lld", (long long)o->integer); break;
    case IR_REAL:
        strbuf_add(out, "real ");
        print_string(o->text, out);
        break;
    case IR_STRING: print_string(o->text, out); break;
    case IR_NULL: strbuf_add(out, "null"); break;
    case IR_NAME: strbuf_printf(out, "@%s", unit->decls.at[o->name].name); break;
    }
}

static void print_step(const ir_unit *unit, const ir_step *step, strbuf *out)
{
    if (step->kind == IR_STEP_INDEX) {
        strbuf_addc(out, '[');
        print_opnd(unit, &step->index, out);
        strbuf_addc(out, ']');
        return;
    }
    const ir_record *record = &unit->records.at[step->record];
    const char *name = step->field < record->field_count ? record->fields[step->field].name : "";
    if (name[0])
        strbuf_printf(out, ".%s", name);
    else
        strbuf_printf(out, ".#%u", step->field);
}

void ir_print_place(const ir_unit *unit, const ir_func *func, const ir_place *place, strbuf *out)
{
    switch (place->base) {
    case IR_BASE_LOCAL: print_local(func, place->id, out); break;
    case IR_BASE_GLOBAL: strbuf_printf(out, "@%s", unit->decls.at[place->id].name); break;
    case IR_BASE_MEMORY: strbuf_printf(out, "*t%u", place->id); break;
    default: strbuf_addc(out, '_'); return;
    }
    for (size_t i = 0; i < place->step_count; i++) print_step(unit, &place->steps[i], out);
}

/* ---- instructions -------------------------------------------------------------------------------------- */
static void print_args(const ir_unit *unit, const ir_insn *insn, strbuf *out)
{
    strbuf_addc(out, '(');
    for (size_t i = 0; i < insn->arg_count; i++) {
        if (i) strbuf_add(out, ", ");
        print_opnd(unit, &insn->args[i], out);
    }
    strbuf_addc(out, ')');
}

static void print_switch(const ir_insn *insn, strbuf *out)
{
    strbuf_add(out, ", {");
    for (size_t i = 0; i < insn->case_count; i++) {
        const ir_case *c = &insn->cases[i];
        strbuf_printf(out, "%s %lld", i ? "," : "", (long long)c->low);
        if (c->high != c->low) strbuf_printf(out, "..%lld", (long long)c->high);
        strbuf_printf(out, ": b%u", insn->succ[i]);
    }
    strbuf_printf(out, " }, b%u", insn->succ_count ? insn->succ[insn->succ_count - 1] : 0);
}

static void print_targets(const ir_insn *insn, strbuf *out)
{
    for (size_t i = 0; i < insn->succ_count; i++)
        strbuf_printf(out, "%s b%u", i || insn->op != IR_OP_jump ? "," : "", insn->succ[i]);
}

static void print_result(const ir_unit *unit, const ir_insn *insn, strbuf *out)
{
    if (!insn->dst) return;
    strbuf_printf(out, "t%u: ", insn->dst);
    ir_print_type(unit, insn->type, out);
    strbuf_add(out, " = ");
}

static void print_body(const ir_unit *unit, const ir_func *func, const ir_insn *insn, strbuf *out)
{
    if (ir_ops[insn->op].place) {
        strbuf_addc(out, ' ');
        ir_print_place(unit, func, &insn->place, out);
        if (ir_ops[insn->op].operands) strbuf_addc(out, ',');
    }
    if (insn->text) {
        strbuf_addc(out, ' ');
        print_string(insn->text, out);
    }
    if (ir_ops[insn->op].operands && !(insn->op == IR_OP_ret && insn->a.kind == IR_NONE)) {
        strbuf_addc(out, ' ');
        print_opnd(unit, &insn->a, out);
    }
    if (ir_ops[insn->op].operands == 2) {
        strbuf_add(out, ", ");
        print_opnd(unit, &insn->b, out);
    }
    if (insn->op == IR_OP_call || insn->op == IR_OP_asm) print_args(unit, insn, out);
    if (insn->op == IR_OP_switch)
        print_switch(insn, out);
    else
        print_targets(insn, out);
}

void ir_print_insn(const ir_unit *unit, const ir_func *func, const ir_insn *insn, strbuf *out)
{
    print_result(unit, insn, out);
    strbuf_add(out, ir_ops[insn->op].name);
    if (insn->sub) strbuf_printf(out, ".%s", ir_sub_names[insn->sub]);
    if (insn->implicit) strbuf_add(out, ".implicit");
    if (insn->postfix) strbuf_add(out, ".postfix");
    print_body(unit, func, insn, out);
    if (insn->span.line) {
        strbuf_printf(out, " @%u:%u", insn->span.line, insn->span.column);
        if (insn->span.file > 1) strbuf_printf(out, "~%u", insn->span.file);
    }
    if (insn->macro) strbuf_printf(out, " in %s", insn->macro);
    if (insn->inner_macro && insn->inner_macro != insn->macro) strbuf_printf(out, "/%s", insn->inner_macro);
}

static void print_block(const ir_unit *unit, const ir_func *func, ir_block_id id, strbuf *out)
{
    const ir_block *block = &func->blocks[id];
    strbuf_printf(out, "b%u:", id);
    if (block->label) {
        strbuf_printf(out, " %s ", block->address_taken ? "taken" : "label");
        print_string(block->label, out);
    }
    strbuf_addc(out, '\n');
    for (size_t i = 0; i < block->n; i++) {
        strbuf_add(out, "  ");
        ir_print_insn(unit, func, &block->insns[i], out);
        strbuf_addc(out, '\n');
    }
}

/* ---- declarations -------------------------------------------------------------------------------------- */
static void print_signature(const ir_unit *unit, const ir_decl *decl, strbuf *out)
{
    const ir_type *type = ir_type_of(unit, decl->type);
    strbuf_printf(out, "%s(", decl->name);
    for (size_t i = 0; i < decl->param_count; i++) {
        const ir_param *p = &decl->params[i];
        strbuf_printf(out, "%s%s: ", i ? ", " : "", p->name[0] ? p->name : "_");
        ir_print_type(unit, p->type, out);
        print_annots(&p->annots, out);
    }
    if (type->variadic) strbuf_add(out, decl->param_count ? ", ..." : "...");
    strbuf_add(out, "): ");
    ir_print_type(unit, type->of, out);
}

static void print_flags(const ir_decl *decl, strbuf *out)
{
    if (decl->linkage == IR_LINK_STATIC) strbuf_add(out, " static");
    if (decl->is_inline) strbuf_add(out, " inline");
    if (decl->noreturn) strbuf_add(out, " noreturn");
    print_annots(&decl->annots, out);
    if (decl->span.line) strbuf_printf(out, " @%u:%u", decl->span.line, decl->span.column);
    if (decl->span.line && decl->span.file > 1) strbuf_printf(out, "~%u", decl->span.file);
}

void ir_print_func(const ir_unit *unit, const ir_func *func, strbuf *out)
{
    const ir_decl *decl = &unit->decls.at[func->decl];
    strbuf_add(out, "func ");
    print_signature(unit, decl, out);
    print_flags(decl, out);
    if (func->tainted) {
        strbuf_add(out, " tainted ");
        print_string(func->tainted, out);
    }
    strbuf_add(out, " {\n");
    for (uint32_t i = 1; i < func->local_count; i++) {
        if (func->locals[i].is_param) continue;
        strbuf_add(out, "  local ");
        print_local(func, i, out);
        strbuf_add(out, ": ");
        ir_print_type(unit, func->locals[i].type, out);
        print_annots(&func->locals[i].annots, out);
        strbuf_addc(out, '\n');
    }
    for (ir_block_id b = 1; b < func->block_count; b++) print_block(unit, func, b, out);
    strbuf_add(out, "}\n");
}

static void print_record(const ir_unit *unit, ir_record_id id, strbuf *out)
{
    const ir_record *r = &unit->records.at[id];
    strbuf_printf(out, "%s %u ", r->is_union ? "union" : "record", id);
    print_string(r->name, out);
    strbuf_printf(out, " %llu", (unsigned long long)r->size);
    print_annots(&r->annots, out);
    if (!r->complete) {
        strbuf_add(out, ";\n");
        return;
    }
    strbuf_add(out, " {\n");
    for (size_t i = 0; i < r->field_count; i++) {
        const ir_field *f = &r->fields[i];
        strbuf_printf(out, "  %s: ", f->name[0] ? f->name : "_");
        ir_print_type(unit, f->type, out);
        strbuf_printf(out, " + %llu", (unsigned long long)f->bit_offset);
        print_annots(&f->annots, out);
        strbuf_addc(out, '\n');
    }
    strbuf_add(out, "}\n");
}

static void print_init(const ir_unit *unit, const ir_init *init, strbuf *out)
{
    if (!init->is_list) {
        if (init->place.base != IR_BASE_NONE) {
            strbuf_add(out, "addr ");
            ir_print_place(unit, NULL, &init->place, out);
        } else
            print_opnd(unit, &init->value, out);
        return;
    }
    strbuf_add(out, "{");
    for (size_t i = 0; i < init->item_count; i++) {
        strbuf_printf(out, "%s %u: ", i ? "," : "", init->items[i].index);
        print_init(unit, init->items[i].init, out);
    }
    strbuf_add(out, " }");
}

static void print_decl(const ir_unit *unit, const ir_decl *decl, strbuf *out)
{
    if (decl->kind == IR_DECL_FUNCTION) {
        strbuf_add(out, "decl ");
        print_signature(unit, decl, out);
    } else {
        strbuf_printf(out, "global %s: ", decl->name);
        ir_print_type(unit, decl->type, out);
    }
    print_flags(decl, out);
    if (decl->init) {
        strbuf_add(out, " = ");
        print_init(unit, decl->init, out);
    }
    strbuf_addc(out, '\n');
}

static bool has_body(const ir_unit *unit, ir_decl_id decl)
{
    for (size_t i = 0; i < unit->funcs.n; i++)
        if (unit->funcs.at[i]->decl == decl) return true;
    return false;
}

void ir_print_unit(const ir_unit *unit, strbuf *out)
{
    strbuf_add(out, "unit ");
    print_string(unit->path, out);
    strbuf_addc(out, '\n');
    for (size_t i = 2; i < unit->files.n; i++) {
        strbuf_printf(out, "file %zu ", i);
        print_string(unit->files.at[i].path, out);
        strbuf_addc(out, '\n');
    }
    for (ir_record_id i = 1; i < unit->records.n; i++) print_record(unit, i, out);
    for (size_t i = 0; i < unit->typedefs.n; i++) {
        strbuf_printf(out, "typedef %s = ", unit->typedefs.at[i].name);
        ir_print_type(unit, unit->typedefs.at[i].type, out);
        print_annots(&unit->typedefs.at[i].annots, out);
        strbuf_addc(out, '\n');
    }
    for (size_t i = 0; i < unit->facts.n; i++) {
        strbuf_add(out, "fact ");
        print_string(unit->facts.at[i].text, out);
        strbuf_addc(out, '\n');
    }
    for (ir_decl_id i = 1; i < unit->decls.n; i++)
        if (unit->decls.at[i].kind == IR_DECL_GLOBAL || !has_body(unit, i))
            print_decl(unit, &unit->decls.at[i], out);
    for (size_t i = 0; i < unit->funcs.n; i++) ir_print_func(unit, unit->funcs.at[i], out);
}
