/* window.h - one window: the gallery, and the player of one session
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include "plugin/host.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_WINDOW (hp_window_get_type ())
G_DECLARE_FINAL_TYPE (HpWindow, hp_window, HP, WINDOW, AdwApplicationWindow)

/** @host: borrowed; must outlive the window. */
HpWindow *hp_window_new (GtkApplication *application, HpHost *host);

void hp_window_open_scenario (HpWindow *self, const HpManifest *manifest);
void hp_window_open_file (HpWindow *self, GFile *file);
/** Open @plan under @title. */
void hp_window_open_plan (HpWindow *self, const HpPlan *plan, const char *title);

G_END_DECLS
