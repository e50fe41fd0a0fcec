/* future.h - when each reference's page is used next: what the optimal replacement policy has to know
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/reference.h"
#include "memory/replacement.h"

G_BEGIN_DECLS

/**
 * HpFuture: made from a trace's references before it is replayed
 *
 * Four bytes a reference, and some more a page. A trace has at most %HP_FUTURE_MAX references.
 */
typedef struct _HpFuture HpFuture;

#define HP_FUTURE_MAX (G_MAXUINT32 - 1)

/** @page_bytes: of the pager that will replay the trace */
HpFuture *hp_future_new (guint32 page_bytes);
void hp_future_free (HpFuture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpFuture, hp_future_free)

/** The next @n references (hp_reference()). FALSE, and nothing is taken, where there would be too many. */
gboolean hp_future_add (HpFuture *self, const guint64 *references, gsize n);

/**
 * The trace is complete; nothing can be added after.
 *
 * Returns: (transfer none): as hp_pager_set_future() takes it, @n as many as were added; good as long as @self
 */
const guint32 *hp_future_finish (HpFuture *self, gsize *n);

/** What a future is made of: pages[i], below @n_pages, becomes the place of its next occurrence among @n of them, or
 * %HP_NEVER_USED_AGAIN. */
void hp_future_find (guint32 *pages, gsize n, guint32 n_pages);

G_END_DECLS
