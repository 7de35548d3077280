/* SPDX-License-Identifier: MIT
 *
 * The analysis on the IR's printed form: counts, outcomes, summaries, the class graph. No compiler is needed here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "own/own.h"

#define API                                                                                                  \
 "unit \"t.c\"\n"                                                                                            \
 "record 1 \"Obj\" 8 { refs: i64 + 0 }\n"                                                                    \
 "fact \"object_type:Obj:keep:drop\"\n"                                                                      \
 "decl make(): *Obj [\"returns_new\", \"nullable\"]\n"                                                       \
 "decl keep(o: *Obj [\"retains\", \"nonnull\"]): void\n"                                                     \
 "decl drop(o: *Obj [\"releases\", \"nonnull\"]): void\n"                                                    \
 "decl give(o: *Obj [\"steals_on_success\"]): i32 [\"raises\"]\n"

typedef struct run {
    ir_unit *unit;
    contract_set *set;
    own_result result;
} run;

static void analyse(run *r, const char *text)
{
    char *error = NULL;
    r->unit = ir_read("t.c", text, strlen(text), &error);
    if (error) print_error("%s\n", error);
    assert_non_null(r->unit);
    r->set = contract_set_new();
    own_result_init(&r->result);
    own_analyse(r->unit, r->set, NULL, &r->result);
}

static void finish(run *r)
{
    own_result_fini(&r->result);
    contract_set_free(r->set);
    ir_unit_free(r->unit);
}

static void expect(const char *text, const char *check, unsigned line)
{
    run r;
    analyse(&r, text);
    assert_int_equal(r.result.findings.n, check ? 1 : 0);
    if (check) {
        assert_string_equal(r.result.findings.at[0].check, check);
        assert_int_equal(r.result.findings.at[0].place.line, line);
    }
    finish(&r);
}

static void a_new_reference_that_stays_is_a_leak(void **state)
{
    (void)state;
    expect(API "func f(): void @1:1 {\n  local x: *Obj\nb1:\n  t1: *Obj = call @make() @2:1\n  store.init x, "
               "t1 @2:1\n"
               "  t2: *Obj = load x @3:1\n  br.if t2, b2, b3 @3:1\nb2:\n  ret @4:1\nb3:\n  ret @5:1\n}\n",
           "leak", 4);
}

static void a_null_result_holds_nothing(void **state)
{
    (void)state;
    expect(
        API
        "func f(): void @1:1 {\n  local x: *Obj\nb1:\n  t1: *Obj = call @make() @2:1\n  store.init x, t1 "
        "@2:1\n"
        "  t2: *Obj = load x @3:1\n  br.if t2, b2, b3 @3:1\nb2:\n  t3: *Obj = load x\n  call @drop(t3) @4:1\n"
        "  ret @5:1\nb3:\n  ret @6:1\n}\n",
        NULL, 0);
}

static void success_takes_and_failure_leaves(void **state)
{
    (void)state;
    static const char body[] = API "func f(): void @1:1 {\n  local x: *Obj\nb1:\n  t1: *Obj = call @make() "
                                   "@2:1\n  store.init x, t1 @2:1\n"
                                   "  t2: *Obj = load x @3:1\n  br.if t2, b2, b5 @3:1\nb2:\n  t3: *Obj = "
                                   "load x\n  t4: i32 = call @give(t3) @4:1\n"
                                   "  t5: i32 = bin.lt t4, 0 @4:9\n  br.if t5, b3, b4 @4:1\nb3:\n  %s  jump "
                                   "b4 @6:1\nb4:\n  ret @7:1\nb5:\n  ret @8:1\n}\n";
    char text[sizeof body + 100];
    snprintf(text, sizeof text, body, "t6: *Obj = load x\n  call @drop(t6) @5:1\n");
    expect(text, NULL, 0);
    snprintf(text, sizeof text, body, "");
    expect(text, "leak", 7);
}

static void bodies_are_summarised_bottom_up(void **state)
{
    (void)state;
    run r;
    analyse(&r, API "func g(): void @1:1 {\nb1:\n  t1: *Obj = call @fresh() @2:1\n  ret @3:1\n}\n"
                    "func fresh(): *Obj @5:1 {\nb1:\n  t1: *Obj = call @make() @6:1\n  ret t1 @7:1\n}\n");
    bool returns_new = false;
    for (size_t i = 0; i < r.result.summaries.n; i++)
        returns_new |= strcmp(r.result.summaries.at[i].effect, "returns_new") == 0;
    assert_true(returns_new);
    assert_int_equal(r.result.findings.n, 1);
    assert_string_equal(r.result.findings.at[0].check, "leak");
    finish(&r);
}

static void a_loop_comes_to_rest(void **state)
{
    (void)state;
    expect(API "func f(n: i32): void @1:1 {\n  local x: *Obj\nb1:\n  jump b2\nb2:\n  t1: i32 = load n @2:1\n"
               "  br.while t1, b3, b4 @2:1\nb3:\n  t2: *Obj = call @make() @3:1\n  store.assign x, t2 @3:1\n"
               "  jump.back b2\nb4:\n  ret @5:1\n}\n",
           "loop-exit-leak", 3);
}

static void a_tainted_body_is_reported_as_not_analysed(void **state)
{
    (void)state;
    run r;
    analyse(&r, API "func f(): void @1:1 tainted \"expected ';'\" {\nb1:\n  ret @2:1\n}\n");
    assert_int_equal(r.result.functions.n, 1);
    assert_false(r.result.functions.at[0].complete);
    assert_string_equal(r.result.findings.at[0].check, "analysis-incomplete");
    finish(&r);
}

/* A field of each kind: what is strong makes cycles, and the pointer from the part to the whole is to be weak. */
static void cycles_name_the_edge_to_make_weak(void **state)
{
    (void)state;
    run r;
    analyse(&r, "unit \"t.c\"\n"
                "record 1 \"Tree\" 32 [\"class\"] {\n  root: *Item + 64\n}\n"
                "record 2 \"Item\" 32 [\"class\"] {\n  holder: *Tree + 64\n  hint: *Tree + 128 [\"weak\"]\n"
                "  kids: **Item + 192 [\"counted_by:n\"]\n}\n"
                "record 3 \"Leaf\" 16 [\"class\"] {\n  up: *Item + 64 [\"unowned\"]\n}\n");
    assert_int_equal(r.result.classes.n, 3);
    assert_int_equal(r.result.cycles.n, 2);
    assert_string_equal(r.result.cycles.at[0].text, "Item.kids -> Item");
    assert_string_equal(r.result.cycles.at[1].text, "Item.holder -> Tree.root -> Item");
    assert_string_equal(r.result.cycles.at[1].suggested_weak, "Item.holder");
    assert_true(r.result.classes.at[0].tracked);
    assert_false(r.result.classes.at[2].tracked);
    finish(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_reference_that_stays_is_a_leak),
        cmocka_unit_test(a_null_result_holds_nothing),
        cmocka_unit_test(success_takes_and_failure_leaves),
        cmocka_unit_test(bodies_are_summarised_bottom_up),
        cmocka_unit_test(a_loop_comes_to_rest),
        cmocka_unit_test(a_tainted_body_is_reported_as_not_analysed),
        cmocka_unit_test(cycles_name_the_edge_to_make_weak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
