/* typesetter.h - text in the fixed fonts of scenes: widths, fitting, layouts, baselines
 *
 * Scenes look the same everywhere, so they do not follow the desktop's font: DejaVu Sans and DejaVu Sans Mono, without
 * hinting, so that a width in scene units holds at every zoom and in every export. Not installed: scene's own.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/scene.h"
#include <pango/pangocairo.h>

G_BEGIN_DECLS

/** Measures and lays out lines of text; keeps both. Not thread-safe. */
typedef struct _HpTypesetter HpTypesetter;

HpTypesetter *hp_typesetter_new (void);
void hp_typesetter_free (HpTypesetter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpTypesetter, hp_typesetter_free)

/** @text as one clean line: valid UTF-8, no control characters, at most 1,000 bytes. (transfer full) */
char *hp_text_clean (const char *text);

/* All below expect clean text. */
double hp_typesetter_width (HpTypesetter *self, const char *text, HpTextStyle style);
/** @text or as much of it as fits into @width with "…" behind; NULL where not even two letters do. (transfer full) */
char *hp_typesetter_fit (HpTypesetter *self, const char *text, HpTextStyle style, double width);
/** (transfer none): good until the next call */
PangoLayout *hp_typesetter_layout (HpTypesetter *self, const char *text, HpTextStyle style);
/** Where a line of @style inside @rect starts: the left end of its baseline. */
void hp_typesetter_place (HpTypesetter *self, const HpItem *text, double *x, double *baseline);

/**
 * What lies right under the letters, to be painted in the ground's plain colour, so that patterns and arrows do not run
 * into them. FALSE: nothing (on the background, which exports may leave out).
 */
gboolean hp_typesetter_plate (HpTypesetter *self, const HpItem *text, HpRect *plate);

double hp_text_style_size (HpTextStyle style);
gboolean hp_text_style_is_bold (HpTextStyle style);
gboolean hp_text_style_is_mono (HpTextStyle style);

G_END_DECLS
