/* random_machine.h - settings and policies that bring the rare paths out, and random programs to run under them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/random_program.h"

/** Run @n_steps random steps, or until the run ends. */
void random_machine_run (HpMachine *machine, guint64 seed, guint n_steps);

/** Settings that depend on @seed alone: both presets, small spaces, both scavenger orders. (transfer full) */
HpSettings *random_settings_new (guint64 seed);
/** For every other group of four seeds V8's rules (NULL), for the others a policy that answers at random, wrong too. */
const HpGcPolicy *random_policy (guint64 seed);
/** A policy that runs whole collections by calling primitives at random, with random arguments. */
const HpGcPolicy *random_collector (guint64 seed);
