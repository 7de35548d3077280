/* SPDX-License-Identifier: MIT
 *
 * Which compile flags reach the parse.
 */
#include <string.h>

#include "ast.h"

enum how { EXACT, PREFIX, PAIR, JOINED };
static const struct drop {
    const char *flag;
    enum how how;
} drops[] = {
#define DROP(flag, how) {flag, how},
#include "flags.def"
#undef DROP
};

/* How many words from `flags` on are dropped; 0: the first one stays. */
static size_t dropped(const char *const *flags)
{
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++) {
        bool exact = strcmp(flags[0], drops[i].flag) == 0;
        switch (drops[i].how) {
        case EXACT:
            if (exact) return 1;
            break;
        case PREFIX:
            if (str_starts(flags[0], drops[i].flag)) return 1;
            break;
        case PAIR:
            if (exact) return 2;
            break;
        case JOINED:
            if (exact) return 2;
            if (str_starts(flags[0], drops[i].flag)) return 1;
            break;
        }
    }
    return 0;
}

/* Words whose argument is the next word: that one is never taken for a flag of its own. */
static bool takes_argument(const char *flag)
{
    static const char *const words[] = {"-I",
                                        "-D",
                                        "-U",
                                        "-include",
                                        "-imacros",
                                        "-isystem",
                                        "-iquote",
                                        "-idirafter",
                                        "-iprefix",
                                        "-iwithprefix",
                                        "-iwithprefixbefore",
                                        "-isysroot",
                                        "-x",
                                        "-target",
                                        "-arch",
                                        "--sysroot",
                                        "-F",
                                        "-A",
                                        "-iframework",
                                        "-ivfsoverlay",
                                        "--include",
                                        "--include-directory",
                                        "--define-macro"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(flag, words[i]) == 0) return true;
    return false;
}

size_t ast_flags_filter(const char **flags, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        size_t skip = flags[i][0] == '-' ? dropped(flags + i) : 1; /* what is no flag is another input */
        if (skip) {
            i += skip;
            continue;
        }
        bool pair = takes_argument(flags[i]) && i + 1 < n;
        flags[kept++] = flags[i++];
        if (pair) flags[kept++] = flags[i++];
    }
    return kept;
}
