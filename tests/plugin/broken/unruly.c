/* unruly.c - a policy that crashes, loops or gives wrong answers, as its setting says
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#include <signal.h>

static gpointer
create (HpGcContext *context)
{
  return g_strdup (hp_settings_get_text (hp_gc_context_settings (context), "how"));
}

static HpFate
survivor_fate (gpointer how, HpGcContext *context, const HpSurvivor *survivor)
{
  if (g_str_equal (how, "crash"))
    raise (SIGSEGV);
  while (g_str_equal (how, "loop"))
    continue;
  return g_str_equal (how, "answer") ? (HpFate) 7 : HP_FATE_DEFAULT;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .create = create,
  .destroy = g_free,
  .survivor_fate = survivor_fate,
};

HP_DEFINE_POLICY ("unruly", policy)
