/* pretenuring.c - allocation sites whose objects live long learn to allocate in old space
 *
 * A young object of a site is followed by a *memento*: a filler of two words, whose second one names the site. A
 * collection that brings the object to safety for the first time finds it. When nearly all that a site made was found
 * alive, and new space cannot grow any more, the site allocates in old space from then on. V8:
 * src/heap/pretenuring-handler.cc, src/objects/allocation-site.h.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

/* V8: AllocationSite::kPretenureMinimumCreated and kPretenureRatio, Heap::kOldSurvivalRateLowThreshold. */
#define MINIMUM_CREATED 100
#define TENURE_RATIO 0.85
#define LOW_OLD_SURVIVAL 0.1

static HpAllocationSite *
site_at (HpCollector *self, guint32 id)
{
  return &g_array_index (self->sites, HpAllocationSite, id - 1);
}

gboolean
hp_pretenuring_is_tenured (HpCollector *self)
{
  return self->site != 0 && site_at (self, self->site)->decision == HP_PRETENURE_TENURE;
}

gboolean
hp_pretenuring_wants_memento (HpCollector *self, guint32 words)
{
  return self->site != 0 && self->config.pretenuring
         && words + HP_MEMENTO_WORDS <= self->heap->config.max_regular_words;
}

void
hp_pretenuring_put_memento (HpCollector *self, HpAddress address)
{
  guint64 *memento = hp_heap_words (self->heap, address);

  memento[0] = hp_memento_word ();
  memento[1] = self->site;
  site_at (self, self->site)->n_created++;
}

void
hp_pretenuring_find_memento (HpCollector *self, HpAddress address, guint32 words)
{
  const HpHeapPage *page = hp_heap_page_of (self->heap, address);
  HpAddress next = address + words;

  /* What survived before was copied without its memento, but may be followed by whatever lay there. */
  if (!hp_space_is_young (page->space) || address < page->age_limit || next >= page->top)
    return;
  if (*hp_heap_words (self->heap, next) == hp_memento_word ())
    site_at (self, (guint32) hp_heap_words (self->heap, next)[1])->n_found++;
}

static void
decide (HpCollector *self, HpAllocationSite *site, HpPretenure decision)
{
  if (decision != site->decision)
    hp_emit (self->heap->emitter,
             HP_EVENT_PRETENURE,
             (guint32) decision | (guint32) site->decision << 8,
             site->name,
             site->n_created,
             site->n_found);
  site->decision = decision;
}

/* Only what is undecided, or nearly decided, changes. V8: PretenuringHandler's MakePretenureDecision(). */
static void
digest (HpCollector *self, HpAllocationSite *site, gboolean at_maximum)
{
  gboolean open = site->decision == HP_PRETENURE_UNDECIDED || site->decision == HP_PRETENURE_MAYBE_TENURE;

  if (site->n_found == 0)
    return;
  if (open && site->n_created >= MINIMUM_CREATED)
    {
      if ((double) site->n_found / site->n_created < TENURE_RATIO)
        decide (self, site, HP_PRETENURE_DONT_TENURE);
      else
        decide (self, site, at_maximum ? HP_PRETENURE_TENURE : HP_PRETENURE_MAYBE_TENURE);
    }
  site->n_created = site->n_found = 0;
}

/* Tenured objects died after all: their sites begin anew. */
static void
reset_tenured (HpCollector *self)
{
  for (guint32 id = 1; id <= self->sites->len; id++)
    if (site_at (self, id)->decision == HP_PRETENURE_TENURE)
      {
        decide (self, site_at (self, id), HP_PRETENURE_UNDECIDED);
        site_at (self, id)->n_created = site_at (self, id)->n_found = 0;
      }
}

void
hp_pretenuring_after (HpCollector *self, const HpCollection *collection)
{
  gboolean at_maximum = hp_sizing_semi_bytes (self) >= self->config.max_semi_bytes;

  if (!self->config.pretenuring)
    return;
  for (guint32 id = 1; id <= self->sites->len; id++)
    digest (self, site_at (self, id), at_maximum);
  if (collection->kind == HP_COLLECTION_FULL && collection->old_bytes > 0
      && (double) hp_heap_old_bytes (self->heap) < LOW_OLD_SURVIVAL * (double) collection->old_bytes)
    reset_tenured (self);
}
