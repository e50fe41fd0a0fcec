/* memory-map.c - the lecture picture made live: stack beside heap beside RAM and swap, references between
 *
 * Three columns: stack and globals, the heap's spaces, RAM with swap and address space (below the others where the
 * picture is narrow). The last panel of each column reaches down to a common line. A run without a heap, such as a
 * memory-access trace, is all RAM and pages.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define THREE_COLUMNS 740.0 /* narrower pictures have RAM below */
#define LEGEND_HEIGHT 48.0  /* kept free when the scale is chosen */

typedef struct
{
  double top;
  double stack_width, heap_x, heap_width, ram_x, ram_width;
  gboolean has_ram, ram_is_below;
} Columns;

static Columns
choose_columns (const Map *map, double top)
{
  double width = map->width - 2 * MARGIN;
  Columns columns = { .top = top, .has_ram = map_has_pages (map) };

  columns.ram_is_below = map->width < THREE_COLUMNS;
  columns.stack_width = floor (CLAMP (width * 0.22, 150, 230));
  columns.heap_x = MARGIN + columns.stack_width + GAP * 2.5;
  columns.heap_width = MARGIN + width - columns.heap_x;
  if (columns.has_ram && !columns.ram_is_below)
    {
      columns.ram_width = floor (CLAMP (width * 0.19, 136, 240));
      columns.heap_width -= columns.ram_width + GAP * 1.5;
      columns.ram_x = MARGIN + width - columns.ram_width;
    }
  return columns;
}

static void
draw_left (Map *map, const Columns *columns, double height)
{
  double globals = map_measure_globals (map);
  double stack = height - (globals > 0 ? globals + GAP : 0);

  map_draw_stack (map, (HpRect){ MARGIN, columns->top, columns->stack_width, stack });
  if (globals > 0)
    map_draw_globals (map, (HpRect){ MARGIN, columns->top + stack + GAP, columns->stack_width, globals });
}

/** Let the last panel of the heap reach down as far as the other columns. */
static void
stretch_heap (Map *map, double by)
{
  if (map->large_space.rect.height > 0)
    map->large_space.rect.height += by;
  else
    map->old_space.rect.height += by;
}

/** Returns the height of the picture without the legend. */
static double
draw_program (Map *map, double top)
{
  Columns columns = choose_columns (map, top);
  double room = map->height - columns.top - LEGEND_HEIGHT;
  double left = map_measure_stack (map) + GAP + map_measure_globals (map);
  double heap = map_place_heap (map, columns.heap_x, columns.top, columns.heap_width, room);
  double ram = columns.has_ram && !columns.ram_is_below ? map_measure_ram (map, columns.ram_width) : 0;
  double height = MAX (MAX (left, heap), MAX (ram, room));

  draw_left (map, &columns, height);
  stretch_heap (map, height - heap);
  map_draw_heap (map);
  if (ram > 0)
    map_draw_ram (map, (HpRect){ columns.ram_x, columns.top, columns.ram_width, height });
  if (columns.has_ram && columns.ram_is_below)
    {
      double y = columns.top + height + GAP, width = map->width - 2 * MARGIN;
      double below = map_measure_wide_ram (map, width, 120);

      map_draw_wide_ram (map, (HpRect){ MARGIN, y, width, below });
      height += GAP + below;
    }
  map_draw_arrows (map);
  return columns.top + height;
}

static double
draw_trace (Map *map, double top)
{
  double width = map->width - 2 * MARGIN;
  double room = map->height - top - LEGEND_HEIGHT;
  double height = MAX (map_measure_wide_ram (map, width, room), room);

  map_draw_wide_ram (map, (HpRect){ MARGIN, top, width, height });
  return top + height;
}

static void
describe (Map *map)
{
  const HpCounters *counters = hp_moment_counters (map->moment);
  g_autofree char *live = map_bytes_text (counters->live_bytes);
  g_autofree char *text = g_strdup_printf (
      _ ("Memory map. Stack frames: %u. Objects in the heap: %s. Pages in RAM: %" PRIu64
         ". Pages on disk only: %" PRIu64 "."),
      hp_moment_n_frames (map->moment),
      live,
      counters->resident_pages,
      counters->swapped_pages);

  hp_scene_set_description (map->scene, text);
}

static void
memory_map_build (gpointer self, const HpViewContext *context, HpScene *scene)
{
  Map map;
  double y;

  map_init (&map, context, scene);
  y = MARGIN + map_draw_strip (&map) + PADDING;
  y = map_is_trace (&map) ? draw_trace (&map, y) : draw_program (&map, y);
  y += GAP;
  y += map_draw_legend (&map, y, map.width);
  hp_scene_set_size (scene, map.width, y + MARGIN);
  describe (&map);
  map_clear (&map);
}

static const HpView memory_map = {
  .struct_size = sizeof (HpView),
  .build = memory_map_build,
};

HP_DEFINE_VIEW ("memory-map", memory_map)
