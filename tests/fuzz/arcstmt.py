# SPDX-License-Identifier: MIT
"""Statements and functions of random programs: like expressions they say themselves in C (`c`, a list of lines), in the
reference interpreter (`run`), and to the search for last uses (`flow`)."""
from arcexpr import (Assign, Expr, Global, Graph, Node, Null, Out, Part, Var, borrow_pair, parts, take_pair, uncast)
from arcmachine import Cell, Frame, Leave, BUFFER


def indent(lines):
    return ['    ' + line for line in lines]


class Stmt(Node):
    def exprs(self):
        """What it evaluates, in order."""
        return [v for v in vars(self).values() if isinstance(v, Expr)]

    def flow(self, g, after, beside=frozenset()):
        for expr in reversed(self.exprs()):
            after = expr.flow(g, after)
        return after


class Log(Stmt):
    """Prints which object it is, when the class says how, or whether it is one."""
    def __init__(self, expr, cls=None): self.expr, self.cls = expr, cls
    def c(self):
        if self.cls:
            return [f'printf("%d\\n", {self.cls.name}_id({self.expr.c()}));']
        return [f'show({self.expr.c()} ? 1 : 0);']
    def run(self, f):
        def action():
            if self.cls:
                obj = f.borrow(self.expr.run(f))
                f.m.log(str(obj.id if obj else -1))
            else:
                f.m.log(f'#{int(f.glance(self.expr.run(f)) is not None)}')
        f.full(action)


class Sum(Stmt):
    """A compound assignment whose right side is a call that borrows."""
    def __init__(self, name, cls, expr): self.name, self.cls, self.expr = name, cls, expr
    def c(self): return [f'{self.name} += {self.cls.name}_id({self.expr.c()});']
    def run(self, f):
        def action():
            obj = f.borrow(self.expr.run(f))
            f.m.sums[self.name] += obj.id if obj else -1
        f.full(action)


class Tell(Stmt):
    def __init__(self, name): self.name = name
    def c(self): return [f'printf("%ld\\n", {self.name});']
    def run(self, f): f.m.log(str(f.m.sums[self.name]))


class Collect(Stmt):
    def c(self): return ['printf("c%zd\\n", rc_gc_collect());']
    def run(self, f): f.m.log(f'c{f.m.collect()}')


class Do(Stmt):
    def __init__(self, expr): self.expr = expr
    def c(self): return [self.expr.c() + ';']
    def run(self, f): f.full(lambda: f.glance(self.expr.run(f)))


# ---- declarations ----------------------------------------------------------------------------------------------------------------
class Declare(Stmt):
    """form: how the type is spelled."""
    def __init__(self, cls, name, value, form='{0} *{1}'): self.cls, self.name, self.value, self.form = cls, name, value, form
    def c(self):
        declarator = self.form.format(self.cls.name, self.name)
        return [declarator + (f' = {self.value.c()};' if self.value else ';'), f'(void){self.name};']
    def run(self, f):
        held = [None]
        f.declare(self.name, held)
        if self.value:
            held[0] = f.full(lambda: f.take(self.value.run(f)))
    def flow(self, g, after, beside=frozenset()):
        after = g.node(after, reads=self.name)
        return g.node(self.value.flow(g, after) if self.value else after, declares=self.name)


class DeclareTwo(Stmt):
    """A struct, or an array, of two strong members by value."""
    def __init__(self, cls, name, a, b, array): self.cls, self.name, self.a, self.b, self.array = cls, name, a, b, array
    def c(self):
        head = f'{self.cls.name} *{self.name}[2]' if self.array else f'{self.cls.name}Pair {self.name}'
        return [f'{head} = {{ {self.a.c()}, {self.b.c()} }};', f'(void){self.name};']
    def run(self, f):
        held = [None, None]
        f.declare(self.name, held)

        def action():
            held[0] = f.take(self.a.run(f))
            held[1] = f.take(self.b.run(f))
        f.full(action)


class DeclarePair(Stmt):
    def __init__(self, cls, name, value): self.cls, self.name, self.value = cls, name, value
    def c(self): return [f'{self.cls.name}Pair {self.name} = {self.value.c()};', f'(void){self.name};']
    def run(self, f):
        held = [None, None]
        f.declare(self.name, held)
        held[:] = f.full(lambda: take_pair(f, self.value.run(f)))


class DeclareWeak(Stmt):
    def __init__(self, cls, name, value): self.cls, self.name, self.value = cls, name, value
    def c(self): return [f'RC_WEAK {self.cls.name} *{self.name} = {self.value.c()};', f'(void)({self.name} == NULL);']
    def run(self, f):
        cell = f.weaks[self.name] = Cell()
        f.hold(cell)
        f.full(lambda: cell.set(f.glance(self.value.run(f))))


class DeclareSize(Stmt):
    """An array of plain numbers whose length is known only here."""
    def __init__(self, name): self.name = name
    def c(self): return [f'int {self.name}[opaque(2) + 1];', f'{self.name}[0] = 0;', f'(void){self.name};']
    def run(self, f): pass


# ---- stores ------------------------------------------------------------------------------------------------------------------------
class StoreSlot(Stmt):
    """guard: also tested before; made: the buffer that must have been made."""
    def __init__(self, var, key, path, value, made=None): self.var, self.key, self.path, self.value, self.made = var, key, path, value, made
    def c(self):
        guard = f'{self.var} && {self.var}->{self.made[1]}' if self.made else self.var
        return [f'if ({guard}) {self.var}->{self.path} = {self.value.c()};']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        obj = f.vars[self.var][0]
        if obj and (not self.made or self.made[0] in obj.buffers):
            f.full(lambda: f.m.store((obj.strong, self.key), f.take(self.value.run(f))))
    def flow(self, g, after, beside=frozenset()):
        return g.node(after, self.value.flow(g, g.node(after, reads=self.var)), reads=self.var)


class MakeBuffer(Stmt):
    def __init__(self, var, name, path, cls): self.var, self.name, self.path, self.cls = var, name, path, cls
    def c(self):
        at = f'{self.var}->{self.path}'
        return [f'if ({self.var} && !{at}) {{', f'    {at} = rc_array_new({self.cls.name}, {BUFFER});', f'    {at}_n = {BUFFER};', '}']
    def run(self, f):
        obj = f.vars[self.var][0]
        if obj:
            obj.buffers.add(self.name)
    def flow(self, g, after, beside=frozenset()): return g.node(after, reads=self.var)


class DropBuffer(MakeBuffer):
    def c(self): return [f'if ({self.var}) {{', f'    {self.var}->{self.path}_n = 0;', f'    {self.var}->{self.path} = NULL;', '}']
    def run(self, f):
        obj = f.vars[self.var][0]
        if obj and self.name in obj.buffers:
            obj.buffers.discard(self.name)
            olds = []
            for i in range(BUFFER):
                olds.append(obj.strong[f'{self.name}[{i}]'])
                obj.strong[f'{self.name}[{i}]'] = None
            for old in olds:
                f.m.drop(old)


class StoreTwo(Stmt):
    """Assigns a pair to a pair variable, or to the field of a variable's object."""
    def __init__(self, to, value, var=None, field=None): self.to, self.value, self.var, self.field = to, value, var, field
    def c(self): return [(f'if ({self.var}) ' if self.var else '') + f'{self.to} = {self.value.c()};']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        if self.var and not f.vars[self.var][0]:
            return

        def action():
            fresh = take_pair(f, self.value.run(f))
            held, keys = (f.vars[self.var][0].strong, [f'{self.field}.a', f'{self.field}.b']) if self.var else (f.vars[self.to], [0, 1])
            olds = [held[k] for k in keys]
            for key, obj in zip(keys, fresh):
                held[key] = obj
            for old in olds:
                f.m.drop(old)
        f.full(action)
    def flow(self, g, after, beside=frozenset()):
        after = self.value.flow(g, g.node(after, reads=self.var))
        return g.node(after, reads=self.var)


class StorePart(Stmt):
    """Assigns a member of a pair variable, or an element of an array variable."""
    def __init__(self, part, value): self.part, self.value = part, value
    def c(self): return [f'{self.part.c()} = {self.value.c()};']
    def run(self, f): f.full(lambda: f.m.store((f.vars[self.part.name], self.part.at), f.take(self.value.run(f))))
    def exprs(self): return [self.value]


class StoreWeak(Stmt):
    def __init__(self, var, value): self.var, self.value = var, value
    def c(self): return [f'if ({self.var}) {self.var}->weak = {self.value.c()};']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        obj = f.vars[self.var][0]
        if obj:
            f.full(lambda: obj.weak.set(f.glance(self.value.run(f))))
    def flow(self, g, after, beside=frozenset()):
        return g.node(after, self.value.flow(g, g.node(after, reads=self.var)), reads=self.var)


class StoreWeakVar(Stmt):
    def __init__(self, name, value): self.name, self.value = name, value
    def c(self): return [f'{self.name} = {self.value.c()};']
    def run(self, f): f.full(lambda: f.weaks[self.name].set(f.glance(self.value.run(f))))


class StoreGlobal(Stmt):
    def __init__(self, name, value): self.name, self.value = name, value
    def c(self): return [f'{self.name} = {self.value.c()};']
    def run(self, f): f.full(lambda: f.m.store((f.m.globals[self.name], 0), f.take(self.value.run(f))))


class StoreOut(Stmt):
    def __init__(self, name, value): self.name, self.value = name, value
    def c(self): return [f'*{self.name} = {self.value.c()};']
    def run(self, f): f.full(lambda: f.m.store(f.refs[self.name], f.take(self.value.run(f))))


class Guarded(Stmt):
    """A call that is given the address of a field of the variable's object."""
    def __init__(self, var, call): self.var, self.call = var, call
    def c(self): return [f'if ({self.var}) {self.call.c()};']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        if f.vars[self.var][0]:
            f.full(lambda: f.glance(self.call.run(f)))
    def flow(self, g, after, beside=frozenset()): return g.node(after, self.call.flow(g, after), reads=self.var)


class Swap(Stmt):
    """A macro whose body counts: it goes through a variable of its own."""
    def __init__(self, prefix, cls, a, b): self.prefix, self.cls, self.a, self.b = prefix, cls, a, b
    def c(self): return [f'{self.prefix}_SWAP({self.cls.name}, {self.a}, {self.b});']
    def run(self, f):
        a, b = f.vars[self.a], f.vars[self.b]
        kept = f.m.keep(a[0])
        f.m.store((a, 0), f.m.keep(b[0]))
        f.m.store((b, 0), f.m.keep(kept))
        f.m.drop(kept)
    def flow(self, g, after, beside=frozenset()): return g.node(g.node(after, reads=self.b), reads=self.a)


# ---- control -----------------------------------------------------------------------------------------------------------------------
class Block(Stmt):
    def __init__(self, body): self.body = body
    def c(self): return ['{'] + indent([line for s in self.body for line in s.c()]) + ['}']
    def run(self, f): f.scoped(lambda: self.steps(f))

    def steps(self, f):
        at = 0
        while at < len(self.body):
            try:
                f.at = at
                self.body[at].run(f)
            except Leave as leave:
                labels = [i for i, s in enumerate(self.body) if isinstance(s, Label) and s.name == leave.how]
                if not labels:
                    raise
                at = labels[0]
                f.end(at)
            at += 1

    def flow(self, g, after, beside=frozenset()):
        for label in (s for s in self.body if isinstance(s, Label)):
            g.jumps[label.name] = g.node()
        for stmt in reversed(self.body):
            after = stmt.flow(g, after)
        return after


class If(Stmt):
    def __init__(self, test, yes, no): self.test, self.yes, self.no = test, yes, no
    def c(self):
        lines = [f'if ({self.test.c()})'] + (self.yes.c() if isinstance(self.yes, Block) else indent(self.yes.c()))
        return lines + (['else'] + self.no.c() if self.no else [])
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        if f.full(lambda: self.test.run(f)):
            self.yes.run(f)
        elif self.no:
            self.no.run(f)
    def flow(self, g, after, beside=frozenset()):
        return self.test.branch(g, self.yes.flow(g, after), self.no.flow(g, after) if self.no else after)


class Loop(Stmt):
    """kind: while, for, do. Turns are bounded by a counter of its own; `test` ends it earlier."""
    def __init__(self, kind, counter, turns, test, body):
        self.kind, self.counter, self.turns, self.test, self.body = kind, counter, turns, test, body
    def c(self):
        n, body = self.counter, self.body.c()
        if self.kind == 'for':
            return [f'for (int {n} = 0; {n} < {self.turns} && {self.test.c()}; {n}++)'] + body
        if self.kind == 'while':
            return ['{', f'    int {n} = 0;', f'    while ({n}++ < {self.turns} && {self.test.c()})'] + indent(body) + ['}']
        return ['{', f'    int {n} = 0;', '    do'] + indent(body) + [f'    while (++{n} < {self.turns} && {self.test.c()});', '}']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        turn = 0
        while self.kind == 'do' or (turn < self.turns and f.full(lambda: self.test.run(f))):
            turn += 1
            try:
                self.body.run(f)
            except Leave as leave:
                if leave.how == 'break':
                    return
                if leave.how != 'continue':
                    raise
            if self.kind == 'do' and not (turn < self.turns and f.full(lambda: self.test.run(f))):
                return
    def flow(self, g, after, beside=frozenset()):
        again, outer = g.node(), {k: g.jumps.get(k) for k in ('break', 'continue')}
        g.jumps.update({'break': after, 'continue': again})
        body = self.body.flow(g, again)
        g.jumps.update(outer)
        test = self.test.branch(g, body, after)
        g.nodes[again][2] += [test, after]
        return body if self.kind == 'do' else g.node(test, after)


class Walk(Stmt):
    """Goes along a field, a bounded number of steps."""
    def __init__(self, cls, name, counter, start, key, path, turns, body):
        self.cls, self.name, self.counter, self.start = cls, name, counter, start
        self.key, self.path, self.turns, self.body = key, path, turns, body
    def c(self):
        n, v = self.counter, self.name
        return ['{', f'    int {n} = 0;', f'    for ({self.cls.name} *{v} = {self.start.c()}; {v} && {n}++ < {self.turns}; '
                f'{v} = {v}->{self.path})'] + indent(self.body.c()) + ['}']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        held, turn = [None], 0
        f.declare(self.name, held)
        held[0] = f.full(lambda: f.take(self.start.run(f)))
        while held[0] and turn < self.turns:
            turn += 1
            try:
                self.body.run(f)
            except Leave as leave:
                if leave.how == 'break':
                    return
                if leave.how != 'continue':
                    raise
            f.m.store((held, 0), f.m.keep(held[0].strong[self.key]) if held[0] else None)
    def flow(self, g, after, beside=frozenset()):
        step, outer = g.node(reads=self.name), {k: g.jumps.get(k) for k in ('break', 'continue')}
        g.jumps.update({'break': after, 'continue': step})
        test = g.node(after, self.body.flow(g, step), reads=self.name)
        g.jumps.update(outer)
        g.nodes[step][2].append(test)
        return g.node(self.start.flow(g, test), declares=self.name)


class Switch(Stmt):
    """Cases are blocks; a case falls through to the next unless it breaks."""
    def __init__(self, value, cases): self.value, self.cases = value, cases    # cases: (Block, breaks)
    def c(self):
        lines = [f'switch (opaque({self.value})) {{']
        for i, (block, breaks) in enumerate(self.cases):
            lines += [f'case {i}:'] + indent(block.c() + (['break;'] if breaks else ['/* fall through */']))
        return lines + ['default: break;', '}']
    def run(self, f): f.scoped(lambda: self.inside(f))
    def inside(self, f):
        try:
            for block, breaks in self.cases[self.value:]:
                block.run(f)
                if breaks:
                    return
        except Leave as leave:
            if leave.how != 'break':
                raise
    def flow(self, g, after, beside=frozenset()):
        outer, entries, at = g.jumps.get('break'), [after], after
        g.jumps['break'] = after
        for block, breaks in reversed(self.cases):
            at = block.flow(g, after if breaks else at)
            entries.append(at)
        g.jumps['break'] = outer
        return g.node(*entries)


class Jump(Stmt):
    def __init__(self, how): self.how = how      # break, continue, or a label
    def c(self): return [self.how + ';' if self.how in ('break', 'continue') else f'goto {self.how};']
    def run(self, f): raise Leave(self.how)
    def flow(self, g, after, beside=frozenset()): return g.node(g.jumps[self.how])


class Back(Stmt):
    """Jumps back to a label a bounded number of times."""
    def __init__(self, counter, turns, label): self.counter, self.turns, self.label = counter, turns, label
    def c(self): return [f'if ({self.counter}++ < {self.turns}) goto {self.label};']
    def run(self, f):
        f.turns[self.counter] = f.turns.get(self.counter, 0) + 1
        if f.turns[self.counter] <= self.turns:
            raise Leave(self.label)
    def flow(self, g, after, beside=frozenset()): return g.node(g.jumps[self.label], after)


class Counter(Stmt):
    def __init__(self, name): self.name = name
    def c(self): return [f'int {self.name} = 0;']
    def run(self, f): f.turns[self.name] = 0


class Label(Stmt):
    def __init__(self, name): self.name = name
    def c(self): return [f'{self.name}:;']
    def run(self, f): pass
    def flow(self, g, after, beside=frozenset()):
        g.nodes[g.jumps[self.name]][2].append(after)
        return g.jumps[self.name]


class Return(Stmt):
    """pair: of a struct by value; borrowed: the caller gets no reference."""
    def __init__(self, value, pair=False): self.value, self.pair = value, pair
    def c(self): return [f'return {self.value.c()};' if self.value else 'return;']
    def run(self, f):
        if self.pair:
            raise Leave('return', f.full(lambda: take_pair(f, self.value.run(f))))
        raise Leave('return', f.full(lambda: f.take(self.value.run(f))) if self.value else None)
    def flow(self, g, after, beside=frozenset()): return self.value.flow(g, g.exit) if self.value else g.node(g.exit)


# ---- functions ---------------------------------------------------------------------------------------------------------------------
class Fn:
    """params: (mode, class, name), mode borrowed, steals, out, inout or pair; result: a class, a pair of one, or None."""
    def __init__(self, name, params, result, body, pair=False, statics=()):
        self.name, self.params, self.result, self.body, self.pair, self.statics = name, params, result, body, pair, statics
        self.pointed = False     # somebody calls it by way of a pointer
        self.analyse()

    def analyse(self):
        nodes = list(parts(self.body))
        self.addressed = {n.reads for n in nodes if isinstance(n, Out) and n.reads == n.text}
        assigned = {n.var for n in nodes if isinstance(n, Assign)} | {n.part.name for n in nodes if isinstance(n, StorePart)}
        assigned |= {n.to for n in nodes if isinstance(n, StoreTwo) and not n.var}
        assigned |= {v for n in nodes if isinstance(n, Swap) for v in (n.a, n.b)}
        self.kept = {n for mode, _, n in self.params if mode in ('borrowed', 'pair') and n in assigned | self.addressed}
        self.find_moves()

    def find_moves(self):
        """A variable's last use as a stolen argument moves it."""
        g = Graph()
        self.body.flow(g, g.exit)
        lent = {name for mode, _, name in self.params if mode == 'borrowed' and name not in self.kept}
        for call, node, beside in g.calls:
            call.moved, args = set(), list(zip(call.fn.params, call.args))
            by_call = set().union(*(a.lends() for p, a in args if p[0] != 'steals')) if args else set()
            names = set()
            for i, (param, arg) in enumerate((param, uncast(arg)) for param, arg in args):
                if param[0] != 'steals' or not isinstance(arg, Var) or arg.name in names | beside | by_call | lent | self.addressed:
                    continue
                if not g.read_after(node, arg.name):
                    names.add(arg.name)
                    call.moved.add(i)
        for give, node, beside in g.gives:
            give.moved = give.var not in beside | lent | self.addressed and not g.read_after(node, give.var)

    def head(self, name):
        mark = {'steals': 'RC_STEALS ', 'out': 'RC_OUT '}
        params = [f'{cls.name}Pair {p}' if mode == 'pair' else
                  f'{mark.get(mode, "")}{cls.name} *{"*" if mode in ("out", "inout") else ""}{p}' for mode, cls, p in self.params]
        result = 'void ' if not self.result else f'{self.result.name}Pair ' if self.pair else f'{self.result.name} *'
        return f'static {result}{name}({", ".join(params) or "void"})'

    def c(self):
        lines = [f'(void){name};' for _, _, name in self.params]
        lines += [f'static {cls.name} *{name};' for cls, name in self.statics] + [line for s in self.body.body for line in s.c()]
        return '\n'.join([self.head(self.name), '{'] + indent(lines) + ['}', '']) + self.pointer()

    def pointer(self):
        return f'{self.head(f"(*{self.name}_ptr)")} = {self.name};\n\n' if self.pointed else '\n'

    def bind(self, caller, inner, call):
        """Evaluates the arguments; the parameters that own something. A move empties its variable once all are read."""
        owned, emptied = [], []
        for i, ((mode, _, name), arg) in enumerate(zip(self.params, call.args)):
            if mode in ('out', 'inout'):
                container, key = inner.refs[name] = arg.find(caller)
                if mode == 'out' and container[key]:
                    caller.replaced.append(container[key])
                    container[key] = None
            elif mode == 'pair':
                inner.vars[name] = borrow_pair(caller, arg.run(caller))
                if name in self.kept:
                    inner.vars[name] = take_pair(inner, (*inner.vars[name], 'local'))
                    owned.append(name)
            elif mode == 'steals':
                if i in call.moved:
                    held = caller.vars[uncast(arg).name]
                    inner.vars[name] = [held[0]]
                    emptied.append(held)
                else:
                    inner.vars[name] = [caller.take(arg.run(caller))]
                owned.append(name)
            else:
                inner.vars[name] = [caller.borrow(arg.run(caller))]
                if name in self.kept:
                    caller.m.keep(inner.vars[name][0])
                    owned.append(name)
        for held in emptied:
            held[0] = None
        return owned

    def call(self, caller, call):
        inner, result = Frame(caller.m, self.addressed), None
        owned = self.bind(caller, inner, call)
        try:
            self.body.run(inner)
        except Leave as leave:
            if leave.how != 'return':
                raise
            result = leave.value
        for name in reversed(owned):
            for obj in inner.vars[name]:
                caller.m.drop(obj)
        return (*result, 'new') if self.pair else (result, 'new' if self.result else 'local')


class Getter(Fn):
    """Lends a field of its argument, or a file's variable."""
    def __init__(self, name, cls, slot, result, other):
        self.slot, self.other = slot, other
        super().__init__(name, [('borrowed', cls, 'o')], result, Block([]))

    def head(self, name):
        return 'RC_RETURNS_BORROWED ' + super().head(name)

    def c(self):
        head = self.head(self.name)
        return f'{head} {{ return o ? o->{self.slot[1]} : {self.other or "NULL"}; }}\n' + self.pointer()

    def call(self, caller, call):
        obj = caller.borrow(call.args[0].run(caller))
        if obj:
            return obj.strong[self.slot[0]], 'slot'
        return (caller.m.globals[self.other][0], 'slot') if self.other else (None, 'local')


__all__ = [name for name in dir() if not name.startswith('_')] + ['Global', 'Null', 'Part']
