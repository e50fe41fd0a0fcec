"""usage.py - help, wrong usage, exit statuses, unwritable outputs

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import os
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import CLI, ENDED, INPUT, OUTPUT, PLUGIN, USAGE, Folder, fails, run, start, succeeds

COMMANDS = ('list', 'run', 'render', 'describe', 'verify', 'check-policy')


@tap.test
def no_toolkit_is_linked():
    linked = subprocess.run(['ldd', CLI], capture_output=True, text=True, check=True).stdout
    for name in ('libgtk', 'libgdk', 'libgraphene', 'libadwaita'):
        assert name not in linked, name


@tap.test
def help_is_everywhere():
    text = succeeds('--help')
    assert succeeds('help') == succeeds('-h') == text
    for command in COMMANDS:
        assert f'\n  {command} ' in text
        own = succeeds(command, '--help')
        assert own == succeeds('help', command)
        assert f'heaparium-cli {command} [OPTION' in own
        assert 'Exit status:' in own
    assert 'Exit status:' in text


@tap.test
def version():
    assert succeeds('--version') == 'heaparium-cli 0.1.0\n'


@tap.test
def wrong_commands():
    assert fails(USAGE) == 'which command?'
    assert fails(USAGE, 'rnu') == 'no command “rnu”; did you mean “run”?'
    assert fails(USAGE, 'frobnicate') == 'no command “frobnicate”'
    assert fails(USAGE, '--frobnicate') == 'unknown option --frobnicate'
    assert fails(USAGE, 'help', 'rnder') == 'no command “rnder”; did you mean “render”?'


@tap.test
def wrong_options():
    for command in COMMANDS:
        assert fails(USAGE, command, '--frobnicate') == 'Unknown option --frobnicate'
    for command in COMMANDS[1:-1]:
        extra = ('-o', 'x.svg') if command == 'render' else ()
        assert fails(USAGE, command, *extra) == 'which scenario or file?'
        assert fails(USAGE, command, 'a', 'b', *extra) == 'one scenario or file at a time; found “b” after “a”'
    assert fails(USAGE, 'list', 'x') == 'found “x”, expected no argument'
    assert fails(USAGE, 'run', 'misbehave', '--event-limit', 'many').startswith('Cannot parse integer value')
    assert fails(USAGE, 'run', 'misbehave', '--memory-limit', 'much') == (
        '--memory-limit: found “much”, expected a number of bytes, such as 4096, 512K or 16M')


@tap.test
def wrong_names():
    assert fails(USAGE, 'run', 'first-step') == 'no scenario “first-step”; did you mean “first-steps”?'
    assert fails(USAGE, 'run', 'first-steps', '--policy', 'defalt') == 'no policy “defalt”; did you mean “default”?'
    assert fails(USAGE, 'run', 'misbehave', '--set', 'how') == '--set how: expected KEY=VALUE'
    assert fails(USAGE, 'run', 'misbehave', '--set', 'hwo=x') == 'no setting “hwo”; did you mean “how”?'
    assert fails(USAGE, 'run', 'misbehave', '--set', 'how=x').startswith('how: found “x”, expected one of well, ')
    assert 'node-20' in fails(USAGE, 'run', 'misbehave', '--set', 'preset=vax')


@tap.test
def wrong_settings_of_the_policy_come_with_bounds():
    message = fails(USAGE, 'run', 'first-steps', '--policy', 'promote-at-n', '--set', 'survivals=99')
    assert message == 'survivals: found “99”, expected 1 to 15'


@tap.test
def missing_files():
    assert fails(INPUT, 'run', '/no/such/file').startswith('/no/such/file: ')
    assert fails(INPUT, 'run', 'trace.lackey').startswith('trace.lackey: ')
    assert fails(INPUT, 'run', '/').startswith('/: ')


@tap.test
def list_names_all_plugins():
    text = succeeds('list')
    for word in ('Scenarios', 'first-steps', 'memory-trace', 'Policies', 'promote-at-n', 'survivals=1', 'Views'):
        assert word in text, word
    assert '  preset=' in succeeds('list', '--machine')
    assert '  preset=' not in text


@tap.test
def list_as_json():
    listed = json.loads(succeeds('list', '--json'))
    plugins = {(plugin['kind'], plugin['id']): plugin for plugin in listed['plugins']}
    setting = plugins['policy', 'promote-at-n']['settings'][0]
    assert (setting['name'], setting['type'], setting['default'], setting['min'], setting['max']) == (
        'survivals', 'integer', '1', 1, 15)
    assert listed['machine'][0]['name'] == 'preset'
    assert ('scenario', 'misbehave') in plugins


@tap.test
def list_names_what_is_refused():
    with Folder() as folder:
        (folder / 'old.plugin').write_text('[Plugin]\nId=old\nKind=view\nName=Old\nABI=99\n')
        (folder / 'bad.plugin').write_text('nonsense\n')
        (folder / 'gone.plugin').write_text('[Plugin]\nId=gone\nKind=scenario\nName=Gone\nABI=4\n')
        environment = {**os.environ, 'HEAPARIUM_PLUGIN_PATH': str(folder)}
        listed = subprocess.run([CLI, 'list'], env=environment, capture_output=True, text=True, check=True).stdout
        assert f'{folder}/old.plugin: it is built for plugin ABI 99; this Heaparium has ABI 4' in listed
        assert f'{folder}/bad.plugin: Key file contains line' in listed
        ran = subprocess.run([CLI, 'run', 'gone'], env=environment, capture_output=True, text=True)
        assert ran.returncode == PLUGIN
        assert ran.stderr == (
            f'heaparium-cli: the scenario “gone” was refused: its module {folder}/gone.so is missing\n')


@tap.test
def a_full_disk_is_told():
    with open('/dev/full', 'wb') as full:
        for arguments in (('list',), ('--help',), ('run', 'first-steps'), ('run', 'first-steps', '--json'),
                          ('describe', 'first-steps', '--at', '40')):
            done = run(*arguments, stdout=full)
            assert done.returncode == OUTPUT, (arguments, done.returncode)
            assert done.stderr == 'heaparium-cli: cannot write to standard output: No space left on device\n'
    assert fails(OUTPUT, 'run', 'first-steps', '--record', '/dev/full') == (
        'cannot write /dev/full: No space left on device')


@tap.test
def unwritable_outputs_are_told():
    assert fails(OUTPUT, 'run', 'first-steps', '--record', '/no/such/folder/x') == (
        'cannot write /no/such/folder/x: No such file or directory')
    assert '/no/such/folder/x.svg' in fails(OUTPUT, 'render', 'first-steps', '-o', '/no/such/folder/x.svg')


@tap.test
def a_closed_pipe_ends_it_quietly():
    reader = start('list', stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    reader.stdout.close()
    complaint = reader.stderr.read()
    # Either it was faster than the closing of the pipe, or SIGPIPE ended it.
    assert reader.wait(20) in (0, -signal.SIGPIPE) and complaint == b'', complaint


@tap.test
def an_input_is_not_recorded_over():
    with Folder() as folder:
        trace = folder / 'trace'
        trace.write_text('I  04016910,3\n S 1ffefffd08,8\n')
        message = fails(USAGE, 'run', trace, '--record', trace)
        assert message == f'{trace} is the input of the run; record to another file'
        assert trace.read_text() == 'I  04016910,3\n S 1ffefffd08,8\n'


@tap.test
def the_end_of_a_run_is_its_status():
    assert run('run', 'misbehave').returncode == 0
    assert fails(ENDED, 'run', 'misbehave', '--set', 'how=fail') == 'line 7: found a cat, expected a dog'
    assert fails(INPUT, 'run', 'misbehave', '--set', 'how=fail', '--set', 'file=x') == (
        'line 7: found a cat, expected a dog')
    assert fails(ENDED, 'run', 'misbehave', '--set', 'how=dead-ref') != ''


tap.main()
