/* explanation.c - what happens now, in words, and the line of the program that does it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "explanation.h"

#include <glib/gi18n.h>
#include <gtksourceview/gtksource.h>

struct _HpExplanation
{
  GtkBox parent_instance;

  GtkLabel *chapter;
  GtkLabel *text;
  GtkLabel *action;
  GtkButton *detail;
  GtkScrolledWindow *source_scroller;
  GtkSourceView *source;
  GtkSourceBuffer *buffer;

  HpSession *session; /* owned */
  GtkTextTag *here;   /* owned by the buffer */
  guint32 shown_source;
};

G_DEFINE_FINAL_TYPE (HpExplanation, hp_explanation, GTK_TYPE_BOX)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

/* Sentences of the engine put names of the program between back-quotes. */
static char *
markup_of_sentence (const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  g_auto (GStrv) parts = g_strsplit (escaped, "`", -1);
  g_autoptr (GString) markup = g_string_new (NULL);
  guint n = g_strv_length (parts);

  /* An odd back-quote out stands for itself. */
  if (n % 2 == 0)
    return g_steal_pointer (&escaped);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (markup, i % 2 == 1 ? "<tt>%s</tt>" : "%s", parts[i]);
  return g_string_free (g_steal_pointer (&markup), FALSE);
}

static void
set_sentence (GtkLabel *label, const char *sentence)
{
  g_autofree char *markup = markup_of_sentence (sentence ? sentence : "");

  gtk_label_set_markup (label, markup);
  gtk_widget_set_tooltip_markup (GTK_WIDGET (label), markup);
  gtk_widget_set_visible (GTK_WIDGET (label), sentence && *sentence);
}

/* ---- the program ------------------------------------------------------------------------------------------------ */

static void
show_program (HpExplanation *self, const HpSource *source)
{
  GtkSourceLanguage *language = NULL;

  if (source->id == self->shown_source)
    return;
  self->shown_source = source->id;
  language = gtk_source_language_manager_guess_language (
      gtk_source_language_manager_get_default (), source->name, NULL);
  gtk_source_buffer_set_language (self->buffer, language);
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), source->text, -1);
}

static void
show_line (HpExplanation *self, guint line)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->here, &start, &end);
  if (line == 0)
    return;
  gtk_text_buffer_get_iter_at_line (buffer, &start, (int) line - 1);
  end = start;
  gtk_text_iter_forward_line (&end);
  gtk_text_buffer_apply_tag (buffer, self->here, &start, &end);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source), gtk_text_buffer_get_insert (buffer), 0.2, FALSE, 0, 0.5);
}

static void
show_source (HpExplanation *self, const HpMoment *moment)
{
  const HpSource *source = hp_definitions_source (hp_moment_definitions (moment), hp_moment_source (moment));
  g_autofree char *label = NULL;
  guint line = HP_LOCATION_LINE (hp_moment_location (moment));

  /* Between two statements of the same program the listing stays, or the pane would flicker. */
  gtk_widget_set_visible (GTK_WIDGET (self->source_scroller), source || self->shown_source);
  if (!source)
    return;
  show_program (self, source);
  show_line (self, line);
  label = g_strdup_printf (_ ("%s, line %u"), source->name, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->source), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* ---- in words --------------------------------------------------------------------------------------------------- */

static void
on_step (HpExplanation *self)
{
  HpRecording *recording = hp_session_recording (self->session);
  HpMoment *moment = hp_session_moment (self->session);
  g_autofree char *action = NULL;

  if (!recording)
    return;
  if (hp_session_length (self->session) == 0)
    action = NULL;
  else if (hp_session_step (self->session) > 0)
    action = hp_recording_explain (recording, moment, hp_session_unit (self->session));
  else
    action = g_strdup (_ ("Before the first step: memory is empty. Step forward or play."));
  set_text (self->chapter, hp_moment_chapter (moment));
  set_text (self->text, hp_moment_explanation (moment));
  /* What the scenario says about a statement may be all there is to say. */
  set_sentence (self->action, g_strcmp0 (action, hp_moment_explanation (moment)) != 0 ? action : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), hp_session_is_summarised (self->session));
  show_source (self, moment);
}

static void
on_opened (HpExplanation *self)
{
  self->shown_source = 0;
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), "", 0);
  gtk_widget_set_visible (GTK_WIDGET (self->source_scroller), FALSE);
  on_step (self);
}

void
hp_explanation_set_session (HpExplanation *self, HpSession *session)
{
  g_return_if_fail (HP_IS_EXPLANATION (self));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "notify::step", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::grain", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  on_opened (self);
}

void
hp_explanation_set_dark (HpExplanation *self, gboolean dark)
{
  GtkSourceStyleScheme *scheme = gtk_source_style_scheme_manager_get_scheme (
      gtk_source_style_scheme_manager_get_default (), dark ? "Adwaita-dark" : "Adwaita");

  g_return_if_fail (HP_IS_EXPLANATION (self));

  gtk_source_buffer_set_style_scheme (self->buffer, scheme);
  g_object_set (self->here, "paragraph-background", dark ? "#4f4620" : "#fbeeb5", NULL);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_explanation_dispose (GObject *object)
{
  HpExplanation *self = HP_EXPLANATION (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_EXPLANATION);
  G_OBJECT_CLASS (hp_explanation_parent_class)->dispose (object);
}

static void
hp_explanation_class_init (HpExplanationClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_BUFFER);
  G_OBJECT_CLASS (class)->dispose = hp_explanation_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/explanation.ui");
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, chapter);
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, text);
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, action);
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, detail);
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, source_scroller);
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, source);
  gtk_widget_class_bind_template_child (widget_class, HpExplanation, buffer);
}

static void
hp_explanation_init (HpExplanation *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->here = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), "here", NULL);
}
