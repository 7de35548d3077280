/* SPDX-License-Identifier: MIT
 *
 * recount fix: the files with proposed fixes, and how each of their units is compiled. Everything lives as long as the run,
 * in its arena or among its findings.
 */
#ifndef RECOUNT_DRIVER_FIX_P_H
#define RECOUNT_DRIVER_FIX_P_H

#include "driver_lint_p.h"

typedef struct fix_unit {
    source source;
    size_t number; /* in the program */
} fix_unit;

typedef struct fix_file {
    const char *path;   /* as stored */
    const char *sha256; /* as it was analysed */
    const char *settings;
    VEC(const record_finding *) wanted;
    VEC(fix_unit) units;
    bool done;
} fix_file;

typedef struct fix_run {
    invocation *in;
    arena arena;
    link_pool pool;
    record_findings findings;
    VEC(fix_file) files;
    own_program *program;
    packs packs;
    char *folder;     /* of the workers' verdicts */
    VEC(size_t) jobs; /* a pool's job -> file */
    str_vec verified; /* ids of findings */
    int status;
} fix_run;

/* In a worker: tries the fixes of a file, and lists, shows or writes those that hold. */
int fix_try(size_t job, const pool_streams *streams, void *run);
/* Where a worker leaves the ids of the findings whose recorded fixes hold, one a line; owned by the caller. */
char *fix_verdicts(const fix_run *r, size_t file);

#endif
