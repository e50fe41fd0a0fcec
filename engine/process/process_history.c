/* process_history.c - keeps samples and joins them in pairs when there are too many
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/process_history.h"

struct _HpProcessHistory
{
  GArray *entries; /* HpProcessEntry */
  guint capacity;
  guint64 stride;
  guint64 n_samples;
  HpProcessSample first;
};

HpProcessHistory *
hp_process_history_new (guint capacity)
{
  HpProcessHistory *self;

  g_return_val_if_fail (capacity >= 2 && capacity % 2 == 0, NULL);

  self = g_new0 (HpProcessHistory, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (HpProcessEntry));
  self->capacity = capacity;
  self->stride = 1;
  return self;
}

void
hp_process_history_free (HpProcessHistory *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_free (self);
}

/* ---- adding ----------------------------------------------------------------------------------------------------- */

static HpProcessEntry *
entry_at (const HpProcessHistory *self, guint i)
{
  return &g_array_index (self->entries, HpProcessEntry, i);
}

/* Lets @entry stand for what @last and @most tell too. */
static void
join (HpProcessEntry *entry, const HpProcessSample *last, const guint64 *most)
{
  entry->last = *last;
  for (guint i = 0; i < HP_N_PROCESS_AMOUNTS; i++)
    entry->most[i] = MAX (entry->most[i], most[i]);
}

static void
halve (HpProcessHistory *self)
{
  for (guint i = 0; i < self->capacity / 2; i++)
    {
      HpProcessEntry entry = *entry_at (self, 2 * i);
      const HpProcessEntry *next = entry_at (self, 2 * i + 1);

      join (&entry, &next->last, next->most);
      *entry_at (self, i) = entry;
    }
  g_array_set_size (self->entries, self->capacity / 2);
  self->stride *= 2;
}

void
hp_process_history_add (HpProcessHistory *self, const HpProcessSample *sample)
{
  HpProcessEntry entry = { .last = *sample };
  const HpProcessSample *last;

  g_return_if_fail (self != NULL);
  g_return_if_fail (sample != NULL);

  last = hp_process_history_last (self);
  if (last != NULL)
    entry.last.time_us = MAX (sample->time_us, last->time_us);
  else
    self->first = *sample;
  join (&entry, &entry.last, sample->bytes);
  if (self->n_samples % self->stride != 0)
    join (entry_at (self, self->entries->len - 1), &entry.last, entry.most);
  else
    {
      if (self->entries->len == self->capacity)
        halve (self);
      g_array_append_val (self->entries, entry);
    }
  self->n_samples++;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

guint64
hp_process_history_n_samples (const HpProcessHistory *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_samples;
}

guint64
hp_process_history_stride (const HpProcessHistory *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->stride;
}

guint
hp_process_history_n_entries (const HpProcessHistory *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

const HpProcessEntry *
hp_process_history_entry (const HpProcessHistory *self, guint i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->entries->len, NULL);

  return entry_at (self, i);
}

const HpProcessSample *
hp_process_history_first (const HpProcessHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->n_samples > 0 ? &self->first : NULL;
}

const HpProcessSample *
hp_process_history_last (const HpProcessHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->n_samples > 0 ? &entry_at (self, self->entries->len - 1)->last : NULL;
}

/* A counter that went back belongs to no process that lives; it counts as no change. */
static double
rate (guint64 before, guint64 after, double seconds)
{
  return after > before ? (double) (after - before) / seconds : 0;
}

HpProcessRates
hp_process_rates (const HpProcessSample *before, const HpProcessSample *after)
{
  double seconds;

  g_return_val_if_fail (before != NULL && after != NULL, ((HpProcessRates){ 0, 0, 0 }));

  seconds = (double) (after->time_us - before->time_us) / 1e6;
  if (seconds <= 0)
    return (HpProcessRates){ 0, 0, 0 };
  return (HpProcessRates){
    .minor_faults = rate (before->minor_faults, after->minor_faults, seconds),
    .major_faults = rate (before->major_faults, after->major_faults, seconds),
    .growth = ((double) hp_process_sample_in_use (after) - (double) hp_process_sample_in_use (before)) / seconds,
  };
}

HpProcessRates
hp_process_history_rates (const HpProcessHistory *self, guint i)
{
  g_return_val_if_fail (self != NULL && i < self->entries->len, ((HpProcessRates){ 0, 0, 0 }));

  return hp_process_rates (i > 0 ? &entry_at (self, i - 1)->last : &self->first, &entry_at (self, i)->last);
}

guint64
hp_process_history_peak (const HpProcessHistory *self, HpProcessAmount amount)
{
  guint64 peak = 0;

  g_return_val_if_fail (self != NULL && amount < HP_N_PROCESS_AMOUNTS, 0);

  for (guint i = 0; i < self->entries->len; i++)
    peak = MAX (peak, entry_at (self, i)->most[amount]);
  return peak;
}

double
hp_process_history_seconds (const HpProcessHistory *self, const HpProcessSample *sample)
{
  g_return_val_if_fail (self != NULL && sample != NULL, 0);

  return (double) (sample->time_us - self->first.time_us) / 1e6;
}
