# SPDX-License-Identifier: MIT
"""Replays the transcripts of a README: transcript.py [--update] --bin DIR README.md

In a block that opens with ```console, a line "$ command" is run and the lines below it are what it has to print, standard
error included. All blocks of a file share one shell, which starts in a copy of the repository's examples and rules, in
the folder of the README. A line "..." stands for any lines. --update writes what was printed into the README instead,
and leaves the outputs that hold "..." alone when they match."""
import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MARK = "--- end of command ---"


def parse(text):
    """The commands as [first line of output, end of output, command]; line numbers count from 0."""
    commands, inside = [], False
    for number, line in enumerate(text.split("\n")):
        if line.startswith("```"):
            if inside and commands:
                commands[-1][1] = number
            inside = line.strip() == "```console"
        elif inside and line.startswith("$ "):
            if commands and commands[-1][1] is None:
                commands[-1][1] = number
            commands.append([number + 1, None, line[2:]])
        elif inside and line.startswith("> ") and commands and commands[-1][0] == number:
            commands[-1][0] = number + 1
            commands[-1][2] += "\n" + line[2:]
    return commands


def run(commands, folder, binaries):
    """What each command prints, run one after the other in one shell."""
    script = "".join(f"{command}\necho '{MARK}'\n" for _, _, command in commands)
    environment = dict(os.environ, PATH=f"{binaries}:{os.environ['PATH']}", LC_ALL="C.UTF-8", COLUMNS="120")
    for name in [name for name in environment if name.startswith("RECOUNT")]:
        del environment[name]
    done = subprocess.run(["bash"], input=script, cwd=folder, env=environment, text=True, timeout=600,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [part.strip("\n") for part in done.stdout.split(MARK + "\n")][:len(commands)]


def matches(expected, got):
    parts = [re.escape(part) for part in re.split(r"(?m)^\.\.\.$\n?", expected)]
    return re.fullmatch(r"(?s)" + ".*?".join(parts), got + "\n" if expected.endswith("\n") else got) is not None


def copy_tree(root, to):
    """The examples as they are in the repository, without what a build left there."""
    leave = shutil.ignore_patterns("*.o", "*.so", ".recount", "build")
    shutil.copytree(root / "examples", to / "examples", ignore=leave)
    shutil.copytree(root / "rules", to / "rules")
    shutil.copy(root / "README.md", to)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--bin", required=True, help="the folder of the recount program")
    parser.add_argument("readme", type=pathlib.Path)
    options = parser.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]
    readme = options.readme.resolve()
    text = readme.read_text()
    lines, commands = text.split("\n"), parse(text)

    with tempfile.TemporaryDirectory() as scratch:
        copy_tree(root, pathlib.Path(scratch))
        folder = pathlib.Path(scratch) / readme.parent.relative_to(root)
        outputs = run(commands, folder, os.path.abspath(options.bin))
    if len(outputs) < len(commands):
        sys.exit(f"{readme}: the shell ended before the last command")

    failed = 0
    for (start, end, command), got in reversed(list(zip(commands, outputs))):
        expected = "\n".join(lines[start:end])
        if matches(expected, got):
            continue
        if options.update:
            lines[start:end] = got.split("\n") if got else []
            continue
        failed += 1
        print(f"{readme}:{start}: $ {command}")
        print("\n".join(difflib.unified_diff(expected.split("\n"), got.split("\n"), "expected", "printed", lineterm="")))
    if options.update:
        readme.write_text("\n".join(lines))
    print(f"{len(commands)} commands, {failed} print something else")
    sys.exit(1 if failed or not commands else 0)


if __name__ == "__main__":
    main()
