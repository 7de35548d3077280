/* SPDX-License-Identifier: MIT
 *
 * A body that counts, or does not, by what FIELD is where it is included.
 */
static inline void KEEP(Node *to, Node *from) { to->FIELD = from; }
