/* SPDX-License-Identifier: MIT
 *
 * What is counted: which records are classes, which types hold references, and how a variable or field holds
 * them.
 */
#include "rewrite_p.h"

#include <string.h>

enum { UNKNOWN, NO, YES };

static const ir_record *record_at(const rewriter *rw, ir_record_id id)
{
    return &rw->unit->records.at[id < rw->unit->records.n ? id : 0];
}

bool record_is_class(rewriter *rw, ir_record_id id)
{
    const ir_record *record = record_at(rw, id);
    unsigned char *memo = &rw->records[id];
    if (*memo == UNKNOWN) {
        *memo = NO;
        if (ir_annotated(&record->annots, "class") ||
            (record->name && strcmp(record->name, "rc_object") == 0)) {
            *memo = YES;
        } else if (record->complete && !record->is_union && record->field_count) {
            const ir_type *first = ir_type_of(rw->unit, record->fields[0].type);
            /* RC_HEAD alone makes no class: code that counts by hand has it too. */
            if (first->kind == IR_RECORD && strcmp(record_at(rw, first->record)->name, "rc_object") != 0 &&
                record_is_class(rw, first->record))
                *memo = YES;
        }
    }
    return *memo == YES;
}

const char *record_name(const rewriter *rw, ir_record_id id)
{
    return record_at(rw, id)->name;
}

bool field_counted(rewriter *rw, const ir_field *field, counted *kind, hold *how)
{
    *kind = type_counted(rw, field->type);
    *how = hold_of(rw, field->type, &field->annots);
    return *how == HOLD_STRONG || *how == HOLD_WEAK || *how == HOLD_BUFFER;
}

bool record_is_counted(rewriter *rw, ir_record_id id)
{
    const ir_record *record = record_at(rw, id);
    unsigned char *memo = &rw->records[rw->unit->records.n + id];
    if (*memo == UNKNOWN) {
        *memo = NO;
        if (record->complete && !record->is_union && !record_is_class(rw, id)) {
            for (size_t i = 0; i < record->field_count && *memo == NO; i++) {
                counted kind;
                hold how;
                if (field_counted(rw, &record->fields[i], &kind, &how)) *memo = YES;
            }
        }
    }
    return *memo == YES;
}

ir_record_id type_class(const rewriter *rw, ir_type_id type)
{
    ir_record_id record = 0;
    if (!ir_type_is_pointer_to_record(rw->unit, type, &record)) return 0;
    return record_is_class((rewriter *)rw, record) ? record : 0;
}

counted type_counted(rewriter *rw, ir_type_id id)
{
    const ir_type *type = ir_type_of(rw->unit, id);
    switch (type->kind) {
    case IR_POINTER: return type_class(rw, id) ? COUNTED_REF : COUNTED_NO;
    case IR_RECORD: return record_is_counted(rw, type->record) ? COUNTED_STRUCT : COUNTED_NO;
    case IR_ARRAY: return type_counted(rw, type->of) == COUNTED_NO ? COUNTED_NO : COUNTED_ARRAY;
    default: return COUNTED_NO;
    }
}

static bool says(const ir_annots *annots, const ir_type *type, const char *name)
{
    return (annots && ir_annotated(annots, name)) || ir_annotated(&type->annots, name);
}

hold hold_of(rewriter *rw, ir_type_id id, const ir_annots *annots)
{
    const ir_type *type = ir_type_of(rw->unit, id);
    if (says(annots, type, "unowned")) return HOLD_UNOWNED;
    if (says(annots, type, "weak")) return HOLD_WEAK;
    if (type_counted(rw, id) != COUNTED_NO) return HOLD_STRONG;
    if (annots && ir_annot_arg(annots, "counted_by") && type->kind == IR_POINTER && type_class(rw, type->of))
        return HOLD_BUFFER;
    return HOLD_NONE;
}

bool file_is_runtime(const rewriter *rw, uint32_t file)
{
    const char *path = file < rw->unit->files.n ? rw->unit->files.at[file].path : NULL;
    if (!path) return false;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return strcmp(name, "recount.h") == 0 || strcmp(name, "recount_annotations.h") == 0;
}

bool file_is_editable(const rewriter *rw, uint32_t file)
{
    return file && file < rw->unit->files.n && !rw->unit->files.at[file].system && !file_is_runtime(rw, file);
}

diag *complain(rewriter *rw, const char *id, ir_span at, const char *function, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf message = {0};
    strbuf_vprintf(&message, format, args);
    va_end(args);
    const char *file = at.file ? rw->unit->files.at[at.file].path : rw->unit->path;
    file = arena_strdup(&rw->out->arena, file); /* the unit may be gone before the result is read */
    diag_place place = {file, at.line, at.column, at.end_line, at.end_column};
    for (size_t i = 0; i < rw->out->diagnostics.n;
         i++) { /* a macro's argument that is used twice complains once */
        const diag *old = &rw->out->diagnostics.at[i];
        if (strcmp(old->check, id) == 0 && old->place.line == place.line &&
            old->place.column == place.column && strcmp(old->place.file, place.file) == 0) {
            strbuf_fini(&message);
            return NULL;
        }
    }
    diag *d = diag_add(&rw->out->diagnostics, id, place, "%s", message.s ? message.s : "");
    strbuf_fini(&message);
    d->severity = SEVERITY_ERROR;
    d->function = arena_strdup(&rw->out->arena, function);
    rw->errors++;
    return d;
}
