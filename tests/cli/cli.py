# SPDX-License-Identifier: MIT
"""What the tests of the command line share: a fresh folder a test, the program, and its database."""
import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

RECOUNT = os.environ.get("RECOUNT", "recount")

CLEAN = """#include <Python.h>
PyObject *make(int n)
{
    PyObject *list = PyList_New(n);
    if (!list)
        return NULL;
    PyObject *item = PyLong_FromLong(n);
    if (!item) {
        Py_DECREF(list);
        return NULL;
    }
    PyList_SetItem(list, 0, item);
    return list;
}
"""
LEAKY = CLEAN.replace("        Py_DECREF(list);\n", "")
PLAIN = "int add(int a, int b)\n{\n    return a + b;\n}\n"


def python_flags():
    out = subprocess.run(["/usr/bin/python3-config", "--includes"], stdout=subprocess.PIPE, text=True)
    return sorted(set(out.stdout.split()))


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="recount-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        return name

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read().decode(errors="replace")

    def run_program(self, argv, env=None, stdin=None, cwd=None, timeout=120):
        environment = dict(os.environ, **(env or {}))
        return subprocess.run(argv, cwd=cwd or self.folder, env=environment, input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, errors="replace", timeout=timeout)

    def recount(self, *args, **kw):
        return self.run_program([RECOUNT, *args], **kw)

    def expect(self, status, *args, **kw):
        """Runs recount, which must end with `status`; what it printed comes along when it does not."""
        r = self.recount(*args, **kw)
        self.assertEqual(r.returncode, status, "recount %s\nstdout: %s\nstderr: %s" % (" ".join(args), r.stdout, r.stderr))
        return r

    def one_line(self, r, *parts):
        """Standard error is one line that holds each part."""
        self.assertEqual(len(r.stderr.splitlines()), 1, r.stderr)
        for part in parts:
            self.assertIn(part, r.stderr)

    def sql(self, text, db=".recount/findings.db"):
        with contextlib.closing(sqlite3.connect(self.path(db))) as c:
            return c.execute(text).fetchall()

    def sql_write(self, text, db=".recount/findings.db"):
        with contextlib.closing(sqlite3.connect(self.path(db))) as c, c:
            c.execute(text)

    def files(self):
        return sorted(os.path.relpath(os.path.join(root, f), self.folder)
                      for root, _, names in os.walk(self.folder) for f in names)


def main():
    unittest.main(module="__main__", argv=sys.argv)
