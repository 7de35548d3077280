/* SPDX-License-Identifier: MIT
 *
 * The reader of the printed form: a cursor over the text. read.c takes the file level, read_body.c functions.
 * The first error sticks; every later step then does nothing, so callers need not look after each.
 */
#ifndef RECOUNT_IR_READ_P_H
#define RECOUNT_IR_READ_P_H

#include "ir_p.h"

typedef struct reader {
    ir_unit *unit;
    const char *text, *p, *end;
    char *error;
    ir_func *func; /* the function whose body is read */
    map locals;    /* of that function: printed name to id */
} reader;

bool iri_fail(reader *r, const char *format, ...) PRINTF_LIKE(2, 3);   /* always false */
void iri_blanks(reader *r);                       /* blanks and newlines */
bool iri_at(reader *r, const char *text);         /* takes the text when it comes next */
bool iri_word_at(reader *r, const char *word);    /* the same for a whole word */
bool iri_want(reader *r, const char *text);       /* takes the text or fails */
char *iri_name(reader *r);                        /* an identifier in the unit's arena; "" when there is none */
bool iri_number(reader *r, int64_t *out);
char *iri_string(reader *r);                      /* a quoted string; NULL and an error when there is none */
void iri_annots(reader *r, ir_annots *out);
ir_type_id iri_type(reader *r);
bool iri_opnd(reader *r, ir_opnd *out);
bool iri_place(reader *r, ir_place *out);
ir_span iri_position(reader *r);                  /* @line:column~file, or nothing */
void iri_body(reader *r, ir_decl_id decl, const char *tainted);

#endif
