/* text.c - tests of the parsers of /proc/PID
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/proc_text.h"

#include <string.h>

static const char STAT[] =
    "77 (my (odd) na\nme) S 1 77 77 0 -1 4194304 1234 5 67 8 0 0 0 0 20 0 9 0 2375784 3133440 390 "
    "18446744073709551615 94132353232896\n";

static void
test_stat (void)
{
  g_autoptr (GError) error = NULL;
  HpProcStat stat;

  hp_proc_parse_stat (STAT, strlen (STAT), "stat", &stat, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (stat.name, ==, "my (odd) na?me");
  g_assert_cmpint (stat.state, ==, 'S');
  g_assert_cmpuint (stat.minor_faults, ==, 1234);
  g_assert_cmpuint (stat.major_faults, ==, 67);
  g_assert_cmpuint (stat.threads, ==, 9);
  g_assert_cmpuint (stat.start_time, ==, 2375784);
  g_assert_cmpuint (stat.virtual_bytes, ==, 3133440);
  g_assert_false (hp_proc_stat_is_over (&stat));
  for (const char *state = "ZXx"; *state != '\0'; state++)
    g_assert_true (hp_proc_stat_is_over (&(HpProcStat){ .state = *state }));
}

static void
assert_stat_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  HpProcStat stat;

  g_assert_false (hp_proc_parse_stat (text, strlen (text), "/proc/77/stat", &stat, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_stat_refused (void)
{
  assert_stat_refused ("", "/proc/77/stat, comm: found “”, expected a name in parentheses");
  assert_stat_refused ("7 )x(", "/proc/77/stat, comm: found “7 )x(”, expected a name in parentheses");
  assert_stat_refused ("7 (a) SS", "/proc/77/stat, state: found “SS”, expected one letter");
  assert_stat_refused ("7 (a) S 1 1 1 1 1 1 -5", "/proc/77/stat, minflt: found “-5”, expected a whole number");
  assert_stat_refused ("7 (a) S 1 1 1 1 1 1 5 0 18446744073709551616",
                       "/proc/77/stat, majflt: found “18446744073709551616”, expected a whole number");
  assert_stat_refused ("7 (a) S 1 1 1 1 1 1 5 0 1 0 0 0 0 0 0 0 1 0",
                       "/proc/77/stat, starttime: found “”, expected a whole number");
}

static const char STATUS[] =
    "Name:\tnode\nState:\tS (sleeping)\nUid:\t1000\t1001\t1002\t1003\nVmSize:\t  900 kB\n"
    "VmRSS:\t     200 kB\nRssAnon:\t     120 kB\nRssFile:\t      60 kB\nRssShmem:\t      20 kB\n"
    "VmSwap:\t       8 kB\nThreads:\t11\n";

static void
parse_status (const char *text, HpProcessSample *sample, guint64 *user, gboolean *has_memory)
{
  g_autoptr (GError) error = NULL;

  *sample = (HpProcessSample){ 0 };
  hp_proc_parse_status (text, strlen (text), "status", sample, user, has_memory, &error);
  g_assert_no_error (error);
}

static void
assert_kilobytes (const HpProcessSample *sample, HpProcessAmount amount, guint64 kilobytes)
{
  g_assert_true (hp_process_sample_knows (sample, amount));
  g_assert_cmpuint (sample->bytes[amount], ==, kilobytes * 1024);
}

static void
test_status (void)
{
  HpProcessSample sample;
  guint64 user;
  gboolean has_memory;

  parse_status (STATUS, &sample, &user, &has_memory);
  g_assert_true (has_memory);
  g_assert_cmpuint (user, ==, 1001);
  assert_kilobytes (&sample, HP_PROCESS_VIRTUAL, 900);
  assert_kilobytes (&sample, HP_PROCESS_RESIDENT, 200);
  assert_kilobytes (&sample, HP_PROCESS_ANONYMOUS, 120);
  assert_kilobytes (&sample, HP_PROCESS_FILE, 60);
  assert_kilobytes (&sample, HP_PROCESS_SHARED, 20);
  assert_kilobytes (&sample, HP_PROCESS_SWAP, 8);
  g_assert_false (hp_process_sample_knows (&sample, HP_PROCESS_HEAP));
  g_assert_cmpuint (hp_process_sample_in_use (&sample), ==, 128 * 1024);

  parse_status ("Name:\tkthreadd\nUid:\t0\t0\t0\t0\n", &sample, &user, &has_memory);
  g_assert_false (has_memory);
  g_assert_cmpuint (sample.known, ==, 0);
}

static void
assert_status_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  HpProcessSample sample = { 0 };
  guint64 user;
  gboolean has_memory;

  g_assert_false (hp_proc_parse_status (text, strlen (text), "status", &sample, &user, &has_memory, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_status_refused (void)
{
  assert_status_refused ("", "status, Uid: found “”, expected four users");
  assert_status_refused ("Uid:\t1000\n", "status, Uid: found “”, expected a whole number");
  assert_status_refused ("Uid:\t1 2 3 4\nVmRSS:\tmany kB\n",
                         "status, VmRSS: found “?many kB”, expected a number of kB");
  assert_status_refused ("VmRSS:\t12 MB", "status, VmRSS: found “?12 MB”, expected a number of kB");
  assert_status_refused ("VmRSS: 18446744073709551615 kB",
                         "status, VmRSS: found “ 18446744073709551615 kB”, expected a number of kB");
}

/* What was counted goes before running counters, and file becomes what is left of resident. */
static void
test_rollup (void)
{
  static const char TEXT[] = "5604e16ea000-7ffed621b000 ---p 00000000 00:00 0    [rollup]\nRss:   210 kB\nPss:  99 kB\n"
                             "Pss_Anon: 7 kB\nAnonymous:   130 kB\nSwap:  12 kB\nSwapPss: 0 kB\n";
  g_autoptr (GError) error = NULL;
  HpProcessSample sample;
  guint64 user;
  gboolean has_memory;

  parse_status (STATUS, &sample, &user, &has_memory);
  hp_proc_parse_rollup (TEXT, strlen (TEXT), "smaps_rollup", &sample, &error);
  g_assert_no_error (error);
  assert_kilobytes (&sample, HP_PROCESS_RESIDENT, 210);
  assert_kilobytes (&sample, HP_PROCESS_ANONYMOUS, 130);
  assert_kilobytes (&sample, HP_PROCESS_FILE, 60);
  assert_kilobytes (&sample, HP_PROCESS_SHARED, 20);
  assert_kilobytes (&sample, HP_PROCESS_SWAP, 12);
  assert_kilobytes (&sample, HP_PROCESS_PROPORTIONAL, 99);

  g_assert_false (hp_proc_parse_rollup ("Rss: 1 kB\n", 10, "smaps_rollup", &sample, &error));
  g_assert_cmpstr (error->message, ==, "smaps_rollup, Pss: found “”, expected a number of kB");
  assert_kilobytes (&sample, HP_PROCESS_RESIDENT, 210);
}

static void
test_maps (void)
{
  static const char TEXT[] = "1000-3000 r-xp 00000000 fe:00 248030   /usr/bin/a b\n"
                             "3000-5000 rw-p 00002000 fe:00 248030   /usr/bin/a b\n"
                             "5000-9000 rw-p 00000000 00:00 0        [heap]\n"
                             "9000-a000 ---p 00000000 00:00 0 \n"
                             "a000-c000 rw-p 00000000 00:00 0 \n"
                             "b000-d000 rwxp 00000000 00:00 0 \n"
                             "d000-e000 rw-s 00000000 00:05 99       /dev/zero (deleted)\n"
                             "e000-f000 rw-p 00000000 00:00 0        [anon:v8]\n"
                             "f000-10000 rw-p 00000000 00:00 0       [stack]\n";
  static const HpProcRange EXPECTED[] = {
    { 0x5000, 0x9000 }, { 0xa000, 0xc000 }, { 0xc000, 0xd000 }, { 0xe000, 0xf000 }
  };
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (HpProcRange));
  g_autoptr (GError) error = NULL;

  hp_proc_parse_maps (TEXT, strlen (TEXT), "maps", ranges, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ranges->data, ranges->len * sizeof (HpProcRange), EXPECTED, sizeof EXPECTED);

  g_assert_false (hp_proc_parse_maps ("3000-2000 rw-p", 14, "maps", ranges, &error));
  g_assert_cmpstr (error->message, ==, "maps, address: found “3000-2000”, expected two addresses, the lower one first");
}

static void
test_pagemap (void)
{
  const guint64 present = 1ull << 63, swapped = 1ull << 62, soft_dirty = 1ull << 55;
  const guint64 entries[] = { 0, present, swapped, present | 77, soft_dirty, 12345, present | soft_dirty };

  g_assert_cmpuint (hp_proc_count_pages (entries, G_N_ELEMENTS (entries)), ==, 4);
  g_assert_cmpuint (hp_proc_count_pages (NULL, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/process-text/stat", test_stat);
  g_test_add_func ("/process-text/stat-refused", test_stat_refused);
  g_test_add_func ("/process-text/status", test_status);
  g_test_add_func ("/process-text/status-refused", test_status_refused);
  g_test_add_func ("/process-text/rollup", test_rollup);
  g_test_add_func ("/process-text/maps", test_maps);
  g_test_add_func ("/process-text/pagemap", test_pagemap);
  return g_test_run ();
}
