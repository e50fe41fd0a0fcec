#!/usr/bin/env python3
"""Plugins that crash, hang or eat memory, and a worker that is killed: a message in the window, and the window lives on.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import tap
import ui

BUILD = pathlib.Path(os.environ['HEAPARIUM_BUILD'])
MANIFEST = """[Plugin]
Id=misbehave
Kind=scenario
Name=Misbehave
Description=Does what scenarios must not do.
ABI=4
Order=1

[Setting how]
Type=choice
Choices=well|crash|loop|busy|eat|fail
Default={}
"""


@contextlib.contextmanager
def misbehaving(how, lives=True):
    """The window with the card of a scenario that does wrong, opened by the keyboard"""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(BUILD / 'tests' / 'plugin' / 'misbehave.so', folder)
        (pathlib.Path(folder) / 'misbehave.plugin').write_text(MANIFEST.format(how))
        path = f'{folder}:{os.environ["HEAPARIUM_PLUGIN_PATH"]}'
        with ui.started(environment={'HEAPARIUM_PLUGIN_PATH': path}) as (process, application):
            frame = ui.wait(lambda: ui.find(application, 'frame', 'Heaparium'), what='the frame')
            ui.click(process, frame, ui.wait(lambda: ui.find(frame, 'table cell', 'Misbehave'), what='the card'))
            yield process, frame
            assert not lives or process.poll() is None, 'the window ended by itself'


def wait_for_label(frame, text, seconds=20):
    return ui.wait(lambda: ui.find(frame, 'label', text), seconds, text)


def place(frame):
    """Step and length, as the player says them"""
    for label in ui.find_all(frame, 'label'):
        label.clear_cache()
        if match := re.fullmatch(r'Step ([\d,]+) of ([\d,]+)', label.get_name() or ''):
            return [int(number.replace(',', '')) for number in match.groups()]
    return [0, 0]


def workers_of(process):
    """Process ids of the window's children that perform runs"""
    found = []
    for status in pathlib.Path('/proc').glob('[0-9]*/status'):
        with contextlib.suppress(OSError):
            text = status.read_text(encoding='utf-8')
            if f'\nPPid:\t{process.pid}\n' in text and text.startswith('Name:\theaparium-cli\n'):
                found.append(int(status.parent.name))
    return found


@tap.test
def a_killed_worker():
    with misbehaving('busy') as (process, frame):
        # It is quick: stopped in the middle, so that there is something to kill.
        workers = ui.wait(lambda: workers_of(process), what='the worker')
        time.sleep(.3)
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)
        ui.wait(lambda: place(frame)[1] > 0, what='its first events')
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        wait_for_label(frame, 'killed')
        wait_for_label(frame, 'What was recorded until then is shown')
        ui.key('End')
        ui.wait(lambda: place(frame)[0] == place(frame)[1] > 0, what='the end of what was recorded')
        ui.act(ui.find(frame, 'push button', 'Dismiss'), 'click')


@tap.test
def a_crash():
    with misbehaving('crash') as (_, frame):
        wait_for_label(frame, 'crashed')


@tap.test
def an_error_of_the_scenario():
    with misbehaving('fail') as (_, frame):
        wait_for_label(frame, 'found a cat, expected a dog')


@tap.test
def four_gigabytes_of_appetite():
    linked = subprocess.run(['ldd', os.environ['HEAPARIUM_CLI']], capture_output=True, text=True, check=True).stdout
    if 'libasan' in linked:
        tap.skip('the address sanitizer needs all of the address space')
    with misbehaving('eat') as (_, frame):
        wait_for_label(frame, '2048 MiB of memory it may use', 60)


@tap.test
def an_endless_loop():
    with misbehaving('loop') as (process, frame):
        wait_for_label(frame, '“Misbehave” is not responding')
        ui.act(ui.find(frame, 'push button', 'Wait'), 'click')
        wait_for_label(frame, 'Running')
        ui.act(ui.find(frame, 'push button', 'Stop'), 'click')
        wait_for_label(frame, 'The run was stopped')
        ui.wait(lambda: not workers_of(process), what='the end of the worker')


@tap.test
def closing_the_window_ends_the_run():
    with misbehaving('loop', lives=False) as (process, frame):
        workers = ui.wait(lambda: workers_of(process), what='the worker')
        ui.close(frame)
        ui.wait(lambda: process.poll() is not None, what='the end of the window')
        for worker in workers:
            ui.wait(lambda worker=worker: not pathlib.Path(f'/proc/{worker}').exists(), what='the end of the worker')


@tap.test
def a_damaged_trace():
    with tempfile.NamedTemporaryFile(suffix='.lackey') as file:
        file.write(b'I  04001000,3\n L 1ffe8,8\n L nonsense,8\n')
        file.flush()
        with ui.started(file.name) as (_, application):
            frame = ui.wait(lambda: ui.find(application, 'frame', 'Heaparium'), what='the frame')
            wait_for_label(frame, 'line 3')


tap.main()
