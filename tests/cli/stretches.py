"""stretches.py - a long trace: every reference inside the window of full detail, stretches outside it, the same numbers

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import Folder, run_bytes, succeeds

REFERENCES = 20000
RAM = ('--set', 'ram=80K')


def write_trace(folder):
    chance = random.Random(7)
    pages = (chance.randrange(60 if chance.random() < .2 else 12) for _ in range(REFERENCES))
    path = folder / 'long.lackey'
    path.write_text(''.join(f' {"LLS"[page % 3]} {0x10000000 + page * 4096:08x},8\n' for page in pages))
    return path


def numbers(*arguments):
    facts = json.loads(succeeds('run', *arguments, '--json'))
    return {key: value for key, value in facts.items() if isinstance(value, int)}


def steps(text):
    return int(re.match(r'Step \d+ of (\d+)', text)[1])


@tap.test
def the_numbers_do_not_depend_on_the_window():
    with Folder() as folder:
        trace, recording = write_trace(folder), folder / 'run.heaprec'
        unheard = numbers(trace, *RAM)
        assert unheard['major_faults'] > 1000
        for window in ('detail-length=0', 'detail-length=3000', 'detail-start=9000'):
            assert numbers(trace, *RAM, '--set', window, '--record', recording) == unheard
            assert 'forwards and backwards' in succeeds('verify', recording)
            assert 'forwards and backwards' in succeeds('verify', trace, *RAM, '--set', window)


@tap.test
def a_stretch_explains_itself():
    with Folder() as folder:
        trace = write_trace(folder)
        whole = succeeds('describe', trace, *RAM)
        summarised = succeeds('describe', trace, *RAM, '--set', 'detail-length=0')
        assert steps(summarised) < steps(whole) / 8
        assert whole.split('\n\n')[-1] == summarised.split('\n\n')[-1]  # pages and faults
        text = succeeds('describe', trace, *RAM, '--set', 'detail-length=0', '--at', 100)
        assert re.search(r'^\d+ references together: \d+ faults, \d+ of them major, \d+ pages written back$', text, re.M)


@tap.test
def detail_elsewhere():
    """The same place of the run, told in a stretch and told reference by reference"""
    with Folder() as folder:
        trace = write_trace(folder)
        for window, told in (('detail-length=0', False), ('detail-start=15000', True)):
            text = succeeds('describe', trace, *RAM, '--set', window, '--events', '--at', 'end')
            last = steps(text) - 4  # before the last explanation and the end
            text = succeeds('describe', trace, *RAM, '--set', window, '--at', last)
            assert ('references together' not in text) == told, text


@tap.test
def a_stream_is_the_file():
    with Folder() as folder:
        trace, recording = write_trace(folder), folder / 'run.heaprec'
        arguments = ('run', trace, *RAM, '--set', 'detail-length=500')
        succeeds(*arguments, '--record', recording)
        assert run_bytes(*arguments, '--record', '-', '--stream').stdout == recording.read_bytes()


tap.main()
