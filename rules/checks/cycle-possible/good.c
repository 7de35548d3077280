// SPDX-License-Identifier: MIT
#include <recount.h>

typedef struct Leaf Leaf;
typedef struct Branch Branch;
struct RC_CLASS Leaf {
    RC_HEAD;
    RC_WEAK Branch *holder;
};
struct RC_CLASS Branch {
    RC_HEAD;
    Leaf *left, *right;
};
