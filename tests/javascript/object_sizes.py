"""object_sizes.py - objects of JavaScript have V8's sizes: what a thousand of each allocate (Node 20, x64)

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from suite import CLI, ENVIRONMENT, has_javascript

N = 1000

# expression: what evaluating it once more allocates
SIZES = {
    'null': 0, 'i': 0, 'i + 0.5': 16, 'BigInt(i) + 10n': 24 + 24, '{}': 56, '{ a: i }': 32, '{ a: i, b: i }': 40,
    '{ a: 1, b: 2, c: 3 }': 48, '{ x: i + 0.5 }': 32 + 16, 'Object.create(null)': 24 + 160, 'new Two()': 40,
    '[]': 32, '[1, 2, 3]': 32 + 40, '[{}, {}]': 32 + 32 + 2 * 56, '[1.5, 2.5]': 32 + 32, 'new Array(100)': 32 + 816,
    '() => 0': 56, 'function () {}': 64, '(() => { let z = i; return () => z })()': 56 + 40 + 56 + 40,
    'new Map()': 32 + 152, 'new Set()': 32 + 120, 'new WeakMap()': 32 + 104, 'new Date(0)': 96,
    'new FinalizationRegistry(() => {})': 80 + 56,
    'Promise.resolve(1)': 48, '/a/': 56, 'new ArrayBuffer(0)': 88, 'new Uint8Array(1000)': 88 + 96,
}


def count_bytes(expression, n):
    program = (f'class Two {{ constructor() {{ this.x = 1; this.y = 2 }} }} for (let i = 0; i < 50; i++) new Two();'
               f'const keep = new Array({n}).fill(null); for (let i = 0; i < {n}; i++) keep[i] = {expression}')
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, 'sizes.js')
        file.write_text(program, encoding='utf-8')
        done = subprocess.run([CLI, 'run', '--json', str(file)], env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                              capture_output=True, check=True)
    return json.loads(done.stdout)['allocated_bytes']


def check(expression, size):
    if not has_javascript():
        tap.skip('no plugin javascript')
    found = (count_bytes(expression, 2 * N) - count_bytes(expression, N)) / N - 8   # a word of the list
    assert found == size, f'{found} bytes, V8 has {size}'


for expression, size in SIZES.items():
    tap.case(expression, lambda expression=expression, size=size: check(expression, size))
tap.main()
