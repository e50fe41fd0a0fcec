"""worker.py - what data/docs/worker.md promises: crashes, loops, appetite, signals, and what is kept of the recording

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import CLI, ENDED, ENVIRONMENT, PLUGIN, Folder, fails, run_bytes, start, succeeds

STREAM = ('--record', '-', '--stream')


def crash(how, *more):
    """The line that the worker leaves"""
    done = run_bytes('run', 'misbehave', '--set', f'how={how}', *STREAM, *more)
    assert done.returncode == PLUGIN, (done.returncode, done.stderr)
    return done.stderr.decode()


def said(reason):
    return f'heaparium-cli: the scenario “misbehave” crashed at operation 1000 ({reason})\n'


@tap.test
def crashes_are_one_line():
    assert crash('crash') == said('segmentation fault')
    assert crash('overflow') == said('segmentation fault')
    assert crash('abort') == said('abort')
    assert crash('divide') == said('arithmetic error')
    assert crash('exit') == said('it ended the program')


@tap.test
def the_policy_is_named_too():
    assert crash('crash', '--policy', 'default') == (
        'heaparium-cli: the scenario “misbehave” or the policy “default” crashed at operation 1000 (segmentation fault)\n')


@tap.test
def appetite_ends_at_the_limit():
    if 'libasan' in subprocess.run(['ldd', CLI], capture_output=True, text=True, check=True).stdout:
        tap.skip('the address sanitizer needs all of the address space')
    line = crash('eat', '--memory-limit', '1G')
    assert line.startswith('heaparium-cli: the scenario “misbehave” crashed at operation 1000 (')
    assert 'failed to allocate 67108864 bytes' in line and line.count('\n') == 1


@tap.test
def an_endless_loop_ends_at_the_limit_of_processor_time():
    assert crash('loop', '--cpu-limit', '1') == said('its limit of processor time was reached')


@tap.test
def an_endless_loop_is_silence_and_can_be_killed():
    worker = start('run', 'misbehave', '--set', 'how=loop', *STREAM, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        head = os.read(worker.stdout.fileno(), 65536)
        assert head, 'the description is written at once'
        time.sleep(0.6)
        assert worker.poll() is None
        rest = os.read(worker.stdout.fileno(), 1 << 20)
        assert len(rest) >= 1000 * 16, 'what was recorded before the loop comes out though no operation ends'
    finally:
        worker.kill()
    assert worker.wait(20) == -signal.SIGKILL


@tap.test
def the_event_limit_ends_a_busy_loop():
    done = run_bytes('run', 'misbehave', '--set', 'how=busy', *STREAM, '--event-limit', '50000')
    assert done.returncode == ENDED
    assert done.stderr.startswith(b'heaparium-cli: ') and done.stderr.count(b'\n') == 1
    assert 50000 * 16 <= len(done.stdout) < 50000 * 16 * 2


@tap.test
def a_signal_ends_the_run_properly():
    with Folder() as folder:
        for number in (signal.SIGINT, signal.SIGTERM):
            file = folder / 'busy'
            with file.open('wb') as output:
                worker = start('run', 'misbehave', '--set', 'how=busy', *STREAM, '--json', stdout=output,
                               stderr=subprocess.PIPE)
                while file.stat().st_size < 200000 and worker.poll() is None:
                    time.sleep(0.01)
                worker.send_signal(number)
                lines = worker.stderr.read().decode().splitlines()
                assert worker.wait(60) == ENDED
            assert json.loads(lines[0])['ending'] == 'cancelled', lines
            assert json.loads(succeeds('run', file, '--json'))['ending'] == 'cancelled'
            assert 'verified: ' in succeeds('verify', file)


@tap.test
def it_dies_with_its_parent():
    script = 'import subprocess, sys, time; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); time.sleep(60)'
    parent = subprocess.Popen([sys.executable, '-c', script, CLI, 'run', 'misbehave', '--set', 'how=loop', '--record',
                               '/dev/null', '--stream'], env=ENVIRONMENT, stdout=subprocess.PIPE)
    worker = int(parent.stdout.readline())
    time.sleep(0.5)
    assert is_running(worker)
    parent.kill()
    parent.wait(20)
    end = time.monotonic() + 10
    while is_running(worker) and time.monotonic() < end:
        time.sleep(0.02)
    gone = not is_running(worker)
    if not gone:
        os.kill(worker, signal.SIGKILL)
    assert gone


def is_running(process):
    """Whether it is there and no zombie"""
    try:
        state = pathlib.Path(f'/proc/{process}/stat').read_text().rpartition(')')[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in 'ZX'


@tap.test
def what_was_recorded_before_a_crash_is_there():
    with Folder() as folder:
        file = folder / 'cut'
        for how in ('crash', 'abort', 'overflow', 'exit'):
            assert 'crashed' in fails(PLUGIN, 'run', 'misbehave', '--set', f'how={how}', '--record', file)
            assert json.loads(succeeds('run', file, '--json'))['operations'] == 1000, how


@tap.test
def the_summary_does_not_disturb_the_recording():
    plain = run_bytes('run', 'first-steps', '--record', '-')
    streamed = run_bytes('run', 'first-steps', *STREAM, '--json')
    quiet = run_bytes('run', 'first-steps', *STREAM)
    assert plain.returncode == streamed.returncode == quiet.returncode == 0
    assert plain.stderr.startswith(b'first-steps')
    assert json.loads(streamed.stderr)['ending'] == 'completed'
    assert quiet.stderr == b''
    assert len(plain.stdout) > 1000


tap.main()
