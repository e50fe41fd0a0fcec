/* limits.c - growing factor, allocation limit, fragmentation threshold
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/limits.h"

#define MIB (1024.0 * 1024.0)

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define LOW_MEMORY_OLD (GIB / 4)
#define LEAST_SEMI (GIB / 1024)

#define MARGIN_OF_SMALL_HEAPS (32 * (guint64) MIB)

#define TARGET_UTILISATION 0.97
#define CONSERVATIVE_SPEED 200000

#define TARGET_MS_PER_PAGE 0.5
#define UNKNOWN_SPEED_PERCENT 70

void
hp_limits_record_speed (HpSpeed *self, double bytes, double ms)
{
  self->bytes[self->n % HP_SPEED_EVENTS] = bytes;
  self->ms[self->n++ % HP_SPEED_EVENTS] = ms;
}

double
hp_limits_recent_speed (const HpSpeed *self, double window_ms)
{
  double bytes = 0, ms = 0;

  for (guint i = 1; i <= MIN (self->n, HP_SPEED_EVENTS) && ms < window_ms; i++)
    {
      bytes += self->bytes[(self->n - i) % HP_SPEED_EVENTS];
      ms += self->ms[(self->n - i) % HP_SPEED_EVENTS];
    }
  return ms > 0 ? bytes / ms : 0;
}

double
hp_limits_max_factor (guint64 max_old_bytes)
{
  const double small_factor = 1.3, large_factor = 2.0, high_factor = 4.0;
  const double small = 256 * MIB, large = 2048 * MIB;
  double size = MAX ((double) max_old_bytes, small);

  if (size >= large)
    return high_factor;
  return small_factor + (large_factor - small_factor) * (size - small) / (large - small);
}

double
hp_limits_growing_factor (double gc_speed, double mutator_speed, double max_factor)
{
  double a, b, factor;

  if (gc_speed <= 0 || mutator_speed <= 0)
    return max_factor;
  a = gc_speed / mutator_speed * (1 - TARGET_UTILISATION);
  b = a - TARGET_UTILISATION;
  /* a / b, unless b is so small (or negative) that the result would pass the maximum. */
  factor = a < b * max_factor ? a / b : max_factor;
  return CLAMP (factor, HP_LIMITS_LEAST_FACTOR, max_factor);
}

double
hp_limits_utilisation (double gc_speed, double mutator_speed)
{
  double speed = gc_speed > 0 ? gc_speed : CONSERVATIVE_SPEED;

  return speed / (speed + MAX (mutator_speed, 1));
}

guint64
hp_limits_next_old_limit (
    guint64 live, double factor, guint64 step, guint64 new_space_capacity, guint64 minimum, guint64 max_old_bytes)
{
  guint64 limit = MAX ((guint64) ((double) live * factor), live + step) + new_space_capacity;

  limit = MAX (limit, minimum);
  return MIN (limit, (live + max_old_bytes) / 2);
}

guint64
hp_limits_lowered_old_limit (guint64 limit, guint64 live, guint64 step, double survival_percent)
{
  return MAX (live + step, (guint64) ((double) limit * (survival_percent / 100)));
}

guint64
hp_limits_overshoot_margin (guint64 limit, guint64 max_old_bytes)
{
  guint64 margin = MAX (limit / 2, MARGIN_OF_SMALL_HEAPS);
  guint64 room = max_old_bytes > limit ? max_old_bytes - limit : 0;

  return MIN (margin, room / 2);
}

guint64
hp_limits_old_of_memory (guint64 physical_memory)
{
  gboolean is_huge = (physical_memory + GIB / 2) / GIB >= 16;
  guint64 old = physical_memory / 4 * 2;

  return CLAMP (old, LOW_MEMORY_OLD, is_huge ? 4 * GIB : 2 * GIB);
}

guint64
hp_limits_semi_of_old (guint64 max_old_bytes, guint64 most, guint64 page_bytes)
{
  guint64 semi = max_old_bytes / (max_old_bytes <= LOW_MEMORY_OLD ? 256 : 128);

  semi = MAX (MIN (semi, most), LEAST_SEMI);
  return (semi + page_bytes - 1) / page_bytes * page_bytes;
}

guint64
hp_limits_old_of_heap (guint64 heap_bytes, guint64 most_semi, guint64 page_bytes)
{
  guint64 lower = 0, upper = heap_bytes;

  while (lower + 1 < upper)
    {
      guint64 old = lower + (upper - lower) / 2;

      if (old + 3 * hp_limits_semi_of_old (old, most_semi, page_bytes) <= heap_bytes)
        lower = old;
      else
        upper = old;
    }
  return lower;
}

guint
hp_limits_fragmentation_percent (guint64 page_bytes, double speed)
{
  double percent;

  if (speed <= 0)
    return UNKNOWN_SPEED_PERCENT;
  percent = 100 - 100 * TARGET_MS_PER_PAGE / (1 + (double) page_bytes / speed);
  return (guint) MAX (percent, HP_LIMITS_LEAST_FRAGMENTATION);
}
