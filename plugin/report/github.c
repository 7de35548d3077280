/* SPDX-License-Identifier: MIT
 *
 * Workflow commands of GitHub Actions: each finding becomes an annotation of the change under review.
 */
#include <string.h>

#include "report_p.h"

/* `special` are the characters beside % and line ends that this place of a command gives a meaning to. */
static void add_escaped(strbuf *out, const char *text, const char *special)
{
    for (; *text; text++)
        if (*text == '%' || *text == '\r' || *text == '\n' || strchr(special, *text))
            strbuf_printf(out, "%%%02X", (unsigned char)*text);
        else
            strbuf_addc(out, *text);
}

void report_github(const record_findings *findings, const report_options *options, strbuf *out)
{
    static const char *const commands[] = {"notice", "warning", "error"};
    (void)options;
    for (size_t i = 0; i < findings->list.n; i++) {
        const record_finding *f = &findings->list.at[i];
        strbuf_printf(out, "::%s file=", commands[f->severity]);
        add_escaped(out, f->path, ":,");
        strbuf_printf(out, ",line=%u,col=%u,title=%s::", f->line ? f->line : 1, f->column ? f->column : 1,
                      f->check);
        add_escaped(out, f->message, "");
        for (size_t k = 0; k < f->step_count; k++) {
            strbuf_printf(out, "%%0Aline %u: ", f->steps[k].line);
            add_escaped(out, f->steps[k].message, "");
        }
        strbuf_addc(out, '\n');
    }
}
