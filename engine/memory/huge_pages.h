/* huge_pages.h - large tables that are read here and there ask the system for pages of 2 MiB
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>
#include <string.h>
#include <sys/mman.h>

G_BEGIN_DECLS

#define HP_HUGE_PAGE_BYTES ((gsize) 2 << 20)

/**
 * For a block of @bytes just made: the huge pages that lie wholly inside are better backed by one piece of RAM each,
 * since finding 4 KiB pages takes longer than reading what is in them. Only a wish: what does not work changes nothing.
 */
static inline void
hp_prefer_huge_pages (gpointer block, gsize bytes)
{
  gsize first = ((gsize) block + HP_HUGE_PAGE_BYTES - 1) & ~(HP_HUGE_PAGE_BYTES - 1);
  gsize end = ((gsize) block + bytes) & ~(HP_HUGE_PAGE_BYTES - 1);

  if (end > first)
    madvise (GSIZE_TO_POINTER (first), end - first, MADV_HUGEPAGE);
}

/** g_realloc() that does not keep small pages: for a table that grows to twice its size. */
static inline gpointer
hp_grow_table (gpointer block, gsize old_bytes, gsize new_bytes)
{
  gpointer table = g_malloc (new_bytes);

  hp_prefer_huge_pages (table, new_bytes);
  if (old_bytes > 0)
    memcpy (table, block, old_bytes);
  g_free (block);
  return table;
}

G_END_DECLS
