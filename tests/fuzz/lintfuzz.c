/* SPDX-License-Identifier: MIT
 *
 * Mutated sources through the parser, the lowering and the analysis; mutated IR through its reader and the analysis.
 *
 *   lintfuzz [--count N] [--seed S] [--first I] [--keep DIR] [--seconds T] [-I DIR] SEED.c|SEED.ir ...
 *
 * Mutant I of a seed number is always the same. A process works through mutants until it dies; the next one goes on behind
 * the mutant that killed it. Exit status 1 when any crashed, needed more than T seconds, or more than 2 GiB.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ast/ast.h"
#include "own/own.h"

enum { MOST_SEEDS = 32, LONGEST = 1 << 20 };

typedef struct seed {
    const char *path;
    char *text;
    size_t n;
} seed;

typedef struct fuzz {
    seed seeds[MOST_SEEDS];
    size_t seed_count;
    unsigned long first, count, seconds;
    uint64_t number;
    const char *keep, *include;
} fuzz;

typedef struct progress { /* shared with the process that works */
    unsigned long at, analysed, findings, incomplete;
} progress;

/* ---- mutating ------------------------------------------------------------------------------------------ */
static uint64_t draw(uint64_t *state) /* splitmix64 (Steele, Lea, Flood, OOPSLA 2014) */
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* A token of the text at about a random place. */
static void pick(const char *text, size_t n, uint64_t *state, size_t *begin, size_t *end)
{
    size_t at = draw(state) % n;
    while (at && is_word(text[at]) && is_word(text[at - 1])) at--;
    *begin = at;
    *end = at + 1;
    while (*end < n && is_word(text[at]) && is_word(text[*end])) ++*end;
}

static void replace(strbuf *text, size_t begin, size_t end, const char *by, size_t n)
{
    strbuf out = {0};
    strbuf_addn(&out, text->s, begin);
    strbuf_addn(&out, by, n);
    strbuf_addn(&out, text->s + end, text->n - end);
    strbuf_fini(text);
    *text = out;
}

/* One token, many times deep in what encloses it. */
static void nest(strbuf *text, size_t begin, size_t end, uint64_t *state)
{
    static const char *const ways[][2] = {
        {"(", ")"},
        {"{", "}"},
        {"[", "]"},
        {"if (1) ", ""},
        {"while (n) switch (n) { case 1: ", "}"},
        {"!", ""},
        {"*", ""},
        {"for (;;) {", "break; }"},
        {"n ? ", " : 0"},
        {"({", ";})"},
    };
    size_t way = draw(state) % (sizeof ways / sizeof *ways), depth = 1u << draw(state) % 12;
    strbuf out = {0};
    for (size_t i = 0; i < depth; i++) strbuf_add(&out, ways[way][0]);
    strbuf_addn(&out, text->s + begin, end - begin);
    for (size_t i = 0; i < depth; i++) strbuf_add(&out, ways[way][1]);
    replace(text, begin, end, out.s, out.n);
    strbuf_fini(&out);
}

static void mutate(const fuzz *f, strbuf *text, uint64_t *state)
{
    const seed *other = &f->seeds[draw(state) % f->seed_count];
    size_t begin, end, from, to;
    pick(text->s, text->n, state, &begin, &end);
    pick(other->text, other->n, state, &from, &to);
    switch (draw(state) % 6) {
    case 0: text->s[begin] = (char)(text->s[begin] ^ 1 << draw(state) % 8); break;
    case 1: text->s[begin] = (char)draw(state); break;
    case 2: replace(text, begin, end, "", 0); break;
    case 3: replace(text, begin, end, other->text + from, to - from); break;
    case 4: replace(text, begin, begin, other->text + from, to - from); break;
    default: nest(text, begin, end, state); break;
    }
}

static const seed *make(const fuzz *f, unsigned long number, strbuf *out)
{
    uint64_t state = f->number * 1000003 + number;
    const seed *from = &f->seeds[draw(&state) % f->seed_count];
    strbuf_addn(out, from->text, from->n);
    for (size_t i = 1 + draw(&state) % 8; i && out->n && out->n < LONGEST; i--) mutate(f, out, &state);
    return from;
}

/* ---- running ------------------------------------------------------------------------------------------- */
static void analyse(const ir_unit *unit, progress *p)
{
    contract_set *set = contract_set_new();
    own_result result;
    own_result_init(&result);
    contract_add_unit(set, unit, CONTRACT_TRUST_SOURCE);
    own_analyse(unit, set, NULL, &result);
    p->analysed += result.functions.n;
    p->findings += result.findings.n;
    for (size_t i = 0; i < result.functions.n; i++) p->incomplete += !result.functions.at[i].complete;
    own_result_fini(&result);
    contract_set_free(set);
}

static void run_source(const fuzz *f, const strbuf *text, progress *p)
{
    static const char *const flags[] = {"-std=gnu11"};
    ast_text source = {"mutant.c", text->s, text->n};
    ast_options options = {.flags = flags,
                           .flag_count = 1,
                           .includes = &f->include,
                           .include_count = f->include != NULL,
                           .texts = &source,
                           .text_count = 1};
    ast_result parsed;
    if (ast_parse("mutant.c", &options, &parsed) == AST_OK) {
        for (size_t i = 0; i < parsed.unit->funcs.n; i++) {
            char *error = NULL;
            if (!ir_verify(parsed.unit, parsed.unit->funcs.at[i], &error)) {
                fprintf(stderr, "lowered wrongly: %s\n", error);
                abort();
            }
        }
        analyse(parsed.unit, p);
    }
    ast_result_fini(&parsed);
}

static void run_ir(const strbuf *text, progress *p)
{
    char *error = NULL;
    ir_unit *unit = ir_read("mutant.ir", text->s, text->n, &error);
    bool good = unit != NULL;
    for (size_t i = 0; good && i < unit->funcs.n; i++) good = ir_verify(unit, unit->funcs.at[i], &error);
    if (good) analyse(unit, p);
    free(error);
    ir_unit_free(unit);
}

static void work(const fuzz *f, progress *p)
{
#if !defined(__SANITIZE_ADDRESS__)
    struct rlimit memory = {(rlim_t)2 << 30, (rlim_t)2 << 30};
    setrlimit(RLIMIT_AS, &memory);
#endif
    for (; p->at < f->first + f->count; p->at++) {
        strbuf text = {0};
        const seed *from = make(f, p->at, &text);
        alarm((unsigned)f->seconds);
        if (text.n && str_ends(from->path, ".ir"))
            run_ir(&text, p);
        else if (text.n)
            run_source(f, &text, p);
        strbuf_fini(&text);
    }
}

static void tell(const fuzz *f, unsigned long number, int status)
{
    strbuf text = {0};
    char path[512];
    const seed *from = make(f, number, &text);
    if (WIFSIGNALED(status))
        printf("mutant %lu of %s: %s\n", number, from->path, strsignal(WTERMSIG(status)));
    else
        printf("mutant %lu of %s: exit status %d\n", number, from->path, WEXITSTATUS(status));
    snprintf(path, sizeof path, "%s/%lu%s", f->keep ? f->keep : "", number, strrchr(from->path, '.'));
    if (f->keep) file_write(path, text.s, text.n);
    strbuf_fini(&text);
}

static unsigned long run(const fuzz *f, progress *p)
{
    unsigned long failures = 0;
    for (p->at = f->first; p->at < f->first + f->count; p->at++) {
        int status = 0;
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
            work(f, p);
            _exit(0);
        }
        if (pid < 0 || waitpid(pid, &status, 0) < 0) return failures + 1;
        if (status == 0) break;
        tell(f, p->at, status);
        failures++;
    }
    return failures;
}

static bool add_seed(fuzz *f, const char *path)
{
    seed *s = &f->seeds[f->seed_count];
    s->path = path;
    if (f->seed_count >= MOST_SEEDS || file_read(path, &s->text, &s->n) || !s->n) return false;
    f->seed_count++;
    return true;
}

static bool read_arguments(int argc, char **argv, fuzz *f)
{
    bool good = true;
    for (int i = 1; i < argc && good; i++) {
        bool value = i + 1 < argc;
        if (value && strcmp(argv[i], "--count") == 0)
            f->count = strtoul(argv[++i], NULL, 10);
        else if (value && strcmp(argv[i], "--first") == 0)
            f->first = strtoul(argv[++i], NULL, 10);
        else if (value && strcmp(argv[i], "--seed") == 0)
            f->number = strtoull(argv[++i], NULL, 10);
        else if (value && strcmp(argv[i], "--seconds") == 0)
            f->seconds = strtoul(argv[++i], NULL, 10);
        else if (value && strcmp(argv[i], "--keep") == 0)
            f->keep = argv[++i];
        else if (value && strcmp(argv[i], "-I") == 0)
            f->include = argv[++i];
        else
            good = add_seed(f, argv[i]);
    }
    return good && f->seed_count;
}

int main(int argc, char **argv)
{
    fuzz f = {.count = 1000, .number = 1, .seconds = 30};
    progress *p = mmap(NULL, sizeof *p, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED || !read_arguments(argc, argv, &f)) {
        fprintf(stderr, "usage: lintfuzz [--count N] [--seed S] [--first I] [--keep DIR] [--seconds T] [-I "
                        "DIR] SEED...\n");
        return 2;
    }
    unsigned long failures = run(&f, p);
    printf("%lu mutants, %lu functions analysed, %lu incomplete, %lu findings, %lu failures\n", f.count,
           p->analysed, p->incomplete, p->findings, failures);
    for (size_t i = 0; i < f.seed_count; i++) free(f.seeds[i].text);
    return failures ? 1 : 0;
}
