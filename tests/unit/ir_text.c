/* SPDX-License-Identifier: MIT
 *
 * The IR's printed form reads back as itself, bad text is one message with its line, and the verifier sees
 * what is wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "ir/ir.h"

static const char sample[] =
    "unit \"sample.c\"\n"
    "file 2 \"sample.h\"\n"
    "record 1 \"Node\" 24 [\"class\"] {\n"
    "  left: *Node + 64 [\"weak\"]\n"
    "  slot: [2]*Node + 128\n"
    "}\n"
    "union 2 \"\" 8 {\n"
    "  i: i64 + 0\n"
    "  p: *Node + 0\n"
    "}\n"
    "record 3 \"Opaque\" 0;\n"
    "typedef node_t = *Node [\"unowned\"]\n"
    "fact \"object_type:Node:keep:drop\"\n"
    "decl make(n: i32, p: *Node [\"steals\"]): *Node [\"returns_new\", \"nullable\"]\n"
    "decl die(...): void noreturn\n"
    "global table: [2]fn(i32, *Node): *Node static = { 0: @make, 1: null }\n"
    "global f.count: i32 static\n"
    "func f(p: *Node, n: i32): *Node static @3:1 {\n"
    "  local x: *Node\n"
    "  local u#4: #2\n"
    "  local u#5: #2\n"
    "b1:\n"
    "  decl x @4:5\n"
    "  zero u#4\n"
    "  t1: i32 = load n @4:10\n"
    "  t2: *Node = call @make(t1, null) @4:12 in MAKE/make_inner\n"
    "  store.init x, t2 @4:5\n"
    "  t3: *Node = load *t2.slot[1]\n"
    "  store.assign *t2.left, t3 @5:5~2\n"
    "  t4: i32 = load @f.count\n"
    "  switch t4, { 1: b2, 3..5: b3 }, b4\n"
    "b2: label \"again\"\n"
    "  t5: bool = bin.ne t2, null\n"
    "  br.if t5, b3, b4\n"
    "b3:\n"
    "  store.assign u#5.p, t2\n"
    "  end x\n"
    "  ret t2 @9:5\n"
    "b4:\n"
    "  call @die(\"a \\\"b\\\"\\x0a\", real \"1.5\")\n"
    "  unknown \"odd\"\n"
    "  stop\n"
    "}\n";

static bool is_f(const ir_func *func, void *unit)
{
    return strcmp(((const ir_unit *)unit)->decls.at[func->decl].name, "f") == 0;
}

static bool none(const ir_func *func, void *arg)
{
    (void)func, (void)arg;
    return false;
}

/* Through an image and back; the original is freed in between. */
static ir_unit *imaged(ir_unit *unit, bool (*wanted)(const ir_func *func, void *arg))
{
    strbuf image = {0};
    ir_image_write(unit, wanted, unit, &image);
    ir_unit_free(unit);
    size_t n = image.n;
    ir_unit *again = ir_image_read(strbuf_take(&image), n);
    assert_non_null(again);
    return again;
}

static void an_image_is_the_unit(void **state)
{
    (void)state;
    char *error = NULL;
    ir_unit *unit = ir_read("sample.c", sample, sizeof sample - 1, &error);
    assert_non_null(unit);
    strbuf before = {0}, after = {0};
    ir_print_unit(unit, &before);
    unit = imaged(unit, is_f);
    ir_print_unit(unit, &after);
    assert_string_equal(before.s, after.s);
    assert_true(ir_verify(unit, unit->funcs.at[0], &error));
    assert_int_equal(ir_decl_find(unit, "make"), 1);
    unit = imaged(unit, none);
    assert_int_equal(unit->funcs.n, 0);
    assert_int_equal(ir_decl_find(unit, "make"), 1);
    ir_unit_free(unit);
    strbuf_fini(&before);
    strbuf_fini(&after);
}

static void half_an_image_is_none(void **state)
{
    (void)state;
    char *error = NULL;
    ir_unit *unit = ir_read("sample.c", sample, sizeof sample - 1, &error);
    strbuf image = {0};
    ir_image_write(unit, is_f, unit, &image);
    for (size_t n = 0; n < image.n; n += 8) {
        char *half = x_malloc(n + 1);
        memcpy(half, image.s, n);
        ir_unit_free(ir_image_read(half, n)); /* what lies in the first half may do without the second */
    }
    strbuf_fini(&image);
    ir_unit_free(unit);
}

static void printed_form_reads_back(void **state)
{
    (void)state;
    char *error = NULL;
    ir_unit *unit = ir_read("sample.c", sample, sizeof sample - 1, &error);
    assert_null(error);
    strbuf out = {0};
    ir_print_unit(unit, &out);
    assert_string_equal(out.s, sample);
    assert_true(ir_verify(unit, unit->funcs.at[0], &error));
    strbuf_fini(&out);
    ir_unit_free(unit);
}

static void bad_text_is_one_message_with_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } bad[] = {
        {"func f(): void {\nb1:\n  store x, 1\n  ret\n}\n", "line 3: no local 'x'"},
        {"func f(): void {\nb1:\n  frob\n}\n", "line 3: no operation 'frob'"},
        {"func f(): Nope {\nb1:\n  ret\n}\n", "line 1: unknown type 'Nope'"},
        {"func f(): void {\nb1:\n  t1: i32 = un.add 3\n  ret\n}\n", "line 3: 'un' does not take '.add'"},
        {"nonsense\n", "line 1: expected a declaration"},
        {"func f(): void {\nb1:\n  ret", "line 3: the function does not end"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *error = NULL;
        assert_null(ir_read("bad", bad[i].text, strlen(bad[i].text), &error));
        assert_string_equal(error, bad[i].message);
        free(error);
    }
}

static void check_refused(const char *body, const char *message)
{
    char *error = NULL;
    strbuf text = {0};
    strbuf_printf(&text, "decl g(): i32\nfunc f(): void {\n  local x: i32\n%s}\n", body);
    ir_unit *unit = ir_read("v", text.s, text.n, &error);
    assert_null(error);
    assert_false(ir_verify(unit, unit->funcs.at[0], &error));
    assert_string_equal(error, message);
    free(error);
    strbuf_fini(&text);
    ir_unit_free(unit);
}

static void verifier_sees_what_is_wrong(void **state)
{
    (void)state;
    check_refused("b1:\n  t1: i32 = call @g()\n  t1: i32 = call @g()\n  ret\n",
                  "f: b1: t1 is defined twice: call");
    check_refused("b1:\n  br.if 1, b2, b3\nb2:\n  t1: i32 = any\n  jump b3\nb3:\n  store x, t1\n  ret\n",
                  "f: b3: t1 may be used before it is defined: store");
}

/* A seeded walk: the same mutants on every machine. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

static void mutate(char *text, size_t *n, uint32_t *seed)
{
    static const char spice[] = "tb1.*[]{}()@#:,\"\n -0\xff";
    for (uint32_t edits = next_random(seed) % 4 + 1; edits && *n; edits--) {
        size_t at = next_random(seed) % *n;
        switch (next_random(seed) % 3) {
        case 0: text[at] = spice[next_random(seed) % (sizeof spice - 1)]; break;
        case 1: memmove(text + at, text + at + 1, --*n - at); break;
        default: *n = at + 1; break;
        }
    }
}

/* Whatever is accepted prints to something that is accepted again, and prints the same. */
static void check_fixpoint(const char *text, size_t n)
{
    char *error = NULL;
    strbuf once = {0}, twice = {0};
    ir_unit *unit = ir_read("mutant", text, n, &error);
    if (!unit) {
        assert_non_null(error);
        free(error);
        return;
    }
    ir_print_unit(unit, &once);
    for (size_t i = 0; i < unit->funcs.n; i++)
        if (!ir_verify(unit, unit->funcs.at[i], &error)) free(error);
    ir_unit *again = ir_read("mutant", once.s, once.n, &error);
    if (!again) fail_msg("%s in\n%s", error, once.s);
    ir_print_unit(again, &twice);
    assert_string_equal(once.s, twice.s);
    ir_unit_free(again);
    ir_unit_free(unit);
    strbuf_fini(&once);
    strbuf_fini(&twice);
}

static void mutated_text_is_refused_or_reads_back(void **state)
{
    (void)state;
    uint32_t seed = 2463534242;
    char text[sizeof sample];
    for (int i = 0; i < 20000; i++) {
        size_t n = sizeof sample - 1;
        memcpy(text, sample, sizeof sample);
        mutate(text, &n, &seed);
        check_fixpoint(text, n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_form_reads_back),
        cmocka_unit_test(an_image_is_the_unit),
        cmocka_unit_test(half_an_image_is_none),
        cmocka_unit_test(bad_text_is_one_message_with_its_line),
        cmocka_unit_test(verifier_sees_what_is_wrong),
        cmocka_unit_test(mutated_text_is_refused_or_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
