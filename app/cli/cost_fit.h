/* cost_fit.h - the cost model that explains the pauses of a real process best
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/gc_log.h"

G_BEGIN_DECLS

/** Relative errors of predicted pauses: half of them, and nine in ten, are no greater. */
typedef struct
{
  guint n;
  double median, p90;
} CliFitError;

/**
 * CliCostFit:
 *
 *   scavenge:     pause = collection_ns + move_mb_ns x MB copied and promoted
 *   mark-compact: pause = collection_ns + move_mb_ns x MB promoted + mark_ns x objects left
 *
 * @mark_ns: 0 where there is no mark-compact
 */
typedef struct
{
  double collection_ns, move_mb_ns, mark_ns;
  CliFitError scavenges, mark_compacts;
} CliCostFit;

/**
 * cli_cost_fit:
 * @events: of HpGcLogEvent, from any number of logs
 * @object_bytes: the mean size of an object, which logs do not tell
 *
 * The sum of the relative errors becomes least, so that a few pauses that the system made longer do not matter.
 * The same events give the same result to the last bit. FALSE when there are fewer than two scavenges.
 */
gboolean cli_cost_fit (const GArray *events, double object_bytes, CliCostFit *fit);

/** How well given costs explain the pauses of scavenges. */
CliFitError cli_cost_fit_measure (const GArray *events, double collection_ns, double move_mb_ns);

G_END_DECLS
