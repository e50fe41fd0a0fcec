#!/usr/bin/env python3
"""An installed Heaparium works: built for a prefix of its own, installed there, and used from there only.

The folder of this second build stays in the build folder, so that only the first time takes long.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import os
import pathlib
import shutil
import subprocess

import tap

SOURCE = pathlib.Path(os.environ['HEAPARIUM_SOURCE'])
WORK = pathlib.Path(os.environ['HEAPARIUM_BUILD']) / 'install-test'
BUILD, PREFIX = WORK / 'build', WORK / 'prefix'
HERE = ('HEAPARIUM_PLUGIN_PATH', 'GSETTINGS_SCHEMA_DIR', 'HEAPARIUM_CLI', 'HEAPARIUM_WINDOW', 'LD_LIBRARY_PATH')


def environment(**more):
    """That of a person who knows nothing of the build folder"""
    clean = {key: value for key, value in os.environ.items() if key not in HERE}
    return {**clean, 'XDG_DATA_HOME': str(WORK / 'home'), **more}


def run(*command, env=None):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False,
                          env=env or environment(), stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f'{command}: {done.returncode}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}'
    return done.stdout


def cli(*arguments):
    return run(PREFIX / 'bin' / 'heaparium-cli', *arguments)


def configure(build, source, *options):
    if not (build / 'build.ninja').exists():
        run('meson', 'setup', build, source, *options)
    run('ninja', '-C', build, 'build.ninja')  # what is built may have changed since


@tap.test
def installs_into_a_prefix():
    shutil.rmtree(PREFIX, ignore_errors=True)
    shutil.rmtree(WORK / 'home', ignore_errors=True)
    configure(BUILD, SOURCE, f'--prefix={PREFIX}', '--libdir=lib', '--buildtype=debug')
    targets = json.loads(run('meson', 'introspect', '--targets', BUILD))
    run('ninja', '-C', BUILD, *(pathlib.Path(target['filename'][0]).relative_to(BUILD)
                                for target in targets if target['installed'] and target['type'] != 'run'))
    run('meson', 'install', '-C', BUILD, '--no-rebuild')


@tap.test
def the_command_line_finds_its_plugins():
    listed = cli('list')
    for plugin in ('first-steps', 'memory-trace', 'default', 'promote-at-n', 'memory-map'):
        assert plugin in listed, listed


@tap.test
def the_command_line_draws_from_there():
    picture = WORK / 'picture.svg'
    cli('render', 'first-steps', '--at', '40', '-o', picture)
    assert '<text' in picture.read_text(encoding='utf-8')


OPEN_AND_CLOSE = '''
import os, pathlib, ui
with ui.started(program=os.environ['PROGRAM'], environment={'GSETTINGS_BACKEND': 'keyfile'}) as (process, app):
    ui.wait(lambda: ui.find(app, None, 'First steps'), 20, 'the gallery')
    ui.close(ui.find(app, 'frame'))
    assert process.wait(20) == 0
kept = pathlib.Path(os.environ['XDG_CONFIG_HOME'], 'glib-2.0', 'settings', 'keyfile').read_text()
assert '[org/heaparium/Heaparium]' in kept, kept
'''


@tap.test
def the_window_opens_its_gallery_from_there_and_remembers():
    if not (PREFIX / 'bin' / 'heaparium').exists():
        tap.skip('the window is not built')
    run(SOURCE / 'tests' / 'support' / 'ui-run.sh', shutil.which('python3', path='/usr/bin') or 'python3', '-c', OPEN_AND_CLOSE,
        env=environment(PROGRAM=str(PREFIX / 'bin' / 'heaparium')))


tap.main()
