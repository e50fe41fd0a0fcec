/* program.c - fuzz target: any bytes are a random program that comes back from its text, or an error of one line
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/random_program.h"

#include <stdint.h>
#include <string.h>

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (data != NULL ? (const char *) data : "", size);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpRandomProgram) program = hp_random_program_parse (text, &error);

  g_assert_true ((program == NULL) == (error != NULL));
  if (program != NULL)
    {
      g_autofree char *printed = hp_random_program_print (program);
      g_autoptr (HpRandomProgram) again = hp_random_program_parse (printed, NULL);

      g_assert_cmpmem (
          program->steps, program->n_steps * sizeof (HpStep), again->steps, again->n_steps * sizeof (HpStep));
    }
  else
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (strchr (error->message, '\n'));
    }
  return 0;
}
