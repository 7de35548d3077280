/* SPDX-License-Identifier: MIT
 *
 * recount query: a named query of rules/queries or SQL that only reads, as a table, CSV or JSON.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"
#include "report/report.h"

/* ---- named queries ----------------------------------------------------------------------- */
static int is_sql(const struct dirent *e)
{
    return e->d_name[0] != '.' && str_ends(e->d_name, ".sql");
}

/* What a query answers: the text of its second line, the first being the licence. */
static void print_query(const char *folder, const char *name)
{
    char *path = driver_join(folder, name), *text = NULL;
    size_t n;
    if (file_read(path, &text, &n) == 0) {
        const char *about = strstr(text, "\n-- ");
        about = about ? about + 4 : "";
        printf("%-20.*s %.*s\n", (int)strlen(name) - 4, name, (int)strcspn(about, "\n"), about);
    }
    free(text);
    free(path);
}

static int list_queries(void)
{
    char *folder = driver_rules("queries");
    struct dirent **names = NULL;
    int n = folder ? scandir(folder, &names, is_sql, alphasort) : -1;
    for (int i = 0; i < n; i++) {
        print_query(folder, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    free(folder);
    return EXIT_CLEAN;
}

/* The SQL that `name` stands for; the text itself when it is no name. Owned by the caller; NULL: no such
 * query. */
static char *find_query(const char *name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789-_";
    if (!*name || name[strspn(name, plain)]) return x_strdup(name);
    strbuf below = {0};
    char *text = NULL;
    size_t n;
    strbuf_printf(&below, "queries/%s.sql", name);
    char *path = driver_rules(below.s);
    if (!path || file_read(path, &text, &n) != 0) text = NULL;
    strbuf_fini(&below);
    free(path);
    return text;
}

/* ---- output ------------------------------------------------------------------------------ */
typedef struct grid {
    strbuf out;
    size_t columns, rows;
    VEC(char *) cells; /* for the table: the names, then the rows */
    VEC(char) numeric; /* of each column: so far only numbers      */
} grid;

static void take_row(void *arg, size_t n, const char *const *names, const char *const *values,
                     const char *types)
{
    grid *g = arg;
    g->columns = n;
    for (size_t i = 0; i < n; i++) {
        const char *text = values ? values[i] : names[i];
        vec_push(&g->cells, x_strdup(text ? text : ""));
        if (!values)
            vec_push(&g->numeric, 1);
        else if (types[i] == 't')
            g->numeric.at[i] = 0;
    }
    g->rows += values != NULL;
}

/* Characters, not bytes: continuation bytes take no room. */
static size_t width(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xc0) != 0x80;
    return n;
}

static void pad(strbuf *out, size_t n)
{
    while (n--) strbuf_addc(out, ' ');
}

static void print_table(grid *g)
{
    size_t *widths = x_calloc(g->columns + 1, sizeof *widths);
    for (size_t i = 0; i < g->cells.n; i++) {
        size_t w = width(g->cells.at[i]);
        if (w > widths[i % g->columns]) widths[i % g->columns] = w;
    }
    for (size_t i = 0; i < g->cells.n; i++) {
        size_t c = i % g->columns, space = widths[c] - width(g->cells.at[i]);
        if (g->numeric.at[c]) pad(&g->out, space);
        strbuf_add(&g->out, g->cells.at[i]);
        if (c + 1 < g->columns) {
            if (!g->numeric.at[c]) pad(&g->out, space);
            strbuf_add(&g->out, "  ");
        } else {
            strbuf_addc(&g->out, '\n');
        }
    }
    free(widths);
}

static void csv_row(void *arg, size_t n, const char *const *names, const char *const *values,
                    const char *types)
{
    (void)types;
    grid *g = arg;
    for (size_t i = 0; i < n; i++) {
        const char *text = values ? values[i] ? values[i] : "" : names[i];
        if (i) strbuf_addc(&g->out, ',');
        if (!text[strcspn(text, ",\"\r\n")]) {
            strbuf_add(&g->out, text);
            continue;
        }
        strbuf_addc(&g->out, '"');
        for (; *text; text++) strbuf_printf(&g->out, *text == '"' ? "\"%c" : "%c", *text);
        strbuf_addc(&g->out, '"');
    }
    strbuf_add(&g->out, "\r\n");
}

static void json_row(void *arg, size_t n, const char *const *names, const char *const *values,
                     const char *types)
{
    grid *g = arg;
    if (!values) return;
    strbuf_add(&g->out, g->rows++ ? ",\n {" : "\n {");
    for (size_t i = 0; i < n; i++) {
        if (i) strbuf_add(&g->out, ", ");
        report_json_string(&g->out, names[i]);
        strbuf_add(&g->out, ": ");
        if (!values[i])
            strbuf_add(&g->out, "null");
        else if (types[i] == 't')
            report_json_string(&g->out, values[i]);
        else
            strbuf_add(&g->out, values[i]);
    }
    strbuf_addc(&g->out, '}');
}

static void finish_table(grid *g)
{
    if (g->columns) print_table(g);
}

static void begin_json(grid *g)
{
    strbuf_addc(&g->out, '[');
}

static void finish_json(grid *g)
{
    strbuf_add(&g->out, g->rows ? "\n]\n" : "]\n");
}

typedef struct query_format {
    const char *name;
    void (*begin)(grid *);
    record_row_fn *row;
    void (*finish)(grid *);
} query_format;
static const query_format formats[] = {
    {"table", NULL, take_row, finish_table},
    {"csv", NULL, csv_row, NULL},
    {"json", begin_json, json_row, finish_json},
};

static const query_format *find_format(const invocation *in)
{
    const char *name = driver_option(in, OPTION_FORMAT);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name ? name : "table") == 0) return &formats[i];
    driver_error("query: there is no format %s; there are table, csv and json", name);
    return NULL;
}

int driver_print_query(const invocation *in, record *r, const char *sql)
{
    const query_format *format = find_format(in);
    if (!format) return EXIT_USAGE;
    grid g = {0};
    char *error = NULL;
    if (format->begin) format->begin(&g);
    record_status done = record_query(r, sql, format->row, &g, &error);
    int status = EXIT_CLEAN;
    if (done == RECORD_OK) {
        if (format->finish) format->finish(&g);
        status = driver_write(driver_option(in, OPTION_OUTPUT), g.out.s ? g.out.s : "", g.out.n);
    } else {
        status = driver_fail(done == RECORD_DENIED ? EXIT_USAGE : EXIT_INPUT, &error);
    }
    for (size_t i = 0; i < g.cells.n; i++) free(g.cells.at[i]);
    vec_fini(&g.cells);
    vec_fini(&g.numeric);
    strbuf_fini(&g.out);
    return status;
}

static int ask(const invocation *in, const char *sql)
{
    char *path = driver_database(in), *error = NULL;
    record *r = NULL;
    bool bad = false;
    unsigned wait = driver_number(in, OPTION_WAIT, 30, &bad);
    int status = bad ? EXIT_USAGE : driver_take_spool(in);
    if (status == EXIT_CLEAN && record_open(path, RECORD_READ, wait, &r, &error) != RECORD_OK)
        status = driver_fail(EXIT_INPUT, &error);
    if (status == EXIT_CLEAN) status = driver_print_query(in, r, sql);
    record_close(r);
    free(path);
    return status;
}

int command_query(invocation *in)
{
    if (driver_flag(in, OPTION_LIST)) return list_queries();
    if (in->args.n != 1) {
        driver_error("query: one name or one SQL statement, in quotes");
        return EXIT_USAGE;
    }
    char *sql = find_query(in->args.at[0]);
    if (!sql) driver_error("query: there is no query %s; --list names them", in->args.at[0]);
    int status = sql ? ask(in, sql) : EXIT_USAGE;
    free(sql);
    return status;
}
