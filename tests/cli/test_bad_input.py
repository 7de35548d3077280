# SPDX-License-Identifier: MIT
"""Bad input: one clear line that names the file and the cause, the documented exit status, and nothing half-written."""
import contextlib
import json
import os
import sqlite3
import subprocess

import cli

BAD = {  # name: (bytes, what the line says)
    "empty.c": (b"", "is empty"),
    "nul.c": (b"int a;\nint\0 b;\n", "NUL byte on line 2"),
    "latin.c": (b"int a;\nint b; /* caf\xe9 */\n", "not UTF-8: byte 0xe9 on line 2"),
    "broken.c": (b"int f( { return }\n", "error:"),
}


class Sources(cli.Case):
    def lint_one(self, name, cause):
        self.write("good.c", cli.PLAIN)
        r = self.expect(3, "lint", name, "good.c", "--")
        self.one_line(r, name, cause)
        self.assertEqual(r.stdout, "")
        self.assertEqual(self.sql("SELECT parsed, error IS NULL FROM file WHERE path = '%s'" % name), [(0, 0)])
        self.assertEqual(self.sql("SELECT parsed FROM file WHERE path = 'good.c'"), [(1,)])
        self.assertEqual(self.sql("SELECT count(*) FROM function WHERE name = 'add' AND complete"), [(1,)])
        os.remove(self.path(".recount/findings.db"))

    def rewrite_one(self, name, cause):
        r = self.expect(3, "rewrite", name, "-o", "out.c")
        self.one_line(r, name, cause)
        self.assertEqual(r.stdout, "")
        self.assertNotIn("out.c", self.files())
        os.remove(self.path(".recount/findings.db"))

    def test_bad_bytes(self):
        for name, (text, cause) in BAD.items():
            with self.subTest(name):
                self.write(name, text)
                self.lint_one(name, cause)
                self.rewrite_one(name, cause)

    def test_missing(self):
        self.lint_one("missing.c", "No such file")
        self.rewrite_one("missing.c", "No such file")

    def test_directory(self):
        os.mkdir(self.path("folder.c"))
        self.one_line(self.expect(3, "lint", "folder.c", "--"), "folder.c", "is a directory")
        self.one_line(self.expect(3, "rewrite", "folder.c", "-o", "out.c", "--"), "folder.c", "is a directory")
        self.assertNotIn("out.c", self.files())

    def test_large(self):
        self.write("large.c", b"int a;\n" * (50 * 1024 * 1024 // 7))
        self.lint_one("large.c", "larger than 32 MiB")
        self.rewrite_one("large.c", "larger than 32 MiB")

    def test_missing_header(self):
        self.write("nohdr.c", '#include "not_there.h"\nint f(void) { return 1; }\n')
        self.lint_one("nohdr.c", "not_there.h")

    def test_tainted_function_is_not_clean(self):
        self.write("half.c", "int good(void) { return 1; }\nint bad(void) { return undeclared; }\n")
        self.one_line(self.expect(3, "lint", "half.c", "--"), "half.c:2:", "1 function not analysed")
        self.assertEqual(self.sql("SELECT name, complete FROM function ORDER BY 1"), [("bad", 0), ("good", 1)])

    def test_time_and_memory_are_bounded(self):
        self.write("deep.c", "int f(void) { return %s1%s; }\n" % ("(" * 200, ")" * 200))
        self.write("good.c", cli.PLAIN)
        r = self.recount("lint", "--memory", "20", "good.c", "deep.c", "--")
        self.assertIn(r.returncode, (0, 3))  # a build with sanitizers has no such bound
        if r.returncode:
            self.one_line(r, "deep.c")


class Commands(cli.Case):
    def commands(self, entries):
        self.write("b/compile_commands.json", entries if isinstance(entries, str) else json.dumps(entries))

    def entry(self, name, *flags):
        return {"directory": self.folder, "file": name, "arguments": ["gcc", *flags, "-c", name]}

    def test_malformed(self):
        for text in ("", "{", "[1, 2]", '[{"file": 3}]', '{"file": "a.c"}', '[{"file": "a.c", "command": "gcc a.c"'):
            with self.subTest(text):
                self.commands(text)
                self.one_line(self.expect(3, "lint", "-p", "b"), "b/compile_commands.json")

    def test_absent(self):
        self.one_line(self.expect(3, "lint", "-p", "nowhere"), "nowhere")

    def test_missing_files(self):
        self.write("good.c", cli.PLAIN)
        self.commands([self.entry("gone.c"), self.entry("good.c")])
        self.one_line(self.expect(3, "lint", "-p", "b"), "gone.c", "No such file")
        self.assertEqual(self.sql("SELECT path, parsed FROM file ORDER BY 1"), [("gone.c", 0), ("good.c", 1)])

    def test_flags_of_other_compilers(self):
        self.write("good.c", cli.PLAIN)
        self.commands([self.entry("good.c", "-fno-tree-vectorize", "-fconserve-stack", "-mrecord-mcount",
                                  "-fplugin=evil.so", "-Wno-maybe-uninitialized", "-o", "x.o", "-MD", "-MF", "x.d")])
        self.assertEqual(self.expect(0, "lint", "-p", "b").stderr, "")
        self.assertEqual([f for f in self.files() if f.endswith((".o", ".d"))], [])

    def test_unknown_flags(self):
        """The file is analysed without them, and a line says which."""
        self.write("good.c", cli.PLAIN)
        for flag in ("-fno-such-flag-anywhere", "-mno-such-machine-flag"):
            with self.subTest(flag):
                self.commands([self.entry("good.c", flag)])
                self.one_line(self.expect(0, "lint", "-p", "b"), "good.c", flag)
                self.assertEqual(self.sql("SELECT DISTINCT parsed FROM file"), [(1,)])

    def test_folder_selects(self):
        self.write("in/a.c", cli.PLAIN)
        self.write("out.c", cli.PLAIN)
        self.commands([self.entry("in/a.c"), self.entry("out.c")])
        self.expect(0, "lint", "in", "-p", "b")
        self.assertEqual(self.sql("SELECT path FROM file"), [("in/a.c",)])


class Outputs(cli.Case):
    def setUp(self):
        super().setUp()
        self.write("a.c", cli.PLAIN)

    def test_unwritable(self):
        for out in ("no/such/folder/x.c", "a.c/x.c", "/dev/full"):
            with self.subTest(out):
                self.one_line(self.expect(4, "rewrite", "a.c", "-o", out, "--"), out)
        self.one_line(self.expect(4, "lint", "a.c", "--format", "json", "-o", "no/x.json", "--"), "no/x.json")
        self.one_line(self.expect(4, "rewrite", "a.c", "--out-dir", "a.c/d", "--"), "a.c/d")
        self.assertEqual([f for f in self.files() if not f.startswith(".recount")], ["a.c"])

    def test_standard_output_full(self):
        for args in (["rewrite", "a.c", "--"], ["lint", "--format", "json", "a.c", "--"], ["help"]):
            with self.subTest(args), open("/dev/full", "w") as full:
                p = subprocess.run([cli.RECOUNT, *args], cwd=self.folder, stdout=full, stderr=subprocess.PIPE, text=True)
                self.assertEqual(p.returncode, 4, p.stderr)
                self.assertEqual(len(p.stderr.splitlines()), 1, p.stderr)

    def test_device_is_left_alone(self):
        self.expect(0, "rewrite", "a.c", "-o", "/dev/null", "--")
        self.assertTrue(os.path.exists("/dev/null") and not os.path.isfile("/dev/null"))

    def test_directory_as_output(self):
        os.mkdir(self.path("d"))
        self.one_line(self.expect(4, "rewrite", "a.c", "-o", "d", "--"), "d: ")


class Databases(cli.Case):
    def setUp(self):
        super().setUp()
        self.write("a.c", cli.PLAIN)

    def refused(self, db, cause):
        before = self.read(db) if os.path.isfile(self.path(db)) else None
        self.one_line(self.expect(4, "lint", "--db", db, "a.c", "--"), db, cause)
        self.one_line(self.expect(3, "query", "--db", db, "SELECT 1"), db, cause)
        if before is not None:
            self.assertEqual(self.read(db), before)

    def test_text_file(self):
        self.write("text.db", "hello, I am not a database. " * 50)
        self.refused("text.db", "is not a findings database")

    def test_foreign_database(self):
        with contextlib.closing(sqlite3.connect(self.path("other.db"))) as c:
            c.execute("CREATE TABLE mine (a)")
            c.commit()
        self.refused("other.db", "is not a findings database")

    def test_newer(self):
        self.expect(0, "lint", "--db", "new.db", "a.c", "--")
        with contextlib.closing(sqlite3.connect(self.path("new.db"))) as c:
            c.execute("PRAGMA user_version = 999")
            c.commit()
        self.refused("new.db", "999 is newer")

    def make_older(self, name):
        """The database as version 1 had it: without the shapes of classes, and with a table of the user's beside."""
        self.expect(1, "lint", "--db", name, "a.c", "l.c", "--", *cli.python_flags())
        with contextlib.closing(sqlite3.connect(self.path(name))) as c:
            for (view,) in c.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
                c.execute('DROP VIEW "%s"' % view)
            c.execute("ALTER TABLE class DROP COLUMN _shape")
            c.execute("CREATE TABLE mine AS SELECT id FROM finding")
            c.execute("CREATE VIEW my_runs AS SELECT id FROM run")
            c.execute("PRAGMA user_version = 1")
            c.commit()

    def test_older_is_migrated(self):
        self.write("l.c", cli.LEAKY)
        self.make_older("old.db")
        tables = ["run", "file", "function", "summary", "finding", "finding_step", "mine", "my_runs"]
        counts = [self.sql("SELECT count(*) FROM " + t, "old.db")[0][0] for t in tables]
        self.assertNotIn(0, counts)
        self.expect(0, "query", "--db", "old.db", "SELECT count(*) FROM v_open")
        self.assertEqual(counts, [self.sql("SELECT count(*) FROM " + t, "old.db")[0][0] for t in tables])
        self.assertGreater(self.sql("PRAGMA user_version", "old.db")[0][0], 1)
        self.make_older("other.db")
        self.expect(1, "lint", "--db", "other.db", "l.c", "--", *cli.python_flags())
        self.assertEqual(self.sql("SELECT state FROM v_open", "other.db"), [("unchanged",)])

    def test_older_that_cannot_be_migrated(self):
        self.write("l.c", cli.LEAKY)
        self.make_older("old.db")
        with contextlib.closing(sqlite3.connect(self.path("old.db"))) as c:
            c.execute("CREATE TABLE _old_run (taken)")
            c.commit()
        with contextlib.closing(sqlite3.connect(self.path("old.db"))) as c:
            before = list(c.iterdump())
        self.one_line(self.expect(3, "query", "--db", "old.db", "SELECT 1"), "old.db", "older than version", "_old_run")
        self.one_line(self.expect(4, "lint", "--db", "old.db", "a.c", "--"), "old.db", "older than version", "_old_run")
        with contextlib.closing(sqlite3.connect(self.path("old.db"))) as c:
            self.assertEqual(before, list(c.iterdump()))
            self.assertEqual(c.execute("PRAGMA user_version").fetchall(), [(1,)])

    def test_directory(self):
        os.mkdir(self.path("d.db"))
        self.refused("d.db", "Is a directory")

    def test_no_folder(self):
        self.one_line(self.expect(4, "lint", "--db", "no/such.db", "a.c", "--"), "no/such.db", "cannot be created")

    def test_locked(self):
        self.expect(0, "lint", "--db", "l.db", "a.c", "--")
        with contextlib.closing(sqlite3.connect(self.path("l.db"), isolation_level=None)) as c:
            c.execute("BEGIN IMMEDIATE")
            r = self.expect(4, "lint", "--db", "l.db", "--wait", "1", "a.c", "--")
            self.one_line(r, "l.db", "locked by another process")
            self.expect(0, "query", "--db", "l.db", "SELECT count(*) FROM run")
            c.execute("ROLLBACK")
        self.assertEqual(self.sql("SELECT count(*) FROM run", "l.db"), [(1,)])
        self.expect(0, "lint", "--db", "l.db", "a.c", "--")

    def test_exclusive_lock(self):
        self.expect(0, "lint", "--db", "x.db", "a.c", "--")
        with contextlib.closing(sqlite3.connect(self.path("x.db"), isolation_level=None)) as c:
            c.execute("PRAGMA journal_mode = DELETE")
            c.execute("BEGIN EXCLUSIVE")
            r = self.expect(4, "lint", "--db", "x.db", "--wait", "1", "a.c", "--")
            self.one_line(r, "x.db", "locked by another process")
            c.execute("ROLLBACK")

    def test_several_at_once(self):
        self.write("b.c", cli.PLAIN.replace("add", "sub"))
        runs = [subprocess.Popen([cli.RECOUNT, "lint", "--db", "two.db", f, "--"], cwd=self.folder)
                for f in ("a.c", "b.c") * 3]
        self.assertEqual([p.wait(timeout=120) for p in runs], [0] * 6)
        self.assertEqual(self.sql("SELECT count(*) FROM run", "two.db"), [(6,)])
        self.assertEqual(self.sql("PRAGMA integrity_check", "two.db"), [("ok",)])


class Usage(cli.Case):
    def test_wrong_use(self):
        for args in ([], ["nonsense"], ["lint", "--nonsense"], ["lint", "-j"], ["lint", "-j", "x", "a.c"], ["rewrite"],
                     ["lint", "--format", "nonsense", "a.c"], ["lint", "--fail-on", "nonsense", "a.c"], ["query"],
                     ["merge", "a.db"], ["diff", "a"], ["explain"], ["explain", "no-such-check"], ["run"], ["cc"],
                     ["help", "nonsense"], ["export"], ["lint"], ["rewrite", "-O3", "a.c"],
                     ["query", "no-such-query"]):
            with self.subTest(args):
                r = self.expect(2, *args)
                self.assertTrue(r.stderr)
                self.assertEqual(r.stdout, "")

    def test_checks_that_are_not_there(self):
        self.write("a.c", cli.PLAIN)
        self.one_line(self.expect(2, "lint", "--check", "nonsense", "a.c", "--"), "there is no check nonsense")
        self.one_line(self.expect(2, "lint", "--no-check", "nonsense", "a.c", "--"), "there is no check nonsense")

    def test_config(self):
        self.write("a.c", cli.PLAIN)
        for text, cause in (("[recount]\nnonsense = 1\n", "recount.ini:2: no such setting"),
                            ("[checks]\n\nleak = loud\n", "recount.ini:3:"),
                            ("[other]\na = 1\n", "recount.ini:2: no such section"), ("[recount\n", "recount.ini:1:")):
            with self.subTest(text):
                self.write("recount.ini", text)
                self.one_line(self.expect(2, "lint", "a.c", "--"), cause)

    def test_config_that_is_not_there(self):
        self.write("a.c", cli.PLAIN)
        self.one_line(self.expect(2, "lint", "--config", "gone.ini", "a.c", "--"), "gone.ini")


class Queries(cli.Case):
    def test_only_reading(self):
        self.write("a.c", cli.PLAIN)
        self.expect(0, "lint", "a.c", "--")
        before = self.sql("SELECT * FROM run")
        for sql in ("DELETE FROM run", "UPDATE run SET files = 0", "INSERT INTO run SELECT * FROM run", "DROP TABLE run",
                    "ATTACH 'x.db' AS x", "ATTACH '' AS x", "PRAGMA user_version = 5", "PRAGMA writable_schema = 1",
                    "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)", "VACUUM INTO 'copy.db'", "BEGIN", "REINDEX",
                    "SELECT load_extension('x')", "SELECT 1; DELETE FROM run", "PRAGMA journal_mode = OFF",
                    "WITH x AS (SELECT 1) DELETE FROM run"):
            with self.subTest(sql):
                self.one_line(self.expect(2, "query", sql), "query refused")
        self.assertEqual(self.sql("SELECT * FROM run"), before)
        self.assertEqual([f for f in self.files() if f.endswith(".db")], [".recount/findings.db"])

    def test_no_database(self):
        self.one_line(self.expect(3, "query", "SELECT 1"), ".recount/findings.db", "No such file")


if __name__ == "__main__":
    cli.main()
