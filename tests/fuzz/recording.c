/* recording.c - fuzz target: any bytes are a recording up to the first error, and what was read plays both ways
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/recording.h"

#include <stdint.h>

static void
play (HpRecording *recording)
{
  g_autoptr (HpMoment) moment = hp_moment_copy (hp_recording_head (recording));
  g_autoptr (HpMoment) start = hp_moment_new (hp_recording_definitions (recording));
  g_autofree char *text = hp_moment_describe (moment);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (guint64 step = hp_recording_length (recording); step > 0;
       step = hp_recording_previous (recording, step, HP_GRAIN_EVENT))
    {
      g_autofree char *sentence = NULL;

      hp_recording_seek (recording, moment, step);
      sentence = hp_recording_explain (recording, moment, step % HP_N_GRAINS);
      g_assert_true (g_utf8_validate (sentence, -1, NULL));
    }
  hp_recording_seek (recording, moment, 0);
  g_assert_true (hp_moment_equal (moment, start, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpDecoder) decoder = hp_decoder_new (recording);
  g_autoptr (GError) error = NULL;
  size_t half = size / 2;

  if (!hp_decoder_feed (decoder, data, half, &error) || !hp_decoder_feed (decoder, data + half, size - half, &error)
      || !hp_decoder_finish (decoder, &error))
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  play (recording);
  return 0;
}
