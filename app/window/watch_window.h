/* watch_window.h - the window of a live process
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "watcher.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_WATCH_WINDOW (hp_watch_window_get_type ())
G_DECLARE_FINAL_TYPE (HpWatchWindow, hp_watch_window, HP, WATCH_WINDOW, AdwApplicationWindow)

/** Watches @process until the window is closed. */
GtkWindow *hp_watch_window_new (GtkApplication *application, HpProcess *process);

G_END_DECLS
