#!/usr/bin/env python3
"""Everything a person reads can be translated, and what is translated is well formed.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import tap

SOURCE = pathlib.Path(os.environ['HEAPARIUM_SOURCE'])
PO = SOURCE / 'po'
sys.path.insert(0, str(PO))
import strings  # noqa: E402 - its folder had to be known first

# What people read in a template; a label that is filled in by code stays empty there.
VISIBLE = ('label', 'title', 'subtitle', 'tooltip-text', 'placeholder-text', 'description')
PROPERTY = re.compile(r'<property name="(?P<name>[\w-]+)"(?P<rest>[^>]*)>(?P<text>[^<]*[A-Za-z]{2}[^<]*)</property>')


@tap.test
def potfiles_names_every_file_with_strings():
    listed = (PO / 'POTFILES').read_text(encoding='utf-8').split()
    assert listed == strings.files(), f'run ./dev strings: {sorted(set(listed) ^ set(strings.files()))}'


@tap.test
def the_template_holds_code_templates_data_and_manifests():
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder) / 'heaparium.pot'
        strings.extract(str(pot))
        text = pot.read_text(encoding='utf-8')
    for place in ('.c:', '.desktop.in:', '.metainfo.xml.in:', '.gschema.xml:', '.plugin:'):
        assert place in text, place


@tap.test
def visible_text_of_window_templates_is_translatable():
    for path in sorted((SOURCE / 'resources').rglob('*.ui')):
        for match in PROPERTY.finditer(path.read_text(encoding='utf-8')):
            if match['name'] in VISIBLE:
                assert 'translatable="' in match['rest'], (path.name, match[0])


@tap.test
def every_language_is_well_formed():
    if not shutil.which('msgfmt'):
        tap.skip('msgfmt is not installed')
    for language in (PO / 'LINGUAS').read_text(encoding='utf-8').split():
        command = ['msgfmt', '--check', '--statistics', '-o', '/dev/null', str(PO / f'{language}.po')]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f'# {language}: {done.stderr.strip()}')
        assert done.returncode == 0, done.stderr


tap.main()
