# SPDX-License-Identifier: MIT
"""Random annotated programs, each beside what it must print.

A program is a tree of the nodes below. Every node says itself in C (`c`) and in a reference interpreter (`run`) that
follows the dialect's rules word for word: a store takes before it drops, temporaries end with their full expression in
reverse order of making, locals end with their scope in reverse order of declaration, the last reference's end is
death there and then. C leaves the order of arguments open, so at most one operand of a call has an effect.
"""
import random


# ---- the machine: objects and counts -----------------------------------------------------------------------------------
class Obj:
    def __init__(self, machine, cls):
        machine.next_id += 1
        self.machine, self.cls, self.id, self.refs = machine, cls, machine.next_id, 1
        self.strong = {}          # slot -> Obj or None, in order of declaration
        self.weak = None
        self.watched_by = set()   # objects whose weak field refers to this one
        self.finalized = self.dead = False
        for field in cls.fields:
            for slot in field.slots():
                self.strong[slot] = None


class Machine:
    def __init__(self):
        self.out, self.next_id, self.live, self.globals = [], 0, [], {}

    def new(self, cls):
        obj = Obj(self, cls)
        self.live.append(obj)
        return obj

    def log(self, text):
        self.out.append(text)

    def keep(self, obj):
        if obj:
            obj.refs += 1
        return obj

    def drop(self, obj):
        if not obj:
            return
        obj.refs -= 1
        if obj.refs == 0:
            self.die(obj)

    def forget(self, obj):
        for watcher in list(obj.watched_by):
            watcher.weak = None
        obj.watched_by.clear()

    def finalize(self, obj):
        if not obj.finalized:
            obj.finalized = True
            obj.cls.run_finalizer(self, obj)

    def die(self, obj):
        self.forget(obj)
        self.finalize(obj)
        self.clear(obj)
        self.live.remove(obj)
        obj.dead = True

    def clear(self, obj):
        for slot in obj.strong:
            old, obj.strong[slot] = obj.strong[slot], None
            self.drop(old)
        self.set_weak(obj, None)

    def set_weak(self, obj, target):
        if obj.weak:
            obj.weak.watched_by.discard(obj)
        obj.weak = target
        if target:
            target.watched_by.add(obj)

    def collect(self):
        """When nothing but cycles is left: all that lives is trash."""
        trash = list(self.live)
        for obj in trash:
            obj.refs += 1
            self.forget(obj)
        for obj in trash:
            self.finalize(obj)
        for obj in trash:
            self.clear(obj)
        for obj in trash:
            self.drop(obj)
        return len(trash)


# ---- classes ---------------------------------------------------------------------------------------------------------------
class Field:
    def __init__(self, kind, name, cls):
        self.kind, self.name, self.cls = kind, name, cls     # kind: strong, array, pair

    def slots(self):
        return {'strong': [self.name], 'array': [f'{self.name}[0]', f'{self.name}[1]'],
                'pair': [f'{self.name}.a', f'{self.name}.b']}[self.kind]

    def c(self, prefix):
        return {'strong': f'{self.cls.name} *{self.name};', 'array': f'{self.cls.name} *{self.name}[2];',
                'pair': f'{self.cls.name}Pair {self.name};'}[self.kind]


class Cls:
    def __init__(self, name, drops):
        self.name, self.fields, self.drops = name, [], drops   # drops: a global that the finalizer clears, or None

    def slots(self):
        return [(slot, f.cls) for f in self.fields for slot in f.slots()]

    def run_finalizer(self, m, obj):
        m.log(f'~{obj.id}')
        if self.drops:
            old, m.globals[self.drops] = m.globals[self.drops], None
            m.drop(old)
            m.log(f'={obj.id}')

    def c_types(self):
        return (f'typedef struct {self.name} {self.name};\n'
                f'typedef struct {self.name}Pair {{ {self.name} *a, *b; }} {self.name}Pair;\n')

    def c(self, prefix):
        fields = ' '.join(f.c(prefix) for f in self.fields)
        return f'struct RC_CLASS {self.name} {{ RC_HEAD; int id; {fields} RC_WEAK {self.name} *weak; }};\n'

    def c_functions(self, prefix):
        drop = f' {self.drops} = NULL; printf("=%d\\n", self->id);' if self.drops else ''
        return (f'RC_FINALIZER static void {self.name}_end({self.name} *self) {{ printf("~%d\\n", self->id);{drop} }}\n'
                f'static {self.name} *{self.name}_new(void)\n'
                f'{{\n    {self.name} *self = rc_new({self.name});\n    self->id = ++{prefix}_ids;\n    return self;\n}}\n')


# ---- frames ------------------------------------------------------------------------------------------------------------------
class Frame:
    def __init__(self, machine):
        self.m, self.vars, self.temps, self.turns, self.scope, self.at = machine, {}, [], {}, None, 0
        self.replaced = []     # what an RC_OUT argument's variable held: outlives the temporaries

    def full(self, action):
        """Runs a full expression; its temporaries end in reverse order of making."""
        outer, self.temps, self.replaced = (self.temps, self.replaced), [], []
        result = action()
        mine = self.replaced + self.temps
        self.temps, self.replaced = outer
        for obj in reversed(mine):
            self.m.drop(obj)
        return result

    def borrow(self, value):
        """Uses a value without taking it: what is owned, or only held by a slot, lives on to the end."""
        obj, kind = value
        if kind == 'new' and obj:
            self.temps.append(obj)
        elif kind == 'slot' and obj:
            self.temps.append(self.m.keep(obj))
        return obj

    def take(self, value):
        obj, kind = value
        return obj if kind == 'new' else self.m.keep(obj)


class Leave(Exception):
    def __init__(self, how, value=None):
        self.how, self.value = how, value


# ---- expressions: run gives (object, 'new' | 'slot' | 'local') ---------------------------------------------------------------
class Null:
    effect = False
    def c(self): return 'NULL'
    def run(self, f): return None, 'local'


class Var:
    effect = False
    def __init__(self, name): self.name = name
    def c(self): return self.name
    def run(self, f): return f.vars[self.name], 'local'


class Global:
    effect = False
    def __init__(self, name): self.name = name
    def c(self): return self.name
    def run(self, f): return f.m.globals[self.name], 'slot'


class New:
    effect = True
    def __init__(self, cls): self.cls = cls
    def c(self): return f'{self.cls.name}_new()'
    def run(self, f): return f.m.new(self.cls), 'new'


class Slot:
    """A strong field of a variable's object, or NULL."""
    effect = False
    def __init__(self, var, slot): self.var, self.slot = var, slot
    def c(self): return f'({self.var} ? {self.var}->{self.slot} : NULL)'
    def run(self, f):
        obj = f.vars[self.var]
        return (obj.strong[self.slot], 'slot') if obj else (None, 'local')


class Weak:
    effect = False
    def __init__(self, var): self.var = var
    def c(self): return f'({self.var} ? {self.var}->weak : NULL)'
    def run(self, f):
        obj = f.vars[self.var]
        return (f.m.keep(obj.weak), 'new') if obj else (None, 'local')


class Choose:
    def __init__(self, test, yes, no): self.test, self.yes, self.no = test, yes, no
    @property
    def effect(self): return self.test.effect or self.yes.effect or self.no.effect
    def c(self): return f'({self.test.c()} ? {self.yes.c()} : {self.no.c()})'
    def run(self, f): return self.yes.run(f) if self.test.run(f) else self.no.run(f)


class Comma:
    effect = True
    def __init__(self, first, second): self.first, self.second = first, second
    def c(self): return f'((void){self.first.c()}, {self.second.c()})'
    def run(self, f):
        f.borrow(self.first.run(f))
        return self.second.run(f)


class Assign:
    effect = True
    def __init__(self, var, value): self.var, self.value = var, value
    def c(self): return f'({self.var} = {self.value.c()})'
    def run(self, f):
        fresh = f.take(self.value.run(f))
        old, f.vars[self.var] = f.vars[self.var], fresh
        f.m.drop(old)
        return fresh, 'local'


class Call:
    effect = True
    def __init__(self, fn, args): self.fn, self.args = fn, args
    def c(self): return f'{self.fn.name}({", ".join(a.c() for a in self.args)})'
    def run(self, f): return self.fn.call(f, self.args)


class Out:
    """&variable for an RC_OUT or in-out parameter."""
    effect = True
    def __init__(self, var): self.var = var
    def c(self): return f'&{self.var}'


# ---- conditions: run gives a truth value ---------------------------------------------------------------------------------------
class IsSet:
    def __init__(self, expr): self.expr = expr
    @property
    def effect(self): return self.expr.effect
    def c(self): return self.expr.c() if isinstance(self.expr, (Var, Assign, Call)) else f'{self.expr.c()} != NULL'
    def run(self, f): return f.borrow(self.expr.run(f)) is not None


class Both:
    def __init__(self, op, left, right): self.op, self.left, self.right = op, left, right
    @property
    def effect(self): return self.left.effect or self.right.effect
    def c(self): return f'({self.left.c()} {self.op} {self.right.c()})'
    def run(self, f):
        left = self.left.run(f)
        return self.right.run(f) if left == (self.op == '&&') else left


class Chance:
    effect = False
    def __init__(self, value): self.value = value
    def c(self): return f'opaque({int(self.value)})'
    def run(self, f): return self.value


# ---- statements ------------------------------------------------------------------------------------------------------------------
def indent(lines):
    return ['    ' + line for line in lines]


class Log:
    def __init__(self, expr): self.expr = expr
    def c(self): return [f'show({self.expr.c()} ? 1 : 0);' if not isinstance(self.expr, Var) else
                         f'printf("%d\\n", {self.expr.c()} ? {self.expr.c()}->id : -1);']
    def run(self, f):
        def action():
            obj = f.borrow(self.expr.run(f))
            if isinstance(self.expr, Var):
                f.m.log(str(obj.id if obj else -1))
            else:
                f.m.log(f'#{int(obj is not None)}')
        f.full(action)


class Do:
    def __init__(self, expr): self.expr = expr
    def c(self): return [self.expr.c() + ';']
    def run(self, f): f.full(lambda: f.borrow(self.expr.run(f)))


class Declare:
    def __init__(self, cls, name, value): self.cls, self.name, self.value = cls, name, value
    def c(self): return [f'{self.cls.name} *{self.name}' + (f' = {self.value.c()};' if self.value else ';'), f'(void){self.name};']
    def run(self, f):
        at = f.at
        f.vars[self.name] = f.full(lambda: f.take(self.value.run(f))) if self.value else None
        f.scope.append((at, [self.name]))


class DeclarePair:
    """A struct with two strong fields by value; `a` and `b` are read back as variables of their own."""
    def __init__(self, cls, name, a, b): self.cls, self.name, self.a, self.b = cls, name, a, b
    def c(self): return [f'{self.cls.name}Pair {self.name} = {{ {self.a.c()}, {self.b.c()} }};', f'(void){self.name};']
    def run(self, f):
        at = f.at

        def action():
            a = f.take(self.a.run(f))
            return a, f.take(self.b.run(f))
        f.vars[f'{self.name}.a'], f.vars[f'{self.name}.b'] = f.full(action)
        f.scope.append((at, [f'{self.name}.a', f'{self.name}.b']))


class StoreSlot:
    def __init__(self, var, slot, value): self.var, self.slot, self.value = var, slot, value
    def c(self): return [f'if ({self.var}) {self.var}->{self.slot} = {self.value.c()};']
    def run(self, f):
        obj = f.vars[self.var]
        if not obj:
            return
        def action():
            fresh = f.take(self.value.run(f))
            old, obj.strong[self.slot] = obj.strong[self.slot], fresh
            f.m.drop(old)
        f.full(action)


class StorePair:
    """Assigns a whole struct field from a struct variable."""
    def __init__(self, var, field, pair): self.var, self.field, self.pair = var, field, pair
    def c(self): return [f'if ({self.var}) {self.var}->{self.field} = {self.pair};']
    def run(self, f):
        obj = f.vars[self.var]
        if not obj:
            return
        olds = []
        for part in 'ab':
            slot = f'{self.field}.{part}'
            fresh = f.m.keep(f.vars[f'{self.pair}.{part}'])
            olds.append(obj.strong[slot])
            obj.strong[slot] = fresh
        for old in olds:
            f.m.drop(old)


class StoreWeak:
    def __init__(self, var, value): self.var, self.value = var, value
    def c(self): return [f'if ({self.var}) {self.var}->weak = {self.value.c()};']
    def run(self, f):
        obj = f.vars[self.var]
        if obj:
            f.full(lambda: f.m.set_weak(obj, f.borrow(self.value.run(f))))


class StoreGlobal:
    def __init__(self, name, value): self.name, self.value = name, value
    def c(self): return [f'{self.name} = {self.value.c()};']
    def run(self, f):
        def action():
            fresh = f.take(self.value.run(f))
            old, f.m.globals[self.name] = f.m.globals[self.name], fresh
            f.m.drop(old)
        f.full(action)


class Block:
    def __init__(self, body): self.body = body
    def c(self): return ['{'] + indent([line for s in self.body for line in s.c()]) + ['}']
    def run(self, f):
        outer, f.scope = f.scope, []
        try:
            self.steps(f)
        finally:
            self.end(f, -1)
            f.scope = outer

    @staticmethod
    def end(f, index):
        """Ends, latest first, what the statements after `index` declared."""
        while f.scope and f.scope[-1][0] > index:
            _, names = f.scope.pop()
            for name in names:
                f.m.drop(f.vars.pop(name))

    def steps(self, f):
        at, body = 0, self.body
        while at < len(body):
            try:
                f.at = at
                body[at].run(f)
            except Leave as leave:
                labels = [i for i, s in enumerate(body) if isinstance(s, Label) and s.name == leave.how]
                if not labels:
                    raise
                at = labels[0]
                self.end(f, at)
            at += 1


class If:
    def __init__(self, test, yes, no): self.test, self.yes, self.no = test, yes, no
    def c(self):
        lines = [f'if ({self.test.c()})'] + (indent(self.yes.c()) if not isinstance(self.yes, Block) else self.yes.c())
        return lines + (['else'] + self.no.c() if self.no else [])
    def run(self, f):
        if f.full(lambda: self.test.run(f)):
            self.yes.run(f)
        elif self.no:
            self.no.run(f)


class Loop:
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
    def run(self, f):
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


class Switch:
    """Cases are blocks; a case falls through to the next unless it breaks."""
    def __init__(self, value, cases): self.value, self.cases = value, cases    # cases: (Block, breaks)
    def c(self):
        lines = [f'switch (opaque({self.value})) {{']
        for i, (block, breaks) in enumerate(self.cases):
            lines += [f'case {i}:'] + indent(block.c() + (['break;'] if breaks else ['/* fall through */']))
        return lines + ['default: break;', '}']
    def run(self, f):
        try:
            for block, breaks in self.cases[self.value:]:
                block.run(f)
                if breaks:
                    return
        except Leave as leave:
            if leave.how != 'break':
                raise


class Jump:
    def __init__(self, how): self.how = how      # break, continue, or a label
    def c(self): return [self.how + ';' if self.how in ('break', 'continue') else f'goto {self.how};']
    def run(self, f): raise Leave(self.how)


class Again:
    """Jumps back to a label a bounded number of times."""
    def __init__(self, counter, turns, label): self.counter, self.turns, self.label = counter, turns, label
    def c(self): return [f'if ({self.counter}++ < {self.turns}) goto {self.label};']
    def run(self, f):
        f.turns[self.counter] = f.turns.get(self.counter, 0) + 1
        if f.turns[self.counter] <= self.turns:
            raise Leave(self.label)


class Counter:
    def __init__(self, name): self.name = name
    def c(self): return [f'int {self.name} = 0;']
    def run(self, f): f.turns[self.name] = 0


class Label:
    def __init__(self, name): self.name = name
    def c(self): return [f'{self.name}:;']
    def run(self, f): pass


class Return:
    def __init__(self, value): self.value = value
    def c(self): return [f'return {self.value.c()};' if self.value else 'return;']
    def run(self, f):
        raise Leave('return', f.full(lambda: f.take(self.value.run(f))) if self.value else None)


# ---- functions ---------------------------------------------------------------------------------------------------------------------
class Fn:
    """params: (mode, class, name), mode borrowed, steals, out or inout; result: a class or None."""
    def __init__(self, name, params, result, body):
        self.name, self.params, self.result, self.body = name, params, result, body
        text = '\n'.join(body.c())
        self.kept = {n for mode, _, n in params     # assigned to, or its address taken: retained on entry
                     if mode == 'borrowed' and any(t in text for t in (f'({n} = ', f'&{n},', f'&{n})'))}

    def c(self):
        mark = {'borrowed': '', 'steals': 'RC_STEALS ', 'out': 'RC_OUT ', 'inout': ''}
        params = ', '.join(f'{mark[mode]}{cls.name} *{"*" if mode in ("out", "inout") else ""}{name}'
                           for mode, cls, name in self.params) or 'void'
        result = f'{self.result.name} *' if self.result else 'void '
        unused = [f'(void){name};' for _, _, name in self.params]
        lines = self.body.c()
        return '\n'.join([f'static {result}{self.name}({params})', '{'] + indent(unused) + lines[1:]) + '\n\n'

    def call(self, caller, args):
        m, inner, owned, backs = caller.m, Frame(caller.m), [], []
        for (mode, _, name), arg in zip(self.params, args):
            if mode in ('out', 'inout'):
                backs.append((name, arg.var))
                inner.vars[name] = caller.vars[arg.var] if mode == 'inout' else None
                if mode == 'out' and caller.vars[arg.var]:
                    caller.replaced.append(caller.vars[arg.var])
                continue
            value = arg.run(caller)
            if mode == 'steals':
                if getattr(arg, 'moved', False):
                    inner.vars[name], caller.vars[arg.name] = caller.vars[arg.name], None
                else:
                    inner.vars[name] = caller.take(value)
                owned.append(name)
            else:
                inner.vars[name] = caller.borrow(value)
                if name in self.kept:
                    m.keep(inner.vars[name])
                    owned.append(name)
        result = None
        try:
            self.body.run(inner)
        except Leave as leave:
            if leave.how != 'return':
                raise
            result = leave.value
        for name in reversed(owned):
            m.drop(inner.vars[name])
        for name, var in backs:
            caller.vars[var] = inner.vars[name]
        return result, 'new' if self.result else 'local'


class StoreOut:
    def __init__(self, name, value): self.name, self.value = name, value
    def c(self): return [f'*{self.name} = {self.value.c()};']
    def run(self, f):
        def action():
            fresh = f.take(self.value.run(f))
            old, f.vars[self.name] = f.vars[self.name], fresh
            f.m.drop(old)
        f.full(action)


# ---- making programs -------------------------------------------------------------------------------------------------------------------
class Maker:
    def __init__(self, seed, prefix):
        self.r, self.prefix, self.names = random.Random(seed), prefix, 0
        self.classes, self.globals, self.fns = [], {}, []
        self.make_classes()
        for i in range(self.r.randint(2, 5)):
            self.make_fn(i)
        self.main = self.make_main()

    def fresh(self, stem='v'):
        self.names += 1
        return f'{stem}{self.names}'

    def make_classes(self):
        r = self.r
        for i in range(r.randint(1, 3)):
            self.classes.append(Cls(f'{self.prefix}K{i}', None))
        for i, cls in enumerate(self.classes):
            name = f'{self.prefix}_g{i}'
            self.globals[name] = cls
            if r.random() < 0.3:
                cls.drops = r.choice(list(self.globals))
        for cls in self.classes:
            for i in range(r.randint(1, 3)):
                cls.fields.append(Field(r.choice(['strong', 'strong', 'array', 'pair']), f'f{i}', r.choice(self.classes)))

    # expressions -----------------------------------------------------------------------------------------------------------
    def plain(self, cls, scope):
        """Without effect."""
        r = self.r
        mine = [v for v, c, kind in scope if c is cls and kind == 'local']
        options = ([] if mine else [Null()]) + [Var(v) for v in mine] * 2
        options += [Slot(v, slot) for v, c, kind in scope if kind == 'local' for slot, target in c.slots() if target is cls]
        return r.choice(options)

    def expr(self, cls, scope, depth=0):
        r, roll = self.r, self.r.random()
        if depth > 3 or roll < 0.25:
            return self.plain(cls, scope)
        if roll < 0.40:
            return New(cls)
        if roll < 0.48:
            return r.choice([Global(n) for n, c in self.globals.items() if c is cls] or [Null()])
        if roll < 0.54:
            return r.choice([Weak(v) for v, c, kind in scope if c is cls and kind == 'local'] or [Null()])
        if roll < 0.64:
            return Choose(self.test(scope, depth + 1), self.typed(cls, scope, depth + 1), self.expr(cls, scope, depth + 1))
        if roll < 0.70:
            return Comma(self.typed(r.choice(self.classes), scope, depth + 1), self.typed(cls, scope, depth + 1))
        return self.call(cls, scope, depth) or New(cls)

    def typed(self, cls, scope, depth):
        """Anything but a bare NULL, which would make the whole expression a `void *`."""
        made = self.expr(cls, scope, depth)
        return New(cls) if isinstance(made, Null) else made

    def call(self, cls, scope, depth):
        r = self.r
        fns = [fn for fn in self.fns if fn.result is cls]
        if not fns:
            return None
        fn, outs = r.choice(fns), []
        for mode, want, _ in fn.params:
            if mode in ('out', 'inout'):
                mine = [v for v, c, kind in scope if c is want and v in self.assignable and v not in outs]
                if not mine:
                    return None
                outs.append(r.choice(mine))
        ins = [i for i, p in enumerate(fn.params) if p[0] not in ('out', 'inout')]
        lively = r.choice(ins) if ins and not outs else None    # the one argument that may have an effect
        chosen = self.expr(fn.params[lively][1], scope, depth + 1) if lively is not None else Null()
        args, left = [], list(outs)
        for i, (mode, want, _) in enumerate(fn.params):
            if mode in ('out', 'inout'):
                args.append(Out(left.pop(0)))
            elif i == lively:
                args.append(chosen)
            else:
                args.append(self.still(want, scope, outs, chosen))
        return Call(fn, args)

    def still(self, cls, scope, outs, beside):
        """A variable that nothing beside it can change, or NULL."""
        mine = [v for v, c, kind in scope if c is cls and v not in outs and not self.changes(beside, v)]
        return self.r.choice([Null()] + [Var(v) for v in mine] * 3)

    def test(self, scope, depth=0):
        r, roll = self.r, self.r.random()
        if roll < 0.35 or depth > 2:
            return Chance(r.random() < 0.6)
        if roll < 0.75:
            return IsSet(self.expr(r.choice(self.classes), scope, depth + 1))
        return Both(r.choice(['&&', '||']), self.test(scope, depth + 1), self.test(scope, depth + 1))

    # statements --------------------------------------------------------------------------------------------------------------
    def statement(self, scope, depth, loops, result):
        r, roll = self.r, self.r.random()
        mine = [(v, c) for v, c, kind in scope if kind == 'local']
        assignable = [(v, c) for v, c in mine if v in self.assignable]
        if roll < 0.22 or not mine:
            cls, name = r.choice(self.classes), self.fresh()
            value = self.expr(cls, scope) if r.random() < 0.85 else None
            scope.append((name, cls, 'local'))
            self.assignable.add(name)
            return [Declare(cls, name, value)]
        if roll < 0.32 and assignable:
            var, cls = r.choice(assignable)
            return [Do(Assign(var, self.without(var, lambda: self.expr(cls, scope))))]
        if roll < 0.42:
            var, cls = r.choice(mine)
            slot, target = r.choice(cls.slots())
            return [StoreSlot(var, slot, self.without(var, lambda: self.expr(target, scope)))]
        if roll < 0.46:
            var, cls = r.choice(mine)
            return [StoreWeak(var, self.plain(cls, scope))]
        if roll < 0.52:
            name = r.choice(list(self.globals))
            return [StoreGlobal(name, self.expr(self.globals[name], scope))]
        if roll < 0.62:
            return [Log(Var(r.choice(mine)[0]))]
        if roll < 0.66:
            made = self.expr(r.choice(self.classes), scope)
            return [Do(made) if isinstance(made, (Call, New)) else Log(made)]
        if roll < 0.70:
            return self.steal(scope)
        if roll < 0.74:
            return self.pair(scope)
        if depth > 2:
            return [Log(Var(r.choice(mine)[0]))]
        if roll < 0.82:
            yes = self.block(scope, depth + 1, loops, result)
            return [If(self.test(scope), yes, self.block(scope, depth + 1, loops, result) if r.random() < 0.4 else None)]
        if roll < 0.89:
            kind = r.choice(['while', 'for', 'do'])
            return [Loop(kind, self.fresh('n'), r.randint(1, 3), self.test(scope), self.block(scope, depth + 1, loops + ['loop'], result))]
        if roll < 0.92:
            cases = [(self.block(scope, depth + 1, loops + ['switch'], result), r.random() < 0.7) for _ in range(r.randint(1, 3))]
            return [Switch(r.randrange(len(cases) + 1), cases)]
        if roll < 0.96 and loops:
            how = 'break' if 'switch' == loops[-1] else r.choice(['break', 'continue'])
            return [If(self.test(scope), Jump(how), None)]
        if result is not False:
            return [If(self.test(scope), Return(self.expr(result, scope) if result else None), None)]
        return [self.block(scope, depth + 1, loops, result)]

    def without(self, var, make):
        for _ in range(20):
            expr = make()
            if not self.changes(expr, var):
                return expr
        return Null()

    @staticmethod
    def changes(expr, var):
        text = expr.c()
        return f'&{var})' in text or f'&{var},' in text or f'({var} = ' in text

    def steal(self, scope):
        """A variable's last use as a stolen argument moves it; when it is read afterwards it is copied."""
        r = self.r
        fns = [fn for fn in self.fns if any(p[0] == 'steals' for p in fn.params) and all(p[0] in ('steals', 'borrowed') for p in fn.params)]
        if not fns:
            return [Log(Null())]
        fn, moved = r.choice(fns), r.random() < 0.5
        which = next(i for i, p in enumerate(fn.params) if p[0] == 'steals')
        cls, name = fn.params[which][1], self.fresh()
        var = Var(name)
        var.moved = moved
        args = [var if i == which else Null() for i in range(len(fn.params))]
        body = [Declare(cls, name, self.expr(cls, scope)), Do(Call(fn, args))]
        body[0].c = lambda d=body[0]: [f'{d.cls.name} *{d.name} = {d.value.c()};']
        return [Block(body + ([] if moved else [Log(Var(name))]))]

    def pair(self, scope):
        r = self.r
        cls, name = r.choice(self.classes), self.fresh('p')
        first = self.expr(cls, scope)
        lines = [DeclarePair(cls, name, first, self.still(cls, scope, [], first))]
        fields = [(v, f.name) for v, c, kind in scope if kind == 'local' for f in c.fields if f.kind == 'pair' and f.cls is cls]
        if fields:
            lines.append(StorePair(*r.choice(fields), name))
        return lines

    def block(self, scope, depth, loops, result):
        r, inner, body = self.r, list(scope), []
        label = self.fresh('l') if r.random() < 0.15 else None
        again = (self.fresh('n'), self.fresh('l')) if r.random() < 0.1 else None
        for _ in range(r.randint(1, 4)):
            made = self.statement(inner, depth, loops, result)
            body += made
        if label:   # a jump over statements without declarations, in a block of its own
            jump = If(self.test(inner), Jump(label), None)
            body = body + [jump, Block([Log(self.plain(r.choice(self.classes), inner))]), Label(label)]
        if again:
            body = [Counter(again[0]), Label(again[1])] + body + [Again(again[0], r.randint(1, 2), again[1])]
        return Block(body)

    def make_fn(self, i):
        r = self.r
        params = [(r.choice(['borrowed', 'borrowed', 'borrowed', 'steals', 'out', 'inout']), r.choice(self.classes), f'a{k}')
                  for k in range(r.randint(0, 3))]
        result = r.choice(self.classes)
        scope = [(name, cls, 'local') for mode, cls, name in params if mode in ('borrowed', 'steals')]
        self.assignable = {name for mode, _, name in params if mode == 'borrowed' and r.random() < 0.3}
        body = self.block(scope, 1, [], result).body
        for mode, cls, name in params:
            if mode in ('out', 'inout'):
                body.insert(0, StoreOut(name, self.plain(cls, scope) if r.random() < 0.5 else New(cls)))
        fn = Fn(f'{self.prefix}_fn{i}', params, result, Block(body + [Return(self.plain(result, scope))]))
        self.fns.append(fn)

    def make_main(self):
        self.assignable = set()
        scope = []
        body = []
        for _ in range(self.r.randint(4, 9)):
            body += self.statement(scope, 0, [], False)
        return Fn(f'{self.prefix}_body', [], None, Block(body))


class Program:
    def __init__(self, seed, prefix='p'):
        self.seed, self.prefix = seed, prefix
        self.maker = Maker(seed, prefix)

    def c(self):
        mk = self.maker
        text = ''.join(cls.c_types() for cls in mk.classes)
        text += ''.join(cls.c(self.prefix) for cls in mk.classes)
        text += f'static int {self.prefix}_ids;\n'
        text += ''.join(f'static {cls.name} *{name};\n' for name, cls in mk.globals.items())
        text += ''.join(cls.c_functions(self.prefix) for cls in mk.classes)
        text += ''.join(f'static {fn.c()[7:]}' if fn.c().startswith('static ') else fn.c() for fn in mk.fns)
        text += mk.main.c()
        text += f'static void {self.prefix}_run(void)\n{{\n    {self.prefix}_body();\n'
        text += ''.join(f'    {name} = NULL;\n' for name in mk.globals)
        text += '    printf("collected %zd\\n", rc_gc_collect());\n    printf("live %zu\\n", rc_live_objects());\n}\n\n'
        return text

    def expected(self):
        m = Machine()
        m.globals = {name: None for name in self.maker.globals}
        frame = Frame(m)
        self.maker.main.call(frame, [])
        for name in m.globals:
            old, m.globals[name] = m.globals[name], None
            m.drop(old)
        m.log(f'collected {m.collect()}')
        m.log(f'live {len(m.live)}')
        return m.out


HEAD = '''/* Made by the generator of random programs. */
#include <recount.h>
#include <stdio.h>

static int opaque(int n) { return n; }
static void show(int set) { printf("#%d\\n", set); }

'''


def source(programs):
    text = HEAD + ''.join(p.c() for p in programs)
    calls = ''.join(f'    printf("== {p.seed}\\n");\n    {p.prefix}_run();\n    fflush(stdout);\n' for p in programs)
    return text + f'int main(void)\n{{\n    (void)opaque;\n    (void)show;\n    rc_gc_disable();\n{calls}    return 0;\n}}\n'


def expected(programs):
    return ''.join(f'== {p.seed}\n' + ''.join(line + '\n' for line in p.expected()) for p in programs)
