# SPDX-License-Identifier: MIT
"""The machine of the reference interpreter: classes, objects and their counts, frames, the collector.

It follows the dialect's rules word for word: a store takes before it drops, the last reference's end is death there and
then, temporaries end with their full expression in reverse order of making, locals with their scope in reverse order
of declaration. A place is a pair of a container and a key: a variable is a list, an object's fields are a dictionary.
"""


class Cell:
    """A weak variable or field."""
    def __init__(self):
        self.target = None

    def set(self, target):
        if self.target:
            self.target.watched_by.discard(self)
        self.target = target
        if target:
            target.watched_by.add(self)


class Obj:
    def __init__(self, machine, cls):
        machine.next_id += 1
        self.cls, self.id, self.refs = cls, machine.next_id, 1
        self.strong = {key: None for key, _, _ in cls.slots()}      # in order of declaration
        self.buffers = set()                                        # the buffers that were made
        self.weak = Cell()
        self.watched_by = set()
        self.finalized = False


class Machine:
    def __init__(self):
        self.out, self.next_id, self.live, self.globals = [], 0, [], {}

    def new(self, cls):
        obj = Obj(self, cls)
        self.live.append(obj)
        return obj

    def log(self, text):
        self.out.append(text)

    @staticmethod
    def keep(obj):
        if obj:
            obj.refs += 1
        return obj

    def drop(self, obj):
        if obj:
            obj.refs -= 1
            if obj.refs == 0:
                self.die(obj)

    def store(self, place, fresh):
        container, key = place
        old, container[key] = container[key], fresh
        self.drop(old)

    @staticmethod
    def forget(obj):
        for cell in list(obj.watched_by):
            cell.set(None)

    def finalize(self, obj):
        if not obj.finalized:
            obj.finalized = True
            obj.cls.run_finalizers(self, obj)

    def die(self, obj):
        self.forget(obj)
        obj.refs = 1
        self.finalize(obj)
        obj.refs -= 1
        if obj.refs:
            return
        self.clear(obj)
        self.live.remove(obj)

    def clear(self, obj):
        for slot in obj.strong:
            self.store((obj.strong, slot), None)
        obj.weak.set(None)

    @staticmethod
    def closure(objs, own):
        """Which of the objects are held from outside them, and all that those reach; `own`: references we hold."""
        outside = {o: o.refs - own for o in objs}
        for o in objs:
            for child in o.strong.values():
                if child in outside:
                    outside[child] -= 1
        work = [o for o in objs if outside[o] > 0]
        reached = set(work)
        while work:
            for child in work.pop().strong.values():
                if child in outside and child not in reached:
                    reached.add(child)
                    work.append(child)
        return reached

    def collect(self):
        tracked = [o for o in self.live if o.cls.tracked]
        reached = self.closure(tracked, 0)
        trash = [o for o in tracked if o not in reached]
        for obj in trash:
            obj.refs += 1
            self.forget(obj)
        for obj in trash:
            self.finalize(obj)
        saved = self.closure(trash, 1)
        for obj in trash:
            if obj not in saved:
                self.clear(obj)
        for obj in trash:
            self.drop(obj)
        return len(trash) - len(saved)


# ---- classes ---------------------------------------------------------------------------------------------------------------
BUFFER, ITEMS = 3, 2     # elements of a counted buffer, of a flexible array


class Field:
    """kind: strong, array, pair, buffer or items (a flexible array)."""
    def __init__(self, kind, name, cls):
        self.kind, self.name, self.cls = kind, name, cls

    def slots(self):
        if self.kind == 'pair':
            return [f'{self.name}.a', f'{self.name}.b']
        n = {'array': 2, 'buffer': BUFFER, 'items': ITEMS}.get(self.kind)
        return [f'{self.name}[{i}]' for i in range(n)] if n else [self.name]

    def c(self):
        name, cls = self.name, self.cls.name
        return {'strong': f'{cls} *{name};', 'array': f'{cls} *{name}[2];', 'pair': f'{cls}Pair {name};',
                'buffer': f'size_t {name}_n; RC_COUNTED_BY({name}_n) {cls} **{name};',
                'items': f'size_t {name}_n; RC_COUNTED_BY({name}_n) {cls} *{name}[];'}[self.kind]


class Cls:
    """drops: a global that the finalizer clears; saves: one that it puts the object into, once; None: neither."""
    def __init__(self, name, base=None):
        self.name, self.base, self.fields = name, base, []
        self.drops = self.saves = None
        self.ends = self.has_weak = True
        self.inherited = self.tracked = False

    def path(self):
        return 'base.' + self.base.path() if self.base else ''

    def root(self):
        return self.base.root() if self.base else self

    def slots(self):
        """Each strong slot: its key, its text behind `->`, its class; the base's first."""
        mine = [(s, s, f.cls) for f in self.fields for s in f.slots()]
        return ([(k, 'base.' + path, c) for k, path, c in self.base.slots()] if self.base else []) + mine

    def plain_slots(self):
        """Those that can be named at any time: no elements of buffers."""
        buffers = tuple(f'{f.name}[' for f in self.all_fields() if f.kind == 'buffer')
        return [s for s in self.slots() if not (buffers and s[0].startswith(buffers))]

    def all_fields(self):
        return (self.base.all_fields() if self.base else []) + self.fields

    def field_path(self, field):
        return field.name if field in self.fields else 'base.' + self.base.field_path(field)

    def run_finalizers(self, m, obj):
        if self.ends:
            m.log(f'~{obj.id}' + ('' if not self.base else '+'))
            if self.drops:
                m.store((m.globals[self.drops], 0), None)
                m.log(f'={obj.id}')
            if self.saves and not m.globals[self.saves][0]:
                m.store((m.globals[self.saves], 0), m.keep(obj))
        if self.base:
            self.base.run_finalizers(m, obj)

    def c_types(self):
        return (f'typedef struct {self.name} {self.name};\n'
                f'typedef struct {self.name}Pair {{ {self.name} *a, *b; }} {self.name}Pair;\n')

    def c(self):
        weak = f'RC_WEAK {self.root().name} *weak; ' if self.has_weak and not self.base else ''
        ordered = sorted(self.fields, key=lambda f: f.kind == 'items')
        head = f'{self.base.name} base;' if self.base else f'RC_HEAD; int id; {weak}'
        mark = 'RC_CLASS RC_BASE' if self.inherited else 'RC_CLASS'
        return f'struct {mark} {self.name} {{ {head} {" ".join(f.c() for f in ordered)} }};\n'

    def c_functions(self, prefix):
        me, id_, text = self.name, f'self->{self.path()}id', ''
        if self.ends:
            drop = f' {self.drops} = NULL; printf("=%d\\n", {id_});' if self.drops else ''
            save = f' if (!{self.saves}) {self.saves} = self;' if self.saves else ''
            text += (f'RC_FINALIZER static void {me}_end({me} *self) '
                     f'{{ printf("~%d{"+" if self.base else ""}\\n", {id_});{drop}{save} }}\n')
        items = [f for f in self.fields if f.kind == 'items']
        make = f'rc_new_extra({me}, {ITEMS})' if items else f'rc_new({me})'
        count = f'    self->{items[0].name}_n = {ITEMS};\n' if items else ''
        return (text + f'static {me} *{me}_new(void)\n{{\n    {me} *self = {make};\n    {id_} = ++{prefix}_ids;\n'
                f'{count}    return self;\n}}\nstatic int {me}_id({me} *o) {{ return o ? o->{self.path()}id : -1; }}\n')


def mark_tracked(classes):
    """The collector has to know a class from which a cycle can be reached."""
    def targets(cls):
        found = {t for _, _, t in cls.slots()}
        return found | {c for c in classes for t in found if c.base is t}

    reach = {c: targets(c) for c in classes}
    for _ in classes:
        for c in classes:
            reach[c] = reach[c] | {far for near in reach[c] for far in reach[near]}
    for c in classes:
        c.tracked = any(t in reach[t] for t in reach[c] | {c})


# ---- frames ------------------------------------------------------------------------------------------------------------------
class Leave(Exception):
    def __init__(self, how, value=None):
        self.how, self.value = how, value


class Frame:
    """One call. vars: lists of references; refs: the places behind `T **` parameters; weaks: cells."""
    def __init__(self, machine, addressed):
        self.m, self.addressed = machine, addressed
        self.vars, self.refs, self.weaks, self.turns = {}, {}, {}, {}
        self.temps, self.replaced, self.scope, self.at = [], [], [], 0

    def full(self, action):
        """Runs a full expression. What an RC_OUT argument's variable held outlives the temporaries."""
        temps, replaced, self.temps, self.replaced = self.temps, self.replaced, [], []
        result = action()
        mine = self.replaced + self.temps
        self.temps, self.replaced = temps, replaced
        for obj in reversed(mine):
            self.m.drop(obj)
        return result

    def glance(self, value):
        """Compares a value, or throws it away."""
        obj, kind = value
        if kind == 'new' and obj:
            self.temps.append(obj)
        return obj

    def borrow(self, value):
        """Lends a value to a call: what only a slot holds is kept to the end."""
        obj, kind = value
        if kind == 'slot' and obj:
            self.temps.append(self.m.keep(obj))
        return self.glance(value)

    def take(self, value):
        obj, kind = value
        return obj if kind == 'new' else self.m.keep(obj)

    def declare(self, name, container):
        self.vars[name] = container
        self.hold(container)

    def hold(self, held, literal=None):
        self.scope.append((self.at, held, literal))

    def literal(self, node):
        """What the compound literal holds, which was evaluated in this life of its block before."""
        return next((held for _, held, literal in self.scope if literal is node), None)

    def scoped(self, action):
        """A statement that is a block of its own, whatever it is written with."""
        scope, at, self.scope, self.at = self.scope, self.at, [], 0
        try:
            action()
        finally:
            self.end(-1)
            self.scope, self.at = scope, at

    def end(self, index):
        """Ends, latest first, what the statements after `index` declared."""
        while self.scope and self.scope[-1][0] > index:
            _, held, _ = self.scope.pop()
            if isinstance(held, Cell):
                held.set(None)
            else:
                for obj in list(held):
                    self.m.drop(obj)
