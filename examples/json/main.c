/* SPDX-License-Identifier: MIT
 *
 * json FILE [put POINTER VALUE | cut POINTER | find POINTER | merge VALUE]...: prints the document after all
 * of it.
 */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Command {
    const char *name;
    int arguments;
    bool (*run)(Json **document, char **arguments);
} Command;

static Json *parse(const char *name, const char *text, size_t length)
{
    JsonError error;
    Json *value = json_parse(text, length, &error);

    if (!value) fprintf(stderr, "%s:%zu:%zu: %s\n", name, error.line, error.column, error.message);
    return value;
}

static bool run_put(Json **document, char **arguments)
{
    Json *value = parse(arguments[0], arguments[1], strlen(arguments[1]));

    return value && json_put(*document, arguments[0], value);
}

static bool run_cut(Json **document, char **arguments)
{
    return json_cut(*document, arguments[0]) != NULL;
}

static bool run_find(Json **document, char **arguments)
{
    *document = json_find(*document, arguments[0]);
    return *document != NULL;
}

static bool run_merge(Json **document, char **arguments)
{
    Json *patch = parse("patch", arguments[0], strlen(arguments[0]));

    *document = patch ? json_merge(*document, patch) : NULL;
    return *document != NULL;
}

static const Command commands[] = {
    {"put", 2, run_put}, {"cut", 1, run_cut}, {"find", 1, run_find}, {"merge", 1, run_merge}, {NULL, 0, NULL},
};

static Json *read_document(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t length = 0, room = 0, n = 1;
    Json *document = NULL;

    if (!file) {
        perror(path);
        return NULL;
    }
    for (; n; length += n) {
        if (length == room) {
            char *larger = realloc(text, room = room ? 2 * room : 4096);
            if (!larger) goto done;
            text = larger;
        }
        n = fread(text + length, 1, room - length, file);
    }
    document = parse(path, text, length);
done:
    free(text);
    fclose(file);
    return document;
}

static bool write_out(const char *bytes, size_t n, void *file)
{
    return fwrite(bytes, 1, n, file) == n;
}

int main(int argc, char **argv)
{
    Json *document = argc > 1 ? read_document(argv[1]) : NULL;

    if (argc < 2)
        fputs("usage: json FILE [put POINTER VALUE | cut POINTER | find POINTER | merge VALUE]...\n", stderr);
    if (!document) return 2;
    for (int i = 2; i < argc;) {
        const Command *command = commands;
        while (command->name && strcmp(command->name, argv[i])) command++;
        if (!command->name || argc - i <= command->arguments || !command->run(&document, argv + i + 1)) {
            fprintf(stderr, "json: cannot %s\n", argv[i]);
            return 1;
        }
        i += command->arguments + 1;
    }
    if (!json_write(document, 2, write_out, stdout)) return 1;
    putchar('\n');
    return 0;
}
