/* SPDX-License-Identifier: MIT
 *
 * Which arguments must not be NULL, also where the attribute's list comes out of a macro.
 */
#include <stddef.h>

#define SOME(params) __attribute__((__nonnull__ params))
#define THESE(list)  __attribute__((nonnull(list)))

int by_macro(int *a, int *b, int *c) SOME((2));
int by_list(int *a, int *b, int *c) THESE(2);
int plain(int *a, int *b, int *c) __attribute__((nonnull(2)));
int every(int *a, int *b) __attribute__((nonnull));

int good(int *p) { return by_macro(NULL, p, NULL) + by_list(NULL, p, NULL) + plain(NULL, p, NULL) + every(p, p); }

int bad_macro(int *p) { return by_macro(p, NULL, p); } // expect: null-argument
int bad_list(int *p) { return by_list(p, NULL, p); }   // expect: null-argument
int bad_plain(int *p) { return plain(p, NULL, p); }    // expect: null-argument
int bad_every(int *p) { return every(p, NULL); }       // expect: null-argument
