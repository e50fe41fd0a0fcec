#!/usr/bin/env python3
"""What the desktop is told about the app is valid: desktop file, AppStream, MIME types, settings schema, icons.

SPDX-License-Identifier: LGPL-2.1-or-later
"""

import configparser
import os
import pathlib
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET

import tap

APP_ID = 'org.heaparium.Heaparium'
SOURCE = pathlib.Path(os.environ['HEAPARIUM_SOURCE'])
DATA = SOURCE / 'data'
BUILT = pathlib.Path(os.environ['HEAPARIUM_BUILD']) / 'data'
SVG = '{http://www.w3.org/2000/svg}'


def check(tool, *arguments):
    if not shutil.which(tool):
        tap.skip(f'{tool} is not installed')
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@tap.test
def desktop_file_is_valid():
    check('desktop-file-validate', BUILT / f'{APP_ID}.desktop')


@tap.test
def appstream_file_is_valid():
    check('appstreamcli', 'validate', '--no-net', BUILT / f'{APP_ID}.metainfo.xml')


@tap.test
def settings_schema_is_strictly_valid():
    check('glib-compile-schemas', '--strict', '--dry-run', DATA)


@tap.test
def every_xml_file_is_well_formed():
    files = [path for folder in ('data', 'resources') for ending in ('*.xml', '*.xml.in', '*.ui', '*.svg')
             for path in sorted((SOURCE / folder).rglob(ending))]
    assert len(files) >= 5, files
    check('xmllint', '--noout', *files)


@tap.test
def mime_types_are_accepted_and_the_desktop_file_names_them():
    with tempfile.TemporaryDirectory() as folder:
        packages = pathlib.Path(folder) / 'packages'
        packages.mkdir()
        shutil.copy(BUILT / f'{APP_ID}.xml', packages)
        check('update-mime-database', folder)
        globs = (pathlib.Path(folder) / 'globs').read_text().splitlines()
    known = {line.split(':')[0] for line in globs if line[0] != '#'}
    desktop = configparser.ConfigParser(interpolation=None)
    desktop.read(BUILT / f'{APP_ID}.desktop')
    assert known == set(desktop['Desktop Entry']['MimeType'].strip(';').split(';')), known


@tap.test
def app_icons_are_there_and_square():
    for folder, suffix, size in (('scalable', '', 128), ('symbolic', '-symbolic', 16)):
        svg = ET.parse(DATA / 'icons' / 'hicolor' / folder / 'apps' / f'{APP_ID}{suffix}.svg').getroot()
        assert svg.get('viewBox') == f'0 0 {size} {size}', svg.attrib
        assert (svg.get('width'), svg.get('height')) == (str(size), str(size)), svg.attrib
        with tempfile.TemporaryDirectory() as folder_out:
            check('rsvg-convert', '-w', 16, '-o', f'{folder_out}/icon.png',
                  DATA / 'icons' / 'hicolor' / folder / 'apps' / f'{APP_ID}{suffix}.svg')


@tap.test
def symbolic_icons_have_one_colour():
    for path in sorted(SOURCE.glob('*/**/*-symbolic.svg')):
        if 'build' in path.relative_to(SOURCE).parts[0]:
            continue
        fills = {element.get('fill') for element in ET.parse(path).getroot().iter() if element.get('fill')} - {'none'}
        assert len(fills) <= 1, (path, fills)


tap.main()
