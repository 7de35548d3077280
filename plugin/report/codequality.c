/* SPDX-License-Identifier: MIT
 *
 * GitLab's code quality report: a list of issues.
 */
#include "report_p.h"

void report_codequality(const record_findings *findings, const report_options *options, strbuf *out)
{
    static const char *const levels[] = {"info", "major", "critical"};
    (void)options;
    strbuf_add(out, "[");
    for (size_t i = 0; i < findings->list.n; i++) {
        const record_finding *f = &findings->list.at[i];
        strbuf_add(out, i ? ",\n  {\"description\": " : "\n  {\"description\": ");
        report_json_string(out, f->message);
        strbuf_add(out, ", \"check_name\": ");
        report_json_string(out, f->check);
        strbuf_printf(out, ", \"fingerprint\": \"%s\", \"severity\": \"%s\", \"location\": {\"path\": ",
                      f->fingerprint, levels[f->severity]);
        report_json_string(out, f->path);
        strbuf_printf(out, ", \"lines\": {\"begin\": %u}}}", f->line ? f->line : 1);
    }
    strbuf_add(out, "\n]\n");
}
