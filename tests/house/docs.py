#!/usr/bin/env python3
"""The pages tell the truth: code shown is the code in the tree, links lead somewhere, ./dev knows the commands named.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import os
import pathlib
import re
import subprocess

import tap

SOURCE = pathlib.Path(os.environ['HEAPARIUM_SOURCE'])
PAGES = sorted([*SOURCE.glob('*.md'), *(SOURCE / 'data' / 'docs').rglob('*.md')])
SHOWN = re.compile(r'^\*\*(?P<path>[\w./-]+)\*\*\n\n```\w*\n(?P<code>.*?)^```$', re.MULTILINE | re.DOTALL)
LINK = re.compile(r'\]\((?P<target>[^)\s]+)\)')
DEV = re.compile(r'\./dev (?P<command>[a-z]+)')


def name(page):
    return str(page.relative_to(SOURCE))


@tap.test
def code_shown_is_the_code_in_the_tree():
    shown = [(page, match) for page in PAGES for match in SHOWN.finditer(page.read_text(encoding='utf-8'))]
    assert len(shown) >= 9, shown
    for page, match in shown:
        assert (SOURCE / match['path']).read_text(encoding='utf-8') == match['code'], (name(page), match['path'])


@tap.test
def pages_of_policies_show_whole_files_under_their_names():
    """So the test before holds them to the tree; an excerpt without a name would age."""
    for page in (SOURCE / 'data' / 'docs' / 'policies').glob('*.md'):
        text = page.read_text(encoding='utf-8')
        named = [match['code'] for match in SHOWN.finditer(text)]
        for code in re.findall(r'^```(?:c|ini|meson)\n(.*?)^```$', text, re.MULTILINE | re.DOTALL):
            assert code in named, (name(page), code)


@tap.test
def the_index_of_policies_names_every_page_and_every_policy_has_one():
    folder = SOURCE / 'data' / 'docs' / 'policies'
    index = (folder / 'README.md').read_text(encoding='utf-8')
    for page in folder.glob('*.md'):
        assert page.name == 'README.md' or f']({page.name})' in index, page.name
    for plugin in (path for path in (SOURCE / 'plugins' / 'policies').iterdir() if path.is_dir()):
        assert (folder / f'{plugin.name}.md').exists(), plugin.name


@tap.test
def links_lead_somewhere():
    for page in PAGES:
        text = page.read_text(encoding='utf-8')
        headings = {re.sub(r'[^\w -]', '', line.lstrip('# ').lower()).replace(' ', '-')
                    for line in text.splitlines() if line.startswith('#')}
        for target in (match['target'] for match in LINK.finditer(text)):
            if target.startswith('#'):
                assert target[1:] in headings, (name(page), target)
            elif '://' not in target:
                assert (page.parent / target.split('#')[0]).exists(), (name(page), target)


@tap.test
def the_index_names_every_page():
    index = (SOURCE / 'data' / 'docs' / 'README.md').read_text(encoding='utf-8')
    for page in (SOURCE / 'data' / 'docs').glob('*.md'):
        assert page.name == 'README.md' or f']({page.name})' in index, page.name


@tap.test
def dev_knows_and_documents_every_command_that_a_page_names():
    text = subprocess.run([SOURCE / 'dev', 'help'], check=True, capture_output=True, text=True).stdout
    documented = set(re.findall(r'^  ([a-z]+) ', text, re.MULTILINE))
    script = (SOURCE / 'dev').read_text(encoding='utf-8')
    known = set(re.search(r'^  (run \|[^)]*)\)', script, re.MULTILINE)[1].split(' | '))
    assert documented == known, documented ^ known
    for page in PAGES:
        for match in DEV.finditer(page.read_text(encoding='utf-8')):
            assert match['command'] in known, (name(page), match[0])


tap.main()
