/* rule.h - what holds in every heap under every policy; the referee and the blame of policies name these
 *
 * data/docs/referee.md explains each. An id is a promise: reports in JSON carry it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  HP_RULE_NONE,
  HP_RULE_ANSWER,         /* only blamed: the engine clamps wrong answers */
  HP_RULE_NO_OVERLAP,     /* pages can be walked from object to object */
  HP_RULE_KNOWN_PLACE,    /* page walk and ref table agree */
  HP_RULE_NOTHING_LOST,   /* reachable from a root */
  HP_RULE_UNCHANGED,      /* across a collection */
  HP_RULE_NO_DANGLING,    /* slots of what nobody can reach, too */
  HP_RULE_FROM_SPACE,     /* empty between collections */
  HP_RULE_COLOURS,        /* by the state of marking and sweeping */
  HP_RULE_THREE_COLOURS,  /* while marking */
  HP_RULE_MARKED_KEPT,    /* only blamed: what was marked is not freed */
  HP_RULE_REMEMBERED_SET, /* old to young */
  HP_RULE_EPHEMERON_SET,  /* the same for keys of ephemerons */
  HP_RULE_WEAK_SLOTS,
  HP_RULE_EPHEMERONS,
  HP_RULE_FREE_LISTS,
  HP_RULE_BYTES,
  HP_N_RULES
} HpRule;

/** "nothing-lost": untranslated; NULL for HP_RULE_NONE and unknown ones. */
const char *hp_rule_id (HpRule rule);
/** One sentence, translated. */
const char *hp_rule_sentence (HpRule rule);
/** HP_RULE_NONE where no rule has the id. */
HpRule hp_rule_find (const char *id);

G_END_DECLS
