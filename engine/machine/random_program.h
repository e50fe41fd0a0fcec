/* random_program.h - seeded random programs for a machine: the fuzzer of collectors, policies and pagers
 *
 * A program is data: an array of steps, each with a kind and a few numbers that are taken modulo what is there when the
 * step is performed. So any steps in any order are a valid program, and one that shows a fault can be shortened by
 * leaving out steps. It names only objects it can reach, so it never makes a mistake.
 *
 * As text, a step is its kind's name and its numbers (missing ones are 0); steps are separated by line ends or `;`, and
 * from `#` to the end of the line is a comment:
 *
 *   list 0 5; collect-young   # a list of six objects held by a root, and a scavenge
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

/** The most numbers a step has. */
#define HP_STEP_NUMBERS 6
/** What parsing takes: steps of one program. */
#define HP_PROGRAM_MAX_STEPS 1000000

typedef struct
{
  guint32 kind; /* an index into the table of kinds: hp_step_kind_name() */
  guint32 numbers[HP_STEP_NUMBERS];
} HpStep;

/** How many kinds of steps there are, and what each is called: "allocate", "list" … */
guint hp_step_n_kinds (void);
const char *hp_step_kind_name (guint32 kind);
/** The kind called @name; hp_step_n_kinds() when there is none. */
guint32 hp_step_kind_find (const char *name);

/** A program; compare #HpStep. Owned by whoever made it. */
typedef struct
{
  HpStep *steps;
  guint n_steps;
} HpRandomProgram;

/** A program of @n_steps steps (of one to some dozen operations each), the same for the same seed. (transfer full) */
HpRandomProgram *hp_random_program_new (guint64 seed, guint n_steps);
HpRandomProgram *hp_random_program_copy (const HpRandomProgram *self);
void hp_random_program_free (HpRandomProgram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpRandomProgram, hp_random_program_free)

/** Take @n steps from @first on out of the program. */
void hp_random_program_cut (HpRandomProgram *self, guint first, guint n);

/**
 * hp_random_program_parse:
 * @text: UTF-8 or any other bytes up to their first zero
 *
 * Returns: (transfer full): the program that @text describes; or NULL with @error (%HP_ERROR_INPUT) naming the line
 */
HpRandomProgram *hp_random_program_parse (const char *text, GError **error);
/** One step a line; parsing it gives an equal program. (transfer full) */
char *hp_random_program_print (const HpRandomProgram *self);

/** @step: the index of a step, before it (or after it) is performed. */
typedef void (*HpStepWatch) (gpointer user_data, guint step);

/**
 * Perform the steps, or those until the run ends. The program's text is the source that runs, and each step a statement
 * of it. @before, @after: (nullable)
 */
void hp_random_program_run (
    const HpRandomProgram *self, HpMachine *machine, HpStepWatch before, HpStepWatch after, gpointer user_data);

G_END_DECLS
