/* random_steps.h - the kinds of steps that random programs have; see random_program.h
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/random_program.h"

G_BEGIN_DECLS

typedef struct _HpStepRunner HpStepRunner;

typedef struct
{
  const char *name;
  guint weight;    /* how often it comes, out of the sum of all weights */
  guint n_numbers; /* at most HP_STEP_NUMBERS */
  void (*run) (HpStepRunner *self, const guint32 *numbers);
} HpStepKind;

const HpStepKind *hp_step_kinds (guint *n);

/** What a program keeps while it runs on @machine: its shapes, functions, roots, and the depth of its calls. */
HpStepRunner *hp_step_runner_new (HpMachine *machine);
void hp_step_runner_free (HpStepRunner *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpStepRunner, hp_step_runner_free)
void hp_step_runner_take (HpStepRunner *self, const HpStep *step);

G_END_DECLS
