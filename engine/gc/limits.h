/* limits.h - V8's arithmetic of heap sizes: pure functions
 *
 * Sources: src/heap/heap-controller.cc, heap.cc and mark-compact.cc of V8 11.3; bytes, and bytes per millisecond.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The old generation grows at least by this factor, and by no more while memory is reduced. */
#define HP_LIMITS_LEAST_FACTOR 1.1
/** A page is evacuated only when so much of it is free, in percent; always so while memory is reduced. */
#define HP_LIMITS_LEAST_FRAGMENTATION 20

/** How many measurements V8 takes a speed from. */
#define HP_SPEED_EVENTS 10

/** The newest measurements of a speed, in a ring. */
typedef struct
{
  double bytes[HP_SPEED_EVENTS], ms[HP_SPEED_EVENTS];
  guint n; /* ever */
} HpSpeed;

void hp_limits_record_speed (HpSpeed *self, double bytes, double ms);
/** Bytes per ms over the newest measurements, as many as make up @window_ms; 0: unknown. */
double hp_limits_recent_speed (const HpSpeed *self, double window_ms);

/** The largest factor by which the old generation may grow between full collections. */
double hp_limits_max_factor (guint64 max_old_bytes);

/**
 * The growing factor that keeps mutator utilisation at 97 %: R (1 - MU) / (R (1 - MU) - MU) with R = collector speed /
 * mutator speed, within 1.1 and @max_factor; @max_factor while a speed is unknown (0).
 */
double hp_limits_growing_factor (double gc_speed, double mutator_speed, double max_factor);

/** The old generation's next allocation limit after a full collection that left @live bytes. */
guint64 hp_limits_next_old_limit (
    guint64 live, double factor, guint64 step, guint64 new_space_capacity, guint64 minimum, guint64 max_old_bytes);

/** The initial limit, lowered by a scavenge: never below what is live and one step more. */
guint64 hp_limits_lowered_old_limit (guint64 limit, guint64 live, guint64 step, double survival_percent);

/**
 * The share of time that is the program's when it allocates with one speed and the collector works with the other; 0
 * for
 * @gc_speed: unknown, V8 then takes 200,000 bytes per ms. What is allocated is at least 1 byte per ms.
 */
double hp_limits_utilisation (double gc_speed, double mutator_speed);

/** How far the limit may be passed before a collection must end a marking that is complete. */
guint64 hp_limits_overshoot_margin (guint64 limit, guint64 max_old_bytes);

/* What V8 gives a process by itself, on 64 bits without compressed pointers (src/heap/heap.cc). */

/** The old generation's maximum on a machine, or in a container, with so much memory. */
guint64 hp_limits_old_of_memory (guint64 physical_memory);
/** The largest half of new space beside such an old generation: at most @most, in whole pages. */
guint64 hp_limits_semi_of_old (guint64 max_old_bytes, guint64 most, guint64 page_bytes);
/** The old generation's part of a heap that with its new space is at most @heap_bytes; 0: too small for any. */
guint64 hp_limits_old_of_heap (guint64 heap_bytes, guint64 most_semi, guint64 page_bytes);

/** The percentage of a page that must be free for evacuating it to pay; @speed 0: not yet known. */
guint hp_limits_fragmentation_percent (guint64 page_bytes, double speed);

G_END_DECLS
