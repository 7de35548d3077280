#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One program, five ways of looking after its memory: prints for each program one line a way.

  rewriting.py --recount PROGRAM --library FILE --root DIR [--runs N] [--only NAME,...] [--cc COMPILER]

Columns: instructions (callgrind, a smaller input) and median time (the large one), each with its ratio to the
hand-counted program, and the counting operations that the rewritten ones execute (on the smaller input). All are compiled
with -O2. Of the examples the files
where the time goes are counted by hand (counted/); the others are taken as they are rewritten.
"tool" is what `recount rewrite` costs beside `clang -fsyntax-only` on the same file, in processor time and on the clock.
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
    """The sources of the annotated program, and the arguments of a large and a small run. An example (`folder`) is counted
    by hand in files beside, and does not run on malloc and free."""
    def __init__(self, name, sources, large, small, folder=HERE, libraries=()):
        self.name, self.sources, self.large, self.small = name, sources, large, small
        self.folder, self.libraries = folder, list(libraries)
        self.counted = HERE / "counted" / name
        self.ways = [way for way in WAYS if folder == HERE or way != "malloc"]


def programs(root, scratch):
    json, minnow = root / "examples/json", root / "examples/interpreter"
    return [
        Program("trees", ["trees.c"], ["18"], ["12"]),
        Program("richards", ["richards.c"], ["600"], ["2"]),
        Program("search", ["search.c"], ["200", "60"], ["40", "10"]),
        Program("json", [f"{n}.c" for n in ("main", "parse", "pointer", "print", "value")],
                [document(scratch, 50_000_000), "find", "/7/at"], [document(scratch, 400_000), "find", "/7/at"], json, ["-lm"]),
        Program("interpreter", [f"{n}.c" for n in ("compile", "eval", "main", "primitives", "reader", "table", "value")],
                [script(scratch, 8)], [script(scratch, 5)], minnow, ["-lm"]),
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


def repeated(path, times):
    """One source of as many copies of search.c, the names at file level numbered."""
    names = "Place Path Graph Heap seed draw place_new connect graph_new path_new heap_push heap_pop search turns main"
    text = (HERE / "search.c").read_text()
    for i in range(times):
        copy = re.sub(rf"\b({'|'.join(names.split())})\b", rf"\1_{i}", text)
        with open(path, "a", encoding="ascii") as out:
            out.write(copy)
    return path


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
        sources, env = [program.folder / s for s in program.sources], None
        if way == "expert" and program.folder != HERE:
            flags[flags.index(ADDED[way][0])] = "-DRECOUNT_REWRITTEN=1"
            sources = [self.by_hand(program, s, [*flags, include]) for s in program.sources]
        command = [o.cc]
        if way in ("O0", "O1"):
            command, env = [o.recount, "cc", o.cc], dict(os.environ, RECOUNT_ARC_OPT=way[1])
        libraries = program.libraries + {"malloc": [], "boehm": ["-lgc"]}.get(way, [o.library, "-lpthread"])
        self.run([*command, *flags, include, *sources, "-o", out, *libraries], env=env)
        return out


    def by_hand(self, program, source, flags):
        """The object of a source that is counted by hand, or else of the rewritten one."""
        out, counted = self.scratch / f"{program.name}.{source}.o", program.counted / source
        if counted.exists():
            self.run([self.options.cc, *flags, "-c", counted, "-o", out])
        else:
            flags = [f for f in flags if f != "-DRECOUNT_REWRITTEN=1"]
            self.run([self.options.recount, "cc", self.options.cc, *flags, "-c", program.folder / source, "-o", out])
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
    ways, base = program.ways, "expert"
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
    """Seconds of `recount rewrite` over those of `clang -fsyntax-only`, the best of ten each: processor time, then the clock."""
    best = {}
    for _ in range(10):
        for name, command in (("clang", ["clang", "-fsyntax-only", *flags, path]),
                              ("recount", [options.recount, "rewrite", "-q", path, "-o", builder.scratch / "out.c", "--", *flags])):
            start = os.times()
            builder.run(command, cwd=builder.scratch)
            end = os.times()
            took = end.children_user + end.children_system - start.children_user - start.children_system, end.elapsed - start.elapsed
            best[name] = tuple(map(min, best.get(name, took), took))
    (clang, clang_clock), (ours, ours_clock) = best["clang"], best["recount"]
    print(f"tool         {path.name:20} clang {clang:.2f} s  recount {ours:.2f} s  ratio {ours / clang:.2f}  on the clock "
          f"{ours_clock / clang_clock:.2f}", flush=True)


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
            flags = ["-std=gnu11", f"-I{options.root / 'runtime/include'}", f"-I{HERE}"]
            for path in ("examples/interpreter/eval.c", "examples/interpreter/compile.c", "examples/json/value.c", "examples/lru/lru.c",
                         "tests/bench/rewriting/richards.c", "tests/bench/rewriting/search.c"):
                tool(builder, options, options.root / path, flags)
            tool(builder, options, repeated(scratch / "large.c", 20), flags)
    finally:
        shutil.rmtree(scratch)


main()
