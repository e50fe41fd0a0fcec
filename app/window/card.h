/* card.h - one scenario in the gallery, with a live thumbnail
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"
#include "viewer.h"
#include "worker.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_CARD (hp_card_get_type ())
G_DECLARE_FINAL_TYPE (HpCard, hp_card, HP, CARD, GtkFlowBoxChild)

/**
 * HpCard:
 *
 * Signal "ready": the thumbnail is made, or cannot be made.
 */
GtkWidget *hp_card_new (const char *name, const char *description, const char *icon);

/** The scenario that a click opens; NULL where a click does something else. Borrowed from the host. */
void hp_card_set_scenario (HpCard *self, const HpManifest *manifest);
const HpManifest *hp_card_scenario (HpCard *self);
/** What a click does instead: the name of an action, a constant. */
void hp_card_set_action (HpCard *self, const char *action);
const char *hp_card_action (HpCard *self);

/** Run the scenario in a worker and make the thumbnail when it is over. */
void hp_card_start_thumbnail (HpCard *self, HpHost *host);
void hp_card_set_theme (HpCard *self, const HpTheme *theme);

G_END_DECLS
