"""fidelity.py - runs beside logs of Node's, and cost models fitted to them

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import os
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import INPUT, SHARED, USAGE, Folder, fails, succeeds

DATA = pathlib.Path(os.environ['HEAPARIUM_SOURCE']) / 'tests' / 'data' / 'gc'
SMALL = DATA / 'binary-trees.semi4.node20.nvp.log.gz'  # the first 60 collections of the log below
WHOLE = SHARED / 'v8' / 'binary-trees.semi4.node20.nvp.log.gz'


def made_log(collection_ms, per_mb_ms, n=40):
    """Scavenges whose pauses obey a law exactly, one in ten of them ten times too long; one isolate that is not busy"""
    lines = ['[7:0xb]       1 ms: pause=9 gc=s total_size_before=5 total_size_after=4 promoted=1 new_space_survived=1']
    for i in range(n):
        moved = (i * 37 % 50 + 1) * 65536
        pause = (collection_ms + per_mb_ms * moved / 2**20) * (10 if i % 10 == 3 else 1)
        lines.append(f'[7:0xa] {i + 1} ms: pause={pause:.6f} gc=s total_size_before=9000000 total_size_after=8000000 '
                     f'promoted={moved // 2} new_space_survived={moved - moved // 2}')
    return '\n'.join(lines) + '\n'


def beside(scenario, log, *arguments):
    line, = succeeds('fidelity', scenario, log, *arguments, '--json').splitlines()
    return json.loads(line)


def close(row, percent):
    return abs(row['simulated'] - row['log']) <= percent / 100 * row['log']


@tap.test
def a_log_is_put_beside_a_run():
    told = beside('binary-trees', SMALL, '--set', 'depth=11')
    assert told['semi_space_mb'] == 4 and told['failed'] is None
    assert (told['scavenges']['log'], told['mark_compacts']['log']) == (60, 0)
    run = json.loads(succeeds('run', 'binary-trees', '--set', 'depth=11', '--set', 'preset=node-20', '--set',
                              'min-semi-space-size=4', '--set', 'max-semi-space-size=4', '--json', '--statistics'))
    for key, row in told.items():
        if isinstance(row, dict):
            assert row['simulated'] == run[key] + (run['evacuated_bytes'] if key == 'promoted_bytes' else 0), key
    assert beside('binary-trees', SMALL, '--set', 'depth=11', '--set', 'max-semi-space-size=8')['failed'] is None


@tap.test
def the_table_says_the_same():
    text = succeeds('fidelity', 'binary-trees', SMALL, '--set', 'depth=10')
    assert text.startswith('binary-trees.semi4.node20.nvp.log.gz: semi-space of 4 MB\n')
    assert re.search(r'\nscavenges +60 +\d+ +-\d+\.\d %\n', text), text
    assert max(map(len, text.splitlines())) < 80


@tap.test
def binary_trees_of_depth_18_is_what_node_does():
    if not WHOLE.exists():
        tap.skip('no logs beside the sources')
    told = beside('binary-trees', WHOLE, '--set', 'depth=18')
    assert told['scavenges']['log'] == 833 and told['promoted_bytes']['log'] == 564253320 + 5058880
    assert close(told['scavenges'], 3), told['scavenges']
    assert close(told['promoted_bytes'], 5), told['promoted_bytes']
    assert close(told['allocated_bytes'], 1), told['allocated_bytes']
    assert close(told['copied_bytes'], 5), told['copied_bytes']


@tap.test
def a_law_is_found_again():
    with Folder() as folder:
        log, costs = folder / 'log', folder / 'costs'
        log.write_text(made_log(0.25, 2.5))
        text = succeeds('fidelity', '--fit', log)
        values = dict(re.findall(r'^(cost-[a-z-]+)=(\d+)$', text, re.MULTILINE))
        # Times have six digits after the point: nanoseconds.
        assert abs(int(values['cost-collection']) - 250000) < 500 and abs(int(values['cost-move-mb']) - 2500000) < 1000
        assert 'cost-mark' not in values
        assert 'of 40 pauses of scavenges, with those below: half up to 0.0 %, 9 in 10 up to' in text
        assert text == succeeds('fidelity', '--fit', log)
        costs.write_text(text)
        usual = beside('list-churn', log)
        fitted = beside('list-churn', log, '--costs', costs)
        assert fitted['scavenges'] == usual['scavenges'] and fitted['copied_bytes'] == usual['copied_bytes']
        run = json.loads(succeeds('run', 'first-steps', '--costs', costs, '--json', '--set', 'pager=false'))
        assert run['pause_ns'] > 0.25e6 * (run['scavenges'] + run['mark_compacts'])


@tap.test
def costs_are_replaced_by_a_file():
    with Folder() as folder:
        file = folder / 'costs'
        file.write_text('[costs]\ncost-collection=0\ncost-move-mb=0\ncost-mark=0\ncost-sweep-mb=0\n')
        free = ('list-churn', '--costs', file, '--set', 'pager=false', '--json')
        told = json.loads(succeeds('run', *free))
        assert told['scavenges'] > 0 and told['pause_ns'] == 0
        seven = json.loads(succeeds('run', *free, '--set', 'cost-collection=7'))
        assert seven['pause_ns'] == 7 * (told['scavenges'] + told['mark_compacts'])
        assert '"pause_ns":0,' in succeeds('compare', *free)
        assert '"pause_ns":0,' in succeeds('sweep', *free, '--vary', 'window=4')
        for text, message in (('[costs]\nram=5\n', 'expected a setting that begins with “cost-”'),
                              ('[costs]\ncost-collection=much\n', 'found “much”'),
                              ('[costs]\ncost-nothing=1\n', 'no setting'), ('[other]\n', 'costs'), ('\0', '')):
            file.write_text(text)
            for command in (('run', 'list-churn'), ('compare', 'list-churn', '--policy', 'default'),
                            ('sweep', 'list-churn', '--vary', 'window=4'), ('fidelity', 'list-churn', SMALL)):
                complaint = fails(INPUT, *command, '--costs', file)
                assert complaint.startswith(str(file)) and message in complaint, complaint


@tap.test
def bad_logs_are_one_line_with_its_number():
    good = '[7:0xa] 1 ms: pause=1 gc=s total_size_before=9 total_size_after=8 promoted=1 new_space_survived=1'
    with Folder() as folder:
        log = folder / 'log'
        for content, line in ((good[:50].encode(), 1),
                              (f'{good}\r\n{good.replace("pause=1", "pause=x")}\r\n'.encode(), 2)):
            log.write_bytes(content)
            for command in (('fidelity', 'first-steps', log), ('fidelity', '--fit', log)):
                assert re.search(rf'\b(line )?{line}\b', fails(INPUT, *command)), content
        for content in (b'', b'hello\nworld\n', b'\0\xff' * 5000):
            log.write_bytes(content)
            assert fails(INPUT, 'fidelity', '--fit', log).startswith(f'{log}: found no collection')
        log.write_bytes(SMALL.read_bytes()[:1000])
        assert str(log) in fails(INPUT, 'fidelity', '--fit', log)
        log.write_text(good)
        assert 'too few scavenges' in fails(INPUT, 'fidelity', '--fit', log)


@tap.test
def wrong_usage():
    assert fails(USAGE, 'fidelity', 'first-steps') == 'which log? A file that node --trace-gc-nvp wrote'
    assert fails(USAGE, 'fidelity', '--fit') == 'which logs?'
    assert 'did you mean' in fails(USAGE, 'fidelity', 'fist-steps', SMALL)
    assert fails(USAGE, 'fidelity', 'first-steps', SMALL, '--set', 'what') == '--set what: expected KEY=VALUE'
    assert 'no setting “what”' in fails(USAGE, 'fidelity', 'first-steps', SMALL, '--set', 'what=ever')
    assert fails(USAGE, 'fidelity', '--fit', SMALL, '--object-size', '0').startswith('--object-size: found 0')
    assert fails(USAGE, 'fidelity', 'first-steps', '/absent/log') == '/absent/log: there is no such file'


tap.main()
