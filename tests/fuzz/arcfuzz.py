#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs random annotated programs as rewritten at -O0 and -O1, built with each compiler, and compares what they print with the
reference interpreter of arcgen.py. Freed memory is filled, so that a use after a death shows. Each program runs a second
time with a collector that starts at every other allocation: then all have to agree with each other. Of every --sanitize
batches one is built under sanitizers as well. A program that differs is shrunk and left in --keep.

    arcfuzz.py --recount BIN --include DIR --library FILE [--count N] [--seed S] [--batch N] [--sanitize N] [--jobs N]
               [--cc clang,gcc] [--keep DIR]
"""
import argparse
import concurrent.futures
import copy
import os
import subprocess
import sys
import tempfile

import arcexpr
import arcgen
import arcmachine
import arcstmt

# gcc takes a label behind a statement for a case: -Wimplicit-fallthrough says so of the original, too.
FLAGS = ['-std=gnu11', '-Wall', '-Wextra', '-Wno-unused-function', '-Wno-unused-but-set-variable', '-Wno-implicit-fallthrough']
SANITIZE = ['-g', '-O0', '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined']


def run(path, *arguments):
    env = dict(os.environ, RECOUNT_DEBUG='fill')
    try:
        ran = subprocess.run([path, *arguments], capture_output=True, text=True, errors='replace', timeout=120, env=env)
    except subprocess.TimeoutExpired:
        return 'hangs'
    return ran.stdout + ran.stderr + ('' if ran.returncode == 0 else f'exit status {ran.returncode}\n')


def build(options, path, level, cc, more):
    command = [cc, *FLAGS, *more, f'-I{options.include}', f'{path}.O{level}.c', '-o', path, options.library, '-lpthread', '-lm']
    made = subprocess.run(command, capture_output=True, text=True)
    return f'does not build without a word:\n{made.stderr}' if made.returncode or made.stderr else ''


def rewrite(options, path, level):
    command = [options.recount, 'rewrite', f'-O{level}', path + '.c', '-o', f'{path}.O{level}.c', '--', '-std=gnu11', f'-I{options.include}']
    made = subprocess.run(command, capture_output=True, text=True)
    return f'is not rewritten:\n{made.stdout}{made.stderr}' if made.returncode else ''


def sections(text):
    return {part.split('\n', 1)[0]: part for part in text.split('== ')[1:]}


def differing(programs, want, got):
    ours, theirs = sections(want), sections(got)
    return ([p for p in programs if ours.get(str(p.seed)) != theirs.get(str(p.seed))] or programs)[0]


def differs(options, path, programs, sanitize):
    """The first way to run in which a program differs: (program, how, wanted, got), or None."""
    want, collected = arcgen.expected(programs), None
    with open(path + '.c', 'w', encoding='ascii') as out:
        out.write(arcgen.source(programs))
    for level in (0, 1):
        wrong = rewrite(options, path, level)
        if wrong:
            return programs[0], f'-O{level}', want, wrong
        builds = [(cc, more) for cc in options.cc.split(',') for more in ([['-O0'], SANITIZE] if sanitize else [['-O0']])]
        for cc, more in builds:
            how = f'-O{level} {cc} {" ".join(more)}'
            wrong = build(options, path, level, cc, more)
            got = wrong or run(path)
            if got != want:
                return differing(programs, want, got), how, want, got
            got = run(path, 'collect')
            collected = collected or got
            if got != collected:
                return differing(programs, collected, got), how + ', collecting', collected, got
    return None


# ---- shrinking ---------------------------------------------------------------------------------------------------------------
def blocks_of(program):
    fns = program.maker.ordered + [program.maker.main]
    return [node for fn in fns for node in arcexpr.parts(fn.body) if isinstance(node, arcstmt.Block)]


def values_of(program):
    """Where an expression may become a simpler one."""
    fns = program.maker.ordered + [program.maker.main]
    return [(node, name) for fn in fns for node in arcexpr.parts(fn.body) for name in ('value', 'expr', 'test')
            if isinstance(getattr(node, name, None), arcexpr.Expr)]


def edits_of(program):
    """Each edit that makes the program smaller, as a function of a copy; the coarse ones first."""
    for b, block in enumerate(blocks_of(program)):
        for i in reversed(range(len(block.body))):
            yield lambda p, b=b, i=i: blocks_of(p)[b].body.pop(i)
    for v, (node, name) in enumerate(values_of(program)):
        old = getattr(node, name)
        inside = [getattr(old, part) for part in ('yes', 'no', 'second', 'left', 'right', 'value')
                  if isinstance(getattr(old, part, None), arcexpr.Expr)]
        simple = [arcexpr.Chance(True), arcexpr.Chance(False)] if name == 'test' else [arcexpr.Null()]
        for new in ([] if isinstance(old, (arcexpr.Null, arcexpr.Chance)) else simple) + inside:
            yield lambda p, v=v, new=new: setattr(*values_of(p)[v], copy.deepcopy(new))


def shrink(options, path, program):
    """Takes away what can go as long as the program still builds and still prints something else."""
    def is_bad(candidate):
        try:
            candidate.analyse()
            found = differs(options, path, [candidate], False)
        except (KeyError, AttributeError, IndexError, TypeError, ValueError, arcmachine.Leave, RecursionError):   # no program any more
            return False
        return found is not None and not found[3].startswith(('does not', 'is not'))

    changed = True
    while changed:
        changed = False
        for edit in edits_of(program):
            candidate = copy.deepcopy(program)
            edit(candidate)
            if is_bad(candidate):
                program, changed = candidate, True
                break
    used = {call.fn.name for fn in program.maker.ordered + [program.maker.main] for call in arcexpr.parts(fn.body)
            if isinstance(call, arcexpr.Call)}
    candidate = copy.deepcopy(program)
    candidate.maker.ordered = [fn for fn in candidate.maker.ordered if fn.name in used]
    return candidate if is_bad(candidate) else program


def report(options, folder, found):
    program, how, want, got = found
    path = os.path.join(folder, 'alone')
    alone = arcgen.Program(program.seed)
    again = differs(options, path, [alone], True)
    if again:
        if not again[3].startswith(('does not', 'is not')):
            alone = shrink(options, path, alone)
        program, how, want, got = differs(options, path, [alone], True)
    print(f'program {program.seed} with {how} differs:')
    print(arcgen.source([alone]) if again else 'only beside others', '--- wanted', want, '--- printed', got, sep='\n', flush=True)
    if options.keep:
        os.makedirs(options.keep, exist_ok=True)
        for ending, text in (('c', arcgen.source([alone])), ('expected', arcgen.expected([alone]))):
            with open(os.path.join(options.keep, f'seed_{program.seed}.{ending}'), 'w', encoding='ascii') as out:
                out.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n\n')[0])
    for name in ('recount', 'include', 'library'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--count', type=int, default=2000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--batch', type=int, default=50)
    parser.add_argument('--sanitize', type=int, default=5)
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--cc', default='clang,gcc')
    parser.add_argument('--keep')
    options = parser.parse_args()
    starts = range(options.seed, options.seed + options.count, options.batch)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        def one(start):
            stop = min(start + options.batch, options.seed + options.count)
            programs = [arcgen.Program(s, f'p{s}') for s in range(start, stop)]
            sanitize = options.sanitize and (start - options.seed) // options.batch % options.sanitize == 0
            found = differs(options, os.path.join(folder, f'b{start}'), programs, sanitize)
            if found:
                print(f'program {found[0].seed} with {found[1]} differs', flush=True)
            return found

        found = [f for f in pool.map(one, starts) if f]
        for each in found[:3]:
            report(options, folder, each)
    print(f'{options.count} programs, {len(found)} batches of {options.batch} with a difference')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
