/* policies.c - the bundled policies do what they promise, loaded as modules and run on fixed programs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/machine.h"
#include "plugin/host.h"

/* The plugins of the build, whatever is installed. */
static HpHost *
open_host (void)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };

  g_assert_nonnull (folders[0]);
  return hp_host_new (folders);
}

static const HpPlugin *
load (HpHost *host, const char *id, HpSettings **settings)
{
  const HpManifest *manifest = hp_host_find (host, HP_PLUGIN_POLICY, id, NULL);
  const HpPlugin *plugin;

  g_assert_nonnull (manifest);
  plugin = hp_host_load (host, manifest, NULL);
  g_assert_nonnull (plugin);
  *settings = hp_manifest_settings_new (manifest);
  return plugin;
}

static HpMachine *
new_machine (const HpGcPolicy *policy, const HpSettings *policy_settings, const HpListener *listener)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", &error);
  HpMachine *machine = hp_machine_new (
      settings, &(HpPolicies){ .gc = policy, .settings = policy_settings }, listener, &error);

  g_assert_no_error (error);
  hp_machine_set_verify (machine, TRUE);
  return machine;
}

/* One object of 16 bytes that a root holds, and then @n scavenges. */
static void
survive (HpMachine *machine, guint n)
{
  guint32 shape = hp_machine_define_shape (machine, &(HpShape){ .name = "Cell", .header_words = 1, .n_slots = 1 });
  guint32 root = hp_machine_define_root (machine, "cell");

  hp_machine_set_root (machine, root, hp_value_ref (hp_machine_allocate (machine, shape, 0)));
  for (guint i = 0; i < n; i++)
    hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  hp_machine_finish (machine);
  g_assert_cmpint (hp_machine_ending (machine), ==, HP_ENDING_COMPLETED);
}

/* A survivor is copied survivals - 1 times inside new space, promoted once, and then left alone. */
static void
test_promote_at_n (void)
{
  g_autoptr (HpHost) host = open_host ();
  g_autoptr (HpSettings) settings = NULL;
  const HpPlugin *plugin = load (host, "promote-at-n", &settings);

  for (guint survivals = 1; survivals <= 15; survivals++)
    for (guint n = 0; n <= 17; n++)
      {
        g_autofree char *text = g_strdup_printf ("%u", survivals);
        g_autoptr (HpMachine) machine = NULL;
        const HpCounters *counters;

        g_assert_true (hp_settings_set (settings, "survivals", text, NULL));
        machine = new_machine (plugin->policy, settings, NULL);
        survive (machine, n);
        counters = hp_machine_counters (machine);
        g_assert_cmpuint (counters->scavenges, ==, n);
        g_assert_cmpuint (counters->copied_bytes, ==, 16 * MIN (n, survivals - 1));
        g_assert_cmpuint (counters->promoted_bytes, ==, n >= survivals ? 16 : 0);
      }
}

static void
add_events (gpointer bytes, const HpEvent *events, gsize n)
{
  g_byte_array_append (bytes, (const guint8 *) events, (guint) (n * sizeof *events));
}

/* The policy without an opinion gives the very events of no policy. */
static void
test_default_is_v8 (void)
{
  g_autoptr (HpHost) host = open_host ();
  g_autoptr (HpSettings) settings = NULL;
  const HpPlugin *plugin = load (host, "default", &settings);
  g_autoptr (GByteArray) with = g_byte_array_new ();
  g_autoptr (GByteArray) without = g_byte_array_new ();
  g_autoptr (HpMachine)
      machine = new_machine (plugin->policy, settings, &(HpListener){ .events = add_events, .self = with });
  g_autoptr (HpMachine) bare = new_machine (NULL, NULL, &(HpListener){ .events = add_events, .self = without });

  survive (machine, 3);
  survive (bare, 3);
  g_assert_cmpuint (hp_machine_counters (machine)->copied_bytes, ==, 16);
  g_assert_cmpuint (hp_machine_counters (machine)->promoted_bytes, ==, 16);
  g_assert_cmpmem (with->data, with->len, without->data, without->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policies/promote-at-n", test_promote_at_n);
  g_test_add_func ("/policies/default-is-v8", test_default_is_v8);
  return g_test_run ();
}
