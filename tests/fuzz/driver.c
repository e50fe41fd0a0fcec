/* driver.c - runs a fuzz target as an ordinary test: its corpus, seeded mutations of it, and random bytes
 *
 * The corpus of target NAME is the folder tests/data/fuzz/NAME. The cases are the same on every machine; a slow one (a
 * sanitizer, say) stops earlier in the list. When the target crashes, the input is kept in crash-NAME in the build
 * folder.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/random.h"

#define TIME_LIMIT (2 * G_USEC_PER_SEC)
#define MUTATIONS 20000
#define RANDOM_INPUTS 5000
#define LONGEST (64 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* What parsers trip over: limits of numbers, half a number, ends of lines, bytes that are no text. */
static const char *const WORDS[] = {
  "0",
  "-1",
  "-9223372036854775808",
  "18446744073709551615",
  "18446744073709551616",
  "ffffffffffffffff",
  "0x",
  ",",
  "=",
  "[",
  "]",
  ";",
  "\n",
  "\r\n",
  "\n\n",
  "\t",
  " ",
  "\xff\xfe",
  "\xc3",
  "\xf4\x90\x80\x80",
};

static struct
{
  char *path;
  const guint8 *data;
  gsize size;
} running;

static GPtrArray *corpus; /* of GBytes */

static void
keep_input (int signal_number)
{
  int file = open (running.path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

  if (file >= 0)
    {
      ssize_t written = write (file, running.data, running.size);
      (void) written;
      close (file);
    }
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

/* A copy of exactly the input's size, so that a sanitizer or valgrind sees a read past its end. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size);

  running.data = copy;
  running.size = size;
  LLVMFuzzerTestOneInput (copy, size);
}

static void
insert_bytes (GByteArray *bytes, guint at, const void *data, guint n)
{
  guint tail = bytes->len - at;

  g_byte_array_set_size (bytes, bytes->len + n);
  memmove (bytes->data + at + n, bytes->data + at, tail);
  memcpy (bytes->data + at, data, n);
}

static void
insert_word (HpRandom *random, GByteArray *bytes, guint at)
{
  const char *word = WORDS[hp_random_below (random, G_N_ELEMENTS (WORDS))];

  insert_bytes (bytes, at, word, (guint) strlen (word));
}

/* Some of @bytes once more somewhere else, or a piece of another seed. */
static void
insert_piece (HpRandom *random, GByteArray *bytes, guint at)
{
  GBytes *other = g_ptr_array_index (corpus, hp_random_below (random, corpus->len));
  gsize size;
  const guint8 *data = g_bytes_get_data (other, &size);
  guint from, n;

  if (size == 0)
    return;
  from = hp_random_below (random, (guint) size);
  n = 1 + hp_random_below (random, MIN ((guint) size - from, 256));
  insert_bytes (bytes, at, data + from, n);
}

static void
remove_piece (HpRandom *random, GByteArray *bytes, guint at)
{
  guint n = 1 + hp_random_below (random, 64);

  if (at < bytes->len)
    g_byte_array_remove_range (bytes, at, MIN (n, bytes->len - at));
}

static void
mutate (HpRandom *random, GByteArray *bytes)
{
  guint at = hp_random_below (random, bytes->len + 1);

  switch (hp_random_below (random, 6))
    {
    case 0:
      if (at < bytes->len)
        bytes->data[at] ^= (guint8) (1u << hp_random_below (random, 8));
      break;
    case 1:
      if (at < bytes->len)
        bytes->data[at] = (guint8) hp_random_next (random);
      break;
    case 2:
      insert_word (random, bytes, at);
      break;
    case 3:
      insert_piece (random, bytes, at);
      break;
    case 4:
      remove_piece (random, bytes, at);
      break;
    default:
      g_byte_array_set_size (bytes, at);
      break;
    }
}

static void
test_corpus (void)
{
  for (guint i = 0; i < corpus->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (corpus, i), &size);

      run (data, size);
      for (gsize shorter = size; size <= 4096 && shorter-- > 0;)
        run (data, shorter);
    }
}

static void
test_mutations (void)
{
  gint64 end = g_get_monotonic_time () + TIME_LIMIT;
  HpRandom random;

  hp_random_seed (&random, 1);
  for (guint i = 0; i < MUTATIONS && g_get_monotonic_time () < end; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      GBytes *seed = g_ptr_array_index (corpus, i % corpus->len);

      g_byte_array_append (bytes, g_bytes_get_data (seed, NULL), (guint) MIN (g_bytes_get_size (seed), LONGEST));
      for (guint n = 1 + hp_random_below (&random, 8); n > 0; n--)
        mutate (&random, bytes);
      run (bytes->data, bytes->len);
    }
}

static void
test_random_bytes (void)
{
  gint64 end = g_get_monotonic_time () + TIME_LIMIT / 4;
  guint8 bytes[512];
  HpRandom random;

  hp_random_seed (&random, 2);
  for (guint i = 0; i < RANDOM_INPUTS && g_get_monotonic_time () < end; i++)
    {
      guint n = hp_random_below (&random, sizeof bytes + 1);

      for (guint k = 0; k < n; k++)
        bytes[k] = (guint8) hp_random_next (&random);
      run (bytes, n);
    }
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of the names, after the empty input that every corpus has. */
static void
read_corpus (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "fuzz", FUZZ_TARGET, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  corpus = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (corpus, g_bytes_new (NULL, 0));
  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, by_name);
  for (guint i = 0; i < paths->len; i++)
    {
      char *data;
      gsize size;

      g_assert_true (g_file_get_contents (g_ptr_array_index (paths, i), &data, &size, NULL));
      g_ptr_array_add (corpus, g_bytes_new_take (data, size));
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  running.path = g_test_build_filename (G_TEST_BUILT, "crash-" FUZZ_TARGET, NULL);
  signal (SIGSEGV, keep_input);
  signal (SIGABRT, keep_input);
  signal (SIGFPE, keep_input);
  read_corpus ();

  g_test_add_func ("/fuzz/" FUZZ_TARGET "/corpus", test_corpus);
  g_test_add_func ("/fuzz/" FUZZ_TARGET "/mutations", test_mutations);
  g_test_add_func ("/fuzz/" FUZZ_TARGET "/random-bytes", test_random_bytes);
  status = g_test_run ();

  g_ptr_array_unref (corpus);
  g_free (running.path);
  return status;
}
