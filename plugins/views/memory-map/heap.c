/* heap.c - the heap's panels: new space with its two halves, old space, large objects
 *
 * Heap pages keep their place: after a flip it is the names of the halves that change, as in the machine. All memory is
 * drawn to one scale, and the scale follows from what the recording ends with, so that it seldom changes on the way.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAGE_PADDING 4.0
#define PAGE_GAP 6.0
#define PAGE_CAPTION 15.0
#define HALF_CAPTION 17.0
#define EMPTY_HEIGHT 18.0
#define ROW_GAP 5.0
/* A larger heap is drawn as maps of cells; the second number: even when objects are asked for. */
#define MOST_BOX_BYTES (64u * 1024)
#define MOST_FORCED_BYTES (512u * 1024)
#define LEAST_WORD_WIDTH 9.0
#define MOST_ROW_HEIGHT 44.0

/** Ways to draw a word, from the roomiest on: the first with which the heap fits is taken, the last always fits. */
typedef struct
{
  guint32 words_per_row;
  double row_height;
} Scale;

static const Scale SCALES[] = { { 16, 36 }, { 32, 36 }, { 32, 30 }, { 64, 30 }, { 32, 24 }, { 64, 24 } };
static const double SIDES[] = { 96, 80, 64, 48, 40, 32, 24, 16, 12, 8 };

HpAddress
map_page_start (const PagePlace *page)
{
  return page->state.address + page->state.size_words - page->state.usable_words;
}

static int
compare_address (gconstpointer a, gconstpointer b)
{
  const HpAddress *address = a;
  const PagePlace *page = b;

  if (*address < page->state.address)
    return -1;
  return *address - page->state.address >= page->state.size_words;
}

const PagePlace *
map_find_page (const Map *self, HpAddress address)
{
  if (self->pages->len == 0)
    return NULL;
  return bsearch (&address, self->pages->data, self->pages->len, sizeof (PagePlace), compare_address);
}

/* ---- placing ---------------------------------------------------------------------------------------------------- */

static void
list_pages (const HpMoment *moment, GArray *pages)
{
  for (guint32 i = 0; i < hp_moment_n_heap_pages (moment); i++)
    {
      PagePlace page = { .state = *hp_moment_heap_page (moment, i) };

      g_array_append_val (pages, page);
    }
}

static guint64
count_bytes (const GArray *pages)
{
  guint64 words = 0;

  for (guint i = 0; i < pages->len; i++)
    words += g_array_index (pages, PagePlace, i).state.size_words;
  return words * HP_WORD_BYTES;
}

static gboolean
has_caption (const Map *self, const PagePlace *page)
{
  return !self->as_cells && !(page->state.space == HP_SPACE_SEMI_A || page->state.space == HP_SPACE_SEMI_B);
}

static void
size_page (const Map *self, PagePlace *page)
{
  double caption = has_caption (self, page) ? PAGE_CAPTION : 0;
  double rows;

  if (self->as_cells)
    {
      page->rect.width = page->rect.height = self->page_side + 4;
      return;
    }
  page->words = CLAMP (page->state.usable_words, 1, self->words_per_row);
  rows = ceil ((double) page->state.usable_words / page->words);
  page->rect.width = page->words * self->word_width + 2 * PAGE_PADDING;
  page->rect.height = caption + rows * (self->row_height + ROW_GAP) - ROW_GAP + 2 * PAGE_PADDING;
}

/** Lay the pages of @space side by side, line under line. Returns their height. */
static double
flow_pages (const Map *self, GArray *pages, HpSpace space, double x, double y, double width)
{
  double at_x = x, at_y = y, line = 0;

  for (guint i = 0; i < pages->len; i++)
    {
      PagePlace *page = &g_array_index (pages, PagePlace, i);

      if (page->state.space != space)
        continue;
      size_page (self, page);
      if (at_x > x && at_x + page->rect.width > x + width + 0.01)
        {
          at_x = x;
          at_y += line + PAGE_GAP;
          line = 0;
        }
      page->rect.x = at_x;
      page->rect.y = at_y;
      page->x = at_x + (self->as_cells ? 2 : PAGE_PADDING);
      page->y = at_y + (self->as_cells ? 2 : PAGE_PADDING) + (has_caption (self, page) ? PAGE_CAPTION : 0);
      at_x += page->rect.width + PAGE_GAP;
      line = MAX (line, page->rect.height);
    }
  return line > 0 ? at_y + line - y : 0;
}

static gboolean
has_space (const GArray *pages, HpSpace space)
{
  for (guint i = 0; i < pages->len; i++)
    if (g_array_index (pages, PagePlace, i).state.space == space)
      return TRUE;
  return FALSE;
}

/** Place all panels below each other. Returns their height. */
static double
flow_heap (Map *self, GArray *pages, double x, double y, double width)
{
  double inner_x = x + PADDING, inner_width = width - 2 * PADDING;
  double at = y + TITLE_HEIGHT + PADDING, height;

  for (guint half = 0; half < 2; half++)
    {
      self->new_space.sub_y[half] = at;
      at += HALF_CAPTION;
      height = flow_pages (self, pages, half == 0 ? HP_SPACE_SEMI_A : HP_SPACE_SEMI_B, inner_x, at, inner_width);
      at += height > 0 ? height + (half == 0 ? PAGE_GAP : 0) : 0;
    }
  self->new_space.rect = (HpRect){ x, y, width, at + PADDING - y };

  y = at + PADDING + GAP;
  height = flow_pages (self, pages, HP_SPACE_OLD, inner_x, y + TITLE_HEIGHT + PADDING, inner_width);
  self->old_space.rect = (HpRect){ x, y, width, map_panel_height (MAX (height, EMPTY_HEIGHT)) };
  y += self->old_space.rect.height;

  self->large_space.rect = (HpRect){ x, y, width, 0 };
  if (!has_space (pages, HP_SPACE_LARGE) && !has_space (pages, HP_SPACE_NEW_LARGE))
    return y - self->new_space.rect.y;
  y += GAP;
  at = y + TITLE_HEIGHT + PADDING;
  height = flow_pages (self, pages, HP_SPACE_NEW_LARGE, inner_x, at, inner_width);
  at += height > 0 ? height + PAGE_GAP : 0;
  height = flow_pages (self, pages, HP_SPACE_LARGE, inner_x, at, inner_width);
  at += height > 0 ? height : -PAGE_GAP;
  self->large_space.rect = (HpRect){ x, y, width, at + PADDING - y };
  return at + PADDING - self->new_space.rect.y;
}

static void
choose_cells (Map *self, GArray *pages, double width, double height)
{
  for (guint i = 0; i < G_N_ELEMENTS (SIDES); i++)
    {
      self->page_side = SIDES[i];
      if (flow_heap (self, pages, 0, 0, width) <= height)
        return;
    }
}

/** Rows may grow into room that is left over. */
static void
stretch_rows (Map *self, GArray *pages, double width, double height)
{
  double low = self->row_height;

  for (self->row_height = MOST_ROW_HEIGHT; self->row_height > low; self->row_height -= 2)
    if (flow_heap (self, pages, 0, 0, width) <= height)
      return;
}

static void
choose_boxes (Map *self, GArray *pages, double width, double height)
{
  for (guint i = 0; i < G_N_ELEMENTS (SCALES); i++)
    {
      double word_width = (width - 2 * PADDING - 2 * PAGE_PADDING) / SCALES[i].words_per_row;

      if (word_width < LEAST_WORD_WIDTH && i > 0)
        continue;
      self->words_per_row = SCALES[i].words_per_row;
      self->row_height = SCALES[i].row_height;
      self->word_width = word_width;
      if (flow_heap (self, pages, 0, 0, width) <= height)
        {
          stretch_rows (self, pages, width, height);
          return;
        }
    }
}

double
map_place_heap (Map *self, double x, double y, double width, double height)
{
  g_autoptr (GArray) last = g_array_new (FALSE, FALSE, sizeof (PagePlace));
  GArray *plan = self->pages;

  list_pages (self->moment, self->pages);
  list_pages (hp_recording_head (self->recording), last);
  if (count_bytes (last) > count_bytes (self->pages))
    plan = last;
  self->as_cells = self->as_cells || count_bytes (plan) > (self->prefers_boxes ? MOST_FORCED_BYTES : MOST_BOX_BYTES);
  if (self->as_cells)
    choose_cells (self, plan, width, height);
  else
    choose_boxes (self, plan, width, height);
  return flow_heap (self, self->pages, x, y, width);
}

/* ---- drawing ---------------------------------------------------------------------------------------------------- */

static HpRole
role_of_kind (HpShapeKind kind)
{
  switch (kind)
    {
    case HP_SHAPE_OBJECT:
      return HP_ROLE_OBJECT;
    case HP_SHAPE_ARRAY:
    case HP_SHAPE_ELEMENTS:
      return HP_ROLE_OBJECT_ARRAY;
    case HP_SHAPE_STRING:
      return HP_ROLE_OBJECT_STRING;
    case HP_SHAPE_NUMBER:
      return HP_ROLE_OBJECT_NUMBER;
    case HP_SHAPE_FUNCTION:
    case HP_SHAPE_CONTEXT:
      return HP_ROLE_OBJECT_FUNCTION;
    case HP_SHAPE_COLLECTION:
      return HP_ROLE_OBJECT_COLLECTION;
    case HP_SHAPE_OTHER:
    case HP_N_SHAPE_KINDS:
    default:
      return HP_ROLE_OBJECT_OTHER;
    }
}

/** While it marks, the collector knows only colours; what is garbage shows when it is done. */
HpRole
map_object_role (const Map *self, HpRef ref, const HpObjectState *object)
{
  static const HpRole COLOURS[HP_N_COLOURS] = { HP_ROLE_MARK_WHITE, HP_ROLE_MARK_GREY, HP_ROLE_MARK_BLACK };
  HpPhase phase = hp_moment_phase (self->moment);
  HpCollectionKind kind = hp_moment_collection (self->moment);
  gboolean marks = kind == HP_COLLECTION_FULL
                   || (kind == HP_COLLECTION_NONE && hp_moment_marking (self->moment) != HP_MARKING_OFF);
  HpColour colour = hp_moment_colour (self->moment, ref);
  const HpShape *shape;

  if (marks && (phase == HP_PHASE_ROOTS || phase == HP_PHASE_MARK))
    return COLOURS[colour];
  if (!hp_reachable_has (self->reachable, ref))
    return HP_ROLE_OBJECT_DEAD;
  if (marks && colour != HP_COLOUR_WHITE)
    return COLOURS[colour];
  shape = hp_definitions_shape (self->definitions, object->shape);
  return role_of_kind (shape != NULL ? shape->kind : HP_SHAPE_OTHER);
}

static guint64
capacity (const Map *self, HpSpace space)
{
  guint64 words = 0;

  for (guint i = 0; i < self->pages->len; i++)
    {
      const PagePlace *page = &g_array_index (self->pages, PagePlace, i);

      words += page->state.space == space ? page->state.usable_words : 0;
    }
  return words * HP_WORD_BYTES;
}

static guint64
used (const Map *self, HpSpace space)
{
  return hp_moment_counters (self->moment)->used_bytes[space];
}

static char *
page_caption (const PagePlace *page, guint number)
{
  if (page->state.flags & HP_HEAP_PAGE_CANDIDATE)
    return g_strdup_printf (_ ("heap page %u, to be evacuated"), number);
  if (page->state.flags & HP_HEAP_PAGE_TO_SWEEP)
    return g_strdup_printf (_ ("heap page %u, to be swept"), number);
  return g_strdup_printf (_ ("heap page %u"), number);
}

/* Its caption stands at the right, since most arrows come from the left. */
static void
draw_page (Map *self, const PagePlace *page, guint number)
{
  guint64 bytes = (guint64) page->state.usable_words * HP_WORD_BYTES;
  g_autofree char *size = map_bytes_text (bytes);
  g_autofree char *title = g_strdup_printf (_ ("Heap page %u at 0x%" G_GINT64_MODIFIER "x, %s for objects"),
                                            number,
                                            (guint64) page->state.address * HP_WORD_BYTES,
                                            size);
  g_autofree char *caption = page_caption (page, number);
  HpRect line = {
    page->rect.x + PAGE_PADDING, page->rect.y + 2, page->rect.width - 2 * PAGE_PADDING, PAGE_CAPTION - 3
  };

  map_box (self, page->rect, 3, HP_ROLE_HEAP_PAGE, HP_TARGET (HP_TARGET_HEAP_PAGE, page->state.address), title);
  if (has_caption (self, page))
    map_text (self, line, caption, HP_TEXT_SMALL, HP_ALIGN_END, HP_ROLE_HEAP_PAGE);
  if (self->as_cells)
    map_draw_cells (self, page);
  else
    map_draw_objects (self, page);
}

static void
draw_pages (Map *self, HpSpace space)
{
  guint number = 0;

  for (guint i = 0; i < self->pages->len; i++)
    {
      const PagePlace *page = &g_array_index (self->pages, PagePlace, i);

      if (page->state.space == space)
        draw_page (self, page, ++number);
    }
}

static HpSpace
from_space (const Map *self)
{
  return hp_moment_to_space (self->moment) == HP_SPACE_SEMI_A ? HP_SPACE_SEMI_B : HP_SPACE_SEMI_A;
}

/* A collection empties from-space as soon as the halves have changed names. */
static const char *
half_title (const Map *self, HpSpace half)
{
  gboolean is_young = hp_moment_collection (self->moment) == HP_COLLECTION_YOUNG;
  gboolean is_emptied = used (self, from_space (self)) > 0
                        || (is_young && hp_moment_phase (self->moment) > HP_PHASE_FLIP);

  if (half != from_space (self))
    return is_young && is_emptied ? _ ("To-space: survivors are copied here") : _ ("To-space: new objects go here");
  return is_emptied ? _ ("From-space: being emptied") : _ ("From-space: waits for the next scavenge");
}

static void
draw_half (Map *self, HpSpace half)
{
  guint64 whole = capacity (self, half);
  HpRect line = { self->new_space.rect.x + PADDING + 2,
                  self->new_space.sub_y[half == HP_SPACE_SEMI_B],
                  self->new_space.rect.width - 2 * PADDING - 4,
                  HALF_CAPTION - 3 };
  g_autofree char *remark = whole > 0 ? map_used_text (used (self, half), whole) : g_strdup (_ ("no memory yet"));
  const char *title = half_title (self, half);

  hp_scene_begin_group (
      self->scene, half == HP_SPACE_SEMI_A ? "half-a" : "half-b", title, HP_TARGET (HP_TARGET_SPACE, half));
  map_line (self, line, title, HP_TEXT_NORMAL, remark, HP_ROLE_PANEL);
  draw_pages (self, half);
  hp_scene_end_group (self->scene);
}

/** Says so where the heap is empty: across the first row of to-space. */
static void
draw_empty (Map *self)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      const PagePlace *page = &g_array_index (self->pages, PagePlace, i);
      HpRect line = { page->x, page->y, page->rect.width - 2 * PAGE_PADDING, self->row_height };

      if (page->state.space != hp_moment_to_space (self->moment))
        continue;
      map_text (self, line, _ ("No objects yet."), HP_TEXT_NORMAL, HP_ALIGN_CENTRE, HP_ROLE_FREE);
      return;
    }
}

static void
draw_new_space (Map *self)
{
  map_begin_panel (self,
                   self->new_space.rect,
                   "new-space",
                   _ ("New space"),
                   NULL,
                   HP_TARGET (HP_TARGET_SPACE, hp_moment_to_space (self->moment)));
  draw_half (self, HP_SPACE_SEMI_A);
  draw_half (self, HP_SPACE_SEMI_B);
  for (guint i = 0; i < self->pages->len && !self->as_cells; i++)
    map_draw_age_mark (self, &g_array_index (self->pages, PagePlace, i));
  if (hp_moment_counters (self->moment)->live_bytes == 0 && !self->as_cells)
    draw_empty (self);
  map_end_panel (self);
}

static void
draw_old_space (Map *self)
{
  guint64 whole = capacity (self, HP_SPACE_OLD);
  g_autofree char *remark = whole > 0 ? map_used_text (used (self, HP_SPACE_OLD), whole) : NULL;
  HpRect inner = map_begin_panel (
      self, self->old_space.rect, "old-space", _ ("Old space"), remark, HP_TARGET (HP_TARGET_SPACE, HP_SPACE_OLD));

  if (whole == 0)
    map_text (self,
              (HpRect){ inner.x, inner.y, inner.width, EMPTY_HEIGHT },
              _ ("Nothing has been promoted yet."),
              HP_TEXT_NORMAL,
              HP_ALIGN_CENTRE,
              HP_ROLE_PANEL);
  draw_pages (self, HP_SPACE_OLD);
  map_end_panel (self);
}

static void
draw_large_space (Map *self)
{
  guint64 bytes = used (self, HP_SPACE_LARGE) + used (self, HP_SPACE_NEW_LARGE);
  g_autofree char *remark = NULL;

  if (self->large_space.rect.height <= 0)
    return;
  remark = map_bytes_text (bytes);
  map_begin_panel (self,
                   self->large_space.rect,
                   "large-objects",
                   _ ("Large objects"),
                   remark,
                   HP_TARGET (HP_TARGET_SPACE, HP_SPACE_LARGE));
  draw_pages (self, HP_SPACE_NEW_LARGE);
  draw_pages (self, HP_SPACE_LARGE);
  map_end_panel (self);
}

void
map_draw_heap (Map *self)
{
  self->keeps_texts = TRUE;
  draw_new_space (self);
  draw_old_space (self);
  draw_large_space (self);
  self->keeps_texts = FALSE;
}
