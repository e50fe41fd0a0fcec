/* gc_trace.h - the last few collections in the words of node --trace-gc, as V8 prints them when memory has come to its
 * end
 *
 * V8: GCTracer::PrintNVP and its ring buffer (src/heap/gc-tracer.cc), Heap::AddToRingBuffer.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HpCollector HpCollector;
typedef struct _HpHeap HpHeap;

/** V8's ring buffer: its oldest line may have lost its beginning. */
#define HP_GC_TRACE_BYTES 512

/** What is told of the heap before and after a collection. */
typedef struct
{
  guint64 object_bytes;    /* the runtime's own included */
  guint64 committed_bytes; /* heap pages, their headers included */
} HpTraceSizes;

typedef struct
{
  HpTraceSizes before, after;                          /* of the newest collection */
  const char *reason;                                  /* of the collection under way */
  GString *lines;                                      /* at most HP_GC_TRACE_BYTES */
  void (*told) (gpointer user_data, const char *line); /* (nullable): who is told each line */
  gpointer told_data;
} HpGcTrace;

void hp_gc_trace_init (HpGcTrace *self);
void hp_gc_trace_clear (HpGcTrace *self);

/** A collection begins. @reason: a literal, as the collector tells it. */
void hp_gc_trace_begin (HpGcTrace *self, const HpHeap *heap, const char *reason);
/** It is over: add its line. */
void hp_gc_trace_end (HpCollector *collector, gboolean is_full, gboolean was_marking, guint64 pause_ns);

G_END_DECLS
