/* picture.h - a scene as a texture: thumbnails, previews, the clipboard
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/export.h"
#include <gdk/gdk.h>

G_BEGIN_DECLS

/** The size of a scene that is not for a window, as exports ask for. */
#define HP_PICTURE_WIDTH 1280
#define HP_PICTURE_HEIGHT 800

/** @options: format is taken as PNG. (transfer full) */
GdkTexture *hp_picture_new (const HpScene *scene, const HpExportOptions *options, GError **error);

G_END_DECLS
