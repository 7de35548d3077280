/* SPDX-License-Identifier: MIT
 *
 * Contract packs: parsed once, before the workers are forked, which inherit them. A pack speaks of certain
 * object types (RC_OBJECT_TYPE); it concerns a unit that knows one of them, so that names of one API do not
 * reach into another.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "driver_p.h"

static int parse_pack(packs *p, const char *path, contract_trust trust)
{
    const char *includes[] = {p->include};
    static const char *const flags[] = {"-x", "c", "-w"};
    ast_options options = {.flags = flags, .flag_count = 3, .includes = includes, .include_count = 1};
    pack item = {.path = x_strdup(path), .trust = trust};
    if (ast_parse(path, &options, &item.parsed) != AST_OK) {
        driver_error("%s", item.parsed.message ? item.parsed.message : path);
    } else if (item.parsed.error_count) {
        const ast_error *e = &item.parsed.errors[0];
        driver_error("%s:%u:%u: error: %s", e->file ? e->file : path, e->line, e->column, e->message);
    } else {
        vec_push(&p->list, item);
        return EXIT_CLEAN;
    }
    ast_result_fini(&item.parsed);
    free(item.path);
    return EXIT_INPUT;
}

static int is_header(const struct dirent *e)
{
    return str_ends(e->d_name, ".h");
}

static int load_shipped(packs *p)
{
    char *folder = driver_rules("contracts");
    struct dirent **names = NULL;
    int n = folder ? scandir(folder, &names, is_header, alphasort) : 0, status = EXIT_CLEAN;
    for (int i = 0; i < n; i++) {
        char *path = driver_join(folder, names[i]->d_name);
        if (parse_pack(p, path, CONTRACT_TRUST_PACK) != EXIT_CLEAN) status = EXIT_INPUT;
        free(path);
        free(names[i]);
    }
    free(names);
    free(folder);
    return status;
}

int driver_packs_load(const invocation *in, packs *out)
{
    *out = (packs){.include = driver_include()};
    if (!out->include) {
        driver_error("recount_annotations.h is not where this program was installed");
        return EXIT_INPUT;
    }
    int status = load_shipped(out);
    const str_vec *files = &in->values[OPTION_CONTRACTS];
    for (size_t i = 0; i < files->n; i++)
        if (parse_pack(out, files->at[i], CONTRACT_TRUST_FILE) != EXIT_CLEAN) status = EXIT_INPUT;
    return status;
}

void driver_packs_fini(packs *p)
{
    for (size_t i = 0; i < p->list.n; i++) {
        ast_result_fini(&p->list.at[i].parsed);
        free(p->list.at[i].path);
    }
    vec_fini(&p->list);
    free(p->include);
}

static bool knows_type(const ir_unit *unit, const char *name)
{
    if (ir_record_find(unit, name)) return true;
    for (size_t i = 0; i < unit->typedefs.n; i++)
        if (strcmp(unit->typedefs.at[i].name, name) == 0) return true;
    return false;
}

/* Facts read "object_type:NAME:INCREF:DECREF". A pack without one concerns every unit. */
static bool concerns(const pack *p, const ir_unit *unit)
{
    static const char prefix[] = "object_type:";
    bool any = false;
    if (p->trust == CONTRACT_TRUST_FILE) return true;
    for (size_t i = 0; i < p->parsed.unit->facts.n; i++) {
        const char *fact = p->parsed.unit->facts.at[i].text;
        char name[128];
        if (!str_starts(fact, prefix)) continue;
        fact += sizeof prefix - 1;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(fact, ":"), fact);
        if (knows_type(unit, name)) return true;
        any = true;
    }
    return !any;
}

contract_set *driver_contracts(const packs *p, const ir_unit *unit)
{
    contract_set *set = contract_set_new();
    for (size_t i = 0; i < p->list.n; i++)
        if (concerns(&p->list.at[i], unit))
            contract_add_unit(set, p->list.at[i].parsed.unit, p->list.at[i].trust);
    contract_add_unit(set, unit, CONTRACT_TRUST_SOURCE);
    return set;
}

ast_options driver_parse_options(const invocation *in, const packs *p, const source *s)
{
    return (ast_options){.flags = s->flags,
                         .flag_count = s->flag_count,
                         .directory = s->directory,
                         .project = in->root,
                         .includes = (const char *const *)&p->include,
                         .include_count = 1};
}
