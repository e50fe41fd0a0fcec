/* violation.h - one broken rule: which, where, what was found, and how the program gets there
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"
#include "heap/rule.h"

G_BEGIN_DECLS

#define HP_NO_SLOT G_MAXUINT32

/**
 * HpViolation:
 * @object: the object that is lost, or whose slot or place is wrong; none where the rule is about a whole space
 * @slot: its slot, or %HP_NO_SLOT
 * @target: what the slot refers to, or none
 * @sentence: what was found, translated
 * @path: a shortest way from a root to @object, where there is one: "root “cache”", "Map #3", "[1]", "Pair #12";
 *   NULL: nothing leads there
 */
typedef struct
{
  HpRule rule;
  HpRef object;
  guint32 slot;
  HpRef target;
  char *sentence;
  char **path;
} HpViolation;

HpViolation *hp_violation_copy (const HpViolation *self);
void hp_violation_free (HpViolation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpViolation, hp_violation_free)

/** The steps of the path joined by arrows, or NULL. (transfer full) */
char *hp_violation_path_text (const HpViolation *self);
/** One line: the sentence, the rule's id and the path. (transfer full) */
char *hp_violation_text (const HpViolation *self);

G_END_DECLS
