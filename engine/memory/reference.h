/* reference.h - a memory access in 64 bits
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The byte address, and in its lowest bit, which tells no two pages apart, whether it is written to. */
static inline guint64
hp_reference (guint64 byte_address, gboolean write)
{
  return (byte_address & ~G_GUINT64_CONSTANT (1)) | (write ? 1 : 0);
}

static inline gboolean
hp_reference_writes (guint64 reference)
{
  return (reference & 1) != 0;
}

G_END_DECLS
