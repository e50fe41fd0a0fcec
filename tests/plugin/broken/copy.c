/* copy.c - a bundled policy with one thing done wrong: its own source, in which one name means something else
 *
 * SOURCE is the policy's file, and one of the BREAK_… says what is wrong. So the copies stay copies when the policies
 * change. A wrong answer is tried where a policy only decides; a broken collection where it brings a collector.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#undef HP_DEFINE_POLICY
#define HP_DEFINE_POLICY(id, vtable) HP_DEFINE_PLUGIN_ ("broken-" id, HP_PLUGIN_POLICY, .policy = &(vtable))

/* ---- wrong answers ----------------------------------------------------------------------------------------------- */

#ifdef BREAK_NO_OPINION /* where there was none */
static HpFate
break_fate (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return (HpFate) 7;
}
#define struct_size survivor_fate = break_fate, .struct_size
#endif

#ifdef BREAK_FATE
#define HP_FATE_PROMOTE ((HpFate) 7)
#endif

#ifdef BREAK_ORDER
#define HP_COPY_ORDER_CHENEY ((HpCopyOrder) 9)
#endif

#ifdef BREAK_COLLECT_NOTHING
#define HP_COLLECT_NOTHING ((HpCollectNow) 9)
#endif

#ifdef BREAK_COLLECT_FULL
#define HP_COLLECT_FULL ((HpCollectNow) 9)
#endif

#include SOURCE
