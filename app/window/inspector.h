/* inspector.h - what is selected: facts, what refers to it, what it refers to
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_INSPECTOR (hp_inspector_get_type ())
G_DECLARE_FINAL_TYPE (HpInspector, hp_inspector, HP, INSPECTOR, GtkBox)

void hp_inspector_set_session (HpInspector *self, HpSession *session);

G_END_DECLS
