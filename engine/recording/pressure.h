/* pressure.h - whether a program does its work or waits for pages
 *
 * Waiting is the part of virtual time in which pages are read from disk (major faults, read-ahead) or written back; the
 * second number of a TIME event. As Linux does with /proc/pressure/memory, it is measured as a share of time, not as a
 * number of faults: how many are too many depends on the disk.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"

G_BEGIN_DECLS

/**
 * HpPressure: how long a run thrashes, in windows of %HP_PRESSURE_WINDOW_NS one after another. All 0 to begin with.
 * @longest_ns: the longest time of windows next to each other in each of which more than half was waiting. The window
 *   that is not over does not count
 *
 * Within the time that is told at once, waiting is taken to be spread evenly.
 */
typedef struct
{
  guint64 longest_ns;
  guint64 stretch_ns;            /* the windows that thrashed before the one that is not over */
  guint64 passed_ns, waiting_ns; /* of the window that is not over */
} HpPressure;

/** @ns pass, @waiting_ns of them waiting. */
void hp_pressure_add (HpPressure *self, guint32 ns, guint32 waiting_ns);

G_END_DECLS
