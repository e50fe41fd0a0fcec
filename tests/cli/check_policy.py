"""check_policy.py - the referee on the command line: sound policies pass, others are named with a program that shows it

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import pathlib
import shlex
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import tap
from cli import BUILD, ENDED, ENVIRONMENT, INPUT, PLUGIN, RULE, USAGE, Folder, fails, run, start, succeeds

BROKEN = BUILD / 'tests' / 'plugin' / 'broken'
UNRULY = BROKEN / 'unruly.plugin'


# Which rule each broken copy of a bundled policy breaks; tests/plugin/broken/meson.build says how.
RULES = {
    'default': 'answer',
    'eager': 'answer',
    'mark-compact': 'no-overlap',
    'mark-region': 'nothing-lost',
    'mark-sweep': 'marked-kept',
    'never': 'answer',
    'promote-at-n': 'answer',
    'random': 'answer',
    'reference-counting': 'nothing-lost',
    'semi-space': 'ephemerons',
    'textbook': 'remembered-set',
}


def check(policy, *arguments):
    """What is found in a policy that breaks a rule, as JSON"""
    done = run('check-policy', policy, '--json', *arguments)
    assert done.returncode == RULE, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout)


def repeat(command):
    """Run one of the printed commands, which are for a shell"""
    environment = {**ENVIRONMENT, 'PATH': f"{pathlib.Path(ENVIRONMENT['HEAPARIUM_CLI']).parent}:{ENVIRONMENT['PATH']}"}
    # The folder of the policy goes in front of the one where the scenarios are.
    command = command.replace('HEAPARIUM_PLUGIN_PATH=', f"HEAPARIUM_PLUGIN_PATH={ENVIRONMENT['HEAPARIUM_PLUGIN_PATH']}:")
    return subprocess.run(['sh', '-c', command], env=environment, capture_output=True, text=True, timeout=60)


@tap.test
def sound_policies_pass():
    for policy in ('default', 'promote-at-n'):
        found = json.loads(succeeds('check-policy', policy, '--programs', '300', '--json'))
        assert (found['policy'], found['programs'], found['failure']) == (policy, 300, None)
        assert found['scenarios'] >= 3 and found['collections'] > 3000 and found['wrong_answers'] == 0, found
    text = succeeds('check-policy', UNRULY, '--programs', '10')
    assert text.startswith('The policy “unruly” broke no rule.\n10 random programs and ')


@tap.test
def the_same_seed_finds_the_same():
    first, second = (succeeds('check-policy', 'default', '--programs', '20', '--seed', '5') for _ in range(2))
    assert first == second != succeeds('check-policy', 'default', '--programs', '20', '--seed', '6')


@tap.test
def wrong_answers_are_found_and_shortened():
    found = check(UNRULY, '--set', 'how=answer', '--programs', '30')
    failure = found['failure']
    assert failure['rule'] == 'answer'
    assert failure['sentence'] == 'survivor_fate answered 7: expected a fate, 0 to 2'
    assert failure['scenario'] == 'random-program'
    assert (failure['steps_before'], failure['steps'], failure['step']) == (400, 2, 2), failure
    assert failure['program'].endswith('\ncollect-young\n'), failure
    assert failure['settings'] == ['preset=classroom']


@tap.test
def the_commands_show_it_again():
    failure = check(UNRULY, '--set', 'how=answer', '--programs', '30')['failure']
    done = repeat(failure['command'].replace('run ', 'run --json ', 1))
    assert json.loads(done.stdout)['ending'] == 'completed', done
    described = repeat(failure['command'].replace('run --verify', 'describe --events', 1) + f" --at {failure['event']}")
    assert 'policy-fault' in described.stdout, described
    assert shlex.split(failure['window_command'])[1:4] == ['heaparium', '--scenario', 'random-program']


@tap.test
def scenarios_run_under_the_settings_of_the_policy():
    failure = check(UNRULY, '--set', 'how=answer', '--programs', '0')['failure']
    assert failure['scenario'] != 'random-program' and failure['program'] is None
    assert failure['rule'] == 'answer' and failure['operation'] > 1


@tap.test
def there_is_a_broken_copy_of_each_policy():
    bundled = {path.stem for path in (BUILD / 'plugins' / 'policies').glob('*.plugin')}
    assert set(RULES) == bundled, set(RULES) ^ bundled


@tap.test
def broken_copies_are_caught():
    for policy, rule in RULES.items():
        failure = check(BROKEN / f'broken-{policy}.plugin')['failure']
        print(f"# {policy}: {failure['rule']}, {failure['steps']} steps: {failure['sentence']}; {failure['path']}")
        assert failure['rule'] == rule, (policy, failure)
        assert failure['scenario'] == 'random-program' and failure['steps'] <= 20, (policy, failure)
        assert failure['steps'] < failure['steps_before'] == 400
        if failure['object']:
            assert failure['path'] and '#' in failure['path'][-1], (policy, failure)


@tap.test
def wrong_answers_may_be_allowed():
    found = json.loads(succeeds('check-policy', UNRULY, '--set', 'how=answer', '--allow-wrong-answers', '--programs', '5',
                                '--json'))
    assert found['failure'] is None and found['wrong_answers'] > 5
    assert found['first_wrong_answer'] == 'survivor_fate answered 7: expected a fate, 0 to 2'


@tap.test
def a_crash_is_told_with_the_run_that_shows_it():
    for how, why in (('crash', 'segmentation fault'), ('loop', 'its limit of processor time was reached')):
        message = fails(PLUGIN, 'check-policy', UNRULY, '--set', f'how={how}', '--cpu-limit', '1')
        assert message.startswith('the policy “unruly”, in “run --policy unruly '), message
        assert message.endswith(f'({why})'), message


@tap.test
def wrong_usage():
    assert fails(USAGE, 'check-policy') == 'which policy?'
    assert fails(USAGE, 'check-policy', 'a', 'b') == 'one policy at a time'
    assert fails(USAGE, 'check-policy', 'defalt') == 'no policy “defalt”; did you mean “default”?'
    assert fails(USAGE, 'check-policy', 'default', '--programs', '-1').endswith('is out of range')
    assert fails(USAGE, 'check-policy', 'default', '--set', 'x=1').startswith('there is no setting called “x”')
    assert fails(USAGE, 'check-policy', UNRULY, '--set', 'how=x').startswith('how: found “x”, expected one of ')
    assert fails(INPUT, 'check-policy', '/no/such.plugin').startswith('/no/such.plugin: ')
    scenario = BUILD / 'plugins' / 'scenarios' / 'first-steps.plugin'
    assert fails(USAGE, 'check-policy', scenario).endswith('found a scenario, expected a policy')


@tap.test
def refused_policies():
    with Folder() as folder:
        (folder / 'old.plugin').write_text('[Plugin]\nId=old\nKind=policy\nName=Old\nABI=99\n')
        assert 'it is built for plugin ABI 99' in fails(PLUGIN, 'check-policy', folder / 'old.plugin')
        (folder / 'bad.plugin').write_text('nonsense')
        assert 'bad.plugin' in fails(INPUT, 'check-policy', folder / 'bad.plugin')


@tap.test
def it_can_be_stopped():
    process = start('check-policy', 'default', '--programs', '10000000', stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        process.communicate(timeout=1)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=20)
    assert process.returncode in (ENDED, -signal.SIGINT), process.returncode
    if process.returncode == ENDED:
        assert output.startswith('The policy “default” broke no rule until it was stopped.'.encode())


tap.main()
