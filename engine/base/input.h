/* input.h - bytes from a file or standard input, decompressed where they are compressed
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * hp_input_open:
 * @path: a file name, or "-" for standard input
 *
 * Opens @path for reading. Content that begins like xz, zstd or gzip is decompressed on the way (recognised by its
 * first bytes, never by its name); anything else comes as it is. Reads from the stream fail with %HP_ERROR_INPUT naming
 * @path where the compressed data is damaged or ends early.
 *
 * Returns: (transfer full): a stream, or NULL with @error set
 */
GInputStream *hp_input_open (const char *path, GError **error);

G_END_DECLS
