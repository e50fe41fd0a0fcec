/* export.h - scenes to PNG, SVG and PDF; same scene, same bytes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  HP_EXPORT_PNG,
  HP_EXPORT_SVG,
  HP_EXPORT_PDF,
  HP_N_EXPORTS
} HpExportFormat;

typedef struct
{
  HpExportFormat format;
  const HpTheme *theme;
  double scale;              /* 0.25 … 8; PNG: pixels per scene unit; SVG, PDF: size */
  gboolean transparent;      /* no background */
  gboolean text_as_outlines; /* SVG only: glyphs instead of <text> */
  HpTarget selection;        /* shown as in the window; nothing: none */
} HpExportOptions;

/** By the file name's ending; FALSE with @error naming the known ones. */
gboolean hp_export_format_from_path (const char *path, HpExportFormat *format, GError **error);

/** (transfer full) */
GBytes *hp_export_to_bytes (const HpScene *scene, const HpExportOptions *options, GError **error);
/** Replaces the file at once or not at all. */
gboolean hp_export_to_file (const HpScene *scene, const HpExportOptions *options, const char *path, GError **error);

G_END_DECLS
