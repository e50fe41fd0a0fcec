/* inspector.c - what is selected: facts, what refers to it, what it refers to
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "inspector.h"

#include "subject.h"

#include <glib/gi18n.h>

/* Finding who refers to an object walks the heap: not more often than this while stepping fast. */
#define PAUSE_MSEC 60

struct _HpInspector
{
  GtkBox parent_instance;

  GtkLabel *title;
  GtkLabel *kind;
  GtkBox *parts;

  HpSession *session; /* owned */
  guint update_id;
};

G_DEFINE_FINAL_TYPE (HpInspector, hp_inspector, GTK_TYPE_BOX)

/* ---- rows ------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_label (const char *text, float xalign, gboolean dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
make_row (const HpSubjectRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *value = make_label (row->value, 1, FALSE);
  GtkWidget *item = gtk_list_box_row_new ();
  g_autofree char *label = g_strdup_printf ("%s: %s", row->name, row->value);
  gboolean leads = row->target.kind != HP_TARGET_NONE;

  gtk_widget_set_hexpand (value, TRUE);
  gtk_box_append (GTK_BOX (box), make_label (row->name, 0, TRUE));
  gtk_box_append (GTK_BOX (box), value);
  if (leads)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("hp-go-to-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (item), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (item), leads);
  gtk_widget_set_focusable (item, leads);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (item), "target", g_memdup2 (&row->target, sizeof row->target), g_free);
  return item;
}

static void
on_row (GtkListBox *list, GtkListBoxRow *row, HpInspector *self)
{
  const HpTarget *target = g_object_get_data (G_OBJECT (row), "target");

  if (target->kind != HP_TARGET_NONE)
    hp_session_select (self->session, *target);
}

static void
add_part (HpInspector *self, const HpSubjectPart *part)
{
  GtkWidget *list;

  if (part->rows->len == 0 && !part->none)
    return;
  if (part->heading)
    {
      GtkWidget *heading = make_label (part->heading, 0, FALSE);
      gtk_widget_add_css_class (heading, "caption-heading");
      gtk_box_append (self->parts, heading);
    }
  if (part->rows->len == 0)
    {
      gtk_box_append (self->parts, make_label (part->none, 0, TRUE));
      return;
    }
  list = gtk_list_box_new ();
  gtk_widget_add_css_class (list, "inspector-rows");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  if (part->heading)
    gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, part->heading, -1);
  for (guint i = 0; i < part->rows->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (g_ptr_array_index (part->rows, i)));
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row), self);
  gtk_box_append (self->parts, list);
}

/* ---- following the session -------------------------------------------------------------------------------------- */

static void
clear_parts (HpInspector *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->parts))))
    gtk_box_remove (self->parts, child);
}

static void
say_why_empty (HpInspector *self, HpTarget selection)
{
  gboolean nothing = selection.kind == HP_TARGET_NONE;

  gtk_label_set_text (self->title, nothing ? _ ("Nothing selected") : _ ("Not there at this step"));
  gtk_widget_set_visible (GTK_WIDGET (self->kind), FALSE);
  gtk_box_append (self->parts,
                  make_label (nothing ? _ ("Click an object, a stack frame or a page in the picture, or press Down.")
                                      : _ ("What is selected does not exist yet, or no longer."),
                              0,
                              TRUE));
}

static void
fill (HpInspector *self)
{
  HpTarget selection = hp_session_selection (self->session);
  g_autoptr (HpSubject) subject = NULL;

  if (hp_session_moment (self->session))
    subject = hp_subject_new (hp_session_recording (self->session), hp_session_moment (self->session), selection);
  if (!subject)
    {
      say_why_empty (self, selection);
      return;
    }
  gtk_label_set_text (self->title, subject->title);
  gtk_label_set_text (self->kind, subject->kind);
  gtk_widget_set_visible (GTK_WIDGET (self->kind), TRUE);
  for (guint i = 0; i < subject->parts->len; i++)
    add_part (self, g_ptr_array_index (subject->parts, i));
}

/* Who walks from row to row by keyboard stays in the list. */
static void
update (HpInspector *self)
{
  GtkWidget *parts = GTK_WIDGET (self->parts);
  gboolean had_focus = gtk_widget_get_focus_child (parts) != NULL;

  clear_parts (self);
  fill (self);
  if (had_focus)
    gtk_widget_child_focus (parts, GTK_DIR_TAB_FORWARD);
}

static gboolean
on_pause_over (gpointer data)
{
  HpInspector *self = data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
on_step (HpInspector *self)
{
  if (self->update_id == 0)
    self->update_id = g_timeout_add (PAUSE_MSEC, on_pause_over, self);
}

static void
on_selected (HpInspector *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  update (self);
}

void
hp_inspector_set_session (HpInspector *self, HpSession *session)
{
  g_return_if_fail (HP_IS_INSPECTOR (self));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "notify::step", G_CALLBACK (on_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "opened", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  update (self);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_inspector_dispose (GObject *object)
{
  HpInspector *self = HP_INSPECTOR (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_INSPECTOR);
  G_OBJECT_CLASS (hp_inspector_parent_class)->dispose (object);
}

static void
hp_inspector_class_init (HpInspectorClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_inspector_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, HpInspector, title);
  gtk_widget_class_bind_template_child (widget_class, HpInspector, kind);
  gtk_widget_class_bind_template_child (widget_class, HpInspector, parts);
}

static void
hp_inspector_init (HpInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
