# SPDX-License-Identifier: MIT
"""recount contracts: the importers' output is a contract that the linter reads, and check finds what disagrees."""
import glob
import os
import shutil
import unittest

import cli

HEADER = """typedef struct Box Box;
Box *box_new(int n);
int box_put(Box *box, Box *inner, long at);
void box_drop(Box *box);
#define box_first(b) box_at((b), 0)
"""
CONTRACT = """#include <recount_annotations.h>
typedef struct Box Box;
RC_OBJECT_TYPE(Box, box_keep, box_drop);
RC_DESCRIBES("box.h");
RC_RETURNS_NEW RC_NULLABLE Box *box_new(int n);
int box_put(Box *box, RC_STEALS Box *inner, long at);
void box_drop(RC_RELEASES Box *box);
RC_RETURNS_BORROWED_FROM(b) Box *box_first(Box *b);
"""
REFCOUNTS = """# of two functions
Zoo_Make:PyObject*::+1:
Zoo_Make:int:n::

Zoo_Show:int:::
Zoo_Show:PyObject*:o:0:
"""
USE = """#include <Python.h>
PyObject *Zoo_Make(int n);
int Zoo_Show(PyObject *o);
int %s(void)
{
    PyObject *o = Zoo_Make(1);
    if (!o)
        return -1;
    int shown = Zoo_Show(o);
    %s
    return shown;
}
"""


class Check(cli.Case):
    def setUp(self):
        super().setUp()
        self.write("box.h", HEADER)

    def check(self, status, text, *flags):
        self.write("pack.h", text)
        return self.expect(status, "contracts", "check", "pack.h", "--", *(flags or ["-I."])).stdout

    def finds(self, old, new, message):
        self.assertIn(old, CONTRACT)
        lines = self.check(1, CONTRACT.replace(old, new)).splitlines()
        self.assertEqual(len(lines), 1, lines)
        self.assertIn(message, lines[0])
        self.assertIn("[contract-mismatch]", lines[0])

    def test_agreement_is_silent(self):
        self.assertEqual(self.check(0, CONTRACT), "")
        self.assertEqual(self.check(0, CONTRACT.replace('RC_DESCRIBES("box.h");\n', ""), "-include", "box.h"), "")

    def test_prototypes(self):
        self.finds("box_new(int n)", "box_new(int n, int m)", "box_new: the header has 1 parameters, the contract 2")
        self.finds("RC_NULLABLE Box *box_new(int n)", "RC_NULLABLE Box **box_new(int n)", "box_new: returns")
        self.finds("inner, long at", "inner, char at", "box_put: parameter 3 is 'long' in the header and 'char'")
        self.finds("void box_drop", "void box_lose", "box_lose: the header has no such function")

    def test_annotations(self):
        self.finds("RC_RETURNS_NEW RC_NULLABLE", "RC_RETURNS_NEW RC_RETURNS_BORROWED", "contradicts")
        self.finds("RC_STEALS Box", "RC_STEALS RC_RELEASES Box", "parameter 'inner': ")
        self.finds("RC_STEALS Box *inner, long", "Box *inner, RC_STEALS long", "'steals' is said of no pointer")
        self.finds("RC_RETURNS_BORROWED_FROM(b)", "RC_RETURNS_BORROWED_FROM(c)", "it has no parameter 'c'")
        self.finds("void box_drop(RC_RELEASES", "RC_RETURNS_NEW void box_drop(RC_RELEASES", "'returns_new' is said of no pointer")
        self.finds("RC_RELEASES Box", '__attribute__((annotate("rc:relases"))) Box', "there is no annotation 'relases'")

    def test_no_header(self):
        self.write("pack.h", CONTRACT.replace('RC_DESCRIBES("box.h");\n', ""))
        self.one_line(self.expect(3, "contracts", "check", "pack.h", "--"), "pack.h", "describes no header")
        self.write("pack.h", CONTRACT)
        self.one_line(self.expect(3, "contracts", "check", "pack.h", "--", "-include", "gone.h"), "gone.h")

    def test_cpython_pack(self):
        flags = cli.python_flags()
        version = glob.glob("/usr/include/python3.*/patchlevel.h")
        if not flags or not version:
            self.skipTest("no Python headers")
        with open(version[0]) as f:
            numbers = dict(line.split()[1:3] for line in f if line.startswith("#define PY_M") and len(line.split()) > 2)
        hexed = int(numbers["PY_MAJOR_VERSION"]) << 24 | int(numbers["PY_MINOR_VERSION"]) << 16
        pack = os.path.join(os.path.dirname(__file__), "../../rules/contracts/cpython.h")
        r = self.expect(0, "contracts", "check", pack, "--", "-DPY_SSIZE_T_CLEAN", "-DPY_VERSION_HEX=%d" % hexed, *flags)
        self.assertEqual(r.stdout, "")


class Packs(cli.Case):
    """The shipped packs are C that every compiler takes, and say nothing that contradicts itself."""

    def setUp(self):
        super().setUp()
        self.root = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
        self.packs = sorted(glob.glob(self.root + "/rules/contracts/*.h"))
        self.include = "-I%s/runtime/include" % self.root

    def test_compilers_take_them(self):
        self.assertGreaterEqual(len(self.packs), 5)
        for compiler in filter(shutil.which, ("gcc", "clang")):
            for pack in self.packs:
                for version in ([], ["-DPY_VERSION_HEX=0x03080000"], ["-DPY_VERSION_HEX=0x030E0000"]):
                    r = self.run_program([compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", self.include,
                                          *version, "-x", "c", pack])
                    self.assertEqual((r.returncode, r.stderr), (0, ""), pack)

    def test_own_runtime(self):
        pack = self.root + "/rules/contracts/recount.h"
        self.assertEqual(self.expect(0, "contracts", "check", pack, "--", self.include).stdout, "")

    def test_glib(self):
        flags = self.run_program(["sh", "-c", "pkg-config --cflags gio-2.0 2>/dev/null"]).stdout.split()
        if not flags:
            self.skipTest("no GLib headers")
        pack = self.root + "/rules/contracts/glib.h"
        self.assertEqual(self.expect(0, "contracts", "check", pack, "--", *flags).stdout, "")


class Infer(cli.Case):
    def test_summaries_become_a_header(self):
        self.write("make.c", """#include <Python.h>
PyObject *make(int n) { return PyLong_FromLong(n); }
int take(PyObject *o, PyObject *list)
{
    int status = PyList_Append(list, o);
    Py_DECREF(o);
    return status;
}
""")
        self.expect(0, "lint", "make.c", "--", *cli.python_flags())
        text = self.expect(0, "contracts", "infer", ".recount/findings.db").stdout
        self.assertIn("RC_RETURNS_NEW RC_NULLABLE void *make(void);", text)
        self.assertIn("int take(RC_STEALS void *arg0, void *arg1);", text)
        self.one_line(self.expect(3, "contracts", "infer", "gone.db"), "gone.db")


class Import(cli.Case):
    def lint(self, name, body):
        self.write("use.c", USE % (name, body))
        return self.recount("lint", "use.c", "--contracts", "zoo.h", "--", *cli.python_flags())

    def test_refcounts_are_a_contract(self):
        self.write("zoo.dat", REFCOUNTS)
        self.expect(0, "contracts", "import-refcounts", "zoo.dat", "-o", "zoo.h")
        self.assertIn("[leak]", self.lint("leaky", "").stdout)
        self.assertEqual(self.lint("sound", "Py_DECREF(o);").stdout, "")

    def test_installed_introspection_files(self):
        path = "/usr/share/gir-1.0/GObject-2.0.gir"
        if not os.path.exists(path) or not shutil.which("pkg-config"):
            self.skipTest("no GObject-2.0.gir")
        self.expect(0, "contracts", "import-gir", path, "-o", "gobject.h")
        text = self.read("gobject.h")
        self.assertIn("void g_object_unref(RC_RELEASES gpointer object);", text)
        self.assertIn("RC_RETURNS_ARG(object) gpointer g_object_ref(RC_RETAINS gpointer object);", text)
        flags = self.run_program(["pkg-config", "--cflags", "gobject-2.0"]).stdout.split()
        self.assertEqual(self.expect(0, "contracts", "check", "gobject.h", "--", *flags).stdout, "")

    def test_bad_input(self):
        self.write("bad.gir", "<repository>")
        self.one_line(self.expect(3, "contracts", "import-gir", "bad.gir", "-o", "out.h"), "bad.gir:1:")
        self.write("bad.dat", "nonsense\n")
        self.one_line(self.expect(3, "contracts", "import-refcounts", "bad.dat", "-o", "out.h"), "bad.dat:1:")
        self.assertNotIn("out.h", self.files())
        for arguments in (["import-gir"], ["check"], ["export"], []):
            self.one_line(self.expect(2, "contracts", *arguments), "contracts")


if __name__ == "__main__":
    unittest.main()
