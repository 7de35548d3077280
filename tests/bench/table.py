#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the benchmark programs and prints one table: medians, and each peer's figure over ours.

  table.py [--runs N] [--counted] [--only WORKLOAD,...] NAME=PROGRAM... [missing:NAME...]

The first NAME is ours; its figures are divided by each peer's (below 1: we need less). Every workload runs in a
process of its own, the programs take turns, and what differs between the runs is shown as the spread. With --counted
the programs run under callgrind and the figures are instructions for one allocation with its release.
"""
import argparse
import re
import statistics
import subprocess
import sys

ALLOCATION = ["pair", "lifo", "fifo", "random", "mix", "tree", "across-threads"]
COLLECTION = [
    "full-tree", "full-tree-scattered", "full-chain", "full-random", "garbage-self", "garbage-pairs",
    "garbage-rings-of-10", "binary-trees", "drop-chain", "pause",
]
TIME_LIMIT = 300


def run_once(program, workload):
    """The figures of one run: {workload: (unit, value)}, empty when the program does not have the workload."""
    try:
        done = subprocess.run([program, workload], capture_output=True, text=True, timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        return {}
    rows = [line.split() for line in done.stdout.splitlines()]
    return {row[0]: (row[1], float(row[2])) for row in rows if len(row) == 3}


def count_once(program, workload):
    """Instructions a pair: what callgrind collects inside the workload's function."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
               f"--toggle-collect=work_{workload.replace('-', '_')}", program, "--counted", workload]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIME_LIMIT)
    found = re.search(r"Collected : (\d+)", done.stderr)
    pairs = re.search(r" pairs (\S+)", done.stdout)
    if not found or not pairs or int(found.group(1)) == 0:
        return {}
    return {workload: ("instr", int(found.group(1)) / float(pairs.group(1)))}


def measure(programs, workloads, runs, once):
    """{row: {"unit": unit, name: [values]}}, programs taking turns within each run."""
    rows = {}
    for workload in workloads:
        for _ in range(runs):
            for name, program in programs:
                for row, (unit, value) in once(program, workload).items():
                    rows.setdefault(row, {"unit": unit}).setdefault(name, []).append(value)
        print(f"\r{workload:24}", end="", file=sys.stderr, flush=True)
    print("\r" + " " * 24 + "\r", end="", file=sys.stderr)
    return rows


def cell(values, ours):
    if not values:
        return "-"
    median = statistics.median(values)
    text = f"{median:.4g}"
    if ours and median > 0:
        text += f" ({statistics.median(ours) / median:.2f})"
    return text


def print_table(rows, names):
    width = max(18, *(len(name) + 2 for name in names))
    print(f"{'workload':22} {'unit':>9} " + "".join(f"{name:>{width}}" for name in names) + "  spread")
    for row, figures in rows.items():
        own = figures.get(names[0], [])
        cells = [cell(own, None)] + [cell(figures.get(name, []), own) for name in names[1:]]
        spread = f"{100 * (max(own) - min(own)) / min(own):.0f} %" if own and min(own) > 0 else "-"
        print(f"{row:22} {figures['unit']:>9} " + "".join(f"{text:>{width}}" for text in cells) + f"  {spread}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--counted", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    programs = [item.split("=", 1) for item in options.programs if "=" in item]
    missing = [item.split(":", 1)[1] for item in options.programs if item.startswith("missing:")]
    allocators = [(name, path) for name, path in programs if "alloc-" in path]
    collectors = [(name, path) for name, path in programs if "gc-" in path]
    only = set(filter(None, options.only.split(",")))
    wanted = lambda all_of: [w for w in all_of if not only or w in only]
    if options.counted:
        plan = [(allocators, wanted(ALLOCATION[:-1]), 1, count_once)]
    else:
        plan = [(allocators, wanted(ALLOCATION + ["fragmentation"]), options.runs, run_once),
                (collectors, wanted(COLLECTION), options.runs, run_once)]
    for chosen, workloads, runs, once in plan:
        if chosen and workloads:
            print_table(measure(chosen, workloads, runs, once), [name for name, _ in chosen])
            print()
    print("in brackets: ours over the peer's; figures are medians of", 1 if options.counted else options.runs, "runs")
    for name in missing:
        print("missing:", name)


main()
