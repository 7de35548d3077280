/* SPDX-License-Identifier: MIT
 *
 * Core Foundation: Create and Copy give a reference, Get does not, a collection keeps one of its own.
 */
// contracts: corefoundation
#include <stddef.h>

typedef const void *CFTypeRef;
typedef const struct __CFString *CFStringRef;
typedef const struct __CFArray *CFArrayRef;
typedef struct __CFArray *CFMutableArrayRef;
typedef const struct __CFURL *CFURLRef;
CFTypeRef CFRetain(CFTypeRef cf);
void CFRelease(CFTypeRef cf);
CFStringRef CFStringCreateWithCString(const void *alloc, const char *string, unsigned encoding);
CFMutableArrayRef CFArrayCreateMutable(const void *alloc, long capacity, const void *callbacks);
void CFArrayAppendValue(CFMutableArrayRef array, const void *value);
const void *CFArrayGetValueAtIndex(CFArrayRef array, long index);
CFStringRef CFURLCopyPath(CFURLRef url);
CFStringRef CFURLGetString(CFURLRef url);

int append(CFMutableArrayRef array, const char *text)
{
    CFStringRef string = CFStringCreateWithCString(NULL, text, 0);
    if (!string) return -1;
    CFArrayAppendValue(array, string);
    CFRelease(string);
    return 0;
}

int append_leaks(CFMutableArrayRef array, const char *text)
{
    CFStringRef string = CFStringCreateWithCString(NULL, text, 0);
    if (!string) return -1;
    CFArrayAppendValue(array, string);
    return 0; // expect: leak
}

CFStringRef path_of(CFURLRef url) { return CFURLCopyPath(url); }

int has_path(CFURLRef url)
{
    CFStringRef path = CFURLCopyPath(url);
    return path != NULL; // expect: leak
}

void drops_what_it_got(CFURLRef url)
{
    CFStringRef string = CFURLGetString(url);
    if (string) CFRelease(string); // expect: over-release
}

void keeps_what_it_got(CFArrayRef array)
{
    CFTypeRef value = CFArrayGetValueAtIndex(array, 0);
    if (!value) return;
    CFRetain(value);
    CFRelease(value);
}
