/* roots.c - the table of named roots
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/roots.h"

#include <string.h>

void
hp_roots_define (HpRoots *self, guint32 id)
{
  guint32 n = id + 1;

  if (n <= self->n)
    return;
  self->words = g_renew (guint64, self->words, n);
  memset (self->words + self->n, 0, (n - self->n) * sizeof *self->words);
  self->n = n;
}

void
hp_roots_clear (HpRoots *self)
{
  g_free (self->words);
  *self = (HpRoots){ 0 };
}
