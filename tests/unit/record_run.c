/* SPDX-License-Identifier: MIT
 *
 * The findings database: fingerprints, states, suppressions, merging, and what a user's SQL may not do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "record/record.h"

static char folder[64];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/record-test-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *in_folder(const char *name)
{
    static char paths[4][128];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void ok(record_status status, char *error)
{
    if (status != RECORD_OK) fail_msg("%s", error ? error : "failed without a message");
}

static void write_source(const char *name, const char *text)
{
    assert_int_equal(file_write(in_folder(name), text, strlen(text)), 0);
}

/* The line on which f is defined. */
static unsigned line_of_f(const char *path)
{
    char *text;
    size_t n;
    unsigned line = 1;
    assert_int_equal(file_read(path, &text, &n), 0);
    for (const char *p = text, *f = strstr(text, "int f("); p < f; p++) line += *p == '\n';
    free(text);
    return line;
}

/* One run of mode lint over `name`, with one finding of `check` at `line` in function f (unless check is
 * NULL). */
static record_run lint(const char *db, const char *name, const char *check, unsigned line)
{
    record_run run = {
        .mode = "lint", .command = "recount lint", .tool_version = "0", .root = folder, .files = 1};
    record_run_init(&run);
    char *error = NULL, *path = x_strdup(in_folder(name));
    own_result own;
    memset(&own, 0, sizeof own);
    own.findings.arena = &own.arena;
    own_function function = {.name = "f",
                             .usr = "c:@F@f",
                             .file = path,
                             .line = line_of_f(path),
                             .end_line = 99,
                             .complete = true};
    vec_push(&own.functions, function);
    if (check) {
        diag *d = diag_add(&own.findings, check, (diag_place){.file = path, .line = line},
                           "holds 1 at line %u", line);
        d->function = "f";
        diag_add_step(&own.findings, d, "acquire", d->place, 1, 0, "+1 new reference");
    }
    record *shard = NULL, *into = NULL;
    unlink(in_folder("shard"));
    ok(record_open(in_folder("shard"), RECORD_SHARD, 0, &shard, &error), error);
    ok(record_run_write(shard, &run, &error), error);
    record_unit unit = {.path = path, .own = &own, .parsed = true, .analysed = true};
    ok(record_unit_write(shard, &run, &unit, &error), error);
    ok(record_suppress(shard, &run, NULL, 0, false, NULL, NULL, &error), error);
    record_removed(shard, &run, in_folder(db));
    record_close(shard);
    ok(record_open(in_folder(db), RECORD_WRITE, 1, &into, &error), error);
    ok(record_merge(into, in_folder("shard"), &error), error);
    record_close(into);
    diag_list_fini(&own.findings);
    vec_fini(&own.functions);
    arena_fini(&own.arena);
    free(path);
    return run;
}

static void collect(void *arg, size_t n, const char *const *names, const char *const *values,
                    const char *types)
{
    (void)names, (void)types;
    strbuf *out = arg;
    for (size_t i = 0; values && i < n; i++)
        strbuf_printf(out, "%s%c", values[i] ? values[i] : "NULL", i + 1 < n ? ' ' : ';');
}

static char *ask(const char *db, const char *sql)
{
    record *r = NULL;
    char *error = NULL;
    strbuf out = {0};
    ok(record_open(in_folder(db), RECORD_READ, 1, &r, &error), error);
    ok(record_query(r, sql, collect, &out, &error), error);
    record_close(r);
    return strbuf_take(&out);
}

static void expect(const char *db, const char *sql, const char *answer)
{
    char *got = ask(db, sql);
    assert_string_equal(got, answer);
    free(got);
}

static void state_follows_the_runs(void **state)
{
    (void)state;
    write_source("a.c", "int f(void)\n{\n    return g(x);\n}\n");
    lint("s.db", "a.c", "leak", 3);
    expect("s.db", "SELECT check_id, path, line, state FROM v_open", "leak a.c 3 new;");
    lint("s.db", "a.c", "leak", 3);
    expect("s.db", "SELECT state FROM v_open", "unchanged;");
    expect("s.db", "SELECT count(*) FROM v_new", "0;");
    lint("s.db", "a.c", NULL, 0);
    expect("s.db", "SELECT count(*) FROM v_open", "0;");
    expect("s.db", "SELECT check_id, state FROM v_fixed", "leak fixed;");
    lint("s.db", "a.c", "leak", 3);
    expect("s.db", "SELECT state FROM v_new", "reopened;");
    expect("s.db", "SELECT count(*) FROM finding_step", "3;");
}

static void fingerprints_survive_moves(void **state)
{
    (void)state;
    write_source("m.c", "int f(void)\n{\n    return g(x);\n}\n");
    lint("m.db", "m.c", "leak", 3);
    write_source("m.c", "/* more\n   lines */\nint f(void)\n{\n\treturn  g(x); // why\n}\n");
    lint("m.db", "m.c", "leak", 5);
    expect("m.db", "SELECT count(DISTINCT fingerprint) FROM finding", "1;");
    expect("m.db", "SELECT line, state FROM v_open", "5 unchanged;");
    /* Renamed: known, and what it was under the old name is gone. */
    assert_int_equal(rename(in_folder("m.c"), in_folder("n.c")), 0);
    lint("m.db", "n.c", "leak", 5);
    expect("m.db", "SELECT path, state FROM v_open", "n.c unchanged;");
    expect("m.db", "SELECT count(*) FROM v_fixed", "0;");
    write_source("n.c", "/* more\n   lines */\nint f(void)\n{\n\treturn  h(x); // why\n}\n");
    lint("m.db", "n.c", "leak", 5);
    expect("m.db", "SELECT count(DISTINCT fingerprint) FROM finding", "2;");
}

static void suppressions_need_a_reason(void **state)
{
    (void)state;
    write_source("p.c", "int f(void)\n{\n    return g(x); // recount: ignore[leak] on purpose\n}\n");
    lint("p.db", "p.c", "leak", 3);
    expect("p.db", "SELECT count(*) FROM v_open", "0;");
    expect("p.db", "SELECT reason, pattern, place FROM suppression", "on purpose [leak] p.c:3;");
    write_source("p.c",
                 "// recount: ignore[overwrite-leak, leak] the whole\nint f(void)\n{\n    return g(x);\n}\n");
    lint("p1.db", "p.c", "leak", 4);
    expect("p1.db", "SELECT count(*) FROM v_open", "0;");
    write_source("p.c", "int f(void) /* recount: ignore[leak] the whole */\n{\n    return g(x);\n}\n");
    lint("p2.db", "p.c", "leak", 3);
    expect("p2.db", "SELECT count(*) FROM v_open", "0;");
    write_source("p.c", "int f(void)\n{\n    return g(x); // recount: ignore[leak]\n}\n");
    lint("p3.db", "p.c", "leak", 3);
    expect("p3.db", "SELECT check_id FROM v_open ORDER BY 1", "leak;unused-suppression;");
    write_source("p.c",
                 "int f(void)\n{\n    puts(\"// recount: ignore[leak] no comment\");\n    return g(x);\n}\n");
    lint("p4.db", "p.c", "leak", 4);
    expect("p4.db", "SELECT check_id FROM v_open", "leak;");
}

static void merge_into(const char *db, const char *first, const char *second)
{
    record *r = NULL;
    char *error = NULL;
    ok(record_open(in_folder(db), RECORD_WRITE, 1, &r, &error), error);
    ok(record_merge(r, in_folder(first), &error), error);
    ok(record_merge(r, in_folder(second), &error), error);
    record_close(r);
}

/* All rows of all tables, in order of their keys. */
static char *dump(const char *db)
{
    static const char *const tables[] = {"run",          "file",        "function", "finding",
                                         "finding_step", "suppression", "_mark"};
    strbuf all = {0};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[64], *rows;
        snprintf(sql, sizeof sql, "SELECT * FROM %s", tables[i]);
        rows = ask(db, sql);
        strbuf_add(&all, rows);
        free(rows);
    }
    return strbuf_take(&all);
}

static void merging_obeys_its_laws(void **state)
{
    (void)state;
    write_source("x.c", "int f(void) { return 1; } // recount: ignore[leak] known\n");
    write_source("y.c", "int f(void) { return 2; }\n");
    lint("A.db", "x.c", "leak", 1);
    lint("B.db", "y.c", "leak", 1);
    lint("C.db", "y.c", NULL, 0);
    merge_into("AB.db", "A.db", "B.db");
    merge_into("BA.db", "B.db", "A.db");
    merge_into("ABC.db", "AB.db", "C.db");
    merge_into("BC.db", "B.db", "C.db");
    merge_into("A_BC.db", "A.db", "BC.db");
    merge_into("AA.db", "A.db", "A.db");
    const char *pairs[][2] = {{"AB.db", "BA.db"}, {"ABC.db", "A_BC.db"}, {"AA.db", "A.db"}};
    for (size_t i = 0; i < 3; i++) {
        char *one = dump(pairs[i][0]), *other = dump(pairs[i][1]);
        assert_string_equal(one, other);
        free(one);
        free(other);
    }
    expect("ABC.db", "SELECT count(*) FROM run", "3;");
}

static void users_only_read(void **state)
{
    (void)state;
    static const char *const refused[] = {"DELETE FROM finding",
                                          "ATTACH 'other.db' AS other",
                                          "PRAGMA user_version = 9",
                                          "DROP TABLE finding",
                                          "SELECT load_extension('x')",
                                          "CREATE TEMP TABLE t (a)",
                                          "VACUUM INTO 'copy.db'",
                                          "SELECT 1; SELECT 2",
                                          "",
                                          "PRAGMA journal_mode = DELETE",
                                          "INSERT INTO run SELECT * FROM run",
                                          "not sql"};
    write_source("u.c", "int f(void) { return 1; }\n");
    lint("u.db", "u.c", "leak", 1);
    record *r = NULL;
    char *error = NULL;
    strbuf out = {0};
    ok(record_open(in_folder("u.db"), RECORD_READ, 1, &r, &error), error);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(record_query(r, refused[i], collect, &out, &error), RECORD_DENIED);
        assert_true(str_starts(error, "query refused: "));
        free(error);
    }
    assert_int_equal(out.n, 0);
    record_close(r);
    expect("u.db", "SELECT count(*) FROM finding", "1;");
}

static void foreign_files_are_refused(void **state)
{
    (void)state;
    record *r = NULL;
    char *error = NULL;
    write_source("text.db",
                 "this is no database, and it is long enough to be looked at as one by the library\n");
    assert_int_equal(record_open(in_folder("text.db"), RECORD_WRITE, 0, &r, &error), RECORD_NOT_DATABASE);
    assert_non_null(strstr(error, "text.db: is not a findings database"));
    free(error);
    assert_int_equal(record_open(in_folder("none.db"), RECORD_READ, 0, &r, &error), RECORD_ABSENT);
    free(error);
    assert_int_equal(record_open(folder, RECORD_WRITE, 0, &r, &error), RECORD_FAILED);
    assert_non_null(strstr(error, "Is a directory"));
    free(error);
    write_source("zero.db", "");
    assert_int_equal(record_probe(in_folder("zero.db"), &error), RECORD_OK);
    assert_int_equal(record_probe(in_folder("no/where.db"), &error), RECORD_FAILED);
    free(error);
}

static void baselines_accept_what_is_open(void **state)
{
    (void)state;
    record *r = NULL;
    char *error = NULL;
    size_t accepted = 0;
    write_source("b.c", "int f(void)\n{\n    return 1;\n    return 2;\n}\n");
    lint("b.db", "b.c", "leak", 3);
    ok(record_open(in_folder("b.db"), RECORD_WRITE, 1, &r, &error), error);
    ok(record_baseline(r, "start", &accepted, &error), error);
    assert_int_equal(accepted, 1);
    expect("b.db", "SELECT count(*) FROM v_new", "0;");
    lint("b.db", "b.c", "leak", 4);
    expect("b.db", "SELECT line FROM v_new", "4;");
    expect("b.db", "SELECT line FROM v_fixed", "3;");
    ok(record_baseline(r, NULL, &accepted, &error), error);
    lint("b.db", "b.c", "leak", 4);
    expect("b.db", "SELECT count(*) FROM v_new", "0;");
    record_close(r);
}

static void the_spool_is_summed(void **state)
{
    (void)state;
    record_run run = {.mode = "run", .command = "prog", .tool_version = "0", .root = folder};
    record_run_init(&run);
    record *r = NULL;
    char *error = NULL;
    write_source("p.spool", "run\t1\t77\t1700000000\tprog\n"
                            "event\tleak\tNode\ta\\tb.c\t12\t2\t64\nevent\tleak\tNode\ta\\tb.c\t12\t1\t32\n"
                            "event\tcycle-collected\tNode\t-\t-\t5\t0\nfuture\tx\n"
                            "profile\teval\te.c\t3\tmain\t2\t10\t20\t1\t16\n"
                            "profile\teval\te.c\t3\teval\t3\t1\t2\t0\t0\n"
                            "end\texit\nevent\tleak\tNode\tcut");
    ok(record_open(in_folder("e.db"), RECORD_WRITE, 1, &r, &error), error);
    ok(record_run_write(r, &run, &error), error);
    ok(record_spool(r, &run, in_folder("p.spool"), &error), error);
    ok(record_spool(r, &run, in_folder("no.spool"), &error), error);
    record_close(r);
    expect("e.db", "SELECT kind, class, site_file, site_line, count, bytes FROM event ORDER BY kind",
           "cycle-collected Node  0 5 0;leak Node a\tb.c 12 3 96;");
    expect("e.db", "SELECT function, calls, own_ns, total_ns, allocations, bytes FROM profile",
           "eval 5 11 22 1 16;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_follows_the_runs),
        cmocka_unit_test(fingerprints_survive_moves),
        cmocka_unit_test(suppressions_need_a_reason),
        cmocka_unit_test(merging_obeys_its_laws),
        cmocka_unit_test(users_only_read),
        cmocka_unit_test(foreign_files_are_refused),
        cmocka_unit_test(baselines_accept_what_is_open),
        cmocka_unit_test(the_spool_is_summed),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
