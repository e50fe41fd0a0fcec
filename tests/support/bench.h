/* bench.h - what every benchmark shares: a stopwatch and the line it prints
 *
 * A benchmark prints lines of `name value unit`; `./dev bench` runs them all.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>
#include <time.h>

static inline double
bench_seconds (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/** Of this process, in itself and in the kernel: what others do meanwhile does not count. */
static inline double
bench_cpu_seconds (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

static inline void
bench_print (const char *name, double value, const char *unit)
{
  g_print ("%-40s %12.3f %s\n", name, value, unit);
}
