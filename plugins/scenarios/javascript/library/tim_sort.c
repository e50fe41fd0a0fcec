/* tim_sort.c - the stable sort of Array.prototype.sort, comparing in V8's order
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/tim_sort.h"

#include <string.h>

#define MIN_GALLOP 7
#define MAX_RUNS 85

typedef struct
{
  gsize base, length;
} Run;

typedef struct
{
  JsValue *work;
  JsValue *temp;
  JsOrder order;
  gpointer data;
  gboolean failed;
  gssize min_gallop;
  Run runs[MAX_RUNS];
  gsize n_runs;
} Sorter;

/* Two neighbouring runs being merged: @a and @b are where their next values stand, @n_a and @n_b how many are left. */
typedef struct
{
  gssize destination, a, b, n_a, n_b, base_a;
} Merge;

typedef enum
{
  GO_ON,
  DONE,     /* all that is left is in the temporary array */
  ONE_LEFT, /* of the run in the temporary array, and it goes behind the rest of the other */
} Outcome;

/* After a failure everything is equal: the loops end soon and nobody is called any more. */
static double
compare (Sorter *self, JsValue a, JsValue b)
{
  return self->failed ? 0 : self->order (self->data, a, b, &self->failed);
}

static void
copy (JsValue *to, const JsValue *from, gsize n)
{
  memmove (to, from, n * sizeof *to);
}

/* ---- galloping: where a key belongs among ordered values, searching in growing steps from a hint ----------------- */

/* Before values equal to it (left) or behind them. */
static gboolean
is_before (Sorter *self, JsValue value, JsValue key, gboolean left)
{
  return left ? compare (self, value, key) < 0 : !(compare (self, key, value) < 0);
}

static gssize
gallop (Sorter *self, const JsValue *values, JsValue key, gssize n, gssize hint, gboolean left)
{
  gssize last = 0, offset = 1;
  gboolean is_right = is_before (self, values[hint], key, left);
  gssize most = is_right ? n - hint : hint + 1;
  while (offset < most)
    {
      gssize at = is_right ? hint + offset : hint - offset;
      if (is_before (self, values[at], key, left) != is_right)
        break;
      last = offset;
      offset = offset * 2 + 1;
    }
  offset = MIN (offset, most);
  gssize low = (is_right ? hint + last : hint - offset) + 1;
  gssize high = is_right ? hint + offset : hint - last;
  while (low < high)
    {
      gssize middle = low + (high - low) / 2;
      if (is_before (self, values[middle], key, left))
        low = middle + 1;
      else
        high = middle;
    }
  return high;
}

/* ---- merging the lower run through the temporary array ---------------------------------------------------------- */

static Outcome
low_one_by_one (Sorter *self, Merge *m)
{
  for (gssize wins_a = 0, wins_b = 0; wins_a < self->min_gallop && wins_b < self->min_gallop;)
    {
      if (compare (self, self->work[m->b], self->temp[m->a]) < 0)
        {
          self->work[m->destination++] = self->work[m->b++];
          wins_b++, wins_a = 0;
          if (--m->n_b == 0)
            return DONE;
        }
      else
        {
          self->work[m->destination++] = self->temp[m->a++];
          wins_a++, wins_b = 0;
          if (--m->n_a == 1)
            return ONE_LEFT;
        }
    }
  return GO_ON;
}

static Outcome
low_gallop (Sorter *self, Merge *m, gssize *wins_a, gssize *wins_b)
{
  *wins_a = gallop (self, self->temp + m->a, self->work[m->b], m->n_a, 0, FALSE);
  copy (self->work + m->destination, self->temp + m->a, *wins_a);
  m->destination += *wins_a, m->a += *wins_a, m->n_a -= *wins_a;
  if (m->n_a <= 1)
    return *wins_a == 0 ? GO_ON : m->n_a == 1 ? ONE_LEFT : DONE;
  self->work[m->destination++] = self->work[m->b++];
  if (--m->n_b == 0)
    return DONE;
  *wins_b = gallop (self, self->work + m->b, self->temp[m->a], m->n_b, 0, TRUE);
  copy (self->work + m->destination, self->work + m->b, *wins_b);
  m->destination += *wins_b, m->b += *wins_b, m->n_b -= *wins_b;
  if (m->n_b == 0)
    return DONE;
  self->work[m->destination++] = self->temp[m->a++];
  return --m->n_a == 1 ? ONE_LEFT : GO_ON;
}

/* ---- merging the higher run through it: everything backwards ---------------------------------------------------- */

static Outcome
high_one_by_one (Sorter *self, Merge *m)
{
  for (gssize wins_a = 0, wins_b = 0; wins_a < self->min_gallop && wins_b < self->min_gallop;)
    {
      if (compare (self, self->temp[m->b], self->work[m->a]) < 0)
        {
          self->work[m->destination--] = self->work[m->a--];
          wins_a++, wins_b = 0;
          if (--m->n_a == 0)
            return DONE;
        }
      else
        {
          self->work[m->destination--] = self->temp[m->b--];
          wins_b++, wins_a = 0;
          if (--m->n_b == 1)
            return ONE_LEFT;
        }
    }
  return GO_ON;
}

static Outcome
high_gallop (Sorter *self, Merge *m, gssize *wins_a, gssize *wins_b)
{
  *wins_a = m->n_a - gallop (self, self->work + m->base_a, self->temp[m->b], m->n_a, m->n_a - 1, FALSE);
  m->destination -= *wins_a, m->a -= *wins_a, m->n_a -= *wins_a;
  copy (self->work + m->destination + 1, self->work + m->a + 1, *wins_a);
  if (m->n_a == 0)
    return DONE;
  self->work[m->destination--] = self->temp[m->b--];
  if (--m->n_b == 1)
    return ONE_LEFT;
  *wins_b = m->n_b - gallop (self, self->temp, self->work[m->a], m->n_b, m->n_b - 1, TRUE);
  m->destination -= *wins_b, m->b -= *wins_b, m->n_b -= *wins_b;
  copy (self->work + m->destination + 1, self->temp + m->b + 1, *wins_b);
  if (m->n_b <= 1 && *wins_b > 0)
    return m->n_b == 1 ? ONE_LEFT : DONE;
  self->work[m->destination--] = self->work[m->a--];
  return --m->n_a == 0 ? DONE : GO_ON;
}

/* One value at a time while the runs win in turns; in leaps while one of them wins often. */
static Outcome
merge_rest (Sorter *self, Merge *m, gboolean is_low)
{
  for (;;)
    {
      Outcome outcome = is_low ? low_one_by_one (self, m) : high_one_by_one (self, m);
      if (outcome != GO_ON)
        return outcome;
      self->min_gallop++;
      gssize wins_a, wins_b;
      do
        {
          self->min_gallop = MAX (1, self->min_gallop - 1);
          wins_a = wins_b = 0;
          outcome = is_low ? low_gallop (self, m, &wins_a, &wins_b) : high_gallop (self, m, &wins_a, &wins_b);
          if (outcome != GO_ON)
            return outcome;
        }
      while (wins_a >= MIN_GALLOP || wins_b >= MIN_GALLOP);
      self->min_gallop++;
    }
}

static void
merge_low (Sorter *self, Run a, Run b)
{
  copy (self->temp, self->work + a.base, a.length);
  Merge m = { .destination = a.base, .a = 0, .b = b.base, .n_a = a.length, .n_b = b.length };
  self->work[m.destination++] = self->work[m.b++];
  Outcome outcome = --m.n_b == 0 ? DONE : m.n_a == 1 ? ONE_LEFT : merge_rest (self, &m, TRUE);
  if (outcome == ONE_LEFT)
    {
      copy (self->work + m.destination, self->work + m.b, m.n_b);
      self->work[m.destination + m.n_b] = self->temp[m.a];
    }
  else
    copy (self->work + m.destination, self->temp + m.a, m.n_a);
}

static void
merge_high (Sorter *self, Run a, Run b)
{
  copy (self->temp, self->work + b.base, b.length);
  Merge m = { .destination = b.base + b.length - 1,
              .a = a.base + a.length - 1,
              .b = b.length - 1,
              .n_a = a.length,
              .n_b = b.length,
              .base_a = a.base };
  self->work[m.destination--] = self->work[m.a--];
  Outcome outcome = --m.n_a == 0 ? DONE : m.n_b == 1 ? ONE_LEFT : merge_rest (self, &m, FALSE);
  if (outcome == ONE_LEFT)
    {
      m.destination -= m.n_a, m.a -= m.n_a;
      copy (self->work + m.destination + 1, self->work + m.a + 1, m.n_a);
      self->work[m.destination] = self->temp[m.b];
    }
  else
    copy (self->work + m.destination - m.n_b + 1, self->temp, m.n_b);
}

/* ---- runs ------------------------------------------------------------------------------------------------------- */

/* Merge the runs @i and @i + 1 of the stack, without the values that are in their places already. */
static void
merge_at (Sorter *self, gsize i)
{
  Run a = self->runs[i], b = self->runs[i + 1];
  self->runs[i].length = a.length + b.length;
  if (i + 3 == self->n_runs)
    self->runs[i + 1] = self->runs[i + 2];
  self->n_runs--;
  gsize first = gallop (self, self->work + a.base, self->work[b.base], a.length, 0, FALSE);
  a.base += first, a.length -= first;
  if (a.length == 0)
    return;
  b.length = gallop (self, self->work + b.base, self->work[a.base + a.length - 1], b.length, b.length - 1, TRUE);
  if (b.length == 0)
    return;
  if (a.length <= b.length)
    merge_low (self, a, b);
  else
    merge_high (self, a, b);
}

static gboolean
is_balanced (const Sorter *self, gsize n)
{
  return n < 2 || self->runs[n - 2].length > self->runs[n - 1].length + self->runs[n].length;
}

static void
merge_unbalanced (Sorter *self)
{
  while (self->n_runs > 1)
    {
      gsize n = self->n_runs - 2;
      if (!is_balanced (self, n + 1) || !is_balanced (self, n))
        merge_at (self, self->runs[n - 1].length < self->runs[n + 1].length ? n - 1 : n);
      else if (self->runs[n].length <= self->runs[n + 1].length)
        merge_at (self, n);
      else
        break;
    }
}

static void
merge_all (Sorter *self)
{
  while (self->n_runs > 1)
    {
      gsize n = self->n_runs - 2;
      merge_at (self, n > 0 && self->runs[n - 1].length < self->runs[n + 1].length ? n - 1 : n);
    }
}

/* The length of the run at @low; one that falls strictly is turned around. */
static gsize
find_run (Sorter *self, gsize low, gsize high)
{
  if (low + 1 == high)
    return 1;
  JsValue *v = self->work;
  gboolean falls = compare (self, v[low + 1], v[low]) < 0;
  gsize end = low + 2;
  while (end < high && (compare (self, v[end], v[end - 1]) < 0) == falls)
    end++;
  for (gsize i = low, j = end - 1; falls && i < j; i++, j--)
    {
      JsValue swapped = v[i];
      v[i] = v[j];
      v[j] = swapped;
    }
  return end - low;
}

static void
insert_binary (Sorter *self, gsize low, gsize start, gsize high)
{
  for (; start < high; start++)
    {
      JsValue pivot = self->work[start];
      gsize left = low, right = start;
      while (left < right)
        {
          gsize middle = left + (right - left) / 2;
          if (compare (self, pivot, self->work[middle]) < 0)
            right = middle;
          else
            left = middle + 1;
        }
      copy (self->work + left + 1, self->work + left, start - left);
      self->work[left] = pivot;
    }
}

/* n / 2^k in 32 … 64, rounded up, so that the runs merge evenly. */
static gsize
least_run (gsize n)
{
  gsize rest = 0;
  for (; n >= 64; n /= 2)
    rest |= n & 1;
  return n + rest;
}

gboolean
js_tim_sort (JsValue *values, gsize n, JsOrder order, gpointer data)
{
  if (n < 2)
    return TRUE;
  g_autofree JsValue *temp = g_new (JsValue, n / 2 + 1);
  Sorter self = { .work = values, .temp = temp, .order = order, .data = data, .min_gallop = MIN_GALLOP };
  gsize least = least_run (n);
  for (gsize low = 0; low < n;)
    {
      gsize length = find_run (&self, low, n);
      if (length < least)
        {
          gsize forced = MIN (least, n - low);
          insert_binary (&self, low, low + length, low + forced);
          length = forced;
        }
      self.runs[self.n_runs++] = (Run){ low, length };
      merge_unbalanced (&self);
      low += length;
    }
  merge_all (&self);
  return !self.failed;
}
