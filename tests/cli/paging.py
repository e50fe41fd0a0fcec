"""paging.py - the bundled scenarios about virtual memory show what they say

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import succeeds


def counts(scenario, **settings):
    arguments = [f"--set={name.replace('_', '-')}={value}" for name, value in settings.items()]
    return json.loads(succeeds('run', scenario, '--json', *arguments))


def sentence(scenario, at='end', **settings):
    """What is said at a step, and the numbers in it"""
    arguments = [f"--set={name.replace('_', '-')}={value}" for name, value in settings.items()]
    text = succeeds('describe', scenario, '--at', at, *arguments).split('\n\n')[1].splitlines()[-1]
    return text, [float(number) for number in re.findall(r'\d+(?:\.\d+)?', text)]


@tap.test
def belady():
    text, numbers = sentence('belady')
    assert numbers == [9, 3, 10, 4] and 'more RAM made it worse' in text, text
    assert sentence('belady', replacement='lru')[1] == [10, 3, 8, 4]
    facts = counts('belady')
    assert facts['minor_faults'] + facts['major_faults'] == 19
    assert facts['ending'] == 'completed'


@tap.test
def locality():
    """24 rows of a page each, and the page that the array's first words push the last row into"""
    text, numbers = sentence('locality')
    reads, by_rows, _, by_columns, _ = numbers
    assert (reads, by_rows, by_columns) == (384, 25, 384), text
    assert sentence('locality', ram='8K')[1][1::2] == [0, 0]


@tap.test
def thrashing():
    calm, trouble = counts('thrashing', ram='8K'), counts('thrashing')
    assert calm['major_faults'] == 0 and calm['minor_faults'] == 23, calm
    assert trouble['major_faults'] >= 3 * (18 + 20 + 22) - 23, trouble
    assert trouble['time_ns'] > 20 * calm['time_ns']
    # From and to an SSD: 100 µs a page.
    assert calm['waiting_ns'] == 0
    assert trouble['waiting_ns'] == 100000 * (trouble['major_faults'] + trouble['dirty_evictions']), trouble
    measures = json.loads(succeeds('run', 'thrashing', '--statistics', '--json'))
    assert measures['waiting'] == measures['waiting_ns'] / measures['time_ns']
    # All whole windows of 10 ms.
    assert measures['longest_thrashing_ns'] == measures['time_ns'] // 10000000 * 10000000 == 30000000, measures


@tap.test
def whole_file_or_chunks():
    text, numbers = sentence('whole-file-or-chunks')
    faults, from_swap, peak, ms, chunk_faults, chunk_from_swap, chunk_peak, chunk_ms = numbers
    assert faults >= 2 * 32 and from_swap >= 32 and peak == 32 * 256 + 16, text
    assert chunk_faults < faults / 2 and chunk_peak <= 2048 and chunk_ms < ms / 2, text


@tap.test
def active_and_swapped():
    assert counts('active-and-swapped', ram='64K')['evictions'] == 0
    facts = counts('active-and-swapped')
    assert facts['swapped_pages'] >= facts['resident_pages'] == 16, facts
    text, numbers = sentence('active-and-swapped')
    assert numbers[0] >= 1, text


@tap.test
def collector_wakes_swap():
    """A scavenge brings nothing back from swap, a full collection all of the 8 KB that live: at least 28 pages of 256"""
    events = succeeds('describe', 'collector-wakes-swap', '--at', 'The collector wakes it')
    assert 'Old space' in events
    asleep, awake = counts('collector-wakes-swap', ram='64K'), counts('collector-wakes-swap')
    assert asleep['major_faults'] == 0 and awake['major_faults'] >= 28, awake
    assert awake['longest_pause_ns'] > 28 * 100000, awake


tap.main()
