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

/**
 * hp_input_peek:
 * @head: (out): the first bytes of @path, decompressed
 * @n: (inout): how many at most; how many there are
 *
 * Standard input is read so far and no further, and the next hp_input_open() gives it from its beginning.
 */
gboolean hp_input_peek (const char *path, guint8 *head, gsize *n, GError **error);

/**
 * hp_input_progress:
 * @stream: by hp_input_open()
 *
 * Returns: how much of the file was read, 0 … 1, compressed or not; -1 where its size is not known, as with a pipe
 */
double hp_input_progress (GInputStream *stream);

G_END_DECLS
