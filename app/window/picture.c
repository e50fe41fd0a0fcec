/* picture.c - a scene as a texture: thumbnails, previews, the clipboard
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "picture.h"

GdkTexture *
hp_picture_new (const HpScene *scene, const HpExportOptions *options, GError **error)
{
  HpExportOptions png = *options;
  g_autoptr (GBytes) bytes = NULL;

  png.format = HP_EXPORT_PNG;
  bytes = hp_export_to_bytes (scene, &png, error);
  return bytes ? gdk_texture_new_from_bytes (bytes, error) : NULL;
}
