/* lesson.h - scenarios that are another scenario with a file of their own
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"

G_BEGIN_DECLS

/**
 * hp_lesson_adopt:
 * @self: with the keys Of and File, as its manifest was read
 * @of: (nullable): the scenario that it names
 *
 * Gives @self the module and the settings of @of, with its own file as the default of the setting "file"; and, where it
 * says nothing itself, the preset and the view. From then its folder is the module's. FALSE with @error where @of is
 * not there, reads no file, or is of another scenario itself.
 */
gboolean hp_lesson_adopt (HpManifest *self, const HpManifest *of, GError **error);

G_END_DECLS
