"""programs.py - the JavaScript programs of the suite print what Node prints, whatever the collector does

Each program runs by the real command line in several ways: as Node would, under other policies, with a full collection
before each allocation, and with the heap checked around each collection. Output, error output and exit code are always
the same.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import concurrent.futures
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from suite import CLI, ENVIRONMENT, PROGRAMS, SMALL, arguments, expected, has_javascript, normal, programs

WAYS = {
    'node-20': ['--set', 'preset=node-20'],
    'verified': ['--verify', *SMALL],
    'eager': ['--policy', 'eager'],
    'semi-space': ['--policy', 'semi-space'],
    'mark-compact': ['--policy', 'mark-compact'],
    'reference-counting': ['--policy', 'reference-counting'],
    'never': ['--policy', 'never'],
}

# Programs that tell what was collected: under these policies other things are.
SEES_COLLECTIONS = {'weak-finalization', 'gc-weak-visible', 'memory-usage'}
OTHER_COLLECTIONS = {'semi-space', 'reference-counting', 'never'}

# What a collection before each allocation makes too slow or too large a test.
SLOW = {'eager': {'memory-usage', 'stack-overflow', 'uncaught-stack-overflow', 'strings-building', 'big-array',
                  'typed-arrays', 'chunks'}}


def ways(program):
    for way, options in WAYS.items():
        if program.stem in SEES_COLLECTIONS and way in OTHER_COLLECTIONS:
            continue
        if program.stem not in SLOW.get(way, ()):
            yield way, options


def run(program, options):
    command = [CLI, 'run', program.name, *options]
    if arguments(program):
        command += ['--', *arguments(program)]
    try:
        done = subprocess.run(command, cwd=PROGRAMS, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=60, check=False)
    except subprocess.TimeoutExpired as slow:
        return slow.stdout or b'', b'too slow', -1
    return done.stdout, normal(done.stderr), done.returncode


def difference(found, wanted):
    """The first line that differs, in few words"""
    for name, mine, theirs in zip(('output', 'error output'), found, wanted):
        if mine == theirs:
            continue
        a, b = mine.decode(errors='replace').splitlines(), theirs.decode(errors='replace').splitlines()
        for number in range(max(len(a), len(b)) + 1):
            x, y = (lines[number] if number < len(lines) else '(the end)' for lines in (a, b))
            if x != y or number == max(len(a), len(b)):
                return f'{name}, line {number + 1}: {x!r:.300}, expected {y!r:.300}; {found[1].decode()[:200]!r}'
    return f'exit code {found[2]}, expected {wanted[2]}' if found[2] != wanted[2] else None


def check(results, wanted):
    wrong = [f'{way}: {found}' for way, found in ((way, difference(done.result(), wanted)) for way, done in results)
             if found]
    assert not wrong, '\n' + '\n'.join(wrong)


def main():
    chosen = programs(sys.argv[1:])
    if not has_javascript():
        chosen = []
        tap.case('there is no JavaScript yet', lambda: tap.skip('no plugin javascript'))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for program in chosen:
            results = [(way, pool.submit(run, program, options)) for way, options in ways(program)]
            tap.case(program.stem, lambda results=results, wanted=expected(program): check(results, wanted))
        tap.main()


main()
