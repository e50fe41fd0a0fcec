/* random_program.h - seeded random programs for a machine: the fuzzer of collectors, policies and pagers
 *
 * A program calls and returns, allocates objects of random shapes (large ones too), builds lists and trees, overwrites
 * slots, drops references and asks for collections. It names only objects it can reach, so it never makes a mistake.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/random.h"
#include "machine/machine.h"

G_BEGIN_DECLS

/** Run @n_steps steps (of one to some dozen operations each), or until the run ends. */
void random_program_run (HpMachine *machine, guint64 seed, guint n_steps);
/** The same, calling @after_step after each. */
void random_program_run_watched (
    HpMachine *machine, guint64 seed, guint n_steps, void (*after_step) (gpointer data), gpointer data);

/** Settings that depend on @seed alone: both presets, small spaces, both scavenger orders. (transfer full) */
HpSettings *random_settings_new (guint64 seed);
/** For every other group of four seeds V8's rules (NULL), for the others a policy that answers at random, wrong too. */
const HpGcPolicy *random_policy (guint64 seed);

G_END_DECLS
