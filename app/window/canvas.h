/* canvas.h - the widget that shows the scene of the session's moment, and lets a person point at it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include "viewer.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_CANVAS (hp_canvas_get_type ())
G_DECLARE_FINAL_TYPE (HpCanvas, hp_canvas, HP, CANVAS, GtkWidget)

GtkWidget *hp_canvas_new (void);
void hp_canvas_set_session (HpCanvas *self, HpSession *session);
/** @viewer: (transfer full) (nullable) */
void hp_canvas_set_viewer (HpCanvas *self, HpViewer *viewer);
HpViewer *hp_canvas_viewer (HpCanvas *self); /* nullable */
void hp_canvas_set_theme (HpCanvas *self, const HpTheme *theme);

/** The scene of the present step; NULL while nothing is open. */
const HpScene *hp_canvas_scene (HpCanvas *self);

/** Around the middle. */
void hp_canvas_zoom (HpCanvas *self, double factor);
void hp_canvas_fit (HpCanvas *self);
/** Select the neighbour of the selected item. */
void hp_canvas_travel (HpCanvas *self, HpTravel direction);

G_END_DECLS
