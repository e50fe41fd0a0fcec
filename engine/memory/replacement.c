/* replacement.c - the built-in page-replacement policies by name, and what a policy sees of the pager
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "memory/builtin.h"
#include "memory/pager_private.h"

/* The choices of the setting `replacement`, in the order in which people are shown them. */
static const HpReplacementPolicy *const POLICIES[] = {
  &hp_replacement_fifo,    &hp_replacement_clock0,      &hp_replacement_clock1,   &hp_replacement_lru,
  &hp_replacement_lfu,     &hp_replacement_arc,         &hp_replacement_optimal,  &hp_replacement_sieve,
  &hp_replacement_s3_fifo, &hp_replacement_random_page, &hp_replacement_two_list, &hp_replacement_generations,
};

const HpReplacementPolicy *
hp_replacement_policy_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (POLICIES); i++)
    if (g_str_equal (POLICIES[i]->id, id))
      return POLICIES[i];
  return NULL;
}

const HpReplacementPolicy *const *
hp_replacement_policies (gsize *n)
{
  *n = G_N_ELEMENTS (POLICIES);
  return POLICIES;
}

/* ---- what a policy sees ----------------------------------------------------------------------------------------- */

guint32
hp_replacement_n_frames (const HpReplacementContext *context)
{
  return context->pager->n_frames;
}

guint32
hp_replacement_n_pages (const HpReplacementContext *context)
{
  return context->pager->n_pages;
}

const HpSettings *
hp_replacement_settings (const HpReplacementContext *context)
{
  return context->settings;
}

guint32
hp_replacement_random (HpReplacementContext *context, guint32 bound)
{
  g_return_val_if_fail (bound > 0, 0);

  return hp_random_below (&context->random, bound);
}

const guint32 *
hp_replacement_next_uses (const HpReplacementContext *context)
{
  return context->next_uses;
}

/* The frame after the last has neither page nor flags; one that does not exist is a mistake of the policy. */
static const HpPagerFrame *
frame_state (const HpReplacementContext *context, guint32 frame)
{
  const HpPager *pager = context->pager;

  return &pager->frames[MIN (frame, pager->n_frames)];
}

guint32
hp_replacement_page_in (const HpReplacementContext *context, guint32 frame)
{
  return frame_state (context, frame)->page;
}

gboolean
hp_replacement_is_referenced (const HpReplacementContext *context, guint32 frame)
{
  return (frame_state (context, frame)->flags & HP_PAGE_REFERENCED) != 0;
}

gboolean
hp_replacement_is_dirty (const HpReplacementContext *context, guint32 frame)
{
  return (frame_state (context, frame)->flags & HP_PAGE_DIRTY) != 0;
}

void
hp_replacement_clear_referenced (HpReplacementContext *context, guint32 frame)
{
  guint32 flags = frame_state (context, frame)->flags;

  if (flags & HP_PAGE_REFERENCED)
    hp_pager_set_flags (context->pager, frame, flags & ~(guint32) HP_PAGE_REFERENCED);
}
