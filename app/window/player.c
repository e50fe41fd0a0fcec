/* player.c - timeline, buttons, grain and speed, bound to the session
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "player.h"

#include "text.h"
#include "timeline.h"

#include <glib/gi18n.h>
#include <math.h>

/* Steps a second. */
static const double speeds[] = { 0.5, 1, 2, 5, 10, 30, 100, 1000 };

struct _HpPlayer
{
  GtkBox parent_instance;

  HpTimeline *timeline;
  GtkDropDown *grain;
  GtkDropDown *speed;
  GtkLabel *legend;
  GtkLabel *position;
  GtkButton *play_button;
  GtkWidget *previous_collection, *next_collection;
  GtkWidget *previous_fault, *next_fault;

  HpSession *session; /* owned */
  const HpTheme *theme;
};

G_DEFINE_FINAL_TYPE (HpPlayer, hp_player, GTK_TYPE_BOX)

/* ---- what the colours of the timeline mean ---------------------------------------------------------------------- */

static void
append_meaning (GString *markup, const HpColor *colour, const char *sign, const char *meaning)
{
  g_autofree char *escaped = g_markup_escape_text (meaning, -1);

  g_string_append_printf (markup,
                          "<span foreground=\"#%02x%02x%02x\">%s</span>\302\240%s    ",
                          (guint) (colour->r * 255 + 0.5),
                          (guint) (colour->g * 255 + 0.5),
                          (guint) (colour->b * 255 + 0.5),
                          sign,
                          escaped);
}

static void
append_heap_meanings (GString *markup, const HpTheme *theme)
{
  append_meaning (markup, &hp_theme_paint (theme, HP_ROLE_SERIES_1)->line, "■", _ ("bytes in new space"));
  append_meaning (markup, &hp_theme_paint (theme, HP_ROLE_SERIES_2)->line, "■", _ ("bytes in the old generation"));
  append_meaning (
      markup, &hp_theme_paint (theme, hp_timeline_collection_role (HP_COLLECTION_YOUNG))->line, "▬", _ ("scavenge"));
  append_meaning (markup,
                  &hp_theme_paint (theme, hp_timeline_collection_role (HP_COLLECTION_FULL))->line,
                  "▬",
                  _ ("mark-sweep-compact"));
}

static void
append_page_meanings (GString *markup, const HpTheme *theme)
{
  append_meaning (markup, &hp_theme_paint (theme, HP_ROLE_SERIES_1)->line, "■", _ ("pages in RAM"));
  append_meaning (markup, &hp_theme_paint (theme, HP_ROLE_SERIES_2)->line, "■", _ ("page faults so far"));
}

static void
show_legend (HpPlayer *self)
{
  g_autoptr (GString) markup = g_string_new (NULL);

  if (!self->theme)
    return;
  if (hp_timeline_shows_pages (self->timeline))
    append_page_meanings (markup, self->theme);
  else
    append_heap_meanings (markup, self->theme);
  if (!hp_timeline_shows_pages (self->timeline) && hp_timeline_shows_faults (self->timeline))
    append_meaning (
        markup, &hp_theme_paint (self->theme, HP_TIMELINE_FAULTS_ROLE)->line, "━", _ ("page faults so far"));
  if (hp_timeline_shows_stretches (self->timeline))
    append_meaning (markup, &hp_theme_paint (self->theme, HP_ROLE_TEXT)->text, "▨", _ ("told in stretches"));
  append_meaning (markup, &hp_theme_paint (self->theme, HP_ROLE_TEXT)->text, "▼", _ ("chapter"));
  gtk_label_set_markup (self->legend, markup->str);
}

/* A trace has no collections to jump to, but page faults. */
static void
show_jumps (HpPlayer *self)
{
  gboolean pages = hp_timeline_shows_pages (self->timeline);

  gtk_widget_set_visible (self->previous_collection, !pages);
  gtk_widget_set_visible (self->next_collection, !pages);
  gtk_widget_set_visible (self->previous_fault, pages);
  gtk_widget_set_visible (self->next_fault, pages);
}

/* ---- what the session says -------------------------------------------------------------------------------------- */

static void
show_position (HpPlayer *self)
{
  g_autofree char *text = hp_text_of_step (hp_session_step (self->session), hp_session_length (self->session));

  gtk_label_set_text (self->position, text);
}

static void
show_playing (HpPlayer *self)
{
  gboolean playing = hp_session_playing (self->session);

  gtk_button_set_icon_name (self->play_button, playing ? "hp-pause-symbolic" : "hp-play-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button), playing ? _ ("Pause (Space)") : _ ("Play (Space)"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL, playing ? _ ("Pause") : _ ("Play"), -1);
}

/* The list goes from coarse to fine, HpGrain from fine to coarse. */
static void
show_grain (HpPlayer *self)
{
  HpGrain grain = hp_session_grain (self->session);

  if (grain <= HP_GRAIN_STATEMENT)
    gtk_drop_down_set_selected (self->grain, HP_GRAIN_STATEMENT - grain);
}

static void
show_speed (HpPlayer *self)
{
  double speed = hp_session_speed (self->session);
  guint nearest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (speeds); i++)
    if (fabs (log (speeds[i] / speed)) < fabs (log (speeds[nearest] / speed)))
      nearest = i;
  gtk_drop_down_set_selected (self->speed, nearest);
}

/* ---- what the person says --------------------------------------------------------------------------------------- */

static void
on_grain (HpPlayer *self)
{
  guint selected = gtk_drop_down_get_selected (self->grain);

  if (self->session && selected <= HP_GRAIN_STATEMENT)
    hp_session_set_grain (self->session, (HpGrain) (HP_GRAIN_STATEMENT - selected));
}

static void
on_speed (HpPlayer *self)
{
  guint selected = gtk_drop_down_get_selected (self->speed);

  if (self->session && selected < G_N_ELEMENTS (speeds))
    hp_session_set_speed (self->session, speeds[selected]);
}

void
hp_player_set_session (HpPlayer *self, HpSession *session)
{
  g_return_if_fail (HP_IS_PLAYER (self));

  g_set_object (&self->session, session);
  hp_timeline_set_session (self->timeline, session);
  g_signal_connect_object (session, "notify::step", G_CALLBACK (show_position), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::length", G_CALLBACK (show_position), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::length", G_CALLBACK (show_legend), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::length", G_CALLBACK (show_jumps), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::playing", G_CALLBACK (show_playing), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::grain", G_CALLBACK (show_grain), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::speed", G_CALLBACK (show_speed), self, G_CONNECT_SWAPPED);
  show_position (self);
  show_playing (self);
  show_grain (self);
  show_speed (self);
}

void
hp_player_set_theme (HpPlayer *self, const HpTheme *theme)
{
  self->theme = theme;
  show_legend (self);
  hp_timeline_set_theme (self->timeline, theme);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
fill_speeds (HpPlayer *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      /* Translators: how many steps a second the player makes */
      g_autofree char *text = g_strdup_printf (_ ("%g / s"), speeds[i]);
      gtk_string_list_append (list, text);
    }
  gtk_drop_down_set_model (self->speed, G_LIST_MODEL (list));
}

static void
hp_player_dispose (GObject *object)
{
  HpPlayer *self = HP_PLAYER (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_PLAYER);
  G_OBJECT_CLASS (hp_player_parent_class)->dispose (object);
}

static void
hp_player_class_init (HpPlayerClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (HP_TYPE_TIMELINE);
  G_OBJECT_CLASS (class)->dispose = hp_player_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/player.ui");
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, timeline);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, grain);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, speed);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, legend);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, position);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, play_button);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, previous_collection);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, next_collection);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, previous_fault);
  gtk_widget_class_bind_template_child (widget_class, HpPlayer, next_fault);
}

static void
hp_player_init (HpPlayer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_speeds (self);
  g_signal_connect_swapped (self->grain, "notify::selected", G_CALLBACK (on_grain), self);
  g_signal_connect_swapped (self->speed, "notify::selected", G_CALLBACK (on_speed), self);
}
