/* counts.c - the numbers of the RAM panel, and whether the program waits for its pages
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LINE_HEIGHT 14.0
#define MOST_WIDTH 240.0
#define MOST_COUNTS 7

typedef struct
{
  const char *name;
  guint64 number;
} Count;

/** What never happens in the whole run is left out, so that the panel is as high at every step. */
static guint
list_counts (const Map *self, Count *counts)
{
  const HpCounters *now = hp_moment_counters (self->moment);
  guint n = 0;

  counts[n++] = (Count){ _ ("dirty"), self->n_dirty };
  counts[n++] = (Count){ _ ("in swap"), self->n_swapped };
  counts[n++] = (Count){ _ ("minor faults"), now->minor_faults };
  counts[n++] = (Count){ _ ("major faults"), now->major_faults };
  counts[n++] = (Count){ _ ("evictions"), now->evictions };
  if (hp_moment_counters (hp_recording_head (self->recording))->read_ahead == 0)
    return n;
  counts[n++] = (Count){ _ ("pages read ahead"), now->read_ahead };
  counts[n++] = (Count){ _ ("evicted unused"), now->unused_read_ahead };
  return n;
}

static gboolean
tells_pressure (const Map *self)
{
  return hp_moment_counters (hp_recording_head (self->recording))->waiting_ns > 0;
}

/** Of the last window; at the beginning, of what there is. */
static void
draw_pressure (Map *self, HpRect line)
{
  g_autofree char *share = NULL;
  guint64 passed, waiting;
  gboolean thrashes;

  hp_recording_measure_waiting (
      self->recording, hp_moment_step (self->moment), HP_PRESSURE_WINDOW_NS, &passed, &waiting);
  thrashes = passed >= HP_PRESSURE_WINDOW_NS && 2 * waiting > passed;
  share = waiting == 0 ? g_strdup ("0 %")
                       : g_strdup_printf (thrashes ? _ ("waits %.0f %% of %.3g ms") : _ ("%.0f %% of %.3g ms"),
                                          floor (100.0 * (double) waiting / (double) MAX (passed, 1)),
                                          (double) passed / 1e6);
  map_line (self, line, thrashes ? _ ("thrashing") : _ ("waiting"), HP_TEXT_SMALL, share, HP_ROLE_PANEL);
}

double
map_measure_counts (const Map *self)
{
  Count counts[MOST_COUNTS];

  return (list_counts (self, counts) + (tells_pressure (self) ? 1 : 0)) * LINE_HEIGHT + PADDING;
}

void
map_draw_counts (Map *self, HpRect area)
{
  Count counts[MOST_COUNTS];
  guint n = list_counts (self, counts);
  HpRect line = { area.x, area.y, MIN (area.width, MOST_WIDTH), LINE_HEIGHT };

  for (guint i = 0; i < n; i++, line.y += LINE_HEIGHT)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, counts[i].number);

      map_line (self, line, counts[i].name, HP_TEXT_SMALL, number, HP_ROLE_PANEL);
    }
  if (tells_pressure (self))
    draw_pressure (self, line);
}
