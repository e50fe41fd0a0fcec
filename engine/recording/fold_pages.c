/* fold_pages.c - events of virtual memory: pages, page frames, faults
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/fold.h"

static HpPageCell *
write_page (HpMoment *self, guint32 page)
{
  return hp_column_write (&self->pages, page);
}

static gboolean
flags_are_sound (guint32 flags)
{
  return (flags & ~(guint32) (HP_PAGE_REFERENCED | HP_PAGE_DIRTY | HP_PAGE_ON_DISK | HP_PAGE_AHEAD)) == 0;
}

/* swapped_pages counts pages that are mapped, not resident, and have their content on disk. */
static void
count_swapped (HpMoment *self, guint32 flags, int sign)
{
  if ((flags & HP_PAGE_ON_DISK) != 0)
    self->counters.swapped_pages += (guint64) (gint64) sign;
}

static void
fill_frame (HpMoment *self, guint32 page, guint32 frame, guint32 flags)
{
  HpFrameUse *use = hp_column_write (&self->page_frames, frame);
  HpPageCell *cell = write_page (self, page);

  use->page = page;
  cell->frame = frame + 1;
  cell->flags = flags;
  self->counters.resident_pages++;
}

static void
empty_frame (HpMoment *self, guint32 page, guint32 frame, guint32 flags)
{
  HpFrameUse *use = hp_column_write (&self->page_frames, frame);
  HpPageCell *cell = write_page (self, page);

  use->page = 0;
  cell->frame = 0;
  cell->flags = flags;
  self->counters.resident_pages--;
}

static void
count_fill (HpMoment *self, guint32 frame)
{
  ((HpFrameUse *) hp_column_write (&self->page_frames, frame))->fills++;
  self->n_page_frames = MAX (self->n_page_frames, frame + 1);
}

static guint32
count_fills (const HpMoment *self, guint32 frame)
{
  const HpFrameUse *use = hp_column_read (&self->page_frames, frame);

  return use ? use->fills : 0;
}

static void
uncount_fill (HpMoment *self, guint32 frame)
{
  ((HpFrameUse *) hp_column_write (&self->page_frames, frame))->fills--;
  while (self->n_page_frames > 0 && count_fills (self, self->n_page_frames - 1) == 0)
    self->n_page_frames--;
}

/* ---- MAP, UNMAP -------------------------------------------------------------------------------------------------- */

static gboolean
check_region (const HpMoment *self, const HpEvent *event, guint32 region, GError **error)
{
  const HpPage *page = hp_definitions_page (self->definitions, event->x);

  return (page != NULL && region < HP_N_REGIONS)
         || hp_fold_refuse (self, event, error, "no page %u for region %u", event->x, region);
}

static gboolean
apply_map (HpMoment *self, const HpEvent *event, GError **error)
{
  if (!check_region (self, event, hp_event_detail (event), error))
    return FALSE;
  if (hp_moment_page (self, event->x).mapped)
    return hp_fold_refuse (self, event, error, "page %u is mapped already", event->x);
  *write_page (self, event->x) = (HpPageCell){ .mapped = TRUE };
  return TRUE;
}

static void
revert_map (HpMoment *self, const HpEvent *event)
{
  *write_page (self, event->x) = (HpPageCell){ 0 };
}

const HpFold hp_fold_map = { apply_map, revert_map };

static gboolean
require_state (const HpMoment *self, const HpEvent *event, guint32 frame, guint32 flags, GError **error)
{
  HpPageState state = hp_moment_page (self, event->x);

  if (!state.mapped)
    return hp_fold_refuse (self, event, error, "page %u is not mapped", event->x);
  if (state.frame != frame)
    return hp_fold_refuse (self, event, error, "page %u is in frame %u, not %u", event->x, state.frame, frame);
  if (state.flags != flags)
    return hp_fold_refuse (self, event, error, "page %u has flags %u, not %u", event->x, state.flags, flags);
  return TRUE;
}

static gboolean
apply_unmap (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 flags = hp_event_detail (event) & 0xff;

  if (!check_region (self, event, hp_event_detail (event) >> 8, error)
      || !require_state (self, event, event->y, flags, error))
    return FALSE;
  if (event->y == HP_NO_FRAME)
    count_swapped (self, flags, -1);
  else
    empty_frame (self, event->x, event->y, 0);
  *write_page (self, event->x) = (HpPageCell){ 0 };
  return TRUE;
}

static void
revert_unmap (HpMoment *self, const HpEvent *event)
{
  guint32 flags = hp_event_detail (event) & 0xff;

  *write_page (self, event->x) = (HpPageCell){ .mapped = TRUE, .flags = flags };
  if (event->y == HP_NO_FRAME)
    count_swapped (self, flags, 1);
  else
    fill_frame (self, event->x, event->y, flags);
}

const HpFold hp_fold_unmap = { apply_unmap, revert_unmap };

/* ---- FAULT, ACCESS, EVICT ---------------------------------------------------------------------------------------- */

static guint64 *
fault_counter (HpMoment *self, const HpEvent *event)
{
  return hp_counters_find (&self->counters, hp_count_of_fault (hp_event_detail (event) & 0xff));
}

static gboolean
apply_fault (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event), old_flags = detail >> 16, new_flags = detail >> 8 & 0xff;

  if ((detail & 0xff) >= HP_N_FAULTS || !flags_are_sound (new_flags) || event->y >= HP_MOMENT_MAX_PAGE_FRAMES)
    return hp_fold_refuse (self, event, error, "detail %u, page frame %u: out of bounds", detail, event->y);
  if (!require_state (self, event, HP_NO_FRAME, old_flags, error))
    return FALSE;
  if (hp_moment_page_in_frame (self, event->y) != 0)
    return hp_fold_refuse (
        self, event, error, "frame %u holds page %u", event->y, hp_moment_page_in_frame (self, event->y));
  count_swapped (self, old_flags, -1);
  fill_frame (self, event->x, event->y, new_flags);
  count_fill (self, event->y);
  ++*fault_counter (self, event);
  return TRUE;
}

static void
revert_fault (HpMoment *self, const HpEvent *event)
{
  guint32 old_flags = hp_event_detail (event) >> 16;

  --*fault_counter (self, event);
  uncount_fill (self, event->y);
  empty_frame (self, event->x, event->y, old_flags);
  count_swapped (self, old_flags, 1);
}

const HpFold hp_fold_fault = { apply_fault, revert_fault };

static void
set_flags (HpMoment *self, guint32 page, guint32 flags)
{
  HpPageCell *cell = write_page (self, page);

  if (cell->frame == 0)
    {
      count_swapped (self, cell->flags, -1);
      count_swapped (self, flags, 1);
    }
  cell->flags = flags;
}

static gboolean
apply_access (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event);
  HpPageState state = hp_moment_page (self, event->x);

  if (!flags_are_sound (detail & 0xff))
    return hp_fold_refuse (self, event, error, "there are no flags %u", detail & 0xff);
  if (state.frame == HP_NO_FRAME && (detail & 0xff & ~(guint32) HP_PAGE_ON_DISK) != 0)
    return hp_fold_refuse (self, event, error, "page %u is not in RAM", event->x);
  if (!require_state (self, event, state.frame, detail >> 8, error))
    return FALSE;
  set_flags (self, event->x, detail & 0xff);
  return TRUE;
}

static void
revert_access (HpMoment *self, const HpEvent *event)
{
  set_flags (self, event->x, hp_event_detail (event) >> 8);
}

const HpFold hp_fold_access = { apply_access, revert_access };

static gboolean
apply_evict (HpMoment *self, const HpEvent *event, GError **error)
{
  guint32 detail = hp_event_detail (event), old_flags = detail >> 8, new_flags = detail & 0xff;

  if (!flags_are_sound (new_flags) || event->y == HP_NO_FRAME)
    return hp_fold_refuse (self, event, error, "detail %u, page frame %u: out of bounds", detail, event->y);
  if (!require_state (self, event, event->y, old_flags, error))
    return FALSE;
  empty_frame (self, event->x, event->y, new_flags);
  count_swapped (self, new_flags, 1);
  self->counters.evictions++;
  self->counters.dirty_evictions += (old_flags & HP_PAGE_DIRTY) != 0;
  self->counters.unused_read_ahead += (old_flags & HP_PAGE_AHEAD) != 0;
  return TRUE;
}

static void
revert_evict (HpMoment *self, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event), old_flags = detail >> 8;

  self->counters.unused_read_ahead -= (old_flags & HP_PAGE_AHEAD) != 0;
  self->counters.dirty_evictions -= (old_flags & HP_PAGE_DIRTY) != 0;
  self->counters.evictions--;
  count_swapped (self, detail & 0xff, -1);
  fill_frame (self, event->x, event->y, old_flags);
}

const HpFold hp_fold_evict = { apply_evict, revert_evict };

/* ---- COUNT ------------------------------------------------------------------------------------------------------- */

static gboolean
apply_count (HpMoment *self, const HpEvent *event, GError **error)
{
  if (hp_event_detail (event) >= HP_N_COUNTS)
    return hp_fold_refuse (self, event, error, "there is no counter %u", hp_event_detail (event));
  *hp_counters_find (&self->counters, hp_event_detail (event)) += hp_event_amount (event);
  return TRUE;
}

static void
revert_count (HpMoment *self, const HpEvent *event)
{
  *hp_counters_find (&self->counters, hp_event_detail (event)) -= hp_event_amount (event);
}

const HpFold hp_fold_count = { apply_count, revert_count };
