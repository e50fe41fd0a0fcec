#!/usr/bin/env python3
"""A run asked for on the window's command line, as check-policy prints it, is open and plays.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import os
import re
import subprocess

import tap
import ui


def opened(*arguments):
    """How many steps the run has that the window opens with"""
    with ui.started(*arguments) as (_, application):
        frame = ui.wait(lambda: ui.find(application, 'frame'), what='the frame')

        def length():
            position = ui.find(frame, 'label', 'Step 0 of')
            position.clear_cache()
            numbers = [int(number.replace(',', '')) for number in re.findall(r'\d[\d,]*', position.get_name())]
            return numbers[1] if len(numbers) > 1 else 0

        steps = ui.wait(length, what='the first steps')
        ui.close(frame)
        return steps


@tap.test
def a_run_is_opened():
    steps = opened('--scenario', 'random-program', '--policy', 'promote-at-n', '--set', 'policy.survivals=1', '--set',
                   'scenario.program=list 0 5; collect-young')
    assert 50 < steps < 500, steps


def refused(*arguments):
    done = subprocess.run([os.environ['HEAPARIUM_WINDOW'], *arguments], capture_output=True, text=True, timeout=20)
    assert done.returncode == 2, done
    return done.stderr.strip()


@tap.test
def what_makes_no_sense_is_refused():
    assert refused('--policy', 'default') == '--policy and --set need --scenario'
    assert refused('--scenario', 'first-steps', '--set', 'x') == '--set x: expected KEY=VALUE'


tap.main()
