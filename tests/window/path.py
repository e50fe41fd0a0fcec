#!/usr/bin/env python3
"""The whole path with the real window: gallery, step, select, export; by mouse, and again by keyboard.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import contextlib
import os
import pathlib
import re
import struct
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import tap
import ui

DATA = pathlib.Path(os.environ['HEAPARIUM_SOURCE']) / 'tests' / 'data'
OBJECT = 'User #1'


class Window:
    """The window as a person sees it"""

    def __init__(self, process, application):
        self.process = process
        self.application = application
        self.frame = ui.wait(lambda: ui.find(application, 'frame', 'Heaparium'), what='the frame')
        self.canvas = ui.wait(lambda: ui.find(self.frame, 'image'), what='the canvas')
        self.position = ui.wait(lambda: ui.find(self.frame, 'label', 'Step 0 of'), what='the position')

    def place(self):
        """Step and length, as the player says them"""
        self.position.clear_cache()
        return [int(number.replace(',', '')) for number in re.findall(r'[\d,]+', self.position.get_name())]

    def step(self):
        return self.place()[0]

    def length(self):
        return self.place()[1]

    def shown(self):
        return self.length() > 0

    def wait_shown(self):
        ui.wait(self.shown, what='the first step')

    def said(self):
        """What the canvas says about the selection"""
        self.canvas.clear_cache()
        return self.canvas.get_description() or ''

    def button(self, name):
        return ui.wait(lambda: ui.find(self.frame, 'push button', name), what=name)

    def label(self, text):
        return ui.find(self.frame, 'label', text)

    def click(self, node, x=.5, y=.5):
        ui.click(self.process, self.frame, node, x, y)

    def other_window(self, name):
        return ui.wait(lambda: next((child for child in ui.children(self.application) if name in child.get_name()), None),
                       what=name)


@contextlib.contextmanager
def window(*arguments, **options):
    with ui.started(*arguments, **options) as (process, application):
        yield Window(process, application)
        assert process.poll() is None, 'the window ended by itself'


def click_at_object(it, wanted):
    """Click over the picture as one looks for something: until the window says that it is selected"""
    for row in range(8, 60, 3):
        for column in range(20, 88, 4):
            it.click(it.canvas, column / 100, row / 100)
            if it.said().startswith(wanted):
                return
    raise AssertionError(f'no {wanted} in the picture')


def tab_to(node):
    for _ in range(20):
        if ui.has_state(node, 'FOCUSED'):
            return
        ui.key('Tab')
    raise AssertionError(f'{node.get_name()} is not reached by Tab')


def save_as(it, path):
    """In the file chooser: type the name and press Return"""
    chooser = it.other_window('Save the Picture')
    name = ui.wait(lambda: ui.find(chooser, 'text'), what='the name of the file')
    ui.wait(lambda: ui.has_state(name, 'FOCUSED'), what='the focus in the name')
    ui.key('ctrl+a')
    ui.xdo('type', '--delay', '10', str(path))
    ui.wait(lambda: ui.text(name) == str(path), what='the typed name')
    # While it still reads a folder it does not hear the key.
    for _ in range(4):
        ui.key('Return')
        with contextlib.suppress(AssertionError):
            ui.wait(path.exists, 5, path.name)
            return
    raise AssertionError(f'{path.name} was not saved')


def check_png(path):
    head = path.read_bytes()[:24]
    assert head[:8] == b'\x89PNG\r\n\x1a\n', head
    width, height = struct.unpack('>II', head[16:24])
    assert width == 2560 and height >= 1200, (width, height)


def check_svg(path, text):
    root = ElementTree.parse(path).getroot()
    assert root.tag.endswith('svg') and root.get('viewBox'), root.attrib
    assert any(text in ''.join(node.itertext()) for node in root.iter() if node.tag.endswith('text')), text


@tap.test
def by_mouse_from_gallery_to_files():
    with window() as it, tempfile.TemporaryDirectory() as folder:
        it.click(ui.wait(lambda: ui.find(it.frame, 'table cell', 'First steps'), what='the card'))
        it.wait_shown()
        forward, back = it.button('Step forward'), it.button('Step back')
        steps = [it.step()]
        for _ in range(12):
            it.click(forward)
            ui.wait(lambda: it.step() > steps[-1], what='a step forward')
            steps.append(it.step())
        for expected in steps[-2:-5:-1]:
            it.click(back)
            ui.wait(lambda expected=expected: it.step() == expected, what=f'step {expected}')
        ui.key('Page_Down', 'Page_Down', 'Right', 'Right', 'Right', 'Right')
        click_at_object(it, OBJECT)
        ui.wait(lambda: it.label('State') and it.label('Reachable'), what='the inspector')
        assert it.label('48 bytes'), 'its size'
        it.click(ui.find(it.frame, 'list item', 'Space: '))
        ui.wait(lambda: it.label('Space of the heap'), what='the space in the inspector')
        it.click(it.button('Back to what was selected before'))
        ui.wait(lambda: it.said().startswith(OBJECT), what='the object again')
        for name in ('a.png', 'a.svg'):
            it.click(it.button('Export the picture'))
            dialog = it.other_window('Export Picture')
            save = ui.wait(lambda dialog=dialog: ui.find(dialog, 'push button', 'Save'), what='Save')
            ui.click(it.process, dialog, save)
            save_as(it, pathlib.Path(folder) / name)
        check_png(pathlib.Path(folder) / 'a.png')
        check_svg(pathlib.Path(folder) / 'a.svg', 'User')
        it.click(it.button('Gallery'))
        ui.wait(lambda: not it.shown(), what='the gallery')


@tap.test
def by_keyboard_from_gallery_to_file():
    with window() as it, tempfile.TemporaryDirectory() as folder:
        ui.wait(lambda: ui.find(it.frame, 'table cell', 'First steps'), what='the card')
        ui.wait(lambda: ui.has_state(it.frame, 'ACTIVE'), what='the focus')
        ui.key('Return')
        it.wait_shown()
        ui.key('Right')
        ui.wait(lambda: it.step() > 0, what='a step')
        first = it.step()
        ui.key('Right', 'Right', 'Left', 'Left')
        ui.wait(lambda: it.step() == first, what='there and back')
        ui.key('End')
        ui.wait(lambda: it.step() == it.length(), what='the end')
        ui.key('Home')
        ui.wait(lambda: it.step() == 0, what='the start')
        ui.key('bracketright')
        ui.wait(lambda: it.step() > first, what='a collection')
        ui.key('Home', 'Page_Down', 'Page_Down', 'Right', 'Right')
        for _ in range(200):
            if it.said().startswith(OBJECT):
                break
            ui.key('Down')
        ui.wait(lambda: it.said().startswith(OBJECT) and it.label('Reachable'), what='the object')
        ui.key('Escape')
        ui.wait(lambda: it.label('Nothing selected'), what='nothing selected')
        ui.key('ctrl+e')
        it.other_window('Export Picture')
        ui.key('Return')
        save_as(it, pathlib.Path(folder) / 'b.svg')
        check_svg(pathlib.Path(folder) / 'b.svg', 'Stack')
        ui.wait(lambda: len(ui.children(it.application)) == 1, what='the closed dialog')
        # The window manager gives the focus back when it sees fit.
        for _ in range(10):
            ui.key('alt+Left')
            with contextlib.suppress(AssertionError):
                ui.wait(lambda: not it.shown(), 1)
                return
        raise AssertionError('the gallery did not come back')


@tap.test
def it_plays_and_pauses():
    with window() as it:
        it.click(ui.wait(lambda: ui.find(it.frame, 'table cell', 'First steps'), what='the card'))
        it.wait_shown()
        ui.key('space')
        ui.wait(lambda: ui.find(it.frame, 'push button', 'Pause'), what='it to play')
        ui.wait(lambda: it.step() > 0, what='a step')
        ui.key('space')
        ui.wait(lambda: ui.find(it.frame, 'push button', 'Play'), what='it to pause')


@tap.test
def a_trace_opens_by_argument():
    with window(DATA / 'small.lackey') as it:
        it.wait_shown()
        ui.key('End')
        ui.wait(lambda: it.step() == it.length(), what='the end')
        assert it.label('small.lackey'), 'its name as the title'


@tap.test
def a_file_that_is_nothing_is_refused_in_a_sentence():
    with tempfile.NamedTemporaryFile(suffix='.txt') as file:
        file.write(b'Dear diary, nothing happened today.\n')
        file.flush()
        with window(file.name) as it:
            ui.wait(lambda: it.label('Dear diary'), what='the message')
            assert it.length() == 0


@tap.test
def the_picture_goes_to_the_clipboard():
    with window() as it:
        it.click(ui.wait(lambda: ui.find(it.frame, 'table cell', 'First steps'), what='the card'))
        it.wait_shown()
        ui.key('ctrl+shift+c')
        ui.wait(lambda: ui.find(it.frame, 'label', 'Picture copied'), what='the message')
        command = ['xclip', '-selection', 'clipboard', '-t', 'image/png', '-o']
        picture = subprocess.run(command, capture_output=True, check=True, timeout=20).stdout
        assert picture[:4] == b'\x89PNG', picture[:20]


@tap.test
def a_setting_is_found_and_the_run_made_again():
    with window() as it:
        it.click(ui.wait(lambda: ui.find(it.frame, 'table cell', 'First steps'), what='the card'))
        it.wait_shown()
        length = it.length()
        it.click(it.button('Policy and settings'))
        ui.wait(lambda: it.label('stack-size'), what='the settings')
        ui.xdo('type', '--delay', '10', 'semi-space')
        ui.wait(lambda: not it.label('stack-size'), what='the others to go')
        tab_to(ui.find(it.frame, 'text', 'max-semi-space-size'))
        ui.key('ctrl+a')
        ui.xdo('type', '--delay', '10', '4K')
        tab_to(it.button('_Run Again'))
        ui.key('space')
        ui.wait(lambda: it.length() not in (0, length), what='another run')


tap.main()
