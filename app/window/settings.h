/* settings.h - what the program remembers between two runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The program's settings, or NULL where the schema is not installed: then nothing is remembered. (transfer none) */
GSettings *hp_settings_of_program (void);

/** The folder pictures were last saved to; NULL: none yet, or it is gone. (transfer full) */
GFile *hp_settings_export_folder (void);

G_END_DECLS
