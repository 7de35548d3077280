/* SPDX-License-Identifier: MIT
 *
 * The shape of compilers' messages, which editors and CI parse; each step is a note.
 */
#include <stdlib.h>

#include "report_p.h"

typedef struct writer {
    const record_findings *findings;
    const report_options *options;
    strbuf *out;
} writer;

static const char *paint(const writer *w, const char *code)
{
    return w->options->color ? code : "";
}

static void write_line(writer *w, const char *path, unsigned line, unsigned column, severity level,
                       const char *message, const char *check)
{
    static const char *const colors[] = {"\033[1;36m", "\033[1;35m", "\033[1;31m"};
    char *shown = report_path(w->findings, w->options, path);
    strbuf_printf(w->out, "%s%s:%u:%u:%s %s%s:%s %s", paint(w, "\033[1m"), shown, line, column ? column : 1,
                  paint(w, "\033[0m"), paint(w, colors[level]), severity_name(level), paint(w, "\033[0m"),
                  message);
    if (check) strbuf_printf(w->out, " [%s]", check);
    strbuf_addc(w->out, '\n');
    free(shown);
}

void report_text(const record_findings *findings, const report_options *options, strbuf *out)
{
    writer w = {findings, options, out};
    for (size_t i = 0; i < findings->list.n; i++) {
        const record_finding *f = &findings->list.at[i];
        write_line(&w, f->path, f->line, f->column, f->severity, f->message, f->check);
        for (size_t k = 0; k < f->step_count; k++) {
            const record_step *s = &f->steps[k];
            write_line(&w, s->path, s->line, s->column, SEVERITY_NOTE, s->message, NULL);
        }
    }
}
