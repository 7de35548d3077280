/* SPDX-License-Identifier: MIT
 *
 * recount lint over the program: fresh units are parsed, then what rests on other units is analysed in rounds. A kept unit
 * whose inputs turn out to have changed becomes fresh, and the rounds are made again; in the end every unit has been
 * analysed with the summaries that the others have now, as if all were fresh.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver_lint_p.h"

/* ---- what the workers left --------------------------------------------------------------- */
static void take_parsed(lint *l, lint_unit *u, size_t at)
{
    char *path = stage_file(&l->stage, at, "links"), *text = NULL;
    size_t n;
    u->links.n = 0;
    if (file_read(path, &text, &n) == 0) {
        for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
            *end = '\0';
            if (strcmp(line, "passing") == 0)
                u->passing = true;
            else if (str_starts(line, "habits\t"))
                u->habits = arena_strdup(&l->arena, line + 7);
            else
                lint_link_read(&l->pool, line, &u->links);
        }
        char *files = lint_files(l, at);
        lint_key(l, u, files, u->key);
        free(files);
    }
    free(text);
    free(path);
}

static void take_settled(lint *l, size_t at)
{
    char kind[32], *text = NULL;
    size_t n;
    link_vec left = {0};
    snprintf(kind, sizeof kind, "%zu.links", l->round);
    char *path = stage_file(&l->stage, at, kind);
    if (file_read(path, &text, &n) == 0) lint_links_read(&l->pool, text, &left);
    for (size_t i = 0; i < left.n; i++)
        own_program_settle(l->program, at, left.at[i].name, left.at[i].summary);
    vec_fini(&left);
    free(text);
    free(path);
}

static void note_end(lint *l, lint_unit *u, int status, const char *died)
{
    if (died) driver_error("%s: %s", u->source->path, died);
    if (died) u->died = arena_strdup(&l->arena, died);
    if (died || status == EXIT_INPUT) u->status = EXIT_INPUT;
    l->unstored |= status == EXIT_OUTPUT;
}

/* Prints what units had to say, in their order and once a run: those that are kept have it from the run that parsed them. */
static void tell_until(lint *l, size_t end)
{
    for (; l->told < end; l->told++)
        if (l->units.at[l->told].told) fputs(l->units.at[l->told].told, stderr);
}

static void take_told(lint *l, lint_unit *u, size_t at)
{
    char *path = stage_file(&l->stage, at, "told"), *text;
    size_t n;
    if (file_read(path, &text, &n) == 0) {
        u->told = arena_strdup(&l->arena, text);
        free(text);
    }
    free(path);
}

static void parsed(size_t job, int status, const char *died, void *arg)
{
    lint *l = arg;
    lint_unit *u = &l->units.at[l->jobs.at[job]];
    if (!died) take_told(l, u, l->jobs.at[job]);
    tell_until(l, l->jobs.at[job] + 1);
    note_end(l, u, status, died);
    u->parsed = true;
    if (!died) take_parsed(l, u, l->jobs.at[job]);
}

static void settled(size_t job, int status, const char *died, void *arg)
{
    lint *l = arg;
    lint_unit *u = &l->units.at[l->jobs.at[job]];
    note_end(l, u, status, died);
    u->parts = l->round + 1;
    if (!died) take_settled(l, l->jobs.at[job]);
}

static const char *name_of(size_t job, void *arg)
{
    lint *l = arg;
    return l->units.at[l->jobs.at[job]].source->path;
}

/* ---- phases ------------------------------------------------------------------------------ */
static int parse_fresh(lint *l, pool *workers)
{
    l->jobs.n = 0;
    for (size_t i = 0; i < l->units.n; i++)
        if (!l->units.at[i].kept && !l->units.at[i].parsed) vec_push(&l->jobs, i);
    workers->work = lint_parse, workers->done = parsed;
    int status = pool_run(workers, l->jobs.n);
    if (status == EXIT_CLEAN) tell_until(l, l->units.n);
    return status;
}

static size_t plan(lint *l)
{
    own_program_free(l->program);
    l->program = own_program_new();
    for (size_t i = 0; i < l->units.n + l->others.n; i++) {
        const lint_unit *u = i < l->units.n ? &l->units.at[i] : &l->others.at[i - l->units.n];
        size_t number = own_program_unit(l->program, u->key);
        for (size_t k = 0; k < u->links.n && !u->died; k++)
            own_program_add(l->program, number, &u->links.at[k]);
    }
    return own_program_plan(l->program);
}

static int run_rounds(lint *l, pool *workers, size_t rounds)
{
    int status = EXIT_CLEAN;
    workers->work = lint_round, workers->done = settled;
    for (size_t i = 0; i < l->units.n; i++) l->units.at[i].parts = 0;
    for (l->round = 0; status == EXIT_CLEAN && l->round < rounds; l->round++) {
        l->jobs.n = 0;
        own_program_begin(l->program, l->round);
        for (size_t i = 0; i < l->units.n; i++)
            if (!l->units.at[i].died && own_program_has_due(l->program, i)) vec_push(&l->jobs, i);
        status = pool_run(workers, l->jobs.n);
    }
    return status;
}

/* Whether a kept unit has to be analysed again; all that have become fresh. */
static bool refresh(lint *l)
{
    bool any = false;
    for (size_t i = 0; i < l->units.n; i++) {
        lint_unit *u = &l->units.at[i];
        char inputs[65];
        if (!u->kept) continue;
        own_program_inputs(l->program, i, inputs);
        if (strcmp(inputs, u->inputs) == 0) continue;
        u->kept = false;
        any = true;
    }
    return any;
}

int lint_program(lint *l, pool *workers)
{
    int status;
    workers->name = name_of, workers->arg = l;
    do {
        status = parse_fresh(l, workers);
        if (status == EXIT_CLEAN) status = run_rounds(l, workers, plan(l));
    } while (status == EXIT_CLEAN && refresh(l));
    for (size_t i = 0; i < l->units.n; i++) {
        l->stage.run.errors += l->units.at[i].status == EXIT_INPUT && !l->units.at[i].died;
        l->failed |= l->units.at[i].status == EXIT_INPUT;
    }
    return status;
}
