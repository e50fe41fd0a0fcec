/* golden.h - pictures that were looked at once and must stay as they are
 *
 * Goldens lie in tests/data/golden. After a wanted change, look at what the failed test saved, then renew them:
 *
 *   HEAPARIUM_RENEW_GOLDEN=1 meson test -C build memory-map
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "scene/export.h"

/**
 * Compare the PNG of @scene with the golden called @name. Where more than a few pixels differ by more than a little
 * (other versions of FreeType and Cairo), fail the test and save NAME-actual.png and NAME-difference.png in the build
 * folder.
 */
void golden_compare (const HpScene *scene, const char *theme, const char *name);
