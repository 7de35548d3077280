# SPDX-License-Identifier: MIT
"""Builds an example with `recount cc` and make, and runs its tests: example.py --bin DIR EXAMPLE [COMPILER]

Under ASan and UBSan, at both levels of the optimiser; with gcc also without them under valgrind. What an example's
`make check` prints besides is not looked at here, but its exit status, warnings and sanitizers' words are."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SANITIZE = "-fsanitize=address,undefined -fno-sanitize-recover=undefined"


def make(folder, binaries, compiler, level, flags, under=""):
    environment = dict(os.environ, PATH=f"{binaries}:{os.environ['PATH']}", RECOUNT_ARC_OPT=level,
                       CC=f"recount cc {compiler}", CFLAGS=f"-g -O1 -Wall -Wextra -Werror {flags}", UNDER=under)
    done = subprocess.run(["make", "-s", "clean", "check"], cwd=folder, env=environment, text=True, timeout=600,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    wrong = done.returncode != 0 or "runtime error" in done.stdout or "ERROR: " in done.stdout
    if wrong:
        print(f"{folder.name}: {compiler} -O{level} {flags} {under}\n{done.stdout}")
    return not wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("example")
    parser.add_argument("compilers", nargs="*", default=["gcc", "clang"])
    options = parser.parse_args()
    source = pathlib.Path(__file__).resolve().parents[2] / "examples" / options.example
    binaries = os.path.abspath(options.bin)
    ok = True
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch) / options.example
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.o", "build"))
        for compiler, level in zip(options.compilers, "01"):
            ok = make(folder, binaries, compiler, level, SANITIZE) and ok
        ok = make(folder, binaries, "gcc", "1", "-O2", "valgrind -q --leak-check=full --error-exitcode=9") and ok
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
