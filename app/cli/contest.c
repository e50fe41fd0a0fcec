/* contest.c - hands pieces of a trace to one pager after the other, with a stopwatch for each
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "contest.h"

/* Fits the first cache beside what a pager needs, and is long beside looking at a clock. */
#define PIECE 2048

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* ---- who takes part --------------------------------------------------------------------------------------------- */

static void
entry_free (gpointer data)
{
  CliEntry *self = data;

  hp_pager_free (self->pager);
  hp_emitter_free (self->clock.emitter);
  g_free (self);
}

void
cli_contest_init (CliContest *self, guint32 page_bytes, gboolean data_only)
{
  *self = (CliContest){ .page_bytes = page_bytes, .data_only = data_only, .piece = g_new (guint64, PIECE) };
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

void
cli_contest_clear (CliContest *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->lru, hp_lru_stack_free);
  g_clear_pointer (&self->trace, hp_kept_trace_free);
  g_clear_pointer (&self->working_set, hp_working_set_free);
  g_clear_pointer (&self->lru_curve, hp_miss_curve_free);
  g_clear_pointer (&self->opt_curve, hp_miss_curve_free);
  g_clear_pointer (&self->piece, g_free);
}

static void
keep_trace (CliContest *self)
{
  if (self->trace == NULL)
    self->trace = hp_kept_trace_new (self->page_bytes);
}

void
cli_contest_add (CliContest *self,
                 const char *id,
                 const HpReplacementPolicy *policy,
                 const HpSettings *settings,
                 guint64 seed,
                 guint32 n_frames)
{
  CliEntry *entry = g_new0 (CliEntry, 1);
  HpPagerConfig config = {
    .page_bytes = self->page_bytes,
    .n_frames = n_frames,
    .policy = policy,
    .policy_settings = settings,
    .seed = seed,
  };

  entry->policy = id;
  entry->n_frames = n_frames;
  entry->needs_future = policy->needs_future;
  entry->clock.emitter = hp_emitter_new (NULL);
  entry->clock.counters = &entry->counters;
  entry->pager = hp_pager_new (&entry->clock, &config);
  g_ptr_array_add (self->entries, entry);
  if (policy->needs_future)
    keep_trace (self);
}

gboolean
cli_contest_add_curve (CliContest *self, const char *policy)
{
  if (g_str_equal (policy, "opt"))
    {
      self->wants_opt = TRUE;
      keep_trace (self);
      return TRUE;
    }
  if (!g_str_equal (policy, "lru"))
    return FALSE;
  if (self->lru == NULL)
    self->lru = hp_lru_stack_new (self->page_bytes);
  return TRUE;
}

void
cli_contest_add_working_set (CliContest *self, const guint32 *windows, guint n_windows)
{
  g_return_if_fail (self->working_set == NULL);

  self->working_set = hp_working_set_new (self->page_bytes, windows, n_windows);
}

/* ---- the trace passes ------------------------------------------------------------------------------------------- */

static void
hand_out (CliContest *self)
{
  gsize n = self->n_piece;
  double begin = now (), end;

  self->n_references += n;
  self->n_piece = 0;
  for (guint i = 0; i < self->entries->len; i++)
    {
      CliEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->needs_future)
        continue;
      self->is_full |= hp_pager_replay (entry->pager, self->piece, n, G_MAXUINT64) < n;
      end = now ();
      entry->seconds += end - begin;
      begin = end;
    }
  if (self->lru != NULL)
    self->is_full |= !hp_lru_stack_add (self->lru, self->piece, n);
  end = now ();
  self->lru_seconds += end - begin;
  if (self->trace != NULL)
    self->is_full |= !hp_kept_trace_add (self->trace, self->piece, n);
  begin = now ();
  self->trace_seconds += begin - end;
  if (self->working_set != NULL)
    self->is_full |= !hp_working_set_add (self->working_set, self->piece, n);
  self->working_set_seconds += now () - begin;
}

/* The references that count, behind those that wait in the piece. */
static inline gsize
pack (const CliContest *self, const HpLackeyReference *references, gsize n, guint64 *packed)
{
  gsize n_packed = 0;

  if (!self->data_only)
    {
      for (gsize i = 0; i < n; i++)
        packed[i] = hp_reference (references[i].address, hp_lackey_reference_writes (&references[i]));
      return n;
    }
  for (gsize i = 0; i < n; i++)
    {
      packed[n_packed] = hp_reference (references[i].address, hp_lackey_reference_writes (&references[i]));
      n_packed += references[i].access != HP_LACKEY_INSTRUCTION;
    }
  return n_packed;
}

void
cli_contest_feed (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  CliContest *self = user_data;

  if (self->is_full)
    return;
  self->n_piece += pack (self, references, n, self->piece + self->n_piece);
  if (self->n_piece > PIECE - HP_LACKEY_BATCH)
    hand_out (self);
}

/* ---- the trace is over ------------------------------------------------------------------------------------------ */

static void
count_pages (CliContest *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const CliEntry *entry = g_ptr_array_index (self->entries, i);

      self->n_pages = MAX (self->n_pages, hp_pager_n_pages (entry->pager));
    }
  if (self->lru_curve != NULL)
    self->n_pages = self->lru_curve->n_pages;
  if (self->trace != NULL)
    self->n_pages = hp_kept_trace_n_pages (self->trace);
  if (self->working_set != NULL)
    self->n_pages = hp_working_set_n_pages (self->working_set);
}

static void
use_trace (CliContest *self, HpProgressFunc progress, gpointer user_data)
{
  double begin = now ();

  hp_kept_trace_finish (self->trace);
  self->trace_seconds += now () - begin;
  for (guint i = 0; i < self->entries->len; i++)
    {
      CliEntry *entry = g_ptr_array_index (self->entries, i);

      if (!entry->needs_future)
        continue;
      begin = now ();
      entry->is_complete = hp_kept_trace_replay (self->trace, entry->pager, progress, user_data);
      entry->seconds = self->trace_seconds + now () - begin;
    }
  if (!self->wants_opt)
    return;
  begin = now ();
  self->opt_curve = hp_kept_trace_opt_curve (self->trace, progress, user_data);
  self->opt_seconds = self->trace_seconds + now () - begin;
}

void
cli_contest_finish (CliContest *self, HpProgressFunc progress, gpointer user_data)
{
  if (self->n_piece > 0)
    hand_out (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      CliEntry *entry = g_ptr_array_index (self->entries, i);

      entry->is_complete = !entry->needs_future;
    }
  if (self->lru != NULL)
    self->lru_curve = hp_lru_stack_finish (self->lru);
  if (self->trace != NULL)
    use_trace (self, progress, user_data);
  count_pages (self);
}
