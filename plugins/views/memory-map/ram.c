/* ram.c - page frames of RAM, swap, and the pages of the address space
 *
 * Few pages are boxes with names ("old 3": the third page of old space); many are maps of cells.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define BOX_WIDTH 58.0
#define BOX_HEIGHT 20.0
#define BOX_GAP 4.0
#define LINE_HEIGHT 14.0
#define SMALL_CELL 12.0 /* sides of a cell in maps of few pages */
#define LARGE_CELL 20.0
#define MOST_FRAME_BOXES 96u
#define MOST_SWAP_BOXES 96u
#define MOST_FRAMES 65536u
#define MOST_TABLE_ROWS 64u
#define MOST_NAMED_PAGES 2048u
#define CELLS_HEIGHT 160.0 /* of a map in a column */

gboolean
map_has_pages (const Map *self)
{
  return self->shows_pages
         && (hp_moment_n_pages (self->moment) > 0 || hp_moment_n_pages (hp_recording_head (self->recording)) > 0);
}

gboolean
map_is_trace (const Map *self)
{
  guint32 n = hp_definitions_count (self->definitions, HP_DEFINITION_PAGE);
  const HpPage *last = hp_definitions_page (self->definitions, n);

  return map_has_pages (self) && last != NULL && last->region == HP_REGION_TRACE
         && hp_moment_n_objects (hp_recording_head (self->recording)) == 0;
}

/* ---- counting --------------------------------------------------------------------------------------------------- */

/**
 * The size of a page: moments do not say it. All heap pages are mapped, so it is their bytes divided by the number of
 * mapped pages that belong to the heap; without a heap, that of x86.
 */
static guint64
page_bytes (const Map *self)
{
  guint64 bytes = 0, n = 0, size = 64;

  for (guint32 i = 0; i < hp_moment_n_heap_pages (self->moment); i++)
    bytes += (guint64) hp_moment_heap_page (self->moment, i)->size_words * HP_WORD_BYTES;
  for (guint32 id = 1; id <= hp_moment_n_pages (self->moment); id++)
    {
      const HpPage *page = hp_definitions_page (self->definitions, id);

      n += hp_moment_page (self->moment, id).mapped && page != NULL && page->region != HP_REGION_STACK
           && page->region != HP_REGION_TRACE;
    }
  if (bytes == 0 || n == 0)
    return 4096;
  while (size * 2 * n <= bytes + bytes / 4)
    size *= 2;
  return size;
}

/** RAM too large to be drawn is shown as far as it was used. */
static guint32
count_frames (const Map *self)
{
  guint64 n = hp_moment_limit (self->moment, HP_LIMIT_RAM) / page_bytes (self);
  guint32 n_used = hp_moment_n_page_frames (self->moment);

  return n > MOST_FRAMES ? n_used : MAX ((guint32) n, n_used);
}

static gboolean
is_swapped (HpPageState page)
{
  return page.mapped && page.frame == HP_NO_FRAME && (page.flags & HP_PAGE_ON_DISK) != 0;
}

static void
count_pages (Map *self)
{
  self->n_swapped = self->n_mapped = self->last_mapped = self->n_dirty = 0;
  for (guint32 id = 1; id <= hp_moment_n_pages (self->moment); id++)
    {
      HpPageState page = hp_moment_page (self->moment, id);

      self->n_swapped += is_swapped (page);
      self->n_mapped += page.mapped != 0;
      self->n_dirty += page.frame != HP_NO_FRAME && (page.flags & HP_PAGE_DIRTY) != 0;
      if (page.mapped)
        self->last_mapped = id;
    }
}

/* ---- names and roles -------------------------------------------------------------------------------------------- */

static HpRole
page_role (const Map *self, guint32 id)
{
  HpPageState page = hp_moment_page (self->moment, id);

  if (id == self->touched_page && self->is_fault)
    return HP_ROLE_FAULT;
  if (!page.mapped)
    return HP_ROLE_NONE;
  if (page.frame != HP_NO_FRAME)
    return page.flags & HP_PAGE_DIRTY ? HP_ROLE_PAGE_DIRTY : HP_ROLE_PAGE_RESIDENT;
  return page.flags & HP_PAGE_ON_DISK ? HP_ROLE_PAGE_SWAPPED : HP_ROLE_PAGE_ABSENT;
}

static const char *
region_name (HpRegion region)
{
  switch (region)
    {
    case HP_REGION_STACK:
      return _ ("stack");
    case HP_REGION_NEW:
      return _ ("new");
    case HP_REGION_OLD:
      return _ ("old");
    case HP_REGION_LARGE:
      return _ ("large");
    case HP_REGION_TRACE:
    case HP_N_REGIONS:
    default:
      return _ ("page");
    }
}

/** "old 3"; of a trace, the page's number in hexadecimal. */
static char *
page_name (const Map *self, guint32 id)
{
  const HpPage *page = hp_definitions_page (self->definitions, id);
  guint32 ordinal = 1;

  if (page == NULL)
    return g_strdup ("?");
  if (page->region == HP_REGION_TRACE || id > MOST_NAMED_PAGES)
    return g_strdup_printf ("%" G_GINT64_MODIFIER "x", page->number);
  for (guint32 i = 1; i < id; i++)
    {
      const HpPage *other = hp_definitions_page (self->definitions, i);

      ordinal += other != NULL && other->region == page->region;
    }
  return g_strdup_printf ("%s %u", region_name (page->region), ordinal);
}

/* ---- grids of boxes --------------------------------------------------------------------------------------------- */

static guint
box_columns (double width)
{
  return (guint) MAX (floor ((width + BOX_GAP) / (BOX_WIDTH + BOX_GAP)), 1);
}

static double
boxes_height (guint32 n, double width)
{
  guint columns = box_columns (width);

  return n > 0 ? ceil ((double) n / columns) * (BOX_HEIGHT + BOX_GAP) - BOX_GAP : LINE_HEIGHT;
}

static HpRect
box_rect (HpRect area, guint32 i)
{
  guint columns = box_columns (area.width);
  double width = (area.width + BOX_GAP) / columns - BOX_GAP;

  return (HpRect){
    area.x + (i % columns) * (width + BOX_GAP), area.y + (i / columns) * (BOX_HEIGHT + BOX_GAP), width, BOX_HEIGHT
  };
}

static void
draw_page_box (
    Map *self, HpRect rect, guint32 id, HpTarget target, const char *title, const char *start, const char *end)
{
  HpRole role = page_role (self, id);

  map_box (self, rect, 2, role, target, title);
  map_line (self, (HpRect){ rect.x + 4, rect.y, rect.width - 8, rect.height }, start, HP_TEXT_SMALL, end, role);
  if (id == self->touched_page && role != HP_ROLE_FAULT)
    map_outline (self, rect, 2);
}

static void
draw_frame_box (Map *self, HpRect rect, guint32 frame)
{
  guint32 id = hp_moment_page_in_frame (self->moment, frame);
  HpTarget target = HP_TARGET (HP_TARGET_PAGE_FRAME, frame);
  g_autofree char *number = g_strdup_printf ("%u", frame);
  g_autofree char *name = id != 0 ? page_name (self, id) : NULL;
  g_autofree char *title = id != 0 ? g_strdup_printf (_ ("Page frame %u holds page %s"), frame, name)
                                   : g_strdup_printf (_ ("Page frame %u is free"), frame);

  if (id != 0)
    {
      draw_page_box (self, rect, id, target, title, number, name);
      return;
    }
  map_box (self, rect, 2, HP_ROLE_PAGE_FRAME_FREE, target, title);
  map_line (self,
            (HpRect){ rect.x + 4, rect.y, rect.width - 8, rect.height },
            number,
            HP_TEXT_SMALL,
            NULL,
            HP_ROLE_PAGE_FRAME_FREE);
}

/* ---- maps of cells ---------------------------------------------------------------------------------------------- */

/** The side of a cell so that @n of them fill @width x @height, and are not larger than @most. */
static double
cell_side (guint64 n, double width, double height, double most)
{
  double side = most;
  double columns = floor (width / side);

  while (n > 0 && ceil ((double) n / columns) * side > height)
    {
      columns = ceil (columns * 1.1);
      side = width / columns;
    }
  return side;
}

static double
cells_height (guint64 n, double width, double height, double most)
{
  double side = cell_side (n, width, height, most);

  return n > 0 ? ceil ((double) n / floor (width / side + 1e-6)) * side : LINE_HEIGHT;
}

static void
draw_cells (Map *self, HpRect area, const guint8 *roles, guint64 n, HpTargetKind kind, guint32 first, const char *title)
{
  double side = cell_side (n, area.width, area.height, self->most_cell);
  guint columns = (guint) floor (area.width / side + 1e-6);
  guint shown = (guint) MIN (columns, n);

  for (guint64 i = 0; i < n; i++)
    self->used[roles[i]] = TRUE;
  hp_scene_add_cells (self->scene,
                      (HpRect){ area.x, area.y, shown * side, ceil ((double) n / shown) * side },
                      shown,
                      roles,
                      n,
                      kind,
                      first,
                      title);
}

static void
draw_frame_cells (Map *self, HpRect area, guint32 n)
{
  g_autofree guint8 *roles = g_malloc (n);

  for (guint32 frame = 0; frame < n; frame++)
    {
      guint32 id = hp_moment_page_in_frame (self->moment, frame);

      roles[frame] = id != 0 ? page_role (self, id) : HP_ROLE_PAGE_FRAME_FREE;
    }
  draw_cells (self, area, roles, n, HP_TARGET_PAGE_FRAME, 0, _ ("Page frames"));
}

/** The page table: each page with the number of its page frame. */
static void
draw_page_table (Map *self, HpRect area)
{
  guint32 i = 0;

  for (guint32 id = 1; id <= self->last_mapped; id++)
    {
      HpPageState page = hp_moment_page (self->moment, id);
      gboolean is_resident = page.frame != HP_NO_FRAME;
      g_autofree char *name = page_name (self, id);
      g_autofree char *frame = is_resident ? g_strdup_printf ("→ %u", page.frame) : NULL;
      g_autofree char *title = g_strdup_printf ("%s: %s", name, hp_role_title (page_role (self, id)));

      if (!page.mapped)
        continue;
      draw_page_box (self, box_rect (area, i++), id, HP_TARGET (HP_TARGET_PAGE, id), title, name, frame);
    }
}

static void
draw_page_cells (Map *self, HpRect area)
{
  guint32 n = self->last_mapped;
  g_autofree guint8 *roles = g_malloc (n);

  for (guint32 id = 1; id <= n; id++)
    roles[id - 1] = page_role (self, id);
  draw_cells (self, area, roles, n, HP_TARGET_PAGE, 1, _ ("Pages of the address space"));
}

/* ---- panels ----------------------------------------------------------------------------------------------------- */

static double
ram_height (Map *self, double width, double height)
{
  guint32 n = self->n_frames;
  double inner = width - 2 * PADDING;

  return map_panel_height (
      map_measure_counts (self)
      + (n <= MOST_FRAME_BOXES ? boxes_height (n, inner) : cells_height (n, inner, height, self->most_cell)));
}

static void
draw_ram_panel (Map *self, HpRect rect)
{
  guint32 n = self->n_frames;
  guint32 n_resident = (guint32) hp_moment_counters (self->moment)->resident_pages;
  g_autofree char *remark = g_strdup_printf (ngettext ("%u of %u frame", "%u of %u frames", n), n_resident, n);
  HpRect inner = map_begin_panel (self, rect, "ram", _ ("RAM"), remark, HP_TARGET_NOTHING);

  map_draw_counts (self, inner);
  inner.y += map_measure_counts (self);
  inner.height -= map_measure_counts (self);
  if (n > MOST_FRAME_BOXES)
    draw_frame_cells (self, inner, n);
  else
    for (guint32 frame = 0; frame < n; frame++)
      draw_frame_box (self, box_rect (inner, frame), frame);
  map_end_panel (self);
}

static double
swap_height (Map *self, double width)
{
  guint32 n = self->n_swapped;

  return map_panel_height (boxes_height (n <= MOST_SWAP_BOXES ? n : 0, width - 2 * PADDING));
}

static void
draw_swapped_boxes (Map *self, HpRect area)
{
  guint32 i = 0;

  for (guint32 id = 1; id <= hp_moment_n_pages (self->moment); id++)
    if (is_swapped (hp_moment_page (self->moment, id)))
      {
        g_autofree char *name = page_name (self, id);
        g_autofree char *title = g_strdup_printf (_ ("Page %s, on disk only"), name);

        draw_page_box (self, box_rect (area, i++), id, HP_TARGET (HP_TARGET_PAGE, id), title, name, NULL);
      }
}

static void
draw_swap_panel (Map *self, HpRect rect)
{
  guint32 n = self->n_swapped;
  g_autofree char *remark = g_strdup_printf (ngettext ("%u page", "%u pages", n), n);
  HpRect inner = map_begin_panel (self, rect, "swap", _ ("Swap"), remark, HP_TARGET_NOTHING);
  const char *caption = n == 0 ? _ ("Nothing is on disk only.") : _ ("Too many to name.");

  if (n > 0 && n <= MOST_SWAP_BOXES)
    draw_swapped_boxes (self, inner);
  else
    map_text (self,
              (HpRect){ inner.x, inner.y, inner.width, LINE_HEIGHT },
              caption,
              HP_TEXT_SMALL,
              HP_ALIGN_CENTRE,
              HP_ROLE_TEXT_DIM);
  map_end_panel (self);
}

static double
space_height (Map *self, double width, double height)
{
  double inner = width - 2 * PADDING;

  if (self->n_mapped <= MOST_TABLE_ROWS)
    return map_panel_height (boxes_height (self->n_mapped, inner));
  return map_panel_height (cells_height (self->last_mapped, inner, height, self->most_cell));
}

static void
draw_space_panel (Map *self, HpRect rect)
{
  guint32 n = self->n_mapped;
  g_autofree char *remark = g_strdup_printf (ngettext ("%u page", "%u pages", n), n);
  HpRect inner = map_begin_panel (self, rect, "address-space", _ ("Address space"), remark, HP_TARGET_NOTHING);

  if (n > MOST_TABLE_ROWS)
    draw_page_cells (self, inner);
  else if (n > 0)
    draw_page_table (self, inner);
  else
    map_text (self,
              (HpRect){ inner.x, inner.y, inner.width, LINE_HEIGHT },
              _ ("No page is mapped."),
              HP_TEXT_SMALL,
              HP_ALIGN_CENTRE,
              HP_ROLE_TEXT_DIM);
  map_end_panel (self);
}

/** Count once what all panels ask for. */
static void
prepare (Map *self, double most_cell)
{
  self->most_cell = most_cell;
  self->n_frames = count_frames (self);
  count_pages (self);
}

double
map_measure_ram (Map *self, double width)
{
  prepare (self, SMALL_CELL);
  return ram_height (self, width, CELLS_HEIGHT) + GAP + swap_height (self, width) + GAP
         + space_height (self, width, CELLS_HEIGHT);
}

void
map_draw_ram (Map *self, HpRect rect)
{
  HpRect ram = { rect.x, rect.y, rect.width, ram_height (self, rect.width, CELLS_HEIGHT) };
  HpRect swap = { rect.x, ram.y + ram.height + GAP, rect.width, swap_height (self, rect.width) };
  HpRect space = { rect.x, swap.y + swap.height + GAP, rect.width, 0 };

  space.height = rect.y + rect.height - space.y;
  draw_ram_panel (self, ram);
  draw_swap_panel (self, swap);
  draw_space_panel (self, space);
}

static double
wide_left (double width)
{
  return floor ((width - GAP) * 0.4);
}

double
map_measure_wide_ram (Map *self, double width, double height)
{
  double left = wide_left (width), cells = height - map_panel_height (map_measure_counts (self));

  prepare (self, LARGE_CELL);
  return MAX (ram_height (self, left, MAX (cells, CELLS_HEIGHT)),
              space_height (self, width - GAP - left, MAX (cells, CELLS_HEIGHT)));
}

void
map_draw_wide_ram (Map *self, HpRect rect)
{
  double left = wide_left (rect.width);

  draw_ram_panel (self, (HpRect){ rect.x, rect.y, left, rect.height });
  draw_space_panel (self, (HpRect){ rect.x + left + GAP, rect.y, rect.width - left - GAP, rect.height });
}
