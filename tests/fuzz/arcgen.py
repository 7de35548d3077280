# SPDX-License-Identifier: MIT
"""Random annotated programs, each beside what it must print (arcmachine.py, arcexpr.py, arcstmt.py).

C leaves the order of operands open, so at most one operand of a call has an effect, and the others are variables that
it cannot change.
"""
import random

from arcexpr import (Again, Assign, Both, Braces, Call, Cast, Chance, Choose, Comma, Deref, Global, IsSet, New, Not, Null, Older,
                     Out, PairField, PairLiteral, PairVar, Part, Slot, Var, Weak, WeakVar, parts)
from arcmachine import Cls, Field, Frame, Machine, mark_tracked
from arcstmt import (Back, Block, Collect, Counter, Declare, DeclarePair, DeclareSize, DeclareTwo, DeclareWeak, Do, DropBuffer, Fn,
                     Getter, Guarded, If, Jump, Label, Log, Loop, MakeBuffer, Return, StoreGlobal, StoreOut, StorePart,
                     StoreSlot, StoreTwo, StoreWeak, StoreWeakVar, Sum, Swap, Switch, Tell, Walk)

GENERIC = '_Generic({}, int: {}, default: {})'
AGAIN = ['rc_take({0}, rc_give({1}))', 'rc_ref({0}, (void *){1})']


class Maker:
    def __init__(self, seed, prefix):
        self.r, self.prefix, self.names = random.Random(seed), prefix, 0
        self.classes, self.globals, self.fns, self.getters, self.pair_fns = [], {}, [], [], []
        self.assignable, self.targets, self.statics, self.all_statics, self.ordered = set(), [], [], [], []
        self.make_classes()
        for i in range(self.r.randint(0, 2)):
            self.make_getter(i)
        for i in range(self.r.randint(2, 5)):
            self.make_fn(i)
            if self.r.random() < 0.25:
                self.make_pair_fn(i)
        self.main = self.make_main()

    def fresh(self, stem='v'):
        self.names += 1
        return f'{stem}{self.names}'

    def some(self, p):
        return self.r.random() < p

    def make_classes(self):
        r = self.r
        for i in range(r.randint(1, 3)):
            base = self.classes[0] if i and self.some(0.4) else None
            self.classes.append(Cls(f'{self.prefix}K{i}', base))
            if base:
                base.inherited = True
        for i, cls in enumerate(self.classes):
            cls.ends, cls.has_weak = self.some(0.8), self.some(0.8)
            name = f'{self.prefix}_g{i}'
            self.globals[name] = cls
            if self.some(0.3):
                cls.drops = r.choice(list(self.globals))
            elif self.some(0.1):
                cls.saves = name
        for i, cls in enumerate(self.classes):
            fields = 0 if self.some(0.05) else r.randint(1, 3)
            for k in range(fields):
                kind = r.choice(['strong', 'strong', 'strong', 'array', 'pair', 'buffer'])
                cls.fields.append(Field(kind, f'{"fghk"[i]}{k}', r.choice(self.classes)))
            if not cls.base and not cls.inherited and self.some(0.15):
                cls.fields.append(Field('items', f'{"fghk"[i]}9', r.choice(self.classes)))
        for cls in self.classes:
            cls.has_weak = cls.root().has_weak
        mark_tracked(self.classes)

    # expressions -----------------------------------------------------------------------------------------------------------
    def mine(self, scope, cls=None, kind='local'):
        return [v for v, c, k in scope if k == kind and cls in (None, c)]

    def plain(self, cls, scope):
        """Without effect."""
        r, mine = self.r, self.mine(scope, cls)
        options = ([] if mine else [Null()]) + [Var(v, r.choice(['{}', '{}', '{}', '{}', '({})', GENERIC])) for v in mine for _ in 'ab']
        options += [Slot(v, key, path) for v, c, kind in scope if kind == 'local' for key, path, target in c.plain_slots() if target is cls]
        options += [Part(v, i, f'.{"ab"[i]}') for v in self.mine(scope, cls, 'pair') for i in (0, 1)]
        options += [Part(v, i, f'[{i}]') for v in self.mine(scope, cls, 'array') for i in (0, 1)]
        options += [Global(v) for v in self.mine(scope, cls, 'static')]
        options += [Deref(v) for v in self.mine(scope, cls, 'ref')]
        options += [Cast(cls, Var(v)) for v, c, kind in scope if kind == 'local' and c.base is cls]
        return r.choice(options)

    def expr(self, cls, scope, depth=0):
        r, roll = self.r, self.r.random()
        if depth > 3 or roll < 0.22:
            return self.plain(cls, scope)
        if roll < 0.36:
            return New(cls)
        if roll < 0.43:
            return r.choice([Global(n) for n, c in self.globals.items() if c is cls] or [Null()])
        if roll < 0.50:
            weak = [Weak(v) for v in self.mine(scope, cls) if cls.has_weak and not cls.base]
            weak += [WeakVar(v) for v in self.mine(scope, cls, 'weak')]
            return r.choice(weak or [Null()])
        if roll < 0.58:
            return Choose(self.test(scope, depth + 1), self.typed(cls, scope, depth + 1), self.expr(cls, scope, depth + 1))
        if roll < 0.64:
            return Comma(self.unblocked(r.choice(self.classes), scope, depth + 1), self.typed(cls, scope, depth + 1))
        if roll < 0.70:
            return self.odd(cls, scope, depth)
        return self.call(cls, scope, depth) or New(cls)

    def odd(self, cls, scope, depth):
        r, mine, derived = self.r, self.mine(scope, cls), [c for c in self.classes if c.base is cls]
        roll = r.random()
        if roll < 0.3 and derived:
            return Cast(cls, self.typed(r.choice(derived), scope, depth + 1))
        if roll < 0.5 and mine:
            return Again(r.choice(mine), cls, r.choice(AGAIN))
        if roll < 0.8 and depth < 2:
            inner, body = list(scope), []
            for _ in range(r.randint(0, 2)):
                name, of = self.fresh(), r.choice(self.classes)
                body.append(Declare(of, name, self.expr(of, inner, 3)))
                inner.append((name, of, 'local'))
            return Braces(Block(body), self.typed(cls, inner, 3))
        return self.typed(cls, scope, depth + 1)

    def typed(self, cls, scope, depth):
        """Anything but a bare NULL, which would make the whole expression a `void *`."""
        made = self.expr(cls, scope, depth)
        return New(cls) if isinstance(made, Null) else made

    def unblocked(self, cls, scope, depth):
        """What is thrown away: of a statement expression's value it is not said when that ends."""
        made = self.typed(cls, scope, depth)
        return New(cls) if any(isinstance(p, Braces) for p in parts(made)) else made

    def out(self, cls, scope, taken):
        """Something to fill in: a variable, or one of the file's."""
        r = self.r
        mine = [v for v in self.mine(scope, cls) if v in self.assignable and v not in taken]
        files = [n for n, c in self.globals.items() if c is cls and n not in taken]
        if mine and (not files or self.some(0.8)):
            name = r.choice(mine)
            return name, Out(name, lambda f: (f.vars[name], 0), name)
        if files:
            name = r.choice(files)
            return name, Out(name, lambda f: (f.m.globals[name], 0))
        return None

    def call(self, cls, scope, depth):
        r = self.r
        fns = [fn for fn in self.fns + self.getters if fn.result is cls]
        return self.call_of(r.choice(fns), scope, depth) if fns else None

    def call_of(self, fn, scope, depth, given=None):
        """given: the one address that the caller has made already."""
        r, outs, taken = self.r, [], []
        for mode, want, _ in fn.params:
            if mode in ('out', 'inout'):
                made = given if given and not outs else self.out(want, scope, taken)
                if not made:
                    return None
                outs.append(made[1])
                taken.append(made[0])
        ins = [i for i, p in enumerate(fn.params) if p[0] in ('borrowed', 'steals')]
        lively = r.choice(ins) if ins and not outs else None    # the one argument that may have an effect
        chosen = self.expr(fn.params[lively][1], scope, depth + 1) if lively is not None else Null()
        args = []
        for i, (mode, want, _) in enumerate(fn.params):
            if mode in ('out', 'inout'):
                args.append(outs.pop(0))
            elif mode == 'pair':
                pairs = self.mine(scope, want, 'pair')
                args.append(PairVar(r.choice(pairs)) if pairs else PairLiteral(want, self.still(want, scope, taken, chosen), Null()))
            else:
                args.append(chosen if i == lively else self.still(want, scope, taken, chosen))
        return Call(fn, args, self.some(0.15))

    def still(self, cls, scope, outs, beside):
        """A variable that nothing beside it can change, or NULL."""
        mine = [v for v in self.mine(scope, cls) if v not in outs and not self.changes(beside, v)]
        return self.r.choice([Null()] + [Var(v) for v in mine] * 3)

    @staticmethod
    def changes(expr, var):
        return any((isinstance(p, Assign) and p.var == var) or (isinstance(p, Out) and p.reads == var) for p in parts(expr))

    def without(self, var, make):
        for _ in range(20):
            expr = make()
            if not self.changes(expr, var):
                return expr
        return Null()

    def test(self, scope, depth=0):
        r, roll = self.r, self.r.random()
        if roll < 0.3 or depth > 2:
            return Chance(self.some(0.6))
        cls = r.choice(self.classes)
        if roll < 0.60:
            return IsSet(self.expr(cls, scope, depth + 1))
        if roll < 0.72:
            return Older(cls, self.expr(cls, scope, depth + 1), r.randint(1, 12))
        if roll < 0.78:
            return Not(self.test(scope, depth + 1))
        return Both(r.choice(['&&', '||']), self.test(scope, depth + 1), self.test(scope, depth + 1))

    # statements --------------------------------------------------------------------------------------------------------------
    def statement(self, scope, depth, loops, result):
        r = self.r
        kinds = [(20, self.declare), (10, self.assign), (12, self.store), (4, self.weak), (6, self.store_global), (9, self.log),
                 (5, self.throw_away), (4, self.steal), (6, self.two), (3, self.buffer), (3, self.field_out), (2, self.swap),
                 (2, self.store_out), (3, self.sum), (1, lambda scope: [Collect()])]
        if depth <= 2:
            kinds += [(8, lambda s: self.choice(s, depth, loops, result)), (7, lambda s: self.loop(s, depth, loops, result)),
                      (3, lambda s: self.switch(s, depth, loops, result)), (5, lambda s: self.leave(s, loops, result)),
                      (3, lambda s: self.walk(s, depth, loops, result)), (3, lambda s: self.leap(s, depth, loops, result))]
        if not self.mine(scope):
            return self.declare(scope)
        made = r.choices([k for _, k in kinds], [n for n, _ in kinds])[0](scope)
        return made or self.log(scope)

    def log(self, scope):
        name, cls, _ = self.r.choice([s for s in scope if s[2] == 'local'])
        return [Log(Var(name), cls)]

    def declare(self, scope):
        r, cls, name, roll = self.r, self.r.choice(self.classes), self.fresh(), self.r.random()
        if roll < 0.1 and cls.has_weak:
            value = self.plain(cls, scope)
            scope.append((name, cls, 'weak'))
            return [DeclareWeak(cls, name, value)]
        if roll < 0.13:
            return [DeclareSize(self.fresh('n'))]
        if roll < 0.16:
            name = self.fresh(f'{self.prefix}_s')
            self.statics.append((cls, name))
            scope.append((name, cls, 'static'))
            return [StoreGlobal(name, self.expr(cls, scope))]
        value = self.expr(cls, scope) if self.some(0.85) else None
        form, like = '{0} *{1}', self.mine(scope, cls)
        if like and value and self.some(0.1):
            form = f'__typeof__({r.choice(like)}) {{1}}'
        elif isinstance(value, (New, Call)) and self.some(0.1):
            form = '__auto_type {1}'
        scope.append((name, cls, 'local'))
        self.assignable.add(name)
        return [Declare(cls, name, value, form)]

    def assign(self, scope):
        mine = [(v, c) for v, c, kind in scope if kind == 'local' and v in self.assignable]
        if not mine:
            return None
        var, cls = self.r.choice(mine)
        return [Do(Assign(var, self.without(var, lambda: self.expr(cls, scope))))]

    def store(self, scope):
        var, cls = self.r.choice([(v, c) for v, c, kind in scope if kind == 'local'])
        if not cls.plain_slots():
            return None
        key, path, target = self.r.choice(cls.plain_slots())
        return [StoreSlot(var, key, path, self.without(var, lambda: self.expr(target, scope)))]

    def weak(self, scope):
        fields = [(v, c) for v, c, kind in scope if kind == 'local' and c.has_weak and not c.base]
        weaks = [(v, c) for v, c, kind in scope if kind == 'weak']
        if weaks and self.some(0.4):
            var, cls = self.r.choice(weaks)
            return [StoreWeakVar(var, self.expr(cls, scope))]
        if not fields:
            return None
        var, cls = self.r.choice(fields)
        return [StoreWeak(var, self.plain(cls, scope))]

    def store_global(self, scope):
        statics = {v: c for v, c, kind in scope if kind == 'static'}
        name = self.r.choice(list(self.globals) + list(statics))
        return [StoreGlobal(name, self.expr(self.globals.get(name) or statics[name], scope))]

    def throw_away(self, scope):
        made = self.expr(self.r.choice(self.classes), scope)
        return [Do(made) if isinstance(made, (Call, New)) else Log(made)]

    def steal(self, scope):
        """A variable of its own, given away: moved, unless it is read afterwards."""
        r = self.r
        fns = [fn for fn in self.fns if any(p[0] == 'steals' for p in fn.params) and all(p[0] in ('steals', 'borrowed') for p in fn.params)]
        if not fns:
            return None
        fn = r.choice(fns)
        which = r.choice([i for i, p in enumerate(fn.params) if p[0] == 'steals'])
        cls, name = fn.params[which][1], self.fresh()
        args = [Var(name) if i == which or (p[1] is cls and self.some(0.2)) else Null() for i, p in enumerate(fn.params)]
        gone = Call(fn, args)
        last = r.choice([Do(gone), Do(gone), If(IsSet(gone), Block([Log(Null())]), None),
                         If(Both('&&', IsSet(Var(name)), IsSet(gone)), Block([Log(Null())]), None)])
        return [Block([Declare(cls, name, self.expr(cls, scope)), last] + ([] if self.some(0.6) else [Log(Var(name), cls)]))]

    def two(self, scope):
        r, cls, name = self.r, self.r.choice(self.classes), self.fresh('p')
        pairs, makers = self.mine(scope, cls, 'pair'), [fn for fn in self.pair_fns if fn.result is cls]
        parts_ = [Part(v, i, f'.{"ab"[i]}') for v in pairs for i in (0, 1)]
        parts_ += [Part(v, i, f'[{i}]') for v in self.mine(scope, cls, 'array') for i in (0, 1)]
        fields = [(v, f, c) for v, c, kind in scope if kind == 'local' for f in c.all_fields() if f.kind == 'pair' and f.cls is cls]
        roll = r.random()
        if roll < 0.25 and parts_:
            return [StorePart(r.choice(parts_), self.expr(cls, scope))]
        value = PairVar(r.choice(pairs)) if pairs and self.some(0.6) else self.pair_call(r.choice(makers), scope) if makers else None
        if roll < 0.45 and value and pairs:
            return [StoreTwo(r.choice(pairs), value)] if not isinstance(value, PairVar) or len(pairs) > 1 else None
        if roll < 0.65 and fields and value:
            var, field, owner = r.choice(fields)
            if self.changes(value, var):
                return None
            return [StoreTwo(f'{var}->{owner.field_path(field)}', value, var, field.name)]
        if value and self.some(0.4):
            scope.append((name, cls, 'pair'))
            return [DeclarePair(cls, name, value)]
        first, array = self.expr(cls, scope), self.some(0.3)
        second = self.still(cls, scope, [], first)
        scope.append((name, cls, 'array' if array else 'pair'))
        return [DeclareTwo(cls, name, first, second, array)]

    def pair_call(self, fn, scope):
        return self.call_of(fn, scope, 2)

    def buffer(self, scope):
        buffers = [(v, f, c) for v, c, kind in scope if kind == 'local' for f in c.all_fields() if f.kind == 'buffer']
        if not buffers:
            return None
        var, field, cls = self.r.choice(buffers)
        path, i = cls.field_path(field), self.r.randrange(3)
        if self.some(0.2):
            return [DropBuffer(var, field.name, path, field.cls)]
        return [MakeBuffer(var, field.name, path, field.cls),
                StoreSlot(var, f'{field.name}[{i}]', f'{path}[opaque({i})]', self.without(var, lambda: self.expr(field.cls, scope)),
                          (field.name, path))]

    def field_out(self, scope):
        """A field's address as the argument."""
        fns = [fn for fn in self.fns if sum(p[0] in ('out', 'inout') for p in fn.params) == 1]
        if not fns:
            return None
        fn = self.r.choice(fns)
        cls = next(p[1] for p in fn.params if p[0] in ('out', 'inout'))
        slots = [(v, s) for v, c, kind in scope if kind == 'local' for s in c.plain_slots() if s[2] is cls]
        if not slots:
            return None
        var, (key, path, _) = self.r.choice(slots)
        out = Out(f'{var}->{path}', lambda f: (f.vars[var][0].strong, key), var)
        return [Guarded(var, self.call_of(fn, scope, 3, (path, out)))]

    def swap(self, scope):
        mine = [(v, c) for v, c, kind in scope if kind == 'local' and v in self.assignable]
        same = [(a, b, c) for a, c in mine for b, d in mine if c is d and a != b]
        if not same:
            return None
        a, b, cls = self.r.choice(same)
        return [Swap(self.prefix, cls, a, b)]

    def store_out(self, scope):
        refs = [(v, c) for v, c, kind in scope if kind == 'ref']
        if not refs:
            return None
        name, cls = self.r.choice(refs)
        return [StoreOut(name, self.expr(cls, scope))]

    def sum(self, scope):
        cls = self.r.choice(self.classes)
        return [Sum(f'{self.prefix}_sum', cls, self.expr(cls, scope)), Tell(f'{self.prefix}_sum')]

    # control -----------------------------------------------------------------------------------------------------------------
    def choice(self, scope, depth, loops, result):
        yes = self.block(scope, depth + 1, loops, result)
        return [If(self.test(scope), yes, self.block(scope, depth + 1, loops, result) if self.some(0.4) else None)]

    def loop(self, scope, depth, loops, result):
        kind, test = self.r.choice(['while', 'for', 'do']), self.test(scope)
        return [Loop(kind, self.fresh('n'), self.r.randint(1, 3), test, self.block(scope, depth + 1, loops + ['loop'], result))]

    def walk(self, scope, depth, loops, result):
        ways = [(v, c, s) for v, c, kind in scope if kind == 'local' for s in c.plain_slots() if s[2] is c]
        if not ways:
            return None
        var, cls, (key, path, _) = self.r.choice(ways)
        name = self.fresh()
        start = Var(var) if self.some(0.5) else self.expr(cls, scope, 3)
        body = self.block(scope + [(name, cls, 'local')], depth + 1, loops + ['loop'], result)
        return [Walk(cls, name, self.fresh('n'), start, key, path, self.r.randint(1, 4), body)]

    def switch(self, scope, depth, loops, result):
        cases = [(self.block(scope, depth + 1, loops + ['switch'], result), self.some(0.7)) for _ in range(self.r.randint(1, 3))]
        return [Switch(self.r.randrange(len(cases) + 1), cases)]

    def leave(self, scope, loops, result):
        roll, test = self.r.random(), self.test(scope)
        if roll < 0.4 and loops:
            how = 'break' if 'switch' == loops[-1] else self.r.choice(['break', 'continue'])
            return [If(test, Jump(how), None)]
        if roll < 0.6 and self.targets:
            return [If(test, Jump(self.r.choice(self.targets)), None)]
        if result is not False:
            return [If(test, Return(self.expr(result, scope) if result else None), None)]
        return None

    def leap(self, scope, depth, loops, result):
        """A block, however deep its inside, that can be left by a jump behind it."""
        label = self.fresh('l')
        self.targets.append(label)
        inner = self.block(scope, depth + 1, loops, result)
        self.targets.remove(label)
        return [Block([If(self.test(scope), Jump(label), None), inner, Label(label)])]

    def block(self, scope, depth, loops, result):
        r, inner, body = self.r, list(scope), []
        label = self.fresh('l') if self.some(0.1) else None
        again = (self.fresh('n'), self.fresh('l')) if self.some(0.1) else None
        for _ in range(r.randint(1, 4)):
            body += self.statement(inner, depth, loops, result)
        if label:   # a jump over statements without declarations, in a block of its own
            over = Block([Log(self.plain(r.choice(self.classes), inner))])
            body += [If(self.test(inner), Jump(label), None), over, Label(label)]
        if again:
            body = [Counter(again[0]), Label(again[1])] + body + [Back(again[0], r.randint(1, 2), again[1])]
        return Block(body)

    # functions ---------------------------------------------------------------------------------------------------------------
    def make_getter(self, i):
        cls = self.r.choice(self.classes)
        if not cls.plain_slots():
            return
        slot = self.r.choice(cls.plain_slots())
        others = [n for n, c in self.globals.items() if c is slot[2]]
        other = self.r.choice(others) if others and self.some(0.5) else None
        self.getters.append(Getter(f'{self.prefix}_get{i}', cls, slot, slot[2], other))
        self.ordered.append(self.getters[-1])

    def body_of(self, params, result, last):
        scope = [(name, cls, {'out': 'ref', 'inout': 'ref', 'pair': 'pair'}.get(mode, 'local')) for mode, cls, name in params]
        self.assignable = {name for mode, _, name in params if mode in ('borrowed', 'steals') and self.some(0.3)}
        self.statics = []
        body = self.block(scope, 1, [], result).body
        for mode, cls, name in params:
            if mode in ('out', 'inout'):
                body.insert(0, StoreOut(name, self.plain(cls, scope) if self.some(0.5) else New(cls)))
        return Block(body + [last(scope)])

    def make_fn(self, i):
        r = self.r
        modes = ['borrowed', 'borrowed', 'borrowed', 'steals', 'out', 'inout', 'pair']
        params = [(r.choice(modes), r.choice(self.classes), f'a{k}') for k in range(r.randint(0, 3))]
        result = r.choice(self.classes)
        body = self.body_of(params, result, lambda scope: Return(self.plain(result, scope)))
        self.fns.append(Fn(f'{self.prefix}_fn{i}', params, result, body, statics=self.statics))
        self.take_statics()
        self.ordered.append(self.fns[-1])

    def make_pair_fn(self, i):
        r, cls = self.r, self.r.choice(self.classes)
        params = [(r.choice(['borrowed', 'steals', 'pair']), cls, f'a{k}') for k in range(r.randint(0, 2))]

        def last(scope):
            pairs = self.mine(scope, cls, 'pair')
            return Return(PairVar(r.choice(pairs)) if pairs else PairLiteral(cls, self.plain(cls, scope), New(cls)), True)
        body = self.body_of(params, False, last)
        self.pair_fns.append(Fn(f'{self.prefix}_pair{i}', params, cls, body, pair=True, statics=self.statics))
        self.take_statics()
        self.ordered.append(self.pair_fns[-1])

    def take_statics(self):
        self.all_statics += [name for _, name in self.statics]

    def make_main(self):
        self.assignable, self.statics, scope, body = set(), [], [], []
        for _ in range(self.r.randint(4, 9)):
            body += self.statement(scope, 0, [], False)
        main = Fn(f'{self.prefix}_body', [], None, Block(body), statics=self.statics)
        self.take_statics()
        return main


class Program:
    def __init__(self, seed, prefix='p'):
        self.seed, self.prefix = seed, prefix
        self.maker = Maker(seed, prefix)
        self.analyse()

    def analyse(self):
        fns = self.maker.ordered + [self.maker.main]
        for fn in fns:
            fn.pointed = False
            fn.analyse()
        for fn in fns:
            for call in (node for node in parts(fn.body) if isinstance(node, Call) and node.through):
                call.fn.pointed = True

    def c(self):
        mk, p = self.maker, self.prefix
        text = ''.join(cls.c_types() for cls in mk.classes)
        text += ''.join(cls.c() for cls in mk.classes)
        text += (f'#define {p}_SWAP(T, x, y) do {{ T *swap_ = (x); (x) = (y); (y) = swap_; }} while (0)\n'
                 f'static int {p}_ids;\nstatic long {p}_sum;\n')
        text += ''.join(f'static {cls.name} *{name};\n' for name, cls in mk.globals.items())
        text += ''.join(cls.c_functions(p) for cls in mk.classes)
        text += ''.join(fn.c() for fn in mk.ordered)
        text += mk.main.c()
        text += f'static void {p}_run(void)\n{{\n    size_t before = rc_live_objects();\n    (void){p}_sum;\n    {p}_body();\n'
        text += ''.join(f'    {name} = NULL;\n' for name in mk.globals)
        text += '    printf("collected %zd\\n", rc_gc_collect());\n    printf("live %zu\\n", rc_live_objects() - before);\n}\n\n'
        return text

    def expected(self):
        m, mk = Machine(), self.maker
        m.globals = {name: [None] for name in list(mk.globals) + mk.all_statics}
        m.sums = {f'{self.prefix}_sum': 0}
        mk.main.call(Frame(m, set()), Call(mk.main, []))
        for name in mk.globals:
            m.store((m.globals[name], 0), None)
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
    collect = 'if (argc > 1) rc_gc_set_threshold(2, 2, 2);\n    else rc_gc_disable();'
    return text + f'int main(int argc, char **argv)\n{{\n    (void)argv, (void)opaque, (void)show;\n    {collect}\n{calls}    return 0;\n}}\n'


def expected(programs):
    return ''.join(f'== {p.seed}\n' + ''.join(line + '\n' for line in p.expected()) for p in programs)
