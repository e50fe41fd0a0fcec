/* overlay.c - what lies above the picture: selection, hover, focus
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/overlay.h"
#include "scene/pick.h"

#define SELECTION_GAP 1.5
#define HOVER_GAP 1.0

static void
add_outline (GArray *items, const HpItem *item, HpRect rect, double gap, HpRole role)
{
  HpItem outline = {
    .kind = HP_ITEM_BOX,
    .role = role,
    .rect = { rect.x - gap, rect.y - gap, rect.width + 2 * gap, rect.height + 2 * gap },
    .radius = item->radius + gap,
    .group = -1,
  };

  g_array_append_val (items, outline);
}

static void
add_outlines (GArray *items, const HpScene *scene, HpTarget target, double gap, HpRole role)
{
  if (target.kind == HP_TARGET_NONE)
    return;
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);
      HpRect rect;

      if (hp_item_shows (item, target, &rect))
        add_outline (items, item, rect, gap, role);
    }
}

/** Whether one end of an arrow is @target or, of an object, one of its slots. */
static gboolean
joins (HpTarget end, HpTarget target)
{
  return hp_target_equal (end, target)
         || (target.kind == HP_TARGET_OBJECT && end.kind == HP_TARGET_SLOT && end.id == target.id);
}

static void
add_arrows (GArray *items, const HpScene *scene, HpTarget target)
{
  if (target.kind == HP_TARGET_NONE)
    return;
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      HpItem arrow = *hp_scene_item (scene, i);

      if (arrow.kind != HP_ITEM_ARROW || !(joins (arrow.target, target) || joins (arrow.to.target, target)))
        continue;
      arrow.role = HP_ROLE_ARROW_ACTIVE;
      arrow.group = -1;
      g_array_append_val (items, arrow);
    }
}

GArray *
hp_overlay_items (const HpScene *scene, HpTarget selection, HpTarget hover, gboolean focused)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (HpItem));

  if (!hp_target_equal (selection, hover))
    add_outlines (items, scene, hover, HOVER_GAP, HP_ROLE_HOVER);
  add_outlines (items, scene, selection, SELECTION_GAP, HP_ROLE_SELECTION);
  if (focused)
    /* Dashes on the selection's own line: a ring of its own would lie on the neighbours' text. */
    add_outlines (items, scene, selection, SELECTION_GAP, HP_ROLE_FOCUS);
  add_arrows (items, scene, selection);
  return items;
}
