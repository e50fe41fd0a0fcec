/* weak.c - weak slots and ephemerons, in a full collection and in a scavenge
 *
 * V8: MarkCompactCollector::MarkTransitiveClosureUntilFixpoint, …Linear, ClearWeakCollections and ClearJSWeakRefs in
 * src/heap/mark-compact.cc; ScavengerCollector::ClearYoungEphemerons and ClearOldEphemerons in src/heap/scavenger.cc.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "gc/phases.h"

void
hp_weak_init (HpWeak *self)
{
  self->objects = g_array_new (FALSE, FALSE, sizeof (HpAddress));
  self->tables = g_array_new (FALSE, FALSE, sizeof (HpAddress));
  self->discovered = g_array_new (FALSE, FALSE, sizeof (HpEphemeron));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (HpEphemeron));
  self->survivors = g_array_new (FALSE, FALSE, sizeof (HpAddress));
  self->cleanup = g_queue_new ();
  hp_root_pool_init (&self->roots, "cleanup");
}

void
hp_weak_free (HpWeak *self)
{
  g_array_unref (self->objects);
  g_array_unref (self->tables);
  g_array_unref (self->discovered);
  g_array_unref (self->waiting);
  g_array_unref (self->survivors);
  g_queue_free (self->cleanup);
  hp_root_pool_clear (&self->roots);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

/* The pairs of a table: key slots at @first, @first + 2 … below @end. */
typedef struct
{
  guint64 *words;
  guint32 first, end;
} Pairs;

static Pairs
pairs_of (const HpHeap *heap, HpAddress table)
{
  guint64 *words = hp_heap_words (heap, table);
  const HpLayout *layout = hp_heap_layout (heap, words[0]);

  return (Pairs){ words, layout->fixed_words, layout->first_slot + hp_heap_count_slots (heap, words) };
}

/* The value of the pair at @key; a table of odd length ends with a key that has none. */
static guint64
value_word (const Pairs *pairs, guint32 key)
{
  return key + 1 < pairs->end ? pairs->words[key + 1] : 0;
}

static gboolean
is_white (const HpHeap *heap, guint64 word)
{
  return hp_word_is_ref (word) && hp_map_colour (*hp_heap_words (heap, hp_word_address (word))) == HP_COLOUR_WHITE;
}

static void
clear_slot (HpCollector *self, HpAddress host, HpAddress slot, HpValue value)
{
  guint64 word = *hp_heap_words (self->heap, slot);

  if (self->phase != HP_PHASE_WEAK)
    hp_collector_enter_phase (self, HP_PHASE_WEAK);
  if (hp_word_is_ref (word) && self->heap->emitter->listening)
    hp_collector_visit_slot (self, HP_VISIT_SLOT, host, slot, hp_word_address (word));
  hp_heap_write_slot (self->heap, host, hp_heap_slot_index (self->heap, host, slot), hp_word_from_plain (value));
}

static void
clear_pair (HpCollector *self, HpAddress table, const Pairs *pairs, guint32 key)
{
  clear_slot (self, table, table + key, HP_VALUE_NOTHING);
  if (value_word (pairs, key) != 0)
    clear_slot (self, table, table + key + 1, HP_VALUE_NOTHING);
}

/* ---- marking ----------------------------------------------------------------------------------------------------- */

/* Mark the value of an ephemeron if its key is marked. Returns whether it may yet have to be marked. */
static gboolean
is_waiting (HpCollector *self, const HpEphemeron *ephemeron, gboolean *progress)
{
  Pairs pairs = pairs_of (self->heap, ephemeron->table);

  if (!is_white (self->heap, value_word (&pairs, ephemeron->key)))
    return FALSE;
  if (is_white (self->heap, pairs.words[ephemeron->key]))
    return TRUE;
  hp_marker_visit_slot (self, ephemeron->table, ephemeron->table + ephemeron->key + 1);
  *progress = TRUE;
  return FALSE;
}

static void
discover_table (HpCollector *self, HpAddress table)
{
  Pairs pairs = pairs_of (self->heap, table);
  gboolean progress;

  g_array_append_val (self->weak.tables, table);
  for (guint32 key = pairs.first; key < pairs.end; key += 2)
    {
      HpEphemeron ephemeron = { table, key };

      if (is_waiting (self, &ephemeron, &progress))
        g_array_append_val (self->weak.discovered, ephemeron);
    }
}

void
hp_weak_discover (HpCollector *self, HpAddress host, guint32 *first, guint32 *end)
{
  const HpLayout *layout = hp_heap_layout (self->heap, *hp_heap_words (self->heap, host));

  if (layout->references == HP_REFERENCES_EPHEMERONS)
    {
      discover_table (self, host);
      *end = layout->fixed_words;
      return;
    }
  g_array_append_val (self->weak.objects, host);
  *first += 1;
}

/* Look at the ephemerons in *@list again, and keep those that still wait in weak.waiting. Returns whether a value was
 * marked. */
static gboolean
look_again (HpCollector *self, GArray **list)
{
  GArray *ephemerons = *list;
  gboolean progress = FALSE;

  *list = g_array_new (FALSE, FALSE, sizeof (HpEphemeron));
  for (guint i = 0; i < ephemerons->len; i++)
    if (is_waiting (self, &g_array_index (ephemerons, HpEphemeron, i), &progress))
      g_array_append_val (self->weak.waiting, g_array_index (ephemerons, HpEphemeron, i));
  g_array_unref (ephemerons);
  return progress;
}

/* ---- the linear algorithm: each object that is marked is looked up among the keys -------------------------------- */

typedef struct
{
  HpEphemeron ephemeron;
  guint next; /* of the same key: 1 + index, 0 at the end */
} Awaited;

typedef struct
{
  GArray *awaited;   /* Awaited */
  GHashTable *heads; /* key's address -> 1 + index of the newest */
} KeyToValues;

static void
await_key (HpCollector *self, KeyToValues *map, const HpEphemeron *ephemeron)
{
  Pairs pairs = pairs_of (self->heap, ephemeron->table);
  gpointer key = GUINT_TO_POINTER (hp_word_address (pairs.words[ephemeron->key]));
  Awaited awaited = { *ephemeron, GPOINTER_TO_UINT (g_hash_table_lookup (map->heads, key)) };

  g_array_append_val (map->awaited, awaited);
  g_hash_table_insert (map->heads, key, GUINT_TO_POINTER (map->awaited->len));
}

static void
mark_values_of (HpCollector *self, const KeyToValues *map, HpAddress key)
{
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (map->heads, GUINT_TO_POINTER (key)));
  gboolean progress;

  for (; i != 0; i = g_array_index (map->awaited, Awaited, i - 1).next)
    is_waiting (self, &g_array_index (map->awaited, Awaited, i - 1).ephemeron, &progress);
}

static void
await_keys (HpCollector *self, KeyToValues *map)
{
  HpWeak *weak = &self->weak;

  look_again (self, &weak->discovered);
  for (guint i = 0; i < weak->waiting->len; i++)
    await_key (self, map, &g_array_index (weak->waiting, HpEphemeron, i));
  g_array_set_size (weak->waiting, 0);
}

static void
mark_linearly (HpCollector *self)
{
  KeyToValues map = { g_array_new (FALSE, FALSE, sizeof (Awaited)), g_hash_table_new (NULL, NULL) };
  HpAddress host;

  look_again (self, &self->weak.waiting);
  await_keys (self, &map);
  while (hp_worklist_pop (&self->marking, &host))
    {
      hp_marker_scan_object (self, host);
      mark_values_of (self, &map, host);
      if (self->weak.discovered->len > 0)
        await_keys (self, &map);
    }
  g_array_unref (map.awaited);
  g_hash_table_unref (map.heads);
}

void
hp_weak_mark_ephemerons (HpCollector *self)
{
  guint iteration = 0;
  gboolean progress = TRUE;

  while (progress && iteration++ < self->config.ephemeron_iterations)
    {
      progress = look_again (self, &self->weak.waiting);
      progress |= !hp_worklist_is_empty (&self->marking); /* what is scanned now may be a key that was waited for */
      hp_marker_drain (self);
      progress |= look_again (self, &self->weak.discovered);
    }
  if (progress)
    mark_linearly (self);
}

/* ---- clearing ---------------------------------------------------------------------------------------------------- */

static void
record_slot (HpCollector *self, HpAddress host, HpAddress slot, guint64 word)
{
  if (hp_word_is_ref (word))
    hp_marker_record_slot (self, host, slot, hp_word_address (word));
}

static void
clear_dead_keys (HpCollector *self, HpAddress table)
{
  Pairs pairs = pairs_of (self->heap, table);

  hp_heap_touch (self->heap, table, pairs.end, FALSE);
  for (guint32 key = pairs.first; key < pairs.end; key += 2)
    if (is_white (self->heap, pairs.words[key]))
      clear_pair (self, table, &pairs, key);
    else
      {
        record_slot (self, table, table + key, pairs.words[key]);
        record_slot (self, table, table + key + 1, value_word (&pairs, key));
      }
}

static void
queue_for_cleanup (HpCollector *self, HpAddress object)
{
  guint32 root = hp_root_pool_hold (&self->weak.roots, self->heap, object);

  g_queue_push_tail (self->weak.cleanup, GUINT_TO_POINTER (root));
}

static void
clear_dead_target (HpCollector *self, HpAddress host)
{
  const HpLayout *layout = hp_heap_layout (self->heap, *hp_heap_words (self->heap, host));
  HpAddress slot = host + layout->first_slot;
  guint64 word = *hp_heap_words (self->heap, slot);

  hp_heap_touch (self->heap, slot, 1, FALSE);
  if (!is_white (self->heap, word))
    {
      record_slot (self, host, slot, word);
      return;
    }
  clear_slot (self, host, slot, hp_value_undefined ());
  if (layout->references == HP_REFERENCES_FINALIZED)
    queue_for_cleanup (self, host);
}

static gint
by_address (gconstpointer a, gconstpointer b)
{
  HpAddress x = *(const HpAddress *) a, y = *(const HpAddress *) b;

  return x < y ? -1 : x > y;
}

void
hp_weak_clear_dead (HpCollector *self)
{
  HpWeak *weak = &self->weak;

  /* Marking comes by them in one order when watched, in another when alone. */
  g_array_sort (weak->tables, by_address);
  g_array_sort (weak->objects, by_address);
  for (guint i = 0; i < weak->tables->len; i++)
    clear_dead_keys (self, g_array_index (weak->tables, HpAddress, i));
  for (guint i = 0; i < weak->objects->len; i++)
    clear_dead_target (self, g_array_index (weak->objects, HpAddress, i));
  g_array_set_size (weak->tables, 0);
  g_array_set_size (weak->objects, 0);
  g_array_set_size (weak->waiting, 0);
}

/* ---- scavenges --------------------------------------------------------------------------------------------------- */

void
hp_weak_table_survived (HpCollector *self, HpAddress table)
{
  g_array_append_val (self->weak.survivors, table);
}

static void
redirect_key (HpCollector *self, HpAddress table, HpAddress slot, HpAddress to)
{
  HpHeap *heap = self->heap;

  hp_heap_touch (heap, slot, 1, TRUE);
  *hp_heap_words (heap, slot) = hp_word_from_ref_address (to);
  if (heap->emitter->listening)
    hp_emit_slot (heap->emitter,
                  HP_EVENT_UPDATE,
                  0,
                  hp_heap_slot_index (heap, table, slot),
                  hp_heap_ref_at (heap, table),
                  hp_heap_ref_at (heap, to),
                  0);
}

/* Clear or redirect the pair at @key. Returns whether the key is young afterwards. */
static gboolean
finish_pair (HpCollector *self, HpAddress table, const Pairs *pairs, guint32 key)
{
  HpAddress before, after;

  if (!hp_word_is_ref (pairs->words[key]))
    return FALSE;
  before = hp_word_address (pairs->words[key]);
  after = hp_new_space_find_survivor (self->heap, before);
  if (after == 0)
    clear_pair (self, table, pairs, key);
  else if (after != before)
    redirect_key (self, table, table + key, after);
  return after != 0 && hp_space_is_young (hp_heap_space_of (self->heap, after));
}

typedef struct
{
  HpCollector *collector;
  HpHeapPage *page;
  HpAddress cursor;
} YoungKeys;

static gboolean
finish_young_key (gpointer data, guint32 index)
{
  YoungKeys *self = data;
  HpHeap *heap = self->collector->heap;
  HpAddress slot = self->page->address + index;
  HpAddress table = hp_heap_find_holder (heap, &self->cursor, slot);
  Pairs pairs = pairs_of (heap, table);
  gboolean young = finish_pair (self->collector, table, &pairs, slot - table);

  if (!young)
    hp_heap_tell_forgotten (heap, table, slot);
  return young;
}

static void
finish_old_tables (HpCollector *self, GPtrArray *pages)
{
  for (guint i = 0; i < pages->len; i++)
    {
      HpHeapPage *page = g_ptr_array_index (pages, i);
      YoungKeys keys = { self, page, hp_heap_page_start (page) };

      hp_slot_set_filter (&page->young_keys, 0, page->size_words, finish_young_key, &keys);
    }
}

static void
finish_survivor (HpCollector *self, HpAddress table)
{
  gboolean is_old = !hp_space_is_young (hp_heap_space_of (self->heap, table));
  Pairs pairs = pairs_of (self->heap, table);

  for (guint32 key = pairs.first; key < pairs.end; key += 2)
    if (finish_pair (self, table, &pairs, key) && is_old)
      hp_heap_remember (self->heap, table, table + key, hp_word_address (pairs.words[key]));
}

/* What incremental marking came by may have moved or died. */
static void
find_objects_again (const HpHeap *heap, GArray *objects)
{
  guint n = 0;

  for (guint i = 0; i < objects->len; i++)
    {
      HpAddress address = hp_new_space_find_survivor (heap, g_array_index (objects, HpAddress, i));

      if (address != 0)
        g_array_index (objects, HpAddress, n++) = address;
    }
  g_array_set_size (objects, n);
}

static void
find_ephemerons_again (const HpHeap *heap, GArray *ephemerons)
{
  guint n = 0;

  for (guint i = 0; i < ephemerons->len; i++)
    {
      HpEphemeron ephemeron = g_array_index (ephemerons, HpEphemeron, i);

      ephemeron.table = hp_new_space_find_survivor (heap, ephemeron.table);
      if (ephemeron.table != 0)
        g_array_index (ephemerons, HpEphemeron, n++) = ephemeron;
    }
  g_array_set_size (ephemerons, n);
}

void
hp_weak_after_copying (HpCollector *self)
{
  HpWeak *weak = &self->weak;

  finish_old_tables (self, self->heap->old.pages);
  finish_old_tables (self, self->heap->large.pages);
  for (guint i = 0; i < weak->survivors->len; i++)
    finish_survivor (self, g_array_index (weak->survivors, HpAddress, i));
  g_array_set_size (weak->survivors, 0);
  find_objects_again (self->heap, weak->objects);
  find_objects_again (self->heap, weak->tables);
  find_ephemerons_again (self->heap, weak->discovered);
  find_ephemerons_again (self->heap, weak->waiting);
}
