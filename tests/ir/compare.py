#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the lowering with clang's own view of the same files.

Per function: the kinds and numbers of terminators with `debug.DumpCFG`, calls and assignments with `-ast-dump`. Functions
that are tainted are left out; everything else must agree. Exit status 1 on any difference or when too little was compared.

usage: compare.py --irdump PROGRAM --clang PROGRAM [--at-least N] FILE... -- FLAG...
"""
import argparse
import collections
import re
import subprocess
import sys

CFG_KINDS = [
    (re.compile(r"if "), "if"), (re.compile(r"while "), "while"), (re.compile(r"do \.\.\. while"), "do"),
    (re.compile(r"for \("), "for"), (re.compile(r"switch "), "switch"), (re.compile(r"goto \*"), "indirect"),
    (re.compile(r"goto "), "goto"), (re.compile(r"break;"), "break"), (re.compile(r"continue;"), "continue"),
    (re.compile(r"asm "), "asmgoto"), (re.compile(r".*&& \.\.\.$"), "and"), (re.compile(r".*\|\| \.\.\.$"), "or"),
    (re.compile(r".*\? \.\.\."), "cond"), (re.compile(r".*\?: \.\.\."), "cond"),
]
TERMINATORS = {name for _, name in CFG_KINDS}
QUIET_CALLEES = ("'__builtin_constant_p'", "'__builtin_object_size'", "'__builtin_dynamic_object_size'")


def run(command):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=300)


def read_summary(irdump, path, flags):
    done = run([irdump, "--summary", path, "--"] + flags)
    if done.returncode != 0:
        sys.exit(f"{path}: irdump failed: {done.stderr.strip()}")
    functions = {}
    for line in done.stdout.splitlines():
        name, state, *counts = line.split("\t")
        pairs = (count.split("=") for count in counts)
        functions[name] = (state, {kind: int(n) for kind, n in pairs if int(n)})
    return functions


def terminator_kind(text):
    for pattern, kind in CFG_KINDS:
        if pattern.match(text):
            return kind
    return f"other: {text}"


def read_cfg(clang, path, flags, names):
    """Terminators of each function, as debug.DumpCFG prints them."""
    done = run([clang, "-Xclang", "-analyze", "-Xclang", "-analyzer-checker=debug.DumpCFG", "-Wno-everything", "-fsyntax-only"]
               + flags + [path])
    functions, current, heading = {}, None, ""
    for line in (done.stderr + done.stdout).splitlines():
        if line and not line[0].isspace():
            heading = line      # or the end of a statement printed over several lines
        elif re.match(r" \[B\d+ \(ENTRY\)\]", line):
            found = [name for name in re.findall(r"(\w+) ?\(", heading) if name in names]
            current = functions.setdefault(found[0], collections.Counter()) if found else None
        elif current is not None and line.startswith("   T: ") and not line.startswith("   T: static init "):
            current[terminator_kind(line[6:])] += 1
    return functions


def parse_tree(lines):
    """(depth, text) of each node of a textual dump."""
    for line in lines:
        text = line.lstrip(" |`-")
        yield (len(line) - len(text)) // 2, text


class Counter:
    """Counts in one function's subtree; leaves out what is not evaluated."""

    def __init__(self):
        self.counts = collections.Counter()
        self.skip = None        # depth of a subtree that is left out
        self.call = None        # depth of a call whose callee comes next
        self.generic = None     # depth of a _Generic

    def node(self, depth, text):
        if self.skip is not None and depth > self.skip:
            return
        self.skip = None
        kind = text.split(" ", 1)[0]
        if kind in ("UnaryExprOrTypeTraitExpr", "OpaqueValueExpr", "StaticAssertDecl", "OffsetOfExpr"):
            self.skip = depth
        elif kind in ("CallExpr", "AtomicExpr"):
            self.counts["calls"] += 1
            self.call = depth
        elif kind == "BinaryOperator" and text.endswith("'='"):
            self.counts["assign"] += 1
        elif kind == "CompoundAssignOperator" or (kind == "UnaryOperator" and re.search(r"'(\+\+|--)'", text)):
            self.counts["compound"] += 1
        elif kind == "DeclRefExpr" and self.call is not None and any(name in text for name in QUIET_CALLEES):
            self.skip = self.call   # the rest of the call is its operands
        elif kind == "GenericSelectionExpr":
            self.generic = depth
        elif self.generic is not None and depth == self.generic + 1 and "selected" not in text:
            self.skip = depth


def read_ast(clang, path, flags, names):
    done = run([clang, "-Xclang", "-ast-dump", "-fno-color-diagnostics", "-Wno-everything", "-fsyntax-only"] + flags + [path])
    functions, counter, name = {}, None, None
    for depth, text in parse_tree(done.stdout.splitlines()):
        if depth == 1:
            counter = name = None
            if text.startswith("FunctionDecl "):
                found = re.search(r" (\w+) '", text)
                name = found.group(1) if found and found.group(1) in names else None
        elif name and depth == 2 and text.startswith("CompoundStmt "):
            counter = Counter()
            functions[name] = counter.counts
        elif counter and depth > 2:
            counter.node(depth, text)
    return functions


def differences(mine, theirs, kinds):
    return [f"{kind} {mine.get(kind, 0)}, clang {theirs.get(kind, 0)}" for kind in sorted(kinds)
            if mine.get(kind, 0) != theirs.get(kind, 0)]


def compare(arguments, path, flags):
    """The number of functions compared, and of those that differ."""
    summary = read_summary(arguments.irdump, path, flags)
    cfg = read_cfg(arguments.clang, path, flags, summary)
    ast = read_ast(arguments.clang, path, flags, summary)
    compared = wrong = 0
    for name, (state, counts) in summary.items():
        if state == "tainted":
            continue
        found = []
        if name in cfg:
            found += differences(counts, cfg[name], TERMINATORS | set(cfg[name]))
        if name in ast:
            found += differences(counts, ast[name], {"calls", "assign", "compound"})
        if name not in cfg or name not in ast:
            found.append("clang shows no graph or no tree of it")
        compared += 1
        if found:
            wrong += 1
            print(f"{path}: {name}: {'; '.join(found)}")
    return compared, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--irdump", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--at-least", type=int, default=1, help="functions that must have been compared")
    own, _, flags = (sys.argv[1:], None, []) if "--" not in sys.argv else (
        sys.argv[1:sys.argv.index("--")], None, sys.argv[sys.argv.index("--") + 1:])
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args(own)
    compared = wrong = 0
    for path in arguments.files:
        n, bad = compare(arguments, path, flags)
        compared, wrong = compared + n, wrong + bad
    print(f"{len(arguments.files)} files, {compared} functions compared, {wrong} differ")
    return 1 if wrong or compared < arguments.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
