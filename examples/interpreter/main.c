/* SPDX-License-Identifier: MIT
 *
 * minnow [--echo] [--stats] FILE...: runs programs, one interpreter for all of them.
 */
#include "minnow.h"

#include <stdlib.h>
#include <string.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size;

    if (!file) return NULL;
    if (fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0 || fseek(file, 0, SEEK_SET)) goto done;
    text = malloc((size_t)size + 1);
    if (!text) goto done;
    text[fread(text, 1, (size_t)size, file)] = '\0';
done:
    fclose(file);
    return text;
}

static int run_file(Interp *in, const char *path, bool echo)
{
    char *text = read_file(path);
    bool ok = text && interp_run(in, text, echo);

    if (!text)
        perror(path);
    else if (!ok)
        fprintf(stderr, "%s: %s\n", path, in->error);
    free(text);
    return ok ? 0 : 1;
}

static int run_files(char **args)
{
    Interp in = {.globals = NULL};
    bool echo = false;
    int status = 0;

    interp_init(&in);
    for (; *args && !status; args++) {
        if (!strcmp(*args, "--echo"))
            echo = true;
        else if (strcmp(*args, "--stats"))
            status = run_file(&in, *args, echo);
    }
    return status;
}

int main(int argc, char **argv)
{
    int status = 2;

    if (argc < 2)
        fputs("usage: minnow [--echo] [--stats] FILE...\n", stderr);
    else
        status = run_files(argv + 1);
    if (argc > 1 && !strcmp(argv[1], "--stats")) {
        rc_gc_collect();
        printf("live objects at exit: %zu\n", rc_live_objects());
    }
    return status;
}
