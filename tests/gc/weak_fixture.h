/* weak_fixture.h - a machine with weak references, registry cells and ephemeron tables
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "fixture.h"

typedef struct
{
  Fixture base;
  HpMachine *machine;
  guint32 weak_ref, cell, table;
  guint32 roots[4];
} Weak;

static inline void
weak_init (Weak *self, const char *const *settings)
{
  static const char *const NAMES[] = { "a", "b", "c", "d" };

  fixture_init (&self->base, "classroom", NULL, settings);
  self->machine = self->base.machine;
  self->weak_ref = hp_machine_define_shape (
      self->machine,
      &(HpShape){ .name = "WeakRef", .header_words = 3, .n_slots = 1, .references = HP_REFERENCES_WEAK });
  self->cell = hp_machine_define_shape (
      self->machine,
      &(HpShape){ .name = "WeakCell", .header_words = 3, .n_slots = 2, .references = HP_REFERENCES_FINALIZED });
  self->table = hp_machine_define_shape (self->machine,
                                         &(HpShape){ .name = "EphemeronHashTable",
                                                     .kind = HP_SHAPE_ELEMENTS,
                                                     .tail = HP_TAIL_SLOTS,
                                                     .header_words = 2,
                                                     .n_slots = 1,
                                                     .references = HP_REFERENCES_EPHEMERONS });
  for (guint i = 0; i < G_N_ELEMENTS (self->roots); i++)
    self->roots[i] = hp_machine_define_root (self->machine, NAMES[i]);
}

static inline void
weak_clear (Weak *self)
{
  hp_machine_finish (self->machine);
  g_assert_cmpstr (hp_machine_ending_message (self->machine), ==, NULL);
  fixture_clear (&self->base);
}

static inline HpRef
new_in (Weak *self, guint root, guint32 shape, guint32 length)
{
  HpRef ref = hp_machine_allocate (self->machine, shape, length);

  hp_machine_set_root (self->machine, self->roots[root], hp_value_ref (ref));
  return ref;
}

static inline void
drop (Weak *self, guint root)
{
  hp_machine_set_root (self->machine, self->roots[root], hp_value_undefined ());
}

/* The job ends, and so nothing is left in the accumulator. */
static inline void
collect (Weak *self, HpCollectionKind kind)
{
  hp_machine_end_job (self->machine);
  hp_machine_collect (self->machine, kind);
}

static inline gboolean
lives (Weak *self, HpRef ref)
{
  return hp_heap_address_of (self->machine->heap, ref) != 0;
}

static inline gboolean
is_young (Weak *self, HpRef ref)
{
  return hp_space_is_young (fixture_space_of (&self->base, ref));
}

/* A weak reference or a cell in root @root, to a pair that nothing else refers to. */
static inline HpRef
new_weak (Weak *self, guint root, guint32 shape, HpRef *target)
{
  HpRef weak;

  *target = new_in (self, 3, self->base.pair, 0);
  weak = new_in (self, root, shape, 0);
  hp_machine_write (self->machine, weak, 0, hp_value_ref (*target));
  drop (self, 3);
  return weak;
}

static inline void
set_pair (Weak *self, HpRef table, guint i, HpRef key, HpRef value)
{
  hp_machine_write (self->machine, table, 1 + 2 * i, hp_value_ref (key));
  hp_machine_write (self->machine, table, 2 + 2 * i, hp_value_ref (value));
}

#define assert_slot(self, host, slot, kind_, payload_)                       \
  G_STMT_START                                                               \
  {                                                                          \
    HpValue value_in_slot = hp_machine_read ((self)->machine, (host), slot); \
    g_assert_cmpuint (value_in_slot.kind, ==, kind_);                        \
    g_assert_cmpuint (value_in_slot.payload, ==, payload_);                  \
  }                                                                          \
  G_STMT_END
