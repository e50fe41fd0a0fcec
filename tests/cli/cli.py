"""cli.py - runs the real heaparium-cli, as the tests of this folder need it

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import os
import pathlib
import subprocess
import tempfile

CLI = os.environ['HEAPARIUM_CLI']
BUILD = pathlib.Path(os.environ['HEAPARIUM_BUILD'])
SHARED = pathlib.Path(os.environ.get('HEAPARIUM_SHARED_DATA', '/nonexistent'))

# The scenario that misbehaves stands where the tests of the plugin room are built.
ENVIRONMENT = {
    **os.environ,
    'HEAPARIUM_PLUGIN_PATH': f"{os.environ['HEAPARIUM_PLUGIN_PATH']}:{BUILD / 'tests' / 'plugin'}",
    'XDG_DATA_HOME': '/nonexistent',
    'LC_ALL': 'C.UTF-8',
    'G_DEBUG': '',
}

DONE, ENDED, USAGE, INPUT, PLUGIN, OUTPUT, RULE = range(7)


def start(*arguments, **options):
    return subprocess.Popen([CLI, *map(str, arguments)], env=ENVIRONMENT, **options)


def run(*arguments, data=None, **options):
    """The finished process, with text of both outputs"""
    done = run_bytes(*arguments, data=data, **options)
    return subprocess.CompletedProcess(done.args, done.returncode, (done.stdout or b'').decode(), done.stderr.decode())


def run_bytes(*arguments, data=None, **options):
    options.setdefault('stdout', subprocess.PIPE)
    return subprocess.run([CLI, *map(str, arguments)], env=ENVIRONMENT, input=data or b'', stderr=subprocess.PIPE,
                          timeout=120, **options)


def succeeds(*arguments, **options):
    done = run(*arguments, **options)
    assert done.returncode == DONE, (done.returncode, done.stderr)
    return done.stdout


def fails(status, *arguments, **options):
    """What it says on standard error: one line, and at most one that helps on"""
    done = run(*arguments, **options)
    lines = done.stderr.splitlines()
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    assert lines and lines[0].startswith('heaparium-cli: '), done.stderr
    assert len(lines) == 1 or (len(lines) == 2 and lines[1].startswith('Try “heaparium-cli')), done.stderr
    return lines[0].removeprefix('heaparium-cli: ')


class Folder(tempfile.TemporaryDirectory):
    """A folder to work in, as a path"""

    def __enter__(self):
        return pathlib.Path(super().__enter__())
