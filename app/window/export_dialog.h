/* export_dialog.h - saves a picture as PNG, SVG or PDF
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_EXPORT_DIALOG (hp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HpExportDialog, hp_export_dialog, HP, EXPORT_DIALOG, AdwWindow)

/**
 * HpExportDialog:
 *
 * Signal "saved" (const char *sentence): the file is written; the dialog is closed.
 */

/**
 * hp_export_dialog_new:
 * @scene: (transfer full): the picture
 * @selected: what can be shown as selected; nothing: there is no such choice
 * @name: what the picture is of: letters and digits of it become the proposed file name
 * @theme: the colours that are proposed
 */
HpExportDialog *
hp_export_dialog_new (GtkWindow *parent, HpScene *scene, HpTarget selected, const char *name, const HpTheme *theme);

G_END_DECLS
