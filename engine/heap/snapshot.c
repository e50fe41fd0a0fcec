/* snapshot.c - what a program could reach before a collection, held against what it can reach after it
 *
 * The program's graph by ref must come out of a collection as it went in: the same roots, the same objects, the same
 * values; only weak slots and entries of ephemerons may have been cleared, and only where their target or key can no
 * longer be reached. Objects are compared in the order of their distance from the roots, so the first one that is lost
 * has a holder that is not: the edge between them is the one that the collection did not follow.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/verifier_private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  guint32 first_value; /* of its slots, in the snapshot's values */
  guint32 n_slots;
  guint8 references; /* HpReferences */
  guint32 n_named;   /* slots before the tail */
  gboolean was_young;
} Kept;

typedef struct
{
  HpVisit visit;
  guint32 holder;
  HpValue value;
} KeptRoot;

struct _HpSnapshot
{
  GArray *reached; /* of HpReached */
  GArray *kept;    /* of Kept, by the same indices */
  GArray *values;  /* of HpValue */
  GArray *roots;   /* of KeptRoot */
  guint64 scavenges;
};

/* ---- taking ------------------------------------------------------------------------------------------------------ */

static void
keep_object (HpSnapshot *self, HpHeap *heap, const HpReached *reached)
{
  const guint64 *object = hp_heap_words (heap, reached->address);
  const HpLayout *layout = hp_heap_layout (heap, object[0]);
  Kept kept = { self->values->len,
                hp_heap_count_slots (heap, object),
                (guint8) layout->references,
                layout->n_slots,
                hp_space_is_young (hp_heap_space_of (heap, reached->address)) };

  for (guint32 i = 0; i < kept.n_slots; i++)
    {
      HpValue value = hp_heap_value_of_word (heap, object[layout->first_slot + i]);

      g_array_append_val (self->values, value);
    }
  g_array_append_val (self->kept, kept);
}

typedef struct
{
  HpHeap *heap;
  GArray *roots;
} KeepingRoots;

static void
keep_root (gpointer data, HpVisit visit, guint32 holder, guint64 *slot)
{
  KeepingRoots *self = data;
  KeptRoot root = { visit, holder, hp_heap_value_of_word (self->heap, *slot) };

  g_array_append_val (self->roots, root);
}

static GArray *
keep_roots (HpHeap *heap)
{
  KeepingRoots keeping = { heap, g_array_new (FALSE, FALSE, sizeof (KeptRoot)) };

  hp_heap_visit_roots_quietly (heap, keep_root, &keeping);
  return keeping.roots;
}

HpSnapshot *
hp_snapshot_new (HpVerification *verification)
{
  HpSnapshot *self = g_new0 (HpSnapshot, 1);
  const GArray *reached = verification->reach.reached;

  self->reached = g_array_ref (verification->reach.reached);
  self->kept = g_array_sized_new (FALSE, FALSE, sizeof (Kept), reached->len);
  self->values = g_array_new (FALSE, FALSE, sizeof (HpValue));
  self->roots = keep_roots (verification->heap);
  self->scavenges = verification->heap->counters->scavenges;
  for (guint32 i = 0; i < reached->len; i++)
    keep_object (self, verification->heap, hp_reach_get (reached, i));
  return self;
}

void
hp_snapshot_free (HpSnapshot *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->reached);
  g_array_unref (self->kept);
  g_array_unref (self->values);
  g_array_unref (self->roots);
  g_free (self);
}

guint32
hp_snapshot_count (const HpSnapshot *self)
{
  return self->reached->len;
}

void
hp_snapshot_find_path (const HpSnapshot *self, HpHeap *heap, HpViolation *violation)
{
  guint32 i;

  if (violation->path != NULL || violation->object == HP_REF_NONE)
    return;
  i = hp_reach_find (self->reached, violation->object);
  if (i != HP_FROM_ROOT)
    violation->path = hp_reach_path (heap, self->reached, hp_reach_get (self->reached, i));
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

/* One object that was reachable, before and after. */
typedef struct
{
  const HpSnapshot *before;
  const HpReached *reached;
  const Kept *kept;
  const guint64 *object; /* now */
  const HpLayout *layout;
} Comparison;

static HpValue
value_before (const Comparison *self, guint32 slot)
{
  return g_array_index (self->before->values, HpValue, self->kept->first_value + slot);
}

static HpValue
value_now (HpVerification *verification, const Comparison *self, guint32 slot)
{
  return hp_heap_value_of_word (verification->heap, self->object[self->layout->first_slot + slot]);
}

static gboolean
is_reachable_now (const HpVerification *self, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);

  return address != 0 && hp_address_set_contains (&self->reach.seen, address);
}

/* Where the path that the collection did not follow ends. */
static gboolean
break_at (HpVerification *self, const HpSnapshot *before, HpRule rule, const HpReached *edge, const char *sentence)
{
  hp_verification_break (self, rule, edge->ref, HP_NO_SLOT, HP_REF_NONE, "%s", sentence);
  self->violation->path = hp_reach_path (self->heap, before->reached, edge);
  return FALSE;
}

gboolean
hp_verification_is_after_scavenge (const HpVerification *self)
{
  return self->before != NULL && self->heap->counters->scavenges > self->before->scavenges;
}

/* What kind of edge it was that the collection did not follow. A scavenge finds old holders by the remembered set only.
 */
static HpRule
rule_of_loss (const HpVerification *self, const HpSnapshot *before, guint32 i)
{
  const HpReached *edge = hp_reach_get (before->reached, i);

  if (hp_verification_is_after_scavenge (self) && edge->parent != HP_FROM_ROOT
      && g_array_index (before->kept, Kept, i).was_young && !g_array_index (before->kept, Kept, edge->parent).was_young)
    return HP_RULE_REMEMBERED_SET;
  return edge->is_value ? HP_RULE_EPHEMERONS : HP_RULE_NOTHING_LOST;
}

/* nothing-lost, remembered-set, ephemerons: what was reachable is alive. */
static gboolean
is_still_alive (HpVerification *self, const HpSnapshot *before, guint32 i)
{
  const HpReached *edge = hp_reach_get (before->reached, i);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (hp_heap_address_of (self->heap, edge->ref) != 0)
    return TRUE;
  name = hp_reach_name_object (self->heap, edge->shape, edge->ref);
  sentence = g_strdup_printf (_ ("%s could be reached before the collection and was freed by it"), name);
  return break_at (self, before, rule_of_loss (self, before, i), edge, sentence);
}

/* unchanged: the same kind of object, as long as before. */
static gboolean
has_same_form (HpVerification *self, const Comparison *pair)
{
  g_autofree char *sentence = NULL;

  if (hp_map_shape (pair->object[0]) == pair->reached->shape
      && hp_heap_count_slots (self->heap, pair->object) == pair->kept->n_slots)
    return TRUE;
  sentence = g_strdup_printf (_ ("object %u is of another shape or length after the collection"), pair->reached->ref);
  return break_at (self, pair->before, HP_RULE_UNCHANGED, pair->reached, sentence);
}

/* weak-slots: cleared only when its target cannot be reached. */
static gboolean
is_weak_slot_fine (HpVerification *self, const Comparison *pair)
{
  HpValue before = value_before (pair, 0);
  HpValue now = value_now (self, pair, 0);

  if (hp_value_equal (before, now))
    return TRUE;
  if (now.kind == HP_VALUE_UNDEFINED && !is_reachable_now (self, hp_value_get_ref (before)))
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_WEAK_SLOTS,
                                pair->reached->ref,
                                0,
                                hp_value_get_ref (before),
                                _ ("the weak slot of object %u lost object %u, which can still be reached"),
                                pair->reached->ref,
                                hp_value_get_ref (before));
}

/* A table of odd length ends with a key that has no value. */
static gboolean
is_entry_unchanged (HpVerification *self, const Comparison *pair, guint32 key)
{
  return hp_value_equal (value_before (pair, key), value_now (self, pair, key))
         && (key + 1 == pair->kept->n_slots
             || hp_value_equal (value_before (pair, key + 1), value_now (self, pair, key + 1)));
}

static gboolean
is_entry_empty (HpVerification *self, const Comparison *pair, guint32 key)
{
  return value_now (self, pair, key).kind == HP_VALUE_EMPTY
         && (key + 1 == pair->kept->n_slots || value_now (self, pair, key + 1).kind == HP_VALUE_EMPTY);
}

/* ephemerons: an entry is as before, or empty since its key cannot be reached. */
static gboolean
is_entry_fine (HpVerification *self, const Comparison *pair, guint32 key)
{
  HpRef ref = hp_value_get_ref (value_before (pair, key));

  if (is_entry_unchanged (self, pair, key)
      || (ref != HP_REF_NONE && is_entry_empty (self, pair, key) && !is_reachable_now (self, ref)))
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_EPHEMERONS,
                                pair->reached->ref,
                                key,
                                ref,
                                _ ("the entry of object %u with the key in slot %u was changed by the collection"),
                                pair->reached->ref,
                                key);
}

/* unchanged: a strong slot holds what it held. */
static gboolean
is_slot_fine (HpVerification *self, const Comparison *pair, guint32 slot)
{
  HpValue before = value_before (pair, slot);

  if (hp_value_equal (before, value_now (self, pair, slot)))
    return TRUE;
  return hp_verification_break (self,
                                HP_RULE_UNCHANGED,
                                pair->reached->ref,
                                slot,
                                hp_value_get_ref (before),
                                _ ("slot %u of object %u holds another value after the collection"),
                                slot,
                                pair->reached->ref);
}

static gboolean
are_slots_fine (HpVerification *self, const Comparison *pair)
{
  gboolean is_table = pair->kept->references == HP_REFERENCES_EPHEMERONS;
  gboolean is_weak = pair->kept->references == HP_REFERENCES_WEAK || pair->kept->references == HP_REFERENCES_FINALIZED;
  guint32 n = is_table ? pair->kept->n_named : pair->kept->n_slots;

  if (is_weak && !is_weak_slot_fine (self, pair))
    return FALSE;
  for (guint32 i = is_weak ? 1 : 0; i < n; i++)
    if (!is_slot_fine (self, pair, i))
      return FALSE;
  for (guint32 i = n; i < pair->kept->n_slots; i += 2)
    if (!is_entry_fine (self, pair, i))
      return FALSE;
  return TRUE;
}

static gboolean
is_object_fine (HpVerification *self, const HpSnapshot *before, guint32 i)
{
  Comparison pair = { before, hp_reach_get (before->reached, i), &g_array_index (before->kept, Kept, i), NULL, NULL };

  pair.object = hp_heap_words (self->heap, hp_heap_address_of (self->heap, pair.reached->ref));
  pair.layout = hp_heap_layout (self->heap, pair.object[0]);
  return has_same_form (self, &pair) && are_slots_fine (self, &pair);
}

/* unchanged: a root or local that held a reference holds the same one. */
static gboolean
are_roots_fine (HpVerification *self, const HpSnapshot *before)
{
  g_autoptr (GArray) now = keep_roots (self->heap);

  for (guint i = 0; i < before->roots->len; i++)
    {
      const KeptRoot *root = &g_array_index (before->roots, KeptRoot, i);
      HpRef ref = hp_value_get_ref (root->value);
      g_autofree char *name = NULL;

      if (ref == HP_REF_NONE || (i < now->len && hp_value_equal (root->value, g_array_index (now, KeptRoot, i).value)))
        continue;
      name = hp_reach_name_root (self->heap, root->visit, root->holder);
      return hp_verification_break (self,
                                    HP_RULE_UNCHANGED,
                                    ref,
                                    HP_NO_SLOT,
                                    HP_REF_NONE,
                                    _ ("%s no longer holds object %u after the collection"),
                                    name,
                                    ref);
    }
  return TRUE;
}

gboolean
hp_verification_check_change (HpVerification *self)
{
  const HpSnapshot *before = self->before;

  if (before == NULL)
    return TRUE;
  for (guint32 i = 0; i < before->reached->len; i++)
    if (!is_still_alive (self, before, i))
      return FALSE;
  for (guint32 i = 0; i < before->reached->len; i++)
    if (!is_object_fine (self, before, i))
      return FALSE;
  return are_roots_fine (self, before);
}
