#!/usr/bin/env python3
"""A live process in the window: found in the list, watched, paused, read out, exported, seen to end; by mouse and keyboard.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

import child
import tap
import ui

# A few megabytes more for each line on standard input.
GROW = '''
import sys
blocks = []
print("ready", flush=True)
for line in sys.stdin:
    blocks.append(b"x" * (int(line) << 20))
    print("grown", flush=True)
'''


class Watch:
    """The window of a process as a person sees it"""

    def __init__(self, process, application, pid):
        self.process = process
        self.application = application
        self.chart = ui.wait(lambda: ui.find(application, 'image', f', process {pid}'), what='the chart')
        ui.xdo('mousemove', 5, 5)  # the chart reads out what is under the pointer
        self.frame = next(node for node in ui.children(application) if ui.find(node, 'image', f', process {pid}'))

    def said(self):
        self.chart.clear_cache()
        return self.chart.get_description() or ''

    def seconds(self):
        return float(re.match(r'After ([\d.]+) s', self.said())[1])

    def resident(self):
        """In megabytes, as it is read out"""
        number, unit = re.search(r'resident ([\d.]+) ([KMG]B)', self.said()).groups()
        return float(number) * {'KB': 1 / 1024, 'MB': 1, 'GB': 1024}[unit]

    def button(self, name):
        return ui.wait(lambda: ui.find(self.frame, 'push button', name), what=name)

    def click(self, node, x=.5, y=.5):
        ui.click(self.process, self.frame, node, x, y)

    def other_window(self, name):
        return ui.wait(lambda: next((node for node in ui.children(self.application) if name in node.get_name()), None),
                       what=name)


@contextlib.contextmanager
def watching(one):
    with ui.started('--watch', one.pid) as (process, application):
        it = Watch(process, application, one.pid)
        ui.wait(lambda: it.said().startswith('After '), what='the first sample')
        yield it
        assert process.poll() is None, 'the window ended by itself'


def save_as(it, path):
    chooser = it.other_window('Save the Picture')
    name = ui.wait(lambda: ui.find(chooser, 'text'), what='the name of the file')
    ui.wait(lambda: ui.has_state(name, 'FOCUSED'), what='the focus in the name')
    assert ui.text(name).startswith('python'), ui.text(name)
    ui.key('ctrl+a')
    ui.xdo('type', '--delay', '10', str(path))
    ui.wait(lambda: ui.text(name) == str(path), what='the typed name')
    for _ in range(4):
        ui.key('Return')
        with contextlib.suppress(AssertionError):
            ui.wait(path.exists, 5, path.name)
            return
    raise AssertionError(f'{path.name} was not saved')


@tap.test
def a_process_is_found_by_the_keyboard_and_watched_to_its_end():
    with child.started(GROW) as one, ui.started() as (process, application):
        frame = ui.wait(lambda: ui.find(application, 'frame', 'Heaparium'), what='the gallery')
        ui.wait(lambda: ui.has_state(frame, 'ACTIVE'), what='the focus')
        ui.key('ctrl+shift+p')
        dialog = ui.wait(lambda: next((node for node in ui.children(application) if node.get_name() == 'Watch a Process'),
                                      None), what='the dialog')
        search = ui.wait(lambda: ui.find(dialog, 'entry'), what='the search')
        ui.wait(lambda: ui.has_state(search, 'FOCUSED'), what='the focus')
        ui.wait(lambda: ui.find(dialog, 'list item'), what='the processes')
        ui.xdo('type', '--delay', '10', str(one.pid))
        ui.wait(lambda: len(ui.find_all(dialog, 'list item')) == 1, what='the one process')
        ui.key('Return')
        it = Watch(process, application, one.pid)
        ui.wait(lambda: it.said().startswith('After '), what='the first sample')
        before = it.resident()
        one.tell(40)
        ui.wait(lambda: before + 39 < it.resident() < before + 60, what='40 MB more')
        one.end()
        ui.wait(lambda: ui.find(it.frame, 'label', 'The process has ended.'), what='its end')
        ui.wait(lambda: ui.xdo('getactivewindow', 'getwindowname').startswith('python'), what='the focus in the new window')
        ui.key('ctrl+w')
        ui.wait(lambda: len(ui.children(application)) == 1, what='the closed window')


@tap.test
def the_list_is_searched_and_chosen_from_by_the_mouse():
    with child.started(GROW) as one, ui.started() as (process, application):
        one.tell(30)
        frame = ui.wait(lambda: ui.find(application, 'frame', 'Heaparium'), what='the gallery')
        menu = ui.wait(lambda: ui.find(frame, 'push button', 'Main menu'), what='the menu')
        ui.click(process, frame, menu)
        item = ui.wait(lambda: ui.find(frame, 'menu item', 'Watch a Process'), what='the item')
        ui.act(item, 'click')
        dialog = ui.wait(lambda: next((node for node in ui.children(application) if node.get_name() == 'Watch a Process'),
                                      None), what='the dialog')
        search = ui.wait(lambda: ui.find(dialog, 'entry'), what='the search')
        ui.wait(lambda: ui.has_state(search, 'FOCUSED'), what='the focus')
        watch = ui.find(dialog, 'push button', 'Watch')
        ui.xdo('type', '--delay', '10', 'no process is called so')
        ui.wait(lambda: ui.find(dialog, 'label', 'No process of yours matches'), what='nothing')
        ui.wait(lambda: not ui.has_state(watch, 'SENSITIVE'), what='nothing to choose')
        ui.key('ctrl+a')
        ui.xdo('type', '--delay', '10', str(one.pid))
        label = ui.wait(lambda: ui.find(dialog, 'label', str(one.pid)), what='the process')
        ui.click(process, dialog, label)
        ui.wait(lambda: ui.has_state(watch, 'SENSITIVE'), what='the button')
        ui.click(process, dialog, watch)
        Watch(process, application, one.pid)


def choose_ten_a_second(it):
    box = ui.find(it.frame, 'combo box', 'How often the process is looked at')
    it.click(box)
    ui.key('Up', 'Up', 'Return')
    ui.wait(lambda: ui.find(box, 'label', '10 times a second'), what='the choice')


@tap.test
def it_is_paused_resumed_and_ends_while_paused():
    with child.started(GROW) as one, watching(one) as it:
        choose_ten_a_second(it)
        before = it.resident()
        it.click(it.button('Pause'))
        resume = it.button('Resume')
        paused = it.said()
        one.tell(40)
        time.sleep(.5)
        assert it.said() == paused
        it.click(resume)
        ui.wait(lambda: it.resident() > before + 39, what='more')
        it.button('Pause')
        it.click(it.chart, .5, .01)
        ui.key('space')
        it.button('Resume')
        one.end()
        ui.wait(lambda: ui.find(it.frame, 'label', 'The process has ended.'), what='its end')
        assert not ui.has_state(it.button('Pause'), 'SENSITIVE')


@tap.test
def the_chart_is_read_out_at_the_cursor():
    with child.started(GROW) as one, watching(one) as it:
        choose_ten_a_second(it)
        first = it.resident()
        one.tell(50)
        ui.wait(lambda: it.resident() > first + 49 and it.seconds() > 1, what='growth')
        it.click(it.chart, .99, .5)  # beside the plots: only the focus
        ui.key('space')
        it.button('Resume')
        last = it.seconds()
        ui.xdo('mousemove', *ui.point(it.process, it.frame, it.chart, .09, .5))
        ui.wait(lambda: it.seconds() < 1, what='the first entries')
        assert it.resident() < first + 49
        ui.xdo('mousemove', *ui.point(it.process, it.frame, it.chart, .99, .5))
        ui.wait(lambda: it.seconds() == last, what='the last entry')
        ui.xdo('mousemove', 5, 5)
        ui.key('Home')
        ui.wait(lambda: it.seconds() == 0, what='the first entry')
        ui.key('Right')
        ui.wait(lambda: 0 < it.seconds() < last, what='the second entry')
        ui.key('Left')
        ui.wait(lambda: it.seconds() == 0, what='back')
        ui.key('Escape')
        ui.wait(lambda: it.seconds() == last, what='the last entry')


@tap.test
def the_chart_is_exported():
    with child.started(GROW) as one, watching(one) as it, tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'chart.svg'
        it.click(it.button('Export the chart'))
        dialog = it.other_window('Export Picture')
        assert ui.find(dialog, None, 'Show the selection') is None  # there is none
        save = ui.wait(lambda: ui.find(dialog, 'push button', 'Save'), what='Save')
        ui.click(it.process, dialog, save)
        save_as(it, path)
        ui.wait(lambda: len(ui.children(it.application)) == 1, what='the closed dialogs')
        text = ''.join(ElementTree.parse(path).getroot().itertext())
        assert f'process {one.pid}' in text and 'Page faults' in text, text


@tap.test
def what_cannot_be_watched_is_said():
    for pid, message in ((2147483647, 'there is no process 2147483647'), (-5, 'there is no process 0')):
        done = subprocess.run([os.environ['HEAPARIUM_WINDOW'], f'--watch={pid}'], capture_output=True, text=True,
                              timeout=20)
        assert (done.returncode, done.stderr.strip()) == (2, message), done


tap.main()
