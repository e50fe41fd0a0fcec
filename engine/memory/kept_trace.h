/* kept_trace.h - a trace kept in memory, for what needs its future: the policy OPT and its curve
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/miss_curve.h"
#include "memory/pager.h"

G_BEGIN_DECLS

/**
 * HpKeptTrace:
 *
 * References to the page of the one before are kept as one, which is a write where any of them was: between them
 * nothing can be evicted, so that faults and dirty evictions are the same. 8 bytes for each that is left, mostly half
 * of them.
 */
typedef struct _HpKeptTrace HpKeptTrace;

HpKeptTrace *hp_kept_trace_new (guint32 page_bytes);
void hp_kept_trace_free (HpKeptTrace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpKeptTrace, hp_kept_trace_free)

/** The next @n references (hp_reference()). FALSE, and the rest is not taken, where there are too many or too many
 * pages. */
gboolean hp_kept_trace_add (HpKeptTrace *self, const guint64 *references, gsize n);
/** The trace is complete. */
void hp_kept_trace_finish (HpKeptTrace *self);

guint32 hp_kept_trace_n_pages (const HpKeptTrace *self);

/**
 * hp_kept_trace_replay:
 * @progress: (nullable): asked now and then; FALSE stops the replay
 *
 * Has @pager, which must be new, perform the trace with its future known. Its pages have other numbers than in the
 * trace: 0, 1 … in the order of their first references.
 *
 * Returns: whether all of it was performed
 */
gboolean hp_kept_trace_replay (const HpKeptTrace *self, HpPager *pager, HpProgressFunc progress, gpointer user_data);

/** hp_opt_curve(); element 0 of its faults is the references kept. */
HpMissCurve *hp_kept_trace_opt_curve (const HpKeptTrace *self, HpProgressFunc progress, gpointer user_data);

G_END_DECLS
