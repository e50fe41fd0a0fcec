/* miss_curve.h - the page faults of one trace with every size of RAM, found in one pass
 *
 * LRU and OPT are stack algorithms: what is resident in c page frames is resident in c + 1 too. So one list of pages,
 * the stack, describes every size at once, and the place of a page in it, the stack distance, says from which size on a
 * reference is a hit. Source: R. L. Mattson, J. Gecsei, D. R. Slutz, I. L. Traiger, "Evaluation techniques for storage
 * hierarchies", IBM Systems Journal 9 (2), 1970.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/reference.h"

G_BEGIN_DECLS

/**
 * HpMissCurve:
 * @n_pages: distinct pages; with so many frames only the first touches are faults
 * @faults: of n_pages + 1: element c is the number of faults with c page frames; element 0 the references
 * @dirty_evictions: (nullable): likewise; element 0 means nothing. NULL for OPT, which has none of its own: its choice
 * among pages never used again changes them, but no fault
 */
typedef struct
{
  guint32 n_pages;
  guint64 *faults;
  guint64 *dirty_evictions;
} HpMissCurve;

/** @n_at: of n_pages + 1: the references at each stack distance; element 0: first touches. (transfer full) */
HpMissCurve *hp_miss_curve_new (const guint64 *n_at, guint32 n_pages);
void hp_miss_curve_free (HpMissCurve *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpMissCurve, hp_miss_curve_free)

/** The curve of LRU as the trace passes: about 40 bytes a page, nothing a reference. */
typedef struct _HpLruStack HpLruStack;

/** As many pages as there can be: a page of the pager has an id below 2^24 too. */
#define HP_MISS_CURVE_MAX_PAGES ((1u << 24) - 1)

HpLruStack *hp_lru_stack_new (guint32 page_bytes);
void hp_lru_stack_free (HpLruStack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpLruStack, hp_lru_stack_free)

/** The next @n references (hp_reference()). FALSE, and the rest is not taken, where there are too many pages. */
gboolean hp_lru_stack_add (HpLruStack *self, const guint64 *references, gsize n);
/** What passed so far; more may be added after. (transfer full) */
HpMissCurve *hp_lru_stack_finish (const HpLruStack *self);

/** Asked now and then in what takes long: how much of it is done, 0 … 1. FALSE stops it. */
typedef gboolean (*HpProgressFunc) (gpointer user_data, double fraction);

/**
 * hp_opt_curve:
 * @references: page << 1 | write: pages have numbers from 0 in the order of their first references
 * @next_uses: of each of @n references the place of the next one to the same page, or %HP_NEVER_USED_AGAIN
 * @progress: (nullable):
 *
 * A reference takes time by how many pages of the stack change places, mostly few.
 *
 * Returns: (transfer full): the curve of OPT; NULL where @progress stopped it
 */
HpMissCurve *hp_opt_curve (const guint32 *references,
                           const guint32 *next_uses,
                           gsize n,
                           guint32 n_pages,
                           HpProgressFunc progress,
                           gpointer user_data);

G_END_DECLS
