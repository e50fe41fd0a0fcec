/* builtin.h - the page-replacement policies that need no plugin, and the queue that two of them share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/replacement.h"

G_BEGIN_DECLS

extern const HpReplacementPolicy hp_replacement_fifo;
extern const HpReplacementPolicy hp_replacement_lru;
extern const HpReplacementPolicy hp_replacement_clock0;
extern const HpReplacementPolicy hp_replacement_clock1;

/* A HpFrameList as instance: loaded pages go in at the newest end, the oldest is the victim (fifo.c). */
gpointer hp_queue_create (HpReplacementContext *context);
void hp_queue_destroy (gpointer self);
void hp_queue_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page);
guint32 hp_queue_victim (gpointer self, HpReplacementContext *context, guint32 page);
void hp_queue_removed (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted);

G_END_DECLS
