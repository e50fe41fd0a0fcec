/* pauses.c - a list of the first pauses, and a histogram of all of them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/pauses.h"

#include <stdlib.h>
#include <string.h>

#define CLASS_BITS 7
#define N_CLASSES ((64 - CLASS_BITS + 1) * HP_PAUSES_CLASSES)

G_STATIC_ASSERT (HP_PAUSES_CLASSES == 1 << CLASS_BITS);

struct _HpPauseLog
{
  HpPauses sum; /* without the percentiles */
  guint64 first[HP_PAUSES_EXACT];
  guint64 n_in_class[N_CLASSES]; /* adds up to sum.n */
};

HpPauseLog *
hp_pause_log_new (void)
{
  return g_new0 (HpPauseLog, 1);
}

void
hp_pause_log_free (HpPauseLog *self)
{
  g_free (self);
}

/* Below 128 ns each length is a class of its own; above, the seven bits after the highest one tell. */
static guint
class_of (guint64 ns)
{
  guint shift = ns < HP_PAUSES_CLASSES ? 0 : (guint) (63 - __builtin_clzll (ns)) - CLASS_BITS;

  return ns < HP_PAUSES_CLASSES ? (guint) ns
                                : (shift + 1) * HP_PAUSES_CLASSES + (guint) (ns >> shift) % HP_PAUSES_CLASSES;
}

/* The longest pause of a class. */
static guint64
longest_of_class (guint class)
{
  guint shift = class < HP_PAUSES_CLASSES ? 0 : class / HP_PAUSES_CLASSES - 1;

  if (class < HP_PAUSES_CLASSES)
    return class;
  return (((guint64) (HP_PAUSES_CLASSES + class % HP_PAUSES_CLASSES) + 1) << shift) - 1;
}

void
hp_pause_log_add (HpPauseLog *self, guint64 ns)
{
  if (self->sum.n < HP_PAUSES_EXACT)
    self->first[self->sum.n] = ns;
  self->sum.n++;
  self->sum.total_ns += ns;
  self->sum.longest_ns = MAX (self->sum.longest_ns, ns);
  self->n_in_class[class_of (ns)]++;
}

static int
compare (const void *a, const void *b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

/* The pause of @rank, from 1, in the order of their lengths. */
static guint64
find_in_classes (const HpPauseLog *self, guint64 rank)
{
  guint class = 0;

  for (guint64 n = self->n_in_class[0]; n < rank; n += self->n_in_class[class])
    class ++;
  return MIN (longest_of_class (class), self->sum.longest_ns);
}

static guint64
rank_of (const HpPauseLog *self, guint percent)
{
  return (self->sum.n * percent + 99) / 100;
}

HpPauses
hp_pause_log_read (const HpPauseLog *self)
{
  HpPauses sum = self->sum;
  guint64 sorted[HP_PAUSES_EXACT];

  if (sum.n > HP_PAUSES_EXACT)
    {
      sum.p50_ns = find_in_classes (self, rank_of (self, 50));
      sum.p99_ns = find_in_classes (self, rank_of (self, 99));
    }
  else if (sum.n > 0)
    {
      memcpy (sorted, self->first, sum.n * sizeof *sorted);
      qsort (sorted, sum.n, sizeof *sorted, compare);
      sum.p50_ns = sorted[rank_of (self, 50) - 1];
      sum.p99_ns = sorted[rank_of (self, 99) - 1];
    }
  return sum;
}
