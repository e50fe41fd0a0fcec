/* old.c - chapter 4: the old generation is marked, swept and compacted, and its pages move between RAM and swap
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <glib/gi18n-lib.h>

#define N_ENTRIES 10

/* Returns the store of the array. */
static HpRef
make_cache (Lesson *self)
{
  HpRef array;
  HpRef elements;

  lesson_chapter (
      self,
      _ ("The old generation: marked, swept, compacted, and moved between RAM and swap"),
      "cache = new Array",
      _ ("cache is a global variable. Like the stack it is a root: whatever can be reached from it is alive, no "
         "matter which function runs."));
  array = hp_machine_allocate (self->machine, self->shapes.array, 0);
  hp_machine_set_root (self->machine, self->cache, hp_value_ref (array));
  lesson_write (self, array, ARRAY_LENGTH, hp_value_integer (N_ENTRIES));
  elements = hp_machine_allocate (self->machine, self->shapes.elements, N_ENTRIES);
  lesson_write (self, array, ARRAY_ELEMENTS, hp_value_ref (elements));
  return elements;
}

static const char *
describe_entry (guint i)
{
  switch (i)
    {
    case 0:
      return _ (
          "An entry is an object that refers to a string, and the store of the cache refers to the entry. So nothing "
          "of this dies: each scavenge has to copy it or promote it.");
    case 1:
      return _ (
          "Addresses are not RAM. They number the pages of virtual memory; a page gets a page frame of RAM when it is "
          "touched for the first time: a minor fault.");
    case 2:
      return _ (
          "Virtual memory is not a part of the disk, as is often said: it is only the numbering. The part on disk is "
          "called swap, and it is needed when RAM is full.");
    case 3:
      return _ (
          "Old space takes its memory in heap pages. Where the last one has no more room, the promoted objects get "
          "another.");
    default:
      return _ (
          "One more entry that is going to be old. Pages that nobody touches wait in RAM until their page frame is "
          "needed for others.");
    }
}

static void
report_first_eviction (Lesson *self)
{
  const HpCounters *now = hp_machine_counters (self->machine);

  if (self->told.evictions == 0 && now->evictions > 0)
    lesson_step (
        self,
        "cache[i] = {",
        _ ("RAM was full, and the pager chose a victim (LRU takes the page unused for the longest time), wrote it "
           "to swap and gave its page frame to another. Addresses stay as they are."));
  self->told = *now;
}

static void
add_entry (Lesson *self, HpRef elements, guint i)
{
  HpRef entry;

  lesson_step (self, "cache[i] = {", describe_entry (i));
  lesson_set_local (self, MAIN_I, hp_value_integer ((gint32) i));
  entry = hp_machine_allocate (self->machine, self->shapes.entry, 0);
  lesson_set_local (self, MAIN_TEMPORARY, hp_value_ref (entry));
  lesson_write (self, entry, ENTRY_ID, hp_value_integer ((gint32) i));
  lesson_write (self, entry, ENTRY_TEXT, hp_value_ref (lesson_read_line (self)));
  lesson_write (self, elements, i, hp_value_ref (entry));
  report_first_eviction (self);
}

static void
drop_entries (Lesson *self, HpRef elements)
{
  lesson_step (
      self,
      "if (i % 3",
      _ ("Two entries of three are dropped. In old space too, dead objects keep their place: no scavenge comes "
         "here to free it."));
  for (guint i = 0; i < N_ENTRIES; i++)
    if (i % 3 != 0)
      lesson_write (self, elements, i, hp_value_ref (HP_REF_NONE));
}

static void
report_sweep (Lesson *self)
{
  const HpCounters *now = hp_machine_counters (self->machine);
  g_autofree char *freed = g_strdup_printf (
      _ ("What stayed white was dead. The sweep put its memory on free lists, and the full collection also emptied new "
         "space. Bytes freed: %" G_GUINT64_FORMAT "."),
      now->freed_bytes - self->told.freed_bytes);
  g_autofree char *faults = g_strdup_printf (
      _ ("Marking looks at every live object, so pages had to come back from swap; major faults: %" G_GUINT64_FORMAT
         ". This is why a heap larger than RAM makes full collections so slow."),
      now->major_faults - self->told.major_faults);

  lesson_step (self, "gc();", freed);
  if (now->major_faults > self->told.major_faults)
    lesson_step (self, "gc();", faults);
  self->told = *now;
}

static void
report_compaction (Lesson *self)
{
  const HpCounters *now = hp_machine_counters (self->machine);
  g_autofree char *moved = g_strdup_printf (_ ("Bytes moved together: %" G_GUINT64_FORMAT
                                               ". Every reference to a moved object was redirected, and the program "
                                               "notices nothing; the emptied pages are free as a whole."),
                                            now->compacted_bytes - self->told.compacted_bytes);

  if (now->compacted_bytes > self->told.compacted_bytes)
    lesson_step (self, "gc({", moved);
  self->told = *now;
}

static void
collect_twice (Lesson *self)
{
  lesson_step (
      self,
      "gc();",
      _ ("gc () asks for a full collection; V8 starts one by itself when the old generation reaches its limit. "
         "Marking starts at the roots: grey is reached, black is looked through as well."));
  self->told = *hp_machine_counters (self->machine);
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  report_sweep (self);
  lesson_step (self,
               "gc({",
               _ ("Some pages are mostly gaps now. The next full collection takes such pages as evacuation candidates: "
                  "their live objects move into gaps of other pages."));
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  report_compaction (self);
}

static void
finish (Lesson *self)
{
  lesson_step (self,
               "console.log",
               _ ("The program reads its own strings as if nothing had happened: Hi Alice, and the total."));
  hp_machine_print (self->machine, "Hi Alice 60");
  lesson_step (
      self,
      "main();",
      _ ("main returns, and with its frame goes the last reference to user: garbage from now on. The cache lives "
         "on, since a global variable refers to it."));
  hp_machine_return (self->machine);
}

void
chapter_old (Lesson *self)
{
  HpRef elements = make_cache (self);

  for (guint i = 0; i < N_ENTRIES; i++)
    add_entry (self, elements, i);
  drop_entries (self, elements);
  collect_twice (self);
  finish (self);
}
