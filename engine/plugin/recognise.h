/* recognise.h - which scenario can run a file
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"

G_BEGIN_DECLS

/**
 * hp_recognise:
 * @path: a file name, or "-" for standard input, which is not read but taken for a trace in lackey's form
 *
 * Offers the first 4,096 bytes, decompressed, to each scenario with a setting "file", in the host's order.
 *
 * Returns: (transfer none): the first scenario that recognises them, or NULL with @error
 */
const HpManifest *hp_recognise (HpHost *host, const char *path, GError **error);

G_END_DECLS
