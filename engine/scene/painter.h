/* painter.h - draws scenes with Cairo and Pango: for the window and for every export
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"
#include <cairo.h>

G_BEGIN_DECLS

/** Keeps text layouts and cell rasters between paints. One for each place that paints. */
typedef struct _HpPainter HpPainter;

HpPainter *hp_painter_new (const HpTheme *theme);
void hp_painter_set_theme (HpPainter *self, const HpTheme *theme);
void hp_painter_free (HpPainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPainter, hp_painter_free)

/**
 * hp_painter_paint:
 * @cr: where to; its matrix maps scene units to the device (zoom and pan); its clip bounds what is drawn
 */
void hp_painter_paint (HpPainter *self, cairo_t *cr, const HpScene *scene);

/**
 * What lies above the picture: selection, hover and keyboard focus with the arrows that start or end at the selection.
 * The rest of the arrows is painted by hp_painter_paint().
 */
void hp_painter_paint_overlay (
    HpPainter *self, cairo_t *cr, const HpScene *scene, HpTarget selection, HpTarget hover, gboolean focused);

G_END_DECLS
