"""suite.py - the JavaScript programs of the suite and what they are expected to print; the command line that runs them

programs/NAME.js is a program; NAME.out, NAME.err and NAME.status are Node 20's output, error output and exit code, the
latter two only where there is any. A first line `// args: …` tells the program's arguments.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import os
import pathlib
import re
import subprocess
import tempfile

PROGRAMS = pathlib.Path(__file__).resolve().parent / 'programs'
WRONG = PROGRAMS.parent / 'wrong-programs.txt'
CLI = os.environ.get('HEAPARIUM_CLI', 'heaparium-cli')
ENVIRONMENT = {**os.environ, 'XDG_DATA_HOME': '/nonexistent', 'LC_ALL': 'C.UTF-8', 'TZ': 'UTC', 'G_DEBUG': ''}
SMALL = ['--set', 'min-semi-space-size=64K', '--set', 'max-semi-space-size=64K']
ARGUMENTS = '// args: '

NOISE = (
    (rb'(?m)^ +at (?:.*\()?node:.*\n', b''),
    (rb'(?m)^ +\.\.\. \d+ lines matching cause stack trace \.\.\.\n', b''),
    (rb'(?m)^( +at .*) \{$', rb'\1'),
    (rb'(?m)^node:internal\S*\n.*\n *\^\n\n', b''),
    (rb'\(node:\d+\)', b'(node)'),
    (rb'(?m)^\(Use `node .*\n', b''),
    (rb'\n*Node\.js v[0-9.]+\n$', b'\n'),
)


def programs(names=()):
    return [PROGRAMS / f'{name}.js' for name in names] if names else sorted(PROGRAMS.glob('*.js'))


def arguments(program):
    with program.open() as file:
        line = file.readline()
    return line[len(ARGUMENTS):].split() if line.startswith(ARGUMENTS) else []


def normal(text):
    """Without what differs from place to place: folders, Node's own stack frames and hints, its version"""
    for pattern, replacement in NOISE:
        text = re.sub(pattern, replacement, text)
    return re.sub(rb'(?:file://)?(?:/[^\s/():]+)+/([^\s/():]+\.js)', rb'\1', text)


def expected(program):
    """(output, error output, exit code)"""
    def read(suffix, otherwise):
        file = program.with_suffix(suffix)
        return file.read_bytes() if file.exists() else otherwise
    return read('.out', b''), read('.err', b''), int(read('.status', b'0'))


def outcome(command, text, environment=None):
    """(exit code, output, error output) of a program that is in t.js"""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, 't.js').write_text(text, encoding='utf-8')
        try:
            done = subprocess.run([*command, 't.js'], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return -1, '', 'too slow'
    return done.returncode, done.stdout.decode(errors='replace'), normal(done.stderr).decode(errors='replace')


def wrong_programs():
    """Of wrong-programs.txt: (program, (exit code, output, error output))"""
    rows = []
    for row in WRONG.read_text(encoding='utf-8').split('==== ')[1:]:
        code, rest = row.split('\n', 1)
        program, rest = rest.split('---- output\n')
        output, errors = rest.split('---- error\n')
        rows.append((program, (int(code), output, errors)))
    return rows


def has_javascript():
    listed = subprocess.run([CLI, 'list'], env=ENVIRONMENT, capture_output=True, text=True, check=False).stdout
    return any(line.split()[:1] == ['javascript'] for line in listed.splitlines())
