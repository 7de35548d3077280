# SPDX-License-Identifier: MIT
"""The main job from end to end: main_job.py --bin DIR [--build DIR] STEP...

Lint, rewriting, building, running and the database over examples/interpreter, lint over examples/extension. Each step is
a function below; all run in a copy of the examples. --build is recount's own build, installed for the CMake step."""
import argparse
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ["compile.c", "eval.c", "main.c", "primitives.c", "reader.c", "table.c", "value.c"]


class Job:
    def __init__(self, binaries, build, scratch):
        self.bin, self.build, self.scratch = os.path.abspath(binaries), build and os.path.abspath(build), scratch
        self.interpreter, self.extension = scratch / "interpreter", scratch / "extension"
        for folder in (self.interpreter, self.extension):
            shutil.copytree(ROOT / "examples" / folder.name, folder,
                            ignore=shutil.ignore_patterns("*.o", "*.so", "build", ".recount"))

    def call(self, command, folder, expect=0, **environment):
        """What the command prints; its exit status has to be as expected."""
        environment = dict(os.environ, PATH=f"{self.bin}:{os.environ['PATH']}", **environment)
        done = subprocess.run(command, cwd=folder, env=environment, text=True, timeout=600, shell=isinstance(command, str),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != expect:
            raise AssertionError(f"{command}: exit status {done.returncode}\n{done.stdout}")
        return done.stdout

    def rows(self, folder, sql):
        with sqlite3.connect(folder / ".recount" / "findings.db") as db:
            return db.execute(sql).fetchall()


def demand(condition, text):
    if not condition:
        raise AssertionError(text)


def lint(job):
    """The class graph's possible cycles are reported with their fields and a suggested weak edge."""
    said = job.call(["recount", "lint"] + SOURCES + ["--", "-std=c11"], job.interpreter, expect=1)
    demand("[cycle-possible]" in said and "Closure.env" in said and "Env.slot" in said, said)
    others = set(re.findall(r"\[([a-z-]+)\]$", said, re.M)) - {"cycle-possible"}
    demand(not others, f"{others}\n{said}")
    cycles = job.rows(job.interpreter, "SELECT text, suggested_weak FROM cycle WHERE text LIKE '%Closure.env%'")
    demand(cycles and all(weak for _, weak in cycles), cycles)


def rewrite(job):
    """The result is plain, readable C on the lines of the original, and lints clean; one missed reference is found."""
    job.call(["recount", "rewrite"] + SOURCES + ["--out-dir", "plain", "--", "-std=c11"], job.interpreter)
    plain = job.interpreter / "plain"
    text = (plain / "table.c").read_text()
    demand(re.search(r'^#line 1 ".*table\.c"', text, re.M) and "RC_" in text, text[:500])
    lint = ["recount", "lint", "--no-check", "cycle-possible", "plain/table.c", "--", "-std=c11", "-I."]
    said = job.call(lint[:4] + [f"plain/{name}" for name in SOURCES] + lint[5:], job.interpreter)
    demand("warning:" not in said, said)
    for right, wrong in (("entry->key = rc_newref(key);", "entry->key = key;"),
                         ("RC_XDECREF(entry); }\n\nbool table_remove", "}\n\nbool table_remove")):
        demand(right in text, f"{right} is not in the result")
        (plain / "table.c").write_text(text.replace(right, wrong))
        said = job.call(lint, job.interpreter, expect=1)
        demand("warning:" in said, said)


def build(job):
    """As a whole by make with both compilers, under ASan and UBSan; every script prints what it should."""
    for compiler in ("gcc", "clang"):
        flags = "-g -O1 -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=undefined"
        job.call(["make", "-s", "clean", "check"], job.interpreter, CC=f"recount cc {compiler}", CFLAGS=flags)
    job.call(["make", "-s", "clean", "check"], job.interpreter, CC="recount cc gcc",
             UNDER="valgrind -q --leak-check=full --error-exitcode=9")


def cmake(job):
    """By CMake through recount_instrument, with an installed recount."""
    prefix = job.scratch / "prefix"
    job.call(["cmake", "--install", job.build, "--prefix", prefix], job.scratch)
    job.call(["cmake", "-S", ".", "-B", "build", f"-DCMAKE_PREFIX_PATH={prefix}"], job.interpreter)
    job.call(["cmake", "--build", "build"], job.interpreter)
    job.call(["sh", "check.sh", "build/minnow"], job.interpreter)


def record(job):
    """Findings, class graph, inserted operations and runtime events are in one database."""
    job.call(["recount", "lint"] + SOURCES + ["--", "-std=c11"], job.interpreter, expect=1)
    job.call(["make", "-s", "clean", "minnow"], job.interpreter, CC="recount cc gcc",
             RECOUNT_DB=str(job.interpreter / ".recount" / "findings.db"))
    job.call(["recount", "run", "--", "./minnow", "--stats", "scripts/tour.lisp"], job.interpreter)
    counts = {table: job.rows(job.interpreter, f"SELECT count(*) FROM {table}")[0][0]
              for table in ("finding", "class", "class_edge", "cycle", "store", "counter_op", "event")}
    demand(all(counts.values()), counts)
    inserted = job.rows(job.interpreter, "SELECT count(*) FROM counter_op WHERE origin = 'inserted'")[0][0]
    demand(inserted > 50, f"{inserted} operations inserted")
    seen = job.rows(job.interpreter, "SELECT cycle, collected FROM v_cycle_seen WHERE collected > 0")
    demand(any("Closure.env" in text for text, _ in seen), seen)
    demand(any(text.startswith("Pair.") for text, _ in seen), seen)
    leaks = job.rows(job.interpreter, "SELECT class, count FROM event WHERE kind = 'leak'")
    demand(not leaks, leaks)


def extension(job):
    """The missed decrement is found with its path; the clean twin is silent, and both work."""
    flags = ["--", "-I" + sysconfig.get_path("include")]
    said = job.call(["recount", "lint", "ledger.c"] + flags, job.extension, expect=1)
    warnings = [line for line in said.split("\n") if "warning:" in line]
    line = next(i for i, text in enumerate((job.extension / "ledger.c").read_text().split("\n"), 1)
                if "account = next_field" in text)
    demand(len(warnings) == 1 and "[leak-on-error]" in warnings[0], said)
    demand(f"ledger.c:{line}:" in said and said.count("note:") >= 2, said)
    said = job.call(["recount", "lint", "clean/ledger.c"] + flags, job.extension)
    demand("warning:" not in said, said)
    job.call(["make", "-s", "check", f"PYTHON={sys.executable}"], job.extension)


STEPS = {step.__name__: step for step in (lint, rewrite, build, cmake, record, extension)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--build")
    parser.add_argument("steps", nargs="+", choices=STEPS)
    options = parser.parse_args()
    for name in options.steps:
        with tempfile.TemporaryDirectory() as scratch:
            try:
                STEPS[name](Job(options.bin, options.build, pathlib.Path(scratch)))
            except AssertionError as error:
                sys.exit(f"{name}: {error}")


if __name__ == "__main__":
    main()
