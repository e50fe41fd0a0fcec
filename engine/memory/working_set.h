/* working_set.h - how many pages a program uses at a time
 *
 * The working set is the pages referenced by the last N references: W (t, N) of P. J. Denning, "The working set model
 * for program behavior", Communications of the ACM 11 (5), 1968, with references as the measure of time. What it needs
 * in RAM is told by it without any RAM: a program thrashes where its working set is larger than what it has.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/reference.h"

G_BEGIN_DECLS

/** HpWorkingSet: several windows N as the trace passes: 4 bytes a reference of the largest, 24 to 48 a page. */
typedef struct _HpWorkingSet HpWorkingSet;

/** As long as a window can be: 2^26 references. */
#define HP_WORKING_SET_MAX_WINDOW (1u << 26)

/**
 * HpWorkingSetSize:
 * @window: N; as long as the trace is shorter, the window is what there is of it
 * @now, @peak: pages in the window at the end, and at most
 * @sum: of the pages in the window after each reference: the mean is @sum / references
 */
typedef struct
{
  guint32 window;
  guint32 now, peak;
  guint64 sum;
} HpWorkingSetSize;

/** @windows: one or more, from 1 to %HP_WORKING_SET_MAX_WINDOW */
HpWorkingSet *hp_working_set_new (guint32 page_bytes, const guint32 *windows, guint n_windows);
void hp_working_set_free (HpWorkingSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpWorkingSet, hp_working_set_free)

/** The next @n references (hp_reference()). FALSE, and the rest is not taken, where there are more pages than the
 * pager can have. */
gboolean hp_working_set_add (HpWorkingSet *self, const guint64 *references, gsize n);

guint64 hp_working_set_n_references (const HpWorkingSet *self);
guint32 hp_working_set_n_pages (const HpWorkingSet *self);
guint hp_working_set_n_windows (const HpWorkingSet *self);
/** Of the window that was the @i-th, from 0. */
HpWorkingSetSize hp_working_set_size (const HpWorkingSet *self, guint i);

G_END_DECLS
