/* SPDX-License-Identifier: MIT
 *
 * The check pages: what a check is, whether it is looked for by default and how severe its findings are stands in its page
 * (rules/checks/ID/page.md) and nowhere else; the config and the command line have the last word.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

static int visible(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static char *read_page(const char *check)
{
    strbuf below = {0};
    char *text = NULL;
    size_t n;
    strbuf_printf(&below, "checks/%s/page.md", check);
    char *path = strchr(check, '/') ? NULL : driver_rules(below.s);
    if (!path || file_read(path, &text, &n) != 0) text = NULL;
    strbuf_fini(&below);
    free(path);
    return text;
}

/* Calls `take` for each check in order of its name; -1 when there are no pages. */
static int each_page(void (*take)(const char *check, char *page, void *arg), void *arg)
{
    char *folder = driver_rules("checks");
    struct dirent **names = NULL;
    int n = folder ? scandir(folder, &names, visible, alphasort) : -1;
    for (int i = 0; i < n; i++) {
        char *page = read_page(names[i]->d_name);
        if (page) take(names[i]->d_name, page, arg);
        free(page);
        free(names[i]);
    }
    free(names);
    free(folder);
    return n;
}

/* The value of the page's line "- KEY: VALUE", up to a comma; into `out`. */
static bool page_value(const char *page, const char *key, char *out, size_t size)
{
    char line[48];
    snprintf(line, sizeof line, "\n- %s: ", key);
    const char *at = strstr(page, line);
    if (!at) return false;
    at += strlen(line);
    snprintf(out, size, "%.*s", (int)strcspn(at, ",\n "), at);
    return true;
}

/* ---- levels -------------------------------------------------------------------------------------------------------------- */
static void note_defaults(const char *check, char *page, void *arg)
{
    invocation *in = arg;
    char value[16];
    if (page_value(page, "severity", value, sizeof value) && severity_parse(value) >= 0)
        map_set(&in->severities, check, arena_strdup(&in->arena, value));
    if (page_value(page, "default", value, sizeof value) && strcmp(value, "off") == 0 &&
        !map_get(&in->levels, check))
        map_set(&in->levels, check, arena_strdup(&in->arena, value));
}

void driver_checks_load(invocation *in)
{
    each_page(note_defaults, in);
}

static bool check_exists(const char *check)
{
    char *page = read_page(check);
    bool exists = page != NULL;
    free(page);
    if (!exists) driver_error("lint: there is no check %s; recount checks lists them", check);
    return exists;
}

static bool all_exist(invocation *in, const str_vec *lists)
{
    bool good = true;
    for (size_t i = 0; i < lists->n && good; i++)
        for (const char *p = lists->at[i]; p && good; p = strchr(p, ',')) {
            p += *p == ',';
            good = check_exists(arena_strndup(&in->arena, p, strcspn(p, ",")));
        }
    return good;
}

int driver_checks_verify(invocation *in)
{
    bool good = all_exist(in, &in->values[OPTION_CHECK]) && all_exist(in, &in->values[OPTION_NO_CHECK]);
    return good ? EXIT_CLEAN : EXIT_USAGE;
}

static bool listed(const str_vec *lists, const char *check)
{
    size_t n = strlen(check);
    for (size_t i = 0; i < lists->n; i++)
        for (const char *p = lists->at[i]; p; p = strchr(p, ',')) {
            p += *p == ',';
            if (strncmp(p, check, n) == 0 && (p[n] == ',' || !p[n])) return true;
        }
    return false;
}

bool driver_check_enabled(const char *check, void *arg)
{
    const invocation *in = arg;
    const char *level = map_get(&in->levels, check);
    if (in->values[OPTION_CHECK].n) return listed(&in->values[OPTION_CHECK], check);
    if (listed(&in->values[OPTION_NO_CHECK], check)) return false;
    return !level || strcmp(level, "off") != 0;
}

confidence driver_least_confidence(const invocation *in)
{
    const char *level = driver_option(in, OPTION_CONFIDENCE);
    return level ? (confidence)confidence_parse(level) : CONFIDENCE_MEDIUM;
}

severity driver_check_severity(const invocation *in, const char *check, severity otherwise)
{
    const char *level = map_get(&in->levels, check), *page = map_get(&in->severities, check);
    int wanted = level ? severity_parse(level) : -1;
    if (wanted < 0 && page) wanted = severity_parse(page);
    return wanted < 0 ? otherwise : (severity)wanted;
}

/* ---- checks, explain --------------------------------------------------------------------------------------------------------- */
/* The first line of prose: behind the licence, the title and the list of properties. */
static void print_summary(const char *check, char *page, void *arg)
{
    (void)arg;
    char level[16] = "warning", on[16] = "on";
    page_value(page, "severity", level, sizeof level);
    page_value(page, "default", on, sizeof on);
    const char *state = strcmp(on, "off") == 0 ? "off" : "";
    const char *p = page;
    while (p && strchr("#<-\n", *p)) {
        p = *p ? strchr(p, '\n') : NULL;
        if (p) p++;
    }
    printf("%-24s %-8s %-6s %.*s\n", check, level, state, (int)(p ? strcspn(p, "\n") : 0), p ? p : "");
}

int command_checks(invocation *in)
{
    (void)in;
    if (each_page(print_summary, NULL) >= 0) return EXIT_CLEAN;
    driver_error("the check pages are not where this program was installed");
    return EXIT_INPUT;
}

int command_explain(invocation *in)
{
    if (in->args.n != 1) {
        driver_error("explain: one check");
        return EXIT_USAGE;
    }
    char *page = read_page(in->args.at[0]);
    if (!page) {
        driver_error("explain: there is no check %s; recount checks lists them", in->args.at[0]);
        return EXIT_USAGE;
    }
    fputs(page, stdout);
    free(page);
    return EXIT_CLEAN;
}
