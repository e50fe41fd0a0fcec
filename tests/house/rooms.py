#!/usr/bin/env python3
"""Who may include whom: the table of rooms, checked against every #include.

Called with a source folder it prints each violation as FILE:LINE and exits 1. As a test it also proves on made-up
sources that it sees what it should.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import pathlib
import re
import sys
import tempfile

ENGINE_ROOMS = ('base', 'memory', 'stack', 'heap', 'gc', 'machine', 'recording', 'process', 'scene', 'plugin')

# What each room may include besides itself.
MAY_USE = {
    'base': set(),
    'memory': {'base'},
    'stack': {'base', 'memory'},
    'heap': {'base', 'memory'},
    'gc': {'base', 'memory', 'heap', 'stack'},
    'machine': {'base', 'memory', 'heap', 'stack', 'gc'},
    'recording': {'base'},
    'process': {'base'},
    'scene': {'base', 'recording', 'process'},
    'plugin': set(ENGINE_ROOMS),
}

# plugin.h tells a policy about machine.h only for its error texts; nobody outside engine/ sees anything but these.
PUBLIC_LIST = re.compile(r"'([a-z-]+/[a-z_-]+\.h)'")
# The virtual machine of JavaScript performs operations with each of its instructions: some are inlined into it. It comes
# with the engine and is built together with it.
BUILT_WITH_THE_ENGINE = {'plugins/scenarios/javascript/': {'machine/direct.h'}}
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
DRAWING = re.compile(r'^(cairo|pango|pangocairo)\b|/?(cairo|pango)[^/]*\.h$')
TOOLKIT = re.compile(r'^(gtk|gdk|gsk|adwaita|gtksourceview|graphene|libadwaita)\b')


def public_headers(root):
    """The headers that engine/meson.build installs"""
    text = (root / 'engine' / 'meson.build').read_text(encoding='utf-8')
    return set(PUBLIC_LIST.findall(text))


def includes(path):
    for number, line in enumerate(path.read_text(encoding='utf-8').splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match[1], match[2]


def engine_complaint(room, header):
    target = header.split('/')[0]
    if TOOLKIT.match(header):
        return f'the engine never sees {header}'
    if DRAWING.search(header) and room != 'scene':
        return f'only scene may include {header}'
    if target in ENGINE_ROOMS and target != room and target not in MAY_USE[room]:
        return f'{room} may not use {target} ({header})'
    if target in ('app', 'plugins'):
        return f'the engine never includes {header}'
    return None


def plugin_complaint(file, header, public):
    for folder, headers in BUILT_WITH_THE_ENGINE.items():
        if file.startswith(folder) and header in headers:
            return None
    if TOOLKIT.match(header):
        return f'a plugin never sees {header}'
    if header.split('/')[0] in ENGINE_ROOMS and header not in public:
        return f'{header} is no public header'
    return None


def app_complaint(program, header):
    if program == 'cli' and TOOLKIT.match(header):
        return f'the command line never sees {header}'
    if header.startswith(('plugins/', '../engine', '../../engine')):
        return f'include {header} by its room'
    return None


def complaints(root):
    public = public_headers(root)
    for folder in ('engine', 'plugins', 'app'):
        for path in sorted((root / folder).rglob('*.[ch]')):
            parts = path.relative_to(root).parts
            for line, _, header in includes(path):
                if folder == 'engine':
                    reason = engine_complaint(parts[1], header)
                elif folder == 'plugins':
                    reason = plugin_complaint(str(path.relative_to(root)), header, public)
                else:
                    reason = app_complaint(parts[1], header)
                if reason:
                    yield f'{path.relative_to(root)}:{line}: {reason}'


def test_repository():
    found = list(complaints(ROOT))
    assert not found, '\n' + '\n'.join(found)


def complaint_of(file, include):
    """What is said about one include in an otherwise empty source folder"""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / 'engine').mkdir()
        (root / 'engine' / 'meson.build').write_text("'base/event.h',\n")
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(f'/* x */\n#include {include}\n')
        return list(complaints(root))


def test_sees_what_it_should():
    for file, include in (
            ('engine/base/a.c', '"heap/heap.h"'),
            ('engine/heap/a.h', '"gc/policy.h"'),
            ('engine/recording/a.c', '"machine/machine.h"'),
            ('engine/process/a.c', '"memory/pager.h"'),
            ('engine/scene/a.c', '"machine/machine.h"'),
            ('engine/recording/a.c', '<cairo.h>'),
            ('engine/base/a.c', '<pango/pangocairo.h>'),
            ('engine/scene/a.c', '<gtk/gtk.h>'),
            ('plugins/views/v/v.c', '"heap/heap.h"'),
            ('plugins/scenarios/s/s.c', '"machine/direct.h"'),
            ('plugins/views/v/v.c', '<gtk/gtk.h>'),
            ('app/cli/a.c', '<adwaita.h>')):
        found = complaint_of(file, include)
        assert len(found) == 1 and found[0].startswith(f'{file}:2: '), (file, include, found)


def test_lets_pass_what_it_should():
    for file, include in (
            ('engine/gc/a.c', '"heap/heap.h"'),
            ('engine/scene/a.c', '<cairo.h>'),
            ('engine/scene/a.c', '<pango/pangocairo.h>'),
            ('engine/plugin/a.c', '"machine/machine.h"'),
            ('plugins/views/v/v.c', '"base/event.h"'),
            ('plugins/views/v/v.c', '"helper.h"'),
            ('plugins/scenarios/javascript/runtime/q.h', '"machine/direct.h"'),
            ('app/window/a.c', '<gtk/gtk.h>')):
        assert complaint_of(file, include) == [], (file, include)


ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
if len(sys.argv) > 1:
    FOUND = list(complaints(ROOT))
    print('\n'.join(FOUND))
    sys.exit(bool(FOUND))

import tap  # noqa: E402 - only as a test

tap.case('no include goes upwards', test_repository)
tap.case('violations are seen', test_sees_what_it_should)
tap.case('allowed includes pass', test_lets_pass_what_it_should)
tap.main()
