/* SPDX-License-Identifier: MIT
 *
 * recount contracts: importers, and contracts compared with the headers that they speak of.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

/* ---- importers -------------------------------------------------------------------------------------------
 */
/* Writes what an importer made, or prints why there is nothing. */
static int finish_import(const invocation *in, int status, strbuf *text, char **error)
{
    int result = status == 0 ? driver_write(driver_option(in, OPTION_OUTPUT), text->s, text->n)
                             : driver_fail(EXIT_INPUT, error);
    strbuf_fini(text);
    return result;
}

static int import_gir(invocation *in, const str_vec *files)
{
    strbuf text = {0};
    char *error = NULL;
    int status = contract_import_gir(files->at, files->n, &text, &error);
    return finish_import(in, status, &text, &error);
}

static int import_refcounts(invocation *in, const str_vec *files)
{
    strbuf text = {0};
    char *error = NULL;
    if (files->n != 1) {
        driver_error("contracts import-refcounts: one file");
        return EXIT_USAGE;
    }
    int status = contract_import_refcounts(files->at[0], &text, &error);
    return finish_import(in, status, &text, &error);
}

/* ---- check ------------------------------------------------------------------------------- */
typedef struct check_flags {
    VEC(const char *) flags;
    strbuf headers; /* those named behind --, between blanks; s is NULL when there are none */
    char *include;
} check_flags;

static void take_flags(const invocation *in, check_flags *out)
{
    static const char *const own[] = {"-x", "c", "-w"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) vec_push(&out->flags, own[i]);
    for (size_t i = 0; i < in->rest.n; i++) {
        const char *flag = in->rest.at[i];
        bool include = strcmp(flag, "-include") == 0 && i + 1 < in->rest.n;
        if (include || flag[0] != '-')
            strbuf_printf(&out->headers, "%s ", include ? in->rest.at[++i] : flag);
        else
            vec_push(&out->flags, flag);
        bool split = flag[0] == '-' && strlen(flag) == 2 && strchr("IDU", flag[1]);
        if ((split || strcmp(flag, "-isystem") == 0 || strcmp(flag, "-iquote") == 0) && i + 1 < in->rest.n)
            vec_push(&out->flags, in->rest.at[++i]);
    }
    out->flags.n = ast_flags_filter(out->flags.at, out->flags.n);
}

/* Whether the parse gave something to compare; prints what is wrong with it otherwise. A question that the
 * header cannot answer is an error too, and forgiven: those stand in the probe, behind the lines that
 * include. */
static bool is_usable(const char *path, const ast_result *parsed, const char *probe, unsigned includes)
{
    if (!parsed->unit) {
        driver_error("%s", parsed->message ? parsed->message : path);
        return false;
    }
    for (size_t i = 0; i < parsed->error_count; i++) {
        const ast_error *e = &parsed->errors[i];
        if (probe && e->file && str_ends(e->file, probe) && e->line > includes) continue;
        driver_error("%s:%u:%u: error: %s", e->file ? e->file : path, e->line, e->column, e->message);
        return false;
    }
    return true;
}

static bool parse(const char *path, const check_flags *f, const ast_text *text, ast_result *out)
{
    const char *includes[] = {f->include};
    ast_options options = {.flags = f->flags.at,
                           .flag_count = f->flags.n,
                           .includes = includes,
                           .include_count = 1,
                           .texts = text,
                           .text_count = text ? 1 : 0};
    return ast_parse(path, &options, out) == AST_OK;
}

static int report(const ir_unit *contract, const ir_unit *probe)
{
    arena memory = {0};
    diag_list found = {.arena = &memory};
    contract_check(contract, probe, &found);
    diag_list_sort(&found);
    driver_print_diags(&found, stdout);
    int status = found.n ? EXIT_FINDINGS : EXIT_CLEAN;
    diag_list_fini(&found);
    arena_fini(&memory);
    return status;
}

static int compare(const char *path, const ir_unit *contract, const char *headers, const check_flags *f)
{
    static const char name[] = "recount-probe.c";
    strbuf text = {0};
    unsigned includes = contract_probe(contract, headers, &text);
    ast_text probe = {name, text.s, text.n};
    ast_result parsed = {0};
    parse(name, f, &probe, &parsed);
    int status = is_usable(path, &parsed, name, includes) ? report(contract, parsed.unit) : EXIT_INPUT;
    ast_result_fini(&parsed);
    strbuf_fini(&text);
    return status;
}

static int check_file(const char *path, const check_flags *f)
{
    ast_result contract = {0};
    parse(path, f, NULL, &contract);
    int status = EXIT_INPUT;
    if (is_usable(path, &contract, NULL, 0)) {
        const char *headers = f->headers.s ? f->headers.s : contract_describes(contract.unit);
        if (headers)
            status = compare(path, contract.unit, headers, f);
        else
            driver_error("%s: it describes no header (RC_DESCRIBES), and none is named behind --", path);
    }
    ast_result_fini(&contract);
    return status;
}

static int check(invocation *in, const str_vec *files)
{
    check_flags f = {.include = driver_include()};
    take_flags(in, &f);
    int status = EXIT_CLEAN;
    for (size_t i = 0; i < files->n; i++) {
        int one = check_file(files->at[i], &f);
        if (one > status) status = one;
    }
    vec_fini(&f.flags);
    strbuf_fini(&f.headers);
    free(f.include);
    return status;
}

/* ---- the command ------------------------------------------------------------------------- */
static const struct {
    const char *name;
    int (*run)(invocation *in, const str_vec *files);
} actions[] = {
    {"import-gir", import_gir},
    {"import-refcounts", import_refcounts},
    {"infer", contracts_infer},
    {"check", check},
};

int command_contracts(invocation *in)
{
    const char *name = in->args.n ? in->args.at[0] : "";
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, name) != 0) continue;
        str_vec files = {in->args.at + 1, in->args.n - 1, 0};
        if (files.n) return actions[i].run(in, &files);
        driver_error("contracts %s: a file", name);
        return EXIT_USAGE;
    }
    driver_error("contracts: import-gir, import-refcounts, infer or check, and not '%s'", name);
    return EXIT_USAGE;
}
