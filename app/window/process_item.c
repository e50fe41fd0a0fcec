/* process_item.c - a process as a row of a list
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "process_item.h"

#include "scene/chart.h"

#include <glib/gi18n.h>

struct _HpProcessItem
{
  GObject parent_instance;

  guint pid;
  char *name;
  char *command;
  char *sought; /* all that can be searched for, case folded */
  guint64 resident;
};

G_DEFINE_FINAL_TYPE (HpProcessItem, hp_process_item, G_TYPE_OBJECT)

static void
hp_process_item_finalize (GObject *object)
{
  HpProcessItem *self = HP_PROCESS_ITEM (object);

  g_free (self->name);
  g_free (self->command);
  g_free (self->sought);
  G_OBJECT_CLASS (hp_process_item_parent_class)->finalize (object);
}

static void
hp_process_item_class_init (HpProcessItemClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_process_item_finalize;
}

static void
hp_process_item_init (HpProcessItem *self)
{
}

HpProcessItem *
hp_process_item_new (const HpProcessInfo *info)
{
  HpProcessItem *self = g_object_new (HP_TYPE_PROCESS_ITEM, NULL);
  g_autofree char *all = g_strdup_printf ("%s %s %u", info->name, info->command, info->pid);

  self->pid = info->pid;
  self->name = g_strdup (info->name);
  self->command = g_strdup (info->command);
  self->sought = g_utf8_casefold (all, -1);
  self->resident = info->resident;
  return self;
}

guint
hp_process_item_pid (HpProcessItem *self)
{
  g_return_val_if_fail (HP_IS_PROCESS_ITEM (self), 0);

  return self->pid;
}

gboolean
hp_process_item_matches (HpProcessItem *self, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_return_val_if_fail (HP_IS_PROCESS_ITEM (self), FALSE);

  return strstr (self->sought, folded) != NULL;
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

/* The labels of a row, as its box holds them. */
enum
{
  NAME,
  COMMAND,
  PID,
  RESIDENT,
  N_LABELS
};

static GtkLabel *
label_of (GtkListItem *item, guint i)
{
  GtkWidget **labels = g_object_get_data (G_OBJECT (item), "labels");

  return GTK_LABEL (labels[i]);
}

static GtkWidget *
new_label (const char *style, int characters, float align)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, style);
  gtk_label_set_xalign (GTK_LABEL (label), align);
  gtk_label_set_width_chars (GTK_LABEL (label), characters);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget **labels = g_new (GtkWidget *, N_LABELS);

  labels[NAME] = new_label ("heading", -1, 0);
  labels[COMMAND] = new_label ("dim-label", -1, 0);
  labels[PID] = new_label ("numeric", 8, 1);
  labels[RESIDENT] = new_label ("numeric", 9, 1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), labels[NAME]);
  gtk_box_append (GTK_BOX (texts), labels[COMMAND]);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_box_append (GTK_BOX (row), labels[PID]);
  gtk_box_append (GTK_BOX (row), labels[RESIDENT]);
  gtk_widget_add_css_class (row, "process-row");
  gtk_list_item_set_child (item, row);
  g_object_set_data_full (G_OBJECT (item), "labels", labels, g_free);
}

/* For who cannot see that the numbers are a PID and a size. */
static void
say_row (GtkWidget *row, const char *name, const char *pid, const char *resident)
{
  g_autofree char *sentence = g_strdup_printf (_ ("%s, process %s, %s resident"), name, pid, resident);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  HpProcessItem *process = gtk_list_item_get_item (item);
  g_autofree char *pid = g_strdup_printf ("%u", process->pid);
  g_autofree char *resident = hp_chart_text (HP_CHART_BYTES, (double) process->resident);

  gtk_label_set_text (label_of (item, NAME), process->name);
  gtk_label_set_text (label_of (item, COMMAND), process->command);
  gtk_label_set_text (label_of (item, PID), pid);
  gtk_label_set_text (label_of (item, RESIDENT), resident);
  say_row (gtk_list_item_get_child (item), process->name, pid, resident);
}

GtkListItemFactory *
hp_process_item_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  return factory;
}
