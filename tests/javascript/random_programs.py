"""random_programs.py - random JavaScript programs print the same whatever the collector does, and what Node 20 prints

    random_programs.py [FIRST [N]]      other seeds

NODE tells which Node; without any (or with another version) only the ways of collecting are compared.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from random_program import program
from suite import CLI, ENVIRONMENT, SMALL, has_javascript, normal

WAYS = (['--set', 'preset=node-20'], ['--verify', *SMALL], ['--policy', 'eager'], ['--policy', 'reference-counting'])
SECONDS = 20


def node():
    """The command of Node 20; None where there is none."""
    program = shutil.which(os.environ.get('NODE', 'node'))
    version = program and subprocess.run([program, '--version'], capture_output=True, text=True, check=False).stdout
    return program if version and version.startswith('v20.') else None


def run(command, file):
    """What it printed, and how it ended; what is too slow ends as all others do that are too slow."""
    try:
        done = subprocess.run([*command, file], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None, 'too slow', b''
    return normal(done.stdout), done.returncode, done.stderr


def check(seed, results):
    first, *others = [result.result() for result in results]
    assert first[1] in (0, 1), f'seed {seed}: {first[1]}, {first[2][-400:]}'
    for way, (output, ending, error) in zip(WAYS + ('node',), [first, *others]):
        assert b'Sanitizer' not in error, f'seed {seed}, {way}: {error[-2000:]}'
        if way == 'node' and ending == 'too slow':
            continue
        assert (output, ending) == first[:2], f'seed {seed}, {way}: {output}, {ending}, {error[-400:]}\nfirst: {first}'


def main():
    first, n = (int(word) for word in (sys.argv[1:] + ['1', '100'][len(sys.argv) - 1:])[:2])
    if not has_javascript():
        tap.case('there is no JavaScript yet', lambda: tap.skip('no plugin javascript'))
        n = 0
    commands = [[CLI, 'run', *way] for way in WAYS]
    if node():
        commands.append([node()])
    else:
        tap.case('Node prints the same', lambda: tap.skip('no Node 20 here'))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for seed in range(first, first + n):
            file = pathlib.Path(folder) / f'{seed}.js'
            file.write_text(program(seed), encoding='utf-8')
            results = [pool.submit(run, command, file) for command in commands]
            tap.case(f'seed {seed}', lambda seed=seed, results=results: check(seed, results))
        tap.main()


main()
