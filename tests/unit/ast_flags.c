/* SPDX-License-Identifier: MIT
 *
 * Which compile flags reach the parse.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "ast/ast.h"

/* Filters a line of words and compares with another; words are separated by one blank. */
static void expect(const char *line, const char *wanted)
{
    char copy[512], got[512] = "";
    const char *flags[64];
    size_t n = 0;
    assert_true(strlen(line) < sizeof copy);
    strcpy(copy, line);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) flags[n++] = word;
    n = ast_flags_filter(flags, n);
    for (size_t i = 0; i < n; i++) {
        if (i) strcat(got, " ");
        strcat(got, flags[i]);
    }
    assert_string_equal(got, wanted);
}

static void ordinary_flags_stay(void **state)
{
    (void)state;
    expect("-DX=1 -U Y -I include -isystem sys -include pre.h -std=gnu11 -O2 -Wall -m32 -pthread -fPIC",
           "-DX=1 -U Y -I include -isystem sys -include pre.h -std=gnu11 -O2 -Wall -m32 -pthread -fPIC");
    expect("", "");
}

static void what_loads_code_goes(void **state)
{
    (void)state;
    expect("-fplugin=evil.so -DX", "-DX");
    expect("-fpass-plugin=evil.so -DX", "-DX");
    expect("-Xclang -load -Xclang evil.so -DX", "-DX");
    expect("-load evil.so -add-plugin p -DX", "-DX");
    expect("-mllvm -load=evil.so -DX", "-DX");
    expect("-B tools -Btools -specs=evil.specs --config=evil.cfg -DX", "-DX");
    expect("@arguments -DX", "-DX");
    expect("-wrapper gdb,--args -DX", "-DX");
}

static void what_writes_files_goes(void **state)
{
    (void)state;
    expect("-c -o out.o -oout.o -DX", "-DX");
    expect("-MD -MMD -MP -MF deps.d -MT target -MQ t -MJ db.json -MFdeps.d -DX", "-DX");
    expect("-save-temps=obj --save-temps -ftime-trace -dumpdir d -DX", "-DX");
    expect("--coverage -fprofile-arcs -ftest-coverage -gsplit-dwarf -DX", "-DX");
    expect("-serialize-diagnostics f.dia -emit-llvm -emit-pch -DX", "-DX");
    expect("-Wp,-MD,deps.d -Wa,-al=list -Wl,-Map=m -DX", "-DX");
}

static void gcc_flags_go(void **state)
{
    (void)state;
    expect("-fconserve-stack -fno-ipa-sra --param max-inline-insns-single=5 --param=x=1 -fanalyzer -DX",
           "-DX");
    expect("-flto=auto -ffat-lto-objects -Werror -Werror=format -DX", "-DX");
}

static void an_argument_is_no_flag(void **state)
{
    (void)state;
    expect("-I -output -D -MF", "-I -output -D -MF");
    expect("-include -fplugin=evil.so", "-include -fplugin=evil.so");
    expect("-DX -o", "-DX");
    expect("a.c -DX ../b.c object.o -l m -lm -L dir -Ldir -u symbol -T script -z now", "-DX");
    expect("-DX -I", "-DX -I");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ordinary_flags_stay),    cmocka_unit_test(what_loads_code_goes),
        cmocka_unit_test(what_writes_files_goes), cmocka_unit_test(gcc_flags_go),
        cmocka_unit_test(an_argument_is_no_flag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
