/* SPDX-License-Identifier: MIT
 *
 * A unit's functions in the call graph, as text: between processes of a run, and in the database from one run to the next.
 */
#include <stdlib.h>
#include <string.h>

#include "driver_lint_p.h"

static void add_field(strbuf *out, const char *text)
{
    strbuf_add(out, text);
    strbuf_addc(out, '\t');
}

void lint_link_write(const own_link *link, strbuf *out)
{
    add_field(out, "link");
    add_field(out, link->name);
    add_field(out, link->file);
    add_field(out, link->exported ? "1" : "0");
    add_field(out, link->summary ? link->summary : "?");
    for (size_t i = 0; i < link->call_count; i++) add_field(out, link->calls[i]);
    strbuf_addc(out, '\n');
}

static char *next_field(char **at)
{
    char *field = *at, *end = strchr(field, '\t');
    if (!end) return NULL;
    *end = '\0';
    *at = end + 1;
    return field;
}

/* Names, files and summaries come in many units. */
static const char *keep(link_pool *p, const char *text)
{
    const char *known = map_get(&p->texts, text);
    if (known) return known;
    map_set(&p->texts, text, arena_strdup(&p->arena, text));
    return map_get(&p->texts, text);
}

void lint_link_read(link_pool *pool, char *text, link_vec *out)
{
    char *fields[5], *call;
    str_vec calls = {0};
    for (int i = 0; i < 5; i++)
        if (!(fields[i] = next_field(&text))) return;
    own_link link = {
        .name = keep(pool, fields[1]), .file = keep(pool, fields[2]), .exported = *fields[3] == '1'};
    if (strcmp(fields[4], "?") != 0) link.summary = keep(pool, fields[4]);
    while ((call = next_field(&text))) vec_push(&calls, keep(pool, call));
    link.calls = arena_alloc(&pool->arena, (calls.n + 1) * sizeof(char *));
    if (calls.n) memcpy(link.calls, calls.at, calls.n * sizeof(char *));
    link.call_count = calls.n;
    vec_fini(&calls);
    vec_push(out, link);
}

void link_pool_fini(link_pool *pool)
{
    map_fini(&pool->texts);
    arena_fini(&pool->arena);
}

void lint_links_read(link_pool *pool, const char *text, link_vec *out)
{
    char *copy = x_strdup(text);
    for (char *line = copy, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        lint_link_read(pool, line, out);
    }
    free(copy);
}
