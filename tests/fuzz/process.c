/* process.c - fuzz target: any bytes are one of the texts in /proc/PID, or an error that is one line of UTF-8
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/proc_text.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check (gboolean fine, GError **error)
{
  g_assert_true (fine == (*error == NULL));
  if (fine)
    return;
  g_assert_error (*error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_assert_null (strchr ((*error)->message, '\n'));
  g_clear_error (error);
}

/* What the heap is made of lies in order and never overlaps, whatever was told. */
static void
check_ranges (GArray *ranges)
{
  guint64 last = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      const HpProcRange *range = &g_array_index (ranges, HpProcRange, i);

      g_assert_cmpuint (range->start, >=, last);
      g_assert_cmpuint (range->end, >, range->start);
      last = range->end;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (HpProcRange));
  g_autoptr (GError) error = NULL;
  HpProcessSample sample = { 0 };
  HpProcStat stat;
  guint64 user;
  gboolean has_memory;

  check (hp_proc_parse_stat (text, size, "stat", &stat, &error), &error);
  g_assert_true (g_utf8_validate (stat.name, -1, NULL));
  check (hp_proc_parse_status (text, size, "status", &sample, &user, &has_memory, &error), &error);
  check (hp_proc_parse_rollup (text, size, "smaps_rollup", &sample, &error), &error);
  check (hp_proc_parse_maps (text, size, "maps", ranges, &error), &error);
  check_ranges (ranges);
  return 0;
}
