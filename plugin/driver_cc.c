/* SPDX-License-Identifier: MIT
 *
 * recount cc: a compiler that rewrites on the way. Each C source that holds counted code is replaced by its
 * rewritten text in a private folder; everything else about the command line stays, so that messages, exit
 * statuses and outputs are the compiler's own. A link gets the runtime. Without counted code the compiler
 * takes this process over unchanged.
 *
 * A rewritten header cannot stand where it is, and a quoted include looks beside the including file first: so
 * then all headers of the project that the unit read are mirrored under their absolute paths, and the search
 * folders with them.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "driver_cc_p.h"
#include "driver_p.h"
#include "rewrite/rewrite.h"

typedef enum { PLAN_PLAIN, PLAN_HEADER /* uses recount.h, nothing to rewrite */, PLAN_REWRITTEN } plan_kind;

typedef struct plan {
    plan_kind kind;
    char *path;    /* the rewritten source */
    char *folder;  /* of the original, for quoted includes; "." when it has none */
    bool mirrored; /* headers too: root is put before each search folder */
    char *root;    /* the private folder of this unit */
} plan;

typedef struct cc {
    const invocation *in;
    cc_line line;
    packs packs;   /* for what lints on the way */
    char *folder;  /* private; made at first need */
    char *include; /* of recount.h */
    plan *plans;   /* one an input */
    char *stdin_copy;
    stage stage;
    bool staged;
    bool profile; /* put hooks into every C source */
} cc;

/* ---- running the compiler ---------------------------------------------------------------- */
static volatile sig_atomic_t child;

static void pass_on(int signal)
{
    if (child > 0) kill((pid_t)child, signal);
}

/* Runs it in a process of its own, so that the private folder can be removed after it, also when we are
 * interrupted. */
static int run_child(str_vec *argv, const char *stdin_path)
{
    struct sigaction action = {.sa_handler = pass_on};
    int status;
    vec_push(argv, NULL);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (stdin_path && !freopen(stdin_path, "r", stdin)) _exit(127);
        execvp(argv->at[0], (char *const *)argv->at);
        driver_error("%s: %s", argv->at[0], strerror(errno));
        _exit(127);
    }
    child = pid;
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    argv->n--;
    if (pid < 0) return EXIT_OUTPUT;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The command line as it came. */
static int exec_unchanged(const cc *c)
{
    str_vec argv = {0};
    for (size_t i = 0; i < c->in->args.n; i++) vec_push(&argv, c->in->args.at[i]);
    vec_push(&argv, NULL);
    execvp(argv.at[0], (char *const *)argv.at);
    driver_error("%s: %s", argv.at[0], strerror(errno));
    vec_fini(&argv);
    return 127;
}

/* ---- one source -------------------------------------------------------------------------- */
static int need_folder(cc *c)
{
    if (!c->folder) c->folder = driver_temporary();
    return c->folder ? EXIT_CLEAN : EXIT_OUTPUT;
}

/* Standard input is read once, into a file that both parsers see. */
static int keep_stdin(cc *c)
{
    strbuf text = {0};
    char buffer[65536];
    size_t n;
    if (c->stdin_copy) return EXIT_CLEAN;
    if (need_folder(c) != EXIT_CLEAN) return EXIT_OUTPUT;
    while ((n = fread(buffer, 1, sizeof buffer, stdin)) > 0) strbuf_addn(&text, buffer, n);
    c->stdin_copy = driver_join(c->folder, "stdin.c");
    int failed = file_write(c->stdin_copy, text.s ? text.s : "", text.n);
    if (failed) driver_error("%s: %s", c->stdin_copy, strerror(failed));
    strbuf_fini(&text);
    return failed ? EXIT_OUTPUT : EXIT_CLEAN;
}

/* The words of the line that say how to parse: all but the inputs. */
static void parse_flags(const cc *c, str_vec *out)
{
    size_t next = 0;
    for (size_t i = 0; i < c->line.args.n; i++) {
        if (next < c->line.inputs.n && c->line.inputs.at[next].at == i)
            next++;
        else
            vec_push(out, c->line.args.at[i]);
    }
    out->n = ast_flags_filter(out->at, out->n);
}

static bool uses_runtime(const ir_unit *unit)
{
    for (size_t i = 1; i < unit->files.n; i++) {
        const char *slash = strrchr(unit->files.at[i].path, '/');
        if (strcmp(slash ? slash + 1 : unit->files.at[i].path, "recount.h") == 0) return true;
    }
    return false;
}

static char *folder_of(const char *path)
{
    strbuf b = {0};
    size_t n = strlen(path);
    while (n && path[n - 1] != '/') n--;
    if (n == 0) strbuf_addc(&b, '.');
    strbuf_addn(&b, path, n > 1 ? n - 1 : n);
    return strbuf_take(&b);
}

static int write_under(const char *root, const char *path, const char *text, size_t n)
{
    strbuf full = {0};
    strbuf_printf(&full, "%s%s", root, path);
    char *folder = folder_of(full.s);
    int failed = dir_make(folder);
    if (!failed) failed = file_write(full.s, text, n);
    if (failed) driver_error("%s: %s", full.s, strerror(failed));
    free(folder);
    strbuf_fini(&full);
    return failed ? EXIT_OUTPUT : EXIT_CLEAN;
}

static const rewrite_file *find_header(const rewrite_result *result, const char *real)
{
    for (size_t i = 0; i < result->headers.n; i++) {
        char *other = path_real(result->headers.at[i].path);
        bool same = strcmp(other, real) == 0;
        free(other);
        if (same) return &result->headers.at[i];
    }
    return NULL;
}

/* Every header of the project under its absolute path below root: the rewritten text, or a copy that names
 * its origin. */
static int mirror_headers(const plan *p, const ir_unit *unit, const rewrite_result *result)
{
    int status = EXIT_CLEAN;
    for (size_t i = 1; status == EXIT_CLEAN && i < unit->files.n; i++) {
        const ir_file *f = &unit->files.at[i];
        if (f->main || f->system) continue;
        char *real = path_real(f->path), *text = NULL;
        size_t n;
        const rewrite_file *rewritten = find_header(result, real);
        strbuf copy = {0};
        strbuf_printf(&copy, "#line 1 \"%s\"\n", f->path);
        if (rewritten)
            strbuf_addn(&copy, rewritten->text, rewritten->n);
        else if (file_read(real, &text, &n) == 0)
            strbuf_addn(&copy, text, n);
        if (*real == '/' && (rewritten || text)) status = write_under(p->root, real, copy.s, copy.n);
        strbuf_fini(&copy);
        free(text);
        free(real);
    }
    return status;
}

static int place_rewritten(cc *c, size_t at, const ir_unit *unit, const rewrite_result *result)
{
    plan *p = &c->plans[at];
    const char *path = c->line.inputs.at[at].path;
    bool from_stdin = strcmp(path, "-") == 0;
    if (need_folder(c) != EXIT_CLEAN) return EXIT_OUTPUT;
    char name[24];
    snprintf(name, sizeof name, "%zu", at);
    p->kind = PLAN_REWRITTEN;
    p->root = driver_join(c->folder, name);
    p->folder = from_stdin ? x_strdup(".") : folder_of(path);
    p->mirrored = result->headers.n > 0;
    const char *slash = strrchr(path, '/'), *base = from_stdin ? "stdin.c" : slash ? slash + 1 : path;
    char *real = path_real(p->folder);
    strbuf below = {0};
    strbuf_printf(&below, "%s/%s", p->mirrored ? real : "", base);
    int status = write_under(p->root, below.s, result->text, result->n);
    strbuf full = {0};
    strbuf_printf(&full, "%s%s", p->root, below.s);
    p->path = strbuf_take(&full);
    if (status == EXIT_CLEAN && p->mirrored) status = mirror_headers(p, unit, result);
    strbuf_fini(&below);
    free(real);
    return status;
}

static bool lints(void)
{
    const char *wanted = secure_getenv("RECOUNT_LINT");
    return wanted && strcmp(wanted, "1") == 0;
}

static void lint_on_the_way(const cc *c, const ir_unit *unit)
{
    if (!lints()) return;
    own_result own;
    contract_set *contracts = driver_contracts(&c->packs, unit);
    own_result_init(&own);
    own_analyse(unit, contracts, &(own_options){0}, &own);
    diag_list_sort(&own.findings);
    driver_print_diags(&own.findings, stderr);
    own_result_fini(&own);
    contract_set_free(contracts);
}

/* With RECOUNT_DB the inserted operations are recorded there, as `recount rewrite` does. */
static void record_ops(cc *c, size_t at, const ir_unit *unit, const rewrite_result *result)
{
    if (!c->staged) return;
    record_unit row = {.path = c->line.inputs.at[at].path,
                       .unit = unit,
                       .diags = &result->diagnostics,
                       .ops = result->ops.at,
                       .op_count = result->ops.n,
                       .parsed = true,
                       .analysed = true};
    stage_write_unit(&c->stage, at, &row, stderr);
    stage_add(&c->stage, at);
}

static int rewrite_parsed(cc *c, size_t at, const ir_unit *unit, const ast_options *parse)
{
    const char *level = secure_getenv("RECOUNT_ARC_OPT"), *path = c->line.inputs.at[at].path;
    rewrite_options options = {.level = level && strcmp(level, "0") == 0 ? 0 : 1,
                               .line_path = strcmp(path, "-") == 0 ? "<stdin>" : path};
    rewrite_result result = {0};
    const char *source = strcmp(path, "-") == 0 ? c->stdin_copy : path;
    bool done = driver_rewrite_unit(source, parse, &c->line.compiler, unit, &options, &result);
    int status = done ? EXIT_CLEAN : EXIT_FINDINGS;
    diag_list_sort(&result.diagnostics);
    driver_print_diags(&result.diagnostics, stderr);
    if (status == EXIT_CLEAN && result.counted && !c->profile) status = place_rewritten(c, at, unit, &result);
    if (status == EXIT_CLEAN && !result.counted) c->plans[at].kind = PLAN_HEADER;
    record_ops(c, at, unit, &result);
    rewrite_result_fini(&result);
    return status;
}

/* The instrumented text goes through all of it again, and into the source's place. */
static int place_instrumented(cc *c, size_t at, const char *path, const ast_options *parse)
{
    ast_result parsed;
    rewrite_result result = {0};
    const char *shown = c->line.inputs.at[at].path;
    rewrite_options options = {.level = 1, .line_path = strcmp(shown, "-") == 0 ? "<stdin>" : shown};
    int status = EXIT_FINDINGS;
    if (ast_parse(path, parse, &parsed) != AST_OK || parsed.error_count) {
        driver_error("%s: could not be instrumented [profile-unavailable]", shown);
    } else if (!uses_runtime(parsed.unit)) {
        result.text = (char *)parsed.unit->source; /* borrowed: this result is not ended */
        result.n = parsed.unit->source_size;
        status = place_rewritten(c, at, parsed.unit, &result);
    } else {
        if (driver_rewrite_unit(path, parse, &c->line.compiler, parsed.unit, &options, &result))
            status = place_rewritten(c, at, parsed.unit, &result);
        driver_print_diags(&result.diagnostics, stderr);
        rewrite_result_fini(&result);
    }
    ast_result_fini(&parsed);
    return status;
}

static int instrument(cc *c, size_t at, const ir_unit *unit, const ast_options *options)
{
    const char *shown = c->line.inputs.at[at].path;
    char *folder = folder_of(shown), name[32], *text = driver_instrument(unit, shown);
    const char *flags[2] = {"-iquote", folder};
    str_vec all = {0};
    snprintf(name, sizeof name, "profile%zu.c", at);
    int status = need_folder(c);
    char *path = driver_join(c->folder ? c->folder : "", name);
    if (status == EXIT_CLEAN && file_write(path, text, strlen(text)) != 0) status = EXIT_OUTPUT;
    for (size_t i = 0; i < 2; i++) vec_push(&all, flags[i]);
    for (size_t i = 0; i < options->flag_count; i++) vec_push(&all, options->flags[i]);
    ast_options again = *options;
    again.flags = all.at;
    again.flag_count = all.n;
    if (status == EXIT_CLEAN) status = place_instrumented(c, at, path, &again);
    vec_fini(&all);
    free(text);
    free(path);
    free(folder);
    return status;
}

/* A source that our parser rejects is the compiler's to reject, in its own words; one that only it accepts is
 * an error when it uses the runtime. */
static int judge_errors(cc *c, size_t at, const ast_result *parsed)
{
    if (!uses_runtime(parsed->unit)) return EXIT_CLEAN;
    str_vec argv = {0}, flags = {0};
    parse_flags(c, &flags);
    for (size_t i = 0; i < c->line.compiler.n; i++) vec_push(&argv, c->line.compiler.at[i]);
    for (size_t i = 0; i < flags.n; i++) vec_push(&argv, flags.at[i]);
    const char *path = c->line.inputs.at[at].path;
    vec_push(&argv, "-fsyntax-only");
    vec_push(&argv, "-isystem");
    vec_push(&argv, c->include);
    vec_push(&argv, strcmp(path, "-") == 0 ? c->stdin_copy : path);
    int status = run_child(&argv, NULL);
    vec_fini(&argv);
    vec_fini(&flags);
    if (status != EXIT_CLEAN) return status;
    const ast_error *e = &parsed->errors[0];
    fprintf(stderr, "%s:%u:%u: error: %s [arc-tainted]\n", e->file ? e->file : path, e->line, e->column,
            e->message);
    return EXIT_FINDINGS;
}

static int plan_source(cc *c, size_t at)
{
    const cc_input *input = &c->line.inputs.at[at];
    bool from_stdin = strcmp(input->path, "-") == 0;
    if (from_stdin && keep_stdin(c) != EXIT_CLEAN) return EXIT_OUTPUT;
    str_vec flags = {0};
    parse_flags(c, &flags);
    if (from_stdin) vec_push(&flags, "-iquote."); /* where its quoted includes are looked for */
    const char *includes[] = {c->include};
    ast_options options = {.flags = flags.at,
                           .flag_count = flags.n,
                           .includes = includes,
                           .include_count = 1,
                           .header_bodies = true};
    ast_result parsed;
    int status = EXIT_CLEAN;
    if (ast_parse(from_stdin ? c->stdin_copy : input->path, &options, &parsed) != AST_OK)
        status = EXIT_CLEAN; /* the compiler says what is wrong with it */
    else if (parsed.error_count)
        status = judge_errors(c, at, &parsed);
    else if (uses_runtime(parsed.unit))
        status = rewrite_parsed(c, at, parsed.unit, &options);
    if (parsed.unit) lint_on_the_way(c, parsed.unit);
    if (status == EXIT_CLEAN && c->profile && parsed.unit && !parsed.error_count)
        status = instrument(c, at, parsed.unit, &options);
    ast_result_fini(&parsed);
    vec_fini(&flags);
    return status;
}

/* ---- the new command line ---------------------------------------------------------------- */
/* "-I dir" and "-Idir" get their mirrored folder in front; yields the words consumed, 0 when it is another
 * flag. */
static size_t mirror_search(cc *c, const plan *p, size_t i, str_vec *argv)
{
    static const char *const flags[] = {"-I", "-iquote", "-isystem", "-idirafter"};
    const char *word = c->line.args.at[i];
    for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) {
        size_t n = strlen(flags[k]);
        if (strncmp(word, flags[k], n) != 0) continue;
        bool apart = !word[n];
        if (apart && i + 1 >= c->line.args.n) return 0;
        const char *folder = apart ? c->line.args.at[i + 1] : word + n;
        char *real = path_real(folder);
        vec_push(argv, flags[k]);
        vec_push(argv, arena_printf(&c->line.arena, "%s%s", p->root, real));
        vec_push(argv, flags[k]);
        vec_push(argv, folder);
        free(real);
        return apart ? 2 : 1;
    }
    return 0;
}

static void add_front(cc *c, const plan *p, str_vec *argv)
{
    const char *base = strrchr(p->path, '/') + 1;
    vec_push(argv, "-iquote");
    vec_push(argv, p->folder);
    vec_push(argv, arena_printf(&c->line.arena, "-fdebug-prefix-map=%s=%s%s%s", p->path,
                                strcmp(p->folder, ".") == 0 ? "" : p->folder,
                                strcmp(p->folder, ".") == 0 ? "" : "/", base));
}

static bool any_of_kind(const cc *c, plan_kind least)
{
    for (size_t i = 0; i < c->line.inputs.n; i++)
        if (c->plans[i].kind >= least) return true;
    return false;
}

static int add_runtime(cc *c, str_vec *argv)
{
    const char *wanted = secure_getenv("RECOUNT_RUNTIME");
    bool shared = wanted && strcmp(wanted, "shared") == 0;
    if (c->line.mode != CC_LINK || c->line.partial || c->line.bare || (c->line.shared && !shared))
        return EXIT_CLEAN;
    char *library = driver_library(shared);
    if (!library && any_of_kind(c, PLAN_HEADER)) {
        driver_error("the runtime library is not where this program was installed");
        return EXIT_OUTPUT;
    }
    if (library) {
        if (c->line.language) {
            vec_push(argv, "-x");
            vec_push(argv, "none");
        }
        vec_push(argv, arena_strdup(&c->line.arena, library));
        if (shared) {
            *strrchr(library, '/') = '\0';
            vec_push(argv, arena_printf(&c->line.arena, "-Wl,-rpath,%s", library));
        }
        vec_push(argv, "-pthread");
        if (*driver_library_flags()) vec_push(argv, driver_library_flags());
    }
    free(library);
    return EXIT_CLEAN;
}

static void add_include(const cc *c, str_vec *argv)
{
    if (strcmp(c->include, "/usr/include") == 0) return; /* it is searched already, and at its proper place */
    vec_push(argv, "-isystem");
    vec_push(argv, c->include);
}

/* The line with each input taken from its plan. `only`: this input's own compilation; SIZE_MAX: all of the
 * line. */
static void build_line(cc *c, size_t only, str_vec *argv)
{
    const plan *lead = NULL;
    size_t next = 0;
    for (size_t i = 0; i < c->line.compiler.n; i++) vec_push(argv, c->line.compiler.at[i]);
    for (size_t i = 0; i < c->line.inputs.n; i++)
        if (c->plans[i].kind == PLAN_REWRITTEN && (only == SIZE_MAX || only == i)) lead = &c->plans[i];
    if (lead) add_front(c, lead, argv);
    for (size_t i = 0; i < c->line.args.n; i++) {
        bool input = next < c->line.inputs.n && c->line.inputs.at[next].at == i;
        size_t mirrored = !input && lead && lead->mirrored ? mirror_search(c, lead, i, argv) : 0;
        if (mirrored) {
            i += mirrored - 1;
        } else if (!input) {
            vec_push(argv, c->line.args.at[i]);
        } else {
            size_t k = next++;
            if (only != SIZE_MAX && only != k) continue;
            vec_push(argv, c->plans[k].kind == PLAN_REWRITTEN ? c->plans[k].path : c->line.args.at[i]);
        }
    }
    add_include(c, argv);
}

/* A long line goes through a response file again. */
static int run_line(cc *c, str_vec *argv)
{
    if (!c->line.has_response) return run_child(argv, c->stdin_copy);
    if (need_folder(c) != EXIT_CLEAN) return EXIT_OUTPUT;
    strbuf text = {0};
    for (size_t i = c->line.compiler.n; i < argv->n; i++) {
        strbuf_addc(&text, '"');
        for (const char *p = argv->at[i]; *p; p++) {
            if (*p == '"' || *p == '\\') strbuf_addc(&text, '\\');
            strbuf_addc(&text, *p);
        }
        strbuf_add(&text, "\"\n");
    }
    char *path = driver_join(c->folder, "arguments");
    int failed = file_write(path, text.s, text.n);
    argv->n = c->line.compiler.n;
    vec_push(argv, arena_printf(&c->line.arena, "@%s", path));
    strbuf_fini(&text);
    free(path);
    return failed ? EXIT_OUTPUT : run_child(argv, c->stdin_copy);
}

/* ---- dependencies ------------------------------------------------------------------------ */
static void replace_in(strbuf *out, const char *text, const char *from, const char *to)
{
    size_t n = strlen(from);
    for (const char *at; (at = strstr(text, from)); text = at + n) {
        strbuf_addn(out, text, (size_t)(at - text));
        strbuf_add(out, to);
    }
    strbuf_add(out, text);
}

/* Names the originals in a file of dependencies, or of preprocessed text: the private folder is about to go, and its
 * name is another each time. */
static void mend_deps(const cc *c, const char *path)
{
    char *text, here[4096];
    size_t n;
    if (!path || file_read(path, &text, &n) != 0) return;
    if (!getcwd(here, sizeof here)) here[0] = '\0';
    bool ours = c->folder && strstr(text, c->folder);
    for (size_t i = 0; ours && i < c->line.inputs.n; i++) {
        const plan *p = &c->plans[i];
        if (p->kind != PLAN_REWRITTEN) continue;
        strbuf fresh = {0}, near = {0}, plain = {0}, prefix = {0};
        strbuf_printf(&prefix, "%s%s/", p->root, here);
        replace_in(&fresh, text, p->path, c->line.inputs.at[i].path);
        replace_in(&near, fresh.s, prefix.s, "");
        replace_in(&plain, near.s, p->root, "");
        strbuf_fini(&prefix);
        strbuf_fini(&near);
        strbuf_fini(&fresh);
        free(text);
        text = strbuf_take(&plain);
    }
    if (ours) file_write(path, text, strlen(text));
    free(text);
}

static char *with_suffix(const char *path, const char *middle, const char *name)
{
    strbuf b = {0};
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    bool cut = dot && (!slash || dot > slash);
    strbuf_addn(&b, path, cut ? (size_t)(dot - path) : strlen(path));
    strbuf_printf(&b, "%s%s.d", middle, name);
    return strbuf_take(&b);
}

/* Compilers differ in how they name the file: every name that one of them uses is looked at. */
static void mend_all_deps(const cc *c)
{
    if (!c->line.has_deps) return;
    mend_deps(c, c->line.deps);
    for (size_t i = 0; i < c->line.inputs.n; i++) {
        const char *path = c->line.inputs.at[i].path, *slash = strrchr(path, '/');
        if (c->plans[i].kind != PLAN_REWRITTEN) continue;
        char *stem = x_strdup(slash ? slash + 1 : path);
        char *dot = strrchr(stem, '.');
        if (dot) *dot = '\0';
        char *names[] = {with_suffix(stem, "", ""), with_suffix("a", "-", stem),
                         c->line.output ? with_suffix(c->line.output, "", "") : NULL,
                         c->line.output ? with_suffix(c->line.output, "-", stem) : NULL};
        for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
            mend_deps(c, names[k]);
            free(names[k]);
        }
        free(stem);
    }
}

/* ---- compiling --------------------------------------------------------------------------- */
/* The link's own output is not the object's, and a compiler warns of linker flags that it has no use for. */
static void drop_link_words(const cc *c, str_vec *argv)
{
    size_t kept = c->line.compiler.n;
    for (size_t k = kept; k < argv->n; k++) {
        const char *word = argv->at[k];
        size_t link = strcmp(word, "-o") == 0 ? 2 : str_starts(word, "-o") ? 1 : cc_link_words(word);
        if (link)
            k += link - 1;
        else
            argv->at[kept++] = word;
    }
    argv->n = kept;
}

/* Several sources, each from a folder of its own, are compiled one by one: -c for all, an object each before
 * the link. */
static int compile_each(cc *c)
{
    int worst = EXIT_CLEAN;
    bool link = c->line.mode == CC_LINK;
    for (size_t i = 0; i < c->line.inputs.n; i++) {
        if (!c->line.inputs.at[i].c) continue;
        str_vec argv = {0};
        build_line(c, i, &argv);
        if (link) {
            drop_link_words(c, &argv);
            const char *object = arena_printf(&c->line.arena, "%s/%zu.o", c->folder, i);
            vec_push(&argv, "-c");
            vec_push(&argv, "-o");
            vec_push(&argv, object);
            c->line.args.at[c->line.inputs.at[i].at] = object;
        }
        int status = run_line(c, &argv);
        vec_fini(&argv);
        if (status > worst) worst = status;
        if (link) c->plans[i].kind = c->plans[i].kind == PLAN_REWRITTEN ? PLAN_HEADER : c->plans[i].kind;
    }
    return worst;
}

/* -E of one source: what goes to standard output goes through a file, so that it names the original. */
static int preprocess(cc *c, str_vec *argv)
{
    bool shown = !c->line.output || strcmp(c->line.output, "-") == 0;
    const char *path = c->line.output;
    if (shown) {
        path = arena_printf(&c->line.arena, "%s/preprocessed", c->folder);
        vec_push(argv, "-o");
        vec_push(argv, path);
    }
    int status = run_line(c, argv);
    char *text = NULL;
    size_t n = 0;
    mend_deps(c, path);
    if (shown && file_read(path, &text, &n) == 0 &&
        (fwrite(text, 1, n, stdout) != n || fflush(stdout) != 0) && status == EXIT_CLEAN)
        status = EXIT_OUTPUT;
    free(text);
    return status;
}

static int compile(cc *c)
{
    int status = EXIT_CLEAN;
    if (c->line.c_count > 1 && any_of_kind(c, PLAN_REWRITTEN)) {
        status = need_folder(c);
        if (status == EXIT_CLEAN) status = compile_each(c);
        if (status != EXIT_CLEAN || c->line.mode != CC_LINK) return status;
    }
    str_vec argv = {0};
    build_line(c, SIZE_MAX, &argv);
    status = add_runtime(c, &argv);
    bool text = c->line.preprocess && c->line.c_count == 1 && any_of_kind(c, PLAN_REWRITTEN);
    if (status == EXIT_CLEAN) status = text ? preprocess(c, &argv) : run_line(c, &argv);
    vec_fini(&argv);
    return status;
}

static int plan_all(cc *c)
{
    int worst = EXIT_CLEAN;
    for (size_t i = 0; i < c->line.inputs.n; i++) {
        int status = c->line.inputs.at[i].c ? plan_source(c, i) : EXIT_CLEAN;
        if (status > worst) worst = status;
    }
    return worst;
}

static void open_stage(cc *c)
{
    const char *database = secure_getenv("RECOUNT_DB");
    if (!database || !*database || !c->line.c_count) return;
    invocation *in = (invocation *)c->in;
    char *folder = folder_of(database);
    dir_make(folder); /* opening the database tells what is wrong */
    free(folder);
    vec_push(&in->values[OPTION_DB], database);
    c->staged = stage_open_plain(in, "cc", &c->stage) == EXIT_CLEAN;
    c->stage.run.files = c->line.c_count;
}

static int run_cc(cc *c)
{
    if (c->line.mode == CC_ASK && !c->line.c_count) return exec_unchanged(c);
    if (c->line.mode == CC_COMPILE && !c->line.c_count) return exec_unchanged(c);
    c->include = driver_include();
    if (!c->include) {
        driver_error("recount.h is not where this program was installed");
        return EXIT_OUTPUT;
    }
    if (c->line.mode == CC_ASK) return compile(c);
    open_stage(c);
    int status = c->line.c_count && lints() ? driver_packs_load(c->in, &c->packs) : EXIT_CLEAN;
    if (status == EXIT_CLEAN) status = plan_all(c);
    if (status != EXIT_CLEAN) return status;
    bool plain = !any_of_kind(c, PLAN_HEADER) && c->line.mode == CC_COMPILE && !c->stdin_copy;
    if (plain && !c->staged) return exec_unchanged(c);
    status = compile(c);
    mend_all_deps(c);
    return status;
}

int command_cc(invocation *in)
{
    cc c = {.in = in};
    const char *profile = secure_getenv("RECOUNT_PROFILE");
    c.profile = profile && strcmp(profile, "1") == 0;
    int status = EXIT_USAGE;
    if (!cc_line_parse(in->args.n, in->args.at, &c.line)) {
        driver_error("cc: which compiler?");
    } else {
        c.plans = x_calloc(c.line.inputs.n + 1, sizeof *c.plans);
        status = run_cc(&c);
    }
    if (c.staged) {
        int stored = stage_commit(in, &c.stage);
        if (status == EXIT_CLEAN) status = stored;
    }
    stage_close(&c.stage);
    for (size_t i = 0; c.plans && i < c.line.inputs.n; i++) {
        free(c.plans[i].path);
        free(c.plans[i].folder);
        free(c.plans[i].root);
    }
    free(c.plans);
    driver_packs_fini(&c.packs);
    driver_remove(c.folder);
    free(c.stdin_copy);
    free(c.include);
    cc_line_fini(&c.line);
    return status;
}
