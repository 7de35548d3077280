/* SPDX-License-Identifier: MIT
 *
 * Lints one file against contract packs, with nothing but the stages that find defects: what the tests of the
 * analysis run. lintone [-s] [-x CHECKS] -I DIR -c PACK... FILE [-- FLAGS...]: -s prints the steps too, -x names
 * checks (between commas) that are off. Exit status 0, or 2 when a file does not parse.
 */
#include <stdlib.h>
#include <string.h>

#include "ast/ast.h"
#include "contract/contract.h"
#include "own/own.h"

typedef struct options {
    const char *file, *include, *off, *packs[16];
    size_t pack_count;
    const char *flags[256];
    size_t flag_count;
    bool steps, ir, functions;
} options;

static void read_options(int argc, char **argv, options *o)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            while (++i < argc && o->flag_count < 256) o->flags[o->flag_count++] = argv[i];
        } else if (strcmp(argv[i], "-s") == 0)
            o->steps = true;
        else if (strcmp(argv[i], "-i") == 0)
            o->ir = true;
        else if (strcmp(argv[i], "-f") == 0)
            o->functions = true;
        else if (strcmp(argv[i], "-x") == 0 && i + 1 < argc)
            o->off = argv[++i];
        else if (strcmp(argv[i], "-I") == 0 && i + 1 < argc)
            o->include = argv[++i];
        else if (strcmp(argv[i], "-c") == 0 && i + 1 < argc && o->pack_count < 16)
            o->packs[o->pack_count++] = argv[++i];
        else
            o->file = argv[i];
    }
}

static bool enabled(const char *check, void *arg)
{
    const options *o = arg;
    size_t n = strlen(check);
    for (const char *at = o->off; at && (at = strstr(at, check)) != NULL; at += n)
        if ((at == o->off || at[-1] == ',') && (at[n] == ',' || !at[n])) return false;
    return true;
}

static bool parse(const options *o, const char *path, const char *const *flags, size_t n, ast_result *out)
{
    ast_options a = {
        .flags = flags, .flag_count = n, .includes = &o->include, .include_count = o->include ? 1 : 0};
    a.header_bodies = true;
    if (ast_parse(path, &a, out) == AST_OK) return true;
    fprintf(stderr, "%s\n", out->message ? out->message : path);
    return false;
}

static bool add_pack(const options *o, const char *path, contract_set *set)
{
    static const char *const as_c[] = {"-xc"};
    ast_result parsed = {0};
    bool ok = parse(o, path, as_c, 1, &parsed);
    if (ok) contract_add_unit(set, parsed.unit, CONTRACT_TRUST_PACK);
    for (size_t i = 0; i < parsed.error_count; i++)
        fprintf(stderr, "%s:%u: %s\n", parsed.errors[i].file, parsed.errors[i].line,
                parsed.errors[i].message);
    ast_result_fini(&parsed);
    return ok;
}

static void print(const own_result *r, const options *o)
{
    static const char *const words[] = {
        [CONFIDENCE_LOW] = "remark", [CONFIDENCE_MEDIUM] = "caution", [CONFIDENCE_HIGH] = "warning"};
    for (size_t i = 0; i < r->findings.n; i++) {
        const diag *d = &r->findings.at[i];
        printf("%s:%u:%u: %s: %s [%s] in %s\n", d->place.file, d->place.line, d->place.column,
               words[d->confidence], d->message, d->check, d->function ? d->function : "?");
        for (size_t k = 0; o->steps && k < d->step_count; k++)
            printf("%s:%u:%u: note: %s\n", d->steps[k].place.file, d->steps[k].place.line,
                   d->steps[k].place.column, d->steps[k].message);
    }
    for (size_t i = 0; o->functions && i < r->functions.n; i++)
        printf("function %s: %zu paths, %.1f ms%s%s\n", r->functions.at[i].name, r->functions.at[i].paths,
               r->functions.at[i].ms, r->functions.at[i].complete ? "" : ", incomplete: ",
               r->functions.at[i].complete ? "" : r->functions.at[i].incomplete_why);
}

static void print_ir(const ir_unit *unit)
{
    strbuf text = {0};
    for (size_t i = 0; i < unit->funcs.n; i++) ir_print_func(unit, unit->funcs.at[i], &text);
    printf("%s", text.s ? text.s : "");
    strbuf_fini(&text);
}

int main(int argc, char **argv)
{
    options o = {0};
    read_options(argc, argv, &o);
    contract_set *set = contract_set_new();
    bool ok = o.file != NULL;
    for (size_t i = 0; i < o.pack_count; i++) ok = add_pack(&o, o.packs[i], set) && ok;
    ast_result parsed = {0};
    ok = ok && parse(&o, o.file, o.flags, o.flag_count, &parsed);
    if (ok && parsed.unit) {
        own_result result;
        own_result_init(&result);
        if (o.ir) print_ir(parsed.unit);
        own_options analysis = {.enabled = enabled, .arg = &o};
        own_analyse(parsed.unit, set, &analysis, &result);
        print(&result, &o);
        own_result_fini(&result);
    }
    ast_result_fini(&parsed);
    contract_set_free(set);
    return ok ? 0 : 2;
}
