/* plan.h - what the person asked to run: a scenario, a policy and settings
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HpPlan: the description of one run, as the worker's command line takes it
 *
 * Values only: no plugin is looked up here.
 */
typedef struct _HpPlan HpPlan;

/** @scenario: a scenario's id, or the path of a file that the worker recognises by its content. */
HpPlan *hp_plan_new (const char *scenario);
HpPlan *hp_plan_copy (const HpPlan *self);
void hp_plan_free (HpPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPlan, hp_plan_free)

gboolean hp_plan_equal (const HpPlan *a, const HpPlan *b);

const char *hp_plan_scenario (const HpPlan *self);
const char *hp_plan_policy (const HpPlan *self); /* nullable: the default */
void hp_plan_set_policy (HpPlan *self, const char *id);

/** NULL where @key was never set: its default holds. */
const char *hp_plan_get (const HpPlan *self, const char *key);
/** @value NULL takes the setting back. */
void hp_plan_set (HpPlan *self, const char *key, const char *value);

/** The worker's arguments after the program's name. (transfer full) */
char **hp_plan_arguments (const HpPlan *self);

G_END_DECLS
