#!/usr/bin/env python3
"""Adds up a meson test log, subtest by subtest, and ends with `N passed, N failed`.

A TAP program counts each of its `ok` and `not ok` lines; one that died before or after them counts once more as failed.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import json
import re
import sys

TAP_LINE = re.compile(r'^(?P<not>not )?ok\b(?:[^#\n]*)(?:#\s*(?P<directive>SKIP|TODO))?', re.IGNORECASE)


def count(test):
    """(passed, failed, skipped) of one program"""
    passed = failed = skipped = 0
    for line in test.get('stdout', '').splitlines():
        if not (match := TAP_LINE.match(line)):
            continue
        if match['directive']:
            skipped += 1
        elif match['not']:
            failed += 1
        else:
            passed += 1
    result = test['result']
    if result in ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS') and not failed:
        failed += 1
    elif passed + failed + skipped == 0:
        passed, skipped = int(result == 'OK'), int(result == 'SKIP')
    return passed, failed, skipped


def main():
    try:
        with open(sys.argv[1], encoding='utf-8') as log:
            tests = [json.loads(line) for line in log]
    except FileNotFoundError:
        tests = []
    passed, failed, skipped = (sum(column) for column in zip((0, 0, 0), *map(count, tests)))
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return int(failed > 0 or passed == 0)


sys.exit(main())
