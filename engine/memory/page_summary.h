/* page_summary.h - a stretch of references told together: what became of each page, not how it came to it
 *
 * While a stretch is open the emitter is silent and the pager goes at full speed. At its end the listener is told the
 * net change of each page and, with COUNT and TIME, what that does not tell of the counters:
 *
 *   told state + events of the stretch = the pager's state
 *
 * so that whoever folds events need not know that there was a stretch.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/pager.h"

G_BEGIN_DECLS

typedef struct _HpPageSummary HpPageSummary;

/** @pager, @clock: borrowed; the clock is the pager's own */
HpPageSummary *hp_page_summary_new (HpPager *pager, HpClock *clock);
void hp_page_summary_free (HpPageSummary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPageSummary, hp_page_summary_free)

/**
 * Open a stretch. @told: the pager's state is still the one at the end of the stretch before, so that it need not be
 * looked at.
 */
void hp_page_summary_begin (HpPageSummary *self, gboolean told);
gboolean hp_page_summary_is_open (const HpPageSummary *self);
/** Close it: operation @operation with @n references is told. Returns how many events that took. */
gsize hp_page_summary_end (HpPageSummary *self, HpOperation operation, guint32 n);

G_END_DECLS
