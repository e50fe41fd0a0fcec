/* rule.c - the names of the rules, and a sentence for each
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/rule.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *id;
  const char *sentence;
} RULES[HP_N_RULES] = {
  [HP_RULE_ANSWER] = { "answer", N_ ("A policy gives an answer that its question allows.") },
  [HP_RULE_NO_OVERLAP] = { "no-overlap", N_ ("Objects and fillers follow each other; none reaches into the next.") },
  [HP_RULE_KNOWN_PLACE] = { "known-place", N_ ("Each object is where its ref says, and each ref names one object.") },
  [HP_RULE_NOTHING_LOST] = { "nothing-lost", N_ ("What can be reached from a root is alive.") },
  [HP_RULE_UNCHANGED] = { "unchanged", N_ ("A collection changes nothing that the program can see.") },
  [HP_RULE_NO_DANGLING] = { "no-dangling-slot", N_ ("No slot points to a dead object, a filler or free memory.") },
  [HP_RULE_FROM_SPACE] = { "from-space-empty", N_ ("Between collections from-space holds no object.") },
  [HP_RULE_COLOURS] = { "colours", N_ ("What is neither being marked nor waiting to be swept is white.") },
  [HP_RULE_THREE_COLOURS] = { "three-colours",
                              N_ ("While marking, a black object points to no white one, and what is grey is on the "
                                  "work list.") },
  [HP_RULE_MARKED_KEPT] = { "marked-kept", N_ ("What a collection marked, it does not free.") },
  [HP_RULE_REMEMBERED_SET] = { "remembered-set",
                               N_ ("A slot that points from old to young is in the remembered set, and what it points "
                                   "to survives a scavenge.") },
  [HP_RULE_EPHEMERON_SET] = { "ephemeron-set", N_ ("An old table's entry with a young key is remembered.") },
  [HP_RULE_WEAK_SLOTS] = { "weak-slots", N_ ("A weak slot points to a live object or was cleared.") },
  [HP_RULE_EPHEMERONS] = { "ephemerons",
                           N_ ("A value is kept while its table and its key are alive; an entry whose key died is "
                               "empty.") },
  [HP_RULE_FREE_LISTS] = { "free-lists", N_ ("Free lists hold free memory, each block in its category.") },
  [HP_RULE_BYTES] = { "bytes", N_ ("The bytes of the objects in pages and spaces are those accounted.") },
};

const char *
hp_rule_id (HpRule rule)
{
  return (guint) rule < HP_N_RULES ? RULES[rule].id : NULL;
}

const char *
hp_rule_sentence (HpRule rule)
{
  return (guint) rule < HP_N_RULES && RULES[rule].sentence != NULL ? _ (RULES[rule].sentence) : NULL;
}

HpRule
hp_rule_find (const char *id)
{
  for (HpRule rule = HP_RULE_NONE + 1; rule < HP_N_RULES; rule++)
    if (g_strcmp0 (RULES[rule].id, id) == 0)
      return rule;
  return HP_RULE_NONE;
}
