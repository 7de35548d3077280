/* SPDX-License-Identifier: MIT
 *
 * A line editor with undo: versions share their lines, commands are looked up in a table, history is a stack.
 */
#include <recount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Line Line;
typedef struct Version Version;
typedef struct Editor Editor;

struct RC_CLASS Line {
    RC_HEAD;
    char *text;
};
static int lines;
RC_FINALIZER static void line_finalize(Line *self)
{
    free(self->text);
    lines--;
}

struct RC_CLASS Version {
    RC_HEAD;
    Version *before;
    size_t n;
    RC_COUNTED_BY(n) Line *line[];
};

struct RC_CLASS Editor {
    RC_HEAD;
    Version *now;
    RC_COUNTED_BY(redos) Version **redo;
    size_t redos;
};

typedef struct Edit {
    size_t at;
    Line *line;
} Edit;

typedef Version *Change(Version *now, Edit edit);

static Line *line_new(const char *text)
{
    Line *self = rc_new(Line);

    self->text = strcpy(malloc(strlen(text) + 1), text);
    lines++;
    return self;
}

static Version *version_new(Version *before, size_t n)
{
    Version *self = rc_new_extra(Version, n);

    self->before = before;
    self->n = n;
    return self;
}

static Version *insert(Version *now, Edit edit)
{
    Version *v = version_new(now, now->n + 1);

    for (size_t i = 0; i < v->n; i++)
        v->line[i] = i < edit.at ? now->line[i] : i == edit.at ? edit.line : now->line[i - 1];
    return v;
}

static Version *delete (Version *now, Edit edit)
{
    Version *v;

    if (edit.at >= now->n) return NULL;
    v = version_new(now, now->n - 1);
    for (size_t i = 0, k = 0; i < now->n; i++) {
        if (i == edit.at) continue;
        v->line[k++] = now->line[i];
    }
    return v;
}

static Version *replace(Version *now, Edit edit)
{
    Version *v = delete (now, edit);

    if (!v) return NULL;
    v = insert(v, edit);
    v->before = now;
    return v;
}

static Version *reverse(Version *now, Edit edit)
{
    Version *v = version_new(now, now->n);

    (void)edit;
    for (size_t i = 0; i < now->n; i++) v->line[now->n - 1 - i] = now->line[i];
    return v;
}

static const struct {
    char letter;
    Change *change;
} changes[] = {{'i', insert}, {'d', delete}, {'r', replace}, {'v', reverse}};

static int undo(Editor *editor)
{
    Version *now = editor->now;

    if (!now->before) return -1;
    if (rc_array_resize(Version, editor->redo, editor->redos, editor->redos + 1)) return -1;
    editor->redo[editor->redos++] = now;
    editor->now = now->before;
    return 0;
}

static int redo(Editor *editor)
{
    if (!editor->redos) return -1;
    editor->now = editor->redo[--editor->redos];
    editor->redo[editor->redos] = NULL;
    return 0;
}

static void show(Version *v)
{
    for (size_t i = 0; i < v->n; i++) printf("%s%s", i ? "|" : "", v->line[i]->text);
    printf(" (%d lines alive)\n", lines);
}

/* "i0 text", "d1", "r2 text", "v", "u", "y": false when it cannot be done. */
static bool command(Editor *editor, const char *text)
{
    Edit edit = {0, NULL};
    const char *space = strchr(text, ' ');
    Version *v = NULL;

    if (*text == 'u') return undo(editor) == 0;
    if (*text == 'y') return redo(editor) == 0;
    edit.at = text[1] ? strtoul(text + 1, NULL, 10) : 0;
    if (space) edit.line = line_new(space + 1);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        if (changes[i].letter != *text) continue;
        v = changes[i].change(editor->now, edit);
        goto found;
    }
    return false;
found:
    if (!v) return false;
    editor->now = v;
    editor->redo = NULL;
    editor->redos = 0;
    return true;
}

int main(void)
{
    static const char *const script[] = {"i0 one",  "i1 two", "i1 between", "d0",    "u", "r1 middle",
                                         "v",       "u",      "u",          "y",     "y", "u",
                                         "i0 zero", "y",      "d9",         "q lost"};
    Editor *editor = rc_new(Editor);

    editor->now = version_new(NULL, 0);
    for (size_t i = 0; i < sizeof script / sizeof *script; i++) {
        printf("%-10s ", script[i]);
        if (command(editor, script[i]))
            show(editor->now);
        else
            printf("cannot (%d lines alive)\n", lines);
    }
    Version *first = editor->now;
    while (first->before) first = first->before;
    printf("first has %zu\n", first->n);
    editor = NULL;
    printf("%d lines, %zu live\n", lines, rc_live_objects());
    return 0;
}
