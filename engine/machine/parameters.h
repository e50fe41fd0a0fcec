/* parameters.h - the one table of the machine's tunables, read into the structures of the rooms below
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "gc/collector.h"
#include "machine/machine.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean pager;
  guint64 ram_bytes; /* 0: no limit */
  guint32 page_bytes;
  const char *replacement; /* interned */
  guint32 read_ahead;      /* 0: 8 pages for a program, 1 for a trace */
  guint32 stack_words;
  guint64 operation_ns;
  guint64 detail_start, detail_length; /* operations */
  HpHeapConfig heap;
  HpGcConfig gc;
  HpPagingCosts paging;
} HpMachineConfig;

/** FALSE with @error where settings contradict each other. */
gboolean hp_machine_config_read (HpMachineConfig *self, const HpSettings *settings, GError **error);

G_END_DECLS
