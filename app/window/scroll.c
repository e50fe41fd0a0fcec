/* scroll.c - where a text stands that was only just filled
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "scroll.h"

#define MARGIN 0.2 /* of the height, above and below the cursor */

static gboolean
scroll (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GtkTextView *view = GTK_TEXT_VIEW (widget);

  if (gtk_widget_get_height (widget) == 0)
    return G_SOURCE_CONTINUE;
  gtk_text_view_scroll_to_mark (
      view, gtk_text_buffer_get_insert (gtk_text_view_get_buffer (view)), MARGIN, FALSE, 0, 0.5);
  return G_SOURCE_REMOVE;
}

void
hp_scroll_to_cursor (GtkTextView *view)
{
  if (gtk_widget_get_height (GTK_WIDGET (view)) == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (view), scroll, NULL, NULL);
  else
    scroll (GTK_WIDGET (view), NULL, NULL);
}
