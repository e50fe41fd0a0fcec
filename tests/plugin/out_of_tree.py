#!/usr/bin/env python3
"""Plugins outside the tree: what three guides of data/docs say, done word for word against an installed Heaparium.

The shell blocks of the guides are run as they stand, in a scratch folder, with the files as the guides print them. (That
these are the files of data/docs/examples is for tests/house/docs.py to check.) The lines of the text blocks that follow
a shell block are what it prints.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import tap

SOURCE = pathlib.Path(os.environ['HEAPARIUM_SOURCE'])
BUILD = pathlib.Path(os.environ['HEAPARIUM_BUILD'])
PAGES = ('plugins.md', 'policies/write-one.md', 'replacement.md')
GUIDE = '\n'.join((SOURCE / 'data' / 'docs' / page).read_text(encoding='utf-8') for page in PAGES)

FILES = re.findall(r'^\*\*(\S+)\*\*\n\n```\w+\n(.*?)^```$', GUIDE, re.M | re.S)
SESSIONS = re.findall(r'^```sh\n(.*?)^```$', GUIDE, re.M | re.S)
BLOCKS = re.findall(r'^```(sh|text)\n(.*?)^```$', GUIDE, re.M | re.S)

scratch = pathlib.Path(tempfile.mkdtemp(prefix='heaparium-plugins-'))
environment = {}


def run(*command, folder=scratch):
    done = subprocess.run([str(word) for word in command], cwd=folder, env=environment, capture_output=True, text=True,
                          timeout=120, check=False)
    assert done.returncode == 0, f'{command}: {done.returncode}\n{done.stdout}\n{done.stderr}'
    return done.stdout


def install():
    """Install into the scratch folder and let the .pc files know where that is."""
    environment.update(os.environ)
    run('meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir', scratch / 'root', folder=SOURCE)
    modules = sorted((scratch / 'root').rglob('heaparium*.pc'))
    assert [path.name for path in modules] == ['heaparium-1.pc', 'heaparium-scene-1.pc'], modules
    for path in modules:
        text = path.read_text()
        prefix = re.search(r'^prefix=(.*)$', text, re.M).group(1)
        moved = str(scratch / 'root') + prefix
        path.write_text(text.replace(f'={prefix}', f'={moved}'))
    environment.update({
        'HOME': str(scratch / 'home'),
        'XDG_DATA_HOME': str(scratch / 'home' / 'share'),
        'PATH': f'{moved}/bin:{os.environ["PATH"]}',
        'LD_LIBRARY_PATH': str(modules[0].parent.parent),
        'PKG_CONFIG_PATH': str(modules[0].parent),
    })
    plugins = run('pkg-config', '--variable=plugindir', 'heaparium-1').strip()
    os.makedirs(environment['XDG_DATA_HOME'] + '/heaparium')
    # The installed programs look for the bundled plugins where they were to be installed; here they stand elsewhere.
    os.symlink(plugins, environment['XDG_DATA_HOME'] + '/heaparium/plugins')
    environment.pop('HEAPARIUM_PLUGIN_PATH', None)


def compile_alone(text, module, *options):
    flags = run('pkg-config', '--cflags', module).split()
    command = ['cc', '-std=gnu11', '-Wall', '-Wextra', '-Werror', '-Wno-unused-parameter', '-fsyntax-only', *flags, *options,
               '-DGETTEXT_PACKAGE="heaparium"', '-x', 'c', '-']
    done = subprocess.run(command, input=text, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@tap.test
def the_guide_prints_every_file_of_the_examples():
    examples = {str(path.relative_to(SOURCE)) for path in (SOURCE / 'data' / 'docs' / 'examples').rglob('*') if path.is_file()}
    assert len(examples) == 15, examples
    assert examples <= {path for path, _ in FILES}, examples


@tap.test
def the_smallest_useful_policy_stays_small():
    policy = (SOURCE / 'plugins' / 'policies' / 'promote-at-n' / 'promote-at-n.c').read_text()
    assert len(policy.splitlines()) < 60, policy
    for path, text in FILES:
        if path.endswith('meson.build'):
            assert len(text.splitlines()) <= 5, path


@tap.test
def every_public_header_compiles_alone():
    folder = pathlib.Path(run('pkg-config', '--variable=includedir', 'heaparium-1').strip()) / 'heaparium-1'
    headers = sorted(folder.rglob('*.h'))
    assert len(headers) >= 15, headers
    for header in headers:
        compile_alone(f'#include <{header.relative_to(folder)}>\n', 'heaparium-scene-1')


@tap.test
def bundled_plugins_need_the_public_headers_alone():
    sources = sorted((SOURCE / 'plugins').rglob('*.c'))
    assert len(sources) >= 3, sources
    for source in sources:
        text = f'#include "{source}"\n'
        folder = SOURCE.joinpath('plugins', *source.relative_to(SOURCE / 'plugins').parts[:2])
        options = [f'-I{folder}']
        if 'javascript' in source.parts:  # built with the engine, for the one header that tests/house/rooms.py allows it
            options += [f'-I{SOURCE / "engine"}']
        compile_alone(text, 'heaparium-scene-1' if 'views' in source.parts else 'heaparium-1', *options)


def do_session(session):
    """Run the shell lines of one session, in a folder of its own, and give what they printed."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
    for path, text in FILES:
        path = pathlib.Path(path)
        if path.parts[:2] == ('data', 'docs'):
            (folder / path.parent.name).mkdir(exist_ok=True)
            (folder / path.parent.name / path.name).write_text(text, encoding='utf-8')
    output = run('sh', '-e', '-c', session, folder=folder)
    return folder, output


def session_of(word):
    found = [session for session in SESSIONS if session.startswith(word)]
    assert len(found) == 1, (word, SESSIONS)
    return found[0]


def shown_after(session):
    """The lines that the guide says a session prints: those of the text blocks before the next session."""
    lines = []
    for kind, text in BLOCKS[BLOCKS.index(('sh', session)) + 1:]:
        if kind == 'sh':
            break
        lines += text.splitlines()
    return lines


def settle_counts(line):
    """How many scenarios are bundled, and so what they did altogether, changes with each new one."""
    return re.sub(r'\d+', 'N', line) if ' random programs and ' in line else line


def check_shown(session, output):
    shown = [settle_counts(line) for line in shown_after(session)]
    assert len(shown) >= 4, shown
    printed = [settle_counts(line) for line in output.splitlines()]
    for line in shown:
        assert line in printed, f'not printed: {line}\n{output}'


def count(folder, plugin, *arguments):
    """The counters of a run with the plugin just built."""
    environment['HEAPARIUM_PLUGIN_PATH'] = str(folder / plugin / 'build')
    try:
        return json.loads(run('heaparium-cli', 'run', *arguments, '--json'))
    finally:
        del environment['HEAPARIUM_PLUGIN_PATH']


@tap.test
def the_policy_of_the_guide_builds_and_collects_more_often():
    folder, output = do_session(session_of('cd early'))
    assert re.search(r'\bearly\b', output), output
    default = count(folder, 'early', 'first-steps')
    early = count(folder, 'early', 'first-steps', '--policy', 'early', '--set', 'percent=50')
    assert early['scavenges'] > default['scavenges'], (early, default)
    assert early['allocated_bytes'] == default['allocated_bytes'], (early, default)


@tap.test
def the_scenario_of_the_guide_builds_runs_and_is_drawn():
    folder, _ = do_session(session_of('cd linked-list'))
    counters = count(folder, 'linked-list', 'linked-list', '--set', 'length=40')
    assert counters['allocated_bytes'] == 40 * 40, counters
    assert counters['freed_bytes'] == 20 * 40, counters
    assert counters['live_bytes'] == 20 * 40, counters
    assert '<text' in (folder / 'linked-list' / 'list.svg').read_text(encoding='utf-8')


@tap.test
def the_view_of_the_guide_builds_and_draws():
    folder, _ = do_session(session_of('cd space-bars'))
    picture = (folder / 'space-bars' / 'bars.svg').read_text(encoding='utf-8')
    assert 'old' in picture and '<rect' in picture, picture
    assert (folder / 'space-bars' / 'bars.png').read_bytes().startswith(b'\x89PNG')


@tap.test
def the_comparison_of_the_guide_runs():
    do_session(session_of('heaparium-cli run first-steps --policy default'))


@tap.test
def the_policy_in_30_lines_does_what_its_page_shows():
    code = dict(FILES)['data/docs/examples/hurry/hurry.c']
    lines = [line for line in re.sub(r'/\*.*?\*/', '', code, flags=re.S).splitlines() if line.strip()]
    assert len(lines) <= 30, lines
    session = session_of('cd hurry')
    check_shown(session, do_session(session)[1])


@tap.test
def the_whole_collector_does_what_its_page_shows():
    session = session_of('heaparium-cli check-policy mark-sweep')
    check_shown(session, do_session(session)[1])


@tap.test
def the_replacement_policy_in_60_lines_does_what_its_page_shows():
    code = dict(FILES)['data/docs/examples/nru/nru.c']
    assert len(code.splitlines()) < 70 and len([line for line in code.splitlines() if line.strip()]) < 60, code
    session = session_of('cd nru')
    folder, output = do_session(session)
    check_shown(session, output)
    often, seldom = (count(folder, 'nru', 'locality', '--policy', 'nru', '--set', f'period={period}')
                     for period in (1, 1000))
    assert often['major_faults'] != seldom['major_faults'], 'the setting makes no difference'


try:
    install()
    tap.main()
finally:
    shutil.rmtree(scratch)
