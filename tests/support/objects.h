/* objects.h - ten million objects of 48 bytes with two references, for benchmarks
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"

#define N_OBJECTS 10000000

/* @settings: NULL-terminated pairs of name and value */
static inline HpMachine *
objects_machine (const char *const *settings)
{
  g_autoptr (HpSettings) all = hp_machine_settings_new ("node-20", NULL);

  for (; settings[0] != NULL; settings += 2)
    hp_settings_set (all, settings[0], settings[1], NULL);
  return hp_machine_new (all, NULL, NULL, NULL);
}

/* A list of @n objects with the refs 1 … n, held by the root that is returned. */
static inline guint32
objects_fill (HpMachine *machine, guint32 n)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Object", .header_words = 4, .n_slots = 2 });
  guint32 root = hp_machine_define_root (machine, "all");

  for (guint32 i = 1; i <= n; i++)
    {
      HpValue values[2] = { hp_value_ref (i - 1), HP_VALUE_NOTHING };

      hp_machine_set_root (machine, root, hp_value_ref (hp_machine_allocate_with (machine, shape, 0, values, 2)));
    }
  return root;
}

/* The objects become a binary tree: where each of them lies in it, chance decides or their age. */
static inline void
objects_tangle (HpMachine *machine, guint32 root, gboolean at_random)
{
  g_autofree HpRef *order = g_new (HpRef, N_OBJECTS + 1);
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint32 i = 1; i <= N_OBJECTS; i++)
    {
      guint32 j = at_random ? 1 + hp_random_below (&random, i) : i;

      order[i] = order[j];
      order[j] = i;
    }
  for (guint32 i = 1; i <= N_OBJECTS; i++)
    for (guint32 slot = 0; slot < 2; slot++)
      hp_machine_write (
          machine, order[i], slot, 2 * i + slot <= N_OBJECTS ? hp_value_ref (order[2 * i + slot]) : HP_VALUE_NOTHING);
  hp_machine_set_root (machine, root, hp_value_ref (order[1]));
}
