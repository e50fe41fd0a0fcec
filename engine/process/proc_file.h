/* proc_file.h - reads one file of /proc. Not for other rooms.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Replaces what is in @into by the content of @proc/@pid/@file. Returns 0, or errno. */
int hp_proc_read (const char *proc, guint pid, const char *file, GByteArray *into);

G_END_DECLS
