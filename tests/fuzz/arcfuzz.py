#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs random annotated programs as rewritten at -O0 and -O1, with each compiler, under sanitizers, and compares what
they print with the reference interpreter of arcgen.py. A program that differs is shrunk and left in --keep.

    arcfuzz.py --recount BIN [--count N] [--seed S] [--batch N] [--jobs N] [--cc gcc,clang] [--keep DIR]
"""
import argparse
import concurrent.futures
import copy
import os
import subprocess
import sys
import tempfile

import arcgen

FLAGS = ['-std=c11', '-g', '-O1', '-Wall', '-Wextra', '-Wno-unused-function', '-Wno-unused-but-set-variable', '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined']


def build_and_run(options, folder, name, text, cc, level):
    path = os.path.join(folder, f'{name}.{cc}.{level}')
    with open(path + '.c', 'w', encoding='ascii') as out:
        out.write(text)
    env = dict(os.environ, RECOUNT_ARC_OPT=str(level))
    made = subprocess.run([options.recount, 'cc', cc, *FLAGS, path + '.c', '-o', path], env=env, capture_output=True, text=True)
    if made.returncode or made.stderr:
        return f'does not build without a word:\n{made.stderr}'
    try:
        ran = subprocess.run([path], capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return 'hangs'
    return ran.stdout + (ran.stderr if ran.returncode else '') + ('' if ran.returncode == 0 else f'exit status {ran.returncode}\n')


def sections(text):
    return {part.split('\n', 1)[0]: part for part in text.split('== ')[1:]}


def differs(options, folder, programs, name='batch'):
    """The first configuration under which a program differs: (program, cc, level, wanted, got), or None."""
    text, want = arcgen.source(programs), arcgen.expected(programs)
    for cc in options.cc.split(','):
        for level in (0, 1):
            got = build_and_run(options, folder, name, text, cc, level)
            if got == want:
                continue
            ours, theirs = sections(want), sections(got)
            wrong = [p for p in programs if ours[str(p.seed)] != theirs.get(str(p.seed))]
            return (wrong or programs)[0], cc, level, want, got
    return None


def blocks_of(program):
    """Every list of statements in the program, outermost first."""
    found = []

    def visit(node):
        if isinstance(node, arcgen.Block):
            found.append(node)
            for child in node.body:
                visit(child)
        for part in ('yes', 'no', 'body'):
            child = getattr(node, part, None)
            if child is not None and not isinstance(child, list) and not isinstance(node, arcgen.Choose):
                visit(child)
        for case in getattr(node, 'cases', []):
            visit(case[0])

    for fn in program.maker.fns + [program.maker.main]:
        visit(fn.body)
    return found


def shrink(options, folder, program):
    """Takes statements away as long as the program still builds and still prints something else."""
    def bad(candidate):
        try:
            found = differs(options, folder, [candidate], 'shrink')
        except (KeyError, AttributeError, arcgen.Leave):   # it no longer is a program
            return False
        return found is not None and 'does not build' not in found[4]

    changed = True
    while changed:
        changed = False
        for b in range(len(blocks_of(program))):
            i = 0
            while b < len(blocks_of(program)) and i < len(blocks_of(program)[b].body):
                candidate = copy.deepcopy(program)
                del blocks_of(candidate)[b].body[i]
                if bad(candidate):
                    program, changed = candidate, True
                else:
                    i += 1
    return program


def report(options, folder, found):
    program, cc, level, want, got = found
    alone = arcgen.Program(program.seed)
    if differs(options, folder, [alone], 'alone'):
        if 'does not build' not in got:
            alone = shrink(options, folder, alone)
        program, cc, level, want, got = differs(options, folder, [alone], 'alone')
    print(f'program {program.seed} with {cc} at -O{level} differs:')
    print(arcgen.source([alone]), '--- wanted', want, '--- printed', got, sep='\n')
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
        with open(os.path.join(options.keep, f'seed_{program.seed}.c'), 'w', encoding='ascii') as out:
            out.write(arcgen.source([alone]))
        with open(os.path.join(options.keep, f'seed_{program.seed}.expected'), 'w', encoding='ascii') as out:
            out.write(arcgen.expected([alone]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n\n')[0])
    parser.add_argument('--recount', required=True)
    parser.add_argument('--count', type=int, default=200)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--batch', type=int, default=50)
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--cc', default='gcc,clang')
    parser.add_argument('--keep')
    options = parser.parse_args()
    starts = range(options.seed, options.seed + options.count, options.batch)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        def one(start):
            stop = min(start + options.batch, options.seed + options.count)
            return differs(options, folder, [arcgen.Program(s, f'p{s}') for s in range(start, stop)], f'b{start}')

        found = [f for f in pool.map(one, starts) if f]
        for each in found[:3]:
            report(options, folder, each)
    print(f'{options.count} programs, {len(found)} batches of {options.batch} with a difference')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
