#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lowers each case and compares what irdump prints with the file beside it.

A case names its flags in a comment (`flags: ...`) and may ask for a second dump (`dump: places`). Every function must
verify, and reading the printed IR must print it again. `--accept` writes the expectation: read it before it is committed.

usage: golden.py --irdump PROGRAM [--accept] FILE...
"""
import argparse
import difflib
import os
import re
import subprocess
import sys


def irdump(program, mode, name, flags, folder):
    command = [program] + ([mode] if mode else []) + [name, "--"] + flags
    done = subprocess.run(command, capture_output=True, cwd=folder, timeout=60)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def check(path, got, accept):
    if accept:
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(got)
        return True
    try:
        with open(path, encoding="utf-8", newline="") as expected_file:
            expected = expected_file.read()
    except FileNotFoundError:
        expected = ""
    if expected == got:
        return True
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), got.splitlines(True), path, "got"))
    return False


def run_case(program, path, accept):
    folder, name = os.path.split(os.path.abspath(path))
    with open(path, encoding="utf-8") as source:
        text = source.read()
    flags = re.search(r"flags: (.*?) *\*/", text)
    flags = flags.group(1).split() if flags else []
    modes = [("", ".ir")] + [("--places", ".places")] * ("dump: places" in text)
    good = True
    status, out, err = irdump(program, "--verify", name, flags, folder)
    if status != 0:
        print(f"{path}: does not verify\n{out}{err}")
        good = False
    status, out, err = irdump(program, "--reread", name, flags, folder)
    if status != 0:
        print(f"{path}: the printed IR does not read back\n{out}{err}")
        good = False
    for mode, suffix in modes:
        status, out, err = irdump(program, mode, name, flags, folder)
        if status != 0:
            print(f"{path}: irdump {mode} failed: {err}")
            good = False
        good &= check(os.path.splitext(path)[0] + suffix, out, accept)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--irdump", required=True)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    failed = [path for path in arguments.files
              if not run_case(os.path.abspath(arguments.irdump), path, arguments.accept)]
    print(f"{len(arguments.files)} cases, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
