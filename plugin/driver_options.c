/* SPDX-License-Identifier: MIT
 *
 * The command line, read by the rows of options.def.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver_p.h"

const option_row driver_options[OPTION_COUNT] = {
#define OPTION(id, letter, name, argument, kind, commands, help)                                             \
 {letter, name, argument, #kind[0], COMMANDS_##commands, help},
#include "options.def"
#undef OPTION
};

const char *driver_option(const invocation *in, option_id id)
{
    return in->values[id].n ? vec_last(&in->values[id]) : NULL;
}

bool driver_flag(const invocation *in, option_id id)
{
    return in->values[id].n > 0;
}

unsigned driver_number(const invocation *in, option_id id, unsigned otherwise, bool *bad)
{
    const char *text = driver_option(in, id);
    if (!text) return otherwise;
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (!errno && isdigit((unsigned char)*text) && !*end && value <= 1000000) return (unsigned)value;
    driver_error("--%s: %s is not a number", driver_options[id].name, text);
    *bad = true;
    return otherwise;
}

static int wrong(const invocation *in, const char *argument, const char *why)
{
    driver_error("%s: %s: %s; recount help %s says more", in->command->name, argument, why,
                 in->command->name);
    return EXIT_USAGE;
}

/* The row of "--name[=value]" or "-x[value]"; *value: the attached one, or NULL. */
static int find_option(const char *argument, unsigned set, const char **value)
{
    *value = NULL;
    for (int i = 0; i < OPTION_COUNT; i++) {
        const option_row *o = &driver_options[i];
        if (!(o->commands & set)) continue;
        if (argument[1] != '-') {
            if (o->letter != argument[1]) continue;
            if (argument[2]) *value = argument + 2;
            return i;
        }
        size_t n = strlen(o->name);
        if (strncmp(argument + 2, o->name, n) != 0 || (argument[2 + n] && argument[2 + n] != '=')) continue;
        if (argument[2 + n]) *value = argument + 3 + n;
        return i;
    }
    return -1;
}

/* Takes the option at argv[*at], with its argument when it has one. */
static int take_option(invocation *in, int argc, char **argv, int *at)
{
    const char *argument = argv[*at], *value;
    int id = find_option(argument, in->command->set, &value);
    if (id < 0) return wrong(in, argument, "no such option");
    const option_row *o = &driver_options[id];
    if (!o->argument && value) return wrong(in, argument, "takes no value");
    if (o->argument && !value) {
        if (*at + 1 >= argc) return wrong(in, argument, "needs a value");
        value = argv[++*at];
    }
    vec_push(&in->values[id], arena_strdup(&in->arena, value ? value : ""));
    return EXIT_CLEAN;
}

bool driver_decides(option_id id)
{
    return id == OPTION_CHECK || id == OPTION_NO_CHECK || id == OPTION_CONTRACTS || id == OPTION_CONFIDENCE;
}

static const char *join_command(invocation *in, int argc, char **argv)
{
    strbuf b = {0};
    strbuf_printf(&b, "recount %s", in->command->name);
    for (int i = 0; i < argc; i++) strbuf_printf(&b, " %s", argv[i]);
    const char *typed = arena_strdup(&in->arena, b.s);
    strbuf_fini(&b);
    return typed;
}

int driver_parse(int argc, char **argv, const command_row *command, invocation *out)
{
    *out = (invocation){.command = command};
    char *here = getcwd(NULL, 0);
    out->cwd = out->root = arena_strdup(&out->arena, here ? here : ".");
    out->typed = join_command(out, argc, argv);
    free(here);
    bool verbatim = command->set == COMMANDS_CC; /* everything belongs to the compiler */
    for (int i = 0; i < argc; i++) {
        if (out->has_rest || verbatim) {
            vec_push(verbatim ? &out->args : &out->rest, argv[i]);
        } else if (strcmp(argv[i], "--") == 0) {
            out->has_rest = true;
        } else if (strcmp(argv[i], "--help") == 0) {
            driver_help(command, stdout);
            exit(EXIT_CLEAN);
        } else if (argv[i][0] == '-' && argv[i][1]) {
            int status = take_option(out, argc, argv, &i);
            if (status != EXIT_CLEAN) return status;
        } else {
            vec_push(&out->args, argv[i]);
        }
    }
    return EXIT_CLEAN;
}

void driver_fini(invocation *in)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) vec_fini(&in->values[i]);
    vec_fini(&in->args);
    vec_fini(&in->rest);
    vec_fini(&in->suppressions);
    map_fini(&in->levels);
    map_fini(&in->severities);
    arena_fini(&in->arena);
}
