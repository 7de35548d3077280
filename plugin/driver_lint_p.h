/* SPDX-License-Identifier: MIT
 *
 * recount lint's units: what is known of each while a run goes on. A unit is *fresh* when it has to be parsed, or kept from
 * an earlier run. Everything lives as long as the run, in its arena.
 */
#ifndef RECOUNT_DRIVER_LINT_P_H
#define RECOUNT_DRIVER_LINT_P_H

#include "driver_p.h"

typedef VEC(own_link) link_vec;
typedef struct link_pool { /* owns what links point to, each text once */
    arena arena;
    map texts;
} link_pool;

typedef struct lint_unit {
    const source *source;
    const char *path;   /* absolute */
    char id[65];        /* hash of the file's name and its flags */
    char key[65];       /* hash of all that it is made of, once that is known */
    const char *inputs; /* of the capture that it is kept from */
    const char *habits;
    const char *flags; /* one a line */
    link_vec links;
    bool kept, parsed; /* parsed: by this run */
    bool passing;      /* not to be kept: its errors may go without any change of its files */
    const char *told;  /* what standard error is told of it, or NULL */
    int status;        /* EXIT_CLEAN or EXIT_INPUT */
    const char *died;  /* why its worker did, or NULL */
    size_t parts;      /* behind the last round that it took part in */
} lint_unit;

typedef struct lint {
    invocation *in;
    arena arena;
    link_pool pool;
    sources sources;
    packs packs;
    stage stage;
    VEC(lint_unit) units;  /* in order of path and flags: the one of sources.list */
    VEC(lint_unit) others; /* captures of units that are not of this run: their functions are known all the same */
    str_vec stale;         /* ids of captures of this run's files as they were compiled earlier */
    char tool[65];         /* hash of what all keys share: program, packs, settings */
    const char *settings;  /* the options that decide what is found, "name TAB value" a line */
    map hashes;            /* path -> its content's hash */
    record *known;         /* the database as the run found it, or NULL */
    own_program *program;
    size_t round;
    VEC(size_t) jobs; /* a pool's job -> unit */
    size_t told;      /* units whose messages are printed */
    confidence least; /* findings of less are left out */
    bool failed;      /* some input could not be analysed */
    bool unstored;    /* a worker could not write */
} lint;

/* ---- driver_unit.c: in a worker ---- */
int lint_parse(size_t job, const pool_streams *streams, void *lint);
int lint_round(size_t job, const pool_streams *streams, void *lint);

/* ---- driver_capture.c ---- */
void lint_captures_load(lint *l); /* makes units out of sources and finds those that are kept */
/* files: what it reads, a path a line. */
void lint_key(lint *l, const lint_unit *u, const char *files, char key[65]);
/* Of a unit that was parsed: those lines, owned by the caller. */
char *lint_files(const lint *l, size_t unit);
int lint_rows_take(lint *l); /* all units' rows into the stage; EXIT_OUTPUT after one line */

/* ---- driver_program.c ---- */
int lint_program(lint *l, pool *workers); /* analyses what has to be; EXIT_CLEAN, or pool_run's status */

/* ---- driver_link.c ---- */
/* One line a link, and back: `line` is cut up; lines that are no links are passed over. */
void lint_link_write(const own_link *link, strbuf *out);
void lint_link_read(link_pool *pool, char *line, link_vec *out);
void lint_links_read(link_pool *pool, const char *lines, link_vec *out);
void link_pool_fini(link_pool *pool);

#endif
