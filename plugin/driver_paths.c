/* SPDX-License-Identifier: MIT
 *
 * Where things are: the tool's own data, the database, temporary folders. In its build tree the program uses
 * the source tree's data, anywhere else what was installed beside it.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver_p.h"

const char *driver_version(void)
{
    return RECOUNT_VERSION;
}

char *driver_join(const char *folder, const char *name)
{
    strbuf b = {0};
    strbuf_printf(&b, "%s%s%s", folder, str_ends(folder, "/") ? "" : "/", name);
    return strbuf_take(&b);
}

static char *if_there(char *path)
{
    if (access(path, F_OK) == 0) return path;
    free(path);
    return NULL;
}

/* The program's own path, and whether that is the build tree's. */
static char *self(bool *in_tree)
{
    char *path = path_real("/proc/self/exe"), *tree = path_real(RECOUNT_TREE_BINARY);
    *in_tree = strcmp(path, tree) == 0;
    free(tree);
    return path;
}

/* `folder` under the prefix that the program is installed in. */
static char *installed(const char *program, const char *folder)
{
    if (*folder == '/') return x_strdup(folder);
    strbuf b = {0};
    const char *slash = strrchr(program, '/');
    strbuf_printf(&b, "%.*s/../%s", (int)(slash ? slash - program : 0), program, folder);
    return strbuf_take(&b);
}

static char *place(const char *tree_folder, const char *installed_folder, const char *below)
{
    bool in_tree;
    char *program = self(&in_tree);
    char *folder = in_tree ? x_strdup(tree_folder) : installed(program, installed_folder);
    char *real = path_real(folder), *path = driver_join(real, below);
    free(program);
    free(folder);
    free(real);
    return if_there(path);
}

char *driver_rules(const char *below)
{
    const char *given = secure_getenv("RECOUNT_RULES");
    return given && *given ? if_there(driver_join(given, below))
                           : place(RECOUNT_TREE_RULES, RECOUNT_DATADIR "/recount", below);
}

char *driver_include(void)
{
    char *header = place(RECOUNT_TREE_INCLUDE, RECOUNT_INCLUDEDIR, "recount_annotations.h");
    if (header) *strrchr(header, '/') = '\0';
    return header;
}

char *driver_library(bool shared)
{
    return place(RECOUNT_TREE_LIBRARY, RECOUNT_LIBDIR, shared ? "librecount.so" : "librecount.a");
}

const char *driver_library_flags(void)
{
    bool in_tree;
    free(self(&in_tree));
    return in_tree ? RECOUNT_TREE_FLAGS : "";
}

char *driver_database(const invocation *in)
{
    const char *given = driver_option(in, OPTION_DB);
    return given ? x_strdup(given) : driver_join(path_below(in->cwd, in->root), ".recount/findings.db");
}

int driver_database_ready(const invocation *in, const char *path)
{
    char *error = NULL;
    if (!driver_option(in, OPTION_DB)) {
        char *folder = x_strdup(path);
        *strrchr(folder, '/') = '\0';
        int failed = dir_make(folder);
        if (failed) driver_error("%s: cannot be made: %s", folder, strerror(failed));
        free(folder);
        if (failed) return EXIT_OUTPUT;
    }
    return record_probe(path, &error) == RECORD_OK ? EXIT_CLEAN : driver_fail(EXIT_OUTPUT, &error);
}

char *driver_temporary(void)
{
    const char *base = secure_getenv("TMPDIR");
    char *name = driver_join(base && *base ? base : "/tmp", "recount-XXXXXX");
    if (mkdtemp(name)) return name;
    driver_error("%s: cannot be made: %s", name, strerror(errno));
    free(name);
    return NULL;
}

static void remove_tree(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *e; folder && (e = readdir(folder));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        char *inner = driver_join(path, e->d_name);
        struct stat st;
        if (lstat(inner, &st) == 0 && S_ISDIR(st.st_mode))
            remove_tree(inner);
        else
            unlink(inner);
        free(inner);
    }
    if (folder) closedir(folder);
    rmdir(path);
}

void driver_remove(char *folder)
{
    if (folder) remove_tree(folder);
    free(folder);
}
