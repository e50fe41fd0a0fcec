"""programs.py - scenarios that run programs: output, arguments, collections, exit status, standard input

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import DONE, ENDED, INPUT, USAGE, Folder, fails, run, start, succeeds


class Program(Folder):
    """A file of those words, a line each"""

    def __init__(self, *words):
        super().__init__()
        self.words = words

    def __enter__(self):
        file = super().__enter__() / 'program.speech'
        file.write_text(''.join(f'{word}\n' for word in self.words))
        return file


@tap.test
def output_is_the_programs_alone():
    with Program('one', '.two', 'three', '!four', '.five') as file:
        done = run('run', file)
        assert (done.returncode, done.stdout, done.stderr) == (DONE, 'one\n.twothree\n.five', '!four\n'), done


@tap.test
def other_scenarios_print_their_summary():
    assert succeeds('run', 'first-steps').startswith('first-steps, preset classroom: completed\n')


@tap.test
def stats_follow_the_output():
    with Program('one') as file:
        for option in ('--stats', '--statistics'):
            text = succeeds('run', file, option)
            assert text.startswith('one\nspeaks, preset classroom: completed\n'), text
        result = json.loads(succeeds('run', file, '--json'))
        assert result['scenario'] == 'speaks'


@tap.test
def arguments_reach_the_program():
    with Program('arguments') as file:
        assert succeeds('run', file) == ''
        assert succeeds('run', file, '--', 'a', '--b', '-c d') == 'a\n--b\n-c d\n'
        assert succeeds('run', file, '--', '--', 'a') == '--\na\n'
        assert succeeds('run', '--', file, '--', 'a') == 'a\n'
        assert succeeds('run', '--', file) == ''
        assert succeeds('run', '-', '--', 'a', data=b'speak\narguments\n') == 'speak\na\n'
        assert 'one scenario or file at a time' in fails(USAGE, 'run', file, 'a')
        assert fails(USAGE, 'run', 'first-steps', '--', 'a') == 'first-steps is no program: it takes no arguments'


@tap.test
def a_program_chooses_its_exit_status():
    for words, status in ((('exit0', 'never'), 0), (('exit3', 'never'), 3), (('exit255',), 255)):
        with Program('said', *words) as file:
            done = run('run', file)
            assert (done.returncode, done.stdout, done.stderr) == (status, 'said\n', ''), done


@tap.test
def an_uncaught_error_is_told_once():
    with Program('said', 'throw') as file:
        done = run('run', file)
        assert (done.returncode, done.stdout, done.stderr) == (ENDED, 'said\n', 'Uncaught cat\n'), done
        done = run('run', file, '--json')
        result = json.loads(done.stdout)
        assert (result['ending'], result['message']) == ('scenario-error', 'Uncaught cat')


@tap.test
def collections_are_traced():
    with Program('churn', 'said') as file:
        lines = succeeds('run', file, '--trace-gc', '--set', 'preset=node-20').splitlines()
        assert lines[-1] == 'said' and len(lines) > 3
        for line in lines[:-1]:
            assert re.fullmatch(r'\[1:0x0\] +\d+ ms: (Scavenge|Mark-Compact) \d+\.\d \(\d+\.\d\) -> \d+\.\d \(\d+\.\d\) MB, '
                                r'\d+\.\d\d / 0\.00 ms  .*\(average mu = .*', line), line
    assert 'ms: Scavenge' in succeeds('run', 'first-steps', '--trace-gc')


@tap.test
def memory_that_runs_out_is_told_as_node_does():
    with Program('said', 'grow') as file:
        done = run('run', file)
        assert (done.returncode, done.stdout) == (ENDED, 'said\n'), done
        assert done.stderr.startswith('\n<--- Last few GCs --->\n\n'), done.stderr
        assert '\n\n<--- JS stacktrace --->\n\nFATAL ERROR: ' in done.stderr, done.stderr
        assert done.stderr.endswith('JavaScript heap out of memory\n'), done.stderr


@tap.test
def output_comes_while_it_runs():
    with Program('first', 'loop') as file:
        process = start('run', file, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout.readline() == b'first\n'
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
        assert process.returncode == ENDED and output == b'' and errors.startswith(b'heaparium-cli: '), errors


@tap.test
def standard_input_is_recognised():
    assert succeeds('run', '-', data=b'speak\nmore\n') == 'speak\nmore\n'
    long = b'speak\n' + b'word\n' * 20000
    assert succeeds('run', '-', data=long) == long.decode()
    trace = json.loads(succeeds('run', '-', '--json', data=b'I  04016910,3\n S 1ffefffd08,8\n'))
    assert trace['scenario'] == 'memory-trace'
    assert 'standard input: line 1: found' in fails(INPUT, 'run', '-', data=b'Dear diary,\n')


@tap.test
def a_name_does_not_hide_a_trace():
    with Program('I  04016910,3', ' S 1ffefffd08,8') as file:
        assert json.loads(succeeds('run', file, '--json'))['scenario'] == 'memory-trace'


@tap.test
def a_recording_keeps_the_lines():
    with Program('one', '.two', 'three', '!four', '.five') as file:
        recording = file.parent / 'recording'
        assert succeeds('run', file, '--record', recording, '--', 'x') == 'one\n.twothree\n.five'
        last = int(succeeds('describe', recording).split()[3])
        events = ''.join(succeeds('describe', recording, '--at', str(step), '--events') for step in range(last + 1))
        for line in ('one', '.twothree', '!four', '.five'):
            assert f'“{line}”' in events, (line, events)


@tap.test
def a_program_sets_what_it_needs():
    with Folder() as folder:
        file = folder / 'sets.js'
        file.write_text('//! set preset=classroom\n//! set ram = 64K\nconsole.log(1);\n')
        assert succeeds('run', file, '--stats').startswith('1\njavascript, preset classroom: completed\n')
        assert succeeds('run', file, '--stats', '--set', 'preset=node-20').startswith('1\njavascript, preset node-20:')
        for line, complaint in (('//! set ramm=1', ':2: no setting “ramm”; did you mean “ram”?'),
                                ('//! set ram', ':2: set ram: expected KEY=VALUE'),
                                ('//! set ram=much', ':2: ram: found “much”')):
            file.write_text(f'1;\n{line}\n')
            done = run('run', file)
            assert done.returncode == INPUT and f'{file}{complaint}' in done.stderr, done


tap.main()
