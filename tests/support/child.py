"""child.py - a Python program of a test's own, which does something for each line it is told

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import contextlib
import subprocess
import sys


class Child:
    """SCRIPT prints a line when it is ready, and one when it has done what a line of its standard input asks for"""

    def __init__(self, script):
        self.process = subprocess.Popen([sys.executable, '-c', script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process.stdout.readline()
        self.pid = self.process.pid

    def tell(self, line=''):
        self.process.stdin.write(f'{line}\n'.encode())
        self.process.stdin.flush()
        self.process.stdout.readline()

    def end(self):
        self.process.stdin.close()
        self.process.wait(20)


@contextlib.contextmanager
def started(script):
    one = Child(script)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.wait()
        one.process.stdout.close()
