/* program_dialog.h - an editor for a JavaScript program: paste it, run it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_PROGRAM_DIALOG (hp_program_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HpProgramDialog, hp_program_dialog, HP, PROGRAM_DIALOG, AdwWindow)

/**
 * HpProgramDialog:
 *
 * Signal "run" (GFile *, gboolean small): the program is in that file, to be run in a small memory; the dialog is
 * closed.
 *
 * hp_program_dialog_new:
 * @file: (nullable): a program to begin with. It is not written to: what is typed is kept, and run, as a file of the
 * same name in the person's data folder (NULL: program.js there).
 * @message: (nullable): what was wrong with it: file:LINE:COLUMN and the rest, as Node.js reports it. The cursor is put
 * there.
 */
HpProgramDialog *hp_program_dialog_new (GtkWindow *parent, GFile *file, const char *message);

G_END_DECLS
