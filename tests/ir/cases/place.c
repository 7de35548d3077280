/* SPDX-License-Identifier: MIT */
/* flags: -std=gnu11 */
/* dump: places */
typedef struct Obj {
	int n;
	struct Obj *link;
} Obj;
Obj *make(int), *none;
int f(int), g(const char *, ...);

int body(Obj *o, int n)
{
	Obj *a = make ( 1 ) /* about a */ ; Obj *b, *c = a, d = {1};
	if (n) f(1); else if (o)
		return f(2) ; // done
	else { f(3); }
	while (n --) f ( n
	   ) \
	;
	do f(4); while (f(5))   ;
	for (int i = 0, j = 1; i < j; i++, j--) if (i) continue; else break;
	for (;;) { break; }
	switch (n) case 1: case 2: f(6);
	switch (n) {
	case 3: { f(7); } break;
	default: ;
	}
	;
again: f(8);
	if (!n) goto again ;
	g("naïve; 🐍 é", a->link ? a : b, (n = 2, n), sizeof(int));
	a->link = b = make(n + 1), c = a;
	o->link->n += f((9));
	asm volatile ("nop" /* ; */ : : "r"(n)) ;
	int v = ({ Obj *e = make(3); e->n; }) + (b ?: c)->n;
	Obj *l = &(Obj){ .n = 1 }; typedef int number; struct Local { number k; } k = { n };
	return d.n + v + l->n + k.k;
}
void ends(Obj *o) { if (o) return; for (;o;) if (o->n) { o = o->link; } else while (f(1)) ; }
int array(Obj *all[], const char name[static 2], int grid[][2]) { return all[1]->n + name[0] + grid[1][0]; }
