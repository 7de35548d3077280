# SPDX-License-Identifier: MIT
"""Uses the ledger module that stands on the path: python3 test_ledger.py DIRECTORY [--leaks]

With --leaks, also counts what a hundred thousand rejected lines leave behind, in bytes a line."""
import gc
import sys
import tracemalloc

sys.path.insert(0, sys.argv[1])
import ledger

assert ledger.parse("2024-03-01;rent;-700") == ("2024-03-01", "rent", -700.0)
seen = []
book = ledger.Book(on_entry=seen.append)
assert book.extend(["2024-03-01;rent;-700", "2024-03-02;pay;2000", "2024-03-03;rent;-30"]) == 3
book.add("2024-03-04;food;-12.5")
assert len(book) == len(seen) == 4
assert book.total("rent") == -730.0
assert book.report() == ["food: -12.5", "pay: 2000.0", "rent: -730.0"]
for bad, error in (("2024;;5", ValueError), ("2024;rent;much", ValueError), (7, TypeError)):
    try:
        book.add(bad)
    except error:
        pass
    else:
        raise AssertionError(bad)
try:
    book.total("nobody")
except KeyError:
    pass

cycle = ledger.Book(on_entry=lambda entry: cycle)
del cycle
gc.collect()


def left_behind(line, turns=100000):
    def fail():
        try:
            ledger.parse(line)
        except ValueError:
            pass

    fail()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(turns):
        fail()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return round((after - before) / turns)


print("ok")
if "--leaks" in sys.argv:
    print("without an account:", left_behind("2024;;5"), "bytes a line")
    print("without an amount:", left_behind("2024;rent;much"), "bytes a line")
