"""hostile_programs.py - JavaScript programs that ask for too much end clearly, soon, and within the host's memory

What they print, or the last words of the error, is Node's where Node has a limit there.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from suite import CLI, ENVIRONMENT, has_javascript

SECONDS = 60
MOST_TO_CANCEL = 20     # seconds, on a machine that does other things besides
UNTOUCHED = {**ENVIRONMENT, 'MALLOC_PERTURB_': '0'}   # or else memory that nobody uses is written to
LENGTH = 'RangeError: Invalid string length'
ARRAY = 'RangeError: Invalid array length'
STACK = 'Maximum call stack size exceeded'
BUFFER = 'RangeError: Array buffer allocation failed'

# name: (source, words of the error or, after “=”, the output, megabytes)
PROGRAMS = {
    'long line': ('x=1;' * 1_250_000 + 'console.log(x)', '=1', 700),
    'long literal': (f'console.log("{"a" * 5_000_000}".length)', '=5000000', 100),
    'many cases': ('switch(5){' + ''.join(f'case {i}:break;' for i in range(50_000)) + '}', '=', 100),
    'many elements': ('x=[' + '1,' * 300_000 + '1]; console.log(x.length)', '=300001', 200),
    'many functions': ('\n'.join(f'function f{i}(){{}}' for i in range(70_000)), 'too many variables', 200),
    'many parameters': ('function f(' + ','.join(f'a{i}' for i in range(70_000)) + '){}', 'Too many parameters', 100),
    'many arguments': ('f(' + '1,' * 70_000 + '1)', 'too many variables and values (only 60000 allowed)', 100),
    'new Array': ('new Array(2 ** 32)', ARRAY, 50),
    'repeat': ("'x'.repeat(2 ** 30)", LENGTH, 50),
    'padStart': ("console.log('x'.padStart(2 ** 28).length); 'x'.padStart(2 ** 29)", LENGTH, 50),
    'join': ("new Array(2 ** 28).join('ab')", LENGTH, 50),
    'doubling': ("let s = 'x'; for (;;) s += s", LENGTH, 50),
    'replaceAll': ("'x'.repeat(1e5).replaceAll('x', 'y'.repeat(1e5))", LENGTH, 2000),
    'map of holes': ('let a = []; a.length = 4294967295; a.map(x => x)', ARRAY, 50),
    'bigint': ('2n ** (2n ** 30n)', 'RangeError: Maximum BigInt size exceeded', 50),
    'bigint shift': ('1n << (1n << 40n)', 'RangeError: Maximum BigInt size exceeded', 50),
    'regular expression': (r"/(a+)+$/.test('a'.repeat(40) + 'b')", 'Regular expression too complex', 50),
    'deep pattern': ("new RegExp('('.repeat(10000) + ')'.repeat(10000))", 'SyntaxError', 50),
    'buffer': ('new ArrayBuffer(1e12)', BUFFER, 50),
    'buffers': ('const a = []; for (;;) a.push(new ArrayBuffer(1e8))', BUFFER, 50),
    'Buffers': ('const a = []; for (;;) a.push(Buffer.alloc(1e6))', BUFFER, 100),
    'concat': ('Buffer.concat([Buffer.alloc(1)], 2 ** 40)', BUFFER, 50),
    'JSON': ('let l = null; for (let i = 0; i < 1e5; i++) l = { l }; JSON.stringify(l)', STACK, 100),
    'parse': ("JSON.parse('['.repeat(1e6) + ']'.repeat(1e6))", STACK, 100),
    'clone': ('let l = null; for (let i = 0; i < 1e5; i++) l = { l }; structuredClone(l)', STACK, 100),
    'flat': ('let l = []; for (let i = 0; i < 1e5; i++) l = [l]; l.flat(Infinity)', STACK, 100),
    'text': ("const o = { toString() { return '' + o } }; '' + o", STACK, 50),
    'getter': ('const o = { get a() { return this.a } }; o.a', STACK, 50),
    'comparator': ('function f() { [1, 2].sort(f) } f()', STACK, 50),
    'finally': ('let n = 0; function f() { n++; f() } try { f() } finally { console.log(n > 10000) }', STACK, 50),
}

# How deep `n` calls go in the 984 KB of V8's stack (v20.20.2, interpreted or not: the same).
DEPTHS = {
    'nothing': ('function f() { d++; f() } f()', 13958),
    '5 arguments': ('function f(a, b, c, e, g) { d++; f(a, b, c, e, g) } f(1, 2, 3, 4, 5)', 6611),
    '10 arguments': ('function f(a, b, c, e, g, h, i, j, k, l) { d++; f(a, b, c, e, g, h, i, j, k, l) } f()', 4331),
    '1 local': ('function f() { let a = 1; d++; f(); return a } f()', 12562),
    '5 locals': ('function f() { let a = 1, b = 2, c = 3, e = 4, g = 5; d++; f(); return a + b + c + e + g } f()', 8973),
    '8 and 4': ('function f(a, b, c, e, g, h, i, j) { let k = a, l = b, m = c, n = e; d++; f(k, l, m, n, g, h, i, j) } '
                'f(1, 2, 3, 4, 5, 6, 7, 8)', 4331),
    'two functions': ('function f() { d++; g() } function g() { d++; f() } f()', 13958),
    'constructor': ('class A { constructor() { d++; new A() } } new A()', 4330),
    'constructor of 5 arguments': ('class A { constructor(a, b, c, d2, e) { d++; new A(a, b, c, d2, e) } } new A(1, 2, 3, 4, 5)', 2854),
    'arrow': ('const f = () => { d++; f() }; f()', 13958),
    'factorial': ('function f(n) { d++; return n <= 1 ? 1 : n * f(n - 1) } f(1e9)', 10468),
    'spread': ('function f(...a) { d++; f(...a) } f(1, 2)', 8375),
    'generator': ('function* g() { d++; yield* g() } [...g()]', 5024),
}
TOLERANCE = 0.05

# These never end by themselves.
ENDLESS = {
    'while': 'while (true) {}',
    'for': 'for (;;);',
    'promises': 'function f() { Promise.resolve().then(f) } f()',
    'await': '(async () => { for (;;) await 0 })()',
    'ticks': 'function f() { process.nextTick(f) } f()',
    'interval': 'setInterval(() => {}, 1)',
    'generator': 'function* g() { for (;;) yield 1 } for (const x of g());',
    'spread': 'function* g() { for (;;) yield 1 } [...g()]',
    'finally': 'for (;;) { try { break } finally { continue } }',
    'catch': 'function f() { try { f() } catch { f() } } f()',
    'sort': 'const a = [3, 1]; a.length = 4294967295; a.sort()',
    'fill': 'new Array(1e9).fill(0)',
    'from': 'Array.from({ length: 2 ** 32 - 1 })',
    'push': 'const a = []; for (;;) a.push(1.5)',
    'join': 'let o = [1]; for (let i = 0; i < 40; i++) o = [o, o]; String(o)',
    'JSON': 'let o = {}; for (let i = 0; i < 40; i++) o = { a: o, b: o }; JSON.stringify(o)',
    'log': "for (;;) console.log('x'.repeat(1000))",
}


def start(source, folder, options):
    file = pathlib.Path(folder, 'program.js')
    file.write_text(source, encoding='utf-8')
    return subprocess.Popen([CLI, 'run', '--memory-limit=3G', *options, str(file)], env=UNTOUCHED,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(child):
    """Output, words of the error, exit code, megabytes of memory at most"""
    watch = threading.Timer(SECONDS, child.kill)
    watch.start()
    words = []
    reader = threading.Thread(target=lambda: words.append(child.stderr.read()))
    reader.start()
    kept = child.stdout.read(1000)
    while child.stdout.read(1 << 20):
        pass
    reader.join()
    _, status, usage = os.wait4(child.pid, 0)
    watch.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    child.stderr.close()
    return kept.decode(), words[0].decode(errors='replace'), child.returncode, usage.ru_maxrss // 1024


def check(source, words, megabytes):
    with tempfile.TemporaryDirectory() as folder:
        output, error, status, most = finish(start(source, folder, []))
    if words.startswith('='):
        assert status == 0 and output.strip() == words[1:], f'{status} {output[-200:]} {error[-400:]}'
    else:
        assert status == 1 and words in error, f'{status} {error[-400:]}'
    assert most <= megabytes, f'{most} MB of memory'


def check_cancel(source, options):
    with tempfile.TemporaryDirectory() as folder:
        child = start(source, folder, options)
        cancel = threading.Timer(0.5, child.send_signal, [signal.SIGINT])
        cancel.start()
        begun = time.monotonic()
        _, error, status, most = finish(child)
        took = time.monotonic() - begun
    ended = 'the run ended early: ' + ('event-limit' if options else 'cancelled')
    assert status == 1 and ended in error, f'{status} {error[-400:]}'
    assert took < MOST_TO_CANCEL and most < 1000, f'{took:.1f} s, {most} MB'


def check_depth(source, depth):
    with tempfile.TemporaryDirectory() as folder:
        program = f'let d = 0; try {{ {source} }} catch (error) {{ console.log(d, error.name) }}'
        output, error, _, _ = finish(start(program, folder, []))
    found, _, name = output.strip().partition(' ')
    assert name == 'RangeError', output + error
    assert abs(int(found) / depth - 1) < TOLERANCE, f'{found} frames, V8 has {depth}'


def add(name, function, *arguments):
    def run():
        if not has_javascript():
            tap.skip('no plugin javascript')
        function(*arguments)
    tap.case(name, run)


for name, row in PROGRAMS.items():
    add(name, check, *row)
for name, row in DEPTHS.items():
    add(f'depth of {name}', check_depth, *row)
for name, source in ENDLESS.items():
    add(f'{name}, cancelled', check_cancel, source, [])
    add(f'{name}, recorded', check_cancel, source, ['--record=/dev/null', '--event-limit=100000'])
tap.main()
