/* SPDX-License-Identifier: MIT
 *
 * Profiling hooks in the source text: each function of the main file enters the profile on its first line and leaves it on
 * every way out, by a local with a cleanup. No line moves: what is inserted stands behind the opening brace.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

static const char prelude[] =
    "void rc_profile_enter(const char *, const char *, int);\n"
    "void rc_profile_leave(void);\n"
    "static inline __attribute__((unused)) void rc_profile_end(char *at) { (void)at; rc_profile_leave(); }\n";

typedef VEC(const ir_func *) func_vec;

static int by_place(const void *a, const void *b)
{
    const ir_func *x = *(const ir_func *const *)a, *y = *(const ir_func *const *)b;
    return (x->body.begin > y->body.begin) - (x->body.begin < y->body.begin);
}

/* Functions whose braces are the file's own text. */
static void collect(const ir_unit *unit, func_vec *out)
{
    for (size_t i = 0; i < unit->funcs.n; i++) {
        const ir_func *f = unit->funcs.at[i];
        bool main = f->body.file && unit->files.at[f->body.file].main;
        if (main && !f->body.macro && f->body.begin < unit->source_size && unit->source[f->body.begin] == '{')
            vec_push(out, f);
    }
    if (out->n) qsort(out->at, out->n, sizeof *out->at, by_place);
}

char *driver_instrument(const ir_unit *unit, const char *path)
{
    func_vec functions = {0};
    strbuf out = {0};
    size_t at = 0;
    collect(unit, &functions);
    strbuf_printf(&out, "%s#line 1 \"%s\"\n", prelude, path);
    for (size_t i = 0; i < functions.n; i++) {
        const ir_func *f = functions.at[i];
        strbuf_addn(&out, unit->source + at, f->body.begin + 1 - at);
        strbuf_printf(&out,
                      " __attribute__((cleanup(rc_profile_end), unused)) char rc_profile_here ="
                      " (rc_profile_enter(\"%s\", \"%s\", %u), 0);",
                      unit->decls.at[f->decl].name, path, f->span.line);
        at = f->body.begin + 1;
    }
    strbuf_addn(&out, unit->source + at, unit->source_size - at);
    vec_fini(&functions);
    return strbuf_take(&out);
}
