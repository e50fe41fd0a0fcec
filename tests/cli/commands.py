"""commands.py - what the commands print and draw, and what they say about bad traces

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import CLI, ENVIRONMENT, INPUT, SHARED, USAGE, Folder, fails, run, succeeds

TRACE = 'I  04016910,3\n S 1ffefffd08,8\n L 04025310,8\n M 1ffefffd08,4\n'

NUMBERS = ('operations', 'scavenges', 'mark_compacts', 'allocated_bytes', 'copied_bytes', 'promoted_bytes', 'freed_bytes',
           'live_bytes', 'minor_faults', 'major_faults', 'pause_ns')


def sets(*texts):
    return [part for text in texts for part in ('--set', text)]


def summary(*arguments):
    text = succeeds('run', *arguments, '--json')
    assert text.count('\n') == 1
    return json.loads(text)


@tap.test
def run_prints_a_summary():
    text = succeeds('run', 'first-steps')
    assert text.startswith('first-steps, preset classroom: completed\n')
    for label in ('operations', 'scavenges', 'mark-compacts', 'promoted', 'major faults', 'longest pause'):
        assert f'\n{label} ' in text, label
    assert max(map(len, text.splitlines())) < 100


@tap.test
def run_as_json():
    result = summary('first-steps')
    for key in NUMBERS:
        assert isinstance(result[key], int) and result[key] >= 0, key
    assert (result['scenario'], result['policy'], result['preset']) == ('first-steps', None, 'classroom')
    assert (result['ending'], result['message']) == ('completed', None)
    assert result['scavenges'] > 0 and result['mark_compacts'] > 0 and result['promoted_bytes'] > 0
    assert result['allocated_bytes'] - result['freed_bytes'] == result['live_bytes']
    assert result['longest_pause_ns'] <= result['pause_ns'] <= result['time_ns']


@tap.test
def a_run_is_the_same_each_time():
    assert succeeds('run', 'first-steps', '--json') == succeeds('run', 'first-steps', '--json')


@tap.test
def a_policy_makes_a_difference():
    usual = summary('first-steps')
    early = summary('first-steps', '--policy', 'promote-at-n', '--set', 'survivals=1')
    assert early['policy'] == 'promote-at-n'
    assert early['copied_bytes'] == 0 < usual['copied_bytes']
    assert summary('first-steps', '--policy', 'default') == {**usual, 'policy': 'default'}


@tap.test
def a_recording_tells_what_the_run_told():
    with Folder() as folder:
        file = folder / 'recording'
        told = json.loads(succeeds('run', 'first-steps', '--record', file, '--json'))
        assert json.loads(succeeds('run', file, '--json')) == told
        assert succeeds('describe', file, '--at', '40') == succeeds('describe', 'first-steps', '--at', '40')
        assert 'verified: ' in succeeds('verify', file)
        for command in (('run',), ('describe',), ('verify',)):
            assert fails(USAGE, *command, file, '--policy', 'default') == (
                f'{file} is a recording: its run is over, it takes no policy')
            assert fails(USAGE, *command, file, '--set', 'how=well') == (
                f'{file} is a recording: its run is over, nothing can be set')
        assert fails(USAGE, 'run', file, '--record', folder / 'other') == f'{file} is a recording already'
        again = folder / 'again'
        succeeds('run', 'first-steps', '--record', again)
        assert again.read_bytes() == file.read_bytes()


@tap.test
def a_cut_recording_is_told():
    with Folder() as folder:
        file = folder / 'recording'
        succeeds('run', 'first-steps', '--record', file)
        whole = file.read_bytes()
        for cut in (len(whole) // 2, len(whole) - 1, 20):
            file.write_bytes(whole[:cut])
            assert str(file) in fails(INPUT, 'describe', file)


@tap.test
def describe_says_a_moment():
    text = succeeds('describe', 'first-steps', '--at', '40')
    assert text.startswith('Step 40 of ')
    length = int(text.split()[3])
    assert succeeds('describe', 'first-steps').startswith(f'Step {length} of {length}\n')
    assert succeeds('describe', 'first-steps', '--at', 'start').startswith(f'Step 0 of {length}\n')
    assert succeeds('describe', 'first-steps', '--at', str(length)) == succeeds('describe', 'first-steps', '--at', 'end')
    events = succeeds('describe', 'first-steps', '--at', '40', '--events')
    assert events.startswith(text.rstrip('\n')) and '\n        40  ' in events
    assert fails(USAGE, 'describe', 'first-steps', '--at', str(length + 1)) == (
        f'--at: found step {length + 1}, expected 0 to {length}, the end')
    assert fails(USAGE, 'describe', 'first-steps', '--at', '-3') != ''
    assert fails(USAGE, 'describe', 'first-steps', '--at', '99999999999999999999').startswith('--at: found step 9999')


@tap.test
def verify_finds_nothing_wrong():
    assert succeeds('verify', 'first-steps').startswith('verified: the heap around ')
    assert 'verified: ' in succeeds('verify', 'first-steps', '--policy', 'promote-at-n', '--set', 'survivals=3')


@tap.test
def render_draws_every_format():
    with Folder() as folder:
        for at in ('start', '40', 'end'):
            for kind, magic in (('png', b'\x89PNG\r\n\x1a\n'), ('svg', b'<'), ('pdf', b'%PDF-')):
                one, two = folder / f'one.{kind}', folder / f'two.{kind}'
                assert succeeds('render', 'first-steps', '--at', at, '-o', one) == ''
                succeeds('render', 'first-steps', '--at', at, '-o', two)
                assert one.read_bytes().startswith(magic)
                assert one.read_bytes() == two.read_bytes(), kind


@tap.test
def an_svg_has_real_text():
    with Folder() as folder:
        picture = folder / 'a.svg'
        succeeds('render', 'first-steps', '--at', '40', '-o', picture)
        root = ElementTree.parse(picture).getroot()
        assert root.tag == '{http://www.w3.org/2000/svg}svg' and {'width', 'height', 'viewBox'} <= set(root.attrib)
        assert len(root.findall('.//{http://www.w3.org/2000/svg}text')) > 5
        succeeds('render', 'first-steps', '--at', '40', '--outlines', '-o', picture)
        assert not ElementTree.parse(picture).getroot().findall('.//{http://www.w3.org/2000/svg}text')


def png_size(path):
    data = path.read_bytes()
    return int.from_bytes(data[16:20], 'big'), int.from_bytes(data[20:24], 'big')


@tap.test
def the_options_of_render_count():
    with Folder() as folder:
        pictures = {}
        for name, options in {'plain': (), 'dark': ('--theme', 'dark'), 'bare': ('--transparent',),
                              'large': ('--scale', '2'), 'picked': ('--select', '1')}.items():
            pictures[name] = folder / f'{name}.png'
            succeeds('render', 'first-steps', '--at', '200', '-o', pictures[name], *options)
        assert len({path.read_bytes() for path in pictures.values()}) == len(pictures)
        width, height = png_size(pictures['plain'])
        assert png_size(pictures['large']) == (2 * width, 2 * height)


@tap.test
def wrong_options_of_render():
    assert fails(USAGE, 'render', 'first-steps') == 'to which file? Say -o FILE'
    assert 'png' in fails(USAGE, 'render', 'first-steps', '-o', 'x.bmp')
    for option, value, message in (
            ('--scale', '9', '--scale: found 9, expected 0.25 to 8'),
            ('--width', '1', '--width: found 1, expected 100 to 10000'),
            ('--height', 'nan', '--height: found nan, expected 100 to 10000'),
            ('--view', 'memory-mop', 'no view “memory-mop”; did you mean “memory-map”?')):
        assert fails(USAGE, 'render', 'first-steps', '-o', '/tmp/never.png', option, value) == message
    assert 'high-contrast' in fails(USAGE, 'render', 'first-steps', '-o', '/tmp/never.png', '--theme', 'pink')
    assert '--select: found 999999' in fails(USAGE, 'render', 'first-steps', '-o', '/tmp/never.png', '--select', '999999')
    assert 'there is no setting called “x”' in fails(USAGE, 'render', 'first-steps', '-o', '/tmp/never.png',
                                                     '--set', 'view.x=1')
    assert not pathlib.Path('/tmp/never.png').exists()


@tap.test
def a_trace_is_run_and_drawn():
    with Folder() as folder:
        trace = folder / 'anything'
        trace.write_text(TRACE)
        result = summary(trace)
        assert (result['scenario'], result['ending']) == ('memory-trace', 'completed')
        assert result['minor_faults'] + result['major_faults'] > 0
        assert {**summary('memory-trace', '--set', f'file={trace}'), 'x': 0} == {**result, 'x': 0}
        piped = run('run', '-', '--json', data=TRACE.encode())
        assert piped.returncode == 0 and json.loads(piped.stdout) == result, piped.stderr
        succeeds('render', trace, '-o', folder / 'a.svg')


@tap.test
def the_future_of_a_piped_trace_is_known():
    """The optimal policy reads standard input twice, by way of a file that does not stay behind."""
    with Folder() as folder:
        trace = folder / 'trace'
        trace.write_text(''.join(f' S {page:04x}000,8\n' for page in list(range(20)) * 10))
        options = ('--set', 'replacement=opt', '--set', 'ram=40K')
        result = summary('memory-trace', '--set', f'file={trace}', *options)
        piped = subprocess.run([CLI, 'run', '-', '--json', *options], input=trace.read_bytes(), capture_output=True,
                               env={**ENVIRONMENT, 'TMPDIR': str(folder)})
        assert piped.returncode == 0 and json.loads(piped.stdout) == result, piped.stderr
        assert [path.name for path in folder.iterdir()] == ['trace']
        # 20 pages in turn in 10 frames, 10 times: half of the later references are faults; LRU would miss all 180.
        assert (result['minor_faults'], result['major_faults']) == (20, 90)


@tap.test
def a_packed_trace_is_the_same():
    packed = SHARED / 'traces' / 'ls.lackey.xz'
    if not packed.exists():
        tap.skip('no traces beside the sources')
    with Folder() as folder:
        plain = folder / 'plain'
        with plain.open('wb') as output:
            subprocess.run(['xz', '-dc', packed], stdout=output, check=True)
        assert summary(plain) == summary(packed)


@tap.test
def bad_traces_are_one_line_with_its_number():
    with Folder() as folder:
        trace = folder / 'trace'
        for content, line in ((b'', 1), (b'\0\1\2\3' * 99, 1), (TRACE.encode() + b' L 04025310,-8\n', 5),
                              (TRACE.encode() + b'\x7fELF\n', 5), (TRACE.encode() + b' L 0402', 5),
                              (TRACE.encode() + b'?' * 1000, 5)):
            trace.write_bytes(content)
            message = fails(INPUT, 'run', trace)
            assert str(trace) in message and f'line {line}' in message or f':{line}:' in message, message


LAST_WORDS = r"""
<--- Last few GCs --->

(.*\n)*\[1:0x0\] +\d+ ms: Mark-Compact [\d.]+ \([\d.]+\) -> 67\.\d \([\d.]+\) MB, [\d.]+ / 0\.00 ms  \
\(average mu = 0\.\d{3}, current mu = 0\.\d{3}\) allocation failure; scavenge might not succeed

<--- JS stacktrace --->

heaparium-cli: FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory
"""


@tap.test
def the_end_of_memory_is_told_as_node_does():
    done = run('run', 'list-churn', *sets('preset=node-20', 'nodes=4000000', 'window=4000000', 'max-old-space-size=64',
                                          'min-semi-space-size=4', 'max-semi-space-size=4'))
    assert done.returncode == 1
    assert re.fullmatch(LAST_WORDS.replace('\\\n', ''), done.stderr), done.stderr
    lines = done.stderr.split('GCs --->\n\n')[1].split('\n<--- JS')[0]
    assert len(lines) == 512, len(lines)


@tap.test
def a_line_of_100_megabytes_is_told():
    with Folder() as folder:
        trace = folder / 'trace'
        with trace.open('wb') as output:
            output.write(TRACE.encode())
            for _ in range(100):
                output.write(b'x' * 1000000)
        message = fails(INPUT, 'run', trace)
        assert ('line 5' in message or ':5:' in message) and len(message) < 500, message[:500]
        trace.write_bytes(b'y' * 100000000)
        assert 'line 1' in fails(INPUT, 'run', trace)


@tap.test
def a_cut_packed_trace_is_told():
    with Folder() as folder:
        trace = folder / 'trace'
        trace.write_text(TRACE * 5000)
        packed = subprocess.run(['xz', '-c', trace], check=True, capture_output=True).stdout
        trace.write_bytes(packed[:len(packed) // 2])
        assert str(trace) in fails(INPUT, 'run', trace)


tap.main()
