/* every_policy.c - ten thousand random programs and more, spread over all bundled policies, the referee always looking
 *
 * All kinds of machines that a trial knows are tried under each policy: both presets, tiny and narrow spaces, both
 * orders of copying, marking at once and in steps. Policies that answer at random may give wrong answers.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/trial.h"

#define N_PROGRAMS 12000
#define N_STEPS 400

static HpHost *host;

typedef struct
{
  guint n_policies;
  guint64 programs, collections, objects, out_of_memory;
} Sums;

static void
report (const char *id, const HpTrialResult *result)
{
  g_test_message ("%-20s %6u programs %8" G_GUINT64_FORMAT " collections %9" G_GUINT64_FORMAT
                  " objects %5u out of memory %6" G_GUINT64_FORMAT " wrong answers",
                  id,
                  result->n_programs,
                  result->n_collections,
                  result->n_objects,
                  result->n_out_of_memory,
                  result->n_faults);
}

static void
assert_sound (const HpTrialResult *result)
{
  g_autofree char *text = result->failure != NULL ? hp_violation_text (result->failure->violation) : NULL;
  g_autofree char *program = result->failure != NULL ? hp_random_program_print (result->failure->program)
                                                     : g_strdup ("");
  g_autofree char *settings = result->failure != NULL ? g_strjoinv (" ", result->failure->settings) : g_strdup ("");

  if (text != NULL)
    g_test_message ("%s\n%s", settings, program);
  g_assert_cmpstr (text, ==, NULL);
}

static void
try_policy (const HpManifest *manifest, guint n_programs, Sums *sums)
{
  g_autoptr (HpSettings) settings = hp_manifest_settings_new (manifest);
  const HpPlugin *plugin = hp_host_load (host, manifest, NULL);
  HpTrial trial = { .policy_settings = settings, .n_programs = n_programs, .n_steps = N_STEPS, .seed = 1 };
  g_auto (HpTrialResult) result = { 0 };

  g_assert_nonnull (plugin);
  trial.policy = plugin->policy;
  trial.allow_faults = g_str_equal (manifest->id, "random");
  result = hp_trial_run (&trial);
  report (manifest->id, &result);
  assert_sound (&result);
  sums->n_policies++;
  sums->programs += result.n_programs;
  sums->collections += result.n_collections;
  sums->objects += result.n_objects;
  sums->out_of_memory += result.n_out_of_memory;
}

/* Policies of the collector; those of the pager alone have nothing to try. */
static GPtrArray *
list_policies (void)
{
  GPtrArray *manifests = g_ptr_array_new ();

  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);

      if (entry.refusal == NULL && entry.manifest->kind == HP_PLUGIN_POLICY
          && hp_host_load (host, entry.manifest, NULL)->policy != NULL)
        g_ptr_array_add (manifests, (gpointer) entry.manifest);
    }
  return manifests;
}

static void
test_every_policy (void)
{
  g_autoptr (GPtrArray) manifests = list_policies ();
  guint n_each = (N_PROGRAMS + manifests->len - 1) / manifests->len;
  Sums sums = { 0 };

  for (guint i = 0; i < manifests->len; i++)
    try_policy (g_ptr_array_index (manifests, i), n_each, &sums);
  g_test_message ("%u policies, %" G_GUINT64_FORMAT " programs, %" G_GUINT64_FORMAT " collections, %" G_GUINT64_FORMAT
                  " objects, %" G_GUINT64_FORMAT " out of memory",
                  sums.n_policies,
                  sums.programs,
                  sums.collections,
                  sums.objects,
                  sums.out_of_memory);
  g_assert_cmpuint (sums.n_policies, ==, 11);
  g_assert_cmpuint (sums.programs, >=, 10000);
  g_assert_cmpuint (sums.collections, >=, 5 * sums.programs);
  g_assert_cmpuint (sums.out_of_memory, >, 0);
  g_assert_cmpuint (sums.out_of_memory, <, sums.programs / 2);
}

int
main (int argc, char **argv)
{
  const char *folders[] = { NULL, NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  folders[0] = g_getenv ("HEAPARIUM_PLUGIN_PATH");
  g_assert_nonnull (folders[0]);
  host = hp_host_new (folders);
  g_test_add_func ("/trial/every-policy", test_every_policy);
  status = g_test_run ();
  hp_host_free (host);
  return status;
}
