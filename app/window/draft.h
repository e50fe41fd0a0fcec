/* draft.h - the person's own text of a program, kept in the data folder while it is edited
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Where the draft of @file is: a file of the same name in the person's data folder; NULL: of no file. (transfer full)
 */
GFile *hp_draft_file (GFile *file);

/** Was the draft written after @file was? */
gboolean hp_draft_is_newer (GFile *draft, GFile *file);

/** Write @text. @backup: what was there before stays beside it, with ~ at the end of its name. */
gboolean hp_draft_write (GFile *draft, const char *text, gboolean backup, GError **error);

G_END_DECLS
