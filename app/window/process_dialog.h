/* process_dialog.h - picks one of the person's own processes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_PROCESS_DIALOG (hp_process_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HpProcessDialog, hp_process_dialog, HP, PROCESS_DIALOG, AdwWindow)

/**
 * HpProcessDialog:
 *
 * Signal "chosen" (HpProcess *): it is opened, and can be watched; the dialog is closed.
 */
HpProcessDialog *hp_process_dialog_new (GtkWindow *parent);

G_END_DECLS
