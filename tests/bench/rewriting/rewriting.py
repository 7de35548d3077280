#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One program, five ways of looking after its memory: prints for each program one line a way.

  rewriting.py --recount PROGRAM --library FILE --root DIR [--runs N] [--only NAME,...] [--cc COMPILER]

Columns: instructions (callgrind, a smaller input) and median time (the large one), each with its ratio to the
hand-counted program (to the one rewritten at -O1 where nobody counted by hand), and the counting operations that the rewritten ones execute (on the smaller input). All are compiled
with -O2. "tool" is what `recount rewrite` costs beside `clang -fsyntax-only` on the same file.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
WAYS = ("expert", "malloc", "boehm", "O0", "O1")
ADDED = {"expert": ["-DBY_HAND"], "malloc": ["-DBY_MALLOC"], "boehm": [], "O0": [], "O1": []}


class Program:
    """Sources of the annotated program, those of the hand-counted one (None: there is none), and the arguments of a large
    and a small run."""
    def __init__(self, name, annotated, counted, large, small, folder=HERE, libraries=()):
        self.name, self.annotated, self.counted, self.large, self.small = name, annotated, counted, large, small
        self.folder, self.libraries = folder, list(libraries)


def programs(root, scratch):
    json, minnow = root / "examples/json", root / "examples/interpreter"
    return [
        Program("trees", ["trees.c"], ["trees.c"], ["18"], ["12"]),
        Program("richards", ["richards.c"], ["richards.c"], ["60"], ["2"]),
        Program("search", ["search.c"], ["search.c"], ["200", "60"], ["40", "10"]),
        Program("json", [f"{n}.c" for n in ("main", "parse", "pointer", "print", "value")], None,
                [document(scratch, 50_000_000), "find", "/7/at"], [document(scratch, 400_000), "find", "/7/at"], json, ["-lm"]),
        Program("interpreter", [f"{n}.c" for n in ("compile", "eval", "main", "primitives", "reader", "table", "value")],
                None, [script(scratch, 8)], [script(scratch, 5)], minnow, ["-lm"]),
    ]


def script(scratch, size):
    path = scratch / f"queens{size}.lisp"
    path.write_text(f"(define size {size})\n" + (HERE / "queens.lisp").read_text())
    return str(path)


def document(scratch, size):
    """A JSON text of about that many bytes: records with numbers, words, lists and inner objects."""
    path, r, n = scratch / f"document{size}.json", random.Random(size), 0
    words = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu".split()
    with open(path, "w", encoding="ascii") as out:
        out.write("[")
        while n < size:
            tags = ",".join(f'"{r.choice(words)}"' for _ in range(r.randint(0, 5)))
            text = (f'{{"id":{r.randint(0, 10 ** 9)},"name":"{r.choice(words)} {r.choice(words)}","price":{r.random() * 1000:.2f},'
                    f'"open":{r.choice(["true", "false", "null"])},"tags":[{tags}],'
                    f'"at":{{"x":{r.random():.6f},"y":{r.random():.6f}}}}}')
            out.write(("," if n else "") + text + "\n")
            n += len(text) + 2
        out.write("]")
    return str(path)


class Builder:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch

    def run(self, command, **more):
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
        return done

    def build(self, program, way, counting=False):
        o = self.options
        out = self.scratch / f"{program.name}.{way}{'.counting' if counting else ''}"
        flags = ["-O2", "-w", "-std=gnu11", *ADDED[way], f"-I{program.folder}", f"-I{HERE}"]
        include = f"-I{o.root / 'runtime/include'}"
        if way in ("malloc", "boehm"):
            flags[3:3] = [f"-I{HERE / way}"]
        if counting:
            flags[3:3] = [f"-I{HERE / 'counting'}"]
        sources = program.counted if way in ("expert", "malloc") else program.annotated
        sources = [program.folder / s for s in sources]
        env = None
        command = [o.cc]
        if way in ("O0", "O1"):
            command, env = [o.recount, "cc", o.cc], dict(os.environ, RECOUNT_ARC_OPT=way[1])
        libraries = program.libraries + {"malloc": [], "boehm": ["-lgc"]}.get(way, [o.library, "-lpthread"])
        self.run([*command, *flags, include, *sources, "-o", out, *libraries], env=env)
        return out


def instructions(builder, binary, arguments):
    done = builder.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", binary, *arguments])
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1)), done.stdout


def seconds(builder, binaries, arguments, runs):
    """Medians; the programs take turns."""
    times = {way: [] for way in binaries}
    for _ in range(runs):
        for way, binary in binaries.items():
            start = os.times()
            builder.run([binary, *arguments])
            end = os.times()
            times[way].append(end.children_user + end.children_system - start.children_user - start.children_system)
    return {way: statistics.median(t) for way, t in times.items()}


def operations(builder, program, way):
    binary = builder.build(program, way, counting=True)
    done = builder.run([binary, *program.small])
    return int(re.search(r"operations (\d+)", done.stderr).group(1))


def measure(builder, program, options):
    ways = WAYS if program.counted else ("boehm", "O0", "O1")
    base = "expert" if program.counted else "O1"
    binaries = {way: builder.build(program, way) for way in ways}
    counted, printed = {}, set()
    for way, binary in binaries.items():
        counted[way], text = instructions(builder, binary, program.small)
        printed.add(text)
    if len(printed) != 1:
        sys.exit(f"{program.name}: the programs do not print the same: {printed}")
    took = seconds(builder, binaries, program.large, options.runs) if options.runs else {way: 0 for way in ways}
    done = {way: operations(builder, program, way) for way in ("O0", "O1")}
    for way in ways:
        ratio = took[way] / took[base] if took[base] else 0
        more = f"{done[way]:12}" if way in done else ""
        if way == "O1" and done["O0"]:
            more += f"  {100 - 100 * done['O1'] / done['O0']:.0f} % gone"
        print(f"{program.name:12} {way:7} {counted[way]:14} {counted[way] / counted[base]:6.2f} "
              f"{took[way]:9.3f} {ratio:6.2f} {more}", flush=True)


def tool(builder, options, path, flags):
    """Seconds of `recount rewrite` over those of `clang -fsyntax-only`, the best of ten each."""
    best = {}
    for _ in range(10):
        for name, command in (("clang", ["clang", "-fsyntax-only", *flags, path]),
                              ("recount", [options.recount, "rewrite", "-q", path, "-o", builder.scratch / "out.c", "--", *flags])):
            start = time.perf_counter()
            builder.run(command, cwd=builder.scratch)
            best[name] = min(best.get(name, 1e9), time.perf_counter() - start)
    print(f"tool         {path.name:20} clang {best['clang']:.3f} s  recount {best['recount']:.3f} s  ratio "
          f"{best['recount'] / best['clang']:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--recount", required=True)
    parser.add_argument("--library", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--cc", default="gcc")
    parser.add_argument("--runs", type=int, default=5, help="of the large input; 0: count instructions only")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.root, options.recount = options.root.resolve(), os.path.abspath(options.recount)
    options.library = os.path.abspath(options.library)
    scratch = pathlib.Path(tempfile.mkdtemp())
    try:
        builder = Builder(options, scratch)
        print(f"{'program':12} {'way':7} {'instructions':>14} {'ratio':>6} {'seconds':>9} {'ratio':>6} {'operations':>12}")
        wanted = set(filter(None, options.only.split(",")))
        for program in programs(options.root, scratch):
            if not wanted or program.name in wanted:
                measure(builder, program, options)
        if not wanted or "tool" in wanted:
            for path in ("interpreter/eval.c", "interpreter/compile.c", "json/value.c"):
                tool(builder, options, options.root / "examples" / path, ["-std=c11", f"-I{options.root / 'runtime/include'}"])
    finally:
        shutil.rmtree(scratch)


main()
