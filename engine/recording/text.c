/* text.c - objects, values and whole moments as text
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/moment_private.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

/* Objects of a space, and stack frames, that hp_moment_describe() lists. */
#define MAX_LISTED 64

char *
hp_moment_object_title (const HpMoment *self, HpRef ref)
{
  const HpObjectState *object = hp_moment_object (self, ref);
  const HpShape *shape;
  const char *label;

  if (object == NULL)
    return g_strdup_printf ("#%u", ref);
  shape = hp_definitions_shape (self->definitions, object->shape);
  label = hp_definitions_string (self->definitions, object->label);
  if (label == NULL)
    return g_strdup_printf ("%s #%u", shape->name, ref);
  if (shape->kind == HP_SHAPE_STRING)
    return g_strdup_printf ("“%s” #%u", label, ref);
  return g_strdup_printf ("%s #%u", label, ref);
}

char *
hp_moment_value_text (const HpMoment *self, HpValue value)
{
  switch ((HpValueKind) value.kind)
    {
    case HP_VALUE_UNDEFINED:
      return g_strdup ("undefined");
    case HP_VALUE_NULL:
      return g_strdup ("null");
    case HP_VALUE_BOOLEAN:
      return g_strdup (value.payload != 0 ? "true" : "false");
    case HP_VALUE_INTEGER:
      return g_strdup_printf ("%d", (gint32) value.payload);
    case HP_VALUE_REF:
      return hp_moment_object_title (self, value.payload);
    default:
      return g_strdup ("—");
    }
}

char *
hp_moment_slot_name (const HpMoment *self, HpRef ref, guint32 index)
{
  const HpObjectState *object = hp_moment_object (self, ref);
  const HpShape *shape;

  g_return_val_if_fail (object != NULL, NULL);

  shape = hp_definitions_shape (self->definitions, object->shape);
  if (index >= shape->n_slots && shape->references == HP_REFERENCES_EPHEMERONS)
    return g_strdup_printf ((index - shape->n_slots) % 2 == 0 ? "[key %u]" : "[value %u]",
                            (index - shape->n_slots) / 2);
  if (index >= shape->n_slots)
    return g_strdup_printf ("[%u]", index - shape->n_slots);
  if (shape->slot_names == NULL || shape->slot_names[index] == NULL)
    return g_strdup_printf ("[%u]", index);
  return g_strdup (shape->slot_names[index]);
}

/* ---- the whole moment -------------------------------------------------------------------------------------------- */

static void
describe_place (const HpMoment *self, GString *text)
{
  const HpSource *source = hp_definitions_source (self->definitions, self->source);

  g_string_append_printf (text, _ ("Step %" PRIu64), self->step);
  if (source != NULL && self->location != 0)
    g_string_append_printf (text, " · %s:%u", source->name, HP_LOCATION_LINE (self->location));
  if (hp_moment_chapter (self) != NULL)
    g_string_append_printf (text, " · %s", hp_moment_chapter (self));
  g_string_append_c (text, '\n');
  if (hp_moment_explanation (self) != NULL)
    g_string_append_printf (text, "%s\n", hp_moment_explanation (self));
  if (self->collection != HP_COLLECTION_NONE)
    g_string_append_printf (text,
                            _ ("Collection %u under way: %s, phase %s\n"),
                            self->collection_ordinal,
                            hp_collection_kind_name (self->collection),
                            hp_phase_name (self->phase));
}

static void
describe_frame (const HpMoment *self, guint32 i, GString *text)
{
  const HpFrameState *frame = hp_moment_frame (self, i);
  const HpFunction *function = hp_definitions_function (self->definitions, frame->function);

  g_string_append_printf (text, "  %s\n", function->name);
  for (guint32 local = 0; local < frame->n_slots; local++)
    {
      HpValue value = hp_moment_stack_slot (self, frame->first_slot + local);
      const char *name = function->local_names ? function->local_names[local] : NULL;
      g_autofree char *shown = hp_moment_value_text (self, value);

      if (name != NULL || value.kind != HP_VALUE_EMPTY)
        g_string_append_printf (text, "    %-16s %s\n", name ? name : "·", shown);
    }
}

static void
describe_stack (const HpMoment *self, GString *text)
{
  guint32 n_roots = hp_definitions_count (self->definitions, HP_DEFINITION_ROOT);
  guint32 n_left_out = self->n_frames - MIN (self->n_frames, MAX_LISTED);

  g_string_append_printf (
      text,
      ngettext ("\nStack, %u frame, newest first\n", "\nStack, %u frames, newest first\n", self->n_frames),
      self->n_frames);
  for (guint32 i = self->n_frames; i-- > n_left_out;)
    describe_frame (self, i, text);
  if (n_left_out > 0)
    g_string_append_printf (
        text, ngettext ("  … and %u older frame\n", "  … and %u older frames\n", n_left_out), n_left_out);
  if (n_roots > 0)
    g_string_append (text, _ ("\nRoots\n"));
  for (guint32 root = 1; root <= n_roots; root++)
    {
      g_autofree char *value = hp_moment_value_text (self, hp_moment_root (self, root));

      g_string_append_printf (text, "    %-16s %s\n", hp_definitions_root (self->definitions, root)->name, value);
    }
}

static void
describe_object (HpMoment *self, HpRef ref, GString *text)
{
  const HpObjectState *object = hp_moment_object (self, ref);
  g_autofree char *title = hp_moment_object_title (self, ref);
  guint32 n = MIN (hp_moment_n_slots (self, ref), 8);

  g_string_append_printf (text,
                          "  0x%08" G_GINT64_MODIFIER "x  %4u B  %s",
                          (guint64) object->address * HP_WORD_BYTES,
                          object->size_words * HP_WORD_BYTES,
                          title);
  for (guint32 i = 0; i < n; i++)
    {
      g_autofree char *name = hp_moment_slot_name (self, ref, i);
      g_autofree char *value = hp_moment_value_text (self, hp_moment_slot (self, ref, i));

      g_string_append_printf (text, "%s%s: %s", i == 0 ? "  { " : ", ", name, value);
    }
  if (n > 0)
    g_string_append (text, hp_moment_n_slots (self, ref) > n ? ", … }" : " }");
  if (!hp_reachable_has (hp_moment_reachable (self), ref))
    g_string_append (text, _ ("  garbage"));
  g_string_append_c (text, '\n');
}

/* Returns how many objects the page holds; lists those that still fit. */
static guint
describe_heap_page (HpMoment *self, const HpHeapPageState *page, guint listed, GString *text)
{
  HpAddress end = page->address + page->size_words;
  guint n = 0;

  for (HpRef ref = hp_moment_next_object (self, page->address, end); ref != HP_REF_NONE;
       ref = hp_moment_next_object (self, hp_moment_object (self, ref)->address + 1, end), n++)
    if (listed + n < MAX_LISTED)
      describe_object (self, ref, text);
  return n;
}

static const char *
space_title (const HpMoment *self, HpSpace space)
{
  switch (space)
    {
    case HP_SPACE_SEMI_A:
    case HP_SPACE_SEMI_B:
      return space == self->to_space ? _ ("New space, to-space") : _ ("New space, from-space");
    case HP_SPACE_OLD:
      return _ ("Old space");
    case HP_SPACE_LARGE:
      return _ ("Large-object space");
    default:
      return _ ("New large-object space");
    }
}

static void
describe_space (HpMoment *self, HpSpace space, GString *text)
{
  guint n = 0, n_pages = 0;

  for (guint i = 0; i < self->heap_pages->len; i++)
    n_pages += hp_moment_heap_page (self, i)->space == space;
  if (n_pages == 0)
    return;
  g_string_append_printf (
      text,
      ngettext ("\n%s: %" PRIu64 " bytes in %u heap page\n", "\n%s: %" PRIu64 " bytes in %u heap pages\n", n_pages),
      space_title (self, space),
      self->counters.used_bytes[space],
      n_pages);
  for (guint i = 0; i < self->heap_pages->len; i++)
    if (hp_moment_heap_page (self, i)->space == space)
      n += describe_heap_page (self, hp_moment_heap_page (self, i), n, text);
  if (n > MAX_LISTED)
    g_string_append_printf (
        text, ngettext ("  … and %u more object\n", "  … and %u more objects\n", n - MAX_LISTED), n - MAX_LISTED);
}

static void
describe_pages (const HpMoment *self, GString *text)
{
  const HpCounters *counters = &self->counters;

  if (hp_moment_n_pages (self) == 0)
    return;
  g_string_append_printf (text,
                          _ ("\nPages: %" PRIu64 " in RAM, %" PRIu64 " on disk only; faults so far: %" PRIu64
                             " minor, %" PRIu64 " major\n"),
                          counters->resident_pages,
                          counters->swapped_pages,
                          counters->minor_faults,
                          counters->major_faults);
}

char *
hp_moment_describe (HpMoment *self)
{
  GString *text = g_string_new (NULL);

  describe_place (self, text);
  describe_stack (self, text);
  for (HpSpace space = HP_SPACE_SEMI_A; space < HP_N_SPACES; space++)
    describe_space (self, space, text);
  describe_pages (self, text);
  return g_string_free (text, FALSE);
}
