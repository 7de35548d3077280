# SPDX-License-Identifier: MIT
"""Lints every case below a folder and compares with what its lines say.

    run.py LINTONE SOURCE-DIR FOLDER-OR-FILE...

`// expect: leak` (several: `leak, over-release`) stands on the line of the finding; a line without is silent. `// known: leak`
is a defect that is not found yet, and fails once it is; `// low: leak` one of so little worth that it is not shown by
default, `// medium: leak` one that is not shown of a large program. `// step: TEXT` is what a step of some path says of the line. `// flags: ...` and `// contracts: ...` on a line of
their own add to the command. Checks that their page leaves off are off but in their own folder, and where `// checks: ...`
names them. A case for CPython includes Python.h and is skipped where that is not installed.
"""
import os
import re
import subprocess
import sys
import sysconfig

EXPECT = re.compile(r"(?://|/\*)\s*(expect|known|low|medium):\s*([\w, -]+?)\s*(?:\*/|$)")
STEP = re.compile(r"// step: (.*?)\s*$")
SAID = re.compile(r"^(.*?):(\d+):\d+: note: (.*)")
FOUND = re.compile(r"^(.*?):(\d+):\d+: (warning|caution|remark): .* \[([\w-]+)\]")

LEVELS = {"warning": "", "caution": "medium ", "remark": "low "}


def cases(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, below, files in os.walk(path):
            below[:] = sorted(b for b in below if not b.startswith("arc-"))  # the rewriter's: tests/rewrite/checks
            yield from (os.path.join(folder, f) for f in sorted(files) if f.endswith(".c"))


def wanted(path):
    expected, known, flags, packs = [], [], [], []
    for number, line in enumerate(open(path), 1):
        m = EXPECT.search(line)
        if m:
            target, level = (known if m[1] == "known" else expected), m[1] + " " if m[1] in ("low", "medium") else ""
            target += [(number, level + check.strip()) for check in m[2].split(",")]
        m = re.match(r"//\s*(flags|contracts):\s*(.*)", line)
        if m:
            (flags if m[1] == "flags" else packs).extend(m[2].split())
    return expected, known, flags, packs


def packs_for(text, named):
    names = ["cpython"] if "Python.h" in text else []
    names += ["glib"] if "<glib" in text or "<gio" in text else []
    return names + ["recount"] * ("<recount.h>" in text) + named


def checks_off(source, path, text):
    folder = os.path.join(source, "rules", "checks")
    off = {c for c in os.listdir(folder)
           if "\n- default: off\n" in open(os.path.join(folder, c, "page.md")).read()}
    off.discard(os.path.basename(os.path.dirname(os.path.abspath(path))))
    for m in re.finditer(r"^// checks: (.*)", text, re.M):
        off -= set(m[1].split())
    return ",".join(sorted(off))


def lint(lintone, source, path, flags, named):
    text = open(path).read()
    command = [lintone, "-s", "-x", checks_off(source, path, text), "-I", os.path.join(source, "runtime", "include")]
    for name in packs_for(text, named):
        pack = os.path.join(source, "rules", "contracts", name + ".h")
        command += ["-c", pack] if os.path.exists(pack) else []
    if "Python.h" in text:
        flags = flags + ["-I" + sysconfig.get_path("include")]
    p = subprocess.run(command + [path, "--"] + flags, capture_output=True, text=True, timeout=60)
    found = [(int(m[2]), LEVELS[m[3]] + m[4]) for m in map(FOUND.match, p.stdout.splitlines())
             if m and os.path.samefile(m[1], path)]
    return found, p


def usable(path):
    text = open(path).read()
    return "Python.h" not in text or os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h"))


def unsaid(path, output):
    said = {(int(m[2]), re.sub(r"\.h:\d+", ".h:LINE", m[3])) for m in map(SAID.match, output.splitlines()) if m}
    for number, line in enumerate(open(path), 1):
        m = STEP.search(line)
        if m and (number, m[1]) not in said:
            yield "line %d: no step says: %s" % (number, m[1])


def check(lintone, source, path):
    expected, known, flags, packs = wanted(path)
    found, p = lint(lintone, source, path, flags, packs)
    problems = ["exit %d: %s" % (p.returncode, p.stderr.strip()[:300])] if p.returncode else []
    if p.stderr.strip() and not p.returncode:
        problems.append(p.stderr.strip()[:300])
    for number, name in expected:
        shown = [f for f in ((number, name), (number, "medium " + name)) if f in found]
        if shown:
            found.remove(shown[0])
        else:
            problems.append("line %d: expected %s, not found" % (number, name))
    for number, name in known:
        if (number, name) in found or (number, "medium " + name) in found:
            problems.append("line %d: %s is found now: say expect" % (number, name))
    problems += unsaid(path, p.stdout)
    problems += ["line %d: unexpected %s" % f for f in found
                 if (f[0], f[1].replace("medium ", "")) not in known]
    return problems


def main():
    lintone, source, *paths = sys.argv[1:]
    bad = count = 0
    for path in cases(paths):
        if not usable(path):
            print("skipped: %s" % path)
            continue
        problems = check(lintone, source, path)
        count += 1
        bad += bool(problems)
        for problem in problems:
            print("%s: %s" % (os.path.relpath(path, source), problem))
    print("%d cases, %d wrong" % (count, bad))
    sys.exit(bad > 0 or count == 0)


if __name__ == "__main__":
    main()
