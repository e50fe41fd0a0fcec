#!/usr/bin/env python3
"""A stretch of references is told as one, and Show Every Step Here makes the run again and comes back to the place.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import pathlib
import random
import re
import tempfile

import tap
import ui

REFERENCES = 20000


def write_trace(folder):
    chance = random.Random(3)
    path = pathlib.Path(folder) / 'long.lackey'
    path.write_text(''.join(f' {chance.choice("LLS")} {0x10000000 + chance.randrange(60) * 4096:08x},8\n'
                            for _ in range(REFERENCES)))
    return path


def said(frame, pattern):
    """The match of PATTERN with a label, or None; what is not shown is not there"""
    for label in ui.find_all(frame, 'label'):
        label.clear_cache()
        if found := re.search(pattern, label.get_name() or ''):
            return found
    return None


def button(frame):
    return ui.find(frame, 'push button', 'Show Every Step Here')


@tap.test
def every_step_is_shown_where_one_stands():
    with tempfile.TemporaryDirectory() as folder:
        arguments = ('--scenario', 'memory-trace', '--set', f'file={write_trace(folder)}', '--set', 'ram=80K', '--set',
                     'detail-length=1000')
        with ui.started(*arguments) as (_, application):
            frame = ui.wait(lambda: ui.find(application, 'frame'), what='the frame')
            ui.wait(lambda: said(frame, r'Step 0 of [1-9]'), what='the first steps')
            assert not button(frame)
            jump = ui.wait(lambda: ui.find(frame, 'push button', 'Next page fault'), what='the jump to a page fault')
            assert not ui.find(frame, 'push button', 'Next collection')
            ui.act(jump, 'click')
            ui.key('f')
            ui.wait(lambda: said(frame, r'gets page frame 1 \(minor fault\)'), what='the second page fault')
            ui.key('shift+f')
            ui.wait(lambda: said(frame, r'gets page frame 0 \(minor fault\)'), what='the first page fault')
            ui.key('End')
            for _ in range(6):
                ui.key('Left')
            faults = ui.wait(lambda: said(frame, r'references together: (\d+) faults'), what='a stretch')
            assert int(faults[1]) > 100
            place = ui.wait(lambda: said(frame, r'References so far: (\d+)'), what='the place')[1]
            ui.wait(lambda: button(frame), what='the button')
            ui.key('d')
            ui.wait(lambda: said(frame, r'page frame \d+'), what='a single fault')
            assert not said(frame, 'references together')
            assert not button(frame)
            assert said(frame, r'References so far: (\d+)')[1] == place
            ui.close(frame)


tap.main()
