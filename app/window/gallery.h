/* gallery.h - the first page: a card for each scenario, and for what else can be opened
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "card.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define HP_TYPE_GALLERY (hp_gallery_get_type ())
G_DECLARE_FINAL_TYPE (HpGallery, hp_gallery, HP, GALLERY, AdwBin)

/**
 * HpGallery:
 *
 * Signal "chosen" (const HpManifest *): the person wants that scenario.
 */
void hp_gallery_fill (HpGallery *self, HpHost *host);
void hp_gallery_set_theme (HpGallery *self, const HpTheme *theme);

/** Whether a scenario needs a file to run: it has a file setting without a default. */
gboolean hp_gallery_needs_file (const HpManifest *manifest);

G_END_DECLS
