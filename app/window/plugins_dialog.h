/* plugins_dialog.h - which plugins there are, and which were refused and why
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_PLUGINS_DIALOG (hp_plugins_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HpPluginsDialog, hp_plugins_dialog, HP, PLUGINS_DIALOG, AdwPreferencesWindow)

GtkWindow *hp_plugins_dialog_new (GtkWindow *parent, HpHost *host);

G_END_DECLS
