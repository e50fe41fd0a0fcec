/* decompressor.h - xz, zstd and gzip as one GConverter
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/** Bytes of the longest mark by which a format is recognised. */
#define HP_DECOMPRESSOR_HEAD_BYTES 6

#define HP_TYPE_DECOMPRESSOR (hp_decompressor_get_type ())
G_DECLARE_FINAL_TYPE (HpDecompressor, hp_decompressor, HP, DECOMPRESSOR, GObject)

/**
 * hp_decompressor_new_for:
 * @head: the first @n bytes of a file
 *
 * Streams of one format that stand one behind the other are read as one, as xz, zstd and gzip themselves do it.
 * Damaged data, and data that ends early, fail with %HP_ERROR_INPUT.
 *
 * Returns: (transfer full) (nullable): a converter, or NULL where @head is none of the formats' beginning
 */
HpDecompressor *hp_decompressor_new_for (const guint8 *head, gsize n);

G_END_DECLS
