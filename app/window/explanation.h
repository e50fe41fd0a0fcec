/* explanation.h - what happens now, in words, and the line of the program that does it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_EXPLANATION (hp_explanation_get_type ())
G_DECLARE_FINAL_TYPE (HpExplanation, hp_explanation, HP, EXPLANATION, GtkBox)

void hp_explanation_set_session (HpExplanation *self, HpSession *session);
void hp_explanation_set_dark (HpExplanation *self, gboolean dark);

G_END_DECLS
