/* host_memory.h - the host's memory behind simulated addresses
 *
 * All 32 GiB that an HpAddress can name are reserved at once, so that the word at an address is words[address]. What is
 * below `committed` can be accessed; it grows with the highest address in use, which is low because address_space.c
 * hands out the lowest addresses first.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 *words;    /* by HpAddress */
  guint64 committed; /* in words */
} HpHostMemory;

/** FALSE with @error where the system does not give away so many addresses. */
gboolean hp_host_memory_reserve (HpHostMemory *self, GError **error);
void hp_host_memory_clear (HpHostMemory *self);

/** Make the words below @end accessible. FALSE when the system refuses. */
gboolean hp_host_memory_commit (HpHostMemory *self, guint64 end);
/** What the words hold is not needed any more; they stay accessible. */
void hp_host_memory_discard (HpHostMemory *self, HpAddress address, guint32 n_words);

G_END_DECLS
