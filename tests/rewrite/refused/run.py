# SPDX-License-Identifier: MIT
"""Rewrites a program that has to be refused: run.py --recount PROGRAM --include DIR SOURCE

Every error has to be one that a comment `// expect: id` on its line announces, and the other way round; the exit status
has to be 1, and no output may be written."""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--recount", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("source", type=lambda path: pathlib.Path(path).resolve())
    options = parser.parse_args()
    text = options.source.read_text().split("\n")
    expected = {(number, found) for number, line in enumerate(text, 1)
                for found in re.findall(r"// expect: ([a-z-]+)", line)}
    with tempfile.TemporaryDirectory() as scratch:
        output = pathlib.Path(scratch) / "output.c"
        done = subprocess.run([options.recount, "rewrite", options.source, "-o", output, "--", "-std=gnu11",
                               f"-I{options.include}"], cwd=scratch, text=True, capture_output=True, timeout=60)
        written = output.exists()
    said = done.stdout + done.stderr
    got = {(int(number), check) for number, check in re.findall(r":(\d+):\d+: error: .*\[([a-z-]+)\]", said)}
    for number, check in sorted(expected - got):
        print(f"{options.source}:{number}: {check} was expected")
    for number, check in sorted(got - expected):
        print(f"{options.source}:{number}: {check} was not expected")
    if done.returncode != 1 or written:
        print(f"exit status {done.returncode}, output {'written' if written else 'not written'}")
    wrong = expected != got or done.returncode != 1 or written
    if wrong:
        print(said)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
