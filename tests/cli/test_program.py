# SPDX-License-Identifier: MIT
"""The program as a whole: what a function does is known in other units, and only what changed is analysed again."""
import itertools
import json
import os

import cli

HEADER = """#include <Python.h>
PyObject *fresh(void);
PyObject *peek(PyObject *list);
int put(PyObject *list, PyObject *item);
void drop(PyObject *item);
PyObject *even(int n);
PyObject *odd(int n);
PyObject *through(int n);
"""
HELPER = """#include "helper.h"
static PyObject *made(void) { return PyLong_FromLong(3); }
PyObject *fresh(void) { return made(); }
PyObject *peek(PyObject *list) { return PyList_GetItem(list, 0); }
int put(PyObject *list, PyObject *item) { return PyList_SetItem(list, 0, item); }
void drop(PyObject *item) { Py_DECREF(item); }
PyObject *even(int n) { return n == 0 ? PyLong_FromLong(0) : odd(n - 1); }
"""
MIDDLE = """#include "helper.h"
static PyObject *made(void) { return PyList_New(0); }
PyObject *odd(int n) { return n == 1 ? made() : even(n - 1); }
PyObject *through(int n) { return n ? fresh() : odd(3); }
"""
USER = """#include "helper.h"
#define CHECK(x) if (!(x)) return NULL
PyObject *leaks(void) { PyObject *x = fresh(); CHECK(x); Py_RETURN_NONE; }
PyObject *leaks_far(int n) { PyObject *x = through(n); CHECK(x); Py_RETURN_NONE; }
PyObject *over(PyObject *l) { PyObject *x = peek(l); CHECK(x); Py_DECREF(x); Py_RETURN_NONE; }
PyObject *stolen(PyObject *l) {
    PyObject *x = PyLong_FromLong(4); CHECK(x);
    if (put(l, x) < 0) { Py_DECREF(x); return NULL; }
    Py_RETURN_NONE;
}
PyObject *twice(void) { PyObject *x = PyLong_FromLong(4); CHECK(x); drop(x); Py_DECREF(x); Py_RETURN_NONE; }
PyObject *good(PyObject *l) {
    PyObject *x = fresh(); CHECK(x);
    PyObject *y = peek(l);
    if (!y) { drop(x); return NULL; }
    Py_INCREF(y);
    if (put(l, x) < 0) { drop(y); return NULL; }
    return y;
}
"""
DEFECTS = [("leak", "leaks"), ("leak", "leaks_far"), ("over-release", "over"), ("over-release", "stolen"),
           ("over-release", "twice")]


class Program(cli.Case):
    def setUp(self):
        super().setUp()
        for name, text in (("helper.h", HEADER), ("helper.c", HELPER), ("middle.c", MIDDLE), ("user.c", USER)):
            self.write(name, text)
        self.flags = ["--", *cli.python_flags()]

    def lint(self, *files, db="x.db", status=1, jobs="2"):
        return self.expect(status, "lint", "-j", jobs, "--db", db, *files, *self.flags).stdout

    def open(self, db="x.db"):
        return self.sql("SELECT check_id, function FROM v_open ORDER BY 2, 1", db)

    def test_defects_show_across_units(self):
        self.lint("helper.c", "middle.c", "user.c")
        self.assertEqual(self.open(), DEFECTS)
        self.recount("lint", "--db", "alone.db", "user.c", *self.flags)
        self.assertNotIn(("over-release", "over"), self.open("alone.db"))

    def test_order_and_jobs_do_not_matter(self):
        seen = set()
        for i, order in enumerate(itertools.permutations(["helper.c", "middle.c", "user.c"])):
            for jobs in ("1", "3"):
                seen.add(self.lint(*order, db="p%d%s.db" % (i, jobs), jobs=jobs))
        self.assertEqual(len(seen), 1, "\n====\n".join(seen))

    def test_nothing_changed_nothing_parsed(self):
        first = self.lint("helper.c", "middle.c", "user.c")
        counts = {t: self.sql("SELECT count(*) FROM %s JOIN file ON file.id = file_id" % t, "x.db")[0][0]
                  for t in ("function", "finding")}
        captures = self.sql("SELECT path, rowid FROM _capture", "x.db")
        self.assertEqual(self.lint("user.c", "helper.c", "middle.c"), first)
        for t, n in counts.items():
            self.assertEqual(self.sql("SELECT count(*) FROM %s JOIN file ON file.id = file_id" % t, "x.db"), [(2 * n,)])
        self.assertEqual(set(self.sql("SELECT state FROM v_open", "x.db")), {("unchanged",)})
        self.assertEqual(self.sql("SELECT count(*) FROM v_new", "x.db"), [(0,)])
        self.assertEqual(captures, self.sql("SELECT path, rowid FROM _capture", "x.db"))

    def change(self, name, old, new):
        text = self.read(name)
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def check_change(self, files, changed):
        """A changed file's result is that of a new database; units that nothing touches keep their captures."""
        before = self.sql("SELECT path, rowid FROM _capture", "x.db")
        again = self.lint(*files)
        self.assertEqual(again, self.lint(*files, db="y.db"))
        after = self.sql("SELECT path, rowid FROM _capture", "x.db")
        self.assertEqual({path for path, _ in set(after) - set(before)}, changed)

    def test_a_changed_body_reaches_its_callers(self):
        files = ["helper.c", "middle.c", "user.c"]
        self.lint(*files)
        self.change("helper.c", "Py_DECREF(item);", "(void)item;")
        self.check_change(files, {"helper.c", "middle.c", "user.c"})  # they share a cycle, and user.c calls drop
        self.assertNotIn(("over-release", "twice"), self.open())
        self.assertIn(("leak", "good"), [(c.replace("-on-error", ""), f) for c, f in self.open()])

    def test_a_change_that_no_caller_sees(self):
        files = ["helper.c", "user.c"]
        self.lint(*files)
        self.change("helper.c", "PyLong_FromLong(3)", "PyLong_FromLong(3 + 1)")
        self.check_change(files, {"helper.c"})

    def test_a_header_reaches_its_units(self):
        self.write("other.c", cli.LEAKY)
        files = ["helper.c", "user.c", "other.c"]
        self.lint(*files)
        self.change("helper.h", "int put", "extern int put")
        self.check_change(files, {"helper.c", "user.c"})

    def test_settings_are_part_of_the_key(self):
        self.lint("helper.c", "user.c")
        self.expect(0, "lint", "--db", "x.db", "--no-check", "leak,over-release", "helper.c", "user.c", *self.flags)
        self.assertEqual(self.lint("helper.c", "user.c"), self.lint("helper.c", "user.c", db="y.db"))

    def test_a_name_of_two_programs_is_nobodys(self):
        self.write("rival.c", HELPER.replace("Py_DECREF(item);", "(void)item;"))
        self.lint("helper.c", "rival.c", "user.c")
        self.assertNotIn(("over-release", "twice"), self.open())
        self.assertNotIn(("over-release", "over"), self.open())

    def test_a_broken_unit_is_told_again(self):
        self.write("broken.c", "int f( { return }\n")
        for _ in range(2):
            r = self.expect(3, "lint", "--db", "x.db", "broken.c", "helper.c", *self.flags)
            self.assertIn("broken.c", r.stderr)

    def test_a_broken_function_is_told_again(self):
        """Its unit is kept like any other: the same is said and found, in the same order, and nothing is parsed."""
        self.write("broken.c", HEADER + "int broken(void) { return nothing; }\n" + cli.LEAKY.split("\n", 1)[1])
        self.write("a.c", cli.PLAIN + "int wrong(void) { return wrong_name; }\n")
        files = ["helper.c", "user.c", "broken.c", "a.c"]
        first, second = (self.expect(3, "lint", "--db", "x.db", *files, *self.flags) for _ in range(2))
        self.assertEqual((first.stdout, first.stderr), (second.stdout, second.stderr))
        self.assertEqual(["a.c:" in line for line in first.stderr.splitlines()], [True, False])
        self.assertEqual(len(self.sql("SELECT path FROM _capture", "x.db")), 4)
        self.assertEqual(self.sql("SELECT errors FROM run", "x.db"), [(2,), (2,)])
        before = self.sql("SELECT path, rowid FROM _capture", "x.db")
        self.change("user.c", "*leaks(void)", "*leaking(void)")
        again = self.expect(3, "lint", "--db", "x.db", *files, *self.flags)
        fresh = self.expect(3, "lint", "--db", "y.db", *files, *self.flags)
        self.assertEqual((again.stdout, again.stderr), (fresh.stdout, fresh.stderr))
        after = self.sql("SELECT path, rowid FROM _capture", "x.db")
        self.assertEqual({path for path, _ in set(after) - set(before)}, {"user.c"})

    def test_a_header_that_comes_is_found(self):
        self.write("needs.c", '#include "made.h"\n' + USER)
        self.assertIn("made.h", self.expect(3, "lint", "--db", "x.db", "needs.c", *self.flags).stderr)
        self.write("made.h", "")
        self.recount("lint", "--db", "x.db", "needs.c", *self.flags)
        self.assertEqual(self.lint("needs.c"), self.lint("needs.c", db="y.db"))

    def test_a_flag_changes_what_a_file_is(self):
        """The file as it was compiled earlier is no part of the program any more."""
        self.write("helper.c", HELPER.replace("void drop", "#ifdef KEEPS\nvoid drop(PyObject *item) { (void)item; }\n"
                                              "#else\nvoid drop").replace("(item); }\n", "(item); }\n#endif\n", 1))
        files = ["helper.c", "user.c"]
        self.lint(*files)
        self.assertIn(("over-release", "twice"), self.open())
        for flags in (["-DKEEPS"], [], ["-DKEEPS"]):
            again, fresh = (self.expect(1, "lint", "--db", db, *files, *self.flags, *flags) for db in ("x.db", "y%d.db" % len(flags)))
            self.assertEqual(again.stdout, fresh.stdout)
            self.assertEqual(("over-release", "twice") in self.open(), not flags)
        self.assertEqual(self.sql("SELECT count(*) FROM _capture", "x.db"), [(2,)])

    def test_a_file_goes(self):
        self.project("helper.c", "middle.c", "user.c")
        self.expect(1, "lint", "--db", "x.db")
        os.remove(self.path("helper.c"))
        self.project("middle.c", "user.c")
        self.assertEqual(self.recount("lint", "--db", "x.db").stdout, self.recount("lint", "--db", "y.db").stdout)
        self.assertEqual(self.open(), self.open("y.db"))

    def test_the_project_is_what_it_names(self):
        """What was known of a file that is there, and in compile_commands.json no more, is not used."""
        self.project("helper.c", "user.c")
        self.expect(1, "lint", "--db", "x.db")
        self.project("user.c")
        self.assertEqual(self.recount("lint", "--db", "x.db").stdout, self.recount("lint", "--db", "y.db").stdout)

    def project(self, *files):
        self.write("compile_commands.json", json.dumps(
            [{"directory": self.folder, "file": f, "arguments": ["cc", *self.flags[1:], "-c", f]} for f in files]))

    def test_a_unit_seen_earlier_is_known(self):
        self.lint("helper.c", "middle.c", status=0)
        self.lint("user.c")
        self.assertEqual(self.open(), DEFECTS)


if __name__ == "__main__":
    cli.main()
