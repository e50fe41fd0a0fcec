/* collector-pages.c - which pages of virtual memory a collection touches
 *
 * With two page frames of RAM nearly every access to another page is a fault, so that the faults of a collection are
 * the set of pages that it touched, but for the two that were resident when it began.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

#define PAGE_BYTES 256u

typedef struct
{
  HpMachine *machine;
  guint32 node, first, young;
  GHashTable *faults; /* set of page numbers since it was last emptied */
  guint64 n_major, n_minor;
} Fixture;

static void
note_faults (gpointer data, const HpEvent *events, gsize n)
{
  Fixture *self = data;

  for (gsize i = 0; i < n; i++)
    if (hp_event_type (&events[i]) == HP_EVENT_FAULT)
      {
        const HpPage *page = hp_definitions_page (hp_machine_definitions (self->machine), events[i].x);

        g_hash_table_add (self->faults, GSIZE_TO_POINTER (page->number));
        self->n_major += (hp_event_detail (&events[i]) & 0xff) == HP_FAULT_MAJOR;
        self->n_minor += (hp_event_detail (&events[i]) & 0xff) == HP_FAULT_MINOR;
      }
}

/* Settings by name and value, up to NULL, on top of the classroom's. */
static void
fixture_init (Fixture *self, const char *const *changes)
{
  static const char *const next[] = { "next", "other" };
  g_autoptr (HpSettings) settings = hp_machine_settings_new ("classroom", NULL);
  HpListener listener = { .events = note_faults, .self = self };
  HpShape shape = { 0, "Node", HP_SHAPE_OBJECT, HP_TAIL_NONE, 1, 2, next, HP_REFERENCES_STRONG };

  for (; *changes != NULL; changes += 2)
    g_assert_true (hp_settings_set (settings, changes[0], changes[1], NULL));
  *self = (Fixture){ .faults = g_hash_table_new (NULL, NULL) };
  self->machine = hp_machine_new (settings, NULL, &listener, NULL);
  self->node = hp_machine_define_shape (self->machine, &shape);
  self->first = hp_machine_define_root (self->machine, "first");
  self->young = hp_machine_define_root (self->machine, "young");
}

static void
fixture_clear (Fixture *self)
{
  hp_machine_finish (self->machine);
  g_assert_cmpint (hp_machine_ending (self->machine), ==, HP_ENDING_COMPLETED);
  hp_machine_free (self->machine);
  g_hash_table_unref (self->faults);
}

/* A list of @n nodes of 24 bytes that hangs from root "first", in the old generation. */
static void
make_old_list (Fixture *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      HpRef node = hp_machine_allocate (self->machine, self->node, 0);

      hp_machine_write (self->machine, node, 0, hp_machine_get_root (self->machine, self->first));
      hp_machine_set_root (self->machine, self->first, hp_value_ref (node));
    }
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

static void
collect_noting (Fixture *self, HpCollectionKind kind)
{
  hp_machine_flush (self->machine);
  g_hash_table_remove_all (self->faults);
  self->n_major = self->n_minor = 0;
  hp_machine_collect (self->machine, kind);
  hp_machine_flush (self->machine);
}

static gboolean
was_touched (const Fixture *self, HpAddress address)
{
  return g_hash_table_contains (self->faults, GSIZE_TO_POINTER ((guint64) address * HP_WORD_BYTES / PAGE_BYTES));
}

/* The pages that hold the nodes of the list, by number. (transfer full) */
static GHashTable *
pages_of_list (const Fixture *self)
{
  GHashTable *pages = g_hash_table_new (NULL, NULL);
  HpValue node = hp_machine_get_root (self->machine, self->first);

  while (node.kind == HP_VALUE_REF)
    {
      HpAddress address = hp_heap_address_of (self->machine->heap, node.payload);

      g_hash_table_add (pages, GSIZE_TO_POINTER ((guint64) address * HP_WORD_BYTES / PAGE_BYTES));
      node = hp_heap_value_of_word (self->machine->heap, hp_heap_words (self->machine->heap, address)[1]);
    }
  return pages;
}

static guint
count_untouched (const Fixture *self, GHashTable *pages)
{
  GHashTableIter iter;
  gpointer page;
  guint n = 0;

  g_hash_table_iter_init (&iter, pages);
  while (g_hash_table_iter_next (&iter, &page, NULL))
    n += !g_hash_table_contains (self->faults, page);
  return n;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

static const char *const TWO_FRAMES[] = { "ram", "512", "incremental-marking", "false", "max-old-space-size",
                                          "64K", NULL };

/* Nearly all of the list is in swap; marking must look at every object of it. */
static void
test_full_mark (void)
{
  g_autoptr (GHashTable) pages = NULL;
  Fixture f;

  fixture_init (&f, TWO_FRAMES);
  make_old_list (&f, 600);
  pages = pages_of_list (&f);
  g_assert_cmpuint (g_hash_table_size (pages), >=, 600 * 24 / PAGE_BYTES);
  collect_noting (&f, HP_COLLECTION_FULL);
  g_assert_cmpuint (count_untouched (&f, pages), <=, 2);
  g_assert_cmpuint (f.n_major, >=, g_hash_table_size (pages) - 2);
  fixture_clear (&f);
}

/* Of the old generation a scavenge touches the pages with remembered slots, and no other. */
static void
test_scavenge (void)
{
  g_autoptr (GHashTable) pages = NULL;
  HpHeap *heap;
  HpRef host, young;
  HpAddress slot;
  guint n_old = 0;
  Fixture f;

  fixture_init (&f, TWO_FRAMES);
  make_old_list (&f, 600);
  heap = f.machine->heap;
  host = hp_machine_get_root (f.machine, f.first).payload;
  slot = hp_heap_address_of (heap, host) + 2;
  young = hp_machine_allocate (f.machine, f.node, 0);
  hp_machine_write (f.machine, host, 1, hp_value_ref (young));
  for (guint i = 0; i < 10; i++)
    hp_machine_set_root (f.machine, f.young, hp_value_ref (hp_machine_allocate (f.machine, f.node, 0)));
  pages = pages_of_list (&f);
  collect_noting (&f, HP_COLLECTION_YOUNG);
  n_old = g_hash_table_size (pages) - count_untouched (&f, pages);
  g_assert_cmpint (hp_heap_space_of (heap, hp_heap_address_of (heap, host)), ==, HP_SPACE_OLD);
  g_assert_cmpuint (n_old, <=, 1);
  g_assert_true (n_old == 0 || was_touched (&f, slot));
  fixture_clear (&f);
}

/* One node of eight stays. Compaction brings them together, so that fewer pages hold what lives. */
static guint64
resident_after_thinning (const char *compaction)
{
  const char *const changes[] = { "ram",
                                  "0",
                                  "incremental-marking",
                                  "false",
                                  "max-old-space-size",
                                  "64K",
                                  "compaction",
                                  compaction,
                                  "compaction-quota",
                                  "64K",
                                  NULL };
  guint64 resident;
  HpValue node;
  Fixture f;

  fixture_init (&f, changes);
  make_old_list (&f, 1600);
  node = hp_machine_get_root (f.machine, f.first);
  while (node.kind == HP_VALUE_REF)
    {
      HpValue kept = node;

      for (guint i = 0; i < 8 && node.kind == HP_VALUE_REF; i++)
        node = hp_machine_read (f.machine, node.payload, 0);
      hp_machine_write (f.machine, kept.payload, 0, node);
    }
  hp_machine_collect (f.machine, HP_COLLECTION_FULL);
  hp_machine_collect (f.machine, HP_COLLECTION_FULL);
  resident = hp_machine_counters (f.machine)->resident_pages;
  fixture_clear (&f);
  return resident;
}

static void
test_compaction (void)
{
  guint64 swept = resident_after_thinning ("false");
  guint64 compacted = resident_after_thinning ("true");

  g_assert_cmpuint (swept, >, 1600 * 24 / PAGE_BYTES);
  g_assert_cmpuint (compacted, <, swept / 2);
}

/* Reading a byte brings in its page, and no other. */
static void
test_access (void)
{
  HpShape bytes = { 0, "Bytes", HP_SHAPE_OTHER, HP_TAIL_BYTES, 2, 0, NULL, HP_REFERENCES_STRONG };
  HpAddress tail;
  HpRef ref;
  Fixture f;

  fixture_init (&f, TWO_FRAMES);
  ref = hp_machine_allocate (f.machine, hp_machine_define_shape (f.machine, &bytes), 4096);
  hp_machine_set_root (f.machine, f.first, hp_value_ref (ref));
  tail = hp_heap_address_of (f.machine->heap, ref) + 2;
  hp_machine_flush (f.machine);
  g_hash_table_remove_all (f.faults);
  hp_machine_access (f.machine, ref, 1024, 8, FALSE);
  hp_machine_access (f.machine, ref, 1032, 8, TRUE);
  hp_machine_flush (f.machine);
  g_assert_cmpuint (g_hash_table_size (f.faults), ==, 1);
  g_assert_true (was_touched (&f, tail + 1024 / HP_WORD_BYTES));
  hp_machine_access (f.machine, ref, 4095, 1, TRUE);
  g_assert_true (hp_machine_is_running (f.machine));
  hp_machine_access (f.machine, ref, 4095, 2, TRUE);
  g_assert_cmpstr (hp_machine_ending_message (f.machine), ==, "access: object 1 has no 2 bytes at 4095");
  hp_machine_free (f.machine);
  g_hash_table_unref (f.faults);
}

/* Belady's anomaly: the same references under FIFO, with three page frames and then with four. */
static void
test_limit_ram (void)
{
  static const char PAGES[] = "123412512345";
  static const char *const changes[] = { "ram", "768", "replacement", "fifo", NULL };
  guint64 faults[2] = { 0, 0 };
  Fixture f;

  fixture_init (&f, changes);
  for (guint k = 0; k < 2; k++)
    {
      const HpCounters *counters = hp_machine_counters (f.machine);
      guint64 before = counters->minor_faults + counters->major_faults;

      hp_machine_limit_ram (f.machine, (3 + k) * PAGE_BYTES);
      g_assert_cmpuint (counters->resident_pages, ==, 0);
      for (const char *c = PAGES; *c != '\0'; c++)
        hp_machine_touch (f.machine, (guint64) *c * PAGE_BYTES, FALSE);
      faults[k] = counters->minor_faults + counters->major_faults - before;
    }
  g_assert_cmpuint (faults[0], ==, 9);
  g_assert_cmpuint (faults[1], ==, 10);
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/collector-pages/full-mark", test_full_mark);
  g_test_add_func ("/collector-pages/scavenge", test_scavenge);
  g_test_add_func ("/collector-pages/compaction", test_compaction);
  g_test_add_func ("/collector-pages/access", test_access);
  g_test_add_func ("/collector-pages/limit-ram", test_limit_ram);
  return g_test_run ();
}
