/* reference-counting.c - deferred reference counting (L. P. Deutsch and D. Bobrow, An efficient, incremental, automatic
 * garbage collector, 1976) with trial deletion for cycles (D. Bacon and V. Rajan, Concurrent cycle collection in
 * reference counted systems, 2001, the synchronous form)
 *
 * References from the heap are counted, those from roots are not. An object whose count is zero waits in the zero-count
 * table; when that is full, what no root refers to is freed, and what it alone referred to with it. A dead ring keeps
 * its counts. So what lost a reference and still has others is a candidate: in a full collection the references among
 * all that candidates lead to are taken away on trial; what then has none from outside, and nothing from outside leads
 * to, is dead.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

typedef struct
{
  GArray *counts;     /* guint32, by ref */
  GArray *zeros;      /* HpRef: the zero-count table */
  guint n_rooted;     /* of them, that roots referred to last time */
  GArray *candidates; /* HpRef: may be in a dead cycle */
  GHashTable *rooted; /* HpRef, of the collection under way */
  GArray *roots;      /* the same, in their order */
  /* Trial deletion. */
  GArray *grey;       /* HpRef: what candidates lead to */
  GHashTable *trial;  /* HpRef -> references from outside, so far as is known */
  GHashTable *living; /* HpRef: of the grey */
  GArray *work;
} Counting;

static gpointer
create (HpGcContext *context)
{
  Counting *self = g_new0 (Counting, 1);

  self->counts = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->zeros = g_array_new (FALSE, FALSE, sizeof (HpRef));
  self->candidates = g_array_new (FALSE, FALSE, sizeof (HpRef));
  self->grey = g_array_new (FALSE, FALSE, sizeof (HpRef));
  self->roots = g_array_new (FALSE, FALSE, sizeof (HpRef));
  self->work = g_array_new (FALSE, FALSE, sizeof (HpRef));
  self->rooted = g_hash_table_new (NULL, NULL);
  self->trial = g_hash_table_new (NULL, NULL);
  self->living = g_hash_table_new (NULL, NULL);
  return self;
}

static void
destroy (gpointer instance)
{
  Counting *self = instance;
  GArray *arrays[] = { self->counts, self->zeros, self->candidates, self->grey, self->roots, self->work };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_hash_table_unref (self->rooted);
  g_hash_table_unref (self->trial);
  g_hash_table_unref (self->living);
  g_free (self);
}

/* ---- counting ---------------------------------------------------------------------------------------------------- */

static guint32 *
count_of (Counting *self, HpRef ref)
{
  if (ref >= self->counts->len)
    g_array_set_size (self->counts, ref + ref / 2 + 1);
  return &g_array_index (self->counts, guint32, ref);
}

/* A reference to @ref is gone. The last one: into the table. Another one: what is left of them may be a ring. */
static void
release (Counting *self, HpRef ref)
{
  g_array_append_val (--*count_of (self, ref) == 0 ? self->zeros : self->candidates, ref);
}

static void
allocated (gpointer instance, HpGcContext *context, HpRef object)
{
  Counting *self = instance;

  *count_of (self, object) = 0;
  g_array_append_val (self->zeros, object);
}

static void
stored (gpointer self, HpGcContext *context, HpRef host, guint32 slot, HpRef before, HpRef after)
{
  if (after != HP_REF_NONE)
    ++*count_of (self, after);
  if (before != HP_REF_NONE)
    release (self, before);
}

static gboolean
is_rooted (Counting *self, HpRef ref)
{
  return g_hash_table_contains (self->rooted, GUINT_TO_POINTER (ref));
}

/* Everything that @object refers to and that is counted. */
static void
visit_children (Counting *self, HpGc *gc, HpRef object, HpGcVisit visit)
{
  hp_gc_visit_slots (gc, object, visit, self);
  hp_gc_visit_values (gc, object, visit, self);
}

/* ---- the zero-count table ---------------------------------------------------------------------------------------- */

static void
note_root (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  g_hash_table_add (((Counting *) self)->rooted, GUINT_TO_POINTER (target));
  g_array_append_val (((Counting *) self)->roots, target);
}

static void
release_child (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  release (self, target);
}

/* Frees what has a count of zero and no root, and, since release() puts children into the same table behind it, what
 * follows from that. What a root holds waits for the next time. */
static void
free_zeros (Counting *self, HpGc *gc)
{
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (HpRef));

  hp_gc_enter_phase (gc, HP_PHASE_SWEEP);
  for (guint i = 0; i < self->zeros->len; i++)
    {
      HpRef object = g_array_index (self->zeros, HpRef, i);

      if (hp_gc_space (gc, object) == HP_SPACE_NONE)
        continue;
      if (*count_of (self, object) > 0) /* it may be a ring that refers to it, and no root any more */
        {
          g_array_append_val (self->candidates, object);
          continue;
        }
      if (is_rooted (self, object))
        {
          if (hp_gc_mark (gc, object)) /* may be in the table more than once */
            g_array_append_val (waiting, object);
          continue;
        }
      visit_children (self, gc, object, release_child);
      hp_gc_free (gc, object);
    }
  g_array_set_size (self->zeros, 0);
  g_array_append_vals (self->zeros, waiting->data, waiting->len);
  self->n_rooted = waiting->len;
}

/* ---- trial deletion ---------------------------------------------------------------------------------------------- */

/* Three passes: take away the references among the grey on trial; what keeps some, or a root, lives with all that it
 * leads to; what is left over is dead, rings and all. Counts themselves only change for what is freed. */

static guint32
trial_count (Counting *self, HpRef ref)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->trial, GUINT_TO_POINTER (ref)));
}

static void
make_grey (Counting *self, HpRef ref)
{
  if (g_hash_table_contains (self->trial, GUINT_TO_POINTER (ref)))
    return;
  g_hash_table_insert (self->trial, GUINT_TO_POINTER (ref), GUINT_TO_POINTER (*count_of (self, ref)));
  g_array_append_val (self->grey, ref);
}

static void
delete_on_trial (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  make_grey (self, target);
  g_hash_table_insert (
      ((Counting *) self)->trial, GUINT_TO_POINTER (target), GUINT_TO_POINTER (trial_count (self, target) - 1));
}

/* All that candidates and roots lead to; each reference from a grey object is taken off its target's trial count. */
static void
mark_grey (Counting *self, HpGc *gc)
{
  for (guint i = 0; i < self->candidates->len; i++)
    if (hp_gc_space (gc, g_array_index (self->candidates, HpRef, i)) != HP_SPACE_NONE)
      make_grey (self, g_array_index (self->candidates, HpRef, i));
  for (guint i = 0; i < self->roots->len; i++)
    make_grey (self, g_array_index (self->roots, HpRef, i));
  for (guint i = 0; i < self->grey->len; i++)
    visit_children (self, gc, g_array_index (self->grey, HpRef, i), delete_on_trial);
}

static void
keep (Counting *self, HpRef ref)
{
  if (g_hash_table_add (self->living, GUINT_TO_POINTER (ref)))
    g_array_append_val (self->work, ref);
}

static void
keep_child (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  keep (self, target);
}

/* What is referred to from outside, and all that follows from it. An object without counted references is the
 * zero-count table's. */
static void
keep_living (Counting *self, HpGc *gc)
{
  for (guint i = 0; i < self->grey->len; i++)
    {
      HpRef ref = g_array_index (self->grey, HpRef, i);

      if (trial_count (self, ref) > 0 || is_rooted (self, ref) || *count_of (self, ref) == 0)
        keep (self, ref);
    }
  while (self->work->len > 0)
    {
      HpRef ref = g_array_index (self->work, HpRef, self->work->len - 1);

      g_array_set_size (self->work, self->work->len - 1);
      visit_children (self, gc, ref, keep_child);
    }
}

/* What dies with its ring needs no count any more; what outlives it loses a reference. */
static void
release_living_child (gpointer self, HpGc *gc, HpVisit kind, HpRef host, guint32 slot, HpRef target)
{
  if (g_hash_table_contains (((Counting *) self)->living, GUINT_TO_POINTER (target)))
    release (self, target);
}

static void
free_cycles (Counting *self, HpGc *gc)
{
  mark_grey (self, gc);
  keep_living (self, gc);
  g_array_set_size (self->candidates, 0);
  for (guint i = 0; i < self->grey->len; i++)
    {
      HpRef ref = g_array_index (self->grey, HpRef, i);

      if (is_rooted (self, ref)) /* nobody tells when a root lets go */
        g_array_append_val (self->candidates, ref);
      if (g_hash_table_contains (self->living, GUINT_TO_POINTER (ref)))
        continue;
      visit_children (self, gc, ref, release_living_child);
      hp_gc_free (gc, ref);
    }
  g_array_set_size (self->grey, 0);
  g_hash_table_remove_all (self->trial);
  g_hash_table_remove_all (self->living);
}

/* ---- when, and in which order ------------------------------------------------------------------------------------ */

static HpCollectNow
collect_now (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  gint64 size = hp_settings_get_integer (hp_gc_context_settings (context), "zero-count-table");

  return ((Counting *) self)->zeros->len - ((Counting *) self)->n_rooted > size ? HP_COLLECT_YOUNG : HP_COLLECT_DEFAULT;
}

static HpPlacement
place (gpointer self, HpGcContext *context, const HpAllocationRequest *request)
{
  return HP_PLACEMENT_OLD;
}

static void
collect (gpointer instance, HpGc *gc, HpCollectionKind kind)
{
  Counting *self = instance;

  hp_gc_enter_phase (gc, HP_PHASE_ROOTS);
  hp_gc_visit_roots (gc, note_root, self);
  free_zeros (self, gc);
  if (kind == HP_COLLECTION_FULL && hp_settings_get_boolean (hp_gc_context_settings (hp_gc_context (gc)), "cycles"))
    free_cycles (self, gc);
  g_hash_table_remove_all (self->rooted);
  g_array_set_size (self->roots, 0);
}

static const HpGcPolicy policy = {
  .struct_size = sizeof (HpGcPolicy),
  .create = create,
  .destroy = destroy,
  .collect_now = collect_now,
  .place = place,
  .collect = collect,
  .allocated = allocated,
  .stored = stored,
};

HP_DEFINE_POLICY ("reference-counting", policy)
