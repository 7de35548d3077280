/* SPDX-License-Identifier: MIT
 *
 * report: findings as text for people and as files for other programs; one file a format, one row of
 * formats.def each. What is written depends on the findings and the options alone.
 */
#ifndef RECOUNT_REPORT_H
#define RECOUNT_REPORT_H

#include "../record/record.h"

typedef struct report_options {
    const char
        *cwd; /* paths below it are shown relative to it, where a format is read by people and editors */
    bool color;
} report_options;

typedef void report_fn(const record_findings *findings, const report_options *options, strbuf *out);

typedef struct report_format {
    const char *name;
    report_fn *write;
    const char *help;
} report_format;

/* NULL when there is none of that name; `at` from 0 until NULL. */
const report_format *report_find(const char *name);
const report_format *report_format_at(size_t at);
/* A JSON string with its quotes; bytes that are no UTF-8 become U+FFFD. */
void report_json_string(strbuf *out, const char *s);

#endif
