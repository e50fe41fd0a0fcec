/* process_sample.c - the names of what is measured
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/process_sample.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *key;
  const char *title;
} AMOUNTS[HP_N_PROCESS_AMOUNTS] = {
  [HP_PROCESS_RESIDENT] = { "resident", N_ ("resident") },
  [HP_PROCESS_ANONYMOUS] = { "anonymous", N_ ("anonymous") },
  [HP_PROCESS_FILE] = { "file", N_ ("file") },
  [HP_PROCESS_SHARED] = { "shared", N_ ("shared") },
  [HP_PROCESS_SWAP] = { "swap", N_ ("swap") },
  [HP_PROCESS_PROPORTIONAL] = { "proportional", N_ ("proportional") },
  [HP_PROCESS_VIRTUAL] = { "virtual", N_ ("virtual") },
  [HP_PROCESS_HEAP] = { "heap", N_ ("heap") },
  [HP_PROCESS_HEAP_TOUCHED] = { "heap_touched", N_ ("heap touched") },
};

const char *
hp_process_amount_key (HpProcessAmount amount)
{
  g_return_val_if_fail (amount < HP_N_PROCESS_AMOUNTS, NULL);

  return AMOUNTS[amount].key;
}

const char *
hp_process_amount_title (HpProcessAmount amount)
{
  g_return_val_if_fail (amount < HP_N_PROCESS_AMOUNTS, NULL);

  return _ (AMOUNTS[amount].title);
}

guint64
hp_process_sample_in_use (const HpProcessSample *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (hp_process_sample_knows (self, HP_PROCESS_HEAP_TOUCHED))
    return self->bytes[HP_PROCESS_HEAP_TOUCHED];
  return self->bytes[HP_PROCESS_ANONYMOUS] + self->bytes[HP_PROCESS_SWAP];
}
