"""watch.py - `heaparium-cli watch` on children that grow in steps of known size, and on what cannot be watched

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import csv
import io
import json
import os
import pathlib
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import child
import tap
from cli import CLI, DONE, ENVIRONMENT, INPUT, OUTPUT, USAGE, Folder, fails, start, succeeds

MB = 1 << 20
STEP = 8 * MB
STEPS = 4

# For each line on standard input: 8 MB more, of which 6 MB are touched; then it says so.
GROW = f'''
import mmap, sys
blocks, data = [], b"x" * {STEP - 2 * MB}
print("ready", flush=True)
for line in sys.stdin:
    blocks.append(mmap.mmap(-1, {STEP}, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
    blocks[-1].write(data)
    print("grown", flush=True)
'''


@tap.test
def growth_is_seen_to_the_byte():
    with child.started(GROW) as one:
        one.tell()
        watch = start('watch', one.pid, '--json', '--interval', 20, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        samples = [json.loads(watch.stdout.readline())]
        for step in range(STEPS):
            one.tell()
            while samples[-1]['heap'] != samples[0]['heap'] + (step + 1) * STEP:
                samples.append(json.loads(watch.stdout.readline()))
                assert len(samples) < 1000, samples[-1]
        last = samples[-1]
        one.end()
        rest, complaint = watch.communicate(timeout=20)
        assert (watch.returncode, complaint) == (DONE, b''), (watch.returncode, complaint)
    samples += [json.loads(line) for line in rest.splitlines()]
    first = samples[0]
    assert last['virtual'] - first['virtual'] == STEPS * STEP
    if last['heap_touched'] is not None:
        assert last['heap_touched'] - first['heap_touched'] >= STEPS * (STEP - 2 * MB)
        assert last['in_use'] == last['heap_touched'] <= last['heap']
    check_members(samples, one.pid)


def check_members(samples, pid):
    for sample in samples:
        assert sample['pid'] == pid and sample['threads'] == 1
        assert sample['resident'] == sample['anonymous'] + sample['file'] + sample['shared'], sample
        assert sample['proportional'] is None or sample['proportional'] <= sample['resident']
    for before, after in zip(samples, samples[1:]):
        seconds = (after['time_ms'] - before['time_ms']) / 1000
        faults = after['minor_faults'] - before['minor_faults']
        assert seconds > 0 and faults >= 0
        assert abs(after['minor_faults_per_second'] * seconds - faults) <= faults * .1 + 1, (before, after)
    assert samples[-1]['minor_faults'] > samples[0]['minor_faults']


@tap.test
def the_end_of_the_process_ends_the_watch():
    with child.started(GROW) as one:
        watch = start('watch', one.pid, '-i', 20, stdout=subprocess.PIPE, text=True)
        assert watch.stdout.readline().split() == ['time', 'resident', 'anonymous', 'file', 'shared', 'swap', 'heap',
                                                   'touched', 'growth', 'minor', 'major']
        assert watch.stdout.readline().startswith('      0.0 s')
        one.end()
        rest = watch.communicate(timeout=20)[0].splitlines()
        assert watch.returncode == DONE
        assert f', process {one.pid}: ' in rest[-1] and rest[-1].endswith(' resident'), rest[-1]


@tap.test
def a_zombie_has_ended():
    with child.started(GROW) as one:
        one.process.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, one.pid, os.WEXITED | os.WNOWAIT)
        assert fails(USAGE, 'watch', one.pid) == f'there is no process {one.pid}'


@tap.test
def as_many_samples_as_asked():
    text = succeeds('watch', os.getpid(), '--count', 3, '--interval', 10, '--csv')
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 3
    assert [row['pid'] for row in rows] == [str(os.getpid())] * 3
    line = succeeds('watch', os.getpid(), '-n', 1, '--json')
    assert line.count('\n') == 1
    assert list(json.loads(line)) == list(rows[0])


@tap.test
def an_interrupt_ends_it_with_its_chart():
    with Folder() as folder:
        chart = folder / 'chart.svg'
        watch = start('watch', os.getpid(), '-i', 10, '--chart', chart, stdout=subprocess.PIPE, text=True)
        for _ in range(4):
            watch.stdout.readline()
        watch.send_signal(signal.SIGINT)
        watch.communicate(timeout=20)
        assert watch.returncode == DONE
        text = chart.read_text()
        assert f'process {os.getpid()}' in text and 'Page faults' in text and 'Resident' in text
        assert text.count('<polyline') + text.count('<path') >= 6
        pictures = [folder / f'chart.{ending}' for ending in ('png', 'pdf')]
        for picture, magic in zip(pictures, (b'\x89PNG', b'%PDF')):
            succeeds('watch', os.getpid(), '-n', 2, '-i', 10, '--chart', picture, '--theme', 'dark')
            assert picture.read_bytes().startswith(magic)


@tap.test
def what_cannot_be_watched():
    assert fails(USAGE, 'watch', 2147483647) == 'there is no process 2147483647'
    assert fails(USAGE, 'watch') == 'which process? Say its PID'
    assert fails(USAGE, 'watch', 'x') == 'PID: found “x”, expected a number'
    assert fails(USAGE, 'watch', 0) == 'PID: found “0”, expected a number'
    me = os.getpid()
    assert fails(USAGE, 'watch', me, '-i', 5) == '--interval: found 5, expected 10 to 3600000'
    assert fails(USAGE, 'watch', me, '--json', '--csv') == 'either --json or --csv'
    assert '.png, .svg' in fails(USAGE, 'watch', me, '--chart', 'x.gif')
    fails(OUTPUT, 'watch', me, '-n', 1, '--chart', '/nonexistent/x.svg')
    with open('/dev/full', 'w', encoding='utf-8') as full:
        fails(OUTPUT, 'watch', me, '-n', 1, stdout=full)


NOBODY = 65534

# Forbids others to look into its memory (PR_SET_DUMPABLE), then waits.
HIDE = 'import ctypes, sys; ctypes.CDLL(None).prctl(4, 0); print("ready", flush=True); sys.stdin.read()'


def watch_as_nobody(pid):
    return subprocess.run([CLI, 'watch', str(pid), '-n', '1', '--json'], env=ENVIRONMENT, user=NOBODY,
                          capture_output=True, text=True, timeout=60)


def need_superuser():
    if os.geteuid() != 0:
        tap.skip('only the superuser can become somebody else')


@tap.test
def somebody_elses_process():
    need_superuser()
    done = watch_as_nobody(os.getpid())
    assert done.returncode == INPUT, done
    assert done.stderr.endswith('belongs to user 0; you are user 65534 and can only watch processes of your own\n')


@tap.test
def ones_own_process_that_hides_its_memory():
    need_superuser()
    hidden = subprocess.Popen(['/usr/bin/python3', '-c', HIDE], user=NOBODY, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    with hidden:
        hidden.stdout.readline()
        done = watch_as_nobody(hidden.pid)
        hidden.stdin.close()
    assert done.returncode == DONE, done
    sample = json.loads(done.stdout)
    assert sample['heap'] is sample['heap_touched'] is sample['proportional'] is None, sample
    assert sample['in_use'] == sample['anonymous'] + sample['swap'] > 0, sample
    assert sample['resident'] == sample['anonymous'] + sample['file'] + sample['shared'], sample


@tap.test
def nothing_is_attached():
    """The tracer of a process is in its status; a stopped one would be in state T or t"""
    with child.started(GROW) as one:
        watch = start('watch', one.pid, '-i', 10, stdout=subprocess.DEVNULL)
        for _ in range(20):
            status = pathlib.Path(f'/proc/{one.pid}/status').read_text()
            assert 'TracerPid:\t0\n' in status and 'State:\tT' not in status.upper(), status
            time.sleep(.01)
        one.end()
        assert watch.wait(20) == DONE


tap.main()
