/* objects.c - a heap page to scale: each object a box at its place, its slots as small cells, free memory between
 *
 * A page is a strip of words, cut into rows. An object that runs over the end of a row is drawn in pieces.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROW_GAP 5.0
#define STRIP_HEIGHT 13.0     /* of slots with their values */
#define THIN_STRIP_HEIGHT 7.0 /* without */
#define ROOM_FOR_VALUES 30.0  /* row height from which values are shown */
#define LEAST_TEXT_HEIGHT 11.0

HpRect
map_words_rect (const Map *self, const PagePlace *page, guint32 from, guint32 end)
{
  guint32 row = from / page->words, column = from % page->words;

  return (HpRect){ page->x + column * self->word_width,
                   page->y + row * (self->row_height + ROW_GAP),
                   (end - from) * self->word_width,
                   self->row_height };
}

/** Word offsets of the next piece of @from … @end that lies in one row. */
static guint32
piece_end (const PagePlace *page, guint32 from, guint32 end)
{
  return MIN (end, (from / page->words + 1) * page->words);
}

static const PagePlace *
page_of (const Map *self, const HpObjectState *object, guint32 *offset)
{
  const PagePlace *page = map_find_page (self, object->address);

  if (object->status != HP_OBJECT_ALLOCATED || page == NULL || object->address < map_page_start (page))
    return NULL;
  *offset = object->address - map_page_start (page);
  return *offset + object->size_words <= page->state.usable_words ? page : NULL;
}

gboolean
map_object_rect (const Map *self, const HpObjectState *object, HpRect *rect)
{
  guint32 offset, end;
  const PagePlace *page = page_of (self, object, &offset);

  if (page == NULL)
    return FALSE;
  if (self->as_cells)
    {
      *rect = page->rect;
      return TRUE;
    }
  end = offset + object->size_words;
  *rect = map_words_rect (self, page, offset, piece_end (page, offset, end));
  for (guint32 from = piece_end (page, offset, end); from < end; from = piece_end (page, from, end))
    {
      HpRect piece = map_words_rect (self, page, from, piece_end (page, from, end));

      if (piece.width > rect->width)
        *rect = piece;
    }
  return TRUE;
}

static double
strip_height (const Map *self)
{
  return self->row_height >= ROOM_FOR_VALUES ? STRIP_HEIGHT : THIN_STRIP_HEIGHT;
}

/** The first word of the slots, counted from the object's. */
static guint32
first_slot_word (const Map *self, const HpObjectState *object)
{
  const HpShape *shape = hp_definitions_shape (self->definitions, object->shape);

  return shape != NULL ? shape->header_words : 1;
}

static HpRect
strip_rect (const Map *self, HpRect word)
{
  double height = strip_height (self);

  return (HpRect){ word.x + 1, word.y + word.height - height - 2, MAX (word.width - 2, 1), height };
}

gboolean
map_slot_rect (const Map *self, const HpObjectState *object, guint32 index, HpRect *rect)
{
  guint32 offset, word = first_slot_word (self, object) + index;
  const PagePlace *page = page_of (self, object, &offset);

  if (page == NULL || self->as_cells || word >= object->size_words)
    return FALSE;
  *rect = strip_rect (self, map_words_rect (self, page, offset + word, offset + word + 1));
  return TRUE;
}

/* ---- drawing ---------------------------------------------------------------------------------------------------- */

/* Where a name is cut off there must be room for some of it. */
#define LEAST_NAME_WIDTH 26.0

/** What an object is called without its number: as people know it, or by the properties it has; NULL: neither. */
static const char *
plain_name (const Map *self, const HpObjectState *object)
{
  const HpShape *shape = hp_definitions_shape (self->definitions, object->shape);

  if (object->label != 0)
    return hp_definitions_string (self->definitions, object->label);
  return shape != NULL && shape->name[0] == '{' ? shape->name : NULL;
}

/** The longest name of an object that fits: with its number, without, cut off, its number. */
static void
draw_name (Map *self, HpRect rect, HpRef ref, const HpObjectState *object, HpRole role)
{
  g_autofree char *title = hp_moment_object_title (self->moment, ref);
  g_autofree char *number = g_strdup_printf ("#%u", ref);
  const char *name = plain_name (self, object);
  const char *names[] = { title, name != NULL ? name : number };
  HpRect inner = { rect.x + 3, rect.y, rect.width - 6, rect.height };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint small = 0; small < 2; small++)
      {
        HpTextStyle style = small ? HP_TEXT_SMALL : HP_TEXT_NORMAL;

        if (hp_scene_text_width (self->scene, names[i], style) <= inner.width)
          {
            map_text (self, inner, names[i], style, HP_ALIGN_CENTRE, role);
            return;
          }
      }
  if (name != NULL)
    map_text (self, inner, inner.width >= LEAST_NAME_WIDTH ? name : number, HP_TEXT_SMALL, HP_ALIGN_CENTRE, role);
}

/** What stands in the cell of a slot: its name and value, its value, or nothing, by the room there is. */
static void
draw_slot_text (Map *self, HpRect rect, const char *name, HpValue value, const char *text)
{
  g_autofree char *both = g_strdup_printf ("%s: %s", name, text);
  gboolean is_ref = hp_value_get_ref (value) != HP_REF_NONE;
  const char *texts[] = { is_ref ? name : both, is_ref ? NULL : text };

  if (self->row_height < ROOM_FOR_VALUES || value.kind == HP_VALUE_EMPTY)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL
        && hp_scene_text_width (self->scene, texts[i], HP_TEXT_SMALL) <= rect.width - (is_ref ? 14 : 2))
      {
        HpRect inner = { rect.x + (is_ref ? 3 : 1), rect.y, rect.width - (is_ref ? 14 : 2), rect.height };

        map_text (self, inner, texts[i], HP_TEXT_SMALL, is_ref ? HP_ALIGN_START : HP_ALIGN_CENTRE, HP_ROLE_SLOT);
        return;
      }
}

static void
draw_slot (Map *self, HpRef ref, const HpObjectState *object, guint32 index)
{
  g_autofree char *name = hp_moment_slot_name (self->moment, ref, index);
  HpValue value = hp_moment_slot (self->moment, ref, index);
  g_autofree char *text = hp_moment_value_text (self->moment, value);
  g_autofree char *title = g_strdup_printf ("%s: %s", name, text);
  HpRect rect;

  if (!map_slot_rect (self, object, index, &rect))
    return;
  hp_scene_add_box (self->scene, rect, 1.5, HP_ROLE_SLOT, (HpTarget){ HP_TARGET_SLOT, ref, index }, title);
  draw_slot_text (self, rect, name, value, text);
}

static char *
object_title (const Map *self, HpRef ref, const HpObjectState *object, HpRole role)
{
  g_autofree char *name = hp_moment_object_title (self->moment, ref);
  g_autofree char *size = map_bytes_text ((guint64) object->size_words * HP_WORD_BYTES);

  return g_strdup_printf (role == HP_ROLE_OBJECT_DEAD ? _ ("%s, %s, unreachable") : _ ("%s, %s"), name, size);
}

static void
draw_object (Map *self, const PagePlace *page, HpRef ref)
{
  const HpObjectState *object = hp_moment_object (self->moment, ref);
  HpRole role = map_object_role (self, ref, object);
  guint32 n_slots = hp_moment_n_slots (self->moment, ref);
  guint32 offset = object->address - map_page_start (page), end = offset + object->size_words;
  g_autofree char *title = object_title (self, ref, object, role);
  HpRect name;

  for (guint32 from = offset, to; from < end; from = to)
    {
      HpRect rect;

      to = piece_end (page, from, end);
      rect = map_words_rect (self, page, from, to);
      rect = (HpRect){ rect.x + 0.5, rect.y, rect.width - 1, rect.height };
      map_box (self, rect, 3, role, HP_TARGET (HP_TARGET_OBJECT, ref), title);
      if (ref == self->touched)
        map_outline (self, rect, 3);
    }
  for (guint32 i = 0; i < n_slots; i++)
    draw_slot (self, ref, object, i);
  if (map_object_rect (self, object, &name))
    {
      if (n_slots > 0)
        name.height -= strip_height (self) + 2;
      if (name.height >= LEAST_TEXT_HEIGHT)
        draw_name (self, name, ref, object, role);
    }
}

/** Words @from … @end of @page hold nothing. */
static void
draw_free (Map *self, const PagePlace *page, guint32 from, guint32 end)
{
  g_autofree char *size = map_bytes_text ((guint64) (end - from) * HP_WORD_BYTES);
  g_autofree char *title = g_strdup_printf (_ ("Free: %s"), size);

  for (guint32 to; from < end; from = to)
    {
      HpRect rect;

      to = piece_end (page, from, end);
      rect = map_words_rect (self, page, from, to);
      rect = (HpRect){ rect.x + 0.5, rect.y, rect.width - 1, rect.height };
      map_box (self, rect, 2, HP_ROLE_FREE, HP_TARGET (HP_TARGET_HEAP_PAGE, page->state.address), title);
    }
}

void
map_draw_objects (Map *self, const PagePlace *page)
{
  HpAddress start = map_page_start (page), end = start + page->state.usable_words;
  HpAddress at = start;

  while (at < end)
    {
      HpRef ref = hp_moment_next_object (self->moment, at, end);
      const HpObjectState *object = ref != HP_REF_NONE ? hp_moment_object (self->moment, ref) : NULL;
      HpAddress next = object != NULL ? object->address : end;

      if (next > at)
        draw_free (self, page, at - start, next - start);
      if (object == NULL || object->address + object->size_words > end)
        return;
      draw_object (self, page, ref);
      at = next + object->size_words;
    }
}

void
map_draw_age_mark (Map *self, const PagePlace *page)
{
  HpAddress mark = hp_moment_age_mark (self->moment), start = map_page_start (page);
  guint32 offset = mark - start;
  HpRect rect;
  double x, y;

  if (page->state.space != hp_moment_to_space (self->moment) || mark <= start
      || mark > start + page->state.usable_words)
    return;
  rect = map_words_rect (self, page, offset - 1, offset);
  x = rect.x + rect.width;
  y = rect.y;
  self->used[HP_ROLE_AGE_MARK] = TRUE;
  hp_scene_add_line (self->scene,
                     (double[]){ x, y - 2, x, y + rect.height + 2 },
                     2,
                     HP_ROLE_AGE_MARK,
                     _ ("Age mark: what lies before it has survived one scavenge and is promoted by the next"));
}
