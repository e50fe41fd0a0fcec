/* gc_log.h - reads what `node --trace-gc-nvp` prints: a real collector's own account of its collections
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"
#include "base/event.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * HpGcLogEvent: one collection
 * @line: of the log, from 1
 * @kind: a minor mark-compact counts as young
 * @isolate: V8's address of it; a process has one for each worker thread
 * @time_ms: when it ended, since the isolate began
 * @pause_ms: how long the program waited
 * @mark_ms, @sweep_ms, @evacuate_ms: parts of a full one; 0 where the log does not say
 * @capacity_bytes: of one half of new space; 0 where the log does not say
 * @before_bytes, @after_bytes: objects in the heap
 * @promoted_bytes: moved from new space to the old generation
 * @survived_bytes: copied inside new space
 *
 * V8's field `allocated` is not the allocation since the previous collection once a full one has run; it is left out.
 */
typedef struct
{
  guint64 line;
  HpCollectionKind kind;
  guint64 isolate;
  double time_ms;
  double pause_ms;
  guint64 capacity_bytes;
  double mark_ms, sweep_ms, evacuate_ms;
  guint64 before_bytes, after_bytes;
  guint64 promoted_bytes, survived_bytes;
} HpGcLogEvent;

/**
 * HpGcLog:
 * @events: of HpGcLogEvent, as they stand in the log
 * @n_lines: all lines; @n_others of them say something else, such as the program's own output
 */
typedef struct
{
  GArray *events;
  guint64 n_lines, n_others;
} HpGcLog;

/** The longest line with a collection. Others may be of any length. */
#define HP_GC_LOG_LINE_BYTES 65536

/**
 * hp_gc_log_read:
 * @name: the file's, for messages
 *
 * Reads both forms: `key=value` (Node 20) and an object of JSON (Node 24), after "[PID:ISOLATE] TIME ms: ". Lines end
 * in LF or CR LF; what stands before the bracket on its line is the program's output. What follows V8's words "Last few
 * GCs" repeats collections and is not read.
 *
 * Returns: (transfer full): the log, or NULL with @error: a collection that lacks a field or was cut off
 * (%HP_ERROR_INPUT, naming the line), no collection at all, or the stream's error
 */
HpGcLog *hp_gc_log_read (GInputStream *stream, const char *name, GError **error);
/** The same for a file, plain or compressed; "-" is standard input. */
HpGcLog *hp_gc_log_load (const char *path, GError **error);
void hp_gc_log_free (HpGcLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpGcLog, hp_gc_log_free)

static inline const HpGcLogEvent *
hp_gc_log_event (const HpGcLog *self, guint i)
{
  return &g_array_index (self->events, HpGcLogEvent, i);
}

/** Keep the events of the isolate with the most of them (the first such) only. */
void hp_gc_log_keep_busiest (HpGcLog *self);

/**
 * What the program allocated between the first and the last collection of a log of one isolate: the sum of
 * @before_bytes minus the previous @after_bytes.
 */
guint64 hp_gc_log_count_allocated (const HpGcLog *self);

/**
 * The size of one half of new space, in whole MB, that fits a log whose new space does not grow: a scavenge comes when
 * the objects copied last and those allocated since fill it. 0 where there is none to tell from.
 */
guint hp_gc_log_infer_semi_space (const HpGcLog *self);

G_END_DECLS
