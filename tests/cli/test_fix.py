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


class Fix(cli.Case):
    def lint(self, name):
        return self.run_program([cli.RECOUNT, "lint", name, "--"] + cli.python_flags())

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
        rows = self.run_program([cli.RECOUNT, "query", "--format", "json",
                                 "SELECT replacement, verified FROM fix ORDER BY start_offset"])
        self.assertIn("Py_DECREF(l);", rows.stdout)
        self.assertNotIn('"verified": 0', rows.stdout.replace('"verified":0', '"verified": 0'))
        sarif = json.loads(self.run_program([cli.RECOUNT, "report", "--format", "sarif"]).stdout)
        fixes = [f for r in sarif["runs"][0]["results"] for f in r.get("fixes", [])]
        self.assertTrue(any("Py_DECREF(l);" in json.dumps(f) for f in fixes))

    def test_hard(self):
        path = self.write("hard.c", HEAD + HARD)
        self.assertEqual(self.lint(path).returncode, 1)
        self.assertEqual(self.run_program([cli.RECOUNT, "fix", "--apply"]).returncode, 0)
        self.assertEqual(self.read(path), HEAD + HARD)


if __name__ == "__main__":
    unittest.main()
