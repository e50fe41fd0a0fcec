/* fixture.h - a machine with a shape or two, whose events are kept
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine_private.h"

typedef struct
{
  HpMachine *machine;
  GArray *events;
  guint32 pair;  /* two slots, 40 bytes */
  guint32 array; /* 16 + 8 n bytes */
  guint32 bytes; /* 16 + n bytes */
  guint32 root, other_root;
} Fixture;

static inline void
fixture_keep (gpointer data, const HpEvent *events, gsize n)
{
  g_array_append_vals (data, events, (guint) n);
}

/* @settings: NULL-terminated pairs of name and value */
static inline void
fixture_init (Fixture *self, const char *preset, const HpGcPolicy *policy, const char *const *settings)
{
  g_autoptr (HpSettings) all = hp_machine_settings_new (preset, NULL);

  for (; settings != NULL && settings[0] != NULL; settings += 2)
    {
      g_autoptr (GError) error = NULL;

      hp_settings_set (all, settings[0], settings[1], &error);
      g_assert_no_error (error);
    }
  self->events = g_array_new (FALSE, FALSE, sizeof (HpEvent));
  self->machine = hp_machine_new (
      all, &(HpPolicies){ .gc = policy }, &(HpListener){ NULL, fixture_keep, self->events }, NULL);
  g_assert_nonnull (self->machine);
  hp_machine_set_verify (self->machine, TRUE);
  self->pair = hp_machine_define_shape (self->machine, &(HpShape){ .name = "Pair", .header_words = 3, .n_slots = 2 });
  self->array = hp_machine_define_shape (self->machine,
                                         &(HpShape){ .name = "Array", .tail = HP_TAIL_SLOTS, .header_words = 2 });
  self->bytes = hp_machine_define_shape (self->machine,
                                         &(HpShape){ .name = "Bytes", .tail = HP_TAIL_BYTES, .header_words = 2 });
  self->root = hp_machine_define_root (self->machine, "root");
  self->other_root = hp_machine_define_root (self->machine, "other");
}

static inline void
fixture_clear (Fixture *self)
{
  hp_machine_finish (self->machine);
  hp_machine_free (self->machine);
  g_array_unref (self->events);
}

/* A new pair, held by a root. */
static inline HpRef
fixture_pair_in (Fixture *self, guint32 root)
{
  HpRef ref = hp_machine_allocate (self->machine, self->pair, 0);

  hp_machine_set_root (self->machine, root, hp_value_ref (ref));
  return ref;
}

static inline HpSpace
fixture_space_of (Fixture *self, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->machine->heap, ref);

  return address != 0 ? hp_heap_space_of (self->machine->heap, address) : HP_SPACE_NONE;
}

static inline guint
fixture_count (Fixture *self, HpEventType type)
{
  guint n = 0;

  hp_machine_flush (self->machine);
  for (guint i = 0; i < self->events->len; i++)
    n += hp_event_type (&g_array_index (self->events, HpEvent, i)) == type;
  return n;
}
