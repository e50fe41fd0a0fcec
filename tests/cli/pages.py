"""pages.py - `heaparium-cli pages`: what it counts, and what it makes of every kind of bad trace

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import gzip
import json
import lzma
import os
import pathlib
import pty
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import BUILD, ENDED, ENVIRONMENT, CLI, Folder, INPUT, OUTPUT, PLUGIN, SHARED, USAGE, fails, run, run_bytes, start, succeeds

SMALL = pathlib.Path(os.environ['HEAPARIUM_SOURCE']) / 'tests' / 'data' / 'small.lackey'
POLICIES = 'fifo clock0 clock1 lru lfu arc opt sieve s3-fifo random two-list mglru'.split()
KEYS = ['policy', 'frames', 'references', 'distinct_pages', 'faults', 'dirty_evictions', 'references_per_second']
CUT_OFF = 'found the end of the file in the middle of the line, expected the rest of it: the file was cut off'


def count(*arguments, **options):
    """The numbers of one result, without the speed"""
    result = json.loads(succeeds('pages', '--json', *arguments, **options))
    return [result[key] for key in KEYS[1:-1]]


def text_of(*pages):
    return ''.join(f' S {page:05x}008,8\n' if write else f'I  {page:05x}000,4\n' for page, write in pages).encode()


@tap.test
def one_result_is_an_object_and_several_are_an_array():
    alone = json.loads(succeeds('pages', SMALL, '--policy', 'lru', '--frames', '60', '--json'))
    assert list(alone) == KEYS, alone
    assert alone['references_per_second'] > 0
    assert [alone[key] for key in KEYS[:-1]] == ['lru', 60, 540, 61, 181, 121]
    several = json.loads(succeeds('pages', SMALL, '-p', 'lru,fifo', '-p', 'opt', '-f', '60,61', '-f', '1', '--json'))
    assert [(row['policy'], row['frames']) for row in several] == [
        (policy, frames) for policy in ('lru', 'fifo', 'opt') for frames in (60, 61, 1)]
    assert all(list(row) == KEYS for row in several)
    assert [row['faults'] for row in several[:2]] == [181, 61]


@tap.test
def data_only_and_the_size_of_pages():
    assert count(SMALL, '-f', '60', '--data-only') == [60, 360, 60, 60, 0]
    # 61 pages next to each other or not: half of them with pages of twice the size, at least.
    assert 30 <= count(SMALL, '-f', '60', '--page-size', '8192')[2] <= 61
    assert count(SMALL, '-f', '1', '--page-size', '1073741824')[1:3] == [540, 1]


@tap.test
def every_policy_has_the_published_counts():
    """All policies and sizes of RAM from one pass over a trace of six million references"""
    if not (SHARED / 'traces' / 'expected-faults.json').is_file():
        tap.skip('no traces here')
    traces = json.loads((SHARED / 'traces' / 'expected-faults.json').read_text())['traces']
    names = {'CLOCK0': 'clock0', 'CLOCK1': 'clock1', 'TWOLIST': 'two-list'}
    for mode, flags in (('all', []), ('data_only', ['--data-only'])):
        expected = traces['ls'][mode]
        sizes = {size['frames']: size for size in expected['sizes']}
        rows = json.loads(succeeds('pages', SHARED / 'traces' / 'ls.lackey.xz', '-p', ','.join(POLICIES), '-f',
                                   ','.join(map(str, sizes)), '--json', *flags))
        found = {(row['policy'], row['frames']): row for row in rows}
        assert {(row['references'], row['distinct_pages']) for row in rows} == {
            (expected['references'], expected['distinct_pages'])}
        for frames, size in sizes.items():
            for name, faults in size['faults'].items():
                row = found[names.get(name, name.lower()), frames]
                assert row['faults'] == faults, (mode, row, faults)
                assert row['dirty_evictions'] == size['dirty_evictions'].get(name, row['dirty_evictions']), row


@tap.test
def a_curve_has_what_replays_have():
    sizes = list(range(1, 62))
    rows = json.loads(succeeds('pages', SMALL, '-p', 'lru,opt', '-f', ','.join(map(str, sizes)), '--json'))
    replays = {(row['policy'], row['frames']): row for row in rows}
    for policy in ('lru', 'opt'):
        curve = json.loads(succeeds('pages', SMALL, '-p', policy, '--curve', '-f', ','.join(map(str, sizes)), '--json'))
        assert (curve['policy'], curve['references'], curve['distinct_pages']) == (policy, 540, 61)
        for size in curve['curve']:
            replay = replays[policy, size['frames']]
            assert size['faults'] == replay['faults'], (size, replay)
            assert size['dirty_evictions'] == (replay['dirty_evictions'] if policy == 'lru' else None)
    # Without sizes: those where something changes.
    steps = json.loads(succeeds('pages', SMALL, '--curve', '--json'))['curve']
    told = {size['frames']: size['faults'] for size in steps}
    assert 61 in told and told[61] == 61
    for frames in sizes:
        assert replays['lru', frames]['faults'] == told[max(size for size in told if size <= frames)]


@tap.test
def curves_of_both_in_every_form():
    both = json.loads(succeeds('pages', SMALL, '-p', 'lru,opt', '--curve', '--json'))
    assert [curve['policy'] for curve in both] == ['lru', 'opt']
    lines = succeeds('pages', SMALL, '-p', 'lru,opt', '--curve', '--csv').splitlines()
    assert lines[0].split(',') == KEYS and lines[-1].startswith('opt,')
    text = succeeds('pages', SMALL, '-p', 'lru', '--curve')
    assert 'lru' in text and '544 lines in ' in text
    assert fails(USAGE, 'pages', SMALL, '-p', 'fifo', '--curve') == (
        '--curve: fifo is no stack algorithm, as lru and opt are; say the sizes with --frames')


@tap.test
def curves_are_drawn():
    with Folder() as folder:
        pictures = [folder / name for name in ('a.svg', 'b.svg', 'c.png')]
        for picture in pictures:
            succeeds('pages', SMALL, '-p', 'lru,opt', '--curve', '--chart', picture)
        text = pictures[0].read_text()
        for word in ('Page faults of small.lackey with every size of RAM', 'References: 540. Pages: 61.', '>LRU<', '>OPT<'):
            assert word in text, word
        # From 540 references down to 61 pages: an axis from 1 to 1000.
        assert '>1000<' in text and '>10000<' not in text
        assert text == pictures[1].read_text() and pictures[2].read_bytes().startswith(b'\x89PNG')
        assert '.txt' in fails(USAGE, 'pages', SMALL, '--curve', '--chart', folder / 'a.txt')
        assert fails(OUTPUT, 'pages', SMALL, '--curve', '--chart', folder / 'no' / 'a.svg') != ''
    assert fails(USAGE, 'pages', SMALL, '-f', '2', '--chart', 'a.svg') == '--chart draws what --curve finds'


@tap.test
def the_working_set_in_every_form():
    """In four rounds of a loop over three pages, and one page five times, counted by hand"""
    with Folder() as folder:
        (folder / 'loop').write_bytes(text_of(*[(page, page == 1) for page in 4 * [1, 2, 3] + 5 * [9]]))
        told = json.loads(succeeds('pages', folder / 'loop', '--working-set', '2,3', '-w', '100', '--json'))
        assert (told['references'], told['distinct_pages']) == (17, 4)
        assert [(row['window'], row['peak_pages']) for row in told['working_set']] == [(2, 2), (3, 3), (100, 4)]
        sums = [1 + 12 * 2 + 4 * 1, 1 + 2 + 11 * 3 + 2 + 3 * 1, 1 + 2 + 10 * 3 + 5 * 4]
        for row, total in zip(told['working_set'], sums):
            assert abs(row['mean_pages'] - total / 17) < 1e-6, (row, total)
        lines = succeeds('pages', folder / 'loop', '-w', '3,100', '--csv').splitlines()
        assert lines[0] == 'window,references,distinct_pages,mean_pages,peak_pages,references_per_second'
        assert [line.split(',')[:3] + line.split(',')[4:5] for line in lines[1:]] == [
            ['3', '17', '4', '3'], ['100', '17', '4', '4']]
        text = succeeds('pages', folder / 'loop', '-w', '3').splitlines()
        assert text[1].split() == ['3', f'{sums[1] / 17:.1f}', '3', '12.0', 'KiB'], text
        assert text[2].startswith('17 references to 4 pages, ') and text[4].startswith('17 lines in ')


@tap.test
def a_working_set_needs_no_ram():
    assert fails(USAGE, 'pages', SMALL, '-w', '10', '-f', '3') == (
        '--working-set needs no RAM: it goes with none of --frames, --policy and --curve')
    for wrong in ('0', '', '67108865', '5,x'):
        found = wrong.split(',')[-1]
        assert fails(USAGE, 'pages', SMALL, '-w', wrong) == (
            f'--working-set: found “{found}”, expected a number from 1 to 67108864')


@tap.test
def packed_traces_and_standard_input():
    plain = SMALL.read_bytes()
    expected = count(SMALL, '-f', '60')
    with Folder() as folder:
        (folder / 'a.xz').write_bytes(lzma.compress(plain))
        (folder / 'b.gz').write_bytes(gzip.compress(plain))
        subprocess.run(['zstd', '-q', SMALL, '-o', folder / 'c'], check=True)
        for name in ('a.xz', 'b.gz', 'c'):
            assert count(folder / name, '-f', '60') == expected, name
            assert count('-', '-f', '60', data=(folder / name).read_bytes()) == expected, name
        os.mkfifo(folder / 'pipe')
        reader = start('pages', folder / 'pipe', '-f', '60', '--json', stdout=subprocess.PIPE)
        (folder / 'pipe').write_bytes(plain)
        result = json.loads(reader.communicate()[0])
        assert [result[key] for key in KEYS[1:-1]] == expected
    assert count('-', '-f', '60', data=plain) == expected


@tap.test
def what_the_program_printed_is_skipped_counted_and_told():
    mixed = b'==7== Lackey\nhello\n I  am here\n\n' + text_of((1, 1), (2, 0)) + b'\x00\xff\r\nbye L 123,4\n' + text_of((3, 0))
    done = run('pages', '-', '-f', '1', '--json', data=mixed)
    assert done.returncode == 0
    assert json.loads(done.stdout)['references'] == 3 and json.loads(done.stdout)['dirty_evictions'] == 1
    assert done.stderr == ("heaparium-cli: standard input: skipped lines that are neither references nor Valgrind's own: 4; "
                           'the first is line 2, “hello”\n')
    assert '9 lines in ' in run('pages', '-', '-f', '1', data=mixed).stdout
    assert '; 6 of them were no references.' in run('pages', '-', '-f', '1', data=mixed).stdout


@tap.test
def lines_of_every_kind():
    def references(text):
        return count('-', '-f', '1', data=text)[1:3]
    assert references(b'I  1000,4\r\n L 2000,8\r\n') == [2, 2]
    assert references(b' L ffffffffffffffff,8\n L 1000000000000,1\n') == [2, 2]
    # One reference to the page of its first byte, whatever its size.
    assert references(b' L 1fff,8\n M 1000,999999999\n') == [2, 1]
    # No bytes, no reference.
    done = run('pages', '-', '-f', '1', '--json', data=b' L 1000,0\n L 2000,4\n L 11111111111111111,4\n')
    assert json.loads(done.stdout)['references'] == 1 and 'own: 2; the first is line 1' in done.stderr
    assert references(b'x' * 5_000_000 + b'\n L 1000,8\n') == [1, 1]


@tap.test
def traces_that_are_cut_off_are_counted_as_far_as_they_go():
    for cut in (-1, -3, -12):
        done = run('pages', '-', '-f', '60', '--json', data=SMALL.read_bytes()[:cut])
        assert done.returncode == INPUT and 0 < json.loads(done.stdout)['references'] <= 540, done.stdout
        assert done.stderr.endswith(CUT_OFF + '\n'), done.stderr
    packed = lzma.compress(os.urandom(100) + b'\n' + SMALL.read_bytes() * 100)
    for data, word in ((packed[:len(packed) // 2], 'ends early'), (packed[:500] + b'?' * 99 + packed[600:], 'damaged')):
        done = run('pages', '-', '-f', '60', data=data)
        assert done.returncode == INPUT and f'standard input: the xz data' in done.stderr, done.stderr


@tap.test
def what_is_no_trace():
    nothing = 'found the end of the file and no reference before it, expected a trace by “valgrind --tool=lackey'
    with Folder() as folder:
        (folder / 'empty').write_bytes(b'')
        (folder / 'binary').write_bytes(bytes(range(256)) * 100 + b'\n')
        (folder / 'locked').write_bytes(b' L 10,8\n')
        (folder / 'locked').chmod(0)
        for name in ('empty', 'binary'):
            done = run('pages', folder / name, '-f', '1', '--json')
            assert (done.returncode, done.stdout) == (INPUT, '') and nothing in done.stderr, done.stderr
            assert done.stderr.count('\n') == 1
        assert fails(INPUT, 'pages', folder, '-f', '1') == f'{folder}: found a folder, expected a file'
        assert fails(INPUT, 'pages', folder / 'none', '-f', '1') == f'{folder / "none"}: there is no such file'
        if os.geteuid() != 0:
            assert 'ermission' in fails(INPUT, 'pages', folder / 'locked', '-f', '1')
    assert nothing in fails(INPUT, 'pages', '-', '-f', '1', data=b'')
    # Endless nothing is not read for ever.
    with open('/dev/zero', 'rb') as zeros:
        done = subprocess.run([CLI, 'pages', '-', '-f', '1'], stdin=zeros, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == INPUT and 'found no reference in 64 MB' in done.stderr


@tap.test
def a_file_that_grows_or_shrinks_is_read_to_its_end_as_it_is_met():
    lines = text_of(*((page % 9, 0) for page in range(500_000)))
    with Folder() as folder:
        file = folder / 'file'
        for grows in (True, False):
            file.write_bytes(lines)
            reader = start('pages', file, '-p', ','.join(POLICIES), '-f', '3', '--json', stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
            time.sleep(0.02)
            if grows:
                with open(file, 'ab') as writer:
                    for begin in range(0, len(lines), 1_000_003):
                        writer.write(lines[begin:begin + 1_000_003])
                        writer.flush()
            else:
                os.truncate(file, 1_000_003)
            output, complaint = reader.communicate()
            # Where the end is met depends on who is faster; it may be in the middle of a line, which is told.
            assert reader.returncode == 0 or (reader.returncode == INPUT and CUT_OFF in complaint.decode()), complaint
            counts = {row['references'] for row in json.loads(output)}
            assert len(counts) == 1, counts
            if grows:
                assert 500_000 <= counts.pop() <= 1_000_000
            else:
                assert 1_000_003 // 14 <= counts.pop() <= 500_000
        os.mkfifo(folder / 'growing')
        reader = start('pages', folder / 'growing', '-f', '1', '--json', stdout=subprocess.PIPE)
        with open(folder / 'growing', 'wb') as writer:
            for page in range(20):
                writer.write(text_of((page, 0))[:7])
                writer.flush()
                time.sleep(0.005)
                writer.write(text_of((page, 0))[7:])
        assert json.loads(reader.communicate()[0])['references'] == 20


@tap.test
def a_person_who_stops_it_sees_what_was_counted():
    for number in (signal.SIGINT, signal.SIGTERM):
        reader = start('pages', '-', '-p', 'lru,opt', '-f', '2', '--json', stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                       stderr=subprocess.PIPE)
        reader.stdin.write(text_of(*((page % 3, 0) for page in range(100_000))))
        reader.stdin.flush()
        time.sleep(0.5)
        # The writer keeps the pipe open and says nothing.
        reader.send_signal(number)
        output, complaint = reader.stdout.read(), reader.stderr.read()
        assert reader.wait(20) == ENDED, complaint
        rows = json.loads(output)
        assert [row['policy'] for row in rows] == ['lru', 'opt'] and rows[0]['references'] > 90_000, rows
        assert complaint.decode() == ('heaparium-cli: stopped: the counts are those of the first '
                                      f'{rows[0]["references"]} references\n')


@tap.test
def progress_is_for_terminals():
    leader, follower = pty.openpty()
    reader = start('pages', '-', '-f', '2', stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=follower)
    os.close(follower)
    for _ in range(8):
        reader.stdin.write(text_of(*((page % 3, 0) for page in range(100_000))))
        time.sleep(0.12)
    reader.stdin.close()
    reader.wait(20)
    assert ' M' in os.read(leader, 4096).decode()
    os.close(leader)
    assert run('pages', SMALL, '-f', '2').stderr == ''


@tap.test
def a_policy_may_be_a_plugin():
    module = BUILD / 'tests' / 'plugin' / 'newest.so'
    # Four pages in turn, three frames: two pages stay for ever, two come and go.
    loop = text_of(*((page % 4, 1) for page in range(400)))
    for policy in ('newest', module, module.with_suffix('.plugin')):
        assert count('-', '-p', policy, '-f', '3', data=loop) == [3, 400, 4, 202, 199]
    rows = json.loads(succeeds('pages', '-', '-p', f'fifo,{module},lru', '-f', '3', '--json', data=loop))
    # A loop a page too long is what LRU and FIFO are worst at.
    assert [(row['policy'], row['faults']) for row in rows] == [('fifo', 400), ('newest', 202), ('lru', 400)]
    assert fails(PLUGIN, 'pages', '-', '-p', 'newest', '-f', '3', '--set', 'crash=yes', data=loop) == (
        'the policy “newest” crashed (segmentation fault)')
    assert fails(USAGE, 'pages', '-', '-p', 'newest', '-f', '3', '--set', 'crash=x') == (
        'crash: found “x”, expected true or false')


@tap.test
def wrong_usage():
    assert fails(USAGE, 'pages') == 'which trace? One file, or - for standard input'
    assert fails(USAGE, 'pages', SMALL) == 'how many page frames? Say --frames N, or --curve'
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '-p', 'lruu') == (
        'no page-replacement policy “lruu”; did you mean “lru”?')
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '-p', '').startswith('no page-replacement policy “”')
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '-p', 'promote-at-n') == '“promote-at-n” does not replace pages'
    for frames in ('0', '-1', 'x', '', '1,', '16777217', '1.5'):
        assert fails(USAGE, 'pages', SMALL, f'--frames={frames}').startswith('--frames: found “'), frames
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '--page-size', '100').startswith('--page-size: found “100”')
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '--json', '--csv') == 'either --json or --csv'
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '--set', 'x=1') == 'no policy has a setting “x”'
    assert fails(USAGE, 'pages', SMALL, '-f', '1', '-p', '/no/such.so') != ''
    with open('/dev/full', 'wb') as full:
        assert run_bytes('pages', SMALL, '-f', '1', stdout=full).returncode == OUTPUT


@tap.test
def memory_does_not_grow_with_the_trace():
    def peak(copies):
        script = ('import resource, subprocess, sys; '
                  f'subprocess.run([sys.argv[1], "pages", "-", "-p", "lru,arc,mglru", "-f", "8,30"], check=True, '
                  f'stdout=subprocess.DEVNULL, stdin=sys.stdin); '
                  'print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)')
        done = subprocess.run([sys.executable, '-c', script, CLI], input=SMALL.read_bytes() * copies, env=ENVIRONMENT,
                              capture_output=True, check=True)
        return int(done.stdout)
    assert peak(2000) < peak(1) + 2048


tap.main()
