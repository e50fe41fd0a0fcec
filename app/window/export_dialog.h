/* export_dialog.h - saves the picture of the present step as PNG, SVG or PDF
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include "viewer.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_EXPORT_DIALOG (hp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HpExportDialog, hp_export_dialog, HP, EXPORT_DIALOG, AdwWindow)

/**
 * HpExportDialog:
 *
 * Signal "saved" (const char *sentence): the file is written; the dialog is closed.
 *
 * The picture is made at once: what the session does later does not change it.
 */
HpExportDialog *hp_export_dialog_new (GtkWindow *parent, HpSession *session, HpViewer *viewer, const HpTheme *theme);

G_END_DECLS
