/* gc-log.c - logs of --trace-gc-nvp: both forms, real ones, damaged ones
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/gc_log.h"

#define HEAD "[7:0x1f00]       12 ms: "
#define PAIRS(gc, pause, before, after, promoted, survived)                                                     \
  "pause=" pause " mutator=1 gc=" gc " scavenge=0.5 mark=17.9 mark.roots=3 sweep=0.2 total_size_before=" before \
  " total_size_after=" after " allocated=7 promoted=" promoted " new_space_survived=" survived " promotion_ratio=9%"
#define OBJECT(pause)                                                                                                  \
  "GC: {\"pause\":" pause ",\"gc\":\"mc\",\"stack\":true,\"reason\":\"a, b}\",\"mark\":3.5,\"start_object_size\":900," \
  "\"end_object_size\":800,\"promoted\":5,\"new_space_survived\":6}"

static HpGcLog *
read_bytes (const char *bytes, gssize n, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, n, NULL);

  return hp_gc_log_read (stream, "log", error);
}

static void
test_pairs (void)
{
  g_autoptr (HpGcLog) log = read_bytes (HEAD PAIRS ("s", "7.25", "1000", "600", "30", "40") "\r\n", -1, NULL);
  const HpGcLogEvent *event = hp_gc_log_event (log, 0);

  g_assert_cmpuint (log->events->len, ==, 1);
  g_assert_cmpuint (event->line, ==, 1);
  g_assert_cmpint (event->kind, ==, HP_COLLECTION_YOUNG);
  g_assert_cmphex (event->isolate, ==, 0x1f00);
  g_assert_cmpfloat (event->time_ms, ==, 12);
  g_assert_cmpfloat (event->pause_ms, ==, 7.25);
  g_assert_cmpfloat (event->mark_ms, ==, 17.9);
  g_assert_cmpuint (event->before_bytes, ==, 1000);
  g_assert_cmpuint (event->after_bytes, ==, 600);
  g_assert_cmpuint (event->promoted_bytes, ==, 30);
  g_assert_cmpuint (event->survived_bytes, ==, 40);
}

static void
test_objects (void)
{
  g_autoptr (HpGcLog)
      log = read_bytes ("[7:0x1f00:0]  3 ms: action=Set old=5\n\n[7:1f00:0]  14.5 ms: " OBJECT ("0.831"), -1, NULL);
  const HpGcLogEvent *event = hp_gc_log_event (log, 0);

  g_assert_cmpuint (log->n_lines, ==, 3);
  g_assert_cmpuint (log->n_others, ==, 2);
  g_assert_cmpuint (event->line, ==, 3);
  g_assert_cmpint (event->kind, ==, HP_COLLECTION_FULL);
  g_assert_cmphex (event->isolate, ==, 0x1f00);
  g_assert_cmpfloat (event->time_ms, ==, 14.5);
  g_assert_cmpfloat (event->pause_ms, ==, 0.831);
  g_assert_cmpfloat (event->mark_ms, ==, 3.5);
  g_assert_cmpuint (event->before_bytes, ==, 900);
  g_assert_cmpuint (event->survived_bytes, ==, 6);
}

/* Output of the program between and in front of collections, gigantic lines, bytes that are no text. */
static void
test_other_lines (void)
{
  g_autoptr (GString) text = g_string_new ("working [1/2] ... " HEAD PAIRS ("s", "1", "9", "8", "0", "0") "\n");
  g_autoptr (HpGcLog) log = NULL;

  for (guint i = 0; i < 3 * HP_GC_LOG_LINE_BYTES; i++)
    g_string_append (text, "[7:0x");
  g_string_append_len (text, "\n\0\377\n[5:0x6] 7 ms: Scavenge 4.4 (6.1) -> 3.9 (6.8) MB, 0.5 / 0.0 ms\n", 67);
  g_string_append (text, HEAD PAIRS ("mmc", "2", "9", "8", "0", "0") "\n<--- Last few GCs --->\n");
  g_string_append (text, HEAD PAIRS ("mmc", "2", "9", "8", "0", "0") "\n" HEAD "pause=");
  log = read_bytes (text->str, (gssize) text->len, NULL);
  g_assert_cmpuint (log->events->len, ==, 2);
  g_assert_cmpuint (hp_gc_log_event (log, 1)->line, ==, 5);
  g_assert_cmpuint (log->n_lines, ==, 8);
  g_assert_cmpuint (log->n_others, ==, 6);
}

static void
check_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HpGcLog) log = read_bytes (text, -1, &error);

  g_assert_null (log);
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_true (g_str_has_prefix (error->message, message));
}

static void
test_damage (void)
{
  check_refused ("", "log: found no collection");
  check_refused ("hello\n", "log: found no collection");
  check_refused ("hello\n" HEAD "pause=1 gc=s promoted=3", "log: line 2: the collection has no “total_size_before”");
  check_refused (HEAD PAIRS ("x", "1", "9", "8", "0", "0"), "log: line 1: the collection has no “gc”");
  check_refused (HEAD PAIRS ("s", "nan", "9", "8", "0", "0"), "log: line 1: the collection has no “pause”");
  check_refused (HEAD PAIRS ("s", "1", "-9", "8", "0", "0"), "log: line 1: the collection has no “total_size_before”");
  check_refused (HEAD PAIRS ("s", "1", "9", "1e300", "0", "0"),
                 "log: line 1: the collection has no “total_size_after”");
  check_refused (HEAD PAIRS ("s", "1", "9", "8", "5x", "0"), "log: line 1: the collection has no “promoted”");
  check_refused (HEAD "GC: {\"pause\":1,\"gc\":\"s", "log: line 1: the collection's object of JSON does not end");
  check_refused (HEAD "GC: {\"pause\":1,\"gc\":\"s\"}", "log: line 1: the collection has no “total_size_before”");
  check_refused (HEAD "GC: {pause:1}", "log: line 1: the collection's object");
}

static void
test_whole (void)
{
  g_autoptr (HpGcLog) log = read_bytes (
      "[7:0x1]  1 ms: " PAIRS (
          "s",
          "1",
          "4000000",
          "3000000",
          "0",
          "900000") "\n"
                    "[7:0x2]  1 ms: " PAIRS (
                        "s", "1", "9", "8", "0", "0") "\n"
                                                      "[7:0x1]  2 ms: " PAIRS (
                                                          "s",
                                                          "1",
                                                          "4100000",
                                                          "2500000",
                                                          "0",
                                                          "900000") "\n"
                                                                    "[7:0x1]  3 ms: " PAIRS (
                                                                        "mc", "1", "2600000", "2000000", "0", "0") "\n",
      -1,
      NULL);

  hp_gc_log_keep_busiest (log);
  g_assert_cmpuint (log->events->len, ==, 3);
  g_assert_cmpuint (hp_gc_log_event (log, 1)->line, ==, 3);
  g_assert_cmpuint (hp_gc_log_count_allocated (log), ==, 1200000);
  g_assert_cmpuint (
      hp_gc_log_infer_semi_space (log), ==, 2); /* 900,000 copied and 1,100,000 new fill 2 MB less headers */
}

/* ---- real logs --------------------------------------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  guint n_scavenges, n_full;
  double scavenge_ms, full_ms;
  guint64 promoted, survived, allocated; /* by scavenges */
  guint semi_mb;
} Expected;

/* From logs.expected.json beside them. */
static const Expected LOGS[] = {
  { "binary-trees.semi4.node20.nvp.log.gz", 833, 5, 1292.9, 172.1, 564253320, 639361920, 2727619824, 4 },
  { "leak-map.semi16.node20.nvp.log.gz", 128, 2, 312.9, 4.1, 65320608, 66850776, 2051666408, 16 },
  { "strings.node25.nvp.log", 18, 0, 5.316, 0, 1539360, 2747184, 68778256, 4 },
};

static void
check_log (const HpGcLog *log, const Expected *expected)
{
  guint n[HP_N_COLLECTION_KINDS] = { 0 };
  double pause[HP_N_COLLECTION_KINDS] = { 0 };
  guint64 promoted = 0, survived = 0;

  for (guint i = 0; i < log->events->len; i++)
    {
      const HpGcLogEvent *event = hp_gc_log_event (log, i);

      n[event->kind]++;
      pause[event->kind] += event->pause_ms;
      promoted += event->kind == HP_COLLECTION_YOUNG ? event->promoted_bytes : 0;
      survived += event->kind == HP_COLLECTION_YOUNG ? event->survived_bytes : 0;
    }
  g_assert_cmpuint (n[HP_COLLECTION_YOUNG], ==, expected->n_scavenges);
  g_assert_cmpuint (n[HP_COLLECTION_FULL], ==, expected->n_full);
  g_assert_cmpfloat_with_epsilon (pause[HP_COLLECTION_YOUNG], expected->scavenge_ms, 0.001);
  g_assert_cmpfloat_with_epsilon (pause[HP_COLLECTION_FULL], expected->full_ms, 0.001);
  g_assert_cmpuint (promoted, ==, expected->promoted);
  g_assert_cmpuint (survived, ==, expected->survived);
  g_assert_cmpuint (hp_gc_log_count_allocated (log), ==, expected->allocated);
  g_assert_cmpuint (hp_gc_log_infer_semi_space (log), ==, expected->semi_mb);
}

static void
test_real (gconstpointer data)
{
  const Expected *expected = data;
  const char *folder = g_getenv ("HEAPARIUM_SHARED_DATA");
  g_autofree char *path = g_build_filename (folder != NULL ? folder : "/nonexistent", "v8", expected->name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (HpGcLog) log = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the log is not here");
      return;
    }
  log = hp_gc_log_load (path, &error);
  g_assert_no_error (error);
  check_log (log, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/gc-log/pairs", test_pairs);
  g_test_add_func ("/recording/gc-log/objects", test_objects);
  g_test_add_func ("/recording/gc-log/other-lines", test_other_lines);
  g_test_add_func ("/recording/gc-log/damage", test_damage);
  g_test_add_func ("/recording/gc-log/whole", test_whole);
  for (guint i = 0; i < G_N_ELEMENTS (LOGS); i++)
    {
      g_autofree char *name = g_strconcat ("/recording/gc-log/", LOGS[i].name, NULL);

      g_test_add_data_func (name, &LOGS[i], test_real);
    }
  return g_test_run ();
}
