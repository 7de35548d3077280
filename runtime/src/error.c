/* SPDX-License-Identifier: MIT */
#include "error_p.h"

#include "thread_p.h"

#include <stdarg.h>

static RCI_THREAD_LOCAL rci_error current;

void rc_error_set(const char *format, ...)
{
    char text[sizeof current.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    memcpy(current.text, text, sizeof text);
    current.set = true;
}

const char *rc_error_occurred(void)
{
    return current.set ? current.text : NULL;
}

void rc_error_clear(void)
{
    current.set = false;
}

void rci_error_save(rci_error *out)
{
    out->set = current.set;
    if (out->set) memcpy(out->text, current.text, sizeof out->text);
    current.set = false;
}

void rci_error_restore(const rci_error *saved, const char *what, const char *whose)
{
    if (current.set) fprintf(stderr, "recount: error ignored in %s of %s: %s\n", what, whose, current.text);
    current.set = saved->set;
    if (saved->set) memcpy(current.text, saved->text, sizeof current.text);
}
