"""sweep.py - a scenario over a grid of settings, whole and in parts

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import csv
import io
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import CLI, ENDED, ENVIRONMENT, INPUT, OUTPUT, USAGE, Folder, fails, run, start, succeeds

GRID = ('list-churn', '--vary', 'nodes=500..2000*2', '--vary', 'max-semi-space-size=2K,4K', '--policy', 'default',
        '--policy', 'promote-at-n', '--vary', 'survivals=1..3+2')


def rows(*arguments):
    return json.loads(succeeds('sweep', *arguments, '--json'))


@tap.test
def every_combination_in_order():
    table = rows(*GRID)
    found = [(row['policy'], *row['settings'].values()) for row in table]
    assert found == list(itertools.product(('default', 'promote-at-n'), ('500', '1000', '2000'), ('2K', '4K'), '13'))
    assert list(table[0]['settings']) == ['nodes', 'max-semi-space-size', 'survivals']


@tap.test
def each_cell_is_what_run_says():
    for row in rows('list-churn', '--vary', 'nodes=100,700', '--vary', 'survivals=1,2', '--policy', 'promote-at-n',
                    '--set', 'window=7'):
        sets = [f'--set={key}={value}' for key, value in row['settings'].items()]
        alone = succeeds('run', 'list-churn', '--policy', 'promote-at-n', '--set', 'window=7', *sets, '--statistics',
                         '--json')
        assert row['result'] == json.loads(alone) and row['reason'] is None


@tap.test
def ranges():
    def values(text):
        return [row['settings']['nodes'] for row in rows('list-churn', '--vary', f'nodes={text}')]

    assert values('1..4') == ['1', '2', '3', '4']
    assert values('1..9+3') == ['1', '4', '7']
    assert values('1..64*4') == ['1', '4', '16', '64']
    assert values('3..3') == ['3']
    assert values('1K..3K*2') == ['1024', '2048']
    assert values('5,3') == ['5', '3']


@tap.test
def the_same_bytes_whatever_the_jobs():
    for form in ('--csv', '--json'):
        assert succeeds('sweep', *GRID, form, '--jobs', '1') == succeeds('sweep', *GRID, form, '--jobs', '5')


@tap.test
def csv_has_a_column_for_each_setting():
    table = list(csv.DictReader(io.StringIO(succeeds('sweep', *GRID, '--csv'), newline='')))
    assert len(table) == 24 and list(table[0])[:5] == ['policy', 'nodes', 'max-semi-space-size', 'survivals', 'ending']
    assert {row['objects'] for row in table} == {'500', '1000', '2000'}


@tap.test
def failing_cells_are_rows():
    done = run('sweep', 'misbehave', '--vary', 'how=well,crash,nonsense,fail', '--json')
    well, crash, nonsense, fail = json.loads(done.stdout)
    assert done.returncode == ENDED
    assert done.stderr == 'heaparium-cli: 3 of 4 cells did not complete\n', done.stderr
    assert well['reason'] is None and well['result']['ending'] == 'completed'
    assert crash['result'] is None and 'crash' in crash['reason']
    assert nonsense['result'] is None and 'nonsense' in nonsense['reason']
    assert fail['result']['ending'] == 'scenario-error' and fail['reason'] == 'line 7: found a cat, expected a dog'


def shards(folder, n, *arguments):
    paths = [folder / f'{i}.part' for i in range(1, n + 1)]
    for i, path in enumerate(paths, 1):
        run('sweep', *arguments, '--shard', f'{i}/{n}', '-o', path)
    return paths


@tap.test
def parts_make_the_whole():
    with Folder() as folder:
        for n in (1, 3, 5, 30):
            paths = shards(folder, n, *GRID)
            for form in ('--csv', '--json', '--jobs=1'):
                whole = succeeds('sweep', *GRID, form)
                assert succeeds('sweep', '--merge', *reversed(paths), form) == whole, (n, form)
                succeeds('sweep', '--merge', *paths, form, '-o', folder / 'whole')
                assert (folder / 'whole').read_bytes().decode() == whole


@tap.test
def parts_with_failing_cells():
    grid = ('misbehave', '--vary', 'how=well,crash,fail', '--policy', 'default')
    with Folder() as folder:
        merged = run('sweep', '--merge', *shards(folder, 2, *grid), '--json')
        whole = run('sweep', *grid, '--json')
        assert (merged.returncode, merged.stdout, merged.stderr) == (whole.returncode, whole.stdout, whole.stderr)


@tap.test
def parts_that_do_not_fit():
    with Folder() as folder:
        one, two = shards(folder, 2, 'list-churn', '--vary', 'nodes=1..4')
        other = folder / 'other'
        message = fails(INPUT, 'sweep', '--merge', one)
        assert message == '2 of 4 cells are in none of the files; the first is policy=default, nodes=2'
        message = fails(INPUT, 'sweep', '--merge', one, two, one)
        assert message == f'{one}, line 2: the cell policy=default, nodes=1 is in {one} too'
        succeeds('sweep', 'list-churn', '--vary', 'nodes=1..5', '--shard', '2/2', '-o', other)
        message = fails(INPUT, 'sweep', '--merge', one, other)
        assert message == f'{other}, line 1: not the sweep of {one}: nodes is 1,2,3,4,5 instead of 1,2,3,4'
        succeeds('sweep', 'list-churn', '--vary', 'window=1..4', '--shard', '2/2', '-o', other)
        assert fails(INPUT, 'sweep', '--merge', one, other).endswith('window varies instead of nodes')
        succeeds('sweep', 'list-churn', '--vary', 'nodes=1..4', '--set', 'window=3', '--shard', '2/2', '-o', other)
        assert 'window=3 instead of' in fails(INPUT, 'sweep', '--merge', one, other)
        costs = folder / 'costs'
        costs.write_text('[costs]\ncost-operation=7\n', encoding='utf-8')
        succeeds('sweep', 'list-churn', '--vary', 'nodes=1..4', '--costs', costs, '--shard', '2/2', '-o', other)
        assert 'costs=' in fails(INPUT, 'sweep', '--merge', one, other)


@tap.test
def files_that_are_no_parts():
    with Folder() as folder:
        (part,) = shards(folder, 1, 'list-churn', '--vary', 'nodes=1..3')
        lines = part.read_text().splitlines(keepends=True)
        bad = folder / 'bad'
        for text, line in (('', 1), ('[1]\n', 1), ('{}\n', 1), ('\0' * 99, 1), (lines[0].replace('[', '{'), 1),
                           (lines[0].replace('"nodes"', '7'), 1), (lines[0].replace(':1,', ':2,'), 1),
                           (''.join(lines)[:-40], 4), (lines[0] + lines[1].replace(':0', ':3'), 2),
                           (lines[0] + lines[1].replace(':0', ':-1'), 2), (lines[0] + '{"cell":0}\n', 2)):
            bad.write_text(text)
            assert fails(INPUT, 'sweep', '--merge', bad).startswith(f'{bad}, line {line}: '), text
        assert 'no-such' in fails(INPUT, 'sweep', '--merge', folder / 'no-such')


@tap.test
def an_interrupt_keeps_what_is_finished():
    with Folder() as folder:
        output = folder / 'rows'
        process = start('sweep', 'misbehave', '--vary', 'how=well,busy,well,busy', '--jobs', '2', '--json', '-o',
                        output, stderr=subprocess.PIPE)
        time.sleep(1.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        complaint = process.stderr.read().decode()
        assert process.wait(20) == ENDED
        assert complaint == 'heaparium-cli: stopped: 2 of 4 cells were finished and are kept\n', complaint
        table = json.loads(output.read_text())
        assert [(row['settings']['how'], row['result']['ending']) for row in table] == [('well', 'completed')] * 2


# ---- the examples of sweep.md ----

DOCUMENT = pathlib.Path(__file__).parents[2] / 'data' / 'docs' / 'sweep.md'


def block(beginning):
    """The code block that begins so"""
    (found,) = [code for code in re.findall(r'```sh\n(.*?)```', DOCUMENT.read_text(), re.S) if code.startswith(beginning)]
    return found


def shell(folder, script, **variables):
    if not (folder / 'heaparium-cli').exists():
        (folder / 'heaparium-cli').symlink_to(CLI)
    environment = {**ENVIRONMENT, **variables, 'PATH': f'{folder}:{os.environ["PATH"]}', 'HOME': str(folder)}
    subprocess.run(['sh', '-ec', script], cwd=folder, env=environment, check=True, timeout=120)


EXAMPLE = ('list-churn', '--vary', 'nodes=1000..64000*2', '--vary', 'window=5,12,50', '--csv')


@tap.test
def the_first_example_works():
    with Folder() as folder:
        shell(folder, block('heaparium-cli sweep list-churn --set preset'))
        assert len((folder / 'sweep.csv').read_text().splitlines()) == 1 + 2 * 4 * 5


@tap.test
def the_slurm_example_works():
    with Folder() as folder:
        for task in range(1, 9):
            shell(folder, block('#!/bin/sh'), SLURM_CPUS_PER_TASK='2', SLURM_ARRAY_TASK_ID=str(task),
                  SLURM_ARRAY_TASK_MAX='8')
        shell(folder, block('heaparium-cli sweep --merge'))
        assert (folder / 'sweep.csv').read_bytes().decode() == succeeds('sweep', *EXAMPLE)


@tap.test
def the_parallel_example_works():
    if shutil.which('parallel') is None:
        tap.skip('GNU parallel is not installed')
    with Folder() as folder:
        script = block('parallel').replace('--sshlogin a,b --wd . --return part-{}.json --cleanup ', '')
        assert 'sshlogin' not in script
        shell(folder, script)
        assert (folder / 'sweep.csv').read_bytes().decode() == succeeds('sweep', *EXAMPLE)


@tap.test
def wrong_usage():
    assert fails(USAGE, 'sweep', 'list-churn') == '--vary: which settings?'
    assert 'no-such-setting' in fails(USAGE, 'sweep', 'list-churn', '--vary', 'no-such-setting=1,2')
    for text in ('nodes', '=1', 'nodes='):
        assert fails(USAGE, 'sweep', 'list-churn', '--vary', text).startswith(f'--vary {text}: expected NAME='), text
    for text in ('nodes=4..1', 'nodes=1..4*1', 'nodes=0..4*2', 'nodes=1..4+0'):
        assert fails(USAGE, 'sweep', 'list-churn', '--vary', text).endswith('does not go from FIRST up to LAST'), text
    assert fails(USAGE, 'sweep', 'list-churn', '--vary', 'nodes=1..2', '--vary', 'nodes=3').endswith('given twice')
    assert fails(USAGE, 'sweep', 'list-churn', '--vary', 'nodes=1..2000000').endswith('at most 1,000,000 cells')
    for shard in ('0/2', '3/2', '1', 'x/2', '1/2x', '-1/2'):
        assert fails(USAGE, 'sweep', 'list-churn', '--vary', 'nodes=1,2', '--shard', shard).startswith('--shard ')
    assert fails(USAGE, 'sweep', '--merge') == '--merge: which files?'
    assert 'files only' in fails(USAGE, 'sweep', '--merge', 'a', '--vary', 'nodes=1,2')
    fails(OUTPUT, 'sweep', 'list-churn', '--vary', 'nodes=1,2', '-o', '/nonexistent/rows')


tap.main()
