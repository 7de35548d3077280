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

void lint_link_read(arena *a, char *text, link_vec *out)
{
    char *fields[5], *call;
    str_vec calls = {0};
    for (int i = 0; i < 5; i++)
        if (!(fields[i] = next_field(&text))) return;
    own_link link = {.name = arena_strdup(a, fields[1]),
                     .file = arena_strdup(a, fields[2]),
                     .exported = *fields[3] == '1'};
    if (strcmp(fields[4], "?") != 0) link.summary = arena_strdup(a, fields[4]);
    while ((call = next_field(&text))) vec_push(&calls, arena_strdup(a, call));
    link.calls = arena_alloc(a, (calls.n + 1) * sizeof(char *));
    if (calls.n) memcpy(link.calls, calls.at, calls.n * sizeof(char *));
    link.call_count = calls.n;
    vec_fini(&calls);
    vec_push(out, link);
}

void lint_links_read(arena *a, const char *text, link_vec *out)
{
    char *copy = x_strdup(text);
    for (char *line = copy, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        lint_link_read(a, line, out);
    }
    free(copy);
}
