// SPDX-License-Identifier: MIT
#include <recount.h>

typedef struct Item Item;
struct RC_CLASS Item {
    RC_HEAD;
    Item *next; // expect: cycle-possible
};
