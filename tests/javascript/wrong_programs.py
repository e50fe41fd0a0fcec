"""wrong_programs.py - what Heaparium says of programs that end with an error is what Node says

The table wrong-programs.txt has them with Node 20's exit code, output and error output (update-wrong-programs writes
it). Each runs as Node would, and with a full collection before each allocation.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import concurrent.futures
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from suite import CLI, ENVIRONMENT, has_javascript, outcome
from suite import wrong_programs

WAYS = {'node-20': ['--set', 'preset=node-20'], 'eager': ['--policy', 'eager']}
MOST = 20


def run(program, options):
    return outcome([CLI, 'run', *options], program, ENVIRONMENT)


def check(rows, results):
    wrong = []
    for (program, wanted), done in zip(rows, results):
        if done.result() != wanted:
            wrong.append(f'of {program}\nexpected {wanted}\nfound    {done.result()}')
    assert not wrong, f'{len(wrong)} of {len(rows)}\n' + '\n'.join(wrong[:MOST])


def main():
    rows = wrong_programs()
    if not has_javascript():
        rows = []
        tap.case('there is no JavaScript yet', lambda: tap.skip('no plugin javascript'))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for way, options in WAYS.items():
            results = [pool.submit(run, program, options) for program, _ in rows]
            tap.case(way, lambda results=results: check(rows, results))
        tap.main()


main()
