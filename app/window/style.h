/* style.h - the theme of pictures that goes with the desktop's style
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/theme.h"
#include <glib-object.h>

G_BEGIN_DECLS

/** Light, dark or high contrast, as windows look now. */
const HpTheme *hp_style_theme (void);
/** Calls @changed (@object) whenever that may have changed, while @object lives. */
void hp_style_follow (gpointer object, GCallback changed);

G_END_DECLS
