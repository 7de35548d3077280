/* SPDX-License-Identifier: MIT
 *
 * recount.ini. [recount] holds options by their long names; [checks] a level (off, note, warning, error) per
 * check; [suppress.path], [suppress.check] and [suppress.fingerprint] what is accepted, each with its reason.
 */
#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver_p.h"

typedef struct reader {
    invocation *in;
    unsigned line;   /* of the section or value being read */
    const char *why; /* the first thing that is wrong */
    unsigned at;
} reader;

static int reject(reader *r, const char *why)
{
    if (!r->why) {
        r->why = why;
        r->at = r->line;
    }
    return 1;
}

static int set_option(reader *r, const char *name, const char *value)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        const option_row *o = &driver_options[i];
        if (strcmp(o->name, name) != 0) continue;
        if (o->kind == 'F' || i == OPTION_CONFIG) break;
        if (!(o->commands & r->in->command->set)) return 1;
        char *full = o->kind == 'P' && *value != '/' ? driver_join(r->in->root, value) : NULL;
        /* The command line's value is the last, so it wins; of options that may be repeated all count. */
        const char *kept = arena_strdup(&r->in->arena, full ? full : value);
        free(full);
        if (r->in->values[i].n == 0 || i == OPTION_CONTRACTS) vec_push(&r->in->values[i], kept);
        return 1;
    }
    return reject(r, "no such setting");
}

static int set_level(reader *r, const char *check, const char *level)
{
    if (strcmp(level, "off") != 0 && strcmp(level, "on") != 0 && severity_parse(level) < 0)
        return reject(r, "a check's level is off, on, note, warning or error");
    map_set(&r->in->levels, check, arena_strdup(&r->in->arena, level));
    return 1;
}

static int add_suppression(reader *r, const char *section, const char *pattern, const char *reason)
{
    record_suppression s = {.pattern = arena_strdup(&r->in->arena, pattern),
                            .reason = arena_strdup(&r->in->arena, reason)};
    if (strcmp(section, "suppress.path") == 0)
        s.kind = SUPPRESS_PATH;
    else if (strcmp(section, "suppress.check") == 0)
        s.kind = SUPPRESS_CHECK;
    else if (strcmp(section, "suppress.fingerprint") == 0)
        s.kind = SUPPRESS_FINGERPRINT;
    else
        return reject(r, "no such section");
    s.place = arena_printf(&r->in->arena, "%s:%u", path_below(r->in->root, r->in->config_path), r->line);
    vec_push(&r->in->suppressions, s);
    return 1;
}

static int take(void *arg, const char *section, const char *name, const char *value)
{
    reader *r = arg;
    if (strcmp(section, "recount") == 0) return set_option(r, name, value);
    if (strcmp(section, "checks") == 0) return set_level(r, name, value);
    return add_suppression(r, section, name, value);
}

/* fgets for inih that counts lines: the version of Debian 12 does not hand the number to its handler. */
static char *next_line(char *buffer, int n, void *arg)
{
    struct {
        const char *text;
        reader *r;
    } *stream = arg;
    int used = 0;
    if (!*stream->text) return NULL;
    while (*stream->text && used < n - 1) {
        buffer[used] = *stream->text++;
        if (buffer[used++] == '\n') break;
    }
    buffer[used] = '\0';
    stream->r->line++;
    return buffer;
}

static char *find_config(const invocation *in)
{
    char *folder = x_strdup(in->cwd);
    for (;;) {
        char *path = driver_join(folder, "recount.ini");
        if (access(path, F_OK) == 0) {
            free(folder);
            return path;
        }
        free(path);
        char *slash = strrchr(folder, '/');
        if (!slash || !folder[1]) break;
        slash[slash == folder] = '\0';
    }
    free(folder);
    return NULL;
}

static void set_root(invocation *in, const char *config)
{
    char *real = path_real(config);
    char *slash = strrchr(real, '/');
    in->config_path = arena_strdup(&in->arena, real);
    if (slash) {
        slash[slash == real] = '\0';
        in->root = arena_strdup(&in->arena, real);
    }
    free(real);
}

int driver_config_read(invocation *in)
{
    const char *given = driver_option(in, OPTION_CONFIG);
    char *path = given                             ? x_strdup(given)
                 : in->command->set == COMMANDS_CC ? NULL
                                                   : find_config(in),
         *text = NULL;
    size_t n;
    if (!path) return EXIT_CLEAN;
    int failed = file_read(path, &text, &n), status = EXIT_CLEAN;
    if (failed) {
        driver_error("%s: %s", path, strerror(failed));
        status = EXIT_USAGE;
    } else {
        reader r = {.in = in};
        struct {
            const char *text;
            reader *r;
        } stream = {text, &r};
        set_root(in, path);
        int wrong = ini_parse_stream(next_line, &stream, take, &r);
        if (wrong > 0 || r.why) {
            driver_error("%s:%u: %s", path, wrong > 0 ? (unsigned)wrong : r.at,
                         wrong > 0 ? "not understood" : r.why);
            status = EXIT_USAGE;
        }
    }
    free(text);
    free(path);
    return status;
}
