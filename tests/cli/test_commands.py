# SPDX-License-Identifier: MIT
"""The commands on good input: what they print, what they record, and their exit statuses."""
import csv
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
import xml.dom.minidom

import cli


class Lint(cli.Case):
    def setUp(self):
        super().setUp()
        self.flags = ["--", *cli.python_flags()]
        self.write("leaky.c", cli.LEAKY)
        self.write("clean.c", cli.CLEAN)

    def test_finds_and_records(self):
        r = self.expect(1, "lint", "leaky.c", "clean.c", *self.flags)
        first = r.stdout.splitlines()[0]
        self.assertRegex(first, r"^leaky\.c:9:\d+: warning: .* \[leak-on-error\]$")
        self.assertTrue(all(re.match(r"^leaky\.c:\d+:\d+: note: ", line) for line in r.stdout.splitlines()[1:]))
        self.assertEqual(r.stderr, "")
        self.assertEqual(self.sql("SELECT path, check_id, function, state FROM v_open"),
                         [("leaky.c", "leak-on-error", "make", "new")])
        self.assertEqual(self.sql("SELECT count(*) FROM run WHERE mode = 'lint' AND files = 2 AND errors = 0"), [(1,)])

    def test_clean_is_silent(self):
        r = self.expect(0, "lint", "clean.c", *self.flags)
        self.assertEqual((r.stdout, r.stderr), ("", ""))

    def test_any_number_of_processes_says_the_same(self):
        for i in range(6):
            self.write("f%d.c" % i, cli.LEAKY.replace("make", "make%d" % i))
        names = ["f%d.c" % i for i in range(6)] + ["none.c"]
        outs = []
        for jobs in ("1", "2", "7"):
            r = self.expect(3, "lint", "-j", jobs, "--db", jobs + ".db", *names, *self.flags)
            outs.append((r.stdout, r.stderr, self.sql(
                "SELECT path, line, check_id, fingerprint FROM v_open ORDER BY 1, 2", jobs + ".db")))
        self.assertEqual(outs[0], outs[1])
        self.assertEqual(outs[0], outs[2])
        self.assertEqual(len(outs[0][2]), 6)

    def test_fail_on_and_checks(self):
        self.expect(0, "lint", "--fail-on", "error", "leaky.c", *self.flags)
        self.expect(0, "lint", "--fail-on", "never", "leaky.c", *self.flags)
        self.expect(0, "lint", "--no-check", "leak,leak-on-error", "leaky.c", *self.flags)
        self.expect(1, "lint", "--check", "leak-on-error", "leaky.c", *self.flags)
        self.expect(0, "lint", "--check", "over-release", "leaky.c", *self.flags)

    def test_confidence(self):
        self.write("up.c", """#include <Python.h>
static struct PyModuleDef up = {PyModuleDef_HEAD_INIT, "up", NULL, -1, NULL, NULL, NULL, NULL, NULL};
PyObject *comes_up(void)
{
    PyObject *m = PyModule_Create(&up);
    if (m == NULL) return NULL;
    if (PyErr_CheckSignals() < 0) return NULL;
    return m;
}
""")
        self.expect(0, "lint", "up.c", *self.flags)
        self.assertEqual(self.sql("SELECT count(*) FROM v_open"), [(0,)])
        self.expect(1, "lint", "--confidence", "low", "up.c", *self.flags)
        self.assertEqual(self.sql("SELECT check_id, confidence FROM v_open"), [("leak-on-error", "low")])
        self.expect(0, "lint", "up.c", *self.flags)
        self.expect(0, "lint", "--confidence", "high", "clean.c", *self.flags)
        self.one_line(self.expect(2, "lint", "--confidence", "some", "up.c", *self.flags), "low, medium or high")

    def test_units_that_disagree_about_a_class(self):
        unit = "#include <recount.h>\ntypedef struct N N;\nstruct RC_CLASS N { RC_HEAD; int id; };\n"
        self.write("a.c", unit)
        self.write("b.c", unit)
        self.write("c.c", unit.replace("int id", "long id"))
        self.write("n.h", "#include <recount.h>\nstruct RC_CLASS M { RC_HEAD; INT id; };\n")
        self.write("d.c", '#define INT int\n#include "n.h"\n')
        self.write("e.c", '#define INT long\n#include "n.h"\n')
        self.expect(0, "lint", "a.c", "b.c", "d.c")
        r = self.expect(1, "lint", "c.c", "a.c", "b.c", "e.c", "d.c")
        lines = r.stdout.splitlines()
        self.assertEqual(len(lines), 2, r.stdout)
        self.assertRegex(lines[0], r"^c\.c:3:1: warning: class 'N' has other fields here than at a\.c:3 \[class-mismatch\]$")
        self.assertRegex(lines[1], r"^n\.h:2:1: warning: class 'M' .* in the same place \[class-mismatch\]$")

    def test_severities_are_the_pages(self):
        self.write("list.c", "#include <recount.h>\ntypedef struct N N;\nstruct RC_CLASS N { RC_HEAD; N *next; };\n")
        r = self.expect(1, "lint", "list.c")
        self.assertRegex(r.stdout, r"(?m)^list\.c:3:\d+: warning: .* \[cycle-possible\]$")
        self.write("recount.ini", "[checks]\ncycle-possible = note\n")
        self.assertIn("note: ", self.expect(0, "lint", "list.c").stdout)
        self.expect(1, "lint", "--fail-on", "note", "list.c")
        self.write("recount.ini", "[checks]\ncycle-possible = error\n")
        self.assertIn("error: ", self.expect(1, "lint", "list.c").stdout)
        self.write("recount.ini", "[checks]\ncycle-possible = off\n")
        self.assertEqual(self.expect(0, "lint", "list.c").stdout, "")

    def test_config(self):
        self.write("recount.ini", "[recount]\ndb = state/r.db\n[checks]\nleak-on-error = error\n")
        os.mkdir(self.path("state"))
        os.mkdir(self.path("below"))
        self.expect(1, "lint", "--fail-on", "error", "../leaky.c", *self.flags, cwd=self.path("below"))
        self.assertEqual(self.sql("SELECT path, severity FROM v_open", "state/r.db"), [("leaky.c", "error")])

    def test_suppressions(self):
        self.write("leaky.c", cli.LEAKY.replace("    if (!item) {\n        return NULL;",
                                                "    if (!item) {\n        return NULL; // recount: ignore[leak-on-error] known"))
        self.expect(0, "lint", "leaky.c", *self.flags)
        self.assertEqual(self.sql("SELECT reason FROM suppression"), [("known",)])
        self.write("clean.c", cli.CLEAN.replace("return list;", "return list; /* recount: ignore[leak] nothing here */"))
        r = self.expect(1, "lint", "clean.c", *self.flags)
        self.assertIn("[unused-suppression]", r.stdout)
        self.write("leaky.c", cli.LEAKY)
        self.write("recount.ini", "[suppress.path]\nleak*.c = generated\n")
        self.expect(0, "lint", "leaky.c", *self.flags)
        self.write("recount.ini", "[suppress.check]\nleak-on-error = another day\n")
        self.expect(0, "lint", "leaky.c", *self.flags)

    def test_new_only_and_baseline(self):
        self.expect(1, "lint", "leaky.c", *self.flags)
        self.expect(0, "lint", "--new-only", "leaky.c", *self.flags)
        self.assertIn("1 finding accepted", self.expect(0, "baseline", "start").stdout)
        self.write("leaky.c", "/* moved */\n" + cli.LEAKY + cli.LEAKY.replace("make", "other"))
        r = self.expect(1, "lint", "--new-only", "leaky.c", *self.flags)
        self.assertEqual(len([line for line in r.stdout.splitlines() if "warning" in line]), 1)
        self.expect(0, "baseline", "--clear")
        self.expect(1, "lint", "--db", "b.db", "leaky.c", *self.flags)
        self.expect(0, "lint", "--baseline", "b.db", "leaky.c", *self.flags)
        self.one_line(self.expect(3, "lint", "--baseline", "none.db", "leaky.c", *self.flags), "none.db")

    def test_own_checks(self):
        self.write("own/long-name.sql", "SELECT path, function.line AS line, name AS function, 'name of ' || length(name)"
                                        " AS message FROM function JOIN file ON file.id = file_id\n")
        r = self.expect(1, "lint", "--checks", "own", "clean.c", *self.flags)
        self.assertIn("clean.c:2:1: warning: name of 4 [long-name]", r.stdout)
        self.write("own/long-name.sql", "DELETE FROM function")
        self.one_line(self.expect(2, "lint", "--checks", "own", "clean.c", *self.flags), "own/long-name.sql", "refused")

    def test_killed_run_leaves_the_last_whole(self):
        self.expect(1, "lint", "leaky.c", *self.flags)
        before = self.sql("SELECT * FROM finding")
        os.mkdir(self.path("tmp"))
        many = ["many%d.c" % i for i in range(400)]
        for name in many:
            self.write(name, cli.LEAKY)
        p = subprocess.Popen([cli.RECOUNT, "lint", *many, *self.flags], cwd=self.folder,
                             env=dict(os.environ, TMPDIR=self.path("tmp")), stdout=subprocess.DEVNULL)
        while not os.listdir(self.path("tmp")):
            self.assertIsNone(p.poll())
        time.sleep(0.3)
        p.terminate()
        self.assertEqual(p.wait(timeout=60), 128 + signal.SIGTERM)
        self.assertEqual(os.listdir(self.path("tmp")), [])
        self.assertEqual(self.sql("SELECT count(*) FROM run"), [(1,)])
        self.assertEqual(self.sql("SELECT * FROM finding WHERE run_id IN (SELECT id FROM run WHERE finished IS NOT NULL"
                                  " ORDER BY started LIMIT 1)"), before)
        self.assertEqual(self.sql("PRAGMA integrity_check"), [("ok",)])


class Reports(cli.Case):
    def setUp(self):
        super().setUp()
        self.write("dir with blank/leaky.c", cli.LEAKY)
        self.expect(1, "lint", "dir with blank/leaky.c", "--", *cli.python_flags())

    def report(self, name):
        out = self.expect(0, "report", "--format", name).stdout
        self.expect(0, "report", "--format", name, "-o", "out")
        self.assertEqual(self.read("out"), out)
        return out

    def test_json(self):
        data = json.loads(self.report("json"))
        f, = data["findings"]
        self.assertEqual((f["check_id"], f["path"], f["line"]), ("leak-on-error", "dir with blank/leaky.c", 9))
        self.assertTrue(f["steps"])

    def test_sarif(self):
        run, = json.loads(self.report("sarif"))["runs"]
        result, = run["results"]
        place = result["locations"][0]["physicalLocation"]
        self.assertEqual(place["artifactLocation"], {"uri": "dir%20with%20blank/leaky.c", "uriBaseId": "SRCROOT"})
        self.assertEqual(place["region"]["startLine"], 9)
        self.assertTrue(result["codeFlows"][0]["threadFlows"][0]["locations"][0]["location"]["message"]["text"])
        self.assertEqual(run["tool"]["driver"]["rules"], [{"id": "leak-on-error"}])

    def test_junit(self):
        suite = xml.dom.minidom.parseString(self.report("junit")).getElementsByTagName("testsuite")[0]
        self.assertEqual(suite.getAttribute("failures"), "1")

    def test_codequality(self):
        issue, = json.loads(self.report("codequality"))
        self.assertEqual(issue["location"], {"path": "dir with blank/leaky.c", "lines": {"begin": 9}})

    def test_github(self):
        self.assertRegex(self.report("github"), r"^::warning file=dir with blank/leaky.c,line=9,col=\d+,title=leak-on-error::")

    def test_html(self):
        self.assertIn("leaky.c:9", self.report("html"))

    def test_text_and_run(self):
        self.assertIn("[leak-on-error]", self.report("text"))
        run, = self.sql("SELECT id FROM run")[0]
        self.assertIn("[leak-on-error]", self.expect(0, "report", "--run", run).stdout)
        self.one_line(self.expect(3, "report", "--run", "0123"), "0123")


class Data(cli.Case):
    def setUp(self):
        super().setUp()
        self.write("a.c", cli.LEAKY)
        self.write("b.c", cli.LEAKY.replace("make", "other"))
        for name in "ab":
            self.expect(1, "lint", "--db", name + ".db", name + ".c", "--", *cli.python_flags())

    def rows(self, db):
        return [self.sql("SELECT * FROM " + t, db) for t in ("run", "file", "function", "finding", "finding_step")]

    def test_merge(self):
        self.expect(0, "merge", "a.db", "b.db", "-o", "ab.db")
        self.expect(0, "merge", "b.db", "a.db", "a.db", "-o", "ba.db")
        self.expect(0, "merge", "ab.db", "ab.db", "-o", "ab.db")
        self.assertEqual(self.rows("ab.db"), self.rows("ba.db"))
        self.assertEqual(self.sql("SELECT count(*) FROM v_open", "ab.db"), [(2,)])
        self.one_line(self.expect(3, "merge", "a.db", "none.db", "-o", "x.db"), "none.db")
        self.assertNotIn("x.db", self.files())

    def test_diff(self):
        r = self.expect(1, "diff", "a.db", "b.db")
        self.assertRegex(r.stdout, r"(?m)^\+ b\.c:9:")
        self.assertRegex(r.stdout, r"(?m)^- a\.c:9:")
        self.expect(0, "diff", "a.db", "a.db")

    def test_query_formats(self):
        sql = "SELECT name, line, NULL AS empty, 'a,\"b\"' AS quoted FROM function"
        self.assertEqual(json.loads(self.expect(0, "query", "--db", "a.db", "--format", "json", sql).stdout),
                         [{"name": "make", "line": 2, "empty": None, "quoted": 'a,"b"'}])
        rows = list(csv.reader(io.StringIO(self.expect(0, "query", "--db", "a.db", "--format", "csv", sql).stdout)))
        self.assertEqual(rows, [["name", "line", "empty", "quoted"], ["make", "2", "", 'a,"b"']])
        self.assertIn("make", self.expect(0, "query", "--db", "a.db", sql).stdout)

    def test_named_queries_all_run(self):
        names = [line.split()[0] for line in self.expect(0, "query", "--list").stdout.splitlines()]
        self.assertGreater(len(names), 8)
        for name in names:
            with self.subTest(name):
                self.expect(0, "query", "--db", "a.db", name)

    def test_export(self):
        self.expect(0, "export", "--db", "a.db", "--csv", "out")
        with open(self.path("out/finding.csv"), newline="") as f:
            rows = list(csv.DictReader(f))
        self.assertEqual([r["check_id"] for r in rows], ["leak-on-error"])
        self.expect(0, "export", "--db", "a.db", "--postgres", "out.sql")
        self.assertIn('COPY "finding" FROM stdin;', self.read("out.sql"))
        self.one_line(self.expect(2, "export", "--db", "a.db", "--parquet", "p"), "export-parquet")

    def test_text_shell_reads_it(self):
        c = sqlite3.connect(self.path("a.db"))
        for view in ("v_open", "v_new", "v_fixed", "v_cycle_seen", "v_hot"):
            c.execute("SELECT * FROM " + view).fetchall()
        c.close()


class Help(cli.Case):
    def test_pages(self):
        self.assertIn("lint", self.expect(0, "help").stdout)
        names = re.findall(r"^  (\w+) ", self.expect(0, "help").stdout, re.M)
        for name in names:
            self.assertIn("usage: recount " + name, self.expect(0, "help", name).stdout)
            if name != "cc":
                self.assertIn("usage: recount " + name, self.expect(0, name, "--help").stdout)
            self.assertIn(".SH SYNOPSIS", self.expect(0, "help", "--man", name).stdout)
        self.assertRegex(self.expect(0, "--version").stdout, r"^recount \d+\.\d+\.\d+ ")
        script = self.expect(0, "help", "--completion").stdout
        self.assertEqual(self.run_program(["bash", "-n"], stdin=script).returncode, 0)

    def test_checks(self):
        ids = [line.split()[0] for line in self.expect(0, "checks").stdout.splitlines()]
        self.assertIn("leak", ids)
        for check in ids:
            self.assertIn(check, self.expect(0, "explain", check).stdout)


class Rewrite(cli.Case):
    SOURCE = """#include <recount.h>
typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *next;
};
Node *pair(void)
{
    Node *a = rc_new(Node);
    a->next = rc_new(Node);
    return a;
}
"""

    def test_outputs(self):
        self.write("n.c", self.SOURCE)
        out = self.expect(0, "rewrite", "n.c").stdout
        self.assertIn('#line 1 "n.c"', out)
        self.expect(0, "rewrite", "n.c", "-o", "out.c")
        self.assertEqual(self.read("out.c"), out)
        self.expect(0, "rewrite", "n.c", "--out-dir", "d/e")
        self.assertEqual(self.read("d/e/n.c"), out)
        diff = self.expect(0, "rewrite", "n.c", "--diff").stdout
        self.assertTrue(diff.startswith("--- n.c\n+++ n.c\n@@ "))
        self.write("p/n.c", self.SOURCE)
        patched = self.run_program(["patch", "-p0", "-s"], stdin=diff, cwd=self.path("p"))
        self.assertEqual(patched.returncode, 0, patched.stdout + patched.stderr)
        self.assertEqual(self.read("p/n.c"), out)
        self.assertEqual(self.expect(0, "rewrite", "n.c", "-O1").stdout, out)

    def test_nothing_to_do(self):
        self.write("p.c", cli.PLAIN)
        self.assertEqual(self.expect(0, "rewrite", "p.c").stdout, cli.PLAIN)
        self.assertEqual(self.expect(0, "rewrite", "p.c", "--diff").stdout, "")

    def test_rejected(self):
        self.write("bad.c", self.SOURCE.replace("return a;", "return (Node *)(void *)a + 0 * sizeof(union { Node *n; });")
                   .replace("Node *pair", "union U { Node *n; int i; };\nNode *pair"))
        r = self.expect(1, "rewrite", "bad.c", "-o", "out.c")
        self.assertRegex(r.stderr, r"(?m)^bad\.c:\d+:\d+: error: .* \[arc-[a-z-]+\]$")
        self.assertNotIn("out.c", self.files())

    def test_verify(self):
        self.write("n.c", self.SOURCE)
        self.assertEqual(self.expect(0, "rewrite", "--verify", "n.c", "-o", "out.c").stderr, "")
        self.assertIn("out.c", self.files())
        lost = "RC_MANUAL int lose(void)\n{\n    Node *n = rc_new(Node);\n    return n != NULL;\n}\n"
        self.write("lost.c", self.SOURCE + lost)
        self.expect(0, "rewrite", "lost.c", "-o", "unverified.c")
        r = self.expect(1, "rewrite", "--verify", "lost.c", "-o", "refused.c")
        self.assertRegex(r.stderr, r"(?m)^lost\.c:1[67]:\d+: warning: .* \[leak[a-z-]*\]$")
        self.assertIn("lost.c: the rewritten text did not verify", r.stderr)
        self.assertNotIn("refused.c", self.files())
        self.assertEqual(self.expect(1, "rewrite", "--verify", "lost.c").stdout, "")

    def test_twice_is_refused(self):
        self.write("n.c", self.SOURCE)
        self.expect(0, "rewrite", "n.c", "-o", "out.c")
        self.assertIn("[arc-already-rewritten]", self.expect(1, "rewrite", "out.c", "-o", "again.c").stderr)
        self.assertNotIn("again.c", self.files())


if __name__ == "__main__":
    cli.main()
