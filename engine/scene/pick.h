/* pick.h - whether an item shows a target. Not installed.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

/** Whether the box or one of the cells of @item shows @target, and where. */
gboolean hp_item_shows (const HpItem *item, HpTarget target, HpRect *rect);

G_END_DECLS
