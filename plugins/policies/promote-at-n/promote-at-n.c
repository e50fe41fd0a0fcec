/* promote-at-n.c - promote a young object when it survives its n-th scavenge
 *
 * The smallest useful policy. V8 promotes at the second survival; with survivals = 1 nothing waits in new space, and
 * with 15 nearly everything dies there or is copied again and again.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

typedef struct
{
  guint32 survivals;
} PromoteAtN;

static gpointer
create (HpGcContext *context)
{
  PromoteAtN *self = g_new (PromoteAtN, 1);

  self->survivals = (guint32) hp_settings_get_integer (hp_gc_context_settings (context), "survivals");
  return self;
}

/* The object is just surviving one more scavenge than its age says. */
static HpFate
survivor_fate (gpointer instance, HpGcContext *context, const HpSurvivor *survivor)
{
  PromoteAtN *self = instance;

  return survivor->age + 1 >= self->survivals ? HP_FATE_PROMOTE : HP_FATE_KEEP;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .create = create,
  .destroy = g_free,
  .survivor_fate = survivor_fate,
};

HP_DEFINE_POLICY ("promote-at-n", policy)
