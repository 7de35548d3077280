/* SPDX-License-Identifier: MIT */
#define RC(text) __attribute__((annotate("rc:" text)))
typedef struct RC("class") Item Item;
struct Item { int n; };
RC("returns_new") RC("nullable") Item *item_new(int n);
void item_take(RC("steals") Item *item, Item *other);
void item_plain(Item *item);
void item_later(Item *item);
static inline int item_count(Item *item) { return item->n; }
extern Item *header_root;
