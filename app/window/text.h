/* text.h - numbers as people read them, ready to be put into translated sentences with %s
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** With the language's separators: "1,234,567". (transfer full) */
char *hp_text_of_count (guint64 count);
/** "1,024 bytes". (transfer full) */
char *hp_text_of_bytes (guint64 bytes);
/** "0x00012340". (transfer full) */
char *hp_text_of_address (guint64 byte_address);
/** "Step 40 of 1,234". (transfer full) */
char *hp_text_of_step (guint64 step, guint64 length);

G_END_DECLS
