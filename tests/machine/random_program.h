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

G_END_DECLS
