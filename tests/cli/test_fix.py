# SPDX-License-Identifier: MIT
"""recount fix: the plain cases are mended, every mend holds when the file is analysed again, and others are left alone."""
import json
import unittest

import cli

HEAD = "#include <Python.h>\n"
# name, text, the line that the mend adds or changes
PLAIN = [
    ("bare", "PyObject *f(PyObject *self, PyObject *o)\n{\n    PyObject *l = PyList_New(0);\n    if (!l) return NULL;\n"
     "    if (PyList_Append(l, o) < 0)\n        return NULL;\n    return l;\n}\n", "        Py_DECREF(l);\n"),
    ("one_line", "PyObject *f(PyObject *self, PyObject *o)\n{\n    PyObject *l = PyList_New(0);\n    if (!l) return NULL;\n"
     "    if (PyList_Append(l, o) < 0) return NULL;\n    return l;\n}\n", "    if (PyList_Append(l, o) < 0) "
     "{ Py_DECREF(l); return NULL; }\n"),
    ("label", "PyObject *f(PyObject *self, PyObject *o)\n{\n    PyObject *r = NULL, *a = PyObject_Str(o);\n"
     "    if (!a) goto done;\n    r = PyObject_Repr(a);\ndone:\n    return r;\n}\n", "    Py_XDECREF(a);\n"),
    ("borrowed", "PyObject *f(PyObject *self, PyObject *o)\n{\n    PyObject *x = PyList_GetItem(o, 0);\n    return x;\n}\n",
     "    Py_XINCREF(x);\n"),
    ("none", "PyObject *f(PyObject *self, PyObject *o)\n{\n    if (PyList_Sort(o) < 0) return NULL;\n"
     "    return Py_None;\n}\n", "    Py_INCREF(Py_None);\n"),
]
# What is returned is read from the object that would be released.
HARD = ("PyObject *f(PyObject *self, PyObject *o)\n{\n    PyObject *l = PyObject_Str(o);\n    if (!l) return NULL;\n"
        "    return PyLong_FromSsize_t(PyUnicode_GetLength(l));\n}\n")
# What is returned points into the object that would be released, which the linter sees when it is.
INNER = ("PyObject *g(PyObject *self, PyObject *o)\n{\n    PyObject *l = PyObject_Str(o);\n    if (!l) return NULL;\n"
         "    const char *s = PyUnicode_AsUTF8(l);\n    if (!s) { Py_DECREF(l); return NULL; }\n"
         "    return PyBytes_FromString(s);\n}\n")


class Fix(cli.Case):
    def lint(self, name, *flags):
        return self.run_program([cli.RECOUNT, "lint", name, "--", *flags] + cli.python_flags())

    def verified(self, db=".recount/findings.db"):
        return self.sql("SELECT finding.function, min(verified) FROM fix JOIN finding ON finding.id = finding_id"
                        " GROUP BY 1 ORDER BY 1", db)

    def test_plain(self):
        for name, text, line in PLAIN:
            with self.subTest(name):
                path = self.write(name + ".c", HEAD + text)
                self.assertEqual(self.lint(path).returncode, 1)
                shown = self.run_program([cli.RECOUNT, "fix", "--diff"]).stdout
                self.assertIn("+" + line, shown)
                self.assertEqual(self.read(path), HEAD + text)
                self.assertEqual(self.run_program([cli.RECOUNT, "fix", "--apply"]).returncode, 0)
                self.assertIn(line, self.read(path))
                self.assertEqual(self.lint(path).returncode, 0, self.read(path))

    def test_recorded(self):
        name, text, line = PLAIN[0]
        path = self.write(name + ".c", HEAD + text)
        self.lint(path)
        self.assertIn(("        " + line.strip() + "\n        ").strip(),
                      "".join(r[0] for r in self.sql("SELECT replacement FROM fix")).strip())
        sarif = json.loads(self.run_program([cli.RECOUNT, "report", "--format", "sarif"]).stdout)
        fixes = [f for r in sarif["runs"][0]["results"] for f in r.get("fixes", [])]
        self.assertTrue(any("Py_DECREF(l);" in json.dumps(f) for f in fixes))

    def test_hard(self):
        path = self.write("hard.c", HEAD + HARD)
        self.assertEqual(self.lint(path).returncode, 1)
        self.assertEqual(self.run_program([cli.RECOUNT, "fix", "--apply"]).returncode, 0)
        self.assertEqual(self.read(path), HEAD + HARD)

    def test_refused(self):
        path = self.write("inner.c", HEAD + PLAIN[0][1] + INNER)
        self.lint(path)
        self.assertEqual(self.verified(), [("f", 0), ("g", 0)])
        r = self.expect(0, "fix")
        self.assertEqual(["inner.c:7:" in line for line in r.stdout.splitlines()], [True], r.stdout)
        self.one_line(r, "inner.c:16:", "refused")
        self.assertEqual(self.verified(), [("f", 1), ("g", 0)])
        self.expect(0, "fix", "-q", "--apply")
        self.assertEqual(self.read(path), HEAD + PLAIN[0][1].replace(
            "< 0)\n        return NULL;", "< 0) {\n        Py_DECREF(l);\n        return NULL;\n    }") + INNER)
        self.assertIn("inner.c: has changed", self.expect(3, "fix").stderr)

    def test_with_the_flags_of_the_lint(self):
        """Each unit of the file is tried as it was compiled, from wherever the fix is called."""
        text = HEAD + "#ifdef SECOND\n#define KEPT(x) take(x)\nvoid take(PyObject *x);\n#endif\n" + PLAIN[0][1]
        path = self.write("sub/unit.c", text.replace("return l;", "\n#ifndef FIRST\n#error no\n#endif\n    return l;"))
        self.lint(path, "-DFIRST")
        self.assertIn("Py_DECREF(l);", self.expect(0, "fix", "--db", self.path(".recount/findings.db"), "--diff",
                                                   cwd=self.path("sub")).stdout)

    def test_with_the_contracts_of_the_lint(self):
        self.write("api.h", "#include <recount_annotations.h>\ntypedef struct _object PyObject;\n"
                   "RC_RETURNS_NEW RC_NULLABLE PyObject *api_make(void);\n")
        self.write("use.c", HEAD + "PyObject *api_make(void);\nint f(void)\n{\n    PyObject *x = api_make();\n"
                   "    if (!x)\n        return -1;\n    return 0;\n}\n")
        self.expect(1, "lint", "--contracts", "api.h", "use.c", "--", *cli.python_flags())
        self.assertIn("+    Py_DECREF(x);", self.expect(0, "fix", "--diff").stdout)

    def test_verdicts_survive_a_merge(self):
        self.lint(self.write("bare.c", HEAD + PLAIN[0][1]))
        with open(self.path(".recount/findings.db"), "rb") as f:
            self.write("before.db", f.read())
        self.expect(0, "fix")
        for i, order in enumerate((["before.db", ".recount/findings.db"], [".recount/findings.db", "before.db"])):
            self.expect(0, "merge", *order, "-o", "m%d.db" % i)
            self.assertEqual(self.verified("m%d.db" % i), [("f", 1)])

    def test_without_the_flags_there_is_no_trial(self):
        path = self.write("bare.c", HEAD + PLAIN[0][1])
        self.lint(path)
        self.sql_write("DELETE FROM _capture")
        self.one_line(self.expect(3, "fix", "--apply"), "bare.c", "lint it again")
        self.assertEqual(self.read(path), HEAD + PLAIN[0][1])


if __name__ == "__main__":
    unittest.main()
