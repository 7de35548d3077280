/* SPDX-License-Identifier: MIT
 *
 * SARIF 2.1.0 (OASIS): results with their code flows, fingerprints and fixes.
 */
#include <string.h>

#include "report_p.h"

/* Leaves the object open: a message or a logical location may follow. */
static void open_location(strbuf *out, const char *path, unsigned line, unsigned column)
{
    strbuf_add(out, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": \"");
    report_uri(out, path);
    strbuf_add(out, *path == '/' ? "\"}" : "\", \"uriBaseId\": \"SRCROOT\"}");
    if (line) {
        strbuf_printf(out, ", \"region\": {\"startLine\": %u", line);
        if (column) strbuf_printf(out, ", \"startColumn\": %u", column);
        strbuf_add(out, "}");
    }
    strbuf_add(out, "}");
}

static void add_message(strbuf *out, const char *text)
{
    strbuf_add(out, "\"message\": {\"text\": ");
    report_json_string(out, text);
    strbuf_add(out, "}");
}

static void add_flow(strbuf *out, const record_finding *f)
{
    if (!f->step_count) return;
    strbuf_add(out, ",\n     \"codeFlows\": [{\"threadFlows\": [{\"locations\": [");
    for (size_t i = 0; i < f->step_count; i++) {
        strbuf_add(out, i ? ",\n       {\"location\": " : "\n       {\"location\": ");
        open_location(out, f->steps[i].path, f->steps[i].line, f->steps[i].column);
        strbuf_add(out, ", ");
        add_message(out, f->steps[i].message);
        strbuf_add(out, "}}");
    }
    strbuf_add(out, "]}]}]");
}

static void add_fixes(strbuf *out, const record_finding *f)
{
    if (!f->fix_count) return;
    strbuf_add(out, ",\n     \"fixes\": [{\"artifactChanges\": [");
    for (size_t i = 0; i < f->fix_count; i++) {
        const record_fix *x = &f->fixes[i];
        strbuf_add(out, i ? ",\n       {\"artifactLocation\": {\"uri\": \""
                          : "{\"artifactLocation\": {\"uri\": \"");
        report_uri(out, x->path);
        strbuf_printf(
            out, "\"%s}, \"replacements\": [{\"deletedRegion\": {\"byteOffset\": %zu, \"byteLength\": %zu},",
            *x->path == '/' ? "" : ", \"uriBaseId\": \"SRCROOT\"", x->start, x->end - x->start);
        strbuf_add(out, " \"insertedContent\": {\"text\": ");
        report_json_string(out, x->replacement);
        strbuf_add(out, "}}]}");
    }
    strbuf_add(out, "]}]");
}

/* SARIF knows no state `reopened` or `fixed` for a result that is there: both were seen before. */
static const char *baseline_state(const record_finding *f)
{
    return strcmp(f->state, "unchanged") == 0 ? "unchanged"
           : strcmp(f->state, "fixed") == 0   ? "absent"
                                              : "new";
}

static void add_result(strbuf *out, const record_finding *f)
{
    strbuf_add(out, "    {\"ruleId\": ");
    report_json_string(out, f->check);
    strbuf_printf(out, ", \"level\": \"%s\", ", severity_name(f->severity));
    add_message(out, f->message);
    strbuf_add(out, ",\n     \"locations\": [");
    open_location(out, f->path, f->line, f->column);
    if (f->function) {
        strbuf_add(out, ", \"logicalLocations\": [{\"name\": ");
        report_json_string(out, f->function);
        strbuf_add(out, "}]");
    }
    strbuf_printf(out,
                  "}],\n     \"partialFingerprints\": {\"recount/v1\": \"%s\"}, \"baselineState\": \"%s\"",
                  f->fingerprint, baseline_state(f));
    add_flow(out, f);
    add_fixes(out, f);
    strbuf_add(out, "}");
}

static void add_rules(strbuf *out, const record_findings *findings)
{
    map seen = {0};
    for (size_t i = 0; i < findings->list.n; i++) {
        const char *check = findings->list.at[i].check;
        if (map_get(&seen, check)) continue;
        strbuf_add(out, seen.n ? ", {\"id\": " : "{\"id\": ");
        report_json_string(out, check);
        strbuf_add(out, "}");
        map_set(&seen, check, &seen);
    }
    map_fini(&seen);
}

static void add_invocation(strbuf *out, const record_findings *findings)
{
    strbuf_printf(out, "   \"invocations\": [{\"executionSuccessful\": %s",
                  findings->unparsed.n ? "false" : "true");
    for (size_t i = 0; i < findings->unparsed.n; i++) {
        strbuf_add(out, i ? ",\n      {\"level\": \"error\", "
                          : ", \"toolExecutionNotifications\": [{\"level\": \"error\", ");
        add_message(out, findings->unparsed.at[i].message);
        strbuf_add(out, ", \"locations\": [");
        open_location(out, findings->unparsed.at[i].path, 0, 0);
        strbuf_add(out, "}]}");
    }
    strbuf_add(out, findings->unparsed.n ? "]}],\n" : "}],\n");
}

void report_sarif(const record_findings *findings, const report_options *options, strbuf *out)
{
    (void)options;
    strbuf_add(
        out,
        "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n  \"version\": \"2.1.0\",\n"
        "  \"runs\": [{\n   \"tool\": {\"driver\": {\"name\": \"recount\", \"version\": ");
    report_json_string(out, findings->tool_version);
    strbuf_add(out, ", \"rules\": [");
    add_rules(out, findings);
    strbuf_add(out, "]}},\n");
    if (findings->root && *findings->root) {
        strbuf_add(out, "   \"originalUriBaseIds\": {\"SRCROOT\": {\"uri\": \"file://");
        report_uri(out, findings->root);
        strbuf_add(out, "/\"}},\n");
    }
    add_invocation(out, findings);
    strbuf_add(out, "   \"results\": [");
    for (size_t i = 0; i < findings->list.n; i++) {
        strbuf_add(out, i ? ",\n" : "\n");
        add_result(out, &findings->list.at[i]);
    }
    strbuf_add(out, "]\n  }]\n}\n");
}
