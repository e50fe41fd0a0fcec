/* control.c - the widget that edits one parameter of a settings table
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "control.h"

#include <glib/gi18n.h>

#define LARGEST_SPIN 1e9

static GtkWidget *
switch_new (const char *value)
{
  GtkWidget *control = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (control), g_strcmp0 (value, "true") == 0);
  gtk_widget_set_halign (control, GTK_ALIGN_START);
  return control;
}

static GtkWidget *
choice_new (const char *choices, const char *value)
{
  g_auto (GStrv) list = g_strsplit (choices, "|", -1);
  GtkWidget *control = gtk_drop_down_new_from_strings ((const char *const *) list);

  for (guint i = 0; list[i]; i++)
    if (g_strcmp0 (list[i], value) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (control), i);
  return control;
}

static GtkWidget *
spin_new (const HpParameter *parameter, const char *value)
{
  gboolean whole = parameter->type == HP_PARAMETER_INTEGER;
  GtkWidget *control = gtk_spin_button_new_with_range (parameter->min, parameter->max, whole ? 1 : 0.1);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (control), whole ? 0 : 2);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (control), g_ascii_strtod (value, NULL));
  return control;
}

static GtkWidget *
entry_new (const char *value)
{
  GtkWidget *control = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (control), value);
  return control;
}

static GtkWidget *
control_of_type (const HpParameter *parameter, const char *value)
{
  switch (parameter->type)
    {
    case HP_PARAMETER_BOOLEAN:
      return switch_new (value);
    case HP_PARAMETER_CHOICE:
      return choice_new (parameter->choices, value);
    case HP_PARAMETER_INTEGER:
    case HP_PARAMETER_NUMBER:
      /* A spin button with an endless range asks for endless width. */
      if (parameter->max <= LARGEST_SPIN)
        return spin_new (parameter, value);
      return entry_new (value);
    default:
      return entry_new (value);
    }
}

GtkWidget *
hp_control_new (const HpParameter *parameter, const char *value)
{
  const char *text = value ? value : parameter->fallback;
  GtkWidget *control = control_of_type (parameter, text ? text : "");

  gtk_widget_set_hexpand (control, TRUE);
  gtk_widget_set_tooltip_text (control, parameter->help ? _ (parameter->help) : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, parameter->name, -1);
  return control;
}

char *
hp_control_text (GtkWidget *control)
{
  if (GTK_IS_SWITCH (control))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (control)) ? "true" : "false");
  if (GTK_IS_DROP_DOWN (control))
    return g_strdup (gtk_string_object_get_string (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (control))));
  if (GTK_IS_SPIN_BUTTON (control))
    {
      GtkSpinButton *spin = GTK_SPIN_BUTTON (control);
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      /* The text, not the value, is what the person typed last. */
      gtk_spin_button_update (spin);
      return g_strdup (g_ascii_dtostr (text, sizeof text, gtk_spin_button_get_value (spin)));
    }
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (control)));
}
