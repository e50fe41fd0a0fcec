"""cut_short.py - a JavaScript program can be ended at any of its operations, and nothing breaks

Each program of the suite is ended after a few numbers of events, as a limit of events, a cancellation or an exhausted
heap ends it: in the middle of whatever the library is doing.

    cut_short.py [SEED [N]]     other places, N for each program

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from suite import CLI, ENVIRONMENT, PROGRAMS, arguments, expected, has_javascript, programs

SECONDS = 30
EVENTS_AN_OPERATION = 3     # about; some places are beyond a program's end


def run(program, *options):
    command = [CLI, 'run', *options, program.name]
    if arguments(program):
        command += ['--', *arguments(program)]
    return subprocess.run(command, cwd=PROGRAMS, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=SECONDS, check=False)


def count_operations(program):
    done = run(program, '--json')
    found = re.search(rb'"operations": *(\d+)', done.stdout + done.stderr)
    return int(found[1]) if found else 1000


def check(program, place, record):
    options = [f'--event-limit={place}', *(['--record=/dev/null'] if record else [])]
    where = f'{program.name} {" ".join(options)}'
    try:
        done = run(program, *options)
    except subprocess.TimeoutExpired:
        return f'{where}: it goes on'
    words = done.stderr.decode(errors='replace')
    if b'event-limit' in done.stderr and done.returncode != 1:
        return f'{where}: exit code {done.returncode}'
    if done.returncode not in (0, 1, expected(program)[2]) or 'CRITICAL' in words:
        return f'{where}: {done.returncode}, {words[-400:]}'
    return None


def check_all(pool, chance, n):
    chosen = programs()
    places = [(program, chance.randint(1, EVENTS_AN_OPERATION * count), place % 2 == 1)
              for program, count in zip(chosen, pool.map(count_operations, chosen)) for place in range(n)]
    broken = [trouble for trouble in pool.map(check, *zip(*places)) if trouble]
    assert not broken, '\n'.join(broken)


@tap.test
def programs_end_anywhere():
    seed, n = (int(argument) for argument in (sys.argv[1:] + ['1', '3'][len(sys.argv) - 1:]))
    if not has_javascript():
        tap.skip('no plugin javascript')
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        check_all(pool, random.Random(seed), n)


tap.main()
