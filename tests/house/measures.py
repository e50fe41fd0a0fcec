#!/usr/bin/env python3
"""The sizes of functions and files: no function over 80 lines, no file over 800.

Called with a source folder it prints each violation as FILE:LINE, then the shares under 15 and 40 lines, and exits 1
when there was a violation.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

FOLDERS = ('engine', 'plugins', 'app', 'tests')
LONGEST_FUNCTION = 80
LONGEST_FILE = 800


def sources(root):
    return [path for folder in FOLDERS for path in sorted((root / folder).rglob('*.[ch]'))]


def functions(paths):
    """(lines, file, first line, name) of each function, by ctags"""
    if not paths:
        return
    command = ['ctags', '--languages=C', '--kinds-C=f', '--fields=+ne', '--output-format=json', '-f', '-']
    done = subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        tag = json.loads(line)
        if 'end' in tag:
            yield tag['end'] - tag['line'] + 1, tag['path'], tag['line'], tag['name']


def long_files(root):
    for path in sources(root):
        lines = len(path.read_text(encoding='utf-8').splitlines())
        if lines > LONGEST_FILE:
            yield f'{path.relative_to(root)}:{lines}: {lines} lines; split it by subject before {LONGEST_FILE}'


def long_functions(root):
    for lines, path, first, name in functions(sources(root)):
        if lines > LONGEST_FUNCTION:
            place = f'{pathlib.Path(path).relative_to(root)}:{first}'
            yield f'{place}: {name} has {lines} lines; at most {LONGEST_FUNCTION}'


def shares(root):
    sizes = [lines for lines, path, *_ in functions(sources(root)) if 'tests/' not in path]
    if not sizes:
        return 'no functions yet'
    under = {limit: 100 * sum(size < limit for size in sizes) // len(sizes) for limit in (15, 40)}
    return (f'{len(sizes)} functions outside tests: {under[15]} % under 15 lines (half), '
            f'{under[40]} % under 40 (nine in ten)')


def need_ctags():
    if not shutil.which('ctags'):
        tap.skip('ctags is not installed')


def test_files():
    found = list(long_files(ROOT))
    assert not found, '\n' + '\n'.join(found)


def test_functions():
    need_ctags()
    print('# ' + shares(ROOT))
    found = list(long_functions(ROOT))
    assert not found, '\n' + '\n'.join(found)


def test_sees_long_ones():
    need_ctags()
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / 'engine').mkdir()
        body = 'static int\nshort_one (void)\n{\n  return 1;\n}\n\nint\nlong_one (void)\n{\n' + '  x++;\n' * 80 + '}\n'
        (root / 'engine' / 'a.c').write_text(body + '\n' * 720)
        assert [line.split(' has ')[0] for line in long_functions(root)] == ['engine/a.c:8: long_one']
        assert len(list(long_files(root))) == 1


ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
if len(sys.argv) > 1:
    FOUND = [*long_files(ROOT), *long_functions(ROOT)]
    print('\n'.join([*FOUND, shares(ROOT)]))
    sys.exit(bool(FOUND))

import tap  # noqa: E402 - only as a test

tap.case('no file is over 800 lines', test_files)
tap.case('no function is over 80 lines', test_functions)
tap.case('too long ones are seen', test_sees_long_ones)
tap.main()
