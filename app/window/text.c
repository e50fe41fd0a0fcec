/* text.c - numbers as people read them, ready to be put into translated sentences with %s
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "text.h"

#include <glib/gi18n.h>

char *
hp_text_of_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
hp_text_of_bytes (guint64 bytes)
{
  g_autofree char *count = hp_text_of_count (bytes);

  return g_strdup_printf (ngettext ("%s byte", "%s bytes", bytes), count);
}

char *
hp_text_of_address (guint64 byte_address)
{
  return g_strdup_printf ("0x%08" G_GINT64_MODIFIER "x", byte_address);
}

char *
hp_text_of_step (guint64 step, guint64 length)
{
  g_autofree char *here = hp_text_of_count (step);
  g_autofree char *all = hp_text_of_count (length);

  return g_strdup_printf (_ ("Step %s of %s"), here, all);
}
