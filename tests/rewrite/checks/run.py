# SPDX-License-Identifier: MIT
"""Rewrites the good example of a check: run.py --recount PROGRAM --include DIR --compiler CC... SOURCE

It has to be rewritten without a word, and the output has to compile without a warning."""
import argparse
import pathlib
import subprocess
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--recount", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--compiler", action="append", required=True)
    parser.add_argument("source", type=lambda path: pathlib.Path(path).resolve())
    options = parser.parse_args()
    flags = ["-std=gnu11", f"-I{options.include}"]
    with tempfile.TemporaryDirectory() as scratch:
        output = pathlib.Path(scratch) / "good.c"
        commands = [[options.recount, "rewrite", options.source, "-o", output, "--", *flags]]
        commands += [[compiler, *flags, "-Wall", "-Wextra", "-Werror", "-fsyntax-only", output]
                     for compiler in options.compiler]
        for command in commands:
            done = subprocess.run(command, cwd=scratch, text=True, capture_output=True, timeout=60)
            said = done.stdout + done.stderr
            if done.returncode != 0 or said:
                sys.exit(f"{command[0]}: exit status {done.returncode}\n{said}")


if __name__ == "__main__":
    main()
