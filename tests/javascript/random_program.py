"""random_program.py - JavaScript programs from a grammar and a seed: valid, ending, and printing what they find

    python3 tests/javascript/random_program.py SEED

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import random
import sys

KEYS = ['a', 'b', 'c', 'name', 'value', 'next', "'with space'", '0', '7']
BINARY = ['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '<', '<=', '>', '>=', '==', '!=', '===',
          '!==', '&&', '||', '??', ',']
ASSIGN = ['=', '+=', '-=', '*=', '&&=', '||=', '??=', '|=']
LITERALS = ['0', '1', '-1', '7', '0.5', '1e21', '2147483647', '-2147483648', 'NaN', 'Infinity', "''", "'a'", "'xyz'",
            "'a string of more than thirteen'", "'é日😀'", 'true', 'false', 'null', 'undefined', '10n', '/a+/g',
            '[]', '({})']
METHODS = ['.length', '.slice(1)', '.concat([1, 2])', '.indexOf(1)', '.join("-")', '.map((x) => [x])', '.toString()',
           '.filter(Boolean)', '.reverse()', '.at(-1)', '.includes("a")', '.split("")', '.trim()', '.toUpperCase()',
           '.repeat(3)', '.keys()', '.sort()', '.push(1, 2)', '.pop()', '.charCodeAt(0)', '.replace("a", "b")',
           '.padStart(20, "ab")', '.flat()', '.fill(0)', '.substring(1, 3)']
STATICS = ['Object.keys', 'Object.entries', 'Object.assign', 'JSON.stringify', 'String', 'Number', 'Boolean',
           'Array.isArray', 'Array.from', 'Math.floor', 'Math.max', 'Object.freeze', 'Object.values', 'parseInt',
           'typeof', 'structuredClone', 'isNaN', 'new Set', 'new Map', 'Symbol.for']
SAFE = '''const same = (v) => {
  try { return v instanceof Error ? v.name : String(v).slice(0, 60); } catch (e) { return e.name; }
};
let fuel = 300;
const burn = () => { if (fuel-- <= 0) throw new RangeError('out of fuel'); };
const told = (given) => ({ n: 0, [Symbol.iterator]() { return this; }, next() { burn(); return { done: this.n > 3, value: ++this.n }; },
  return() { say('left'); return given; } });
const tag = (strings, ...values) => strings.raw.join('|') + values.map(same);
'''


class Grammar:
    """One program; deeper things become simpler."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.names = [['v0']]
        self.made = 0
        self.generator = self.asynchronous = False
        self.loops = 0

    def pick(self, *choices):
        return self.chance.choice(choices)

    def fresh(self):
        self.made += 1
        return f'v{self.made}'

    def name(self):
        return self.chance.choice([name for scope in self.names for name in scope])

    # --- expressions ---------------------------------------------------------------------------------------------

    def expression(self, depth):
        if depth <= 0 or self.chance.random() < 0.15:
            return self.pick(self.name(), self.name(), self.chance.choice(LITERALS), str(self.chance.randrange(100)))
        kinds = [self.binary, self.binary, self.unary, self.call, self.method, self.member, self.array, self.object,
                 self.arrow, self.conditional, self.template, self.assignment, self.static, self.update, self.tagged,
                 self.closure, self.chain, self.pattern]
        if self.generator:
            kinds.append(self.yielded)
        if self.asynchronous:
            kinds.append(self.awaited)
        return self.chance.choice(kinds)(depth - 1)

    def binary(self, depth):
        return f'(({self.expression(depth)}) {self.chance.choice(BINARY)} ({self.expression(depth)}))'

    def unary(self, depth):
        return f'({self.pick("-", "+", "!", "~", "typeof ", "void ")}({self.expression(depth)}))'

    def call(self, depth):
        return f'{self.name()}?.({self.expression(depth)}, ...[{self.expression(depth)}])'

    def method(self, depth):
        return f'({self.expression(depth)}){self.chance.choice(METHODS)}'

    def member(self, depth):
        return f'({self.expression(depth)}){self.pick("?.", "")}[{self.expression(depth)}]'

    def array(self, depth):
        parts = [self.pick(self.expression(depth), f'...[{self.expression(depth)}]')
                 for _ in range(self.chance.randrange(5))]
        return f'[{", ".join(parts)}]'

    def object(self, depth):
        parts = []
        for _ in range(self.chance.randrange(4)):
            key, value = self.chance.choice(KEYS), self.expression(depth)
            parts.append(self.pick(f'{key}: {value}', f'[{value}]: {self.expression(depth)}', f'...{self.name()}',
                                   f'get {key}() {{ return {self.name()}; }}', f'{key}() {{ return this; }}'))
        return f'({{ {", ".join(parts)} }})'

    def within(self, names, make):
        """What @make gives in a function of its own."""
        outside = self.generator, self.asynchronous, self.loops
        self.generator = self.asynchronous = False
        self.loops = 0
        self.names.append(names)
        made = make()
        self.names.pop()
        self.generator, self.asynchronous, self.loops = outside
        return made

    def arrow(self, depth):
        a, b = self.fresh(), self.fresh()
        body = self.within([a, b], lambda: self.expression(depth))
        return f'(({a}, {b} = {self.chance.choice(LITERALS)}) => (burn(), {body}))'

    def conditional(self, depth):
        return f'({self.expression(depth)} ? {self.expression(depth)} : {self.expression(depth)})'

    def template(self, depth):
        return f'`a ${{same({self.expression(depth)})}} b`'

    def assignment(self, depth):
        target = self.pick(self.name(), f'({self.name()} ?? {{}})[{self.expression(depth)}]')
        operator = '=' if target.startswith('(') else self.chance.choice(ASSIGN)
        return f'({target} {operator} {self.expression(depth)})'

    def update(self, depth):
        return self.pick(f'{self.name()}++', f'--{self.name()}')

    def static(self, depth):
        return f'{self.chance.choice(STATICS)}({self.expression(depth)})'

    def tagged(self, depth):
        return f'tag`a\\n${{{self.expression(depth)}}}b${{{self.expression(depth)}}}`'

    def closure(self, depth):
        """Closures over a variable of a loop, or over one that they share."""
        name, made = self.fresh(), self.fresh()
        what = self.within([name], lambda: self.expression(depth))
        return (f'((({made}) => {{ for ({self.pick("let", "var")} {name} = 0; {name} < 3; {name}++)'
                f' {made}.push(() => (burn(), {name} += 2, {what})); return {made}.map((f) => f()); }})([]))')

    def chain(self, depth):
        return (f'({self.expression(depth)})?.{self.pick("a", "b?.c", "next.next", "name")}'
                + self.pick('', f'?.[{self.expression(depth)}]', f'?.({self.expression(depth)})'))

    def pattern(self, depth):
        a, b = self.name(), self.name()
        left = self.pick(f'[{a} = {self.expression(depth)}, ...[{b}]]', f'[, [{a}] = [1], {b}]',
                         f'{{ length: {a}, [{self.expression(depth)}]: {b} = 2 }}')
        return f'({left} = {self.pick(f"told({{}})", self.expression(depth))})'

    def yielded(self, depth):
        return self.pick(f'(yield {self.expression(depth)})', f'(yield* [{self.expression(depth)}])',
                         f'(yield* told({self.pick("{}", "1")}))')

    def awaited(self, depth):
        return f'(await {self.expression(depth)})'

    # --- statements ----------------------------------------------------------------------------------------------

    def block(self, depth, names=()):
        self.names.append(list(names))
        lines = [self.statement(depth) for _ in range(self.chance.randrange(1, 4))]
        self.names.pop()
        return '{ burn(); ' + ' '.join(lines) + ' }'

    def statement(self, depth):
        if depth <= 0:
            return self.expression(2) + ';'
        kinds = [self.declare, self.declare, self.destructure, self.say, self.say, self.branch, self.loop, self.each,
                 self.trial, self.function, self.klass, self.switch, self.jump, self.labelled]
        return self.chance.choice(kinds)(depth - 1)

    def declare(self, depth):
        value, name = self.expression(3), self.fresh()
        self.names[-1].append(name)
        return f'let {name}; try {{ {name} = {value}; }} catch (e) {{ say(same(e)); }}'

    def destructure(self, depth):
        a, b, c = self.fresh(), self.fresh(), self.fresh()
        line = self.pick(f'[{a}, {b} = {self.expression(1)}, ...{c}] = [{self.expression(2)}, {self.expression(1)}]',
                         f'{{ a: {a}, b: {b} = {self.expression(1)}, ...{c} }} = {{ ...({self.expression(2)}) }}')
        self.names[-1] += [a, b, c]
        return f'let {a}, {b}, {c}; try {{ ({line}); }} catch (e) {{ say(same(e)); }}'

    def say(self, depth):
        return f'say({self.expression(3)});'

    def branch(self, depth):
        return f'if ({self.expression(2)}) {self.block(depth)} else {self.block(depth)}'

    def loop(self, depth):
        i = self.fresh()
        self.loops += 1
        body = self.block(depth, [i])
        self.loops -= 1
        return f'for (let {i} = 0, n{i} = 0; n{i} < {self.chance.randrange(1, 6)}; {i}++, n{i}++) {body}'

    def each(self, depth):
        name = self.fresh()
        over = self.pick('of told({})', f'of told({self.expression(1)})', f'of [{self.expression(2)}, 1, "b"]', f'in {{ ...({self.expression(2)}) }}', 'of "xy"',
                         f'of new Map([[1, {self.expression(1)}]])')
        self.loops += 1
        body = self.block(depth, [name])
        self.loops -= 1
        return f'for (const {name} {over}) {body}'

    def trial(self, depth):
        name = self.fresh()
        return (f'try {self.block(depth)} catch ({name}) {{ burn(); say(same({name})); }}'
                + self.pick('', f' finally {self.block(depth - 1)}'))

    def function(self, depth):
        name, a, b = self.fresh(), self.fresh(), self.fresh()
        star, wait = self.pick(('', ''), ('', ''), ('*', ''), ('', 'async '), ('*', 'async '))

        def body():
            self.generator, self.asynchronous = bool(star), bool(wait)
            return self.block(depth)[:-1] + f'return {self.expression(2)}; }}'
        text = self.within([a, b], body)
        self.names[-1].append(name)
        begun = f'const g = {name}({self.expression(1)}); say(g.next());'
        use = {'*': self.pick(f'say([...{name}({self.expression(1)})].length);', f'{begun} say(g.return(5));',
                              f'{begun} say(g.throw(new Error("in")));', f'{begun} say(g.next({self.expression(1)}));'),
               '': f'say({name}({self.expression(2)}));'}[star]
        if wait:
            use = f'{name}(1).{"next()." if star else ""}then((v) => say(same(v)), (e) => say(same(e)));'
        return f'{wait}function{star} {name}({a}, ...{b}) {text} try {{ {use} }} catch (e) {{ say(same(e)); }}'

    def klass(self, depth):
        name = self.fresh().upper()
        base = self.pick('', 'extends Array ', 'extends Map ', 'extends Error ', 'extends Promise.resolve ')
        text = self.within([], lambda: self.expression(2))
        made = (f'class {name} {base}{{ #p = 1; field = {text}; static s = [1]; get p() {{ return ++this.#p; }}'
                f' m(x) {{ burn(); return {self.within(["x"], lambda: self.expression(2))}; }} }}')
        made += self.pick('', f' class {name}S extends {name} {{ m(x) {{ super.f = x; return [super.m(x), super.p, this]; }}'
                              f' static #q = {self.expression(1)}; static q() {{ return [this.#q, #q in this, super.s]; }} }}'
                              f' say(new {name}S().m(1)); say({name}S.q());')
        variable = self.fresh()
        self.names[-1].append(variable)
        return (f'let {variable}; try {{ {made} {variable} = new {name}(); say({variable}.p);'
                f' say(same({variable}.m({self.expression(1)}))); }} catch (e) {{ say(same(e)); }}')

    def switch(self, depth):
        cases = ' '.join(f'case {self.expression(1)}: {self.block(depth - 1)} {self.pick("break;", "")}'
                         for _ in range(3))
        return f'switch ({self.expression(2)}) {{ {cases} default: {self.block(depth - 1)} }}'

    def jump(self, depth):
        return self.pick('break;', 'continue;', 'if (fuel % 2) continue;') if self.loops else self.say(depth)

    def labelled(self, depth):
        label = self.fresh().upper()
        return f'{label}: {{ if ({self.expression(1)}) break {label}; {self.statement(depth)} }}'

    def program(self):
        lines = [self.statement(3) for _ in range(12)]
        return (SAFE + 'const say = (v) => { burn(); console.log(v); };\nlet v0 = [1, "two", { three: 3 }];\n'
                + ''.join(f'try {{ {line} }} catch (e) {{ console.log(same(e)); }}\n'
                          if not line.startswith(('let', 'const', 'class', 'function', 'async')) else line + '\n'
                          for line in lines))


def program(seed):
    return Grammar(seed).program()


if __name__ == '__main__':
    print(program(int(sys.argv[1])), end='')
