/* recognise.h - which scenario can run a file
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"

G_BEGIN_DECLS

/**
 * hp_recognise:
 * @path: a file name, or "-" for standard input, which is taken for a memory trace where no scenario knows better
 *
 * Offers the first 4,096 bytes, decompressed, to each scenario with a setting "file", in the host's order. One that
 * names no endings of files knows its form for certain, and comes first; then the ending of the name counts; then
 * whoever takes the content for its own.
 *
 * Returns: (transfer none): the scenario, or NULL with @error
 */
const HpManifest *hp_recognise (HpHost *host, const char *path, GError **error);

G_END_DECLS
