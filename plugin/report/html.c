/* SPDX-License-Identifier: MIT
 *
 * One page without scripts or anything from elsewhere.
 */
#include "report_p.h"

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>recount</title>\n<style>\n"
    "body { font: 15px/1.45 sans-serif; margin: 2em auto; max-width: 62em; padding: 0 1em; color: #222; }\n"
    "code, .place { font-family: monospace; }\n"
    "details { border-top: 1px solid #ddd; padding: .5em 0; }\n"
    "summary { cursor: pointer; }\n"
    ".error { color: #b00020; } .warning { color: #8a5300; } .note { color: #555; }\n"
    "table { border-collapse: collapse; } td, th { padding: .1em 1em .1em 0; text-align: left; }\n"
    "</style>\n</head>\n<body>\n<h1>recount</h1>\n";

static void write_counts(strbuf *out, const record_findings *findings)
{
    map counts = {0};
    for (size_t i = 0; i < findings->list.n; i++) {
        const char *check = findings->list.at[i].check;
        map_set(&counts, check, (void *)((uintptr_t)map_get(&counts, check) + 1));
    }
    strbuf_add(out, "<table>\n<tr><th>check</th><th>findings</th></tr>\n");
    for (size_t i = 0; i < findings->list.n; i++) { /* in the order in which they come below */
        const char *check = findings->list.at[i].check;
        uintptr_t n = (uintptr_t)map_get(&counts, check);
        if (n == UINTPTR_MAX) continue;
        strbuf_add(out, "<tr><td>");
        report_xml(out, check);
        strbuf_printf(out, "</td><td>%zu</td></tr>\n", (size_t)n);
        map_set(&counts, check, (void *)UINTPTR_MAX);
    }
    strbuf_add(out, "</table>\n");
    map_fini(&counts);
}

static void write_place(strbuf *out, const char *path, unsigned line)
{
    strbuf_add(out, "<span class=\"place\">");
    report_xml(out, path);
    strbuf_printf(out, ":%u</span> ", line);
}

static void write_finding(strbuf *out, const record_finding *f)
{
    strbuf_printf(out, "<details>\n<summary><span class=\"%s\">%s</span> ", severity_name(f->severity),
                  severity_name(f->severity));
    write_place(out, f->path, f->line);
    report_xml(out, f->message);
    strbuf_add(out, " <code>[");
    report_xml(out, f->check);
    strbuf_add(out, "]</code></summary>\n<ol>\n");
    for (size_t i = 0; i < f->step_count; i++) {
        strbuf_add(out, "<li>");
        write_place(out, f->steps[i].path, f->steps[i].line);
        report_xml(out, f->steps[i].message);
        strbuf_add(out, "</li>\n");
    }
    strbuf_add(out, "</ol>\n");
    if (f->function) {
        strbuf_add(out, "<p>In <code>");
        report_xml(out, f->function);
        strbuf_printf(out, "</code>; confidence %s; %s.</p>\n", confidence_name(f->confidence), f->state);
    }
    strbuf_add(out, "</details>\n");
}

void report_html(const record_findings *findings, const report_options *options, strbuf *out)
{
    (void)options;
    strbuf_add(out, head);
    strbuf_printf(out, "<p>%zu findings, run of %s.</p>\n", findings->list.n, findings->started);
    write_counts(out, findings);
    for (size_t i = 0; i < findings->list.n; i++) write_finding(out, &findings->list.at[i]);
    if (findings->unparsed.n) strbuf_add(out, "<h2>Not analysed</h2>\n<ul>\n");
    for (size_t i = 0; i < findings->unparsed.n; i++) {
        strbuf_add(out, "<li><span class=\"place\">");
        report_xml(out, findings->unparsed.at[i].path);
        strbuf_add(out, "</span> ");
        report_xml(out, findings->unparsed.at[i].message);
        strbuf_add(out, "</li>\n");
    }
    if (findings->unparsed.n) strbuf_add(out, "</ul>\n");
    strbuf_add(out, "</body>\n</html>\n");
}
