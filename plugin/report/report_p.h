/* SPDX-License-Identifier: MIT
 *
 * What the formats share: escaping, and paths as the reader of a format wants them.
 */
#ifndef RECOUNT_REPORT_P_H
#define RECOUNT_REPORT_P_H

#include "report.h"

#define FORMAT(name, help) report_fn report_##name;
#include "formats.def"
#undef FORMAT

/* Text and attribute values of XML and HTML. */
void report_xml(strbuf *out, const char *s);
/* A relative URI: what is not plain is percent-encoded. */
void report_uri(strbuf *out, const char *path);
/* The stored path as seen from the working directory; owned by the caller. */
char *report_path(const record_findings *findings, const report_options *options, const char *path);

#endif
