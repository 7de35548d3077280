/* SPDX-License-Identifier: MIT
 *
 * One program, four ways of looking after its memory. The text of a program is annotated C; what another way needs beside
 * it is said by these macros, each empty where it does not apply:
 *
 *   (nothing)   annotated, to be rewritten; with boehm/recount.h in front of the include path, as it is
 *   BY_HAND     counted by hand on the runtime
 *   BY_MALLOC   counted by hand, or freed where it is no longer used, on malloc (malloc/recount.h)
 */
#ifndef VARIANT_H
#define VARIANT_H

#include <recount.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(BY_HAND) || defined(BY_MALLOC)
# define BY_AUTHOR 1
#endif

#ifdef BY_AUTHOR
# define AUTHOR(...) __VA_ARGS__
# define NEW(T)      ((T *)rc_alloc(&T##_type))
#else
# define AUTHOR(...)
# define NEW(T) rc_new(T)
#endif

#ifdef BY_HAND
# define KEEP(p)   rc_newref(p) /* a reference of its own */
# define HAND(...) __VA_ARGS__
#else
# define KEEP(p) (p)
# define HAND(...)
#endif

#ifdef BY_MALLOC
# define MALLOC(...) __VA_ARGS__
#else
# define MALLOC(...)
#endif

/* Numbers on the command line: the n-th, or what is usual. */
static inline int option(int argc, char **argv, int n, int usual)
{
    return argc > n ? atoi(argv[n]) : usual;
}

#endif
