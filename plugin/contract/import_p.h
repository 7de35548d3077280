/* SPDX-License-Identifier: MIT
 *
 * What the importers share: C as text. The words of a spelling are copied into the caller's arena.
 */
#ifndef RECOUNT_CONTRACT_IMPORT_P_H
#define RECOUNT_CONTRACT_IMPORT_P_H

#include "../support/support.h"

/* Whether C keeps the word for itself. */
bool import_is_keyword(const char *word);
/* The next identifier of *at, which moves behind it; NULL: there is none left. */
const char *import_word(arena *a, const char **at);
/* Appends a declarator as people write it: "const T*const*" and "list" give `const T *const *list`. */
void import_add_typed(strbuf *out, const char *type, const char *name);
/* Appends `part` to the line that begins at *line, or to a new one when it would become too long. */
void import_add_part(strbuf *out, size_t *line, const char *part, bool first);

#endif
