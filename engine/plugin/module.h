/* module.h - opens the module of one plugin and checks what it exports
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"

G_BEGIN_DECLS

/** Whether a plugin made for these numbers can be used; the error names both. */
gboolean hp_module_check_numbers (guint32 abi, guint32 api, GError **error);

/**
 * hp_module_load:
 *
 * Opens the module of @manifest for good: it is never unloaded, since what it defined may be referred to for as long as
 * the program runs.
 *
 * Returns: (transfer full): what it exports, in structs of this engine's size, where functions that the plugin is too
 *   old to know are NULL; or NULL with @error of the code %HP_ERROR_PLUGIN. To be freed with hp_module_plugin_free().
 */
HpPlugin *hp_module_load (const HpManifest *manifest, GError **error);
void hp_module_plugin_free (HpPlugin *self);

G_END_DECLS
