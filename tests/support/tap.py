"""tap.py - the few lines of TAP that our Python tests need

    import tap

    @tap.test
    def the_list_names_every_plugin():
        assert 'default' in run('list')

    tap.main()

A test fails by any exception; tap.skip('reason') skips it.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import sys
import traceback

_tests = []


class Skipped(Exception):
    """Raised by skip()"""


def skip(reason):
    raise Skipped(reason)


def test(function):
    _tests.append((function.__name__.replace('_', ' '), function))
    return function


def case(name, function):
    """Add a test whose name is only known at run time"""
    _tests.append((name, function))


def main():
    failed = 0
    print(f'1..{len(_tests)}', flush=True)
    for number, (name, function) in enumerate(_tests, 1):
        try:
            function()
            print(f'ok {number} {name}', flush=True)
        except Skipped as reason:
            print(f'ok {number} {name} # SKIP {reason}', flush=True)
        except Exception:
            failed = 1
            print(f'not ok {number} {name}', flush=True)
            for line in traceback.format_exc().splitlines():
                print('# ' + line, flush=True)
            traceback.print_exc(file=sys.stderr)
    sys.exit(failed)
