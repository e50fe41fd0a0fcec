/* style.c - the theme of pictures that goes with the desktop's style
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "style.h"

#include <adwaita.h>

const HpTheme *
hp_style_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (adw_style_manager_get_high_contrast (manager))
    return hp_theme_find ("high-contrast", NULL);
  return hp_theme_find (adw_style_manager_get_dark (manager) ? "dark" : "light", NULL);
}

void
hp_style_follow (gpointer object, GCallback changed)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", changed, object, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", changed, object, G_CONNECT_SWAPPED);
}
