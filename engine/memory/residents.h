/* residents.h - which page is in which frame, for policies that think in pages
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HpResidents: frames by page and pages by frame, as the policy was last told
 *
 * What stands there for a page that has left, or for a free frame, is old and means nothing.
 */
typedef struct
{
  guint32 *pages;  /* by frame */
  guint32 *frames; /* by page; n_pages of them */
  guint32 n_frames, n_pages;
} HpResidents;

static inline void
hp_residents_init (HpResidents *self, guint32 n_frames)
{
  *self = (HpResidents){ .pages = g_new0 (guint32, n_frames), .n_frames = n_frames };
}

static inline void
hp_residents_clear (HpResidents *self)
{
  g_clear_pointer (&self->pages, g_free);
  g_clear_pointer (&self->frames, g_free);
}

static inline void
hp_residents_put (HpResidents *self, guint32 frame, guint32 page)
{
  if (page >= self->n_pages)
    {
      self->n_pages = MAX (page + 1, self->n_pages * 2);
      self->frames = g_renew (guint32, self->frames, self->n_pages);
    }
  self->pages[frame] = page;
  self->frames[page] = frame;
}

static inline guint32
hp_residents_page (const HpResidents *self, guint32 frame)
{
  return self->pages[frame];
}

static inline guint32
hp_residents_frame (const HpResidents *self, guint32 page)
{
  return self->frames[page];
}

G_END_DECLS
