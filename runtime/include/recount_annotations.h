/* SPDX-License-Identifier: MIT
 *
 * The one vocabulary of the project: what annotated C, contract packs and inferred summaries are written in.
 *
 * Under the tool's own parse (__RECOUNT__ is defined) each macro becomes an annotate attribute whose string is
 * "rc:NAME" or "rc:NAME:ARGUMENTS"; under any compiler it becomes nothing. Annotations stand before the
 * declaration that they speak of, or, for a struct, between `struct` and its tag.
 */
#ifndef RECOUNT_ANNOTATIONS_H
#define RECOUNT_ANNOTATIONS_H

#ifdef __RECOUNT__
# define RC_ANNOTATE(text)       __attribute__((annotate("rc:" text)))
# define RC_FILE_FACT(name, text) extern RC_ANNOTATE(text) int rc_fact_##name
#else
# define RC_ANNOTATE(text)
# define RC_FILE_FACT(name, text) struct rc_fact_##name
#endif
#ifdef __GNUC__
# define RC_USED_LATER __attribute__((unused)) /* only what the rewriter writes refers to it */
#else
# define RC_USED_LATER
#endif

/* ---- classes --------------------------------------------------------------------------------------------- */
#define RC_CLASS         RC_ANNOTATE("class")     /* struct RC_CLASS Node { RC_HEAD; ... };                */
#define RC_BASE          RC_ANNOTATE("base")      /* beside RC_CLASS: may be inherited from                */
#define RC_ACYCLIC       RC_ANNOTATE("acyclic")   /* beside RC_CLASS: a promise, checked                   */
#define RC_SINGLETON     RC_ANNOTATE("singleton") /* beside RC_CLASS: rc_new yields the one instance       */
#define RC_FINALIZER     RC_ANNOTATE("finalizer") RC_USED_LATER /* the function that runs once before an object dies */
#define RC_IMMORTAL      RC_ANNOTATE("immortal")  /* on a static object: its count is never written        */
#define RC_COUNTED_BY(n) RC_ANNOTATE("counted_by:" #n) /* buffer, or flexible array, of n strong elements  */

/* ---- variables and fields -------------------------------------------------------------------------------- */
#define RC_STRONG  RC_ANNOTATE("strong")  /* owns a reference (the default)         */
#define RC_WEAK    RC_ANNOTATE("weak")    /* reads NULL once the target died        */
#define RC_UNOWNED RC_ANNOTATE("unowned") /* neither counted nor zeroed             */

/* ---- parameters ------------------------------------------------------------------------------------------ */
#define RC_BORROWED           RC_ANNOTATE("borrowed")           /* the caller keeps it alive (the default) */
#define RC_STEALS             RC_ANNOTATE("steals")             /* the callee owns it, also on failure     */
#define RC_STEALS_ON_SUCCESS  RC_ANNOTATE("steals_on_success")  /* ... only when the call does not fail    */
#define RC_RETAINS            RC_ANNOTATE("retains")            /* the call adds one reference             */
#define RC_RETAINS_ON_SUCCESS RC_ANNOTATE("retains_on_success") /* ... only when the call does not fail    */
#define RC_RELEASES           RC_ANNOTATE("releases")           /* the call drops one reference; T **: and leaves NULL */
#define RC_KEEPS              RC_ANNOTATE("keeps")              /* the callee may keep one of its own; result: others hold it too */
#define RC_DROPS              RC_ANNOTATE("drops")              /* releases what this container holds      */
#define RC_SINKS              RC_ANNOTATE("sinks")              /* takes over a reference that floats      */
#define RC_OUT                RC_ANNOTATE("out")                /* a new reference or NULL on return       */

/* ---- functions and their results -------------------------------------------------------------------------- */
#define RC_RETURNS_NEW              RC_ANNOTATE("returns_new")
#define RC_FLOATING                 RC_ANNOTATE("floating")    /* beside RC_RETURNS_NEW: until RC_SINKS     */
#define RC_RETURNS_BORROWED         RC_ANNOTATE("returns_borrowed")
#define RC_RETURNS_BORROWED_FROM(p) RC_ANNOTATE("returns_borrowed_from:" #p) /* valid while p holds it      */
#define RC_RETURNS_ARG(p)           RC_ANNOTATE("returns_arg:" #p)           /* the same reference as p     */
#define RC_NULLABLE                 RC_ANNOTATE("nullable")    /* result or parameter may be NULL           */
#define RC_NONNULL                  RC_ANNOTATE("nonnull")     /* result or parameter must not be NULL      */
#define RC_RAISES                   RC_ANNOTATE("raises")      /* failure sets the error indicator, or (RC_OUT) this */
#define RC_FAILS(expr)              RC_ANNOTATE("fails:" #expr) /* C condition on `result` that means failure */
#define RC_CALLS_OUT                RC_ANNOTATE("calls_out")   /* may run arbitrary code                    */
#define RC_NORETURN_ON(expr)        RC_ANNOTATE("noreturn_on:" #expr)
#define RC_NO_EFFECT                RC_ANNOTATE("no_effect")
#define RC_SETS_UP                  RC_ANNOTATE("sets_up")     /* called once, while a module or program comes up */
#define RC_REPEATS                  RC_ANNOTATE("repeats")     /* may be called again on the same object    */
#define RC_CLEARS_ERROR             RC_ANNOTATE("clears_error") /* afterwards no error is set               */
#define RC_MAY_MISS                 RC_ANNOTATE("may_miss")    /* NULL with no error set: there is none     */
#define RC_TELLS_ERROR              RC_ANNOTATE("tells_error") /* result: whether the error indicator is set */
#define RC_ROLE                     RC_ANNOTATE("role")        /* what any function of this shape is, see contract_role */
#define RC_FORMAT(kind, n)          RC_ANNOTATE("format:" #kind ":" #n) /* argument n is a format; from 1  */
#define RC_MANUAL                   RC_ANNOTATE("manual")      /* the author counts by hand in this body    */

/* ---- facts about a type, at file level --------------------------------------------------------------------- */
/* Pointers to T, and to structs whose first member is T, are counted by these two operations. */
#define RC_OBJECT_TYPE(T, incref, decref) \
    RC_FILE_FACT(object_type_##T, "object_type:" #T ":" #incref ":" #decref)
/* T is counted by a counter inside it that is not its first member: operations on &x->field count x. */
#define RC_EMBEDS(T, field) RC_FILE_FACT(embeds_##T, "embeds:" #T ":" #field)
/* The headers that a contract file speaks of, as #include finds them: "Python.h marshal.h". */
#define RC_DESCRIBES(headers) RC_FILE_FACT(describes, "describes:" headers)
/* Memory that one of the functions `makers` (names between blanks) hands out goes back by one of `enders` and no other. */
#define RC_ALLOCATOR(domain, makers, enders) RC_FILE_FACT(allocator_##domain, "allocator:" #domain ":" makers ":" enders)
/* Functions of a kind that a check asks about: the checks' pages say which kinds there are. */
#define RC_KIND(kind, functions) RC_FILE_FACT(kind_##kind, "kind:" #kind ":" functions)
/* An importer wrote the file: what a person wrote elsewhere is trusted before it. */
#define RC_IMPORTED(importer) RC_FILE_FACT(imported, "imported:" importer)

#endif
