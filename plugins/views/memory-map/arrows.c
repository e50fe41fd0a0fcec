/* arrows.c - references as arrows: from the stack and the globals first, then remembered slots, then other slots
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>

enum
{
  RANK_SLOT,
  RANK_REMEMBERED,
  RANK_SOURCE
};

#define INSET 8.0  /* of the first arrow into a box */
#define SPREAD 6.0 /* between arrows into one box */
#define MOST_ARROWS 4000

/** Where the next arrow enters the box of @ref: side by side with those that came before. */
static double
entry_x (GHashTable *entered, HpRef ref, const HpRect *box)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (entered, GUINT_TO_POINTER (ref)));
  double room = MAX (box->width - 2 * INSET, 0);
  guint places = 1 + (guint) (room / SPREAD);

  g_hash_table_insert (entered, GUINT_TO_POINTER (ref), GUINT_TO_POINTER (n + 1));
  return box->x + MIN (INSET, box->width / 2) + (n % places) * SPREAD;
}

static char *
arrow_title (const Map *self, HpRef ref, HpRole role)
{
  g_autofree char *name = hp_moment_object_title (self->moment, ref);

  return g_strdup_printf (role == HP_ROLE_ARROW_WEAK ? _ ("refers weakly to %s") : _ ("refers to %s"), name);
}

/** A remembered weak slot is strong in the next scavenge; a remembered key is never. */
static HpRole
slot_role (const Map *self, HpRef ref, guint32 index, gboolean is_remembered)
{
  HpSlotStrength strength = hp_moment_slot_strength (self->moment, ref, index);

  if (strength == HP_SLOT_KEY || (strength == HP_SLOT_WEAK && !is_remembered))
    return HP_ROLE_ARROW_WEAK;
  return is_remembered ? HP_ROLE_ARROW_REMEMBERED : HP_ROLE_ARROW;
}

static void
add_source (Map *self, const Source *source, GHashTable *entered)
{
  const HpObjectState *object = hp_moment_object (self->moment, source->ref);
  HpArrowEnd from = { source->x, source->y, HP_SIDE_RIGHT, source->target };
  g_autofree char *title = NULL;
  gboolean is_below;
  HpArrowEnd to;
  HpRect box;

  if (object == NULL || !map_object_rect (self, object, &box))
    return;
  title = arrow_title (self, source->ref, HP_ROLE_ARROW);
  is_below = source->y > box.y + box.height / 2;
  to = (HpArrowEnd){ entry_x (entered, source->ref, &box),
                     is_below ? box.y + box.height : box.y,
                     is_below ? HP_SIDE_BOTTOM : HP_SIDE_TOP,
                     HP_TARGET (HP_TARGET_OBJECT, source->ref) };
  self->used[HP_ROLE_ARROW] = TRUE;
  hp_scene_add_arrow (self->scene, from, to, HP_ROLE_ARROW, RANK_SOURCE, title);
}

/** From the cell of a slot: out of its lower edge, into the target's upper one; the other way round when it goes up. */
static void
add_slot (Map *self, HpRef ref, const HpObjectState *object, guint32 index, gboolean is_remembered, GHashTable *entered)
{
  HpRef target = hp_value_get_ref (hp_moment_slot (self->moment, ref, index));
  const HpObjectState *other = hp_moment_object (self->moment, target);
  HpRole role = slot_role (self, ref, index, is_remembered);
  g_autofree char *title = NULL;
  HpArrowEnd from, to;
  HpRect slot, box;

  if (other == NULL || !map_slot_rect (self, object, index, &slot) || !map_object_rect (self, other, &box))
    return;
  title = arrow_title (self, target, role);
  from = (HpArrowEnd){ slot.x + slot.width - MIN (slot.width / 2, 6),
                       slot.y + slot.height / 2,
                       HP_SIDE_BOTTOM,
                       { HP_TARGET_SLOT, ref, index } };
  to = (HpArrowEnd){ entry_x (entered, target, &box), box.y, HP_SIDE_TOP, HP_TARGET (HP_TARGET_OBJECT, target) };
  if (slot.y > box.y && slot.y < box.y + box.height)
    to.y = box.y + box.height, to.side = HP_SIDE_BOTTOM;
  else if (slot.y > box.y)
    from.side = HP_SIDE_TOP, to.y = box.y + box.height, to.side = HP_SIDE_BOTTOM;
  self->used[role] = TRUE;
  hp_scene_add_arrow (self->scene, from, to, role, is_remembered ? RANK_REMEMBERED : RANK_SLOT, title);
}

/** A dead object's references keep nothing alive, unless the remembered set says so. */
static void
add_object (Map *self, HpRef ref, GHashTable *entered)
{
  const HpObjectState *object = hp_moment_object (self->moment, ref);
  guint32 n = hp_moment_n_slots (self->moment, ref);
  gboolean is_alive = hp_reachable_has (self->reachable, ref);

  for (guint32 i = 0; i < n; i++)
    {
      gboolean is_remembered = hp_moment_slot_is_remembered (self->moment, ref, i);

      if (is_alive || is_remembered)
        add_slot (self, ref, object, i, is_remembered, entered);
    }
}

static void
add_objects (Map *self, GHashTable *entered)
{
  for (guint i = 0; i < self->pages->len; i++)
    {
      const PagePlace *page = &g_array_index (self->pages, PagePlace, i);
      HpAddress at = map_page_start (page), end = at + page->state.usable_words;
      HpRef ref;

      while ((ref = hp_moment_next_object (self->moment, at, end)) != HP_REF_NONE)
        {
          const HpObjectState *object = hp_moment_object (self->moment, ref);

          add_object (self, ref, entered);
          at = object->address + object->size_words;
          if (hp_scene_n_items (self->scene) > MOST_ARROWS * 4)
            return;
        }
    }
}

static void
draw_labels (Map *self)
{
  hp_scene_begin_group (self->scene, "labels", _ ("Labels of the heap"), HP_TARGET_NOTHING);
  for (guint i = 0; i < self->labels->len; i++)
    {
      const Label *label = &g_array_index (self->labels, Label, i);

      map_text (self, label->rect, label->text, label->style, label->align, label->on);
    }
  hp_scene_end_group (self->scene);
}

void
map_draw_arrows (Map *self)
{
  g_autoptr (GHashTable) entered = g_hash_table_new (NULL, NULL);

  if (self->shows_references)
    {
      hp_scene_begin_group (self->scene, "references", _ ("References"), HP_TARGET_NOTHING);
      for (guint i = 0; i < self->sources->len; i++)
        add_source (self, &g_array_index (self->sources, Source, i), entered);
      if (!self->as_cells)
        add_objects (self, entered);
      hp_scene_end_group (self->scene);
    }
  draw_labels (self);
}
