/* timeline.c - the whole recording as a strip: how full memory was, collections, chapters, and where we stand
 *
 * From top to bottom: chapter ticks, collections as bands, and behind them the bytes of the young and (on top of it)
 * the old generation. A hatch lies over what is told in stretches. The strip is painted once into a surface; the
 * playhead is drawn above it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "timeline.h"

#include "text.h"

#include <glib/gi18n.h>

#define HEIGHT 52
#define SIDE 8.0 /* room for half a playhead at both ends */
#define TICKS_HEIGHT 8.0
#define LEAST_BAND 2.0
#define BAND_HEIGHT 8.0
#define AREA_HEIGHT (HEIGHT - TICKS_HEIGHT - BAND_HEIGHT - 6)
#define SERIES_ALPHA 0.55
#define MOST_COLUMNS 4096
#define HATCH_DISTANCE 6
#define HATCH_ALPHA 0.2

struct _HpTimeline
{
  GtkWidget parent_instance;

  HpSession *session; /* owned */
  const HpTheme *theme;
  cairo_surface_t *strip;
  gboolean strip_is_stale;
};

G_DEFINE_FINAL_TYPE (HpTimeline, hp_timeline, GTK_TYPE_WIDGET)

/* ---- places and steps ------------------------------------------------------------------------------------------- */

static double
strip_width (HpTimeline *self)
{
  return MAX (1.0, gtk_widget_get_width (GTK_WIDGET (self)) - 2 * SIDE);
}

static guint64
length (HpTimeline *self)
{
  return self->session ? hp_session_length (self->session) : 0;
}

double
hp_timeline_x_of_step (HpTimeline *self, guint64 step)
{
  guint64 n = length (self);

  return n == 0 ? SIDE : SIDE + strip_width (self) * ((double) MIN (step, n) / (double) n);
}

guint64
hp_timeline_step_at_x (HpTimeline *self, double x)
{
  double fraction = CLAMP ((x - SIDE) / strip_width (self), 0.0, 1.0);

  return (guint64) (fraction * (double) length (self) + 0.5);
}

/* ---- painting --------------------------------------------------------------------------------------------------- */

static void
set_colour (cairo_t *cr, const HpColor *colour, double alpha)
{
  cairo_set_source_rgba (cr, colour->r, colour->g, colour->b, colour->a * alpha);
}

/* The area between @below (nullable: the ground) and @below + @values, as high as @most allows. */
static void
paint_area (cairo_t *cr, const double *below, const double *values, guint n, double most, double height)
{
  double ground = HEIGHT - 1.0;

  cairo_move_to (cr, 0, ground - (below ? below[0] / most * height : 0));
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, i + 0.5, ground - ((below ? below[i] : 0) + values[i]) / most * height);
  for (guint i = n; i-- > 0;)
    cairo_line_to (cr, i + 0.5, ground - (below ? below[i] : 0) / most * height);
  cairo_close_path (cr);
}

gboolean
hp_timeline_shows_pages (HpTimeline *self)
{
  HpRecording *recording = self->session ? hp_session_recording (self->session) : NULL;
  const HpCounters *counters = recording ? hp_moment_counters (hp_recording_head (recording)) : NULL;

  return counters && counters->objects == 0 && counters->minor_faults + counters->major_faults > 0;
}

gboolean
hp_timeline_shows_faults (HpTimeline *self)
{
  HpRecording *recording = self->session ? hp_session_recording (self->session) : NULL;

  return recording && hp_moment_counters (hp_recording_head (recording))->major_faults > 0;
}

gboolean
hp_timeline_shows_stretches (HpTimeline *self)
{
  HpRecording *recording = self->session ? hp_session_recording (self->session) : NULL;

  return recording && hp_recording_n_summaries (recording) > 0;
}

/* Stacked on @below (nullable), in the colour of @role. */
static void
paint_one (HpTimeline *self, cairo_t *cr, HpRole role, const double *below, const double *values, guint n, double most)
{
  set_colour (cr, &hp_theme_paint (self->theme, role)->line, SERIES_ALPHA);
  paint_area (cr, below, values, n, most, AREA_HEIGHT);
  cairo_fill (cr);
}

static void
paint_heap (HpTimeline *self, cairo_t *cr, guint n)
{
  const HpRecording *recording = hp_session_recording (self->session);
  g_autofree double *lowest = g_new (double, n);
  g_autofree double *old = g_new (double, n);
  g_autofree double *new = g_new (double, n);
  double most = 1;

  hp_recording_sample (recording, HP_SERIES_OLD_BYTES, n, lowest, old);
  hp_recording_sample (recording, HP_SERIES_NEW_BYTES, n, lowest, new);
  for (guint i = 0; i < n; i++)
    most = MAX (most, old[i] + new[i]);
  paint_one (self, cr, HP_ROLE_SERIES_2, NULL, old, n, most);
  paint_one (self, cr, HP_ROLE_SERIES_1, old, new, n, most);
}

static double
largest (const double *values, guint n)
{
  double most = 1;

  for (guint i = 0; i < n; i++)
    most = MAX (most, values[i]);
  return most;
}

/* Two quantities that have nothing to do with each other: each as high as the strip. */
static void
paint_pages (HpTimeline *self, cairo_t *cr, guint n)
{
  const HpRecording *recording = hp_session_recording (self->session);
  g_autofree double *lowest = g_new (double, n);
  g_autofree double *values = g_new (double, n);

  hp_recording_sample (recording, HP_SERIES_RESIDENT_PAGES, n, lowest, values);
  paint_one (self, cr, HP_ROLE_SERIES_1, NULL, values, n, largest (values, n));
  hp_recording_sample (recording, HP_SERIES_FAULTS, n, lowest, values);
  paint_one (self, cr, HP_ROLE_SERIES_2, NULL, values, n, largest (values, n));
}

/* Over the heap, a line as high as the strip where all have happened: where it is steep, the program waits. */
static void
paint_faults (HpTimeline *self, cairo_t *cr, guint n)
{
  g_autofree double *lowest = g_new (double, n);
  g_autofree double *values = g_new (double, n);
  double most;

  hp_recording_sample (hp_session_recording (self->session), HP_SERIES_FAULTS, n, lowest, values);
  most = largest (values, n);
  set_colour (cr, &hp_theme_paint (self->theme, HP_TIMELINE_FAULTS_ROLE)->line, 1);
  cairo_set_line_width (cr, 1.5);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, i + 0.5, HEIGHT - 1.0 - values[i] / most * AREA_HEIGHT);
  cairo_stroke (cr);
}

HpRole
hp_timeline_collection_role (HpCollectionKind kind)
{
  return kind == HP_COLLECTION_FULL ? HP_ROLE_SERIES_3 : HP_ROLE_FAULT;
}

static void
paint_collections (HpTimeline *self, cairo_t *cr)
{
  const HpRecording *recording = hp_session_recording (self->session);
  double last = -LEAST_BAND;

  for (guint i = 0; i < hp_recording_n_collections (recording); i++)
    {
      const HpCollectionRecord *collection = hp_recording_collection (recording, i);
      gboolean full = collection->kind == HP_COLLECTION_FULL;
      double from = hp_timeline_x_of_step (self, collection->begin) - SIDE;
      double to = hp_timeline_x_of_step (self, MIN (collection->end, length (self))) - SIDE;

      /* Thousands of scavenges: one band a pixel is all that is seen. */
      if (!full && from < last)
        continue;
      last = MAX (to, from + LEAST_BAND);
      set_colour (cr, &hp_theme_paint (self->theme, hp_timeline_collection_role (collection->kind))->line, 0.9);
      cairo_rectangle (cr, from, TICKS_HEIGHT + 2, last - from, BAND_HEIGHT);
      cairo_fill (cr);
    }
}

/* Where references are told in stretches: hatched. */
static void
paint_summaries (HpTimeline *self, cairo_t *cr, guint width)
{
  const HpRecording *recording = hp_session_recording (self->session);

  cairo_save (cr);
  for (guint i = 0; i < hp_recording_n_summaries (recording); i++)
    {
      HpSummary summary = hp_recording_summary (recording, i);
      double from = hp_timeline_x_of_step (self, summary.begin) - SIDE;
      double to = hp_timeline_x_of_step (self, summary.end) - SIDE;

      cairo_rectangle (cr, from, TICKS_HEIGHT + 2, to - from, HEIGHT);
    }
  cairo_clip (cr);
  set_colour (cr, &hp_theme_paint (self->theme, HP_ROLE_TEXT)->text, HATCH_ALPHA);
  cairo_set_line_width (cr, 1);
  for (double x = 0; x < width + HEIGHT; x += HATCH_DISTANCE)
    {
      cairo_move_to (cr, x, 0);
      cairo_line_to (cr, x - HEIGHT, HEIGHT);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
paint_chapters (HpTimeline *self, cairo_t *cr)
{
  const HpRecording *recording = hp_session_recording (self->session);

  for (guint i = 0; i < hp_recording_n_places (recording); i++)
    {
      const HpPlace *place = hp_recording_place (recording, i);
      double x = hp_timeline_x_of_step (self, place->step) - SIDE;

      set_colour (cr, &hp_theme_paint (self->theme, HP_ROLE_TEXT)->text, place->is_chapter ? 1 : 0.5);
      cairo_move_to (cr, x - 4, 0);
      cairo_line_to (cr, x + 4, 0);
      cairo_line_to (cr, x, TICKS_HEIGHT);
      cairo_close_path (cr);
      cairo_fill (cr);
    }
}

static void
paint_strip (HpTimeline *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  guint n = (guint) CLAMP (strip_width (self), 1, MOST_COLUMNS);
  const HpColor *ground = &hp_theme_paint (self->theme, HP_ROLE_PANEL)->fill;
  cairo_t *cr;

  g_clear_pointer (&self->strip, cairo_surface_destroy);
  self->strip = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, ((int) n + 2 * (int) SIDE) * scale, HEIGHT * scale);
  cairo_surface_set_device_scale (self->strip, scale, scale);
  cr = cairo_create (self->strip);
  cairo_translate (cr, SIDE, 0);
  set_colour (cr, ground, 1);
  cairo_rectangle (cr, 0, TICKS_HEIGHT + 2, n, HEIGHT);
  cairo_fill (cr);
  if (hp_timeline_shows_pages (self))
    paint_pages (self, cr, n);
  else
    paint_heap (self, cr, n);
  if (!hp_timeline_shows_pages (self) && hp_timeline_shows_faults (self))
    paint_faults (self, cr, n);
  paint_summaries (self, cr, n);
  paint_collections (self, cr);
  paint_chapters (self, cr);
  cairo_destroy (cr);
  self->strip_is_stale = FALSE;
}

static void
append_strip (HpTimeline *self, GtkSnapshot *snapshot, double top)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, (float) top, (float) (strip_width (self) + 2 * SIDE), HEIGHT);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  cairo_set_source_surface (cr, self->strip, 0, top);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
append_playhead (HpTimeline *self, GtkSnapshot *snapshot, double top)
{
  double x = hp_timeline_x_of_step (self, hp_session_step (self->session));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT ((float) (x - SIDE), (float) top, 2 * SIDE, HEIGHT));

  set_colour (cr, &hp_theme_paint (self->theme, HP_ROLE_SELECTION)->line, 1);
  cairo_rectangle (cr, x - 1, top, 2, HEIGHT);
  cairo_fill (cr);
  cairo_arc (cr, x, top + 6, 5, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
hp_timeline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  HpTimeline *self = HP_TIMELINE (widget);
  double top = (gtk_widget_get_height (widget) - HEIGHT) / 2.0;

  if (!self->theme || !self->session || !hp_session_recording (self->session))
    return;
  if (self->strip_is_stale || !self->strip)
    paint_strip (self);
  append_strip (self, snapshot, top);
  append_playhead (self, snapshot, top);
}

static void
hp_timeline_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT;
}

static void
hp_timeline_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HP_TIMELINE (widget)->strip_is_stale = TRUE;
}

/* ---- following the session -------------------------------------------------------------------------------------- */

static void
invalidate (HpTimeline *self)
{
  self->strip_is_stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_value (HpTimeline *self)
{
  guint64 step = self->session ? hp_session_step (self->session) : 0;
  g_autofree char *text = hp_text_of_step (step, length (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  (double) length (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) step,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text,
                                  -1);
}

static void
on_step (HpTimeline *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_value (self);
}

static void
on_length (HpTimeline *self)
{
  invalidate (self);
  update_value (self);
}

void
hp_timeline_set_session (HpTimeline *self, HpSession *session)
{
  g_return_if_fail (HP_IS_TIMELINE (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    {
      g_signal_connect_swapped (session, "notify::step", G_CALLBACK (on_step), self);
      g_signal_connect_swapped (session, "notify::length", G_CALLBACK (on_length), self);
      g_signal_connect_swapped (session, "opened", G_CALLBACK (on_length), self);
    }
  on_length (self);
}

void
hp_timeline_set_theme (HpTimeline *self, const HpTheme *theme)
{
  g_return_if_fail (HP_IS_TIMELINE (self));

  self->theme = theme;
  invalidate (self);
}

/* ---- pointing --------------------------------------------------------------------------------------------------- */

static void
scrub (HpTimeline *self, double x)
{
  if (!self->session)
    return;
  hp_session_set_playing (self->session, FALSE);
  hp_session_seek_near (self->session, hp_timeline_step_at_x (self, x));
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, HpTimeline *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  scrub (self, x);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, HpTimeline *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    scrub (self, x + dx);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, HpTimeline *self)
{
  if (!self->session)
    return GDK_EVENT_PROPAGATE;
  if (dx + dy > 0)
    hp_session_next (self->session, hp_session_grain (self->session));
  else if (dx + dy < 0)
    hp_session_previous (self->session, hp_session_grain (self->session));
  return GDK_EVENT_STOP;
}

static char *
describe_collection (HpTimeline *self, const HpCollectionRecord *collection)
{
  const char *reason = hp_definitions_string (hp_recording_definitions (hp_session_recording (self->session)),
                                              collection->reason);
  const char *kind = collection->kind == HP_COLLECTION_FULL ? _ ("Mark-sweep-compact") : _ ("Scavenge");

  if (!reason || !*reason)
    return g_strdup_printf (_ ("%s %u, pause %.3f ms"), kind, collection->ordinal, (double) collection->pause_ns / 1e6);
  return g_strdup_printf (
      _ ("%s %u: %s, pause %.3f ms"), kind, collection->ordinal, reason, (double) collection->pause_ns / 1e6);
}

/* The last place at or before @step. */
static const char *
place_text (HpTimeline *self, guint64 step)
{
  HpRecording *recording = hp_session_recording (self->session);
  const HpPlace *found = NULL;

  for (guint i = 0; i < hp_recording_n_places (recording); i++)
    if (hp_recording_place (recording, i)->step <= step)
      found = hp_recording_place (recording, i);
  return found ? hp_definitions_string (hp_recording_definitions (recording), found->text) : NULL;
}

static void
append_waiting (HpTimeline *self, guint64 step, GString *text)
{
  guint64 passed, waiting;

  hp_recording_measure_waiting (hp_session_recording (self->session), step, HP_PRESSURE_WINDOW_NS, &passed, &waiting);
  if (waiting > 0)
    g_string_append_printf (text,
                            _ ("\nOf the last %.3g ms, %.0f %% waiting for pages"),
                            (double) passed / 1e6,
                            100.0 * (double) waiting / (double) passed);
}

static gboolean
hp_timeline_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  HpTimeline *self = HP_TIMELINE (widget);
  guint64 step = hp_timeline_step_at_x (self, x);
  const HpCollectionRecord *collection;
  g_autofree char *place = hp_text_of_step (step, length (self));
  g_autoptr (GString) text = g_string_new (place);

  if (!self->session || !hp_session_recording (self->session))
    return FALSE;
  if (hp_recording_is_summarised (hp_session_recording (self->session), step))
    g_string_append_printf (text, "\n%s", _ ("References are told in stretches here"));
  if (place_text (self, step))
    g_string_append_printf (text, "\n%s", place_text (self, step));
  append_waiting (self, step, text);
  collection = hp_recording_collection_at (hp_session_recording (self->session), step);
  if (collection)
    {
      g_autofree char *sentence = describe_collection (self, collection);
      g_string_append_printf (text, "\n%s", sentence);
    }
  gtk_tooltip_set_text (tooltip, text->str);
  return TRUE;
}

static void
add_controllers (HpTimeline *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES
                                                                | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_timeline_dispose (GObject *object)
{
  HpTimeline *self = HP_TIMELINE (object);

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->strip, cairo_surface_destroy);
  G_OBJECT_CLASS (hp_timeline_parent_class)->dispose (object);
}

static void
hp_timeline_class_init (HpTimelineClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_timeline_dispose;
  widget_class->snapshot = hp_timeline_snapshot;
  widget_class->measure = hp_timeline_measure;
  widget_class->size_allocate = hp_timeline_size_allocate;
  widget_class->query_tooltip = hp_timeline_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
hp_timeline_init (HpTimeline *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Timeline"), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0, -1);
  add_controllers (self);
}

GtkWidget *
hp_timeline_new (void)
{
  return g_object_new (HP_TYPE_TIMELINE, NULL);
}
