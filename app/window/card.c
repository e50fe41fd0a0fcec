/* card.c - one scenario in the gallery, with a live thumbnail
 *
 * The thumbnail is a real rendering: a worker runs the scenario, and the view draws the step at which memory was
 * fullest.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "card.h"

#include "picture.h"

#include <glib/gi18n.h>

/* A thumbnail needs no more, and a scenario may run for long. */
#define MOST_EVENTS 100000
#define MOST_MIB 512
#define SAMPLES 200
#define THUMBNAIL_SCALE 0.5

struct _HpCard
{
  GtkFlowBoxChild parent_instance;

  GtkPicture *picture;
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *description;

  const HpManifest *manifest; /* borrowed from the host */
  const char *action;         /* of cards without a scenario */
  const HpTheme *theme;
  HpWorker *worker;       /* while it runs */
  HpRecording *recording; /* what it made so far */
  HpViewer *viewer;
  HpScene *scene; /* kept to be painted anew when the theme changes */
};

G_DEFINE_FINAL_TYPE (HpCard, hp_card, GTK_TYPE_FLOW_BOX_CHILD)

enum
{
  READY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- the thumbnail ---------------------------------------------------------------------------------------------- */

/* The end of the statement at which most bytes were in use: a picture of the start or the end would be empty. */
static guint64
telling_step (const HpRecording *recording)
{
  double lowest[SAMPLES], new[SAMPLES], old[SAMPLES];
  guint64 length = hp_recording_length (recording);
  guint best = 0;

  hp_recording_sample (recording, HP_SERIES_NEW_BYTES, SAMPLES, lowest, new);
  hp_recording_sample (recording, HP_SERIES_OLD_BYTES, SAMPLES, lowest, old);
  for (guint i = 1; i < SAMPLES; i++)
    if (new[i] + old[i] > new[best] + old[best])
      best = i;
  if (length == 0)
    return 0;
  return hp_recording_next (recording, length * best / SAMPLES, HP_GRAIN_STATEMENT);
}

static void
build_scene (HpCard *self)
{
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (self->recording));

  hp_recording_seek (self->recording, moment, telling_step (self->recording));
  self->scene = hp_scene_new ();
  hp_viewer_build (self->viewer, self->recording, moment, HP_PICTURE_WIDTH, HP_PICTURE_HEIGHT, self->scene);
}

static void
show_thumbnail (HpCard *self)
{
  HpExportOptions options = { .theme = self->theme, .scale = THUMBNAIL_SCALE };
  g_autoptr (GdkTexture) texture = NULL;

  if (!self->scene || !self->theme)
    return;
  texture = hp_picture_new (self->scene, &options, NULL);
  if (!texture)
    return;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_widget_set_opacity (GTK_WIDGET (self->icon), 0);
}

/* A run that failed leaves the icon: the person sees why on opening it. */
static void
on_ended (HpCard *self)
{
  g_clear_object (&self->worker);
  if (hp_recording_length (self->recording) > 0)
    {
      build_scene (self);
      show_thumbnail (self);
    }
  g_clear_pointer (&self->recording, hp_recording_free);
  g_signal_emit (self, signals[READY], 0);
}

/* A scenario that hangs must not keep the cards behind it waiting. */
static void
on_silent (HpCard *self)
{
  hp_worker_stop (self->worker);
  on_ended (self);
}

void
hp_card_start_thumbnail (HpCard *self, HpHost *host)
{
  static const HpWorkerLimits limits = { MOST_MIB, MOST_EVENTS };
  g_autoptr (HpPlan) plan = NULL;

  g_return_if_fail (HP_IS_CARD (self) && self->manifest && !self->worker);

  self->viewer = hp_viewer_new (host, self->manifest->view, NULL);
  if (!self->viewer)
    self->viewer = hp_viewer_new (host, NULL, NULL);
  plan = hp_plan_new (self->manifest->id);
  self->recording = hp_recording_new ();
  self->worker = hp_worker_new (self->recording);
  if (self->viewer && hp_worker_run (self->worker, plan, &limits, NULL))
    {
      g_signal_connect_swapped (self->worker, "ended", G_CALLBACK (on_ended), self);
      g_signal_connect_swapped (self->worker, "notify::silent", G_CALLBACK (on_silent), self);
      return;
    }
  g_clear_object (&self->worker);
  g_signal_emit (self, signals[READY], 0);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

void
hp_card_set_theme (HpCard *self, const HpTheme *theme)
{
  g_return_if_fail (HP_IS_CARD (self));

  self->theme = theme;
  show_thumbnail (self);
}

void
hp_card_set_scenario (HpCard *self, const HpManifest *manifest)
{
  g_return_if_fail (HP_IS_CARD (self));

  self->manifest = manifest;
}

const HpManifest *
hp_card_scenario (HpCard *self)
{
  return self->manifest;
}

void
hp_card_set_action (HpCard *self, const char *action)
{
  g_return_if_fail (HP_IS_CARD (self));

  self->action = action;
}

const char *
hp_card_action (HpCard *self)
{
  return self->action;
}

static void
hp_card_dispose (GObject *object)
{
  HpCard *self = HP_CARD (object);

  if (self->worker)
    {
      g_signal_handlers_disconnect_by_data (self->worker, self);
      hp_worker_stop (self->worker);
    }
  g_clear_object (&self->worker);
  g_clear_pointer (&self->recording, hp_recording_free);
  g_clear_pointer (&self->scene, hp_scene_free);
  g_clear_pointer (&self->viewer, hp_viewer_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_CARD);
  G_OBJECT_CLASS (hp_card_parent_class)->dispose (object);
}

static void
hp_card_class_init (HpCardClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_card_dispose;
  signals[READY] = g_signal_new ("ready", HP_TYPE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/card.ui");
  gtk_widget_class_bind_template_child (widget_class, HpCard, picture);
  gtk_widget_class_bind_template_child (widget_class, HpCard, icon);
  gtk_widget_class_bind_template_child (widget_class, HpCard, name);
  gtk_widget_class_bind_template_child (widget_class, HpCard, description);
}

static void
hp_card_init (HpCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hp_card_new (const char *name, const char *description, const char *icon)
{
  HpCard *self = g_object_new (HP_TYPE_CARD, NULL);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->description, description ? description : "");
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "",
                                  -1);
  return GTK_WIDGET (self);
}
