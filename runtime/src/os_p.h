/* SPDX-License-Identifier: MIT
 *
 * The operating system's memory, and nothing else of it. Owns nothing: whoever maps, unmaps. Any thread.
 */
#ifndef RCI_OS_P_H
#define RCI_OS_P_H

#include <stdbool.h>
#include <stddef.h>

/* `size` zeroed bytes at a multiple of `align` (a power of two), or NULL. Pages cost memory once touched. */
void *rci_os_map(size_t size, size_t align);
void rci_os_unmap(void *p, size_t size);
/* A mapping of `new_size` with the old one's contents in front, the old one gone; or NULL and nothing
 * changed. */
void *rci_os_grow(void *p, size_t old_size, size_t new_size);
/* Whether the system should back it by its large pages, where it has some. */
void rci_os_large_pages(void *p, size_t size, bool wanted);
/* The pages wholly inside read as zero from now on and cost nothing: bytes given back. */
size_t rci_os_discard(void *p, size_t size);

#endif
