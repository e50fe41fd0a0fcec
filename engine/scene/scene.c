/* scene.c - building and reading the display list
 *
 * Views are foreign code: whatever they add is checked here, at the door (finite numbers, known roles, clean text), so
 * that painter and exports need not.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/arrow.h"
#include "scene/typesetter.h"

#include <math.h>
#include <string.h>

#define FARTHEST 1e6 /* coordinates beyond are no picture */

struct _HpScene
{
  double width, height;
  const char *description;
  GArray *items;  /* HpItem */
  GArray *groups; /* HpGroup */
  int group;      /* index of the open group, -1: none */
  GStringChunk *strings;
  GPtrArray *blocks; /* cells and points */
  HpTypesetter *typesetter;
};

HpScene *
hp_scene_new (void)
{
  HpScene *self = g_new0 (HpScene, 1);

  self->items = g_array_new (FALSE, FALSE, sizeof (HpItem));
  self->groups = g_array_new (FALSE, FALSE, sizeof (HpGroup));
  self->strings = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  self->typesetter = hp_typesetter_new ();
  hp_scene_clear (self);
  return self;
}

void
hp_scene_free (HpScene *self)
{
  if (self == NULL)
    return;
  hp_typesetter_free (self->typesetter);
  g_ptr_array_unref (self->blocks);
  g_string_chunk_free (self->strings);
  g_array_unref (self->groups);
  g_array_unref (self->items);
  g_free (self);
}

void
hp_scene_clear (HpScene *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->items, 0);
  g_array_set_size (self->groups, 0);
  g_string_chunk_clear (self->strings);
  g_ptr_array_set_size (self->blocks, 0);
  self->width = self->height = 0;
  self->description = "";
  self->group = -1;
}

/* ---- building --------------------------------------------------------------------------------------------------- */

static gboolean
is_sane (double number)
{
  return isfinite (number) && fabs (number) <= FARTHEST;
}

static gboolean
rect_is_sane (HpRect rect)
{
  return is_sane (rect.x) && is_sane (rect.y) && is_sane (rect.width) && is_sane (rect.height) && rect.width >= 0
         && rect.height >= 0;
}

static const char *
keep_text (HpScene *self, const char *text)
{
  g_autofree char *clean = NULL;

  if (text == NULL)
    return NULL;
  clean = hp_text_clean (text);
  return g_string_chunk_insert (self->strings, clean);
}

static gpointer
keep_block (HpScene *self, gconstpointer bytes, gsize n)
{
  gpointer block = g_memdup2 (bytes, n);

  g_ptr_array_add (self->blocks, block);
  return block;
}

static void
add_item (HpScene *self, HpItem item)
{
  item.group = self->group;
  g_array_append_val (self->items, item);
}

void
hp_scene_set_size (HpScene *self, double width, double height)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (is_sane (width) && is_sane (height));

  self->width = MAX (width, 0);
  self->height = MAX (height, 0);
}

void
hp_scene_set_description (HpScene *self, const char *text)
{
  g_return_if_fail (self != NULL);

  self->description = text != NULL ? keep_text (self, text) : "";
}

void
hp_scene_begin_group (HpScene *self, const char *id, const char *title, HpTarget target)
{
  HpGroup group = { NULL, NULL, target, -1 };

  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  group.id = keep_text (self, id);
  group.title = keep_text (self, title != NULL ? title : "");
  group.parent = self->group;
  self->group = (int) self->groups->len;
  g_array_append_val (self->groups, group);
}

void
hp_scene_end_group (HpScene *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->group >= 0);

  self->group = g_array_index (self->groups, HpGroup, self->group).parent;
}

void
hp_scene_add_box (HpScene *self, HpRect rect, double radius, HpRole role, HpTarget target, const char *title)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (role < HP_N_ROLES);
  g_return_if_fail (rect_is_sane (rect) && is_sane (radius));

  add_item (self,
            (HpItem){
                .kind = HP_ITEM_BOX,
                .role = role,
                .rect = rect,
                .radius = CLAMP (radius, 0, MIN (rect.width, rect.height) / 2),
                .target = target,
                .title = keep_text (self, title),
            });
}

void
hp_scene_add_text (HpScene *self, HpRect rect, const char *text, HpTextStyle style, HpAlign align, HpRole on)
{
  g_autofree char *clean = NULL;
  g_autofree char *fitted = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);
  g_return_if_fail (style < HP_N_TEXT_STYLES && align <= HP_ALIGN_END && on < HP_N_ROLES);
  g_return_if_fail (rect_is_sane (rect));

  clean = hp_text_clean (text);
  fitted = hp_typesetter_fit (self->typesetter, clean, style, rect.width);
  if (fitted == NULL || *fitted == '\0')
    return;
  add_item (self,
            (HpItem){
                .kind = HP_ITEM_TEXT,
                .role = on,
                .rect = rect,
                .text = g_string_chunk_insert (self->strings, fitted),
                .style = style,
                .align = align,
            });
}

double
hp_scene_text_width (HpScene *self, const char *text, HpTextStyle style)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL && style < HP_N_TEXT_STYLES, 0);

  clean = hp_text_clean (text);
  return hp_typesetter_width (self->typesetter, clean, style);
}

void
hp_scene_add_arrow (HpScene *self, HpArrowEnd from, HpArrowEnd to, HpRole role, int rank, const char *title)
{
  HpItem item = { .kind = HP_ITEM_ARROW, .role = role, .rank = rank, .from = from, .to = to, .target = from.target };

  g_return_if_fail (self != NULL);
  g_return_if_fail (role < HP_N_ROLES && from.side <= HP_SIDE_BOTTOM && to.side <= HP_SIDE_BOTTOM);
  g_return_if_fail (is_sane (from.x) && is_sane (from.y) && is_sane (to.x) && is_sane (to.y));

  item.title = keep_text (self, title);
  item.rect = hp_arrow_bounds (&item);
  add_item (self, item);
}

void
hp_scene_add_cells (HpScene *self,
                    HpRect rect,
                    guint columns,
                    const guint8 *roles,
                    gsize n,
                    HpTargetKind kind,
                    guint32 first_id,
                    const char *title)
{
  HpItem item = { .kind = HP_ITEM_CELLS, .rect = rect, .n_cells = n, .columns = columns };
  guint8 *cells;

  g_return_if_fail (self != NULL);
  g_return_if_fail (rect_is_sane (rect));
  g_return_if_fail (columns > 0 && (roles != NULL || n == 0) && n <= G_MAXUINT32);

  if (n == 0)
    return;
  cells = keep_block (self, roles, n);
  for (gsize i = 0; i < n; i++)
    if (cells[i] >= HP_N_ROLES)
      cells[i] = HP_ROLE_NONE;
  item.cells = cells;
  item.target = HP_TARGET (kind, first_id);
  item.title = keep_text (self, title);
  add_item (self, item);
}

void
hp_scene_add_line (HpScene *self, const double *points, gsize n, HpRole role, const char *title)
{
  HpItem item = { .kind = HP_ITEM_LINE, .role = role, .n_points = n };
  double right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  g_return_if_fail (self != NULL);
  g_return_if_fail (role < HP_N_ROLES);
  g_return_if_fail (points != NULL && n >= 2);

  item.rect.x = item.rect.y = G_MAXDOUBLE;
  for (gsize i = 0; i < n; i++)
    {
      g_return_if_fail (is_sane (points[2 * i]) && is_sane (points[2 * i + 1]));
      item.rect.x = MIN (item.rect.x, points[2 * i]);
      item.rect.y = MIN (item.rect.y, points[2 * i + 1]);
      right = MAX (right, points[2 * i]);
      bottom = MAX (bottom, points[2 * i + 1]);
    }
  item.rect.width = right - item.rect.x;
  item.rect.height = bottom - item.rect.y;
  item.points = keep_block (self, points, n * 2 * sizeof (double));
  item.title = keep_text (self, title);
  add_item (self, item);
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

double
hp_scene_width (const HpScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->width;
}

double
hp_scene_height (const HpScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->height;
}

const char *
hp_scene_description (const HpScene *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->description;
}

gsize
hp_scene_n_items (const HpScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->items->len;
}

const HpItem *
hp_scene_item (const HpScene *self, gsize i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->items->len, NULL);

  return &g_array_index (self->items, HpItem, i);
}

gsize
hp_scene_n_groups (const HpScene *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->groups->len;
}

const HpGroup *
hp_scene_group (const HpScene *self, gsize i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->groups->len, NULL);

  return &g_array_index (self->groups, HpGroup, i);
}
