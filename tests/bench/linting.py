#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What `recount lint` costs beside `clang -fsyntax-only` over the same files with the same number of processes.

  linting.py --recount PROGRAM --root DIR [--project BUILD_DIR] [--clang COMPILER] [--jobs N] [--runs N] [--counted]

The files are those of BUILD_DIR/compile_commands.json that the compiler takes; without it, a project of 48 units made of the
repository's extension. One line a way: seconds of all processes and by the clock (medians), and their ratio to the compiler's;
for the second run, after nothing and after one file changed, the ratio to the first. "memory" is the largest process. With
--counted, one line with the instructions (callgrind) of the compiler, of the first run and of the one after a change, for as
many files as --files says.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

UNITS = 48


def generated(root, scratch):
    """Units that differ in the name of their module, beside each other."""
    text = (root / "examples/extension/ledger.c").read_text()
    includes = subprocess.run(["python3-config", "--includes"], capture_output=True, text=True, check=True).stdout.split()
    entries = []
    for i in range(UNITS):
        path = scratch / f"ledger{i}.c"
        path.write_text(text.replace("PyInit_ledger", f"PyInit_ledger{i}"))
        entries.append({"directory": str(scratch), "file": str(path), "arguments": ["cc", *sorted(set(includes)), "-c", str(path)]})
    return entries


class Bench:
    def __init__(self, options, scratch, entries):
        self.options, self.scratch, self.database = options, scratch, scratch / "findings.db"
        self.entries = [e for e in entries if e["file"].endswith(".c")]
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            taken = list(pool.map(lambda e: self.compile(e) == 0, self.entries))
        self.entries = [e for e, ok in zip(self.entries, taken) if ok][:options.files or None]
        if not self.entries:
            sys.exit("the compiler takes none of the files")
        self.changed = self.make_changeable()
        (scratch / "compile_commands.json").write_text(json.dumps(self.entries))

    def make_changeable(self):
        """The first unit is replaced by a file that includes it, so that no file of a project is written."""
        first = self.entries[0]
        path = self.scratch / "changing.c"
        path.write_text(f'#include "{first["file"]}"\n')
        arguments = [str(path) if a == first["file"] else a for a in first["arguments"]]
        self.entries[0] = dict(first, file=str(path), arguments=arguments)
        return path

    def command(self, entry):
        flags = [a for a in entry["arguments"][1:] if a not in ("-c", entry["file"])]
        return [self.options.clang, "-fsyntax-only", "-w", *flags, entry["file"]]

    def compile(self, entry, prefix=()):
        return subprocess.run([*prefix, *self.command(entry)], cwd=entry["directory"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL).returncode

    def compile_all(self):
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            list(pool.map(self.compile, self.entries))

    def lint(self, prefix=(), jobs=None):
        done = subprocess.run([*prefix, self.options.recount, "lint", "-q", "-p", str(self.scratch), "-j", str(jobs or self.options.jobs),
                               "--db", str(self.database), "-o", str(self.scratch / "report.txt")],
                              cwd=self.scratch, capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"recount lint: status {done.returncode}\n{done.stderr}")
        return (self.scratch / "report.txt").read_text()

    def fresh(self, prefix=(), jobs=None):
        for path in self.scratch.glob("findings.db*"):
            path.unlink()
        return self.lint(prefix, jobs)

    def change(self):
        """A new function, which nobody calls."""
        with open(self.changed, "a", encoding="ascii") as f:
            f.write(f"int added_{time.monotonic_ns()}(void) {{ return 0; }}\n")


def cost(action):
    """Seconds of the processes that an action waits for, and by the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    action()
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def times(bench, runs):
    rows = {"compiler": [], "first": [], "unchanged": [], "changed": []}
    for _ in range(runs):
        rows["compiler"].append(cost(bench.compile_all))
        rows["first"].append(cost(bench.fresh))
        rows["unchanged"].append(cost(bench.lint))
        bench.change()
        rows["changed"].append(cost(bench.lint))
    again = bench.lint()
    if again != bench.fresh():
        sys.exit("a run after a change does not report what a fresh one does")
    return {way: [statistics.median(column) for column in zip(*values)] for way, values in rows.items()}


def show_times(bench, options):
    rows = times(bench, options.runs)
    print(f"{'way':10} {'processes':>10} {'ratio':>6} {'clock':>8} {'ratio':>6}   ({len(bench.entries)} files, {options.jobs} at once)")
    for way, (processes, clock) in rows.items():
        base = rows["first" if way in ("unchanged", "changed") else "compiler"]
        print(f"{way:10} {processes:10.2f} {processes / base[0]:6.2f} {clock:8.2f} {clock / base[1]:6.2f}")
    print(f"memory     {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MiB")


def collected(bench, action, *toggles):
    """The instructions of all processes under an action. A child begins with its parent's count: with functions that only the
    children run as `toggles`, that is nought."""
    for path in bench.scratch.glob("counted.*"):
        path.unlink()
    action(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={bench.scratch}/counted.%p",
            "--trace-children=no", *(f"--toggle-collect={t}" for t in toggles)])
    found = [re.search(r"Collected : (\d+)", p.read_text()) for p in sorted(bench.scratch.glob("counted.*"), key=os.path.getmtime)]
    return [int(f.group(1)) for f in found if f]


def lint_instructions(bench, run):
    """Of the workers, and of the driver, which ends last."""
    return sum(collected(bench, lambda prefix: run(prefix, 1), "lint_parse", "lint_round")), \
        collected(bench, lambda prefix: run(prefix, 1))[-1]


def show_instructions(bench):
    compiler = sum(sum(collected(bench, lambda prefix, e=e: bench.compile(e, prefix))) for e in bench.entries)

    def again(prefix, jobs):
        bench.change()
        bench.lint(prefix, jobs)

    print(f"{'way':10} {'workers':>15} {'driver':>14} {'ratio':>6}   ({len(bench.entries)} files)")
    print(f"{'compiler':10} {compiler:15} {'':>14} {1:6.2f}")
    first = sum(row := lint_instructions(bench, bench.fresh))
    print(f"{'first':10} {row[0]:15} {row[1]:14} {first / compiler:6.2f}")
    changed = sum(row := lint_instructions(bench, again))
    print(f"{'changed':10} {row[0]:15} {row[1]:14} {changed / first:6.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--recount", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--project", type=pathlib.Path)
    parser.add_argument("--clang", default="clang-19")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--files", type=int, default=0, help="at most; 0: all")
    parser.add_argument("--counted", action="store_true")
    options = parser.parse_args()
    options.recount = os.path.abspath(options.recount)
    scratch = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="recount-bench-")))
    try:
        entries = (json.loads((options.project / "compile_commands.json").read_text()) if options.project
                   else generated(options.root.resolve(), scratch))
        bench = Bench(options, scratch, entries)
        show_instructions(bench) if options.counted else show_times(bench, options)
    finally:
        shutil.rmtree(scratch)


main()
