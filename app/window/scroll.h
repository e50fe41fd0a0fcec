/* scroll.h - where a text stands that was only just filled
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Scroll so that the cursor is seen, as soon as @view has a size. Before, GTK would scroll too far. */
void hp_scroll_to_cursor (GtkTextView *view);

G_END_DECLS
