/* SPDX-License-Identifier: MIT
 *
 * What tells sanitizers about memory that the pools hand out and take back. Nothing in an ordinary build.
 */
#ifndef RCI_CHECK_P_H
#define RCI_CHECK_P_H

#ifdef RECOUNT_INLINE_H
# error "recount_inline.h was here first: it would not know how to tell sanitizers"
#endif

#if defined(__has_feature)
# if __has_feature(address_sanitizer)
#  define RCI_ASAN 1
# endif
#elif defined(__SANITIZE_ADDRESS__)
# define RCI_ASAN 1
#endif

/* _BLOCK: handed out, or taken back; a free block's first 16 bytes stay readable for the pools themselves.
 * _PAGES: of a pool that is carved, or an arena that goes. RCI_PEEKS stands on functions that look at blocks without
 * knowing whether they are free. */
#if defined(RCI_ASAN)
# include <sanitizer/asan_interface.h>
# define RCI_POISON_BLOCK(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
# define RCI_UNPOISON_BLOCK(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
# define RCI_POISON_PAGES(p, n)   ASAN_POISON_MEMORY_REGION((p), (n))
# define RCI_UNPOISON_PAGES(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
# define RCI_PEEKS                __attribute__((no_sanitize_address))
#elif defined(RECOUNT_VALGRIND)
# include <valgrind/memcheck.h>
# define RCI_POISON_BLOCK(p, n)                                                                              \
  do {                                                                                                       \
   VALGRIND_FREELIKE_BLOCK((p), 0);                                                                          \
   (void)VALGRIND_MAKE_MEM_DEFINED((p), 16);                                                                 \
  } while (0)
# define RCI_UNPOISON_BLOCK(p, n) VALGRIND_MALLOCLIKE_BLOCK((p), (n), 0, 1)
# define RCI_POISON_PAGES(p, n)   ((void)0)
# define RCI_UNPOISON_PAGES(p, n) ((void)0)
# define RCI_PEEKS
#else
# define RCI_POISON_PAGES(p, n)   ((void)0)
# define RCI_UNPOISON_PAGES(p, n) ((void)0)
# define RCI_PEEKS
#endif

/* The library's own functions are what recount_inline.h puts in their place. */
#undef RECOUNT_INLINE

/* On data that other files of the library use: reached without a detour through the table that would let a program
 * replace it. */
#define RCI_HIDDEN __attribute__((visibility("hidden")))

#define RCI_LIKELY(x)   __builtin_expect(!!(x), 1)
#define RCI_UNLIKELY(x) __builtin_expect(!!(x), 0)

#endif
