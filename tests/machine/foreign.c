/* foreign.c - collections by a policy: whatever it does, the heap is in order afterwards
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/machine_private.h"
#include "random_machine.h"

/* ---- the heap is in order --------------------------------------------------------------------------------------- */

static guint n_collections, n_broken;

static void
verify_after (gpointer machine, gboolean is_after)
{
  g_autofree char *violation = hp_machine_verify (machine);

  if (violation != NULL)
    g_test_message ("%s collection: %s", is_after ? "after" : "before", violation);
  n_broken += violation != NULL;
  n_collections += is_after;
}

static void
test_random_primitives (void)
{
  guint64 n_faults = 0;

  for (guint64 seed = 1; seed <= 150; seed++)
    {
      g_autoptr (HpSettings) settings = random_settings_new (seed);
      g_autoptr (HpMachine)
          machine = hp_machine_new (settings, &(HpPolicies){ .gc = random_collector (seed) }, NULL, NULL);

      machine->collector->check = verify_after;
      machine->collector->check_data = machine;
      random_machine_run (machine, seed, 1500);
      n_faults += hp_machine_count_policy_faults (machine);
    }
  g_test_message ("%u collections, %" G_GUINT64_FORMAT " faults", n_collections, n_faults);
  g_assert_cmpuint (n_broken, ==, 0);
  g_assert_cmpuint (n_collections, >, 1000);
  g_assert_cmpuint (n_faults, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/random-primitives", test_random_primitives);
  return g_test_run ();
}
