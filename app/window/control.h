/* control.h - the widget that edits one parameter of a settings table
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/settings.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** @value: (nullable): the text to begin with; NULL is the default */
GtkWidget *hp_control_new (const HpParameter *parameter, const char *value);
/** The value as hp_settings_set() reads it. (transfer full) */
char *hp_control_text (GtkWidget *control);

G_END_DECLS
