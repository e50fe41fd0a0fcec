"""ui.py - drives the real window through accessibility, mouse and keyboard

Run inside tests/support/ui-run.sh. `with started() as (process, app):` ends the program whatever happens.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import contextlib
import os
import subprocess
import time
import warnings

import gi

warnings.simplefilter('ignore')
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402 - needs the version first


def children(node):
    return [child for child in (node.get_child_at_index(i) for i in range(node.get_child_count())) if child]


def find(node, role=None, name=None):
    """The first below NODE with that role and NAME as a part of its accessible name"""
    if role in (None, node.get_role_name()) and (name is None or name in (node.get_name() or '')):
        return node
    return next((found for child in children(node) if (found := find(child, role, name))), None)


def find_all(node, role):
    found = [node] if node.get_role_name() == role else []
    for child in children(node):
        found += find_all(child, role)
    return found


def wait(condition, timeout=10, what='condition'):
    """What CONDITION returns once that is true; objects may vanish meanwhile"""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        try:
            if result := condition():
                return result
        except GLib.Error:
            pass
        time.sleep(.05)
    raise AssertionError(f'waited {timeout} s in vain for {what}')


def _application(name):
    return next((app for app in children(Atspi.get_desktop(0)) if app.get_name() == name and children(app)), None)


@contextlib.contextmanager
def started(*arguments, program=None, name='heaparium', environment=None):
    """The window's process and its accessible application; NAME is what AT-SPI calls the program"""
    program = program or os.environ['HEAPARIUM_WINDOW']
    process = subprocess.Popen([program, *map(str, arguments)], env={**os.environ, **(environment or {})})
    try:
        yield process, wait(lambda: _application(name), 20, 'the window')
    finally:
        process.kill()
        process.wait()


def act(node, action):
    """'click', 'toggle', 'activate'. Not for a window's own actions: their numbers change as they come and go."""
    names = [node.get_action_name(i) for i in range(node.get_n_actions())]
    assert action in names, (action, names)
    assert node.do_action(names.index(action))


def close(frame):
    wait(lambda: has_state(frame, 'ACTIVE'), what='the focus')
    key('ctrl+w')


def text(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def has_state(node, name):
    node.clear_cache()
    return node.get_state_set().contains(getattr(Atspi.StateType, name))


def xdo(*arguments):
    return subprocess.check_output(['xdotool', *map(str, arguments)], text=True)


def key(*keys):
    xdo('key', *keys)


def point(process, window, node, x=.5, y=.5):
    """The place on the screen X, Y (0 to 1) inside NODE"""
    ids = xdo('search', '--onlyvisible', '--pid', process.pid, '--name', window.get_name()).split()
    shell = xdo('getwindowgeometry', '--shell', ids[-1]).split()
    geometry = dict(line.split('=') for line in shell)
    frame = window.get_extents(Atspi.CoordType.WINDOW)
    extents = node.get_extents(Atspi.CoordType.WINDOW)
    margin = (int(geometry['WIDTH']) - frame.width) // 2  # the shadow, outside AT-SPI's numbers
    return (int(geometry['X']) + margin + extents.x + int(extents.width * x),
            int(geometry['Y']) + margin + extents.y + int(extents.height * y))


def click(process, window, node, x=.5, y=.5, button=1):
    xdo('mousemove', *point(process, window, node, x, y), 'click', button)


def screenshot(path):
    """The whole screen, with the mouse out of the way and hover effects gone"""
    xdo('mousemove', 1395, 895)
    time.sleep(.3)
    subprocess.check_call(['import', '-window', 'root', str(path)])
