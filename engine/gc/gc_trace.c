/* gc_trace.c - one line for each collection
 *
 * The process is 1 and the isolate 0x0: a run says the same each time.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

#include <string.h>

#define MIB (1024.0 * 1024.0)
#define NS_PER_MS 1e6

void
hp_gc_trace_init (HpGcTrace *self)
{
  *self = (HpGcTrace){ .lines = g_string_new (NULL) };
}

void
hp_gc_trace_clear (HpGcTrace *self)
{
  g_string_free (self->lines, TRUE);
}

static HpTraceSizes
measure (const HpHeap *heap)
{
  const GPtrArray *paged[] = {
    heap->young.pages[0], heap->young.pages[1], heap->old.pages, heap->large.pages, heap->young_large.pages
  };
  HpTraceSizes sizes = { hp_heap_old_bytes (heap) + hp_heap_young_bytes (heap), heap->config.runtime_bytes };

  for (gsize i = 0; i < G_N_ELEMENTS (paged); i++)
    for (guint j = 0; j < paged[i]->len; j++)
      sizes.committed_bytes += (guint64) ((HpHeapPage *) g_ptr_array_index (paged[i], j))->size_words * HP_WORD_BYTES;
  return sizes;
}

void
hp_gc_trace_begin (HpGcTrace *self, const HpHeap *heap, const char *reason)
{
  self->before = measure (heap);
  self->reason = reason;
}

/* "(+ 1.9 ms in 2 steps since start of marking, biggest step 1.3 ms, walltime since start of marking 40 ms) " */
static void
add_steps (GString *line, const HpCollector *collector)
{
  const HpIncremental *marking = &collector->incremental;
  guint64 now = collector->heap->counters->time_ns;

  g_string_append_printf (line,
                          "(+ %.1f ms in %u steps since start of marking, biggest step %.1f ms, "
                          "walltime since start of marking %.0f ms) ",
                          (double) marking->step_ns / NS_PER_MS,
                          marking->n_steps,
                          (double) marking->longest_step_ns / NS_PER_MS,
                          (double) (now - marking->start_ns) / NS_PER_MS);
}

/* Why this collection, and why this kind of collector (V8: Heap::SelectGarbageCollector). */
static void
add_reasons (GString *line, const char *reason, gboolean is_full)
{
  gboolean might_fail = strcmp (reason, "scavenge might not succeed") == 0;

  g_string_append_printf (line,
                          "%s; %s\n",
                          might_fail ? "allocation failure" : reason,
                          might_fail ? reason
                          : is_full  ? "GC in old space requested"
                                     : "");
}

void
hp_gc_trace_end (HpCollector *collector, gboolean is_full, gboolean was_marking, guint64 pause_ns)
{
  HpGcTrace *self = &collector->trace;
  gsize begin = self->lines->len;
  HpTraceSizes after = measure (collector->heap);

  self->after = after;
  g_string_append_printf (self->lines,
                          "[1:0x0] %8.0f ms: %s%s %.1f (%.1f) -> %.1f (%.1f) MB, %.2f / 0.00 ms  ",
                          (double) collector->heap->counters->time_ns / NS_PER_MS,
                          is_full ? "Mark-Compact" : "Scavenge",
                          collector->reduces_memory ? " (reduce)" : "",
                          (double) self->before.object_bytes / MIB,
                          (double) self->before.committed_bytes / MIB,
                          (double) after.object_bytes / MIB,
                          (double) after.committed_bytes / MIB,
                          (double) pause_ns / NS_PER_MS);
  if (is_full && was_marking)
    add_steps (self->lines, collector);
  g_string_append_printf (self->lines,
                          "(average mu = %.3f, current mu = %.3f) ",
                          collector->mutator_utilisation,
                          collector->current_utilisation);
  add_reasons (self->lines, self->reason, is_full);
  if (self->told != NULL)
    self->told (self->told_data, self->lines->str + begin);
  if (self->lines->len > HP_GC_TRACE_BYTES)
    g_string_erase (self->lines, 0, (gssize) (self->lines->len - HP_GC_TRACE_BYTES));
}
