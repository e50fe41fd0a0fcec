/* gc_log.c - fuzz target: logs of collections; whatever comes, an error names the file, and what is read is sound
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/gc_log.h"

#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
check_event (const HpGcLogEvent *event)
{
  g_assert_cmpuint (event->line, >, 0);
  g_assert_true (event->kind == HP_COLLECTION_YOUNG || event->kind == HP_COLLECTION_FULL);
  g_assert_true (isfinite (event->time_ms) && isfinite (event->pause_ms) && event->pause_ms >= 0);
  g_assert_cmpuint (event->promoted_bytes, <=, G_GUINT64_CONSTANT (1) << 53);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpGcLog) log = hp_gc_log_read (stream, "fuzz", &error);

  if (log == NULL)
    {
      g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
      g_assert_true (g_str_has_prefix (error->message, "fuzz: "));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  for (guint i = 0; i < log->events->len; i++)
    check_event (hp_gc_log_event (log, i));
  g_assert_cmpuint (log->n_lines, ==, log->n_others + log->events->len);
  hp_gc_log_keep_busiest (log);
  g_assert_cmpuint (log->events->len, >, 0);
  hp_gc_log_count_allocated (log);
  g_assert_cmpuint (hp_gc_log_infer_semi_space (log), <=, 1024);
  return 0;
}
