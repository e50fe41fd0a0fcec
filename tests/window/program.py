#!/usr/bin/env python3
"""A JavaScript program: pasted into the editor, run, wrong at a line, mended; and opened as a file.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import contextlib
import os
import pathlib
import re
import sys
import tempfile

import tap
import ui

PROGRAM = 'const list = [1, 2, 3]; function f(n) { return { n }; } f(list.length);'


@contextlib.contextmanager
def window(*arguments):
    with tempfile.TemporaryDirectory() as folder:
        with ui.started(*arguments, environment={'XDG_DATA_HOME': folder}) as (process, application):
            yield pathlib.Path(folder), process, application, ui.wait(lambda: ui.find(application, 'frame', 'Heaparium'),
                                                                      what='the frame')


def editor(application):
    ui.key('ctrl+n')
    text = ui.wait(lambda: ui.find(application, 'text', 'Program'), what='the editor')
    ui.wait(lambda: ui.has_state(text, 'FOCUSED'), what='the focus')
    return text


def steps(frame):
    """How many there are when the run has ended"""
    label = ui.find(frame, 'label', 'Step 0 of')
    label.clear_cache()
    found = re.search(r'of ([\d,]+)', label.get_name() or '')
    return int(found[1].replace(',', '')) if found else 0


def picture(name):
    if len(sys.argv) > 1:
        ui.screenshot(pathlib.Path(sys.argv[1]) / f'program-{name}.png')


@tap.test
def a_program_is_written_and_run():
    with window() as (folder, process, application, frame):
        ui.wait(lambda: ui.has_state(frame, 'ACTIVE'), what='the focus')
        picture('gallery')
        text = editor(application)
        ui.xdo('type', '--delay', '1', PROGRAM)
        ui.wait(lambda: ui.text(text) == PROGRAM, what='the program')
        picture('editor')
        ui.key('ctrl+Return')
        assert ui.wait(lambda: steps(frame), what='the steps') > 20
        ui.wait(lambda: ui.find(frame, None, 'program.js, line') or ui.key('Right'), what='the line')
        picture('run')
        assert (folder / 'heaparium' / 'program.js').read_text() == PROGRAM
        assert ui.text(editor(application)) == PROGRAM


@tap.test
def what_is_wrong_is_shown_at_its_line():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'wrong.js'
        path.write_text('let a = 1;\nlet b = ;\n')
        with window(path) as (_, process, application, frame):
            ui.wait(lambda: ui.find(frame, 'label', "wrong.js:2:9: SyntaxError: Unexpected token ';'"), what='the message')
            picture('wrong')
            text = editor(application)
            assert ui.text(text) == path.read_text()
            picture('mend')
            assert ui.Atspi.Text.get_caret_offset(text) == len('let a = 1;\nlet b = ')
            os.unlink(path)


def replace(text, program):
    ui.Atspi.EditableText.set_text_contents(text, program)
    ui.wait(lambda: ui.text(text) == program, what='the program')


@tap.test
def an_error_of_syntax_leads_back_to_its_place():
    with window() as (_, process, application, frame):
        ui.wait(lambda: ui.has_state(frame, 'ACTIVE'), what='the focus')
        replace(editor(application), 'let a = 1;\nreturn a * ;\n')
        ui.key('ctrl+Return')
        ui.wait(lambda: ui.find(application, 'label', "program.js:2:12: SyntaxError: Unexpected token ';'"), what='it')
        text = ui.wait(lambda: ui.find(application, 'text', 'Program'), what='the editor')
        ui.wait(lambda: ui.Atspi.Text.get_caret_offset(text) == len('let a = 1;\nreturn a * '), what='the cursor')
        picture('back')


@tap.test
def what_was_typed_is_kept():
    with window() as (folder, process, application, frame):
        ui.wait(lambda: ui.has_state(frame, 'ACTIVE'), what='the focus')
        for program in ('const first = 1;', 'const second = 2;'):
            replace(editor(application), program)
            ui.key('Escape')
            ui.wait(lambda: not ui.find(application, 'text', 'Program'), what='the end of the editor')
        assert ui.text(editor(application)) == 'const second = 2;'
        assert (folder / 'heaparium' / 'program.js~').read_text() == 'const first = 1;'


@tap.test
def an_endless_loop_is_stopped():
    with window() as (_, process, application, frame):
        ui.wait(lambda: ui.has_state(frame, 'ACTIVE'), what='the focus')
        replace(editor(application), 'while (true) "x".repeat(1e5).match(/(x+x+)+y/);')
        ui.key('ctrl+Return')
        ui.act(ui.wait(lambda: ui.find(frame, 'push button', 'Stop'), what='the button'), 'click')
        ui.wait(lambda: ui.find(frame, 'label', 'The run was stopped') or ui.find(frame, 'label', 'The run went on'),
                what='the end')


@tap.test
def a_lesson_is_changed():
    with window('--scenario', 'calculate-total') as (folder, process, application, frame):
        ui.wait(lambda: steps(frame), what='the steps')
        text = editor(application)
        assert 'function calculateTotal' in ui.text(text)
        replace(text, 'console.log(1);')
        ui.key('ctrl+Return')
        ui.wait(lambda: 0 < steps(frame) < 400, what='the changed lesson')
        assert (folder / 'heaparium' / 'calculate-total.js').read_text() == 'console.log(1);'


tap.main()
