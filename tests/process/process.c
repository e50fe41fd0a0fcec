/* process.c - tests of looking at a process: in a made-up /proc, and at a child that does what it is told
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/process.h"
#include "process/process_list.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- a made-up /proc -------------------------------------------------------------------------------------------- */

typedef struct
{
  char *proc;
} Fake;

static void
put (Fake *fake, guint pid, const char *file, const char *text, gssize n)
{
  g_autofree char *folder = g_strdup_printf ("%s/%u", fake->proc, pid);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, n, &error);
  g_assert_no_error (error);
}

static void
drop (Fake *fake, guint pid, const char *file)
{
  g_autofree char *path = g_strdup_printf ("%s/%u/%s", fake->proc, pid, file);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
put_stat (Fake *fake, guint pid, char state, guint faults, guint start_time)
{
  g_autofree char *text = g_strdup_printf (
      "%u (fake %u) %c 1 1 1 0 -1 0 %u 0 3 0 0 0 0 0 20 0 2 0 %u 4096 1\n", pid, pid, state, faults, start_time);

  put (fake, pid, "stat", text, -1);
}

static void
put_status (Fake *fake, guint pid, guint user, guint kilobytes)
{
  g_autofree char *text = g_strdup_printf (
      "Name:\tfake\nUid:\t%u\t%u\t%u\t%u\nVmSize:\t900 kB\nVmRSS:\t%u kB\nRssAnon:\t%u kB\nRssFile:\t0 kB\n"
      "RssShmem:\t0 kB\nVmSwap:\t4 kB\n",
      user,
      user,
      user,
      user,
      kilobytes,
      kilobytes);

  put (fake, pid, "status", text, -1);
}

static void
setup (Fake *fake, gconstpointer data)
{
  fake->proc = g_dir_make_tmp ("heaparium-process-XXXXXX", NULL);
  put_stat (fake, 7, 'S', 100, 5000);
  put_status (fake, 7, 1000, 80);
}

static void
tear_down (Fake *fake, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", fake->proc);

  g_assert_cmpint (system (command), ==, 0);
  g_free (fake->proc);
}

static HpProcess *
open_fake (Fake *fake, guint pid)
{
  g_autoptr (GError) error = NULL;
  HpProcess *process = hp_process_open (fake->proc, pid, 1000, &error);

  g_assert_no_error (error);
  return process;
}

static HpProcessSample
sample_of (HpProcess *process)
{
  g_autoptr (GError) error = NULL;
  HpProcessSample sample;

  g_assert_cmpint (hp_process_sample (process, 55, &sample, &error), ==, HP_PROCESS_LIVES);
  g_assert_no_error (error);
  return sample;
}

static void
assert_over (HpProcess *process)
{
  g_autoptr (GError) error = NULL;
  HpProcessSample sample;

  g_assert_cmpint (hp_process_sample (process, 0, &sample, &error), ==, HP_PROCESS_OVER);
  g_assert_no_error (error);
}

/* Nothing but stat and status can be read: what they tell is told. */
static void
test_little (Fake *fake, gconstpointer data)
{
  g_autoptr (HpProcess) process = open_fake (fake, 7);
  HpProcessSample sample = sample_of (process);

  g_assert_cmpuint (hp_process_pid (process), ==, 7);
  g_assert_cmpstr (hp_process_name (process), ==, "fake 7");
  g_assert_cmpstr (sample.name, ==, "fake 7");
  g_assert_cmpint (sample.time_us, ==, 55);
  g_assert_cmpuint (sample.bytes[HP_PROCESS_RESIDENT], ==, 80 * 1024);
  g_assert_cmpuint (sample.minor_faults, ==, 100);
  g_assert_cmpuint (sample.major_faults, ==, 3);
  g_assert_cmpuint (sample.threads, ==, 2);
  g_assert_cmpuint (hp_process_sample_in_use (&sample), ==, 84 * 1024);
  g_assert_false (hp_process_sample_knows (&sample, HP_PROCESS_HEAP));
  g_assert_false (hp_process_sample_knows (&sample, HP_PROCESS_HEAP_TOUCHED));
  g_assert_false (hp_process_sample_knows (&sample, HP_PROCESS_PROPORTIONAL));
}

/* A heap of six pages in two mappings, of which pagemap shows two in RAM and one in swap. */
static void
test_heap (Fake *fake, gconstpointer data)
{
  const guint64 page = (guint64) sysconf (_SC_PAGESIZE);
  const guint64 pagemap[] = { 0, 1ull << 63, 0, 1ull << 62, 1ull << 63, 1ull << 63, 0, 1ull << 63 };
  g_autofree char *maps = g_strdup_printf ("%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x rw-p 0 00:00 0 [heap]\n"
                                           "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x rw-p 0 00:00 0\n",
                                           1 * page,
                                           4 * page,
                                           6 * page,
                                           9 * page);
  g_autoptr (HpProcess) process = open_fake (fake, 7);
  HpProcessSample sample;

  put (fake, 7, "maps", maps, -1);
  sample = sample_of (process);
  g_assert_cmpuint (sample.bytes[HP_PROCESS_HEAP], ==, 6 * page);
  g_assert_false (hp_process_sample_knows (&sample, HP_PROCESS_HEAP_TOUCHED));

  put (fake, 7, "pagemap", (const char *) pagemap, sizeof pagemap);
  sample = sample_of (process);
  g_assert_cmpuint (sample.bytes[HP_PROCESS_HEAP_TOUCHED], ==, 3 * page);
  g_assert_cmpuint (hp_process_sample_in_use (&sample), ==, 3 * page);
}

/* 17 GB of heap: looking at each of its pages would take too long. */
static void
test_enormous_heap (Fake *fake, gconstpointer data)
{
  g_autoptr (HpProcess) process = open_fake (fake, 7);
  HpProcessSample sample;

  put (fake, 7, "maps", "100000000-540000000 rw-p 0 00:00 0\n", -1);
  put (fake, 7, "pagemap", "", 0);
  sample = sample_of (process);
  g_assert_cmpuint (sample.bytes[HP_PROCESS_HEAP], ==, 17ull << 30);
  g_assert_false (hp_process_sample_knows (&sample, HP_PROCESS_HEAP_TOUCHED));
}

static void
test_over (Fake *fake, gconstpointer data)
{
  g_autoptr (HpProcess) process = open_fake (fake, 7);

  put_stat (fake, 7, 'Z', 100, 5000);
  assert_over (process);
  put_stat (fake, 7, 'S', 100, 5001); /* the number has gone to another process */
  assert_over (process);
  put_stat (fake, 7, 'S', 100, 5000);
  sample_of (process);
  put (fake, 7, "status", "Uid:\t1000\t1000\t1000\t1000\n", -1); /* it gave back its memory */
  assert_over (process);
  drop (fake, 7, "status");
  assert_over (process);
  put_status (fake, 7, 1000, 80);
  drop (fake, 7, "stat");
  assert_over (process);
}

static void
test_broken (Fake *fake, gconstpointer data)
{
  g_autoptr (HpProcess) process = open_fake (fake, 7);
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = g_strdup_printf ("%s/7/smaps_rollup, Rss: found “ x kB”, expected a number of kB",
                                               fake->proc);
  HpProcessSample sample;

  put (fake, 7, "smaps_rollup", "Rss: x kB\n", -1);
  g_assert_cmpint (hp_process_sample (process, 0, &sample, &error), ==, HP_PROCESS_FAILED);
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
assert_refused (Fake *fake, guint pid, guint64 user, int code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (hp_process_open (fake->proc, pid, user, &error));
  g_assert_error (error, HP_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_refused (Fake *fake, gconstpointer data)
{
  g_autoptr (HpProcess) process = NULL;

  assert_refused (fake, 8, 1000, HP_ERROR_NOT_FOUND, "there is no process 8");
  assert_refused (
      fake,
      7,
      1001,
      HP_ERROR_INPUT,
      "process 7 (fake 7) belongs to user 1000; you are user 1001 and can only watch processes of your own");
  process = hp_process_open (fake->proc, 7, 0, NULL);
  g_assert_nonnull (process);
  put_stat (fake, 9, 'Z', 0, 1);
  assert_refused (fake, 9, 1000, HP_ERROR_NOT_FOUND, "there is no process 9");
  put_stat (fake, 10, 'S', 0, 1);
  put (fake, 10, "status", "Name:\tkthreadd\nUid:\t0\t0\t0\t0\n", -1);
  assert_refused (fake,
                  10,
                  0,
                  HP_ERROR_INPUT,
                  "process 10 (fake 10) has no memory of its own: it ends just now, or is a thread of the kernel");
}

/* Of the user, with memory, not the one that asks; the largest first, then by number. */
static void
test_list (Fake *fake, gconstpointer data)
{
  static const guint PIDS[] = { 12, 7, 11 };
  g_autoptr (GPtrArray) list = NULL;

  for (guint pid = 8; pid <= 13; pid++)
    {
      put_stat (fake, pid, pid == 9 ? 'Z' : 'S', 0, pid);
      put_status (fake, pid, pid == 8 ? 2000 : 1000, pid == 12 ? 500 : 80);
    }
  put (fake, 10, "status", "Uid:\t1000\t1000\t1000\t1000\n", -1);
  put (fake, 12, "cmdline", "node\0--inspect\0a\nb.js\0", 22);
  put (fake, 11, "cmdline", "\xff\xfe\0", 3);
  put (fake, 99, "stat", "nonsense", -1);
  list = hp_process_list (fake->proc, 1000, 13, NULL);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (PIDS));
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpuint (((HpProcessInfo *) list->pdata[i])->pid, ==, PIDS[i]);
  g_assert_cmpuint (((HpProcessInfo *) list->pdata[0])->resident, ==, 500 * 1024);
  g_assert_cmpstr (((HpProcessInfo *) list->pdata[0])->name, ==, "fake 12");
  g_assert_cmpstr (((HpProcessInfo *) list->pdata[0])->command, ==, "node --inspect a b.js");
  g_assert_true (g_utf8_validate (((HpProcessInfo *) list->pdata[2])->command, -1, NULL));
}

/* ---- a child ---------------------------------------------------------------------------------------------------- */

#define MAPPED 64
#define TOUCHED 16

typedef struct
{
  GPid pid;
  int orders, answers;
} Child;

static void
obey (int orders, int answers)
{
  const gsize page = (gsize) sysconf (_SC_PAGESIZE);
  char order;

  while (read (orders, &order, 1) == 1)
    {
      char *memory = mmap (NULL, MAPPED * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

      for (gsize i = 0; i < TOUCHED; i++)
        memory[i * page] = 1;
      if (write (answers, "x", 1) != 1)
        break;
    }
  _exit (0);
}

static void
start (Child *self)
{
  int orders[2], answers[2];

  g_assert_true (pipe (orders) == 0 && pipe (answers) == 0);
  self->pid = fork ();
  if (self->pid == 0)
    {
      close (orders[1]);
      obey (orders[0], answers[1]);
    }
  close (orders[0]);
  close (answers[1]);
  self->orders = orders[1];
  self->answers = answers[0];
}

static void
order (Child *self)
{
  char answer;

  g_assert_cmpint (write (self->orders, "x", 1), ==, 1);
  g_assert_cmpint (read (self->answers, &answer, 1), ==, 1);
}

/* The kernel's own numbers: 64 pages more in the address space, 16 of them touched, each by a minor fault. */
static void
test_child (void)
{
  const guint64 page = (guint64) sysconf (_SC_PAGESIZE);
  g_autoptr (HpProcess) process = NULL;
  g_autoptr (GError) error = NULL;
  HpProcessSample before, after;
  Child child;

  if (!g_file_test (HP_PROCESS_FOLDER "/self/pagemap", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the kernel shows no pagemap");
      return;
    }
  start (&child);
  order (&child); /* what is touched only once is touched */
  process = hp_process_open (HP_PROCESS_FOLDER, (guint) child.pid, geteuid (), &error);
  g_assert_no_error (error);
  before = sample_of (process);
  if (!hp_process_sample_knows (&before, HP_PROCESS_HEAP_TOUCHED))
    g_test_skip ("the heap is too large to be counted, as that of a sanitizer is");
  order (&child);
  after = sample_of (process);
  g_assert_cmpuint (after.bytes[HP_PROCESS_HEAP] - before.bytes[HP_PROCESS_HEAP], ==, MAPPED * page);
  g_assert_cmpuint (after.bytes[HP_PROCESS_VIRTUAL] - before.bytes[HP_PROCESS_VIRTUAL], ==, MAPPED * page);
  if (hp_process_sample_knows (&before, HP_PROCESS_HEAP_TOUCHED))
    g_assert_cmpuint (after.bytes[HP_PROCESS_HEAP_TOUCHED] - before.bytes[HP_PROCESS_HEAP_TOUCHED], ==, TOUCHED * page);
  g_assert_cmpuint (after.minor_faults - before.minor_faults, >=, TOUCHED);
  g_assert_cmpuint (after.bytes[HP_PROCESS_RESIDENT],
                    ==,
                    after.bytes[HP_PROCESS_ANONYMOUS] + after.bytes[HP_PROCESS_FILE] + after.bytes[HP_PROCESS_SHARED]);

  close (child.orders);
  g_assert_cmpint (read (child.answers, &(char){ 0 }, 1), ==, 0); /* it has ended; nobody has waited for it */
  while (waitid (P_PID, (id_t) child.pid, &(siginfo_t){ 0 }, WEXITED | WNOWAIT) != 0)
    continue;
  assert_over (process);
  waitpid (child.pid, NULL, 0);
  assert_over (process);
  close (child.answers);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/process/" name, Fake, NULL, setup, function, tear_down)
  ADD ("little", test_little);
  ADD ("heap", test_heap);
  ADD ("enormous-heap", test_enormous_heap);
  ADD ("over", test_over);
  ADD ("broken", test_broken);
  ADD ("refused", test_refused);
  ADD ("list", test_list);
#undef ADD
  g_test_add_func ("/process/child", test_child);
  return g_test_run ();
}
