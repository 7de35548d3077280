/* SPDX-License-Identifier: MIT
 *
 * The importers: what each attribute of an introspection file and each effect of refcounts.dat becomes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "contract/contract.h"

/* ---- introspection files
 * ------------------------------------------------------------------------------------- */

#define NAMESPACE(text)                                                                                      \
 "<?xml version='1.0'?><repository version='1.2' xmlns='http://www.gtk.org/introspection/core/1.0'"          \
 " xmlns:c='http://www.gtk.org/introspection/c/1.0' xmlns:glib='http://www.gtk.org/introspection/glib/1.0'>" \
 "<c:include name='zoo.h'/><namespace name='Zoo' version='1.0'>" text "</namespace></repository>"
#define CLASS "<class name='Cat' c:type='ZooCat' parent='GObject.Object'>"
#define FUNCTION(kind, name, symbol, rest, body)                                                             \
 "<" kind " name='" name "' c:identifier='" symbol "'" rest ">" body "</" kind ">"
#define RESULT(transfer, type, c_type)                                                                       \
 "<return-value transfer-ownership='" transfer "'><type name='" type "' c:type='" c_type "'/></"             \
 "return-value>"
#define SELF                                                                                                 \
 "<instance-parameter name='self' transfer-ownership='none'><type name='Cat' "                               \
 "c:type='ZooCat*'/></instance-parameter>"
#define PARAM(name, attributes, type, c_type)                                                                \
 "<parameter name='" name "' " attributes "><type name='" type "' c:type='" c_type "'/></parameter>"
#define NOTHING RESULT("none", "none", "void")

typedef struct imported {
    int status;
    char *text, *error;
} imported;

static char *write_file(const char *text)
{
    char *path = x_strdup("/tmp/recount-import-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static imported import_gir(const char *text)
{
    imported out = {0};
    strbuf b = {0};
    char *path = write_file(text);
    const char *paths[] = {path};
    out.status = contract_import_gir(paths, 1, &b, &out.error);
    out.text = strbuf_take(&b);
    unlink(path);
    free(path);
    return out;
}

/* The text has the line, and imports without an error. */
static void expect_line(imported got, const char *line)
{
    assert_int_equal(got.status, 0);
    if (!strstr(got.text, line)) fail_msg("no line '%s' in\n%s", line, got.text);
    free(got.text);
}

static void expect_gir(const char *text, const char *line)
{
    expect_line(import_gir(text), line);
}

static void results_are_new_or_borrowed_by_their_transfer(void **state)
{
    (void)state;
    expect_gir(NAMESPACE(CLASS FUNCTION("function", "find", "zoo_cat_find", "",
                                        RESULT("full", "Cat", "ZooCat*")) "</class>"),
               "RC_RETURNS_NEW ZooCat *zoo_cat_find(void);");
    expect_gir(NAMESPACE(CLASS FUNCTION("function", "any", "zoo_cat_any", "",
                                        RESULT("none", "Cat", "ZooCat*")) "</class>"),
               "RC_RETURNS_BORROWED ZooCat *zoo_cat_any(void);");
    expect_gir(NAMESPACE(CLASS FUNCTION("method", "friend", "zoo_cat_friend", "",
                                        RESULT("none", "Cat", "ZooCat*") "<parameters>" SELF
                                                                         "</parameters>") "</class>"),
               "RC_RETURNS_BORROWED_FROM(self) ZooCat *zoo_cat_friend(ZooCat *self);");
}

static void strings_arrays_and_lists_are_memory_and_no_references(void **state)
{
    (void)state;
    expect_gir(NAMESPACE(FUNCTION("function", "name", "zoo_name", "", RESULT("full", "utf8", "gchar*"))),
               "\ngchar *zoo_name(void);");
    expect_gir(NAMESPACE(CLASS "</class>" FUNCTION(
                   "function", "all", "zoo_all", "",
                   "<return-value transfer-ownership='full'><type name='GLib.List' c:type='GList*'>"
                   "<type name='Cat'/></type></return-value>")),
               "\nGList *zoo_all(void);");
    expect_gir(NAMESPACE(CLASS "</class>" FUNCTION(
                   "function", "herd", "zoo_herd", "",
                   "<return-value transfer-ownership='full'><array c:type='ZooCat**'>"
                   "<type name='Cat' c:type='ZooCat*'/></array></return-value>")),
               "\nZooCat **zoo_herd(void);");
}

static void arguments_are_stolen_kept_or_filled(void **state)
{
    (void)state;
    expect_gir(
        NAMESPACE(CLASS FUNCTION("function", "eat", "zoo_eat", "",
                                 NOTHING "<parameters>" PARAM("cat", "transfer-ownership='full'", "Cat",
                                                              "ZooCat*") "</parameters>") "</class>"),
        "void zoo_eat(RC_STEALS ZooCat *cat);");
    expect_gir(
        NAMESPACE(CLASS FUNCTION("function", "add", "zoo_add", "",
                                 NOTHING "<parameters>" PARAM("cat", "transfer-ownership='none' nullable='1'",
                                                              "Cat", "ZooCat*") "</parameters>") "</class>"),
        "void zoo_add(RC_KEEPS RC_NULLABLE ZooCat *cat);");
    expect_gir(NAMESPACE(CLASS FUNCTION(
                   "function", "get", "zoo_get", "",
                   NOTHING
                   "<parameters>" PARAM("cat", "direction='out' transfer-ownership='full'", "Cat", "ZooCat**")
                       PARAM("seen", "direction='out' transfer-ownership='none'", "Cat",
                             "ZooCat**") "</parameters>") "</class>"),
               "void zoo_get(RC_OUT ZooCat **cat, RC_OUT RC_BORROWED ZooCat **seen);");
}

static void what_throws_has_an_error_behind_its_parameters(void **state)
{
    (void)state;
    expect_gir(NAMESPACE(CLASS FUNCTION("function", "load", "zoo_load", " throws='1'",
                                        RESULT("full", "Cat", "ZooCat*")) "</class>"),
               "RC_RETURNS_NEW RC_NULLABLE ZooCat *zoo_load(RC_OUT RC_RAISES GError **error);");
    expect_gir(NAMESPACE(FUNCTION("function", "save", "zoo_save", " throws='1'",
                                  RESULT("none", "gboolean", "gboolean"))),
               "RC_FAILS(result == 0) gboolean zoo_save(RC_OUT RC_RAISES GError **error);");
}

static void counting_functions_do_what_their_names_say(void **state)
{
    (void)state;
    static const char text[] =
        NAMESPACE(CLASS FUNCTION("method", "ref", "zoo_cat_ref", "",
                                 RESULT("full", "Cat", "ZooCat*") "<parameters>" SELF "</parameters>")
                      FUNCTION("method", "unref", "zoo_cat_unref", "",
                               NOTHING "<parameters>" SELF "</parameters>") "</class>");
    expect_gir(text, "RC_RETURNS_ARG(self) ZooCat *zoo_cat_ref(RC_RETAINS ZooCat *self);");
    expect_gir(text, "void zoo_cat_unref(RC_RELEASES ZooCat *self);");
    expect_gir(text, "RC_OBJECT_TYPE(ZooCat, zoo_cat_ref, zoo_cat_unref);");
}

static void what_a_constructor_floats_is_left_unsaid(void **state)
{
    (void)state;
    expect_gir(NAMESPACE("<class name='Tag' c:type='ZooTag' parent='GObject.InitiallyUnowned'>" FUNCTION(
                   "constructor", "new", "zoo_tag_new", "", RESULT("none", "Tag", "ZooTag*")) "</class>"),
               "\nZooTag *zoo_tag_new(void);");
    static const char floating[] = "<?xml version='1.0'?><repository xmlns:c='c'><namespace name='GObject'>"
                                   "<class name='InitiallyUnowned' c:type='GInitiallyUnowned'></class>"
                                   "<class name='Tag' c:type='GTag' parent='InitiallyUnowned'>" FUNCTION(
                                       "constructor", "new", "g_tag_new", "",
                                       RESULT("none", "Tag", "GTag*")) "</class></namespace></repository>";
    expect_gir(floating, "\nGTag *g_tag_new(void);");
}

static void awkward_names_still_make_c(void **state)
{
    (void)state;
    expect_gir(
        NAMESPACE(FUNCTION(
            "function", "f", "zoo_f", "",
            NOTHING "<parameters>" PARAM("default", "", "gint", "gint") PARAM("a", "", "gint", "gint")
                PARAM("a", "", "gint", "gint") "<parameter name='...'><varargs/></parameter></parameters>")),
        "void zoo_f(gint default_0, gint a, gint a_2, ...);");
}

static void a_file_that_is_none_is_named_with_the_cause(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "not xml", "<repository><namespace name='A'>", "<other/>"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        imported got = import_gir(bad[i]);
        assert_int_equal(got.status, -1);
        assert_non_null(strstr(got.error, "recount-import-"));
        free(got.text);
        free(got.error);
    }
}

/* ---- refcounts.dat
 * ----------------------------------------------------------------------------------------------- */

static imported import_refcounts(const char *text)
{
    imported out = {0};
    strbuf b = {0};
    char *path = write_file(text);
    out.status = contract_import_refcounts(path, &b, &out.error);
    out.text = strbuf_take(&b);
    unlink(path);
    free(path);
    return out;
}

static void expect_refcounts(const char *text, const char *line)
{
    expect_line(import_refcounts(text), line);
}

static void effects_of_results_become_annotations(void **state)
{
    (void)state;
    expect_refcounts("PyA:PyObject*::+1:\nPyA:int:n::\n", "RC_RETURNS_NEW RC_NULLABLE PyObject *PyA(int n);");
    expect_refcounts("# c\n\nPyB:PyObject*::0:0\nPyB:PyObject*:o:0:\n",
                     "RC_RETURNS_BORROWED RC_NULLABLE PyObject *PyB(PyObject *o);");
    expect_refcounts("PyC:PyObject*::null:\n",
                     "RC_RETURNS_BORROWED RC_NULLABLE RC_FAILS(1) PyObject *PyC(void);");
    expect_refcounts("PyD:void:::\nPyD:PyObject*:o:+1:\n", "void PyD(RC_KEEPS PyObject *o);");
}

static void odd_lines_of_the_data_are_understood(void **state)
{
    (void)state;
    expect_refcounts("PyE:void (*)(PyObject *):::\nPyE:PyObject*:o:0:\n", "void *PyE(PyObject *o);");
    expect_refcounts("PyF:int:::\nPyF::ob::\n", "int PyF(PyObject *ob);");
    expect_refcounts("PyG:int:::\nPyG:const char *:s::\nPyG::...::\n", "int PyG(const char *s, ...);");
    expect_refcounts("PyH:int:::\nPyH:char:default::\n", "int PyH(char arg1);");
    expect_refcounts("PyI:PyCodeObject*::+1:\n", "typedef struct { PyObject ob_base; } PyCodeObject;");
}

static void a_line_that_is_none_is_named(void **state)
{
    (void)state;
    imported got = import_refcounts("PyA:int:::\n\nno colons here\n");
    assert_int_equal(got.status, -1);
    assert_non_null(strstr(got.error, ":3: not a line of refcounts.dat"));
    free(got.text);
    free(got.error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_new_or_borrowed_by_their_transfer),
        cmocka_unit_test(strings_arrays_and_lists_are_memory_and_no_references),
        cmocka_unit_test(arguments_are_stolen_kept_or_filled),
        cmocka_unit_test(what_throws_has_an_error_behind_its_parameters),
        cmocka_unit_test(counting_functions_do_what_their_names_say),
        cmocka_unit_test(what_a_constructor_floats_is_left_unsaid),
        cmocka_unit_test(awkward_names_still_make_c),
        cmocka_unit_test(a_file_that_is_none_is_named_with_the_cause),
        cmocka_unit_test(effects_of_results_become_annotations),
        cmocka_unit_test(odd_lines_of_the_data_are_understood),
        cmocka_unit_test(a_line_that_is_none_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
