#!/usr/bin/env python3
"""Collects what is to be translated: POTFILES (which files), heaparium.pot (which strings), and brings *.po up to it.

`./dev strings` calls it. With --pot FILE it only writes the template there, for the test.
SPDX-License-Identifier: LGPL-2.1-or-later
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
PO = ROOT / 'po'
MARK = re.compile(r'(?<![A-Za-z0-9_])(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) \(')
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']
NARRATION = re.compile(r'(?:^[ \t]*//:.*\n?)+', re.M)
MANIFEST_KEYWORDS = ['Name', 'Description', 'Help']
COMMON = ['--from-code=UTF-8', '--add-comments=Translators:', '--package-name=heaparium', '--foreign-user']


def has_strings(path):
    if path.suffix == '.plugin' or path.name.endswith(('.desktop.in', '.xml.in', '.gschema.xml')):
        return True
    text = path.read_text(encoding='utf-8')
    if path.suffix == '.ui':
        return 'translatable="' in text
    return bool(MARK.search(text))


def files():
    """Every file with strings for people, relative to the source folder"""
    endings = {'.c', '.h', '.ui', '.plugin', '.in', '.xml'}
    found = (path for folder in ('app', 'data', 'engine', 'plugins', 'resources') for path in (ROOT / folder).rglob('*')
             if path.suffix in endings and not path.name.endswith('.gresource.xml') and 'docs' not in path.parts)
    return sorted(str(path.relative_to(ROOT)) for path in found if has_strings(path))


def narration():
    """What the lessons tell in their comments `//: text`, as xgettext reads it"""
    lines = []
    for path in sorted((ROOT / 'plugins').rglob('lessons/*.js')):
        for block in NARRATION.finditer(path.read_text(encoding='utf-8')):
            text = ' '.join(line.strip()[3:].strip() for line in block[0].splitlines())
            number = block.string.count('\n', 0, block.start()) + 1
            text = text.replace('\\', '\\\\').replace('"', '\\"')
            lines += [f'#line {number} "{path.relative_to(ROOT)}"', f'_ ("{text}")']
    return '\n'.join(lines) + '\n'


def run(*command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode or 'warning' in done.stderr:
        sys.exit(done.stderr)


def extract(target):
    sources = files()
    manifests = [path for path in sources if path.endswith('.plugin')]
    code = [path for path in sources if path not in manifests]
    run('xgettext', *COMMON, *(f'--keyword={k}' for k in KEYWORDS), '-o', target, *code)
    with tempfile.NamedTemporaryFile('w', suffix='.c', encoding='utf-8') as told:
        told.write(narration())
        told.flush()
        run('xgettext', *COMMON, '--keyword=_', '--join-existing', '-o', target, told.name)
    run('xgettext', *COMMON, '--join-existing', '--language=Desktop', '--keyword',
        *(f'--keyword={k}' for k in MANIFEST_KEYWORDS), '-o', target, *manifests)


def main():
    if sys.argv[1:2] == ['--pot']:
        extract(sys.argv[2])
        return
    (PO / 'POTFILES').write_text(''.join(f'{path}\n' for path in files()), encoding='utf-8')
    extract(str(PO / 'heaparium.pot'))
    for language in (PO / 'LINGUAS').read_text(encoding='utf-8').split():
        run('msgmerge', '--quiet', '--update', '--backup=none', '--no-fuzzy-matching',
            f'po/{language}.po', 'po/heaparium.pot')


if __name__ == '__main__':
    main()
