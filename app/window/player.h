/* player.h - timeline, buttons, grain and speed, bound to the session
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_PLAYER (hp_player_get_type ())
G_DECLARE_FINAL_TYPE (HpPlayer, hp_player, HP, PLAYER, GtkBox)

void hp_player_set_session (HpPlayer *self, HpSession *session);
void hp_player_set_theme (HpPlayer *self, const HpTheme *theme);

G_END_DECLS
