/* space-bars.c - a view with one bar for each space: how many bytes are used in it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <heaparium-scene.h>

#define MARGIN 24.0
#define LABEL_WIDTH 160.0

static void
add_bar (HpScene *scene, HpRect row, HpSpace space, guint64 bytes, guint64 most)
{
  double width = most ? (row.width - LABEL_WIDTH) * (double) bytes / (double) most : 0;
  HpRect label = { row.x, row.y, LABEL_WIDTH, row.height };
  HpRect bar = { row.x + LABEL_WIDTH, row.y, MAX (width, 1), row.height };
  g_autofree char *text = g_strdup_printf ("%s: %" G_GUINT64_FORMAT, hp_space_name (space), bytes);

  hp_scene_add_text (scene, label, text, HP_TEXT_NORMAL, HP_ALIGN_START, HP_ROLE_BACKGROUND);
  hp_scene_add_box (scene, bar, 2, HP_ROLE_SERIES_1, HP_TARGET (HP_TARGET_SPACE, space), text);
}

static void
build (gpointer self, const HpViewContext *context, HpScene *scene)
{
  const HpCounters *counters = hp_moment_counters (hp_view_context_moment (context));
  double height = (double) hp_settings_get_integer (hp_view_context_settings (context), "bar-height");
  double width = hp_view_context_width (context);
  HpRect row = { MARGIN, MARGIN, width - 2 * MARGIN, height };

  for (guint space = HP_SPACE_SEMI_A; space < HP_N_SPACES; space++, row.y += height + 8)
    add_bar (scene, row, space, counters->used_bytes[space], counters->live_bytes);
  hp_scene_set_size (scene, width, row.y + MARGIN);
  hp_scene_set_description (scene, "A bar for each space: the bytes used in it.");
}

static const HpView view = {
  .struct_size = sizeof (HpView),
  .build = build,
};

HP_DEFINE_VIEW ("space-bars", view)
