/* SPDX-License-Identifier: MIT
 *
 * Core Foundation: the naming rule, and the functions that everyone calls.
 *
 * Facts come from Apple's Memory Management Programming Guide for Core Foundation; no text of it is here. The rule: a
 * function with Create or Copy in its name returns a reference that the caller owns, one with Get returns one that it
 * does not, and an argument is borrowed: a collection keeps a reference of its own. Headers that carry
 * cf_returns_retained, cf_returns_not_retained or cf_consumed need no contract; this pack is for those that do not.
 *
 * A CFTypeRef is a plain const void pointer, so that CFRetain and CFRelease take anything; what is counted is the
 * struct behind each reference type.
 */
#include <recount_annotations.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* clang-format off: a row per function reads as a table */

#define CREATED RC_RETURNS_NEW RC_NULLABLE                     /* Create, Copy: a new reference, or NULL  */
#define GOT     RC_RETURNS_BORROWED RC_NULLABLE                /* Get: the owner keeps it                 */
#define GOT_FROM(p) RC_RETURNS_BORROWED_FROM(p) RC_NULLABLE    /* Get: valid while p holds it             */

/* ---- types --------------------------------------------------------------------------------------------------- */
typedef const void *CFTypeRef;
typedef long CFIndex;
typedef unsigned long CFOptionFlags, CFTypeID, CFHashCode;
typedef unsigned char Boolean;
typedef double CFAbsoluteTime, CFTimeInterval;
typedef uint32_t CFStringEncoding;
typedef struct { CFIndex location, length; } CFRange;
typedef CFIndex CFNumberType, CFURLPathStyle, CFComparisonResult, CFPropertyListFormat;

typedef const struct __CFAllocator *CFAllocatorRef;
typedef const struct __CFArray *CFArrayRef;
typedef struct __CFArray *CFMutableArrayRef;
typedef const struct __CFAttributedString *CFAttributedStringRef;
typedef struct __CFAttributedString *CFMutableAttributedStringRef;
typedef const struct __CFBag *CFBagRef;
typedef const struct __CFBoolean *CFBooleanRef;
typedef struct __CFBundle *CFBundleRef;
typedef const struct __CFData *CFDataRef;
typedef struct __CFData *CFMutableDataRef;
typedef const struct __CFDate *CFDateRef;
typedef const struct __CFDictionary *CFDictionaryRef;
typedef struct __CFDictionary *CFMutableDictionaryRef;
typedef struct __CFError *CFErrorRef;
typedef const struct __CFLocale *CFLocaleRef;
typedef struct __CFMachPort *CFMachPortRef;
typedef struct __CFMessagePort *CFMessagePortRef;
typedef struct __CFNotificationCenter *CFNotificationCenterRef;
typedef const struct __CFNumber *CFNumberRef;
typedef CFTypeRef CFPropertyListRef;
typedef struct __CFReadStream *CFReadStreamRef;
typedef struct __CFRunLoop *CFRunLoopRef;
typedef struct __CFRunLoopSource *CFRunLoopSourceRef;
typedef struct __CFRunLoopTimer *CFRunLoopTimerRef;
typedef const struct __CFSet *CFSetRef;
typedef struct __CFSet *CFMutableSetRef;
typedef struct __CFSocket *CFSocketRef;
typedef const struct __CFString *CFStringRef;
typedef struct __CFString *CFMutableStringRef;
typedef const struct __CFTimeZone *CFTimeZoneRef;
typedef const struct __CFURL *CFURLRef;
typedef const struct __CFUUID *CFUUIDRef;
typedef struct __CFWriteStream *CFWriteStreamRef;

RC_DESCRIBES("CoreFoundation/CoreFoundation.h");
RC_OBJECT_TYPE(__CFArray, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFAttributedString, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFBag, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFBoolean, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFBundle, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFData, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFDate, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFDictionary, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFError, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFLocale, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFMachPort, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFMessagePort, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFNumber, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFReadStream, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFRunLoop, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFRunLoopSource, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFRunLoopTimer, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFSet, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFSocket, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFString, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFTimeZone, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFURL, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFUUID, CFRetain, CFRelease);
RC_OBJECT_TYPE(__CFWriteStream, CFRetain, CFRelease);

/* ---- references: NULL stops the program ---------------------------------------------------------------------- */
RC_RETURNS_ARG(cf) CFTypeRef CFRetain(RC_RETAINS RC_NONNULL CFTypeRef cf);
RC_RETURNS_ARG(cf) CFTypeRef CFMakeCollectable(CFTypeRef cf);
void CFRelease(RC_RELEASES RC_NONNULL CFTypeRef cf);
RC_RETURNS_ARG(arg) CFTypeRef CFAutorelease(RC_STEALS CFTypeRef arg);
CFIndex CFGetRetainCount(CFTypeRef cf);
CFTypeID CFGetTypeID(CFTypeRef cf);
Boolean CFEqual(CFTypeRef a, CFTypeRef b);
CFHashCode CFHash(CFTypeRef cf);
GOT CFAllocatorRef CFGetAllocator(CFTypeRef cf);
CREATED CFStringRef CFCopyDescription(CFTypeRef cf);
CREATED CFStringRef CFCopyTypeIDDescription(CFTypeID type);

/* ---- strings ------------------------------------------------------------------------------------------------- */
CREATED CFStringRef CFStringCreateWithCString(CFAllocatorRef alloc, const char *string, CFStringEncoding encoding);
CREATED CFStringRef CFStringCreateWithCStringNoCopy(CFAllocatorRef alloc, const char *string, CFStringEncoding encoding,
        CFAllocatorRef deallocator);
CREATED CFStringRef CFStringCreateWithBytes(CFAllocatorRef alloc, const uint8_t *bytes, CFIndex count,
        CFStringEncoding encoding, Boolean external);
CREATED CFStringRef CFStringCreateWithCharacters(CFAllocatorRef alloc, const uint16_t *chars, CFIndex count);
CREATED CFStringRef CFStringCreateWithPascalString(CFAllocatorRef alloc, const unsigned char *string,
        CFStringEncoding encoding);
CREATED CFStringRef CFStringCreateWithFormat(CFAllocatorRef alloc, CFDictionaryRef options, CFStringRef format, ...);
CREATED CFStringRef CFStringCreateWithSubstring(CFAllocatorRef alloc, CFStringRef string, CFRange range);
CREATED CFStringRef CFStringCreateWithFileSystemRepresentation(CFAllocatorRef alloc, const char *buffer);
CREATED CFStringRef CFStringCreateCopy(CFAllocatorRef alloc, CFStringRef string);
CREATED CFStringRef CFStringCreateByCombiningStrings(CFAllocatorRef alloc, CFArrayRef strings, CFStringRef separator);
CREATED CFStringRef CFStringCreateFromExternalRepresentation(CFAllocatorRef alloc, CFDataRef data,
        CFStringEncoding encoding);
CREATED CFDataRef CFStringCreateExternalRepresentation(CFAllocatorRef alloc, CFStringRef string,
        CFStringEncoding encoding, uint8_t loss);
CREATED CFArrayRef CFStringCreateArrayBySeparatingStrings(CFAllocatorRef alloc, CFStringRef string,
        CFStringRef separator);
CREATED CFMutableStringRef CFStringCreateMutable(CFAllocatorRef alloc, CFIndex capacity);
CREATED CFMutableStringRef CFStringCreateMutableCopy(CFAllocatorRef alloc, CFIndex capacity, CFStringRef string);
GOT_FROM(string) const char *CFStringGetCStringPtr(CFStringRef string, CFStringEncoding encoding);
Boolean CFStringGetCString(CFStringRef string, char *buffer, CFIndex size, CFStringEncoding encoding);
CFIndex CFStringGetLength(CFStringRef string);
CFComparisonResult CFStringCompare(CFStringRef a, CFStringRef b, CFOptionFlags options);
void CFStringAppend(CFMutableStringRef string, CFStringRef appended);
void CFStringAppendCString(CFMutableStringRef string, const char *appended, CFStringEncoding encoding);

/* ---- numbers, dates, data, UUIDs ----------------------------------------------------------------------------- */
CREATED CFNumberRef CFNumberCreate(CFAllocatorRef alloc, CFNumberType type, const void *value);
Boolean CFNumberGetValue(CFNumberRef number, CFNumberType type, void *value);
Boolean CFBooleanGetValue(CFBooleanRef boolean);
CREATED CFDateRef CFDateCreate(CFAllocatorRef alloc, CFAbsoluteTime at);
CREATED CFDataRef CFDataCreate(CFAllocatorRef alloc, const uint8_t *bytes, CFIndex length);
CREATED CFDataRef CFDataCreateCopy(CFAllocatorRef alloc, CFDataRef data);
CREATED CFDataRef CFDataCreateWithBytesNoCopy(CFAllocatorRef alloc, const uint8_t *bytes, CFIndex length,
        CFAllocatorRef deallocator);
CREATED CFMutableDataRef CFDataCreateMutable(CFAllocatorRef alloc, CFIndex capacity);
CREATED CFMutableDataRef CFDataCreateMutableCopy(CFAllocatorRef alloc, CFIndex capacity, CFDataRef data);
GOT_FROM(data) const uint8_t *CFDataGetBytePtr(CFDataRef data);
GOT_FROM(data) uint8_t *CFDataGetMutableBytePtr(CFMutableDataRef data);
CFIndex CFDataGetLength(CFDataRef data);
CREATED CFUUIDRef CFUUIDCreate(CFAllocatorRef alloc);
CREATED CFUUIDRef CFUUIDCreateFromString(CFAllocatorRef alloc, CFStringRef string);
CREATED CFStringRef CFUUIDCreateString(CFAllocatorRef alloc, CFUUIDRef uuid);
CREATED CFTimeZoneRef CFTimeZoneCopySystem(void);
CREATED CFTimeZoneRef CFTimeZoneCopyDefault(void);
CREATED CFLocaleRef CFLocaleCopyCurrent(void);
GOT CFLocaleRef CFLocaleGetSystem(void);

/* ---- collections: what is put in is kept besides the caller's reference -------------------------------------- */
CREATED CFArrayRef CFArrayCreate(CFAllocatorRef alloc, const void **values, CFIndex count, const void *callbacks);
CREATED CFArrayRef CFArrayCreateCopy(CFAllocatorRef alloc, CFArrayRef array);
CREATED CFMutableArrayRef CFArrayCreateMutable(CFAllocatorRef alloc, CFIndex capacity, const void *callbacks);
CREATED CFMutableArrayRef CFArrayCreateMutableCopy(CFAllocatorRef alloc, CFIndex capacity, CFArrayRef array);
CFIndex CFArrayGetCount(CFArrayRef array);
GOT_FROM(array) const void *CFArrayGetValueAtIndex(CFArrayRef array, CFIndex index);
void CFArrayAppendValue(CFMutableArrayRef array, RC_KEEPS const void *value);
void CFArrayInsertValueAtIndex(CFMutableArrayRef array, CFIndex index, RC_KEEPS const void *value);
void CFArraySetValueAtIndex(CFMutableArrayRef array, CFIndex index, RC_KEEPS const void *value);
void CFArrayRemoveValueAtIndex(CFMutableArrayRef array, CFIndex index);
void CFArrayRemoveAllValues(CFMutableArrayRef array);
CREATED CFDictionaryRef CFDictionaryCreate(CFAllocatorRef alloc, const void **keys, const void **values, CFIndex count,
        const void *key_callbacks, const void *value_callbacks);
CREATED CFDictionaryRef CFDictionaryCreateCopy(CFAllocatorRef alloc, CFDictionaryRef dict);
CREATED CFMutableDictionaryRef CFDictionaryCreateMutable(CFAllocatorRef alloc, CFIndex capacity,
        const void *key_callbacks, const void *value_callbacks);
CREATED CFMutableDictionaryRef CFDictionaryCreateMutableCopy(CFAllocatorRef alloc, CFIndex capacity,
        CFDictionaryRef dict);
CFIndex CFDictionaryGetCount(CFDictionaryRef dict);
Boolean CFDictionaryContainsKey(CFDictionaryRef dict, const void *key);
GOT_FROM(dict) const void *CFDictionaryGetValue(CFDictionaryRef dict, const void *key);
Boolean CFDictionaryGetValueIfPresent(CFDictionaryRef dict, const void *key, const void **value);
void CFDictionaryAddValue(CFMutableDictionaryRef dict, RC_KEEPS const void *key, RC_KEEPS const void *value);
void CFDictionarySetValue(CFMutableDictionaryRef dict, RC_KEEPS const void *key, RC_KEEPS const void *value);
void CFDictionaryReplaceValue(CFMutableDictionaryRef dict, const void *key, RC_KEEPS const void *value);
void CFDictionaryRemoveValue(CFMutableDictionaryRef dict, const void *key);
void CFDictionaryRemoveAllValues(CFMutableDictionaryRef dict);
CREATED CFSetRef CFSetCreate(CFAllocatorRef alloc, const void **values, CFIndex count, const void *callbacks);
CREATED CFMutableSetRef CFSetCreateMutable(CFAllocatorRef alloc, CFIndex capacity, const void *callbacks);
GOT_FROM(set) const void *CFSetGetValue(CFSetRef set, const void *value);
void CFSetAddValue(CFMutableSetRef set, RC_KEEPS const void *value);
void CFSetRemoveValue(CFMutableSetRef set, const void *value);

/* ---- URLs, bundles, property lists, preferences, errors ------------------------------------------------------ */
CREATED CFURLRef CFURLCreateWithString(CFAllocatorRef alloc, CFStringRef string, CFURLRef base);
CREATED CFURLRef CFURLCreateWithBytes(CFAllocatorRef alloc, const uint8_t *bytes, CFIndex length,
        CFStringEncoding encoding, CFURLRef base);
CREATED CFURLRef CFURLCreateWithFileSystemPath(CFAllocatorRef alloc, CFStringRef path, CFURLPathStyle style,
        Boolean directory);
CREATED CFURLRef CFURLCreateFromFileSystemRepresentation(CFAllocatorRef alloc, const uint8_t *path, CFIndex length,
        Boolean directory);
CREATED CFURLRef CFURLCreateCopyAppendingPathComponent(CFAllocatorRef alloc, CFURLRef url, CFStringRef component,
        Boolean directory);
CREATED CFURLRef CFURLCopyAbsoluteURL(CFURLRef url);
CREATED CFStringRef CFURLCopyFileSystemPath(CFURLRef url, CFURLPathStyle style);
CREATED CFStringRef CFURLCopyPath(CFURLRef url);
CREATED CFStringRef CFURLCopyHostName(CFURLRef url);
CREATED CFStringRef CFURLCopyScheme(CFURLRef url);
GOT_FROM(url) CFStringRef CFURLGetString(CFURLRef url);
GOT CFBundleRef CFBundleGetMainBundle(void);
GOT CFBundleRef CFBundleGetBundleWithIdentifier(CFStringRef identifier);
CREATED CFBundleRef CFBundleCreate(CFAllocatorRef alloc, CFURLRef url);
CREATED CFURLRef CFBundleCopyBundleURL(CFBundleRef bundle);
CREATED CFURLRef CFBundleCopyExecutableURL(CFBundleRef bundle);
CREATED CFURLRef CFBundleCopyResourceURL(CFBundleRef bundle, CFStringRef name, CFStringRef type, CFStringRef folder);
GOT_FROM(bundle) CFStringRef CFBundleGetIdentifier(CFBundleRef bundle);
GOT_FROM(bundle) CFDictionaryRef CFBundleGetInfoDictionary(CFBundleRef bundle);
GOT_FROM(bundle) CFTypeRef CFBundleGetValueForInfoDictionaryKey(CFBundleRef bundle, CFStringRef key);
CREATED CFPropertyListRef CFPropertyListCreateWithData(CFAllocatorRef alloc, CFDataRef data, CFOptionFlags options,
        CFPropertyListFormat *format, RC_OUT RC_NULLABLE CFErrorRef *error);
CREATED CFDataRef CFPropertyListCreateData(CFAllocatorRef alloc, CFPropertyListRef list, CFPropertyListFormat format,
        CFOptionFlags options, RC_OUT RC_NULLABLE CFErrorRef *error);
CREATED CFPropertyListRef CFPreferencesCopyAppValue(CFStringRef key, CFStringRef application);
void CFPreferencesSetAppValue(CFStringRef key, RC_KEEPS CFPropertyListRef value, CFStringRef application);
CREATED CFErrorRef CFErrorCreate(CFAllocatorRef alloc, CFStringRef domain, CFIndex code, CFDictionaryRef info);
CREATED CFStringRef CFErrorCopyDescription(CFErrorRef error);
CREATED CFDictionaryRef CFErrorCopyUserInfo(CFErrorRef error);
GOT_FROM(error) CFStringRef CFErrorGetDomain(CFErrorRef error);

/* ---- run loops, ports, streams ------------------------------------------------------------------------------- */
GOT CFRunLoopRef CFRunLoopGetCurrent(void);
GOT CFRunLoopRef CFRunLoopGetMain(void);
void CFRunLoopAddSource(CFRunLoopRef loop, RC_KEEPS CFRunLoopSourceRef source, CFStringRef mode);
void CFRunLoopRemoveSource(CFRunLoopRef loop, CFRunLoopSourceRef source, CFStringRef mode);
void CFRunLoopAddTimer(CFRunLoopRef loop, RC_KEEPS CFRunLoopTimerRef timer, CFStringRef mode);
RC_CALLS_OUT void CFRunLoopRun(void);
CREATED CFRunLoopSourceRef CFRunLoopSourceCreate(CFAllocatorRef alloc, CFIndex order, void *context);
CREATED CFRunLoopTimerRef CFRunLoopTimerCreate(CFAllocatorRef alloc, CFAbsoluteTime fire, CFTimeInterval interval,
        CFOptionFlags flags, CFIndex order, void (*callout)(CFRunLoopTimerRef timer, void *info), void *context);
CREATED CFRunLoopSourceRef CFMachPortCreateRunLoopSource(CFAllocatorRef alloc, CFMachPortRef port, CFIndex order);
CREATED CFRunLoopSourceRef CFSocketCreateRunLoopSource(CFAllocatorRef alloc, CFSocketRef socket, CFIndex order);
CREATED CFReadStreamRef CFReadStreamCreateWithFile(CFAllocatorRef alloc, CFURLRef url);
CREATED CFWriteStreamRef CFWriteStreamCreateWithFile(CFAllocatorRef alloc, CFURLRef url);
CREATED CFErrorRef CFReadStreamCopyError(CFReadStreamRef stream);
CREATED CFErrorRef CFWriteStreamCopyError(CFWriteStreamRef stream);
GOT CFNotificationCenterRef CFNotificationCenterGetLocalCenter(void);
/* clang-format on */
