# SPDX-License-Identifier: MIT
"""recount cc is the compiler that it wraps: outputs, messages, exit statuses and dependencies."""
import os
import shutil
import subprocess
import unittest

import cli

SOURCES = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADER = """#ifndef NODE_H
#define NODE_H
#include <recount.h>
typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    int value;
    Node *next;
};
Node *node_new(int value, Node *next);
int node_sum(Node *list);
#endif
"""
NODE = """#include "node.h"
Node *node_new(int value, Node *next)
{
    Node *self = rc_new(Node);
    self->value = value;
    self->next = next;
    return self;
}
int node_sum(Node *list)
{
    int sum = 0;
    for (Node *n = list; n; n = n->next)
        sum += n->value;
    return sum;
}
"""
MAIN = """#include <stdio.h>
#include "node.h"
#ifndef START
#define START 1
#endif
int main(void)
{
    Node *list = NULL;
    for (int i = START; i < 5; i++)
        list = node_new(i, list);
    printf("%d %s:%d\\n", node_sum(list), __FILE__, __LINE__);
    list = NULL;
    printf("%zu alive\\n", rc_live_objects());
    return 0;
}
"""
PLAIN = '#include <stdio.h>\nint main(void) { printf("plain\\n"); return 7; }\n'
OUTPUT = "10 main.c:11\n0 alive\n"


class Compile(cli.Case):
    compiler = "gcc"

    def setUp(self):
        super().setUp()
        self.write("node.h", HEADER)
        self.write("node.c", NODE)
        self.write("main.c", MAIN)
        self.write("plain.c", PLAIN)
        os.mkdir(self.path("tmp"))

    def cc(self, *args, status=0, **kw):
        kw.setdefault("env", {})["TMPDIR"] = self.path("tmp")
        r = self.run_program([cli.RECOUNT, "cc", self.compiler, *args], **kw)
        self.assertEqual(r.returncode, status, r.stderr)
        self.assertEqual(os.listdir(self.path("tmp")), [])
        return r

    def runs(self, program, output=OUTPUT, status=0):
        r = self.run_program([self.path(program)])
        self.assertEqual((r.stdout, r.returncode), (output, status), r.stderr)

    def test_all_in_one(self):
        r = self.cc("-Wall", "-Wextra", "-Werror", "-g", "main.c", "node.c", "-o", "prog")
        self.assertEqual(r.stderr, "")
        self.runs("prog")

    def test_separately(self):
        self.cc("-c", "main.c")
        self.cc("-c", "node.c", "-o", "n.o")
        self.cc("main.o", "n.o", "-oprog")
        self.runs("prog")

    def test_several_objects_at_once(self):
        self.cc("-c", "main.c", "node.c", "plain.c")
        self.assertEqual([f for f in self.files() if f.endswith(".o")], ["main.o", "node.o", "plain.o"])
        self.cc("main.o", "node.o")
        self.runs("a.out")

    def test_sources_in_folders(self):
        os.mkdir(self.path("src"))
        for f in ("node.h", "node.c", "main.c"):
            os.rename(self.path(f), self.path("src/" + f))
        self.cc("src/main.c", "src/node.c", "-o", "prog")
        self.runs("prog", OUTPUT.replace("main.c", "src/main.c"))
        self.write("other/extra.c", "int extra(void) { return 1; }\n")
        self.cc("src/main.c", "other/extra.c", "src/node.c", "-o", "prog2")
        self.runs("prog2", OUTPUT.replace("main.c", "src/main.c"))

    def test_defines_reach_both_parsers(self):
        self.cc("-DSTART=3", "main.c", "node.c", "-o", "prog")
        self.runs("prog", OUTPUT.replace("10", "7"))

    def test_response_file(self):
        self.write("args", '-DSTART=2 "main.c"\nnode.c -o \'prog\'\n')
        self.cc("@args")
        self.runs("prog", OUTPUT.replace("10", "9"))

    def test_standard_input(self):
        self.cc("-c", "node.c")
        self.cc("-x", "c", "-", "-x", "none", "node.o", "-o", "prog", stdin=MAIN)
        self.runs("prog", OUTPUT.replace("main.c", "<stdin>"))
        self.cc("-o", "prog2", "node.o", "-x", "c", "-", stdin=MAIN)
        self.runs("prog2", OUTPUT.replace("main.c", "<stdin>"))
        self.cc("-xc", "-o", "p", "-", stdin=PLAIN)
        self.runs("p", "plain\n", 7)

    def test_preprocess(self):
        out = self.cc("-E", "node.c").stdout
        self.assertIn("node.c", out)
        self.write("node.i", out)
        self.cc("-c", "node.i")
        self.cc("main.c", "node.o", "-o", "prog")
        self.runs("prog")

    def test_preprocessed_text_is_the_same_each_time(self):
        """So that ccache in front finds what it has seen: no private folder's name is in it, of sources or headers."""
        self.write("push.h", '#include "node.h"\nstatic inline void push(Node **list, int i) { *list = node_new(i, *list); }\n')
        self.write("main.c", MAIN.replace('"node.h"', '"push.h"').replace("list = node_new(i, list)", "push(&list, i)"))
        text = self.cc("-E", "main.c").stdout
        self.assertEqual(self.cc("-E", "main.c").stdout, text)
        self.cc("-E", "main.c", "-o", "main.i")
        self.assertEqual(self.read("main.i"), text)
        self.assertNotIn(self.path("tmp"), text)
        self.assertIn('"push.h"', text)
        self.cc("-MM", "-MF", "main.d", "main.c")
        self.cc("-MMD", "-c", "main.c")
        words = self.read("main.d").replace("\\\n", " ").split()
        self.assertEqual(words, ["main.o:", "main.c", "push.h", "node.h"])

    def test_assembly(self):
        self.cc("-S", "node.c")
        self.cc("main.c", "node.s", "-o", "prog")
        self.runs("prog")

    def test_dependencies(self):
        for args, name in ((["-MMD", "-c", "main.c"], "main.d"), (["-MMD", "-c", "main.c", "-o", "x.o"], "x.d"),
                           (["-MMD", "-MF", "y.dep", "-MT", "target", "-c", "main.c", "-o", "y.o"], "y.dep"),
                           (["-Wp,-MMD,z.d", "-c", "main.c", "-o", "z.o"], "z.d")):
            with self.subTest(args):
                self.cc(*args)
                words = self.read(name).replace("\\\n", " ").split()
                self.assertEqual([os.path.normpath(w) for w in words[1:]], ["main.c", "node.h"])
        self.assertEqual(self.read("y.dep").split()[0], "target:")
        self.assertIn("node.h", self.cc("-MM", "main.c").stdout)
        self.assertIn("recount.h", self.cc("-M", "main.c").stdout)

    def test_messages_are_the_compilers(self):
        self.write("wrong.c", NODE.replace("sum += n->value;", "sum += n->nothing;"))
        ours = self.cc("-c", "wrong.c", status=1)
        self.assertRegex(ours.stderr, r"wrong\.c:13:\d+: error: .*nothing")
        self.assertNotIn("wrong.o", self.files())
        self.write("bad.c", "int f(void) { return x; }\n")
        plain = self.run_program([self.compiler, "-c", "bad.c"])
        ours = self.cc("-c", "bad.c", status=1)
        self.assertEqual(ours.stderr, plain.stderr)
        self.cc("-c", "missing.c", status=1)
        self.write("warn.c", MAIN.replace("return 0;", "int unused; return 0;"))
        self.assertRegex(self.cc("-Wall", "-c", "warn.c").stderr, r"warn\.c:14:\d+: warning: unused variable")

    def test_plain_sources_are_not_touched(self):
        self.cc("plain.c", "-o", "p")
        self.runs("p", "plain\n", 7)
        self.assertEqual(self.cc("--version").stdout, self.run_program([self.compiler, "--version"]).stdout)
        self.assertEqual(self.cc("-dumpmachine").stdout, self.run_program([self.compiler, "-dumpmachine"]).stdout)
        self.cc("-c", "plain.c", "-o", "ours.o")
        subprocess.run([self.compiler, "-c", "plain.c", "-o", "theirs.o"], cwd=self.folder, check=True)
        with open(self.path("ours.o"), "rb") as a, open(self.path("theirs.o"), "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_rejection_is_an_error(self):
        self.write("bad.c", NODE.replace("return self;", "return (Node *)(long)self;"))
        r = self.cc("-c", "bad.c", "-o", "bad.o", status=1)
        self.assertRegex(r.stderr, r"bad\.c:7:\d+: error: .*\[arc-bridge\]")
        self.assertNotIn("bad.o", self.files())

    def test_levels_and_record(self):
        self.cc("main.c", "node.c", "-o", "p0", env={"RECOUNT_ARC_OPT": "0"})
        self.runs("p0")
        self.cc("main.c", "node.c", "-o", "p1", env={"RECOUNT_DB": self.path("cc.db")})
        self.assertEqual(self.sql("SELECT mode, files FROM run", "cc.db"), [("cc", 2)])

    def test_lints_on_the_way(self):
        self.write("l.c", cli.LEAKY)
        r = self.cc("-c", "l.c", *cli.python_flags(), env={"RECOUNT_LINT": "1"})
        self.assertRegex(r.stderr, r"(?m)^l\.c:9:\d+: warning: .*\[leak-on-error\]$")
        self.assertIn("l.o", self.files())
        self.assertEqual(self.cc("-c", "l.c", *cli.python_flags()).stderr, "")

    def test_wrapped_compiler(self):
        r = self.run_program([cli.RECOUNT, "cc", "env", self.compiler, "main.c", "node.c", "-o", "prog"])
        self.assertEqual(r.returncode, 0, r.stderr)
        self.runs("prog")

    def test_parallel_make(self):
        self.write("Makefile", "prog: main.o node.o\n\t$(CC) -o $@ $^\nmain.o node.o: node.h\n")
        r = self.run_program(["make", "-j4", "CC=%s cc %s" % (cli.RECOUNT, self.compiler)])
        self.assertEqual(r.returncode, 0, r.stderr)
        self.runs("prog")

    def test_headers_with_code(self):
        """Rewritten headers are found first, also from other headers and through the search path."""
        self.write("inc/push.h", """#pragma once
#include "deep/node.h"
static inline void push(Node **list, int value)
{
    if (value == 2) printf("%s:%d\\n", __FILE__, __LINE__);
    Node *fresh = node_new(value, *list);
    *list = fresh;
}
""")
        self.write("inc/all.h", '#include "push.h"\n')
        self.write("inc/deep/node.h", HEADER)
        os.remove(self.path("node.h"))
        self.write("src/node.c", NODE.replace('"node.h"', '<deep/node.h>'))
        self.write("src/main.c", MAIN.replace('"node.h"', '"all.h"').replace("list = node_new(i, list)", "push(&list, i)"))
        os.remove(self.path("node.c"))
        os.remove(self.path("main.c"))
        self.cc("-Wall", "-Wextra", "-Werror", "-g", "-MMD", "-I", "inc", "-c", "src/main.c", "-o", "main.o")
        self.cc("-Wall", "-Wextra", "-Werror", "-Iinc", "src/node.c", "main.o", "-o", "prog")
        self.runs("prog", "inc/push.h:5\n" + OUTPUT.replace("main.c", "src/main.c"))
        words = self.read("main.d").replace("\\\n", " ").split()[1:]
        self.assertEqual(sorted(os.path.relpath(os.path.join(self.folder, w), self.folder) for w in words),
                         ["inc/all.h", "inc/deep/node.h", "inc/push.h", "src/main.c"])
        os.mkdir(self.path("out"))
        self.expect(0, "rewrite", "src/main.c", "--out-dir", "out", "--", "-Iinc")
        self.assertIn("out/push.h", self.files())
        self.assertIn("out/all.h", self.files())  # it includes push.h, which would be found beside the original

    def test_pattern_rule(self):
        """The documented rule for make, over a header that includes one with counted code."""
        self.write("push.h", '#include "node.h"\nstatic inline void push(Node **list, int i) { *list = node_new(i, *list); }\n')
        self.write("all.h", '#include "push.h"\n')
        self.write("main.c", MAIN.replace('"node.h"', '"all.h"').replace("list = node_new(i, list)", "push(&list, i)"))
        rule = open(os.path.join(SOURCES, "plugin", "rewrite", "README.md")).read().split("```make\n")[1].split("```")[0]
        self.write("Makefile", "prog: main.o node.o\n\t%s cc $(CC) $^ -o $@\n" % cli.RECOUNT +
                   rule.replace("recount rewrite", cli.RECOUNT + " rewrite"))
        include = os.path.join(SOURCES, "runtime", "include")
        r = self.run_program(["make", "CC=" + self.compiler, "CPPFLAGS=-isystem " + include, "CFLAGS=-Wall -Wextra -Werror"])
        self.assertEqual(r.returncode, 0, r.stdout + r.stderr)
        self.runs("prog")

    def test_macros_of_headers(self):
        """Counted code in a macro that a header uses is rewritten there, unless the macro changes its meaning later."""
        push = """#include "node.h"
#define PUSH(list, value) do { Node *fresh = node_new((value), (list)); (list) = fresh; } while (0)
#define MAKER(name) static inline void name(Node **list, int value) { PUSH(*list, value); }
static inline int pushed(Node **list, int value) { PUSH(*list, value); return __LINE__; }
MAKER(push)
"""
        self.write("push.h", push)
        main = MAIN.replace('"node.h"', '"push.h"').replace("list = node_new(i, list)", "i & 1 ? push(&list, i) : (void)pushed(&list, i)")
        self.write("main.c", main)
        self.cc("-Wall", "-Wextra", "-Werror", "main.c", "node.c", "-o", "prog")
        self.runs("prog")
        self.write("push.h", push + "#undef PUSH\n")
        r = self.cc("-c", "main.c", status=1)
        self.assertIn("push.h:2:9: error", r.stderr)
        self.assertIn("[arc-macro-body]", r.stderr)

    def test_words_for_the_linker(self):
        """A source of several is compiled alone: what only the link can use is kept from it."""
        self.cc("-Wall", "-Werror", "main.c", "node.c", "-Wl,--as-needed", "-L.", "-L", ".", "-lm", "-l", "m", "-rdynamic", "-o", "prog")
        self.runs("prog")
        self.cc("-Werror", "-shared", "-fPIC", "main.c", "node.c", "-o", "libboth.so")

    def test_a_source_with_the_runtimes_name(self):
        shutil.copy(self.path("main.c"), self.path("recount_main.c"))
        shutil.copy(self.path("node.h"), self.path("recounted.h"))
        self.write("node.c", NODE.replace("node.h", "recounted.h"))
        self.cc("recount_main.c", "node.c", "-o", "prog")
        self.runs("prog", OUTPUT.replace("main.c", "recount_main.c"))

    def test_shared_library(self):
        self.cc("-shared", "-fPIC", "-o", "libnode.so", "node.c")
        self.cc("main.c", "-L.", "-lnode", "-Wl,-rpath," + self.folder, "-o", "prog")
        self.runs("prog")

    def test_shared_runtime(self):
        self.cc("main.c", "node.c", "-o", "prog", env={"RECOUNT_RUNTIME": "shared"})
        self.runs("prog")

    def test_debug_information_names_the_original(self):
        self.cc("-g", "main.c", "node.c", "-o", "prog")
        out = subprocess.run(["readelf", "--debug-dump=info,line", self.path("prog")], stdout=subprocess.PIPE, text=True).stdout
        self.assertIn("node.c", out)
        self.assertNotIn("recount-", out.replace("recount-cli-", ""))


@unittest.skipUnless(shutil.which("clang"), "no clang")
class CompileWithClang(Compile, cli.Case):
    compiler = "clang"


class Run(cli.Case):
    CYCLE = """#include <recount.h>
#include <stdio.h>
typedef struct Node Node;
struct RC_CLASS Node {
    RC_HEAD;
    Node *other;
};
int main(void)
{
    Node *a = rc_new(Node), *b = rc_new(Node);
    a->other = b;
    b->other = a;
    puts("done");
    return 5;
}
"""

    def setUp(self):
        super().setUp()
        self.write("c.c", self.CYCLE)
        self.expect(0, "cc", "gcc", "c.c", "-o", "prog")

    def test_events_are_recorded(self):
        self.expect(1, "lint", "c.c")
        r = self.expect(5, "run", "--", "./prog")
        self.assertEqual(r.stdout, "done\n")
        self.assertEqual(self.sql("SELECT class, count FROM event WHERE kind = 'cycle-collected'"), [("Node", 2)])
        self.assertEqual(self.sql("SELECT cycle, collected FROM v_cycle_seen"), [("Node.other -> Node", 2)])
        self.assertIn("cycle-collected", self.expect(0, "query", "events").stdout)

    def test_profile(self):
        self.write("p.c", "#include \"p.h\"\nstatic int deep(int n) { return n ? deep(n - 1) : 0; }\n"
                          "int plain(void) { for (int i = 0; i < 3; i++) if (deep(4)) return 1; return 0; }\n")
        self.write("p.h", "int plain(void);\n")
        self.write("q.c", self.CYCLE.replace("int main", '#include "p.h"\nint main').replace('puts("done")', "plain()"))
        self.expect(0, "cc", "gcc", "-Wall", "-Wextra", "-Werror", "p.c", "q.c", "-o", "prof", env={"RECOUNT_PROFILE": "1"})
        r = self.expect(5, "profile", "-s", "calls", "--", "./prof")
        self.assertEqual(r.stdout.splitlines()[1].split()[:2], ["deep", "15"])
        self.assertEqual(self.sql("SELECT function, calls FROM profile ORDER BY 1"), [("deep", 15), ("main", 1), ("plain", 1)])
        self.assertEqual(self.sql("SELECT allocations FROM profile WHERE function = 'main'"), [(2,)])
        self.assertIn("deep", self.expect(0, "profile").stdout)

    def test_a_spool_that_was_left(self):
        self.expect(1, "lint", "c.c")
        self.run_program(["./prog"], env={"RECOUNT_DB": ".recount/findings.db"})
        self.assertIn(".recount/findings.db.spool", self.files())
        self.assertIn("Node", self.expect(0, "query", "events").stdout)
        self.assertNotIn(".recount/findings.db.spool", self.files())

    def test_programs_that_fail(self):
        self.one_line(self.expect(127, "run", "--", "./none"), "none")
        self.expect(143, "run", "--", "sh", "-c", "kill -TERM $$")

    def test_instrumented_with_cmake(self):
        self.write("CMakeLists.txt", """cmake_minimum_required(VERSION 3.25)
project(p C)
include(%s)
add_executable(p c.c)
recount_instrument(p)
""" % os.path.join(os.path.dirname(__file__), "../../plugin/cmake/RecountInstrument.cmake"))
        for generator in ("Ninja", "Unix Makefiles"):
            r = self.run_program(["cmake", "-S", ".", "-B", "b-" + generator[:2], "-G", generator,
                                  "-DRECOUNT_PROGRAM=" + cli.RECOUNT])
            self.assertEqual(r.returncode, 0, r.stderr)
            r = self.run_program(["cmake", "--build", "b-" + generator[:2]])
            self.assertEqual(r.returncode, 0, r.stdout + r.stderr)
            self.assertEqual(self.run_program(["b-%s/p" % generator[:2]]).returncode, 5)


if __name__ == "__main__":
    cli.main()
