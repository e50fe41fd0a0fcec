/* machine_private.h - the machine's parts, for the files of this room
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/verifier.h"
#include "machine/parameters.h"
#include "stack/stack.h"

G_BEGIN_DECLS

struct _HpMachine
{
  HpMachineConfig config;
  HpEmitter *emitter;
  HpCounters counters;
  HpClock clock;
  HpPager *pager; /* under stack and heap; NULL: none */
  HpAddressSpace *address_space;
  HpStack stack;
  HpHeap *heap;
  HpCollector *collector;
  HpSettings *settings, *policy_settings;
  const HpReplacementPolicy *replacement; /* borrowed */

  /* Narration, as the newest events left it. */
  guint32 source, location, explanation, chapter;
  GHashTable *labels; /* ref -> string id; only kept for a listener */

  /* Memory traces. */
  HpPager *trace_pager; /* borrowed pager, or own_trace_pager */
  HpPager *own_trace_pager;
  guint32 n_quiet_touches; /* since the newest OPERATION event */

  guint64 event_limit;
  gboolean has_ended;
  HpEnding ending;
  char *message;
  gint is_cancelled;      /* atomic */
  HpViolation *violation; /* what the verifier found around a collection */
  HpSnapshot *before;     /* while a collection runs that is verified */
};

/** Begin an operation: time so far is told, then the operation. FALSE when the run is over. */
gboolean hp_machine_begin (HpMachine *self, HpOperation operation);
/** Whether the run goes on; ends it where it was cancelled or has recorded enough. */
gboolean hp_machine_check (HpMachine *self);
/** The pager that accesses of a trace go through; made on first use. */
HpPager *hp_machine_trace_pager (HpMachine *self);
/** Tell the touches since the newest event, before something else is told. */
void hp_machine_tell_quiet_touches (HpMachine *self);
void hp_machine_end (HpMachine *self, HpEnding ending, const char *message);

G_END_DECLS
