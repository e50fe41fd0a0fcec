/* canvas.c - tests of the canvas and the timeline: what they show, pick, say and do
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "canvas.h"
#include "timeline.h"

#include "sample.h"

#include <adwaita.h>

typedef struct
{
  HpHost *host;
  HpSession *session;
  GtkWidget *window;
  GtkWidget *canvas;
  GtkWidget *timeline;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  HpViewer *viewer;

  fixture->host = hp_host_new (NULL);
  viewer = hp_viewer_new (fixture->host, NULL, &error);
  g_assert_no_error (error);
  fixture->session = hp_session_new ();
  fixture->canvas = hp_canvas_new ();
  fixture->timeline = hp_timeline_new ();
  gtk_widget_set_vexpand (fixture->canvas, TRUE);
  gtk_box_append (GTK_BOX (box), fixture->canvas);
  gtk_box_append (GTK_BOX (box), fixture->timeline);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 900, 600);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  hp_canvas_set_viewer (HP_CANVAS (fixture->canvas), viewer);
  hp_canvas_set_theme (HP_CANVAS (fixture->canvas), hp_theme_find ("light", NULL));
  hp_timeline_set_theme (HP_TIMELINE (fixture->timeline), hp_theme_find ("light", NULL));
  hp_canvas_set_session (HP_CANVAS (fixture->canvas), fixture->session);
  hp_timeline_set_session (HP_TIMELINE (fixture->timeline), fixture->session);
  hp_session_show (fixture->session, sample_recording (), "Sample");
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->canvas);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  hp_host_free (fixture->host);
}

/* (transfer full): the pixels the widget shows now, 4 bytes each */
static guchar *
pixels_of (GtkWidget *widget, gsize *n)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guchar *pixels;

  gtk_test_widget_wait_for_draw (widget);
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  *n = (gsize) width * height * 4;
  pixels = g_malloc (*n);
  gdk_texture_download (texture, pixels, (gsize) width * 4);
  return pixels;
}

static gsize
count_differences (const guchar *a, const guchar *b, gsize n)
{
  gsize different = 0;

  for (gsize i = 0; i < n; i += 4)
    different += memcmp (a + i, b + i, 4) != 0;
  return different;
}

static void
test_shows_the_step (Fixture *fixture, gconstpointer data)
{
  gsize n;
  g_autofree guchar *at_start = pixels_of (fixture->canvas, &n);
  g_autofree guchar *at_end = NULL;
  g_autofree guchar *again = NULL;

  hp_session_seek (fixture->session, hp_session_length (fixture->session));
  at_end = pixels_of (fixture->canvas, &n);
  g_assert_cmpuint (count_differences (at_start, at_end, n), >, 200);
  hp_session_seek (fixture->session, 0);
  again = pixels_of (fixture->canvas, &n);
  g_assert_cmpuint (count_differences (at_start, again, n), ==, 0);
}

static void
test_selection_is_seen_and_said (Fixture *fixture, gconstpointer data)
{
  HpTarget kept = HP_TARGET (HP_TARGET_OBJECT, SAMPLE_KEPT);
  const char *title = NULL;
  gsize n;
  g_autofree guchar *before = NULL;
  g_autofree guchar *after = NULL;

  hp_session_seek (fixture->session, hp_session_length (fixture->session));
  before = pixels_of (fixture->canvas, &n);
  hp_session_select (fixture->session, kept);
  after = pixels_of (fixture->canvas, &n);
  g_assert_cmpuint (count_differences (before, after, n), >, 10);
  g_assert_true (hp_scene_find (hp_canvas_scene (HP_CANVAS (fixture->canvas)), kept, NULL, &title));
  g_assert_nonnull (strstr (title, "Alice"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->canvas), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->canvas), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
test_travel_reaches_everything (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  HpTarget last = HP_TARGET_NOTHING;

  hp_session_seek (fixture->session, hp_session_length (fixture->session));
  for (guint i = 0; i < 10000; i++)
    {
      hp_canvas_travel (HP_CANVAS (fixture->canvas), HP_TRAVEL_NEXT);
      if (hp_target_equal (last, hp_session_selection (fixture->session)))
        break;
      last = hp_session_selection (fixture->session);
      if (last.kind == HP_TARGET_OBJECT)
        g_hash_table_add (seen, GUINT_TO_POINTER (last.id));
    }
  g_assert_true (g_hash_table_contains (seen, GUINT_TO_POINTER (SAMPLE_KEPT)));
  g_assert_true (g_hash_table_contains (seen, GUINT_TO_POINTER (SAMPLE_FRIEND)));
  g_assert_false (g_hash_table_contains (seen, GUINT_TO_POINTER (SAMPLE_DROPPED)));
}

static void
test_zoom_changes_and_fit_restores (Fixture *fixture, gconstpointer data)
{
  gsize n;
  g_autofree guchar *fitting = NULL;
  g_autofree guchar *zoomed = NULL;
  g_autofree guchar *again = NULL;

  hp_session_seek (fixture->session, hp_session_length (fixture->session));
  fitting = pixels_of (fixture->canvas, &n);
  hp_canvas_zoom (HP_CANVAS (fixture->canvas), 2);
  zoomed = pixels_of (fixture->canvas, &n);
  g_assert_cmpuint (count_differences (fitting, zoomed, n), >, 1000);
  hp_canvas_fit (HP_CANVAS (fixture->canvas));
  again = pixels_of (fixture->canvas, &n);
  g_assert_cmpuint (count_differences (fitting, again, n), ==, 0);
}

static void
test_survives_closing (Fixture *fixture, gconstpointer data)
{
  hp_session_close (fixture->session);
  hp_canvas_travel (HP_CANVAS (fixture->canvas), HP_TRAVEL_NEXT);
  hp_canvas_zoom (HP_CANVAS (fixture->canvas), 2);
  g_assert_null (hp_canvas_scene (HP_CANVAS (fixture->canvas)));
  hp_session_show (fixture->session, sample_recording (), "Sample");
  g_assert_nonnull (hp_canvas_scene (HP_CANVAS (fixture->canvas)));
}

/* ---- the timeline ----------------------------------------------------------------------------------------------- */

static void
test_timeline_maps_places (Fixture *fixture, gconstpointer data)
{
  HpTimeline *timeline = HP_TIMELINE (fixture->timeline);
  guint64 length = hp_session_length (fixture->session);

  for (guint64 step = 0; step <= length; step++)
    g_assert_cmpuint (hp_timeline_step_at_x (timeline, hp_timeline_x_of_step (timeline, step)), ==, step);
  g_assert_cmpuint (hp_timeline_step_at_x (timeline, -1000), ==, 0);
  g_assert_cmpuint (hp_timeline_step_at_x (timeline, 1e9), ==, length);
}

static void
test_timeline_says_where_we_are (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = NULL;

  hp_session_seek (fixture->session, 7);
  expected = g_strdup_printf ("Step 7 of %" G_GUINT64_FORMAT, hp_session_length (fixture->session));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture->timeline), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 7.0);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (fixture->timeline), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, expected);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (fixture->timeline), GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
test_timeline_moves_the_playhead_only (Fixture *fixture, gconstpointer data)
{
  gsize n;
  g_autofree guchar *at_start = pixels_of (fixture->timeline, &n);
  g_autofree guchar *at_end = NULL;
  gsize different;

  hp_session_seek (fixture->session, hp_session_length (fixture->session));
  at_end = pixels_of (fixture->timeline, &n);
  different = count_differences (at_start, at_end, n);
  g_assert_cmpuint (different, >, 50);
  g_assert_cmpuint (different, <, n / 4 / 10);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/canvas/step", Fixture, NULL, set_up, test_shows_the_step, tear_down);
  g_test_add ("/canvas/selection", Fixture, NULL, set_up, test_selection_is_seen_and_said, tear_down);
  g_test_add ("/canvas/travel", Fixture, NULL, set_up, test_travel_reaches_everything, tear_down);
  g_test_add ("/canvas/zoom", Fixture, NULL, set_up, test_zoom_changes_and_fit_restores, tear_down);
  g_test_add ("/canvas/close", Fixture, NULL, set_up, test_survives_closing, tear_down);
  g_test_add ("/timeline/places", Fixture, NULL, set_up, test_timeline_maps_places, tear_down);
  g_test_add ("/timeline/says", Fixture, NULL, set_up, test_timeline_says_where_we_are, tear_down);
  g_test_add ("/timeline/playhead", Fixture, NULL, set_up, test_timeline_moves_the_playhead_only, tear_down);
  return g_test_run ();
}
