/* SPDX-License-Identifier: MIT
 *
 * RC_OBJECT_TYPE alone says what its two operations do.
 */
#include <recount_annotations.h>

typedef struct text {
    int count;
    int length;
} text;
RC_OBJECT_TYPE(text, text_hold, text_drop);

text *text_hold(text *t);
void text_drop(text *t);
RC_RETURNS_NEW RC_NULLABLE text *text_make(int length);
RC_RETURNS_BORROWED RC_NULLABLE text *text_of(int key);

int measured(void)
{
    text *t = text_make(1);
    if (!t) return -1;
    int n = t->length;
    text_drop(t);
    return n;
}

int measured_and_lost(void)
{
    text *t = text_make(1);
    if (!t) return -1;
    return t->length; // expect: leak
}

int used_late(void)
{
    text *t = text_make(1);
    if (!t) return -1;
    text_drop(t);
    return t->length; // expect: use-after-release
}

text *found_or_made(int key)
{
    text *t = text_of(key);
    if (!t) t = text_make(key);
    return t; // expect: missing-incref
}

text *held_or_made(int key)
{
    text *t = text_of(key);
    return t ? text_hold(t) : text_make(key);
}

void hold_all(text **all, int n)
{
    for (int i = 0; i < n; i++) text_hold(all[i]);
}

/* One failure keeps what success gives back. */
int shown(text *t, int wide)
{
    text_hold(t);
    if (wide) return -1; // expect: leak-on-error
    text_drop(t);
    return 0;
}

int shown_and_given_back(text *t, int wide)
{
    int result = wide ? -1 : 0;
    text_hold(t);
    text_drop(t);
    return result;
}

text *held_for_the_caller(text *t, int wide)
{
    text *same = text_hold(t);
    if (wide) return 0; // expect: leak-on-error
    return same;
}

/* Some failures drop the caller's reference, others do not. */
int taken(text *t, int wide)
{
    if (wide) {
        text_drop(t);
        return -1; // expect: over-release
    }
    if (t->length > 8) return -2;
    return 0;
}

/* All failures do: that is what it promises. */
int taken_by_failure(text *t, int wide)
{
    if (wide || t->length > 8) {
        text_drop(t);
        return -1;
    }
    return 0;
}
