/* SPDX-License-Identifier: MIT
 *
 * The table of commands, and what is printed from its rows: help, man pages, completion.
 */
#include "driver.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver_p.h"

#define COMMAND(name, set, synopsis, summary, text) int command_##name(invocation *in);
#include "commands.def"
#undef COMMAND

static const command_row commands[] = {
#define COMMAND(name, set, synopsis, summary, text)                                                          \
 {#name, COMMANDS_##set, command_##name, synopsis, summary, text},
#include "commands.def"
#undef COMMAND
};

const command_row *driver_command_at(size_t at)
{
    return at < sizeof commands / sizeof *commands ? &commands[at] : NULL;
}

const command_row *driver_command(const char *name)
{
    for (size_t i = 0; driver_command_at(i); i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

/* ---- saying something -------------------------------------------------------------------- */
void driver_error(const char *format, ...)
{
    strbuf b = {0};
    va_list args;
    va_start(args, format);
    strbuf_add(&b, "recount: ");
    strbuf_vprintf(&b, format, args);
    va_end(args);
    strbuf_addc(&b, '\n');
    fputs(b.s, stderr); /* one write: lines of several processes do not mix */
    strbuf_fini(&b);
}

int driver_fail(int status, char **error)
{
    driver_error("%s", *error ? *error : "failed");
    free(*error);
    *error = NULL;
    return status;
}

int driver_write(const char *path, const char *data, size_t n)
{
    if (!path || strcmp(path, "-") == 0) {
        fwrite(data, 1, n, stdout); /* a failure is seen, once, when the command ends */
        return EXIT_CLEAN;
    }
    int error = file_write(path, data, n);
    if (!error) return EXIT_CLEAN;
    driver_error("%s: cannot be written: %s", path, strerror(error));
    return EXIT_OUTPUT;
}

bool driver_color(const invocation *in, FILE *stream)
{
    const char *when = driver_option(in, OPTION_COLOR);
    if (when && strcmp(when, "auto") != 0) return strcmp(when, "always") == 0;
    const char *term = getenv("TERM");
    return isatty(fileno(stream)) && !getenv("NO_COLOR") && term && strcmp(term, "dumb") != 0;
}

/* ---- help -------------------------------------------------------------------------------- */
static void print_options(unsigned set, FILE *out)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_row *o = &driver_options[i];
        if (!(o->commands & set)) continue;
        char left[64], letter[8] = "";
        if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
                 o->argument ? o->argument : "");
        fprintf(out, "  %-28s %s\n", left, o->help);
    }
}

void driver_help(const command_row *command, FILE *out)
{
    if (command) {
        fprintf(out, "usage: recount %s %s\n%s\n", command->name, command->synopsis, command->summary);
        if (*command->text) fprintf(out, "\n%s\n", command->text);
        if (command->set != COMMANDS_CC) fputs("\noptions:\n", out), print_options(command->set, out);
        return;
    }
    fputs("usage: recount COMMAND [ARGUMENT...]\n\ncommands:\n", out);
    for (size_t i = 0; driver_command_at(i); i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\nrecount help COMMAND says more. Exit status: 0 nothing to report, 1 findings or a rewrite "
          "rejected,\n"
          "2 wrong use, 3 some input could not be analysed, 4 an output or the database could not be "
          "written.\n",
          out);
}

/* troff: hyphens that are typed are escaped, and a line must not begin with a dot. */
static void print_troff(const char *text, FILE *out)
{
    for (; *text; text++)
        if (*text == '-' || *text == '\\')
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
}

static void print_man_head(const char *name, const char *summary, FILE *out)
{
    fprintf(out, ".TH %s 1 \"\" \"recount %s\" \"User Commands\"\n.SH NAME\n", name, driver_version());
    print_troff(name, out);
    fputs(" \\- ", out);
    print_troff(summary, out);
    fputc('\n', out);
}

static void print_man_option(const option_row *o, FILE *out)
{
    fputs(".TP\n", out);
    if (o->letter) fprintf(out, "\\fB\\-%c\\fR, ", o->letter);
    fputs("\\fB\\-\\-", out);
    print_troff(o->name, out);
    fprintf(out, "\\fR %s\n", o->argument ? o->argument : "");
    print_troff(o->help, out);
    fputc('\n', out);
}

static const char exit_statuses[] = ".SH EXIT STATUS\n0 nothing to report; 1 findings, or a rewrite "
                                    "rejected; 2 wrong use; 3 some input could not be"
                                    " analysed;\n4 an output or the database could not be written.\n";

static void print_man(const command_row *c, FILE *out)
{
    char name[64];
    snprintf(name, sizeof name, "recount-%s", c->name);
    print_man_head(name, c->summary, out);
    fprintf(out, ".SH SYNOPSIS\n.B recount %s\n", c->name);
    print_troff(c->synopsis, out);
    fputs("\n.SH DESCRIPTION\n", out);
    print_troff(*c->text ? c->text : c->summary, out);
    fputs("\n", out);
    if (c->set != COMMANDS_CC) fputs(".SH OPTIONS\n", out);
    for (size_t i = 0; c->set != COMMANDS_CC && i < OPTION_COUNT; i++)
        if (driver_options[i].commands & c->set) print_man_option(&driver_options[i], out);
    fputs(exit_statuses, out);
    fputs(".SH SEE ALSO\n.BR recount (1)\n", out);
}

static const char config_page[] =
    ".SH FILES\n.TP\n.I recount.ini\nthe config, searched upwards; its folder is the project's root.\n"
    "[recount] holds options by their long names, with paths that count from there;\n"
    "[checks] a level for each check: off, on, note, warning or error;\n"
    "[suppress.path], [suppress.check] and [suppress.fingerprint] what is accepted, each with its reason.\n"
    ".TP\n.I .recount/findings.db\nthe findings database, beside the config or in the working directory.\n"
    ".SH ENVIRONMENT\n.TP\n.B RECOUNT_RULES\na folder with contracts, checks and queries to use in place of "
    "the"
    " installed ones.\n";

static void print_man_overview(FILE *out)
{
    print_man_head("recount", "counted references in C: linter, rewriter, runtime", out);
    fputs(".SH SYNOPSIS\n.B recount\nCOMMAND [ARGUMENT...]\n.SH COMMANDS\n", out);
    for (size_t i = 0; driver_command_at(i); i++) {
        fprintf(out, ".TP\n.BR recount\\-%s (1)\n", commands[i].name);
        print_troff(commands[i].summary, out);
        fputc('\n', out);
    }
    fputs(config_page, out);
    fputs(exit_statuses, out);
}

static void print_completion(FILE *out)
{
    fputs("_recount() {\n    local cur=${COMP_WORDS[COMP_CWORD]}\n    if [ \"$COMP_CWORD\" = 1 ]; then\n"
          "        COMPREPLY=($(compgen -W \"",
          out);
    for (size_t i = 0; driver_command_at(i); i++) fprintf(out, "%s%s", i ? " " : "", commands[i].name);
    fputs("\" -- \"$cur\"))\n        return\n    fi\n    case ${COMP_WORDS[1]} in\n", out);
    for (size_t i = 0; driver_command_at(i); i++) {
        fprintf(out, "    %s) COMPREPLY=($(compgen -f -W \"", commands[i].name);
        for (size_t k = 0; k < OPTION_COUNT; k++)
            if (driver_options[k].commands & commands[i].set) fprintf(out, "--%s ", driver_options[k].name);
        fputs("\" -- \"$cur\")) ;;\n", out);
    }
    fputs("    esac\n}\ncomplete -F _recount recount\n", out);
}

int command_help(invocation *in)
{
    const command_row *about = in->args.n ? driver_command(in->args.at[0]) : NULL;
    if (in->args.n && !about) {
        driver_error("there is no command %s", in->args.at[0]);
        return EXIT_USAGE;
    }
    if (driver_flag(in, OPTION_COMPLETION))
        print_completion(stdout);
    else if (driver_flag(in, OPTION_MAN) && about)
        print_man(about, stdout);
    else if (driver_flag(in, OPTION_MAN))
        print_man_overview(stdout);
    else
        driver_help(about, stdout);
    return EXIT_CLEAN;
}

/* ---- dispatch ---------------------------------------------------------------------------- */
static int run_command(int argc, char **argv, const command_row *command)
{
    invocation in;
    int status = driver_parse(argc, argv, command, &in);
    if (status == EXIT_CLEAN) status = driver_config_read(&in);
    if (status == EXIT_CLEAN) status = command->run(&in);
    driver_fini(&in);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        driver_error("standard output: %s", strerror(errno));
        return EXIT_OUTPUT;
    }
    return status;
}

int driver_main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : NULL;
    if (!name) {
        driver_help(NULL, stderr);
        return EXIT_USAGE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("recount %s (%s)\n", driver_version(), ast_version());
        return EXIT_CLEAN;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        driver_help(NULL, stdout);
        return EXIT_CLEAN;
    }
    const command_row *command = driver_command(name);
    if (command) return run_command(argc - 2, argv + 2, command);
    driver_error("there is no command %s; recount help lists them", name);
    return EXIT_USAGE;
}
