/* builtin.h - the page-replacement policies that need no plugin, and the queue that several of them share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/queues.h"
#include "memory/replacement.h"

G_BEGIN_DECLS

extern const HpReplacementPolicy hp_replacement_fifo;
extern const HpReplacementPolicy hp_replacement_clock0;
extern const HpReplacementPolicy hp_replacement_clock1;
extern const HpReplacementPolicy hp_replacement_lru;
extern const HpReplacementPolicy hp_replacement_lfu;
extern const HpReplacementPolicy hp_replacement_arc;
extern const HpReplacementPolicy hp_replacement_optimal;
extern const HpReplacementPolicy hp_replacement_sieve;
extern const HpReplacementPolicy hp_replacement_s3_fifo;
extern const HpReplacementPolicy hp_replacement_random_page;
extern const HpReplacementPolicy hp_replacement_two_list;
extern const HpReplacementPolicy hp_replacement_generations;

/* HpQueues of frames as instance: pages go in at the newest end of queue 0, whose oldest is the victim (fifo.c). */
gpointer hp_queues_create (HpReplacementContext *context);
void hp_queues_destroy (gpointer self);
void hp_queues_insert (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page);
guint32 hp_queues_victim (gpointer self, HpReplacementContext *context, guint32 page);
void hp_queues_removed (gpointer self, HpReplacementContext *context, guint32 frame, guint32 page, gboolean evicted);

G_END_DECLS
