/* fixture.h - a pager with what it needs around it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/pager.h"

#include <string.h>

#define PAGE_BYTES 4096u

typedef struct
{
  HpCounters counters;
  HpClock clock;
  HpPager *pager;
} Fixture;

static const HpPagingCosts COSTS = { 100, 1000, 100000, 50000, 4000 };

static inline void
fixture_init_reading (
    Fixture *self, guint32 n_frames, guint32 read_ahead, const HpReplacementPolicy *policy, const HpListener *listener)
{
  memset (self, 0, sizeof *self);
  self->clock.emitter = hp_emitter_new (listener);
  self->clock.counters = &self->counters;
  self->pager = hp_pager_new (&self->clock,
                              &(HpPagerConfig){ .page_bytes = PAGE_BYTES,
                                                .n_frames = n_frames,
                                                .read_ahead = read_ahead,
                                                .policy = policy,
                                                .seed = 1,
                                                .costs = COSTS });
}

static inline void
fixture_init (Fixture *self, guint32 n_frames, const HpReplacementPolicy *policy, const HpListener *listener)
{
  fixture_init_reading (self, n_frames, 1, policy, listener);
}

static inline void
fixture_clear (Fixture *self)
{
  hp_pager_free (self->pager);
  hp_emitter_free (self->clock.emitter);
}
