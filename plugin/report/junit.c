/* SPDX-License-Identifier: MIT
 *
 * JUnit XML: a failing case a finding, an erroneous case a file that could not be analysed.
 */
#include "report_p.h"

static void open_case(strbuf *out, const char *path, const char *name, unsigned line)
{
    strbuf_add(out, "    <testcase classname=\"");
    report_xml(out, path);
    strbuf_add(out, "\" name=\"");
    report_xml(out, name);
    if (line) strbuf_printf(out, " line %u", line);
    strbuf_add(out, "\">\n");
}

static void write_failure(strbuf *out, const record_finding *f)
{
    open_case(out, f->path, f->check, f->line);
    strbuf_add(out, "      <failure type=\"");
    report_xml(out, severity_name(f->severity));
    strbuf_add(out, "\" message=\"");
    report_xml(out, f->message);
    strbuf_add(out, "\">");
    for (size_t i = 0; i < f->step_count; i++) {
        const record_step *s = &f->steps[i];
        report_xml(out, s->path);
        strbuf_printf(out, ":%u:%u: ", s->line, s->column);
        report_xml(out, s->message);
        strbuf_addc(out, '\n');
    }
    strbuf_add(out, "</failure>\n    </testcase>\n");
}

void report_junit(const record_findings *findings, const report_options *options, strbuf *out)
{
    (void)options;
    size_t failures = findings->list.n, errors = findings->unparsed.n, clean = failures + errors == 0;
    strbuf_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
                  "  <testsuite name=\"recount\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
                  failures + errors + clean, failures, errors);
    if (clean) strbuf_add(out, "    <testcase classname=\"recount\" name=\"no findings\"/>\n");
    for (size_t i = 0; i < failures; i++) write_failure(out, &findings->list.at[i]);
    for (size_t i = 0; i < errors; i++) {
        open_case(out, findings->unparsed.at[i].path, "analysis", 0);
        strbuf_add(out, "      <error message=\"");
        report_xml(out, findings->unparsed.at[i].message);
        strbuf_add(out, "\"/>\n    </testcase>\n");
    }
    strbuf_add(out, "  </testsuite>\n</testsuites>\n");
}
