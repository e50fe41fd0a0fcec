"""javascript.py - how long JavaScript programs take on the simulated machine, and how long Duktape takes for them

    ./dev bench javascript

The two run in turns, so that a busy computer is no fault of one of them; of several turns the least processor time
counts. Prints `NAME value unit` lines: seconds of both, and their ratio (below 1: Heaparium is faster); and how many
operations of the program a recording in full detail takes a second, of which a part suffices.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys

TURNS = 3
RECORDED_EVENTS = 20_000_000
PROGRAMS = pathlib.Path(__file__).resolve().parent / 'javascript'


def measure(*command, may_fail=False):
    """Processor seconds and the output"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode and not may_fail:
        sys.exit(f'{" ".join(map(str, command))}: {done.stderr}')
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def compare(program, cli, duk):
    ours, theirs = [], []
    for _ in range(TURNS):
        seconds, output = measure(cli, 'run', program)
        ours.append(seconds)
        if duk is None:
            continue
        seconds, expected = measure(duk, program)
        theirs.append(seconds)
        if output != expected:
            sys.exit(f'{program}: printed {output!r}, duk {expected!r}')
    print(f'javascript-{program.stem} {min(ours):.3f} s')
    if theirs:
        print(f'javascript-{program.stem}-duktape {min(theirs):.3f} s')
        print(f'javascript-{program.stem}-ratio {min(ours) / max(min(theirs), 1e-3):.2f} x', flush=True)


def record(program, cli):
    """The recording goes nowhere, so that no disk is measured; its last events are left out."""
    seconds, output = measure(cli, 'run', '--json', '--stats', '--record', os.devnull, '--event-limit',
                              RECORDED_EVENTS, program, may_fail=True)
    operations = json.loads(output.splitlines()[-1])['operations']
    print(f'javascript-{program.stem}-recorded {operations / seconds / 1e6:.1f} M/s', flush=True)


def main():
    duk = shutil.which('duk')
    if duk is None:
        print('javascript.py: no duk (Debian package duktape), so nothing is compared', file=sys.stderr)
    for program in sorted(PROGRAMS.glob('*.js')):
        if sys.argv[1:] in ([], [program.stem]):
            compare(program, os.environ['HEAPARIUM_CLI'], duk)
            record(program, os.environ['HEAPARIUM_CLI'])


main()
