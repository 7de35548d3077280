/* SPDX-License-Identifier: MIT
 *
 * Integers and floats. Small integers are one immortal object each, as in CPython (_PyLong_SMALL_INTS).
 */
#include "builtin_p.h"

enum { SMALL_LEAST = -5, SMALL_MOST = 256 };

const rc_type rc_int_type = {.name = "int", .size = sizeof(rc_int)};
const rc_type rc_float_type = {.name = "float", .size = sizeof(rc_float)};

#define ONE(n)                                                                                               \
 {                                                                                                           \
  {RC_IMMORTAL_COUNT, 0, &rc_int_type}, (n)                                                                  \
 }
#define TWO(n)       ONE(n), ONE((n) + 1)
#define FOUR(n)      TWO(n), TWO((n) + 2)
#define SIXTEEN(n)   FOUR(n), FOUR((n) + 4), FOUR((n) + 8), FOUR((n) + 12)
#define SIXTYFOUR(n) SIXTEEN(n), SIXTEEN((n) + 16), SIXTEEN((n) + 32), SIXTEEN((n) + 48)

static rc_int small[] = {FOUR(-5),       ONE(-1),        SIXTYFOUR(0), SIXTYFOUR(64),
                         SIXTYFOUR(128), SIXTYFOUR(192), ONE(256)};
_Static_assert(sizeof small / sizeof *small == SMALL_MOST - SMALL_LEAST + 1, "one object a small integer");

rc_int *rc_int_new(int64_t value)
{
    if (value >= SMALL_LEAST && value <= SMALL_MOST) return &small[value - SMALL_LEAST];
    rc_int *i = (rc_int *)rc_alloc(&rc_int_type);
    if (i) i->value = value;
    return i;
}

int64_t rc_int_value(const rc_int *i)
{
    return i->value;
}

rc_float *rc_float_new(double value)
{
    rc_float *f = (rc_float *)rc_alloc(&rc_float_type);
    if (f) f->value = value;
    return f;
}

double rc_float_value(const rc_float *f)
{
    return f->value;
}
