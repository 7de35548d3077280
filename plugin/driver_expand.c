/* SPDX-License-Identifier: MIT
 *
 * Rewriting one unit, with as many parses as it takes: macros whose bodies hold counted code are expanded in
 * the text, which is lowered again.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

enum { MOST_ROUNDS = 4 };

/* The compiler's further words, the annotation header's folder and the flags, as the preprocessor gets them.
 */
static void expansion_flags(const ast_options *parse, const str_vec *compiler, str_vec *flags)
{
    for (size_t i = 1; compiler && i < compiler->n; i++) vec_push(flags, compiler->at[i]);
    for (size_t i = 0; i < parse->flag_count; i++) vec_push(flags, parse->flags[i]);
    for (size_t i = 0; i < parse->include_count; i++) {
        vec_push(flags, "-idirafter");
        vec_push(flags, parse->includes[i]);
    }
}

static char *expand(const ir_unit *unit, const rewrite_result *result, const ast_options *parse,
                    const str_vec *compiler, size_t *n)
{
    str_vec flags = {0};
    expansion_flags(parse, compiler, &flags);
    rewrite_compiler run = {.name = compiler && compiler->n ? compiler->at[0] : NULL,
                            .flags = flags.at,
                            .flag_count = flags.n,
                            .directory = parse->directory};
    char *text = rewrite_expand(unit, result, &run, n);
    vec_fini(&flags);
    return text;
}

bool driver_rewrite_unit(const char *path, const ast_options *parse, const str_vec *compiler,
                         const ir_unit *unit, const rewrite_options *options, rewrite_result *out)
{
    rewrite_options now = *options;
    ast_result parsed = {0};
    char *text = NULL;
    bool done = false;
    now.expand = true;
    for (unsigned round = 0;; round++) {
        done = rewrite_unit(unit, &now, out);
        if (!out->expand.n || out->diagnostics.n || now.expanded) break;
        size_t n = 0;
        char *next = round < MOST_ROUNDS ? expand(unit, out, parse, compiler, &n) : NULL;
        rewrite_result_fini(out);
        now.expanded = !next;
        if (!next) continue;
        ast_text replaced = {path, next, n};
        ast_options again = *parse;
        again.texts = &replaced;
        again.text_count = 1;
        ast_result_fini(&parsed);
        free(text);
        text = next;
        if (ast_parse(path, &again, &parsed) != AST_OK || parsed.error_count) {
            now.expanded = true; /* the first text tells the user more than the expanded one */
            ast_result_fini(&parsed);
            parsed = (ast_result){0};
            continue;
        }
        unit = parsed.unit;
    }
    ast_result_fini(&parsed);
    free(text);
    return done;
}
