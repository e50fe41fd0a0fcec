/* manifest.c - fuzz target: any bytes are a manifest, or an error that is one line of UTF-8
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/host.h"

#include <stdint.h>
#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpManifest) manifest = hp_manifest_parse ((const char *) data, size, "fuzz.plugin", &error);

  g_assert_true ((manifest == NULL) == (error != NULL));
  if (manifest != NULL)
    hp_settings_free (hp_manifest_settings_new (manifest));
  else
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\n'));
    }
  return 0;
}
