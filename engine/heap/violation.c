/* violation.c - a broken rule as text
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/violation.h"

#include <glib/gi18n-lib.h>

HpViolation *
hp_violation_copy (const HpViolation *self)
{
  HpViolation *copy = g_new (HpViolation, 1);

  *copy = *self;
  copy->sentence = g_strdup (self->sentence);
  copy->path = g_strdupv (self->path);
  return copy;
}

void
hp_violation_free (HpViolation *self)
{
  if (self == NULL)
    return;
  g_free (self->sentence);
  g_strfreev (self->path);
  g_free (self);
}

char *
hp_violation_path_text (const HpViolation *self)
{
  return self->path != NULL ? g_strjoinv (" → ", self->path) : NULL;
}

char *
hp_violation_text (const HpViolation *self)
{
  g_autofree char *path = hp_violation_path_text (self);

  if (path == NULL)
    return g_strdup_printf ("%s [%s]", self->sentence, hp_rule_id (self->rule));
  /* Translators: a broken rule of the heap, its id, and the way from a root to the object. */
  return g_strdup_printf (_ ("%s [%s]; reached by %s"), self->sentence, hp_rule_id (self->rule), path);
}
