/* SPDX-License-Identifier: MIT
 *
 * The allocators that alloc.c is built with, one program each: PEER_x defines bench_malloc, bench_free,
 * bench_trim (give back what you can), bench_start, and BENCH_ONE_THREAD when the allocator is for one thread
 * at a time.
 */
#ifndef ALLOCATORS_H
#define ALLOCATORS_H

#if defined(PEER_RECOUNT)
# include <recount.h>
# define bench_malloc  rc_obj_malloc
# define bench_free    rc_obj_free
# define bench_trim()  rc_mem_trim()
# define bench_start() ((void)0)
#elif defined(PEER_MIMALLOC)
# include <mimalloc.h>
# define bench_malloc  mi_malloc
# define bench_free    mi_free
# define bench_trim()  mi_collect(true)
# define bench_start() ((void)0)
#elif defined(PEER_JEMALLOC)
# include <jemalloc/jemalloc.h>
# define bench_malloc  malloc
# define bench_free    free
# define bench_trim()  mallctl("arena.4096.purge", NULL, NULL, NULL, 0)
# define bench_start() ((void)0)
#elif defined(PEER_TCMALLOC)
# include <gperftools/malloc_extension_c.h>
# include <stdlib.h>
# define bench_malloc  malloc
# define bench_free    free
# define bench_trim()  MallocExtension_ReleaseFreeMemory()
# define bench_start() ((void)0)
#elif defined(PEER_PYMALLOC)
# define PY_SSIZE_T_CLEAN
# include <Python.h>
# define bench_malloc  PyObject_Malloc
# define bench_free    PyObject_Free
# define bench_trim()  ((void)0)
# define bench_start() Py_InitializeEx(0)
# define BENCH_ONE_THREAD
#else
# include <malloc.h>
# include <stdlib.h>
# define bench_malloc  malloc
# define bench_free    free
# define bench_trim()  malloc_trim(0)
# define bench_start() ((void)0)
#endif

#endif
