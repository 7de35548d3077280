/* SPDX-License-Identifier: MIT
 *
 * The heap in numbers, laid out as CPython lays them out.
 */
#include "gc_p.h"

struct class_count {
    size_t pools, used, available;
};

static size_t pool_blocks(const rci_pool *pool)
{
    return (RCI_POOL_BYTES - rci_pool_start(pool)) / rci_pool_block_bytes(pool);
}

static void count_classes(struct class_count out[RCI_CLASSES])
{
    memset(out, 0, RCI_CLASSES * sizeof *out);
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next) {
        for (unsigned i = 0; i < a->fresh; i++) {
            const rci_pool *pool = rci_arena_nth(a, i);
            if (!pool->used || rci_pool_is_kept(pool)) continue;
            struct class_count *c = &out[pool->slot % RCI_CLASSES];
            c->pools++;
            c->used += pool->live;
            c->available += pool_blocks(pool) - pool->live;
        }
    }
}

void rc_mem_get_info(rc_mem_info *out)
{
    RCI_STOPPED;
    struct class_count classes[RCI_CLASSES];
    count_classes(classes);
    *out = (rc_mem_info){
        .arena_bytes = RCI_ARENA_BYTES,
        .pool_bytes = RCI_POOL_BYTES,
        .arenas_total = rci_arenas.total,
        .arenas_reclaimed = rci_arenas.reclaimed,
        .arenas_highwater = rci_arenas.highwater,
        .arenas_current = rci_arenas.current,
    };
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next) out->pools_free += a->pool_count;
    for (unsigned i = 0; i < RCI_CLASSES; i++) {
        out->pools_used += classes[i].pools;
        out->blocks_allocated += classes[i].used;
        out->blocks_free += classes[i].available;
        out->bytes_allocated += classes[i].used * (i + 1) << RCI_ALIGN_SHIFT;
    }
    out->pools_free -= out->pools_used;
}

/* 12345678 as 12,345,678. */
static const char *grouped(size_t n, char text[32])
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%zu", n);
    char *p = text;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) *p++ = ',';
        *p++ = digits[i];
    }
    *p = '\0';
    return text;
}

static size_t print_line(FILE *out, const char *what, size_t n)
{
    char text[32];
    fprintf(out, "%-35s=%21s\n", what, grouped(n, text));
    return n;
}

static void print_classes(FILE *out, const struct class_count classes[RCI_CLASSES])
{
    fprintf(out, "Small block threshold = %zu, in %d size classes.\n\n", RCI_SMALL_MAX, RCI_CLASSES);
    fputs("class   size   num pools   blocks in use  avail blocks\n"
          "-----   ----   ---------   -------------  ------------\n",
          out);
    for (unsigned i = 0; i < RCI_CLASSES; i++) {
        const struct class_count *c = &classes[i];
        if (c->pools)
            fprintf(out, "%5u %6u %11zu %15zu %13zu\n", i, (i + 1) << RCI_ALIGN_SHIFT, c->pools, c->used,
                    c->available);
    }
    fputc('\n', out);
}

/* What whole pools of these classes lose at their ends, and what the headers in front of the arenas take. */
static void count_losses(size_t *headers, size_t *quantization, size_t *alignment)
{
    *headers = *quantization = *alignment = 0;
    for (rci_arena *a = rci_arenas.first; a; a = a->all_next) {
        *headers += a->start;
        *alignment += RCI_ARENA_BYTES - ((size_t)a->pool_count << RCI_POOL_SHIFT);
        for (unsigned i = 0; i < a->fresh; i++) {
            const rci_pool *pool = rci_arena_nth(a, i);
            if (!pool->used || rci_pool_is_kept(pool)) continue;
            size_t room = RCI_POOL_BYTES - rci_pool_start(pool);
            *quantization += room - pool_blocks(pool) * rci_pool_block_bytes(pool);
        }
    }
}

void rc_mem_stats(FILE *out)
{
    RCI_STOPPED;
    struct class_count classes[RCI_CLASSES];
    rc_mem_info info;
    char text[64];
    size_t headers, quantization, alignment, total, available = 0, unused;
    count_classes(classes);
    rc_mem_get_info(&info);
    count_losses(&headers, &quantization, &alignment);
    for (unsigned i = 0; i < RCI_CLASSES; i++) available += classes[i].available * (i + 1) << RCI_ALIGN_SHIFT;
    total = info.arenas_current * info.arena_bytes;
    unused = total - info.bytes_allocated - available - headers - quantization - alignment;

    print_classes(out, classes);
    print_line(out, "# arenas allocated total", info.arenas_total);
    print_line(out, "# arenas reclaimed", info.arenas_reclaimed);
    print_line(out, "# arenas highwater mark", info.arenas_highwater);
    print_line(out, "# arenas allocated current", info.arenas_current);
    snprintf(text, sizeof text, "%zu arenas * %zu bytes/arena", info.arenas_current, info.arena_bytes);
    print_line(out, text, total);
    fputc('\n', out);
    print_line(out, "# bytes in allocated blocks", info.bytes_allocated);
    print_line(out, "# bytes in available blocks", available);
    snprintf(text, sizeof text, "%zu unused pools * %zu bytes", info.pools_free, info.pool_bytes);
    print_line(out, text, unused);
    print_line(out, "# bytes lost to pool headers", headers);
    print_line(out, "# bytes lost to quantization", quantization);
    print_line(out, "# bytes lost to arena alignment", alignment);
    print_line(out, "Total", total);
}

size_t rc_mem_trim(void)
{
    RCI_STOPPED;
    for (rci_heap *h = rci_heaps; h; h = h->next) {
        if (rci_heap_rests(h)) rci_pool_flush(h);
    }
    return rci_arena_trim(!rci_gc.collecting);
}
