/* SPDX-License-Identifier: MIT
 *
 * Findings as one JSON object. Paths are as in the database: relative to the root.
 */
#include "report_p.h"

static void pair(strbuf *out, const char *name, const char *value, const char *end)
{
    strbuf_printf(out, "\"%s\": ", name);
    if (value)
        report_json_string(out, value);
    else
        strbuf_add(out, "null");
    strbuf_add(out, end);
}

static void write_refs(strbuf *out, const char *name, int value)
{
    if (value != REFS_UNKNOWN) strbuf_printf(out, ", \"%s\": %d", name, value);
}

static void write_steps(strbuf *out, const record_finding *f)
{
    strbuf_add(out, "     \"steps\": [");
    for (size_t i = 0; i < f->step_count; i++) {
        const record_step *s = &f->steps[i];
        strbuf_add(out, i ? ",\n       {" : "\n       {");
        pair(out, "path", s->path, ", ");
        strbuf_printf(out, "\"line\": %u, \"column\": %u, ", s->line, s->column);
        pair(out, "kind", s->kind, ", ");
        pair(out, "message", s->message, "");
        write_refs(out, "refs_held", s->held);
        write_refs(out, "refs_expected", s->expected);
        strbuf_add(out, "}");
    }
    strbuf_add(out, "],\n");
}

static void write_fixes(strbuf *out, const record_finding *f)
{
    strbuf_add(out, "     \"fixes\": [");
    for (size_t i = 0; i < f->fix_count; i++) {
        const record_fix *x = &f->fixes[i];
        strbuf_add(out, i ? ",\n       {" : "\n       {");
        pair(out, "path", x->path, ", ");
        strbuf_printf(out, "\"start_offset\": %zu, \"end_offset\": %zu, ", x->start, x->end);
        pair(out, "replacement", x->replacement, ", ");
        strbuf_printf(out, "\"verified\": %s}", x->verified ? "true" : "false");
    }
    strbuf_add(out, "]}");
}

static void write_finding(strbuf *out, const record_finding *f)
{
    strbuf_add(out, "    {");
    pair(out, "id", f->id, ", ");
    pair(out, "check_id", f->check, ", ");
    pair(out, "severity", severity_name(f->severity), ", ");
    pair(out, "confidence", confidence_name(f->confidence), ",\n     ");
    pair(out, "path", f->path, ", ");
    strbuf_printf(out, "\"line\": %u, \"column\": %u, \"end_line\": %u, \"end_column\": %u,\n     ", f->line,
                  f->column, f->end_line, f->end_column);
    pair(out, "function", f->function, ", ");
    pair(out, "state", f->state, ", ");
    pair(out, "fingerprint", f->fingerprint, ",\n     ");
    pair(out, "message", f->message, ",\n");
    write_steps(out, f);
    write_fixes(out, f);
}

void report_json(const record_findings *findings, const report_options *options, strbuf *out)
{
    (void)options;
    strbuf_add(out, "{\n  \"version\": 1,\n  \"run\": {");
    pair(out, "id", findings->run_id, ", ");
    pair(out, "started", findings->started, ", ");
    pair(out, "tool_version", findings->tool_version, ", ");
    pair(out, "root", findings->root, ", ");
    pair(out, "command", findings->command, "},\n");
    strbuf_add(out, "  \"findings\": [");
    for (size_t i = 0; i < findings->list.n; i++) {
        strbuf_add(out, i ? ",\n" : "\n");
        write_finding(out, &findings->list.at[i]);
    }
    strbuf_add(out, "],\n  \"errors\": [");
    for (size_t i = 0; i < findings->unparsed.n; i++) {
        strbuf_add(out, i ? ",\n    {" : "\n    {");
        pair(out, "path", findings->unparsed.at[i].path, ", ");
        pair(out, "message", findings->unparsed.at[i].message, "}");
    }
    strbuf_add(out, "]\n}\n");
}
