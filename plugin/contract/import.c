/* SPDX-License-Identifier: MIT
 *
 * C as text, for the importers.
 */
#include <ctype.h>
#include <string.h>

#include "import_p.h"

bool import_is_keyword(const char *word)
{
    static const char *const words[] = {
        "auto",   "break",    "case",     "char",     "const", "continue", "default", "do",     "double",
        "else",   "enum",     "float",    "for",      "goto",  "if",       "extern",  "inline", "int",
        "long",   "register", "restrict", "return",   "short", "signed",   "sizeof",  "static", "struct",
        "switch", "typedef",  "union",    "unsigned", "void",  "volatile", "while",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

const char *import_word(arena *a, const char **at)
{
    const char *s = *at;
    while (*s && !in_word(*s)) s++;
    size_t n = 0;
    while (in_word(s[n])) n++;
    *at = s + n;
    return n ? arena_strndup(a, s, n) : NULL;
}

void import_add_typed(strbuf *out, const char *type, const char *name)
{
    size_t base = strcspn(type, "*");
    while (base && type[base - 1] == ' ') base--;
    strbuf_addn(out, type, base);
    for (const char *s = type + base; *s;) {
        while (*s == ' ') s++;
        size_t n = 0;
        while (in_word(s[n])) n++;
        bool star_before = out->s[out->n - 1] == '*', star = *s == '*';
        if (n) {
            if (!star_before) strbuf_addc(out, ' ');
            strbuf_addn(out, s, n);
            s += n;
        } else if (*s) {
            if (star && !star_before) strbuf_addc(out, ' ');
            strbuf_addc(out, *s++);
        }
    }
    if (*name && out->s[out->n - 1] != '*') strbuf_addc(out, ' ');
    strbuf_add(out, name);
}

void import_add_part(strbuf *out, size_t *line, const char *part, bool first)
{
    enum { COLUMNS = 118 };
    static const char indent[] = "        ";
    if (out->n - *line + strlen(part) + 2 > COLUMNS) {
        strbuf_addc(out, '\n');
        *line = out->n;
        strbuf_add(out, indent);
    } else if (!first) {
        strbuf_addc(out, ' ');
    }
    strbuf_add(out, part);
}
