/* SPDX-License-Identifier: MIT
 *
 * Reading a compiler's command line.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver_cc_p.h"

static bool takes_argument(const char *flag)
{
    static const char *const flags[] = {
#define ARGUMENT(flag) flag,
#define MODE(flag, mode)
#define LINK(flag)
#include "compiler.def"
#undef ARGUMENT
#undef MODE
#undef LINK
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(flag, flags[i]) == 0) return true;
    return false;
}

size_t cc_link_words(const char *word)
{
    static const char *const flags[] = {
#define ARGUMENT(flag)
#define MODE(flag, mode)
#define LINK(flag) flag,
#include "compiler.def"
#undef ARGUMENT
#undef MODE
#undef LINK
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        size_t n = strlen(flags[i]);
        bool whole = strcmp(word, flags[i]) == 0,
             joined = n == 2 ? strchr("lL", flags[i][1]) != NULL : strchr(",=", flags[i][n - 1]) != NULL;
        if (whole) return takes_argument(word) ? 2 : 1;
        if (joined && str_starts(word, flags[i])) return 1;
    }
    return 0;
}

static void note_mode(cc_line *line, const char *flag)
{
    static const struct {
        const char *flag;
        cc_mode mode;
    } modes[] = {
#define ARGUMENT(flag)
#define MODE(flag, mode) {flag, CC_##mode},
#define LINK(flag)
#include "compiler.def"
#undef ARGUMENT
#undef MODE
#undef LINK
    };
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strcmp(flag, modes[i].flag) == 0 && modes[i].mode > line->mode) line->mode = modes[i].mode;
    if (str_starts(flag, "-print-") || str_starts(flag, "--print-") || str_starts(flag, "--help"))
        line->mode = CC_ASK;
}

/* ---- response files ---------------------------------------------------------------------- */
/* One word of a response file: blanks end it, quotes and backslashes keep them. NULL at the end. */
static const char *next_word(const char **text, arena *a)
{
    const char *p = *text;
    strbuf b = {0};
    char quote = 0;
    while (isspace((unsigned char)*p)) p++;
    if (!*p) return NULL;
    for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
        if (*p == '\\' && p[1] && quote != '\'')
            strbuf_addc(&b, *++p);
        else if (quote ? *p == quote : *p == '"' || *p == '\'')
            quote = quote ? 0 : *p;
        else
            strbuf_addc(&b, *p);
    }
    *text = p;
    const char *word = arena_strdup(a, b.s ? b.s : "");
    strbuf_fini(&b);
    return word;
}

/* Depth bounds files that name each other, as compilers do. */
static void expand(cc_line *line, const char *word, unsigned depth)
{
    char *text;
    size_t n;
    if (word[0] != '@' || depth > 16 || file_read(word + 1, &text, &n) != 0) {
        vec_push(&line->args, word);
        return;
    }
    line->has_response = true;
    const char *p = text;
    for (const char *inner; (inner = next_word(&p, &line->arena));) expand(line, inner, depth + 1);
    free(text);
}

/* ---- words ------------------------------------------------------------------------------- */
/* Whether the n-th word is still the compiler's name: `ccache gcc`. */
static bool is_program(const char *word)
{
    const char *path = getenv("PATH");
    if (word[0] == '-' || word[0] == '@' || strchr(word, '.')) return false;
    if (strchr(word, '/')) return access(word, X_OK) == 0;
    for (const char *p = path ? path : "", *end; *p; p = *end ? end + 1 : end) {
        char full[4096];
        end = p + strcspn(p, ":");
        snprintf(full, sizeof full, "%.*s/%s", (int)(end - p), p, word);
        if (access(full, X_OK) == 0) return true;
    }
    return false;
}

static void note_flag(cc_line *line, const char *flag, const char *next, const char **language)
{
    note_mode(line, flag);
    if (strcmp(flag, "-o") == 0)
        line->output = next;
    else if (str_starts(flag, "-o"))
        line->output = flag + 2;
    else if (strcmp(flag, "-MF") == 0)
        line->deps = next;
    else if (str_starts(flag, "-MF"))
        line->deps = flag + 3;
    else if (str_starts(flag, "-Wp,-MD,") || str_starts(flag, "-Wp,-MMD,"))
        line->deps = strrchr(flag, ',') + 1;
    else if (strcmp(flag, "-x") == 0)
        *language = next ? next : "none";
    else if (str_starts(flag, "-x"))
        *language = flag + 2;
    line->has_deps |= !strcmp(flag, "-MD") || !strcmp(flag, "-MMD") || str_starts(flag, "-Wp,-M");
    line->shared |= !strcmp(flag, "-shared");
    line->partial |= !strcmp(flag, "-r");
    line->preprocess |= !strcmp(flag, "-E") || !strcmp(flag, "--preprocess");
    line->bare |= !strcmp(flag, "-nostdlib");
}

static void add_input(cc_line *line, size_t at, const char *language)
{
    const char *path = line->args.at[at];
    bool named = strcmp(language, "none") != 0;
    cc_input input = {.at = at, .path = path, .c = named ? strcmp(language, "c") == 0 : str_ends(path, ".c")};
    line->c_count += input.c;
    vec_push(&line->inputs, input);
}

bool cc_line_parse(size_t argc, const char *const *argv, cc_line *out)
{
    size_t first = 0;
    const char *language = "none";
    *out = (cc_line){.mode = CC_LINK};
    while (first < argc && (first == 0 || is_program(argv[first]))) vec_push(&out->compiler, argv[first++]);
    if (!out->compiler.n || out->compiler.at[0][0] == '-') return false;
    for (size_t i = first; i < argc; i++) expand(out, argv[i], 0);
    for (size_t i = 0; i < out->args.n; i++) {
        const char *word = out->args.at[i];
        if (word[0] != '-' || !word[1]) {
            add_input(out, i, language);
            continue;
        }
        const char *next = i + 1 < out->args.n ? out->args.at[i + 1] : NULL;
        note_flag(out, word, next, &language);
        if (takes_argument(word)) i++;
    }
    if (!out->inputs.n) out->mode = CC_ASK;
    out->language = strcmp(language, "none") != 0;
    return true;
}

void cc_line_fini(cc_line *line)
{
    vec_fini(&line->compiler);
    vec_fini(&line->args);
    vec_fini(&line->inputs);
    arena_fini(&line->arena);
}
