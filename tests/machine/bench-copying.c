/* bench-copying.c - how fast ten million survivors are copied and promoted, beside the same in plain C
 *
 * The first scavenge of a process copies to memory that nobody touched before: the host hands it out page by page, in
 * zeros. Later ones copy to the half that the program filled before. Both are told, and each beside plain C that does
 * the same to fresh or to used memory.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "bench.h"
#include "machine/machine.h"
#include "objects.h"

#include <sys/mman.h>
#include <sys/resource.h>

/* Processor time: others may use the computer too. */
typedef struct
{
  double user, system;
} Times;

static Times
times_now (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (Times){ (double) usage.ru_utime.tv_sec + (double) usage.ru_utime.tv_usec / 1e6,
                  (double) usage.ru_stime.tv_sec + (double) usage.ru_stime.tv_usec / 1e6 };
}

/* Print the rate since @start, in user time and the host's work included; return the latter. */
static double
print_rate (const char *what, const char *layout, Times start)
{
  Times now = times_now ();
  double user = now.user - start.user, all = user + now.system - start.system;
  g_autofree char *row = g_strdup_printf ("%s-%s", what, layout);
  g_autofree char *user_row = g_strdup_printf ("%s-user-time", row);

  bench_print (row, N_OBJECTS / all / 1e6, "M objects/s");
  bench_print (user_row, N_OBJECTS / user / 1e6, "M objects/s");
  return N_OBJECTS / all / 1e6;
}

/* ---- plain C ----------------------------------------------------------------------------------------------------- */

typedef struct Plain Plain;
struct Plain
{
  Plain *forward;
  guint64 words[3];
  Plain *slots[2];
};

static Plain *
plain_memory (void)
{
  gsize bytes = N_OBJECTS * sizeof (Plain);
  Plain *memory = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  g_assert (memory != MAP_FAILED);
  madvise (memory, bytes, MADV_HUGEPAGE);
  return memory;
}

/* The same tree as objects_tangle() makes. Returns its root. */
static Plain *
plain_tangle (Plain *memory, gboolean at_random)
{
  g_autofree guint32 *order = objects_order (at_random);

  for (guint32 i = 1; i <= N_OBJECTS; i++)
    for (guint32 slot = 0; slot < 2; slot++)
      {
        guint32 child = 2 * i + slot;

        memory[order[i] - 1].forward = NULL;
        memory[order[i] - 1].slots[slot] = child <= N_OBJECTS ? &memory[order[child] - 1] : NULL;
      }
  return &memory[order[1] - 1];
}

static inline Plain *
plain_evacuate (Plain *object, Plain **top)
{
  if (object->forward == NULL)
    {
      **top = *object;
      object->forward = (*top)++;
    }
  return object->forward;
}

static void
plain_copy (Plain *root, Plain *to)
{
  Plain *top = to;

  plain_evacuate (root, &top);
  for (Plain *scan = to; scan < top; scan++)
    for (guint32 slot = 0; slot < 2; slot++)
      if (scan->slots[slot] != NULL)
        scan->slots[slot] = plain_evacuate (scan->slots[slot], &top);
  g_assert (top == to + N_OBJECTS);
}

/* The rates of copying to fresh memory, and then back to where the objects were. */
static void
bench_plain (const char *layout, gboolean at_random, double *first, double *later)
{
  Plain *halves[2] = { plain_memory (), plain_memory () };
  Plain *root = plain_tangle (halves[0], at_random);
  Times start = times_now ();

  plain_copy (root, halves[1]);
  *first = print_rate ("plain-c-first", layout, start);
  plain_copy (plain_tangle (halves[1], at_random), halves[0]);
  root = plain_tangle (halves[0], at_random);
  start = times_now ();
  plain_copy (root, halves[1]);
  *later = print_rate ("plain-c", layout, start);
  for (guint i = 0; i < 2; i++)
    munmap (halves[i], N_OBJECTS * sizeof (Plain));
}

/* ---- the machine ------------------------------------------------------------------------------------------------- */

static double
bench_collection (HpMachine *machine, const char *what, const char *layout)
{
  Times start = times_now ();

  hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  return print_rate (what, layout, start);
}

static void
print_share (const char *what, const char *layout, double rate, double of)
{
  g_autofree char *row = g_strdup_printf ("%s-%s-share", what, layout);

  bench_print (row, rate / of, "of plain C's rate");
}

/* Two in a hundred are promoted: what the buffers leave of each page is more than to-space has to spare. */
static void
check_all_survived (HpMachine *machine)
{
  const HpCounters *counters = hp_machine_counters (machine);

  g_assert_cmpuint (counters->copied_bytes + counters->promoted_bytes, ==, 48ull * N_OBJECTS);
  g_assert_cmpuint (counters->copied_bytes, >, 46ull * N_OBJECTS);
}

/* Ten million objects are copied to a fresh half, dropped, and made once more: now both halves were in use before. */
static void
bench_copying (const char *layout, gboolean at_random)
{
  static const char *const SETTINGS[] = { "max-semi-space-size", "512M", "min-semi-space-size", "512M", NULL };
  double first, later, plain_first, plain_later;
  g_autoptr (HpMachine) machine = NULL;
  guint32 root;

  bench_plain (layout, at_random, &plain_first, &plain_later);
  machine = objects_machine (SETTINGS);
  root = objects_fill (machine, N_OBJECTS);
  objects_tangle (machine, root, 1, at_random);
  first = bench_collection (machine, "copied-first", layout);
  check_all_survived (machine);
  hp_machine_set_root (machine, root, HP_VALUE_NOTHING);
  hp_machine_collect (machine, HP_COLLECTION_YOUNG);
  objects_tangle (machine, objects_fill (machine, N_OBJECTS), N_OBJECTS + 1, at_random);
  later = bench_collection (machine, "copied", layout);
  g_assert_cmpuint (hp_machine_counters (machine)->copied_bytes, >, 2 * 46ull * N_OBJECTS);
  bench_collection (machine, "promoted", layout);
  print_share ("copied-first", layout, first, plain_first);
  print_share ("copied", layout, later, plain_later);
}

int
main (void)
{
  bench_copying ("random", TRUE);
  bench_copying ("sequential", FALSE);
  return 0;
}
