/* questions.c - who holds what, and whether two moments are the same
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/moment_private.h"

#include <string.h>

/* ---- holders ----------------------------------------------------------------------------------------------------- */

static void
add_holder (GArray *holders, guint most, HpHolderKind kind, guint32 holder, guint32 index)
{
  HpHolder found = { kind, holder, index };

  if (holders->len < most)
    g_array_append_val (holders, found);
}

static void
add_holding_slots (const HpMoment *self, HpRef host, HpRef ref, GArray *holders, guint most)
{
  const HpObjectState *object = hp_moment_object (self, host);
  guint32 n;

  if (object->status != HP_OBJECT_ALLOCATED)
    return;
  n = hp_moment_n_slots (self, host);
  for (guint64 i = object->first_slot; (i = hp_column_next_present (&self->slots, i)) < object->first_slot + n; i++)
    if (hp_value_get_ref (hp_moment_value_in (&self->slots, (guint32) i)) == ref)
      add_holder (holders, most, HP_HOLDER_SLOT, host, (guint32) (i - object->first_slot));
}

GArray *
hp_moment_holders (const HpMoment *self, HpRef ref, guint most)
{
  GArray *holders = g_array_new (FALSE, FALSE, sizeof (HpHolder));
  guint32 n_roots = hp_definitions_count (self->definitions, HP_DEFINITION_ROOT);

  g_return_val_if_fail (ref != HP_REF_NONE, holders);

  for (guint32 root = 1; root <= n_roots; root++)
    if (hp_value_get_ref (hp_moment_root (self, root)) == ref)
      add_holder (holders, most, HP_HOLDER_ROOT, root, 0);
  for (guint32 slot = 0; slot < self->n_stack_slots; slot++)
    if (hp_value_get_ref (hp_moment_stack_slot (self, slot)) == ref)
      add_holder (holders, most, HP_HOLDER_STACK, slot, 0);
  for (HpRef host = 1; host <= self->n_objects && holders->len < most; host++)
    add_holding_slots (self, host, ref, holders, most);
  return holders;
}

/* ---- equality ---------------------------------------------------------------------------------------------------- */

static gboolean differ (char **why, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
differ (char **why, const char *format, ...)
{
  va_list arguments;

  if (why != NULL)
    {
      va_start (arguments, format);
      *why = g_strdup_vprintf (format, arguments);
      va_end (arguments);
    }
  return FALSE;
}

static gboolean
registers_equal (const HpMoment *a, const HpMoment *b, char **why)
{
  if (a->step != b->step)
    return differ (why, "step %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT, a->step, b->step);
  if (memcmp (&a->counters, &b->counters, sizeof a->counters) != 0)
    return differ (why, "counters");
  if (memcmp (a->limits, b->limits, sizeof a->limits) != 0)
    return differ (why, "limits");
  if (a->source != b->source || a->location != b->location || a->explanation != b->explanation
      || a->chapter != b->chapter)
    return differ (why, "the place in the program or its narration");
  if (a->phase != b->phase || a->collection != b->collection || a->collection_ordinal != b->collection_ordinal
      || a->marking != b->marking || a->to_space != b->to_space || a->age_mark != b->age_mark || a->ended != b->ended)
    return differ (why, "the state of the collector");
  if (a->n_frames != b->n_frames || a->n_stack_slots != b->n_stack_slots || a->n_objects != b->n_objects
      || a->n_slots != b->n_slots || a->n_page_frames != b->n_page_frames)
    return differ (why, "the number of frames, objects, slots or page frames");
  return TRUE;
}

/* Whether two elements are equal; a missing one is all zero. Structs are compared field by field, for their padding may
 * hold anything. */
typedef gboolean (*ElementsEqual) (gconstpointer a, gconstpointer b);

static gboolean
uint_equal (gconstpointer a, gconstpointer b)
{
  return *(const guint32 *) a == *(const guint32 *) b;
}

static gboolean
value_equal (gconstpointer a, gconstpointer b)
{
  return hp_value_equal (*(const HpValue *) a, *(const HpValue *) b);
}

static gboolean
frame_equal (gconstpointer a, gconstpointer b)
{
  const HpFrameState *x = a, *y = b;

  return x->function == y->function && x->call_location == y->call_location && x->first_slot == y->first_slot
         && x->n_slots == y->n_slots;
}

static gboolean
object_equal (gconstpointer a, gconstpointer b)
{
  const HpObjectState *x = a, *y = b;

  return x->address == y->address && x->shape == y->shape && x->size_words == y->size_words && x->label == y->label
         && x->first_slot == y->first_slot && x->status == y->status && x->space == y->space && x->age == y->age;
}

static gboolean
byte_equal (gconstpointer a, gconstpointer b)
{
  return *(const guint8 *) a == *(const guint8 *) b;
}

static gboolean
page_equal (gconstpointer a, gconstpointer b)
{
  const HpPageCell *x = a, *y = b;

  return x->frame == y->frame && x->mapped == y->mapped && x->flags == y->flags;
}

static gboolean
frame_use_equal (gconstpointer a, gconstpointer b)
{
  const HpFrameUse *x = a, *y = b;

  return x->page == y->page && x->fills == y->fills;
}

static gboolean
heap_page_equal (const HpHeapPageState *x, const HpHeapPageState *y)
{
  return x->address == y->address && x->size_words == y->size_words && x->usable_words == y->usable_words
         && x->space == y->space && x->flags == y->flags;
}

/* Elements @first … @end - 1 of two columns; chunks that are shared need no look. */
static gboolean
columns_equal (
    const HpColumn *a, const HpColumn *b, ElementsEqual equal, guint32 first, guint64 end, const char *what, char **why)
{
  static const guint64 ZEROS[HP_COLUMN_MAX_ELEMENT_BYTES / 8];

  for (guint64 i = first; i < end; i++)
    {
      gconstpointer x, y;

      if (hp_column_chunk (a, (guint32) i) == hp_column_chunk (b, (guint32) i))
        {
          i |= HP_COLUMN_CHUNK_ELEMENTS - 1;
          continue;
        }
      x = hp_column_read (a, (guint32) i);
      y = hp_column_read (b, (guint32) i);
      if (!equal (x ? x : ZEROS, y ? y : ZEROS))
        return differ (why, "%s %" G_GUINT64_FORMAT, what, i);
    }
  return TRUE;
}

static gboolean
heap_pages_equal (const HpMoment *a, const HpMoment *b, char **why)
{
  if (a->heap_pages->len != b->heap_pages->len)
    return differ (why, "the number of heap pages");
  for (guint i = 0; i < a->heap_pages->len; i++)
    if (!heap_page_equal (hp_moment_heap_page (a, i), hp_moment_heap_page (b, i)))
      return differ (why, "heap page %u", i);
  return TRUE;
}

static gboolean
addresses_equal (const HpMoment *a, const HpMoment *b, char **why)
{
  for (guint i = 0; i < a->heap_pages->len; i++)
    {
      const HpHeapPageState *page = hp_moment_heap_page (a, i);

      if (!columns_equal (&a->object_at,
                          &b->object_at,
                          uint_equal,
                          page->address,
                          (guint64) page->address + page->size_words,
                          "address",
                          why))
        return FALSE;
    }
  return TRUE;
}

gboolean
hp_moment_equal (const HpMoment *a, const HpMoment *b, char **why)
{
  guint64 n_strings = hp_definitions_count (a->definitions, HP_DEFINITION_STRING);
  guint64 n_pages = hp_moment_n_pages (a), n_roots = hp_definitions_count (a->definitions, HP_DEFINITION_ROOT);

  g_return_val_if_fail (a->definitions == b->definitions, FALSE);

  return registers_equal (a, b, why) && heap_pages_equal (a, b, why)
         && columns_equal (&a->frames, &b->frames, frame_equal, 0, a->n_frames, "stack frame", why)
         && columns_equal (&a->stack, &b->stack, value_equal, 0, a->n_stack_slots, "stack slot", why)
         && columns_equal (&a->roots, &b->roots, value_equal, 1, n_roots + 1, "root", why)
         && columns_equal (&a->objects, &b->objects, object_equal, 1, (guint64) a->n_objects + 1, "object", why)
         && columns_equal (&a->colours, &b->colours, byte_equal, 1, (guint64) a->n_objects + 1, "colour of object", why)
         && columns_equal (&a->slots, &b->slots, value_equal, 0, a->n_slots, "slot", why)
         && columns_equal (&a->pages, &b->pages, page_equal, 1, n_pages + 1, "page", why)
         && columns_equal (&a->page_frames, &b->page_frames, frame_use_equal, 0, a->n_page_frames, "page frame", why)
         && columns_equal (
             &a->externals, &b->externals, uint_equal, 1, (guint64) a->n_objects + 1, "external bytes of object", why)
         && columns_equal (&a->pretenures, &b->pretenures, byte_equal, 1, n_strings + 1, "decision of site", why)
         && addresses_equal (a, b, why);
}
