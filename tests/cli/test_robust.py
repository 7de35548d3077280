# SPDX-License-Identifier: MIT
"""What one file does to the analysis costs that file alone: it is named with the cause, and the others are reported."""
import os

import cli

ENDLESS = "#define A(x) x x\n#define B(x) A(A(A(A(A(A(x))))))\n#define C(x) B(B(B(B(x))))\nint f(int a) { C(C(a++;)) return a; }\n"


class Robust(cli.Case):
    def check(self, text, *options, cause="", jobs=("1", "3")):
        """The bad file among good ones, at any number of processes."""
        self.write("bad.c", text)
        self.write("a.c", cli.LEAKY)
        self.write("z.c", cli.LEAKY.replace("make", "build"))
        seen = set()
        for n in jobs:
            for name in self.files():
                if ".db" in name:
                    os.remove(self.path(name))
            r = self.expect(3, "lint", "--db", "x.db", "-j", n, "--confidence", "medium", *options, "a.c", "bad.c", "z.c", "--",
                            *cli.python_flags())
            self.assertEqual(self.sql("SELECT path, function FROM v_open WHERE check_id = 'leak-on-error' ORDER BY 1", "x.db"),
                             [("a.c", "make"), ("z.c", "build")])
            self.assertEqual(self.sql("SELECT parsed, error IS NOT NULL FROM file WHERE path = 'bad.c'", "x.db"), [(0, 1)])
            self.one_line(r, "bad.c", cause)
            seen.add((r.stdout, r.stderr))
        self.assertEqual(len(seen), 1)

    def test_time(self):
        self.check(ENDLESS, "--timeout", "1", cause="took longer than 1 second")

    def test_memory(self):
        self.check(ENDLESS, "--memory", "400", "--timeout", "60", jobs="1")

    def test_nesting(self):
        self.check("int f(void) { return " + "(" * 100000 + "1" + ")" * 100000 + "; }\n", cause="nesting")
        self.check("int f(void) " + "{" * 100000 + "}" * 100000 + "\n", cause="nesting")

    def test_crash(self):
        """More operators in one another than any stack holds."""
        self.check("int f(int a) { return " + "!" * 400000 + "a; }\n", cause="the analysis")

    def test_size(self):
        self.check("int table[] = {" + "1234567," * 5000000 + "};\n", cause="larger than 32 MiB")

    def test_includes_itself(self):
        self.check('#include "bad.c"\n', cause="nested too deeply")


if __name__ == "__main__":
    cli.main()
