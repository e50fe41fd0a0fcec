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

/* A list of @n new objects, held by the root that is returned; the refs of the first ones are 1 … n. */
static inline guint32
objects_fill (HpMachine *machine, guint32 n)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Object", .header_words = 4, .n_slots = 2 });
  guint32 root = hp_machine_define_root (machine, "all");
  HpRef newest = HP_REF_NONE;

  for (guint32 i = 1; i <= n; i++)
    {
      HpValue values[2] = { newest == HP_REF_NONE ? HP_VALUE_NOTHING : hp_value_ref (newest), HP_VALUE_NOTHING };

      newest = hp_machine_allocate_with (machine, shape, 0, values, 2);
      hp_machine_set_root (machine, root, hp_value_ref (newest));
    }
  return root;
}

/* Which object is the i-th in a binary tree, from 1: chance decides or their age. */
static inline guint32 *
objects_order (gboolean at_random)
{
  guint32 *order = g_new (guint32, N_OBJECTS + 1);
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint32 i = 1; i <= N_OBJECTS; i++)
    {
      guint32 j = at_random ? 1 + hp_random_below (&random, i) : i;

      order[i] = order[j];
      order[j] = i;
    }
  return order;
}

/* The newest N_OBJECTS objects, of which the root holds the last one, become a binary tree in that order. */
static inline void
objects_tangle (HpMachine *machine, guint32 root, HpRef oldest, gboolean at_random)
{
  g_autofree guint32 *order = objects_order (at_random);
  HpRef before = oldest - 1;

  for (guint32 i = 1; i <= N_OBJECTS; i++)
    for (guint32 slot = 0; slot < 2; slot++)
      hp_machine_write (machine,
                        before + order[i],
                        slot,
                        2 * i + slot <= N_OBJECTS ? hp_value_ref (before + order[2 * i + slot]) : HP_VALUE_NOTHING);
  hp_machine_set_root (machine, root, hp_value_ref (before + order[1]));
}
