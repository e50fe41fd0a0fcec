/* tight.h - each policy as a loop that does nothing else: how fast it could be
 *
 * No pager, no page table, no dirty pages, no interface: pages are small numbers, and only faults are counted.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

typedef struct
{
  const guint32 *pages; /* of each reference, from 0 in the order of their first ones */
  const guint32 *next_uses;
  gsize n;
  guint32 n_pages, n_frames;
} TightTrace;

/** Returns the faults. */
guint64 tight_fifo (const TightTrace *trace);
guint64 tight_clock0 (const TightTrace *trace);
guint64 tight_lru (const TightTrace *trace);
guint64 tight_lfu (const TightTrace *trace);
guint64 tight_arc (const TightTrace *trace);
guint64 tight_opt (const TightTrace *trace);

/** Adds up what lackey wrote, without looking whether it is right. @text ends in an LF. */
guint64 tight_parse (const guint8 *text, gsize n);
