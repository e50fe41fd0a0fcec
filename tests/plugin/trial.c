/* trial.c - V8's rules pass; a policy that damages the heap is found, by the right rule, with a short program
 *
 * The damage is done from inside a policy's callback, which only a test can: it sees the collector behind the context.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "gc/collector.h"
#include "plugin/trial.h"

#include <string.h>

static HpTrialResult
try_policy (const HpGcPolicy *policy)
{
  HpTrial trial = { .policy = policy, .n_programs = 200, .n_steps = 400, .seed = 1 };

  return hp_trial_run (&trial);
}

/* Finds the policy's fault, and checks what was found: the rule, and that no step can be left out. */
static void
expect (const HpGcPolicy *policy, const char *rule, guint most_steps)
{
  g_auto (HpTrialResult) result = try_policy (policy);
  g_autofree char *text = NULL;
  g_autofree char *program = NULL;

  g_assert_nonnull (result.failure);
  text = hp_violation_text (result.failure->violation);
  program = hp_random_program_print (result.failure->program);
  g_test_message ("%s\n%s", text, program);
  g_assert_cmpstr (hp_rule_id (result.failure->violation->rule), ==, rule);
  g_assert_cmpuint (result.failure->program->n_steps, <=, most_steps);
  g_assert_cmpuint (result.failure->step, ==, result.failure->program->n_steps);
  g_assert_cmpuint (result.failure->n_steps, ==, 400);
  g_assert_cmpuint (result.failure->event, >, result.failure->operation);
}

/* ---- damage ------------------------------------------------------------------------------------------------------ */

static HpFate
drop_remembered_slots (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  const GPtrArray *pages = context->collector->heap->old.pages;

  for (guint i = 0; i < pages->len; i++)
    hp_slot_set_clear (&((HpHeapPage *) g_ptr_array_index (pages, i))->old_to_new);
  return HP_FATE_DEFAULT;
}

static HpBytes
miscount_free_words (gpointer self, HpGcContext *context)
{
  context->collector->heap->old.free_list.free_words++;
  return 0;
}

/* All slots are emptied while nobody looks. */
static HpBytes
lose_a_slot (gpointer self, HpGcContext *context)
{
  HpHeap *heap = context->collector->heap;

  for (HpRef ref = 1; ref <= heap->refs.last; ref++)
    {
      HpAddress address = hp_heap_address_of (heap, ref);
      guint64 *object = address != 0 ? hp_heap_words (heap, address) : NULL;
      guint32 n = object != NULL ? hp_heap_count_slots (heap, object) : 0;

      for (guint32 i = 0; i < n; i++)
        object[hp_heap_layout (heap, object[0])->first_slot + i] = 0;
    }
  return 0;
}

static HpFate
answer_nonsense (gpointer self, HpGcContext *context, const HpSurvivor *survivor)
{
  return (HpFate) 7;
}

static void
test_forgets_remembered_set (void)
{
  static const HpGcPolicy policy = { .struct_size = sizeof policy, .survivor_fate = drop_remembered_slots };

  expect (&policy, "remembered-set", 8);
}

static void
test_wrong_account (void)
{
  static const HpGcPolicy policy = { .struct_size = sizeof policy, .old_limit_bytes = miscount_free_words };

  expect (&policy, "free-lists", 4);
}

static void
test_changes_what_is_seen (void)
{
  static const HpGcPolicy policy = { .struct_size = sizeof policy, .semi_space_bytes = lose_a_slot };

  expect (&policy, "unchanged", 2);
}

static void
test_wrong_answer (void)
{
  static const HpGcPolicy policy = { .struct_size = sizeof policy, .survivor_fate = answer_nonsense };

  expect (&policy, "answer", 2);
}

/* ---- sound policies ---------------------------------------------------------------------------------------------- */

static void
test_default_passes (void)
{
  g_auto (HpTrialResult) result = try_policy (NULL);

  g_assert_null (result.failure);
  g_assert_null (result.first_fault);
  g_assert_cmpuint (result.n_programs, ==, 200);
  g_assert_cmpuint (result.n_collections, >, 1500);
  g_assert_cmpuint (result.n_out_of_memory, >, 0);
  g_assert_cmpuint (result.n_out_of_memory, <, 150);
}

static void
test_faults_may_be_allowed (void)
{
  static const HpGcPolicy policy = { .struct_size = sizeof policy, .survivor_fate = answer_nonsense };
  HpTrial trial = { .policy = &policy, .n_programs = 20, .n_steps = 120, .seed = 1, .allow_faults = TRUE };
  g_auto (HpTrialResult) result = hp_trial_run (&trial);

  g_assert_null (result.failure);
  g_assert_cmpuint (result.n_programs, ==, 20);
  g_assert_cmpuint (result.n_faults, >, 20);
  g_assert_cmpstr (result.first_fault, ==, "survivor_fate answered 7: expected a fate, 0 to 2");
}

static gboolean
cancel_at_half (gpointer user_data, double fraction)
{
  return fraction < 0.5;
}

static void
test_cancel (void)
{
  HpTrial trial = { .n_programs = 20, .n_steps = 20, .seed = 1, .progress = cancel_at_half };
  g_auto (HpTrialResult) result = hp_trial_run (&trial);

  g_assert_true (result.is_cancelled);
  g_assert_cmpuint (result.n_programs, ==, 10);
}

/* The same trial finds the same. */
static void
test_repeats (void)
{
  static const HpGcPolicy policy = { .struct_size = sizeof policy, .survivor_fate = drop_remembered_slots };
  g_auto (HpTrialResult) a = try_policy (&policy);
  g_auto (HpTrialResult) b = try_policy (&policy);
  g_autofree char *first = hp_random_program_print (a.failure->program);
  g_autofree char *second = hp_random_program_print (b.failure->program);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (a.failure->event, ==, b.failure->event);
  g_assert_cmpuint (a.n_shortenings, ==, b.n_shortenings);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trial/default-passes", test_default_passes);
  g_test_add_func ("/trial/forgets-remembered-set", test_forgets_remembered_set);
  g_test_add_func ("/trial/wrong-account", test_wrong_account);
  g_test_add_func ("/trial/changes-what-is-seen", test_changes_what_is_seen);
  g_test_add_func ("/trial/wrong-answer", test_wrong_answer);
  g_test_add_func ("/trial/faults-may-be-allowed", test_faults_may_be_allowed);
  g_test_add_func ("/trial/cancel", test_cancel);
  g_test_add_func ("/trial/repeats", test_repeats);
  return g_test_run ();
}
