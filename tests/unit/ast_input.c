/* SPDX-License-Identifier: MIT
 *
 * Files of every kind through ast_parse, and compile_commands.json.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "ast/ast.h"

/* ---- a folder of its own for each test ---------------------------------------------------------------- */
static char folder[64];

static int enter(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/recount-ast-XXXXXX");
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int leave(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

static void put(const char *path, const char *text, size_t n)
{
    assert_int_equal(file_write(path, text, n), 0);
}

static void put_text(const char *path, const char *text)
{
    put(path, text, strlen(text));
}

static ast_status parse(const char *path, ast_result *result)
{
    return ast_parse(path, &(ast_options){0}, result);
}

static const ir_func *func_named(const ir_unit *unit, const char *name)
{
    for (size_t i = 0; i < unit->funcs.n; i++)
        if (strcmp(unit->decls.at[unit->funcs.at[i]->decl].name, name) == 0) return unit->funcs.at[i];
    return NULL;
}

static void expect_refusal(const char *path, ast_status wanted, const char *cause)
{
    ast_result result;
    assert_int_equal(parse(path, &result), wanted);
    assert_null(result.unit);
    assert_non_null(strstr(result.message, path));
    assert_non_null(strstr(result.message, cause));
    assert_null(strchr(result.message, '\n'));
    ast_result_fini(&result);
}

/* ---- bad files --------------------------------------------------------------------------------------------
 */
static void no_such_file(void **state)
{
    (void)state;
    expect_refusal("missing.c", AST_UNREADABLE, "No such file");
}

static void a_folder(void **state)
{
    (void)state;
    assert_int_equal(dir_make("folder.c"), 0);
    expect_refusal("folder.c", AST_UNREADABLE, "directory");
}

static void a_device(void **state)
{
    (void)state;
    expect_refusal("/dev/zero", AST_UNREADABLE, "not a regular file");
}

static void an_empty_file(void **state)
{
    (void)state;
    ast_result result;
    put_text("empty.c", "");
    assert_int_equal(parse("empty.c", &result), AST_OK);
    assert_int_equal(result.unit->funcs.n, 0);
    assert_int_equal(result.error_count, 0);
    ast_result_fini(&result);
}

static void nul_bytes(void **state)
{
    (void)state;
    static const char text[] = "int f(int a)\0{ return a; }\0\nint g(void) { return 1; }\n";
    ast_result result;
    put("nul.c", text, sizeof text - 1);
    assert_int_equal(parse("nul.c", &result), AST_OK);
    assert_int_equal(result.unit->source_size, sizeof text - 1);
    assert_non_null(func_named(result.unit, "g"));
    assert_null(func_named(result.unit, "g")->tainted);
    ast_result_fini(&result);
}

static void not_utf8(void **state)
{
    (void)state;
    ast_result result;
    put_text("latin.c",
             "const char *s(void) { return \"\xe9\xff\"; } /* \xc3 */\nint caf\xe9(void) { return 1; }\n");
    assert_int_equal(parse("latin.c", &result), AST_OK);
    assert_non_null(func_named(result.unit, "s"));
    assert_null(func_named(result.unit, "s")->tainted);
    assert_true(result.error_count > 0);
    ast_result_fini(&result);
}

static void random_bytes(void **state)
{
    (void)state;
    char bytes[4096];
    uint32_t seed = 12345;
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
    ast_result result;
    put("random.c", bytes, sizeof bytes);
    assert_int_equal(parse("random.c", &result), AST_OK);
    assert_true(result.error_count > 0);
    ast_result_fini(&result);
}

/* ---- depth
 * -------------------------------------------------------------------------------------------------- */
static void repeat(strbuf *b, const char *text, size_t n)
{
    while (n--) strbuf_add(b, text);
}

static void deep_parentheses(void **state)
{
    (void)state;
    strbuf b = {0};
    ast_result result;
    strbuf_add(&b, "int g(void) { return 1; }\nint f(int a) { return ");
    repeat(&b, "(", 10000);
    strbuf_add(&b, "a");
    repeat(&b, ")", 10000);
    strbuf_add(&b, "; }\n");
    put("deep.c", b.s, b.n);
    strbuf_fini(&b);
    assert_int_equal(parse("deep.c", &result), AST_OK);
    assert_null(func_named(result.unit, "g")->tainted);
    const ir_func *f = func_named(result.unit, "f");
    assert_true(!f || f->tainted);
    ast_result_fini(&result);
}

static void long_chains(void **state)
{
    (void)state;
    strbuf b = {0};
    ast_result result;
    strbuf_add(&b, "int f(int a) { return a");
    repeat(&b, " + a", 20000);
    strbuf_add(&b, "; }\nint g(int a) { if (a) return 0;");
    repeat(&b, " else if (a) return 1;", 4000);
    strbuf_add(&b, " return 2; }\n");
    put("chain.c", b.s, b.n);
    strbuf_fini(&b);
    assert_int_equal(parse("chain.c", &result), AST_OK);
    for (size_t i = 0; i < result.unit->funcs.n; i++) {
        char *error = NULL;
        const ir_func *f = result.unit->funcs.at[i];
        assert_true(f->unknowns > 0 || f->tainted); /* beyond the depth: not whole, and said so */
        assert_true(ir_verify(result.unit, f, &error));
    }
    ast_result_fini(&result);
}

/* ---- errors and taint
 * -------------------------------------------------------------------------------------------- */
static void errors_taint_their_function(void **state)
{
    (void)state;
    ast_result result;
    put_text("taint.c", "int ok(void) { return 1; }\nint bad(void)\n{\n    return missing;\n}\nint "
                        "after(void) { return 2; }\n");
    assert_int_equal(parse("taint.c", &result), AST_OK);
    assert_int_equal(result.error_count, 1);
    assert_int_equal(result.errors[0].line, 4);
    assert_int_equal(result.errors[0].column, 12);
    assert_string_equal(result.errors[0].file, "taint.c");
    assert_false(result.errors[0].fatal);
    assert_null(func_named(result.unit, "ok")->tainted);
    assert_non_null(func_named(result.unit, "bad")->tainted);
    assert_int_equal(func_named(result.unit, "bad")->tainted_at.line, 4);
    assert_null(func_named(result.unit, "after")->tainted);
    ast_result_fini(&result);
}

static void what_a_missing_header_leaves_is_lowered(void **state)
{
    (void)state;
    ast_result result;
    put_text("header.c", "#include \"no_such.h\"\nint f(void) { return 1; }\n");
    assert_int_equal(parse("header.c", &result), AST_OK);
    assert_int_equal(result.error_count, 1);
    assert_null(func_named(result.unit, "f")->tainted);
    ast_result_fini(&result);
}

/* ---- options
 * ---------------------------------------------------------------------------------------------------------
 */
static void headers_bodies_are_lowered_on_demand(void **state)
{
    (void)state;
    put_text("inner.h", "static inline int twice(int a) { return a * 2; }\n");
    put_text("main.c", "#include \"inner.h\"\nint f(int a) { return twice(a); }\n");
    ast_result result;
    assert_int_equal(parse("main.c", &result), AST_OK);
    assert_null(func_named(result.unit, "twice"));
    assert_true(ir_decl_find(result.unit, "twice") != 0);
    ast_result_fini(&result);
    assert_int_equal(ast_parse("main.c", &(ast_options){.header_bodies = true}, &result), AST_OK);
    const ir_func *twice = func_named(result.unit, "twice");
    assert_non_null(twice);
    assert_false(result.unit->files.at[twice->span.file].main);
    ast_result_fini(&result);
}

static void included_sources_are_lowered(void **state)
{
    (void)state;
    put_text("part.c", "static int part(int a) { return a; }\n");
    put_text("whole.c", "#include \"part.c\"\nint f(void) { return part(1); }\n");
    ast_result result;
    assert_int_equal(parse("whole.c", &result), AST_OK);
    assert_non_null(func_named(result.unit, "part"));
    ast_result_fini(&result);
}

static void what_never_returns_is_merged(void **state)
{
    (void)state;
    put_text("die.c", "void die(void);\nvoid die(void) __attribute__((noreturn));\nvoid stop(void);\n"
                      "_Noreturn void stop(void);\nint f(int a) { if (a) die(); stop(); }\n");
    ast_result result;
    assert_int_equal(parse("die.c", &result), AST_OK);
    assert_true(result.unit->decls.at[ir_decl_find(result.unit, "die")].noreturn);
    assert_true(result.unit->decls.at[ir_decl_find(result.unit, "stop")].noreturn);
    ast_result_fini(&result);
}

static void given_texts_are_read_instead_of_files(void **state)
{
    (void)state;
    put_text("main.c", "int f(void) { return 1; }\n");
    put_text("inner.h", "int old;\n");
    const ast_text texts[] = {{"main.c", "#include \"inner.h\"\nint g(void) { return fresh; }\n", 49},
                              {"inner.h", "extern int fresh;\n", 18}};
    ast_result result;
    assert_int_equal(ast_parse("main.c", &(ast_options){.texts = texts, .text_count = 2}, &result), AST_OK);
    assert_int_equal(result.error_count, 0);
    assert_non_null(func_named(result.unit, "g"));
    assert_null(func_named(result.unit, "f"));
    assert_int_equal(result.unit->source_size, 49);
    ast_result_fini(&result);
}

static void paths_count_from_the_given_folder(void **state)
{
    (void)state;
    assert_int_equal(dir_make("deep/include"), 0);
    put_text("deep/main.c", "#include <one.h>\nint f(void) { return ONE; }\n");
    put_text("deep/include/one.h", "#define ONE 1\n");
    const char *flags[] = {"-Iinclude", "-o", "out.o", "-MF", "deps.d"};
    ast_options options = {.flags = flags, .flag_count = 5, .directory = "deep"};
    ast_result result;
    assert_int_equal(ast_parse("main.c", &options, &result), AST_OK);
    assert_int_equal(result.error_count, 0);
    assert_string_equal(result.unit->path, "main.c");
    assert_non_null(result.unit->source);
    ast_result_fini(&result);
    assert_int_not_equal(access("deep/out.o", F_OK), 0);
    assert_int_not_equal(access("deep/deps.d", F_OK), 0);
}

static void flags_of_other_compilers_do_no_harm(void **state)
{
    (void)state;
    const char *flags[] = {"-fno-such-flag", "-mno-such-flag", "-march=no-such-cpu", "-DONE=1"};
    ast_result result;
    put_text("one.c", "int f(void) { return ONE; }\n");
    assert_int_equal(ast_parse("one.c", &(ast_options){.flags = flags, .flag_count = 4}, &result), AST_OK);
    assert_int_equal(result.error_count, 0);
    assert_null(func_named(result.unit, "f")->tainted);
    ast_result_fini(&result);
}

static void a_flag_that_stops_the_parse_is_said(void **state)
{
    (void)state;
    const char *flags[] = {"-std=no-such-standard"};
    ast_result result;
    put_text("one.c", "int f(void) { return 1; }\n");
    assert_int_equal(ast_parse("one.c", &(ast_options){.flags = flags, .flag_count = 1}, &result),
                     AST_UNPARSED);
    assert_non_null(strstr(result.message, "one.c: "));
    ast_result_fini(&result);
}

static void macro_uses_are_listed(void **state)
{
    (void)state;
    put_text("macro.c", "#define ID(x) (x)\n#define ONE 1\nint f(void) { return ID(ONE) + ONE; }\n");
    ast_result result;
    assert_int_equal(parse("macro.c", &result), AST_OK);
    assert_int_equal(result.unit->expansions.n, 2); /* not the one inside an argument */
    assert_string_equal(result.unit->expansions.at[0].name, "ID");
    assert_true(result.unit->expansions.at[0].function_like);
    assert_int_equal(result.unit->expansions.at[0].end - result.unit->expansions.at[0].begin, 7);
    assert_string_equal(result.unit->expansions.at[1].name, "ONE");
    assert_int_equal(result.unit->expansions.at[1].definition.line, 2);
    ast_result_fini(&result);
}

/* ---- compile_commands.json
 * --------------------------------------------------------------------------------------------- */
static void expect_no_commands(const char *path, const char *cause)
{
    ast_commands commands;
    char *error = NULL;
    assert_int_equal(ast_commands_read(path, &commands, &error), -1);
    assert_non_null(strstr(error, cause));
    assert_null(strchr(error, '\n'));
    free(error);
    ast_commands_fini(&commands);
}

static void commands_are_read(void **state)
{
    (void)state;
    put_text("compile_commands.json",
             "[{\"directory\": \"/work dir\", \"file\": \"a.c\","
             "  \"command\": \"gcc -DX='a b' -fplugin=evil.so -Iinc -o a.o -c a.c\"},\n"
             " {\"directory\": \"/other\", \"file\": \"/other/b.c\", \"arguments\": [\"cc\", \"-c\", "
             "\"-std=c99\", \"b.c\"]},\n"
             " {\"directory\": \"/other\", \"file\": \"c.cpp\", \"command\": \"g++ -c c.cpp\"},\n"
             " {\"directory\": \"/work dir\", \"file\": \"a.c\", \"command\": \"gcc -DY -c a.c\"}]\n");
    ast_commands commands;
    char *error = NULL;
    assert_int_equal(ast_commands_read(".", &commands, &error), 0);
    assert_int_equal(commands.n, 2);
    assert_string_equal(commands.at[0].file, "a.c");
    assert_string_equal(commands.at[0].directory, "/work dir");
    assert_int_equal(commands.at[0].flag_count, 1); /* the last entry of a file holds */
    assert_string_equal(commands.at[0].flags[0], "-DY");
    assert_string_equal(commands.at[1].file, "/other/b.c");
    assert_int_equal(commands.at[1].flag_count, 1);
    assert_string_equal(commands.at[1].flags[0], "-std=c99");
    ast_commands_fini(&commands);
    assert_int_equal(ast_commands_read("compile_commands.json", &commands, &error), 0);
    assert_int_equal(commands.n, 2);
    ast_commands_fini(&commands);
}

static void bad_commands_are_named(void **state)
{
    (void)state;
    expect_no_commands("nowhere", "nowhere: No such file");
    expect_no_commands(".", "compile_commands.json: No such file");
    static const char *const malformed[] = {"", "{", "[{\"file\": 3}]", "not json",
                                            "[{\"directory\": \"/\"}]"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        put_text("compile_commands.json", malformed[i]);
        expect_no_commands(".", "compile_commands.json: ");
    }
}

static void an_empty_database_is_no_error(void **state)
{
    (void)state;
    put_text("compile_commands.json", "[]");
    ast_commands commands;
    char *error = NULL;
    assert_int_equal(ast_commands_read(".", &commands, &error), 0);
    assert_int_equal(commands.n, 0);
    ast_commands_fini(&commands);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_such_file),
        TEST(a_folder),
        TEST(a_device),
        TEST(an_empty_file),
        TEST(nul_bytes),
        TEST(not_utf8),
        TEST(random_bytes),
        TEST(deep_parentheses),
        TEST(long_chains),
        TEST(errors_taint_their_function),
        TEST(what_a_missing_header_leaves_is_lowered),
        TEST(headers_bodies_are_lowered_on_demand),
        TEST(included_sources_are_lowered),
        TEST(what_never_returns_is_merged),
        TEST(given_texts_are_read_instead_of_files),
        TEST(paths_count_from_the_given_folder),
        TEST(flags_of_other_compilers_do_no_harm),
        TEST(a_flag_that_stops_the_parse_is_said),
        TEST(macro_uses_are_listed),
        TEST(commands_are_read),
        TEST(bad_commands_are_named),
        TEST(an_empty_database_is_no_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
