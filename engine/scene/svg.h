/* svg.h - a scene as SVG text. Not installed: part of the exports.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/export.h"

G_BEGIN_DECLS

/** (transfer full): bytes that depend on nothing but the arguments */
GString *hp_svg_write (const HpScene *scene, const HpExportOptions *options);

G_END_DECLS
