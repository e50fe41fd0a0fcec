/* jobs.c - turns of the event loop: what is kept alive for the length of a job, and what happens between jobs
 *
 * V8: Heap::KeepDuringJob and ClearKeptObjects in src/heap/heap.cc; finalizers run as tasks of their own, later.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

#include <glib/gi18n-lib.h>

#define DAY_NS (G_GUINT64_CONSTANT (86400) * 1000000000)

void
hp_machine_init_job (HpMachine *self)
{
  hp_root_pool_init (&self->kept_roots, "kept");
  self->kept = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->kept_refs = g_hash_table_new (NULL, NULL);
}

void
hp_machine_clear_job (HpMachine *self)
{
  hp_root_pool_clear (&self->kept_roots);
  g_array_unref (self->kept);
  g_hash_table_unref (self->kept_refs);
}

void
hp_machine_keep (HpMachine *self, guint64 word)
{
  HpRef ref = hp_heap_word_ref (self->heap, word);
  guint32 root;

  if (!g_hash_table_add (self->kept_refs, GUINT_TO_POINTER (ref)))
    return;
  root = hp_root_pool_hold (&self->kept_roots, self->heap, hp_word_address (word));
  g_array_append_val (self->kept, root);
}

static void
let_go_of_kept (HpMachine *self)
{
  for (guint i = self->kept->len; i-- > 0;)
    hp_root_pool_let_go (&self->kept_roots, self->heap, g_array_index (self->kept, guint32, i));
  g_array_set_size (self->kept, 0);
  g_hash_table_remove_all (self->kept_refs);
}

void
hp_machine_end_job (HpMachine *self)
{
  if (!hp_machine_begin (self, HP_OPERATION_END_JOB))
    return;
  let_go_of_kept (self);
  hp_roots_empty_accumulator (&self->heap->roots);
  self->n_finalizable = self->collector->weak.cleanup->length;
  hp_collector_run_tasks (self->collector);
  hp_machine_check_collections (self);
}

HpRef
hp_machine_take_finalized (HpMachine *self)
{
  guint32 root;
  HpAddress address;
  HpRef ref;

  if (!hp_machine_begin (self, HP_OPERATION_TAKE_FINALIZED) || self->n_finalizable == 0)
    return HP_REF_NONE;
  self->n_finalizable--;
  root = GPOINTER_TO_UINT (g_queue_pop_head (self->collector->weak.cleanup));
  address = hp_root_pool_let_go (&self->collector->weak.roots, self->heap, root);
  ref = hp_heap_ref_at (self->heap, address);
  hp_roots_accumulate (&self->heap->roots, ref, address);
  return ref;
}

void
hp_machine_wait (HpMachine *self, guint64 ns)
{
  if (!hp_machine_begin (self, HP_OPERATION_WAIT))
    return;
  if (ns > DAY_NS)
    {
      hp_machine_fail (self, _ ("wait: %.0f seconds are more than a day"), (double) ns / 1e9);
      return;
    }
  hp_memory_reducer_idle (self->collector, ns);
  hp_machine_check_collections (self);
}
