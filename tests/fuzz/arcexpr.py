# SPDX-License-Identifier: MIT
"""Expressions of random programs. Each says itself in C (`c`), in the reference interpreter (`run`), and to the search for
last uses (`flow`): that one is built backwards, from the node that control gets to next to the node that it enters by.

What `run` yields is an object or None, with 'new' (a reference comes with it), 'slot' (some place holds it) or 'local' (a
variable that nobody else can change holds it).
"""


def parts(node):
    """All nodes in the tree, the node itself first; not those of called functions."""
    if isinstance(node, Node):
        yield node
        for name, child in vars(node).items():
            if name not in ('fn', 'cls'):
                yield from parts(child)
    elif isinstance(node, (list, tuple)):
        for child in node:
            yield from parts(child)


class Graph:
    """Control flow of one function: nodes (read or declared variable, successors)."""
    def __init__(self):
        self.nodes, self.jumps, self.calls, self.gives = [], {}, [], []
        self.exit = self.node()

    def node(self, *succs, reads=None, declares=None):
        self.nodes.append([reads, declares, [s for s in succs if s is not None]])
        return len(self.nodes) - 1

    def read_after(self, node, name):
        work, seen = [node], {node}
        while work:
            reads, declares, succs = self.nodes[work.pop()]
            if reads == name:
                return True
            if declares == name:
                continue
            work += [s for s in succs if s not in seen]
            seen.update(succs)
        return False


class Node:
    effect = False

    def flow(self, g, after, beside=frozenset()):
        return after


class Expr(Node):
    def lends(self):
        """The variables that the value may be borrowed from."""
        return set()

    def branch(self, g, yes, no, beside=frozenset()):
        return self.flow(g, g.node(yes, no), beside)


class Null(Expr):
    def c(self): return 'NULL'
    def run(self, f): return None, 'local'


class Var(Expr):
    """form: how the variable is spelled, as the controlling expression of a _Generic, say."""
    def __init__(self, name, form='{}'): self.name, self.form = name, form
    def c(self): return self.form.replace('{}', self.name)
    def run(self, f): return f.vars[self.name][0], 'slot' if self.name in f.addressed else 'local'
    def lends(self): return {self.name}
    def flow(self, g, after, beside=frozenset()): return g.node(after, reads=self.name)


class Global(Expr):
    def __init__(self, name): self.name = name
    def c(self): return self.name
    def run(self, f): return f.m.globals[self.name][0], 'slot'


class Deref(Expr):
    """What a `T **` parameter points at."""
    def __init__(self, name): self.name = name
    def c(self): return f'*{self.name}'
    def run(self, f):
        container, key = f.refs[self.name]
        return container[key], 'slot'


class Part(Expr):
    """A member of a pair variable, or an element of an array variable."""
    def __init__(self, name, at, text): self.name, self.at, self.text = name, at, text
    def c(self): return self.name + self.text
    def run(self, f): return f.vars[self.name][self.at], 'local'


class New(Expr):
    effect = True
    def __init__(self, cls): self.cls = cls
    def c(self): return f'{self.cls.name}_new()'
    def run(self, f): return f.m.new(self.cls), 'new'


class Again(Expr):
    """A second reference by way of a raw pointer; what is given away on its last use is moved."""
    def __init__(self, var, cls, form): self.var, self.cls, self.form, self.moved = var, cls, form, False
    def c(self): return self.form.format(self.cls.name, self.var)
    def run(self, f):
        held = f.vars[self.var]
        obj = held[0]
        if self.moved:
            held[0] = None
            return obj, 'new'
        return f.m.keep(obj), 'new'
    def flow(self, g, after, beside=frozenset()):
        give = g.node(after)
        if 'rc_give' in self.form:
            g.gives.append((self, give, beside))
        return g.node(give, reads=self.var)


class Slot(Expr):
    """A strong field of a variable's object, or NULL."""
    def __init__(self, var, key, path, form='({0} ? {0}->{1} : NULL)'):
        self.var, self.key, self.path, self.form = var, key, path, form
    def c(self): return self.form.format(self.var, self.path)
    def run(self, f):
        obj = f.vars[self.var][0]
        return (obj.strong[self.key], 'slot') if obj else (None, 'local')
    def flow(self, g, after, beside=frozenset()): return g.node(after, reads=self.var)


class Weak(Expr):
    def __init__(self, var): self.var = var
    def c(self): return f'({self.var} ? {self.var}->weak : NULL)'
    def run(self, f):
        obj = f.vars[self.var][0]
        return (f.m.keep(obj.weak.target), 'new') if obj else (None, 'local')
    def flow(self, g, after, beside=frozenset()): return g.node(after, reads=self.var)


class WeakVar(Expr):
    def __init__(self, name): self.name = name
    def c(self): return self.name
    def run(self, f): return f.m.keep(f.weaks[self.name].target), 'new'


class Choose(Expr):
    def __init__(self, test, yes, no): self.test, self.yes, self.no = test, yes, no
    @property
    def effect(self): return self.test.effect or self.yes.effect or self.no.effect
    def c(self): return f'({self.test.c()} ? {self.yes.c()} : {self.no.c()})'
    def run(self, f): return self.yes.run(f) if self.test.run(f) else self.no.run(f)
    def lends(self): return self.yes.lends() | self.no.lends()
    def flow(self, g, after, beside=frozenset()):
        return self.test.branch(g, self.yes.flow(g, after, beside), self.no.flow(g, after, beside), beside)


class Comma(Expr):
    effect = True
    def __init__(self, first, second): self.first, self.second = first, second
    def c(self): return f'((void){self.first.c()}, {self.second.c()})'
    def run(self, f):
        f.glance(self.first.run(f))
        return self.second.run(f)
    def lends(self): return self.second.lends()
    def flow(self, g, after, beside=frozenset()): return self.first.flow(g, self.second.flow(g, after, beside), beside)


class Assign(Expr):
    effect = True
    def __init__(self, var, value): self.var, self.value = var, value
    def c(self): return f'({self.var} = {self.value.c()})'
    def run(self, f):
        fresh = f.take(self.value.run(f))
        f.m.store((f.vars[self.var], 0), fresh)
        return fresh, 'slot' if self.var in f.addressed else 'local'
    def lends(self): return self.value.lends()
    def flow(self, g, after, beside=frozenset()): return self.value.flow(g, after, beside)


class Cast(Expr):
    """Between a class and its base: the same reference."""
    def __init__(self, cls, value): self.cls, self.value = cls, value
    @property
    def effect(self): return self.value.effect
    def c(self): return f'({self.cls.name} *){self.value.c()}'
    def run(self, f): return self.value.run(f)
    def lends(self): return self.value.lends()
    def flow(self, g, after, beside=frozenset()): return self.value.flow(g, after, beside)


def uncast(value):
    while isinstance(value, Cast):
        value = value.value
    return value


class Braces(Expr):
    """A statement expression: its value leaves as a new reference."""
    effect = True
    def __init__(self, block, value): self.block, self.value = block, value
    def c(self):
        return '({ ' + ' '.join(line.strip() for s in self.block.body for line in s.c()) + f' {self.value.c()}; }})'
    def run(self, f):
        scope, at, f.scope = f.scope, f.at, []
        try:
            self.block.steps(f)
            return f.full(lambda: f.take(self.value.run(f))), 'new'
        finally:
            f.end(-1)
            f.scope, f.at = scope, at
    def flow(self, g, after, beside=frozenset()):
        return self.block.flow(g, self.value.flow(g, after, beside), beside)


class Out(Node):
    """The address of a variable, a file's variable or a variable's field, for an RC_OUT or in-out parameter."""
    effect = True
    def __init__(self, text, find, reads=None): self.text, self.find, self.reads = text, find, reads
    def c(self): return f'&{self.text}'
    def flow(self, g, after, beside=frozenset()): return g.node(after, reads=self.reads)
    def lends(self): return {self.reads}


class Call(Expr):
    """through: by way of a pointer to the function."""
    effect = True
    def __init__(self, fn, args, through=False):
        self.fn, self.args, self.through, self.moved = fn, args, through, set()
    def c(self): return f'{self.fn.name}{"_ptr" if self.through else ""}({", ".join(a.c() for a in self.args)})'
    def run(self, f): return self.fn.call(f, self)
    def flow(self, g, after, beside=frozenset()):
        call = node = g.node(after)
        reads = [{n for p in parts(a) for n in (getattr(p, 'name', None), getattr(p, 'var', None)) if n} for a in self.args]
        g.calls.append((self, call, beside))
        for i in reversed(range(len(self.args))):
            others = set().union(*(r for k, r in enumerate(reads) if k != i)) if len(reads) > 1 else set()
            node = self.args[i].flow(g, node, beside | others)
        return node


# ---- conditions: run gives a truth value ---------------------------------------------------------------------------------------
class IsSet(Expr):
    def __init__(self, expr): self.expr = expr
    @property
    def effect(self): return self.expr.effect
    def c(self): return self.expr.c() if isinstance(self.expr, (Var, Assign, Call)) else f'{self.expr.c()} != NULL'
    def run(self, f): return f.glance(self.expr.run(f)) is not None
    def flow(self, g, after, beside=frozenset()): return self.expr.flow(g, after, beside)


class Not(Expr):
    def __init__(self, test): self.test = test
    @property
    def effect(self): return self.test.effect
    def c(self): return f'!({self.test.c()})'
    def run(self, f): return not self.test.run(f)
    def branch(self, g, yes, no, beside=frozenset()): return self.test.branch(g, no, yes, beside)


class Both(Expr):
    def __init__(self, op, left, right): self.op, self.left, self.right = op, left, right
    @property
    def effect(self): return self.left.effect or self.right.effect
    def c(self): return f'({self.left.c()} {self.op} {self.right.c()})'
    def run(self, f):
        left = self.left.run(f)
        return self.right.run(f) if left == (self.op == '&&') else left
    def branch(self, g, yes, no, beside=frozenset()):
        right = self.right.branch(g, yes, no, beside)
        return self.left.branch(g, *((right, no) if self.op == '&&' else (yes, right)), beside)


class Chance(Expr):
    def __init__(self, value): self.value = value
    def c(self): return f'opaque({int(self.value)})'
    def run(self, f): return self.value


class Older(Expr):
    """Compares the number that an object has, by a call that borrows it."""
    def __init__(self, cls, expr, than): self.cls, self.expr, self.than = cls, expr, than
    @property
    def effect(self): return self.expr.effect
    def c(self): return f'{self.cls.name}_id({self.expr.c()}) < {self.than}'
    def run(self, f):
        obj = f.borrow(self.expr.run(f))
        return (obj.id if obj else -1) < self.than
    def flow(self, g, after, beside=frozenset()): return self.expr.flow(g, after, beside)


# ---- pairs by value: run gives (a, b, kind) ------------------------------------------------------------------------------------
class PairVar(Expr):
    def __init__(self, name): self.name = name
    def c(self): return self.name
    def run(self, f): return (*f.vars[self.name], 'local')


class PairField(Expr):
    """A field of a variable's object, which is not NULL."""
    def __init__(self, var, name, path): self.var, self.name, self.path = var, name, path
    def c(self): return f'{self.var}->{self.path}'
    def run(self, f):
        slots = f.vars[self.var][0].strong
        return slots[f'{self.name}.a'], slots[f'{self.name}.b'], 'slot'
    def flow(self, g, after, beside=frozenset()): return g.node(after, reads=self.var)


class PairLiteral(Expr):
    """A compound literal lives to the end of its block."""
    def __init__(self, cls, a, b): self.cls, self.a, self.b = cls, a, b
    @property
    def effect(self): return self.a.effect
    def c(self): return f'({self.cls.name}Pair){{ {self.a.c()}, {self.b.c()} }}'
    def run(self, f):
        held = f.literal(self)
        if held is None:
            held = [None, None]
            f.hold(held, self)
        a = f.take(self.a.run(f))
        olds, held[:] = list(held), [a, f.take(self.b.run(f))]
        for old in olds:
            f.m.drop(old)
        return (*held, 'local')
    def flow(self, g, after, beside=frozenset()): return self.a.flow(g, self.b.flow(g, after, beside), beside)


def take_pair(f, value):
    a, b, kind = value
    if kind != 'new':
        f.m.keep(a)
        f.m.keep(b)
    return [a, b]


def borrow_pair(f, value):
    """A pair that is lent goes as a whole: its members end ascending, whatever the order of temporaries."""
    a, b, kind = value
    if kind == 'slot':
        f.m.keep(a)
        f.m.keep(b)
    if kind != 'local':
        f.temps.append(b)
        f.temps.append(a)
    return [a, b]
