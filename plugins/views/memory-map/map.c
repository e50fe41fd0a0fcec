/* map.c - what the parts of the memory map share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

static void
label_clear (gpointer data)
{
  g_free (((Label *) data)->text);
}

void
map_init (Map *self, const HpViewContext *context, HpScene *scene)
{
  const HpSettings *settings = hp_view_context_settings (context);

  *self = (Map){
    .scene = scene,
    .moment = hp_view_context_moment (context),
    .recording = hp_view_context_recording (context),
    .shows_references = hp_settings_get_boolean (settings, "references"),
    .shows_pages = hp_settings_get_boolean (settings, "pages"),
    .shows_legend = hp_settings_get_boolean (settings, "legend"),
    .as_cells = g_str_equal (hp_settings_get_text (settings, "detail"), "cells"),
    .prefers_boxes = g_str_equal (hp_settings_get_text (settings, "detail"), "objects"),
    .width = MAX (hp_view_context_width (context), 540),
    .height = MAX (hp_view_context_height (context), 300),
    .touched_slot = NO_SLOT,
  };
  self->definitions = hp_moment_definitions (self->moment);
  self->reachable = hp_moment_reachable (self->moment);
  self->pages = g_array_new (FALSE, FALSE, sizeof (PagePlace));
  self->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  self->labels = g_array_new (FALSE, FALSE, sizeof (Label));
  g_array_set_clear_func (self->labels, label_clear);
  map_find_touched (self, hp_view_context_event (context));
}

void
map_clear (Map *self)
{
  g_array_unref (self->labels);
  g_array_unref (self->sources);
  g_array_unref (self->pages);
}

void
map_box (Map *self, HpRect rect, double radius, HpRole role, HpTarget target, const char *title)
{
  self->used[role] = TRUE;
  hp_scene_add_box (self->scene, rect, radius, role, target, title);
}

void
map_text (Map *self, HpRect rect, const char *text, HpTextStyle style, HpAlign align, HpRole on)
{
  Label label = { rect, NULL, style, align, on };

  if (rect.width <= 0)
    return;
  if (!self->keeps_texts)
    {
      hp_scene_add_text (self->scene, rect, text, style, align, on);
      return;
    }
  label.text = g_strdup (text);
  g_array_append_val (self->labels, label);
}

void
map_line (Map *self, HpRect rect, const char *start, HpTextStyle style, const char *end, HpRole on)
{
  double width = MIN (hp_scene_text_width (self->scene, start, style) + 1, rect.width);
  HpRect rest = { rect.x + width + 6, rect.y, rect.width - width - 6, rect.height };

  map_text (self, (HpRect){ rect.x, rect.y, width, rect.height }, start, style, HP_ALIGN_START, on);
  if (end != NULL && hp_scene_text_width (self->scene, end, HP_TEXT_SMALL) <= rest.width)
    map_text (self, rest, end, HP_TEXT_SMALL, HP_ALIGN_END, on);
}

HpRect
map_begin_panel (Map *self, HpRect rect, const char *id, const char *title, const char *remark, HpTarget target)
{
  HpRect bar = { rect.x + 1, rect.y + 1, rect.width - 2, TITLE_HEIGHT - 1 };

  hp_scene_begin_group (self->scene, id, title, target);
  hp_scene_add_box (self->scene, rect, 5, HP_ROLE_PANEL, target, title);
  hp_scene_add_box (self->scene, bar, 4, HP_ROLE_PANEL_TITLE, HP_TARGET_NOTHING, NULL);
  map_line (self,
            (HpRect){ bar.x + PADDING, bar.y, bar.width - 2 * PADDING, bar.height },
            title,
            HP_TEXT_STRONG,
            remark,
            HP_ROLE_PANEL_TITLE);
  return (HpRect){ rect.x + PADDING,
                   rect.y + TITLE_HEIGHT + PADDING,
                   rect.width - 2 * PADDING,
                   rect.height - TITLE_HEIGHT - 2 * PADDING };
}

void
map_end_panel (Map *self)
{
  hp_scene_end_group (self->scene);
}

double
map_panel_height (double content)
{
  return TITLE_HEIGHT + 2 * PADDING + content;
}

void
map_outline (Map *self, HpRect rect, double radius)
{
  HpRect around = { rect.x - 1.5, rect.y - 1.5, rect.width + 3, rect.height + 3 };

  map_box (self, around, radius + 1.5, HP_ROLE_OBJECT_NEW, HP_TARGET_NOTHING, NULL);
}

char *
map_bytes_text (guint64 bytes)
{
  if (bytes < 10000)
    return g_strdup_printf (_ ("%" PRIu64 " B"), bytes);
  if (bytes < 10000 * G_GUINT64_CONSTANT (1024))
    return g_strdup_printf (_ ("%.1f KB"), (double) bytes / 1024);
  return g_strdup_printf (_ ("%.1f MB"), (double) bytes / (1024 * 1024));
}

char *
map_used_text (guint64 used, guint64 capacity)
{
  g_autofree char *part = map_bytes_text (used);
  g_autofree char *whole = map_bytes_text (capacity);

  return g_strdup_printf (_ ("%s of %s used"), part, whole);
}
