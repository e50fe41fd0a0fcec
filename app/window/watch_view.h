/* watch_view.h - the widget that draws what a watcher saw, and reads it out where one points
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"
#include "watcher.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_WATCH_VIEW (hp_watch_view_get_type ())
G_DECLARE_FINAL_TYPE (HpWatchView, hp_watch_view, HP, WATCH_VIEW, GtkWidget)

/** @watcher: (nullable) */
void hp_watch_view_set_watcher (HpWatchView *self, HpWatcher *watcher);
void hp_watch_view_set_theme (HpWatchView *self, const HpTheme *theme);

/** The chart as it is now, as large as exports ask for. (transfer full) */
HpScene *hp_watch_view_picture (HpWatchView *self);

G_END_DECLS
