"""compare.py - the same operations under several policies

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import ENDED, INPUT, USAGE, Folder, fails, run, succeeds

CHURN = ('list-churn', '--set', 'nodes=2000')


def rows(*arguments):
    return json.loads(succeeds('compare', *arguments, '--json'))


@tap.test
def each_row_is_what_run_says():
    table = rows(*CHURN, '--policy', 'default', '--policy', 'promote-at-n')
    assert [row['policy'] for row in table] == ['default', 'promote-at-n']
    for row in table:
        alone = json.loads(succeeds('run', *CHURN, '--policy', row['policy'], '--statistics', '--json'))
        assert row['result'] == alone and row['reason'] is None
    assert len({row['result']['operations'] for row in table}) == 1
    assert len({row['result']['promoted_bytes'] for row in table}) == 2


@tap.test
def the_table_is_aligned():
    text = succeeds('compare', *CHURN, '--policy', 'default', '--policy', 'promote-at-n')
    lines = text.splitlines()
    assert len(lines) == 3 and len(set(map(len, lines))) == 1, text
    for word in ('policy', 'scavenges', 'full', 'copied', 'promoted', 'paused', 'p50', 'p99', 'longest', 'committed ≤',
                 'live ≤', 'unused ≤', 'minor faults', 'wrong answers'):
        assert word in lines[0], word


@tap.test
def csv_has_the_raw_numbers():
    text = succeeds('compare', *CHURN, '--csv')
    (row,) = csv.DictReader(io.StringIO(text, newline=''))
    alone = json.loads(succeeds('run', *CHURN, '--policy', 'default', '--statistics', '--json'))
    assert row['policy'] == 'default' and row['ending'] == 'completed' and row['reason'] == ''
    for key in ('operations', 'scavenges', 'copied_bytes', 'pause_p99_ns', 'peak_committed_bytes', 'minor_faults'):
        assert int(row[key]) == alone[key], key
    assert abs(float(row['utilisation']) - alone['utilisation']) < 1e-5


@tap.test
def a_crashing_policy_costs_its_row():
    done = run('compare', *CHURN, '--policy', 'crashing', '--policy', 'default', '--json')
    crashed, sound = json.loads(done.stdout)
    assert done.returncode == ENDED
    assert crashed['result'] is None and 'crash' in crashed['reason'], crashed
    assert sound['result']['ending'] == 'completed' and sound['reason'] is None
    text = run('compare', *CHURN, '--policy', 'crashing', '--policy', 'default').stdout
    assert text.splitlines()[-1] == f"crashing: {crashed['reason']}"
    assert 'crashed,' in run('compare', *CHURN, '--policy', 'crashing', '--csv').stdout


@tap.test
def memory_that_ends_is_a_row_with_numbers():
    done = run('compare', *CHURN, '--set', 'window=1000', '--json')
    (row,) = json.loads(done.stdout)
    assert done.returncode == ENDED
    assert row['result']['ending'] == 'out-of-memory' and row['result']['scavenges'] > 0
    assert row['reason'] == row['result']['message']


@tap.test
def a_setting_of_one_policy_is_left_out_for_the_others():
    early, usual = rows(*CHURN, '--policy', 'promote-at-n', '--policy', 'default', '--set', 'survivals=1')
    assert early['result']['copied_bytes'] == 0 < usual['result']['copied_bytes']
    assert 'survivals' in fails(USAGE, 'compare', *CHURN, '--set', 'survivals=1')
    assert fails(USAGE, 'compare', *CHURN, '--policy', 'promote-at-n', '--set', 'survivals=99').startswith('survivals: ')


@tap.test
def the_same_whatever_the_jobs():
    arguments = ('compare', *CHURN, '--policy', 'promote-at-n', '--policy', 'default', '--policy', 'promote-at-n')
    assert succeeds(*arguments, '--jobs', '1') == succeeds(*arguments, '--jobs', '3')


@tap.test
def a_run_may_take_only_so_much():
    done = run('compare', 'misbehave', '--set', 'how=busy', '--cpu-limit', '1', '--json')
    (row,) = json.loads(done.stdout)
    assert done.returncode == ENDED and row['result'] is None and row['reason'], row


@tap.test
def wrong_usage():
    assert fails(USAGE, 'compare') == 'which scenario or file?'
    assert '“b” after “a”' in fails(USAGE, 'compare', 'a', 'b')
    assert fails(USAGE, 'compare', '-') == 'standard input can be read once only: give a file'
    assert 'no-such' in fails(USAGE, 'compare', 'first-steps', '--policy', 'no-such')
    assert '--set nodes' in fails(USAGE, 'compare', 'list-churn', '--set', 'nodes')
    assert fails(USAGE, 'compare', 'first-steps', '--csv', '--json') == '--json or --csv, not both'
    with Folder() as folder:
        (folder / 'empty').write_text('')
        fails(INPUT, 'compare', folder / 'empty')


tap.main()
