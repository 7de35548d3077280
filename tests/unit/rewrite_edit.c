/* SPDX-License-Identifier: MIT
 *
 * Edits of a text: nesting, order at one offset, and conflicts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "rewrite/edit_p.h"

static void expect(edit_list *edits, const char *source, const char *expected)
{
    strbuf out = {0};
    uint32_t conflict = 0;
    assert_true(edit_apply(edits, source, strlen(source), &out, &conflict));
    assert_string_equal(out.s, expected);
    strbuf_fini(&out);
    edit_list_fini(edits);
}

static void expect_conflict(edit_list *edits, const char *source, uint32_t at)
{
    strbuf out = {0};
    uint32_t conflict = 0;
    assert_false(edit_apply(edits, source, strlen(source), &out, &conflict));
    assert_int_equal(conflict, at);
    strbuf_fini(&out);
    edit_list_fini(edits);
}

static void text_without_edits_stays(void **state)
{
    (void)state;
    edit_list edits = {0};
    expect(&edits, "a = b;\r\n\xc3\xa9", "a = b;\r\n\xc3\xa9");
}

static void an_assignment_becomes_an_operation(void **state)
{
    (void)state;
    edit_list edits = {0};
    edit_wrap(&edits, RANK_STORE, 0, 5, "RC_SETREF(", ")");
    edit_replace(&edits, 1, 3, ",");
    edit_wrap(&edits, RANK_VALUE, 4, 5, "rc_newref(", ")");
    expect(&edits, "a = b;", "RC_SETREF(a, rc_newref(b));");
}

static void ranges_that_share_an_end_nest(void **state)
{
    (void)state;
    edit_list edits = {0};
    edit_wrap(&edits, RANK_VALUE, 2, 3, "<", ">");
    edit_wrap(&edits, RANK_VALUE, 0, 3, "{", "}");
    edit_wrap(&edits, RANK_VALUE, 0, 1, "[", "]");
    edit_insert(&edits, 3, "!");
    expect(&edits, "abc", "{[a]b<c>}!");
}

static void of_equal_ranges_the_lower_rank_is_inner(void **state)
{
    (void)state;
    edit_list edits = {0};
    edit_wrap(&edits, RANK_ASSIGNED, 0, 1, "2(", ")2");
    edit_wrap(&edits, RANK_VALUE, 0, 1, "1(", ")1");
    edit_wrap(&edits, RANK_ASSIGNED, 0, 1, "3(", ")3");
    expect(&edits, "x", "3(2(1(x)1)2)3");
}

static void crossing_ranges_are_a_conflict(void **state)
{
    (void)state;
    edit_list edits = {0};
    edit_wrap(&edits, RANK_VALUE, 0, 2, "(", ")");
    edit_wrap(&edits, RANK_VALUE, 1, 3, "[", "]");
    expect_conflict(&edits, "abc", 2);
}

static void nothing_may_happen_inside_a_replacement(void **state)
{
    (void)state;
    edit_list edits = {0};
    edit_replace(&edits, 0, 3, "z");
    edit_insert(&edits, 1, "!");
    expect_conflict(&edits, "abc", 1);
}

static void an_edit_beyond_the_end_is_a_conflict(void **state)
{
    (void)state;
    edit_list edits = {0};
    edit_insert(&edits, 9, "!");
    expect_conflict(&edits, "abc", 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_edits_stays),
        cmocka_unit_test(an_assignment_becomes_an_operation),
        cmocka_unit_test(ranges_that_share_an_end_nest),
        cmocka_unit_test(of_equal_ranges_the_lower_rank_is_inner),
        cmocka_unit_test(crossing_ranges_are_a_conflict),
        cmocka_unit_test(nothing_may_happen_inside_a_replacement),
        cmocka_unit_test(an_edit_beyond_the_end_is_a_conflict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
