/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "report_p.h"

static const report_format formats[] = {
#define FORMAT(name, help) {#name, report_##name, help},
#include "formats.def"
#undef FORMAT
};

const report_format *report_format_at(size_t at)
{
    return at < sizeof formats / sizeof *formats ? &formats[at] : NULL;
}

const report_format *report_find(const char *name)
{
    for (size_t i = 0; report_format_at(i); i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

/* The length of the well-formed UTF-8 sequence at `s`, or 0. */
static size_t utf8_length(const unsigned char *s)
{
    size_t n = s[0] < 0x80                   ? 1
               : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
               : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
               : s[0] >= 0xf0 && s[0] < 0xf5 ? 4
                                             : 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80) return 0;
    if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f)) return 0;
    return (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f) ? 0 : n;
}

void report_json_string(strbuf *out, const char *s)
{
    strbuf_addc(out, '"');
    for (const unsigned char *p = (const unsigned char *)(s ? s : ""); *p;) {
        size_t n = utf8_length(p);
        if (n == 0)
            strbuf_add(out, "\\ufffd");
        else if (*p == '"' || *p == '\\')
            strbuf_printf(out, "\\%c", *p);
        else if (*p < 0x20 || *p == 0x7f)
            strbuf_printf(out, "\\u%04x", *p);
        else
            strbuf_addn(out, (const char *)p, n);
        p += n ? n : 1;
    }
    strbuf_addc(out, '"');
}

void report_xml(strbuf *out, const char *s)
{
    for (const unsigned char *p = (const unsigned char *)(s ? s : ""); *p;) {
        size_t n = utf8_length(p);
        const char *entity = *p == '<'   ? "&lt;"
                             : *p == '>' ? "&gt;"
                             : *p == '&' ? "&amp;"
                             : *p == '"' ? "&quot;"
                                         : NULL;
        if (entity)
            strbuf_add(out, entity);
        else if (n == 0 || (*p < 0x20 && *p != '\t' && *p != '\n'))
            strbuf_add(out, "\xef\xbf\xbd");
        else
            strbuf_addn(out, (const char *)p, n);
        p += n ? n : 1;
    }
}

void report_uri(strbuf *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/+";
    for (; *path; path++)
        if (strchr(plain, *path))
            strbuf_addc(out, *path);
        else
            strbuf_printf(out, "%%%02X", (unsigned char)*path);
}

char *report_path(const record_findings *findings, const report_options *options, const char *path)
{
    strbuf full = {0};
    if (*path != '/' && findings->root && *findings->root) strbuf_printf(&full, "%s/", findings->root);
    strbuf_add(&full, path);
    char *shown = x_strdup(options->cwd ? path_below(options->cwd, full.s) : full.s);
    strbuf_fini(&full);
    return shown;
}
