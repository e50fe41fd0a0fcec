/* bench.h - what every benchmark shares: a stopwatch and the line it prints
 *
 * A benchmark prints lines of `name value unit`; `./dev bench` runs them all.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

static inline double
bench_seconds (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static inline void
bench_print (const char *name, double value, const char *unit)
{
  g_print ("%-40s %12.3f %s\n", name, value, unit);
}
