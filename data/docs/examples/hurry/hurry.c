/* hurry.c - a policy that promotes at once where waiting did not help
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <heaparium.h>

/* Two numbers: the bytes that all scavenges have moved, and the last one of them. */
static gpointer
create (HpGcContext *context)
{
  return g_new0 (guint64, 2);
}

/* Asked after each collection. This one only takes notes: 0 is no opinion. */
static HpBytes
semi_space_bytes (gpointer self, HpGcContext *context)
{
  const HpCounters *counters = hp_gc_context_counters (context);
  guint64 *all = self, *last = all + 1;

  *last = counters->copied_bytes + counters->promoted_bytes - *all;
  *all += *last;
  return 0;
}

/* Asked for each survivor of a scavenge. V8 copies it once, hoping that it dies before the next scavenge. */
static HpFate
survivor_fate (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  guint64 last = ((guint64 *) self)[1];

  return last > hp_gc_context_semi_space_bytes (context) / 2 ? HP_FATE_PROMOTE : HP_FATE_DEFAULT;
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .create = create,
  .destroy = g_free,
  .survivor_fate = survivor_fate,
  .semi_space_bytes = semi_space_bytes,
};

HP_DEFINE_POLICY ("hurry", policy)
