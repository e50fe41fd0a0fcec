/* policy_context.c - what a policy may ask for
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/collector.h"

const HpSettings *
hp_gc_context_settings (const HpGcContext *context)
{
  return context->settings;
}

const HpCounters *
hp_gc_context_counters (const HpGcContext *context)
{
  return context->collector->heap->counters;
}

guint64
hp_gc_context_used_bytes (const HpGcContext *context, HpSpace space)
{
  g_return_val_if_fail ((guint) space < HP_N_SPACES, 0);

  return context->collector->heap->counters->used_bytes[space];
}

guint64
hp_gc_context_semi_space_bytes (const HpGcContext *context)
{
  return hp_new_space_usable_bytes (context->collector->heap);
}

guint64
hp_gc_context_semi_space_max_bytes (const HpGcContext *context)
{
  const HpHeap *heap = context->collector->heap;
  guint64 max_pages = context->collector->config.max_semi_bytes / HP_WORD_BYTES / heap->config.page_words;

  return max_pages * (heap->config.page_words - heap->config.header_words) * HP_WORD_BYTES;
}

guint64
hp_gc_context_old_limit_bytes (const HpGcContext *context)
{
  return context->collector->old_limit;
}

guint64
hp_gc_context_old_max_bytes (const HpGcContext *context)
{
  return context->collector->heap->config.max_old_bytes;
}

guint64
hp_gc_context_survived_bytes (const HpGcContext *context)
{
  return context->collector->survived_bytes;
}

guint32
hp_gc_context_random (HpGcContext *context, guint32 bound)
{
  g_return_val_if_fail (bound > 0, 0);

  return hp_random_below (&context->random, bound);
}
