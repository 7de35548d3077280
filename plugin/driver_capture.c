/* SPDX-License-Identifier: MIT
 *
 * What is kept of units from one run to the next. A unit's key is the hash of all that its analysis can depend on but the
 * other units: the program, the packs and the settings, its flags, and every file that it reads. A file that a header
 * search would find first now, and did not find then, is not noticed; a unit that lacked a header is not kept at all.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "driver_lint_p.h"

static void hash(sha256 *h, const char *text)
{
    sha256_add(h, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* The hash of a file's content, "" when it cannot be read; each file is read once a run. */
static const char *content(lint *l, const char *path)
{
    const char *known = map_get(&l->hashes, path);
    if (known) return known;
    char hex[65] = "", *text;
    size_t n;
    if (file_read(path, &text, &n) == 0) {
        sha256 h;
        sha256_init(&h);
        sha256_add(&h, text, n);
        sha256_hex(&h, hex);
        free(text);
    }
    map_set(&l->hashes, path, arena_strdup(&l->arena, hex));
    return map_get(&l->hashes, path);
}

/* ---- keys -------------------------------------------------------------------------------- */
static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void hash_map(sha256 *h, const map *m)
{
    str_vec keys = {0};
    size_t cursor = 0;
    const char *key;
    void *value;
    while (map_next(m, &cursor, &key, &value)) vec_push(&keys, key);
    if (keys.n) qsort(keys.at, keys.n, sizeof *keys.at, by_text);
    for (size_t i = 0; i < keys.n; i++) {
        hash(h, keys.at[i]);
        hash(h, map_get(m, keys.at[i]));
    }
    hash(h, "");
    vec_fini(&keys);
}

static void hash_values(sha256 *h, const str_vec *values)
{
    for (size_t i = 0; i < values->n; i++) hash(h, values->at[i]);
    hash(h, "");
}

/* The options that decide what is found: recount fix looks with the same. */
static void keep_settings(lint *l)
{
    strbuf text = {0};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const str_vec *values = &l->in->values[i];
        for (size_t k = 0; driver_decides(i) && k < values->n; k++) {
            char *value = driver_options[i].kind == 'P' ? path_real(values->at[k]) : x_strdup(values->at[k]);
            strbuf_printf(&text, "%s\t%s\n", driver_options[i].name, value);
            free(value);
        }
    }
    if (!driver_option(l->in, OPTION_CONFIDENCE))
        strbuf_printf(&text, "%s\t%s\n", driver_options[OPTION_CONFIDENCE].name, confidence_name(l->least));
    l->settings = arena_strdup(&l->arena, text.s ? text.s : "");
    strbuf_fini(&text);
}

static void tool_key(lint *l)
{
    sha256 h;
    struct stat st = {0};
    char build[96];
    stat("/proc/self/exe", &st);
    snprintf(build, sizeof build, "%lld.%lld.%ld", (long long)st.st_size, (long long)st.st_mtim.tv_sec,
             st.st_mtim.tv_nsec);
    sha256_init(&h);
    hash(&h, build);
    hash(&h, driver_version());
    hash(&h, ast_version());
    hash(&h, l->in->root);
    hash_map(&h, &l->in->levels);
    hash_map(&h, &l->in->severities);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (driver_decides(i)) hash_values(&h, &l->in->values[i]);
    hash(&h, confidence_name(l->least));
    for (size_t i = 0; i < l->packs.list.n; i++) {
        const ir_unit *unit = l->packs.list.at[i].parsed.unit;
        for (size_t k = 1; k < unit->files.n; k++) hash(&h, content(l, unit->files.at[k].path));
    }
    sha256_hex(&h, l->tool);
}

static void name_unit(lint *l, lint_unit *u)
{
    sha256 h;
    strbuf flags = {0};
    sha256_init(&h);
    hash(&h, u->path);
    hash(&h, u->source->path);
    hash(&h, u->source->directory);
    for (size_t i = 0; i < u->source->flag_count; i++) {
        hash(&h, u->source->flags[i]);
        strbuf_printf(&flags, "%s\n", u->source->flags[i]);
    }
    sha256_hex(&h, u->id);
    u->flags = arena_strdup(&l->arena, flags.s ? flags.s : "");
    strbuf_fini(&flags);
}

char *lint_files(const lint *l, size_t unit)
{
    char *path = stage_file(&l->stage, unit, "files"), *text = NULL;
    size_t n;
    if (file_read(path, &text, &n) != 0) text = x_strdup("");
    free(path);
    return text;
}

void lint_key(lint *l, const lint_unit *u, const char *files, char key[65])
{
    sha256 h;
    sha256_init(&h);
    hash(&h, l->tool);
    hash(&h, u->id);
    for (const char *p = files; *p;) {
        size_t n = strcspn(p, "\n");
        char *path = x_malloc(n + 1);
        memcpy(path, p, n);
        path[n] = '\0';
        hash(&h, path);
        hash(&h, content(l, path));
        free(path);
        p += n + (p[n] == '\n');
    }
    sha256_hex(&h, key);
}

/* ---- captures ---------------------------------------------------------------------------- */
typedef struct taking {
    lint *l;
    map ids, paths; /* of the run's units; paths as captures have them */
} taking;

/* A file that this run compiles otherwise is not what it was, and what a run over the whole project does not name is no part
 * of it. */
static void take_capture(const record_capture *capture, void *arg)
{
    taking *t = arg;
    lint *l = t->l;
    lint_unit *u = map_get(&t->ids, capture->id), other = {0};
    char key[65];
    if (!u && map_get(&t->paths, capture->path)) {
        vec_push(&l->stale, arena_strdup(&l->arena, capture->id));
        return;
    }
    if (!u && l->sources.whole) return;
    if (!u) u = &other;
    snprintf(u->id, sizeof u->id, "%s", capture->id);
    lint_key(l, u, capture->files, key);
    if (strcmp(key, capture->key) != 0) return;
    memcpy(u->key, key, sizeof key);
    u->inputs = arena_strdup(&l->arena, capture->inputs);
    u->told = arena_strdup(&l->arena, capture->told);
    u->status = capture->failed ? EXIT_INPUT : EXIT_CLEAN;
    u->kept = true;
    lint_links_read(&l->pool, capture->links, &u->links);
    if (u == &other) vec_push(&l->others, other);
}

static int by_path(const void *a, const void *b)
{
    const lint_unit *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->id, y->id);
}

static void make_units(lint *l)
{
    for (size_t i = 0; i < l->sources.list.n; i++) {
        const source *s = &l->sources.list.at[i];
        char *joined = *s->path == '/' ? x_strdup(s->path) : driver_join(l->in->cwd, s->path),
             *real = path_real(joined);
        lint_unit u = {.source = s, .path = arena_strdup(&l->arena, real)};
        name_unit(l, &u);
        vec_push(&l->units, u);
        free(joined);
        free(real);
    }
    if (l->units.n) qsort(l->units.at, l->units.n, sizeof *l->units.at, by_path);
    size_t kept = 0;
    for (size_t i = 0; i < l->units.n; i++)
        if (!kept || strcmp(l->units.at[kept - 1].id, l->units.at[i].id) != 0)
            l->units.at[kept++] = l->units.at[i];
    l->units.n = kept;
}

static void forget_captures(lint *l)
{
    l->others.n = l->stale.n = 0;
    for (size_t i = 0; i < l->units.n; i++) {
        lint_unit *u = &l->units.at[i];
        u->kept = false, u->told = NULL, u->status = EXIT_CLEAN, u->links.n = 0;
    }
}

void lint_captures_load(lint *l)
{
    make_units(l);
    tool_key(l);
    keep_settings(l);
    if (record_open(l->stage.database, RECORD_READ, 1, &l->known, NULL) != RECORD_OK) return;
    taking t = {.l = l};
    for (size_t i = 0; i < l->units.n; i++) {
        map_set(&t.ids, l->units.at[i].id, &l->units.at[i]);
        map_set(&t.paths, path_below(l->in->root, l->units.at[i].path), l);
    }
    record_status status = record_captures(l->known, take_capture, &t, NULL);
    map_fini(&t.ids);
    map_fini(&t.paths);
    if (status == RECORD_OK) return;
    record_close(l->known);
    l->known = NULL;
    forget_captures(l);
}

/* ---- rows -------------------------------------------------------------------------------- */
static void add_link(const own_link *link, void *arg)
{
    lint_link_write(link, arg);
}

static void append_file(const stage *s, size_t unit, const char *kind, strbuf *out)
{
    char *path = stage_file(s, unit, kind), *text;
    size_t n;
    if (file_read(path, &text, &n) == 0) {
        strbuf_addn(out, text, n);
        free(text);
    }
    free(path);
}

/* A fresh unit's rows: of the parse, then of each round. */
static record_status take_fresh(lint *l, size_t at, char **error)
{
    lint_unit *u = &l->units.at[at];
    strbuf rows = {0}, links = {0};
    char inputs[65], kind[32];
    append_file(&l->stage, at, "rows", &rows);
    for (size_t round = 0; round < u->parts; round++) {
        snprintf(kind, sizeof kind, "%zu.rows", round);
        append_file(&l->stage, at, kind, &rows);
    }
    record_status status = record_take(l->stage.stage, &l->stage.run, rows.s ? rows.s : "", rows.n, error);
    if (status == RECORD_OK && u->key[0] && !u->passing) {
        own_program_inputs(l->program, at, inputs);
        own_program_links(l->program, at, add_link, &links);
        char *files = lint_files(l, at);
        record_capture capture = {.id = u->id,
                                  .path = path_below(l->in->root, u->path),
                                  .key = u->key,
                                  .inputs = inputs,
                                  .files = files,
                                  .directory = u->source->directory,
                                  .flags = u->flags,
                                  .settings = l->settings,
                                  .told = u->told ? u->told : "",
                                  .failed = u->status != EXIT_CLEAN,
                                  .links = links.s ? links.s : ""};
        status = record_capture_write(l->stage.stage, &capture, rows.s ? rows.s : "", rows.n, error);
        free(files);
    }
    strbuf_fini(&rows);
    strbuf_fini(&links);
    return status;
}

int lint_rows_take(lint *l)
{
    char *error = NULL;
    record_status status = RECORD_OK;
    for (size_t i = 0; status == RECORD_OK && i < l->units.n; i++) {
        const lint_unit *u = &l->units.at[i];
        if (u->died)
            stage_add_failure(&l->stage, u->source->path, u->died);
        else if (u->kept)
            status = record_capture_take(l->known, u->id, l->stage.stage, &l->stage.run, &error);
        else
            status = take_fresh(l, i, &error);
    }
    for (size_t i = 0; status == RECORD_OK && i < l->stale.n; i++)
        status = record_capture_forget(l->stage.stage, l->stale.at[i], &error);
    record_close(l->known);
    l->known = NULL;
    return status == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
}
