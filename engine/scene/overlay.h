/* overlay.h - what lies above the picture, as items. Not installed: painter and exports share it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

/**
 * Outlines of every box that shows @selection or @hover, with @focused a ring around the selection, and the arrows that
 * start or end at the selection. (transfer full) (element-type HpItem)
 */
GArray *hp_overlay_items (const HpScene *scene, HpTarget selection, HpTarget hover, gboolean focused);

G_END_DECLS
