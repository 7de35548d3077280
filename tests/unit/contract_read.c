/* SPDX-License-Identifier: MIT
 *
 * Contracts from annotations: effects, results, trust, fields of structs, and what is counted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the headers above first */
#include <cmocka.h>

#include "contract/contract.h"

static const char pack[] =
    "unit \"pack.h\"\n"
    "record 1 \"Obj\" 8 { refs: i64 + 0 }\n"
    "record 2 \"Derived\" 16 { base: Obj + 0  x: i32 + 64 }\n"
    "record 3 \"Plain\" 4 { x: i32 + 0 }\n"
    "record 4 \"Table\" 8 { call: *fn(*Obj): *Obj + 0 [\"returns_new\", \"nullable\"] }\n"
    "fact \"object_type:Obj:keep:drop\"\n"
    "decl get(list: *Obj, i: i32): *Obj [\"returns_borrowed_from:list\", \"nullable\"]\n"
    "decl set(list: *Obj, item: *Obj [\"steals\"]): i32 [\"raises\"]\n"
    "decl parse(args: *Obj, format: *i8, ...): i32 [\"raises\", \"fails:result == 0\", \"format:parse:2\"]\n"
    "decl swap(slot: **Obj [\"steals\", \"out\"]): void\n";

static ir_unit *read_unit(const char *text)
{
    char *error = NULL;
    ir_unit *unit = ir_read("pack.h", text, strlen(text), &error);
    if (error) print_error("%s\n", error);
    assert_non_null(unit);
    return unit;
}

static void effects_are_read(void **state)
{
    (void)state;
    ir_unit *unit = read_unit(pack);
    contract_set *set = contract_set_new();
    contract_add_unit(set, unit, CONTRACT_TRUST_PACK);
    const contract_fn *get = contract_find(set, "get"), *put = contract_find(set, "set");
    assert_int_equal(get->result, CONTRACT_RESULT_BORROWED_FROM);
    assert_int_equal(get->result_arg, 0);
    assert_true(get->nullable);
    assert_int_equal(put->params[0].effect, CONTRACT_BORROWED);
    assert_int_equal(put->params[1].effect, CONTRACT_STEALS);
    const contract_fn *parse = contract_find(set, "parse");
    assert_int_equal(parse->failure, CONTRACT_FAILS_ZERO);
    assert_string_equal(parse->format_kind, "parse");
    assert_int_equal(parse->format_arg, 1);
    assert_int_equal(contract_find(set, "swap")->params[0].effect, CONTRACT_INOUT);
    assert_true(contract_find(set, "swap")->params[0].variable);
    assert_null(contract_find(set, "absent"));
    ir_unit_free(unit);
    contract_set_free(set);
}

static void first_members_inherit_the_count(void **state)
{
    (void)state;
    ir_unit *unit = read_unit(pack);
    contract_set *set = contract_set_new();
    contract_add_unit(set, unit, CONTRACT_TRUST_PACK);
    assert_non_null(contract_object_of(set, unit, ir_record_find(unit, "Derived")));
    assert_null(contract_object_of(set, unit, ir_record_find(unit, "Plain")));
    assert_string_equal(contract_object_of(set, unit, 1)->decref, "drop");
    const contract_field *call = contract_find_field(set, "Table", "call");
    assert_non_null(call);
    assert_int_equal(call->fn->result, CONTRACT_RESULT_NEW);
    ir_unit_free(unit);
    contract_set_free(set);
}

static void more_trust_wins(void **state)
{
    (void)state;
    ir_unit *shipped = read_unit(pack);
    ir_unit *own = read_unit("unit \"a.c\"\nrecord 1 \"Obj\" 8 { refs: i64 + 0 }\n"
                             "decl get(list: *Obj, i: i32): *Obj [\"returns_new\"]\n");
    contract_set *set = contract_set_new(), *over = contract_set_over(set);
    contract_add_unit(set, shipped, CONTRACT_TRUST_PACK);
    contract_add_unit(over, own, CONTRACT_TRUST_SOURCE);
    assert_int_equal(contract_find(over, "get")->result, CONTRACT_RESULT_NEW);
    assert_int_equal(contract_find(set, "get")->result, CONTRACT_RESULT_BORROWED_FROM);
    assert_non_null(contract_find(over, "set"));
    contract_set_free(over);
    contract_set_free(set);
    ir_unit_free(own);
    ir_unit_free(shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_are_read),
        cmocka_unit_test(first_members_inherit_the_count),
        cmocka_unit_test(more_trust_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
