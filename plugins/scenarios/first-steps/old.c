/* old.c - chapter 4: the old generation is marked, swept and compacted, and its pages move between RAM and swap
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "lesson.h"
#include <glib/gi18n-lib.h>

#define N_ENTRIES 10
#define ENTRY_BYTES (32 + 216)
#define CODE_ENTRY "cache[i] = {"

/* Returns the store of the array. */
static HpRef
make_cache (Lesson *self)
{
  HpRef array;
  HpRef elements;

  hp_lesson_chapter (
      self->telling,
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
      return _ ("To-space is filling with entries, and all of them are alive. The next scavenge has to copy nearly "
                "everything: "
                "it is cheap only where most objects die.");
    case 6:
      return _ (
          "Touching a page that is in swap is a major fault: the program waits until the disk has brought the page "
          "back, a thousand times longer than an access to RAM.");
    case 7:
      return _ (
          "A program that does not fit into RAM waits for the disk again and again while its pages go back and forth. "
          "When it does little else, that is called thrashing.");
    default:
      return _ (
          "One more entry that is going to be old. Pages that nobody touches wait in RAM until their page frame is "
          "needed for others.");
    }
}

static void
report_eviction (Lesson *self)
{
  hp_lesson_step (
      self->telling,
      CODE_ENTRY,
      _ ("RAM was full, and the pager chose a victim (LRU takes the page unused for the longest time), wrote it to "
         "swap and gave its page frame to another. Addresses stay as they are."));
}

static void
report_promotion (Lesson *self, guint bytes)
{
  hp_lesson_step (
      self->telling,
      CODE_ENTRY,
      _ ("This scavenge promoted what survived the last one; bytes promoted: %u. Old space takes its memory in "
         "heap pages, and got another one where the last was full."),
      bytes);
}

/* What adding the entry brought with it, told once: the first eviction, and entries becoming old. */
static void
report_entry (Lesson *self)
{
  HpCounters before = self->told;
  guint copied;
  guint promoted;

  if (lesson_was_scavenged (self, &copied, &promoted) && promoted >= ENTRY_BYTES)
    report_promotion (self, promoted);
  if (before.evictions == 0 && self->told.evictions > 0)
    report_eviction (self);
}

static void
add_entry (Lesson *self, HpRef elements, guint i)
{
  HpRef entry;

  hp_lesson_step (self->telling, CODE_ENTRY, describe_entry (i));
  lesson_set_local (self, MAIN_I, hp_value_integer ((gint32) i));
  entry = hp_machine_allocate (self->machine, self->shapes.entry, 0);
  lesson_set_local (self, MAIN_TEMPORARY, hp_value_ref (entry));
  lesson_write (self, entry, ENTRY_TEXT, hp_value_ref (lesson_read_line (self)));
  lesson_write (self, elements, i, hp_value_ref (entry));
  report_entry (self);
}

static void
drop_entries (Lesson *self, HpRef elements)
{
  hp_lesson_step (
      self->telling,
      "if (i % 4",
      _ ("Three entries of four are dropped. In old space dead objects keep their place as well, and no scavenge "
         "comes here to free it."));
  for (guint i = 0; i < N_ENTRIES; i++)
    if (i % 4 != 0)
      lesson_write (self, elements, i, hp_value_ref (HP_REF_NONE));
}

static void
collect (Lesson *self, const char *code, const char *text)
{
  hp_lesson_step (self->telling, code, text);
  self->told = *hp_machine_counters (self->machine);
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

/* By how much a counter grew since collect() began. */
#define GROWTH(self, counter) ((guint) (hp_machine_counters ((self)->machine)->counter - (self)->told.counter))

static void
make_all_old (Lesson *self)
{
  const char *code = "gc(); // everything";

  collect (self,
           code,
           _ ("gc () asks for a full collection; V8 starts one by itself when the old generation reaches its limit. "
              "Marking starts at the roots: grey is reached, black is looked through as well."));
  hp_lesson_step (
      self->telling,
      code,
      _ ("A full collection empties new space: whatever is alive there moves to old space, however young it is. "
         "Bytes moved: %u."),
      GROWTH (self, evacuated_bytes));
  if (GROWTH (self, major_faults) > 0)
    hp_lesson_step (
        self->telling,
        code,
        _ ("Marking looks at every live object, so pages had to come back from swap; major faults: %u. This is "
           "why a heap larger than RAM makes full collections so slow."),
        GROWTH (self, major_faults));
}

static void
mark_and_sweep (Lesson *self)
{
  const char *code = "gc(); // mark";

  collect (
      self,
      code,
      _ ("Once more everything that can be reached is marked. Nothing leads to the dropped entries: they stay white, "
         "and the sweep that follows will find them."));
  hp_lesson_step (
      self->telling,
      code,
      _ ("The sweep turned the dead into gaps and put the gaps on free lists; the living stayed where they were. "
         "Bytes freed: %u."),
      GROWTH (self, freed_bytes));
}

static void
compact (Lesson *self)
{
  const char *code = "gc(); // compact";

  collect (self,
           code,
           _ ("Some pages are mostly gaps now. The next full collection takes such pages as evacuation candidates: "
              "their live objects move into gaps of other pages."));
  if (GROWTH (self, compacted_bytes) > 0)
    hp_lesson_step (
        self->telling,
        code,
        _ ("Bytes moved together: %u. Every reference to a moved object was redirected, and whole pages became "
           "free; the program notices nothing."),
        GROWTH (self, compacted_bytes));
}

static void
finish (Lesson *self)
{
  hp_lesson_step (
      self->telling,
      "console.log",
      _ ("The program prints the greeting and the total. Collector and pager have changed where things are, "
         "but nothing that a program can see."));
  hp_machine_print (self->machine, "Hi Alice 60");
  hp_lesson_step (
      self->telling,
      "main();",
      _ ("main returns, and with its frame go the last references to user: garbage from now on. The cache lives "
         "on, since a global variable refers to it."));
  hp_machine_return (self->machine);
}

void
chapter_old (Lesson *self)
{
  HpRef elements = make_cache (self);

  for (guint i = 0; i < N_ENTRIES; i++)
    add_entry (self, elements, i);
  make_all_old (self);
  drop_entries (self, elements);
  mark_and_sweep (self);
  compact (self);
  finish (self);
}
