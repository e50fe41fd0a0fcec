/* traces.c - exact faults and dirty evictions of real programs, for each policy and size of RAM
 *
 * The numbers are those of expected-faults.json beside the traces; each trace is decoded once and replayed from there.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/input.h"
#include "memory/future.h"
#include "memory/lackey.h"

#include <json-glib/json-glib.h>

#define PIECE_BYTES (1024 * 1024)

static const struct
{
  const char *id;
  const char *name; /* in the JSON file */
} POLICIES[] = { { "fifo", "FIFO" }, { "clock0", "CLOCK0" }, { "clock1", "CLOCK1" },
                 { "lru", "LRU" },   { "lfu", "LFU" },       { "arc", "ARC" },
                 { "opt", "OPT" },   { "sieve", "SIEVE" },   { "two-list", "TWOLIST" } };

/* A reference as hp_reference(), with the second lowest bit set for an instruction fetch: no page tells it apart. */
#define INSTRUCTION 2u

static void
keep (gpointer user_data, const HpLackeyReference *references, gsize n)
{
  guint64 kept[HP_LACKEY_BATCH];

  for (gsize i = 0; i < n; i++)
    kept[i] = hp_reference (references[i].address & ~(guint64) (PAGE_BYTES - 1),
                            hp_lackey_reference_writes (&references[i]))
              | (references[i].access == HP_LACKEY_INSTRUCTION ? INSTRUCTION : 0);
  g_array_append_vals (user_data, kept, (guint) n);
}

static GArray *
decode (const char *path)
{
  GArray *trace = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = hp_input_open (path, &error);
  g_autoptr (HpLackeyReader) reader = hp_lackey_reader_new (path, keep, trace);
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize n;

  g_assert_no_error (error);
  while ((n = g_input_stream_read (stream, piece, PIECE_BYTES, NULL, &error)) > 0)
    if (!hp_lackey_reader_feed (reader, piece, (gsize) n, &error))
      break;
  g_assert_no_error (error);
  hp_lackey_reader_finish (reader, &error);
  g_assert_no_error (error);
  return trace;
}

static GArray *
drop_instructions (GArray *trace)
{
  GArray *data = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < trace->len; i++)
    if (!(g_array_index (trace, guint64, i) & INSTRUCTION))
      g_array_append_val (data, g_array_index (trace, guint64, i));
  return data;
}

static void
replay (GArray *trace, guint32 n_frames, const char *policy, const guint32 *next_uses, HpCounters *counters)
{
  Fixture f;

  fixture_init (&f, n_frames, hp_replacement_policy_find (policy), NULL);
  hp_pager_set_future (f.pager, next_uses, next_uses != NULL ? trace->len : 0);
  hp_pager_replay (f.pager, (const guint64 *) trace->data, trace->len, G_MAXUINT64);
  *counters = f.counters;
  fixture_clear (&f);
}

/* The file has no dirty evictions for OPT: ties among pages that are never used again leave them open. */
static void
check_size (GArray *trace, const guint32 *next_uses, JsonObject *size, gint64 n_distinct)
{
  JsonObject *faults = json_object_get_object_member (size, "faults");
  JsonObject *dirty = json_object_get_object_member (size, "dirty_evictions");

  g_assert_cmpuint (json_object_get_size (faults), ==, G_N_ELEMENTS (POLICIES));
  for (gsize p = 0; p < G_N_ELEMENTS (POLICIES); p++)
    {
      const char *name = POLICIES[p].name;
      HpCounters counters;

      replay (trace, (guint32) json_object_get_int_member (size, "frames"), POLICIES[p].id, next_uses, &counters);
      g_assert_cmpint (counters.minor_faults + counters.major_faults, ==, json_object_get_int_member (faults, name));
      if (json_object_has_member (dirty, name))
        g_assert_cmpint (counters.dirty_evictions, ==, json_object_get_int_member (dirty, name));
      else
        g_assert_cmpstr (name, ==, "OPT");
      g_assert_cmpint (counters.minor_faults, ==, n_distinct);
      g_assert_cmpuint (counters.resident_pages + counters.swapped_pages, ==, counters.minor_faults);
    }
}

static void
check_mode (GArray *trace, JsonObject *mode)
{
  JsonArray *sizes = json_object_get_array_member (mode, "sizes");
  gint64 n_distinct = json_object_get_int_member (mode, "distinct_pages");
  g_autoptr (HpFuture) future = hp_future_new (PAGE_BYTES);
  const guint32 *next_uses;
  gsize n;

  g_assert_cmpint (trace->len, ==, json_object_get_int_member (mode, "references"));
  g_assert_cmpuint (json_array_get_length (sizes), >, 0);
  g_assert_true (hp_future_add (future, (const guint64 *) trace->data, trace->len));
  next_uses = hp_future_finish (future, &n);
  for (guint i = 0; i < json_array_get_length (sizes); i++)
    check_size (trace, next_uses, json_array_get_object_element (sizes, i), n_distinct);
}

static void
test_trace (gconstpointer name)
{
  const char *data = g_getenv ("HEAPARIUM_SHARED_DATA");
  g_autofree char *folder = g_build_filename (data ? data : "", "traces", NULL);
  g_autofree char *json_path = g_build_filename (folder, "expected-faults.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) data_only = NULL;
  JsonObject *expected;

  if (data == NULL || !json_parser_load_from_file (parser, json_path, NULL))
    {
      g_test_skip ("the traces are not there: set HEAPARIUM_SHARED_DATA to the folder that holds traces/");
      return;
    }
  expected = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)), "traces");
  expected = json_object_get_object_member (expected, name);
  path = g_build_filename (folder, json_object_get_string_member (expected, "lackey"), NULL);
  all = decode (path);
  data_only = drop_instructions (all);
  check_mode (all, json_object_get_object_member (expected, "all"));
  check_mode (data_only, json_object_get_object_member (expected, "data_only"));
}

/* The small trace in the tree: 60 pages written in turn, three times, one load of each behind. */
static void
test_small_trace (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "small.lackey", NULL);
  g_autoptr (GArray) trace = decode (path);
  HpCounters counters;

  g_assert_cmpuint (trace->len, ==, 540);
  replay (trace, 61, "lru", NULL, &counters);
  g_assert_cmpuint (counters.minor_faults, ==, 61);
  g_assert_cmpuint (counters.major_faults, ==, 0);
  replay (trace, 60, "lru", NULL, &counters);
  g_assert_cmpuint (counters.minor_faults, ==, 61);
  g_assert_cmpuint (counters.major_faults, ==, 120);
  g_assert_cmpuint (counters.dirty_evictions, ==, 121);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traces/small", test_small_trace);
  g_test_add_data_func ("/traces/ls", "ls", test_trace);
  g_test_add_data_func ("/traces/git-log", "git-log", test_trace);
  g_test_add_data_func ("/traces/python-sort", "python-sort", test_trace);
  return g_test_run ();
}
