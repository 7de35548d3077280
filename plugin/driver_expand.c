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

static bool expand(const ir_unit *unit, const rewrite_result *result, const rewrite_options *options,
                   const ast_options *parse, const str_vec *compiler, rewrite_file_vec *files)
{
    str_vec flags = {0};
    expansion_flags(parse, compiler, &flags);
    rewrite_compiler run = {.name = compiler && compiler->n ? compiler->at[0] : NULL,
                            .flags = flags.at,
                            .flag_count = flags.n,
                            .directory = parse->directory};
    bool done = rewrite_expand(unit, result, options, &run, files);
    vec_fini(&flags);
    return done;
}

/* Lowers the unit again with these files in place of what is on the disk. */
static bool lower_again(const char *path, const ast_options *parse, const rewrite_file_vec *files,
                        ast_result *out)
{
    ast_text *texts = x_calloc(files->n + 1, sizeof *texts);
    ast_options again = *parse;
    for (size_t i = 0; i < files->n; i++)
        texts[i] = (ast_text){files->at[i].path, files->at[i].text, files->at[i].n};
    again.texts = texts;
    again.text_count = files->n;
    ast_result_fini(out);
    *out = (ast_result){0};
    bool good = ast_parse(path, &again, out) == AST_OK && !out->error_count;
    free(texts);
    return good;
}

static void files_fini(rewrite_file_vec *files)
{
    for (size_t i = 0; i < files->n; i++) {
        free((char *)files->at[i].path);
        free(files->at[i].text);
    }
    vec_fini(files);
}

bool driver_rewrite_unit(const char *path, const ast_options *parse, const str_vec *compiler,
                         const ir_unit *unit, const rewrite_options *options, rewrite_result *out)
{
    rewrite_options now = *options;
    ast_result parsed = {0};
    rewrite_file_vec files = {0};
    const ir_unit *first = unit;
    bool done = false;
    now.expand = true;
    for (unsigned round = 0;; round++) {
        done = rewrite_unit(unit, &now, out);
        if (!out->expand.n || out->diagnostics.n || now.expanded) break;
        now.expanded = round >= MOST_ROUNDS || !expand(unit, out, &now, parse, compiler, &files);
        rewrite_result_fini(out);
        if (now.expanded) continue;
        if (lower_again(path, parse, &files, &parsed)) {
            unit = parsed.unit;
            now.headers = files.at;
            now.header_count = files.n;
        } else {
            now.expanded = true; /* the first text tells the user more than the expanded one */
            now.headers = NULL, now.header_count = 0;
            unit = first;
        }
    }
    ast_result_fini(&parsed);
    files_fini(&files);
    return done;
}
