/* folding.c - folding all events gives exactly the machine's own state
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_machine.h"

#include "machine/machine_private.h"
#include "recording/recording.h"

typedef struct
{
  HpMachine *machine;
  HpRecording *recording;
} Run;

static void
compare_values (HpValue a, HpValue b)
{
  g_assert_cmpuint (a.kind, ==, b.kind);
  g_assert_cmpuint (a.payload, ==, b.payload);
}

/* ---- objects
 * ------------------------------------------------------------------------------------------------------------ */

static void
compare_slots (HpHeap *heap, const HpMoment *moment, HpRef ref, HpAddress address)
{
  const guint64 *object = hp_heap_words (heap, address);
  HpHeapPage *page = hp_heap_page_of (heap, address);
  guint32 first = hp_heap_layout (heap, object[0])->first_slot;
  guint32 n = hp_heap_count_slots (heap, object);

  g_assert_cmpuint (hp_moment_n_slots (moment, ref), ==, n);
  for (guint32 i = 0; i < n; i++)
    {
      compare_values (hp_moment_slot (moment, ref, i), hp_heap_value_of_word (heap, object[first + i]));
      g_assert_cmpint (hp_moment_slot_is_remembered (moment, ref, i),
                       ==,
                       hp_slot_set_contains (hp_heap_remembered_set (heap, page, address, address + first + i),
                                             address + first + i - page->address));
    }
}

static void
compare_objects (HpHeap *heap, const HpMoment *moment)
{
  g_assert_cmpuint (hp_moment_n_objects (moment), ==, heap->refs.last);
  for (HpRef ref = 1; ref <= heap->refs.last; ref++)
    {
      const HpObjectState *state = hp_moment_object (moment, ref);
      HpAddress address = hp_heap_address_of (heap, ref);
      guint64 map;

      g_assert_cmpint (state->status, ==, address != 0 ? HP_OBJECT_ALLOCATED : HP_OBJECT_FREED);
      if (address == 0)
        continue;
      map = *hp_heap_words (heap, address);
      g_assert_cmpuint (state->address, ==, address);
      g_assert_cmpuint (state->shape, ==, hp_map_shape (map));
      g_assert_cmpuint (state->size_words, ==, hp_heap_size_words (heap, hp_heap_words (heap, address)));
      g_assert_cmpint (state->space, ==, hp_heap_space_of (heap, address));
      g_assert_cmpint (hp_moment_colour (moment, ref), ==, hp_map_colour (map));
      g_assert_cmpuint (state->age, ==, hp_map_age (map));
      if (!hp_heap_is_unswept (heap, address)) /* what dead objects refer to may have given way to others */
        compare_slots (heap, moment, ref, address);
    }
}

/* ---- pages and limits
 * ---------------------------------------------------------------------------------------------------- */

static void
compare_heap_pages (HpHeap *heap, const HpMoment *moment)
{
  guint n = heap->young.pages[0]->len + heap->young.pages[1]->len + heap->old.pages->len + heap->large.pages->len
            + heap->young_large.pages->len;

  g_assert_cmpuint (hp_moment_n_heap_pages (moment), ==, n);
  for (guint i = 0; i < n; i++)
    {
      const HpHeapPageState *state = hp_moment_heap_page (moment, i);
      const HpHeapPage *page = hp_heap_page_of (heap, state->address);

      g_assert_nonnull (page);
      g_assert_cmpuint (page->address, ==, state->address);
      g_assert_cmpuint (page->size_words, ==, state->size_words);
      g_assert_cmpuint (page->usable_words, ==, state->usable_words);
      g_assert_cmpint (page->space, ==, state->space);
      g_assert_cmpuint (page->flags, ==, state->flags);
    }
}

static void
compare_limits (HpMachine *machine, const HpMoment *moment)
{
  const HpHeap *heap = machine->heap;

  g_assert_cmpint (hp_moment_to_space (moment), ==, hp_new_space_to (&heap->young));
  g_assert_cmpuint (hp_moment_age_mark (moment), ==, heap->young.age_mark);
  g_assert_cmpuint (hp_moment_limit (moment, HP_LIMIT_SEMI_SPACE),
                    ==,
                    (guint64) heap->young.n_pages * heap->config.page_words * HP_WORD_BYTES);
  g_assert_cmpuint (hp_moment_limit (moment, HP_LIMIT_OLD), ==, machine->collector->old_limit);
  g_assert_cmpuint (hp_moment_limit (moment, HP_LIMIT_OLD_MAX), ==, heap->config.max_old_bytes);
  g_assert_cmpuint (hp_moment_limit (moment, HP_LIMIT_STACK), ==, (guint64) machine->stack.size_words * 8);
  g_assert_cmpint (hp_moment_phase (moment), ==, machine->collector->phase);
}

static void
compare_pages (HpPager *pager, const HpMoment *moment)
{
  if (pager == NULL)
    return;
  g_assert_cmpuint (hp_moment_n_pages (moment), ==, hp_pager_n_pages (pager));
  for (guint32 id = 1; id <= hp_pager_n_pages (pager); id++)
    {
      HpPageState state = hp_moment_page (moment, id);

      g_assert_cmpint (state.mapped != 0, ==, hp_pager_page_is_mapped (pager, id) != 0);
      if (!state.mapped)
        continue;
      g_assert_cmpuint (state.frame, ==, hp_pager_page_frame (pager, id));
      g_assert_cmpuint (state.flags, ==, hp_pager_page_flags (pager, id));
    }
}

/* ---- stack and roots
 * ------------------------------------------------------------------------------------------------------ */

static void
compare_stack (HpMachine *machine, const HpMoment *moment)
{
  const HpStack *stack = &machine->stack;

  g_assert_cmpuint (hp_moment_n_frames (moment), ==, hp_stack_count_frames (stack));
  g_assert_cmpuint (hp_moment_n_stack_slots (moment), ==, stack->next->first_slot);
  for (guint32 i = 0; i < hp_stack_count_frames (stack); i++)
    {
      const HpFrameState *state = hp_moment_frame (moment, i);
      const HpStackFrame *frame = &stack->frames[i];

      g_assert_cmpuint (state->function, ==, frame->function);
      g_assert_cmpuint (state->call_location, ==, frame->call_location);
      g_assert_cmpuint (state->first_slot, ==, frame->first_slot);
      g_assert_cmpuint (state->n_slots, ==, hp_stack_frame_locals (frame));
    }
  for (guint32 i = 0; i < stack->next->first_slot; i++)
    compare_values (hp_moment_stack_slot (moment, i), hp_heap_value_of_word (machine->heap, stack->locals[i]));
  for (guint32 id = 1; id < machine->heap->roots.n; id++)
    compare_values (hp_moment_root (moment, id), hp_heap_value_of_word (machine->heap, machine->heap->roots.words[id]));
}

static void
compare_counters (HpMachine *machine, const HpMoment *moment)
{
  HpCounters counters = *hp_machine_counters (machine);

  counters.longest_pause_ns = 0;
  g_assert_cmpmem (&counters, sizeof counters, hp_moment_counters (moment), sizeof counters);
}

static void
compare (gpointer data)
{
  Run *self = data;
  const HpMoment *moment;

  hp_machine_flush (self->machine);
  moment = hp_recording_head (self->recording);
  compare_objects (self->machine->heap, moment);
  compare_heap_pages (self->machine->heap, moment);
  compare_limits (self->machine, moment);
  compare_pages (self->machine->pager, moment);
  compare_stack (self->machine, moment);
  compare_counters (self->machine, moment);
}

static void
compare_step (gpointer data, guint step)
{
  compare (data);
}

static void
run (guint64 seed, guint n_steps, gboolean at_every_step)
{
  g_autoptr (HpSettings) settings = random_settings_new (seed);
  g_autoptr (HpRandomProgram) program = hp_random_program_new (seed, n_steps);
  g_autoptr (HpRecording) recording = hp_recording_new ();
  HpListener listener = hp_recording_listener (recording);
  g_autoptr (HpMachine) machine = hp_machine_new (
      settings,
      &(HpPolicies){ .gc = seed % 8 == 2 || seed % 8 == 3 ? random_collector (seed) : random_policy (seed) },
      &listener,
      NULL);
  Run self = { machine, recording };

  if (at_every_step)
    hp_random_program_run (program, machine, NULL, compare_step, &self);
  else
    hp_random_program_run (program, machine, NULL, NULL, NULL);
  hp_machine_finish (machine);
  compare (&self);
  g_assert_true (hp_moment_is_ended (hp_recording_head (recording)));
}

static void
test_every_step (void)
{
  for (guint64 seed = 1; seed <= 80; seed++)
    run (seed, 120, TRUE);
}

static void
test_longer_programs (void)
{
  for (guint64 seed = 101; seed <= 148; seed++)
    run (seed, 2500, FALSE);
}

/* Touches that change nothing leave no event, and are counted all the same. */
static void
test_touches (void)
{
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("node-20", NULL);
  g_autoptr (HpRecording) recording = hp_recording_new ();
  HpListener listener = hp_recording_listener (recording);
  g_autoptr (HpMachine) machine = NULL;
  Run self = { .recording = recording };
  HpRandom random;

  g_assert_true (hp_settings_set (settings, "ram", "32K", NULL));
  machine = hp_machine_new (settings, NULL, &listener, NULL);
  self.machine = machine;
  hp_random_seed (&random, 1);
  for (guint i = 0; i < 20000; i++)
    hp_machine_touch (machine, (guint64) hp_random_below (&random, 12) << 12, hp_random_below (&random, 4) == 0);
  for (guint i = 0; i < 100; i++)
    hp_machine_touch (machine, 0, FALSE);
  hp_machine_finish (machine);
  compare (&self);
  compare_pages (machine->trace_pager, hp_recording_head (recording));
  g_assert_cmpuint (hp_moment_counters (hp_recording_head (recording))->operations, ==, 20100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/machine/folding/every-step", test_every_step);
  g_test_add_func ("/machine/folding/longer-programs", test_longer_programs);
  g_test_add_func ("/machine/folding/touches", test_touches);
  return g_test_run ();
}
