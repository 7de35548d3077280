/* SPDX-License-Identifier: MIT
 *
 * What the runtime's conformance tests share: test classes written by hand, a log of what happened, and
 * children.
 *
 * Every test runs in a child of its own, forked from a parent that never touches the runtime: it starts on a
 * pristine heap with counts of (0,0,0), may leave anything behind, and its output is shown only when it
 * fails. All objects that a kit function returns are new references unless its name ends in _borrow.
 */
#ifndef KIT_H
#define KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <recount.h>

/* ---- tests in children ------------------------------------------------------------------------------------
 */

typedef void (*kit_test)(void);

/* One row of a cmocka table: the test `fn`, isolated. */
#define KIT_TEST(fn)                                                                                         \
 {                                                                                                           \
#  fn, kit_run_isolated, NULL, NULL, (void *)&(kit_test)                                                     \
  {                                                                                                          \
   fn                                                                                                        \
  }                                                                                                          \
 }

void kit_run_isolated(void **state);

/* The ordinary main of a test program: runs the table, or only the tests whose names match argv[1]. */
int kit_main(int argc, char **argv, const struct CMUnitTest *tests, size_t count);
#define KIT_MAIN(tests)                                                                                      \
 int main(int argc, char **argv)                                                                             \
 {                                                                                                           \
  return kit_main(argc, argv, tests, sizeof(tests) / sizeof(tests)[0]);                                      \
 }

typedef struct {
    int status;       /* as waitpid gives it                                */
    char text[16384]; /* standard output and error together, cut to this size */
} kit_outcome;

/* Runs fn in a child, which leaves through exit, so that atexit handlers run. With `env` (NAME=VALUE, or NULL) the
 * child is a fresh process of this program that finds it in its environment; KIT_EMULATOR names what has to start it.
 */
void kit_run(kit_outcome *out, const char *env, kit_test fn);

bool kit_exited_cleanly(const kit_outcome *out);
bool kit_died(const kit_outcome *out); /* by a signal, or with a status other than 0 */

#define assert_said(out, words)                                                                              \
 do {                                                                                                        \
  if (!strstr((out)->text, words)) fail_msg("not said: \"%s\"\nin:\n%s", words, (out)->text);                \
 } while (0)
#define assert_not_said(out, words)                                                                          \
 do {                                                                                                        \
  if (strstr((out)->text, words)) fail_msg("said: \"%s\"\nin:\n%s", words, (out)->text);                     \
 } while (0)
#define assert_dies_saying(out, words)                                                                       \
 do {                                                                                                        \
  if (!kit_died(out)) fail_msg("survived; said:\n%s", (out)->text);                                          \
  assert_said(out, words);                                                                                   \
 } while (0)
#define assert_clean_exit(out)                                                                               \
 do {                                                                                                        \
  if (!kit_exited_cleanly(out)) fail_msg("status %#x; said:\n%s", (unsigned)(out)->status, (out)->text);     \
 } while (0)

bool kit_under_valgrind(void);
#if defined(__SANITIZE_ADDRESS__)
# define KIT_ASAN 1
#elif defined(__has_feature)
# if __has_feature(address_sanitizer)
#  define KIT_ASAN 1
# endif
#endif
#ifndef KIT_ASAN
# define KIT_ASAN 0
#endif

/* Whether n bytes at p all read as `byte`; they may be freed memory, unseen by the sanitizers. */
bool kit_all_are(const volatile unsigned char *p, size_t n, unsigned char byte);

/* ---- the log ----------------------------------------------------------------------------------------------
 */

/* Events as words with a blank between them; a test asserts the whole story at once. */
void kit_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *kit_log_take(void); /* what was logged since the last call; valid until the next */
#define assert_log(expected) assert_string_equal(kit_log_take(), expected)

/* ---- classes
 * ----------------------------------------------------------------------------------------------- */

enum { KIT_SLOTS = 4 };

/* A container that logs: "fN" when finalized, "cN" when first cleared, where N is its id. */
typedef struct Node {
    RC_HEAD;
    int id;
    bool cleared;
    rc_object *slot[KIT_SLOTS];
    void (*on_finalize)(struct Node *self); /* NULL, or what the finalizer does beyond logging */
} Node;

extern const rc_type kit_node;  /* traverse and clear by hand, finalizer that logs   */
extern const rc_type kit_plain; /* the same without a finalizer; clear logs nothing    */
extern const rc_type kit_table; /* a table of fields instead; finalizer that logs      */
extern const rc_type kit_leaf;  /* no RC_TYPE_GC, nothing inside, finalizer that logs   */

/* For classes of a test's own over Node: what kit_plain uses. */
int kit_traverse(rc_object *object, rc_visit visit, void *arg);
int kit_clear(rc_object *object);

Node *kit_new(const rc_type *type, int id);
void kit_set(Node *node, int slot, void *value); /* stores a new reference to value, or NULL */

/* Makes a ring of `n` objects with ids from `first` on through slot 0; the caller owns the one reference
 * returned, to the first. */
Node *kit_ring(const rc_type *type, int first, int n);

/* A ring that nothing refers to. */
void kit_garbage_ring(const rc_type *type, int first, int n);

/* ---- an allocator that counts and refuses
 * ------------------------------------------------------------------- */

typedef struct {
    rc_allocator next;            /* whom it asks                              */
    size_t mallocs, frees, moves; /* calls so far; calloc counts as malloc       */
    size_t last_size;
    bool refuse;
} kit_hook;

void kit_hook_install(kit_hook *hook, rc_domain domain);
void kit_hook_remove(kit_hook *hook, rc_domain domain);

void assert_counts(size_t c0, size_t c1, size_t c2);

#endif
