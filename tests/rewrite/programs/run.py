# SPDX-License-Identifier: MIT
"""Rewrites an annotated program, builds it with both compilers and compares what it prints with the .out beside it:
run.py --recount PROGRAM --include DIR --library FILE [--all] [--golden] [--update] SOURCE

Without --all: gcc on the result of -O0, clang on that of -O1, each under ASan and UBSan. With it: all four, and both
under valgrind as well. The output must compile without a warning, lint clean in the counting family, and a second rewriting must be refused. With --golden the difference to the
source, as `recount rewrite --diff` shows it, has to be the one kept beside the program in .O0.diff and .O1.diff;
--update writes these files, to be read before they are committed."""
import argparse
import difflib
import pathlib
import subprocess
import sys
import tempfile

SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]


def call(command, **more):
    return subprocess.run([str(part) for part in command], text=True, capture_output=True, timeout=120, **more)


def fail(what, text):
    print(f"{what}:\n{text}")
    return 1


def check(options, standard, scratch, compiler, level, valgrind):
    name = f"{options.source.stem} {level} {compiler}" + (" valgrind" if valgrind else "")
    output, program = scratch / f"{options.source.stem}{level}.c", scratch / f"program{level}{compiler}"
    flags = [f"-std={standard}", f"-I{options.include}"]
    done = call([options.recount, "rewrite", level, options.source, "-o", output, "--"] + flags, cwd=scratch)
    if done.returncode != 0:
        return fail(f"{name}: rewrite", done.stdout + done.stderr)
    command = [compiler, "-g", "-O1", "-Wall", "-Wextra", "-Werror"] + flags + ([] if valgrind else SANITIZE)
    done = call(command + [output, "-o", program, options.library, "-lpthread", "-lm"])
    if done.returncode != 0:
        return fail(f"{name}: compile", done.stdout + done.stderr)
    under = ["valgrind", "-q", "--error-exitcode=9", "--leak-check=full"] if valgrind else []
    done = call(under + [program])
    expected = options.source.with_suffix(".out").read_text()
    if done.stdout != expected or done.stderr:
        lines = difflib.unified_diff(expected.split("\n"), done.stdout.split("\n"), "expected", "printed", lineterm="")
        return fail(f"{name}: run", "\n".join(lines) + "\n" + done.stderr)
    again = call([options.recount, "rewrite", output, "-o", scratch / "again.c", "--"] + flags, cwd=scratch)
    if again.returncode != 1 or "arc-already-rewritten" not in again.stdout + again.stderr:
        return fail(f"{name}: a second rewriting was not refused", again.stdout + again.stderr)
    return 0


def verify(options, standard, scratch, level):
    """`rewrite --verify` writes what the linter has nothing to say about."""
    output = scratch / f"verified{level}.c"
    done = call([options.recount, "rewrite", level, "--verify", options.source, "-o", output, "--", f"-std={standard}",
                 f"-I{options.include}"], cwd=scratch)
    name = f"{options.source.stem} {level}: verify"
    if done.returncode == 0 and output.exists():
        return 0
    return fail(name, done.stdout + done.stderr)


def compare_golden(options, standard, scratch, level):
    source, kept = options.source, options.source.with_suffix(f".{level[1:]}.diff")
    done = call([options.recount, "rewrite", level, "--diff", "--db", scratch / "golden.db", source.name, "--", f"-std={standard}",
                 f"-I{options.include}"], cwd=source.parent)
    if done.returncode != 0:
        return fail(f"{source.stem} {level}: rewrite", done.stdout + done.stderr)
    if options.update:
        kept.write_text(done.stdout)
    expected = kept.read_text() if kept.exists() else ""
    lines = difflib.unified_diff(expected.split("\n"), done.stdout.split("\n"), kept.name, "now", lineterm="")
    return 0 if done.stdout == expected else fail(f"{source.stem} {level}: golden text", "\n".join(lines))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--recount", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--library", required=True)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("source", type=lambda path: pathlib.Path(path).resolve())
    options = parser.parse_args()
    standard = "gnu11" if options.source.stem.startswith("gnu") else "c11"
    some = [("gcc", "-O0", False), ("clang", "-O1", False)]
    others = [("gcc", "-O1", False), ("clang", "-O0", False), ("gcc", "-O0", True), ("gcc", "-O1", True)]
    with tempfile.TemporaryDirectory() as scratch:
        failures = sum(check(options, standard, pathlib.Path(scratch), *how)
                       for how in some + (others if options.all else []))
        for level in ("-O0", "-O1"):
            failures += verify(options, standard, pathlib.Path(scratch), level)
        for level in ("-O0", "-O1") if options.golden else ():
            failures += compare_golden(options, standard, pathlib.Path(scratch), level)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
