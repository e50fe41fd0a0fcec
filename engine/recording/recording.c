/* recording.c - appending events, and putting a moment at any step
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/moment_private.h"
#include "recording/recording_private.h"

/* With more keyframes than this, or more bytes in them while there are enough, every other one goes and their distance
 * doubles. With 10 million events a seek then takes 1 ms, 5 at most; where each event hits another object of two
 * million 5 ms, 26 at most (bench-recording.c). */
#define MAX_KEYFRAMES 64
#define ENOUGH_KEYFRAMES 12
#define MAX_KEYFRAME_BYTES (512u << 20)
#define FIRST_KEYFRAME_EVENTS 8192

HpRecording *
hp_recording_new (void)
{
  HpRecording *self = g_new0 (HpRecording, 1);

  self->definitions = hp_definitions_new ();
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->fact_keys = g_ptr_array_new ();
  self->head = hp_moment_new (self->definitions);
  self->keyframes = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_moment_free);
  self->keyframe_events = FIRST_KEYFRAME_EVENTS;
  g_ptr_array_add (self->keyframes, hp_moment_copy (self->head));
  self->operations = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->statements = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->expressions = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->collections = g_array_new (FALSE, FALSE, sizeof (HpCollectionRecord));
  self->places = g_array_new (FALSE, FALSE, sizeof (HpPlace));
  self->summaries = g_array_new (FALSE, FALSE, sizeof (HpSummary));
  hp_series_log_init (&self->series);
  return self;
}

void
hp_recording_free (HpRecording *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->keyframes);
  hp_moment_free (self->head);
  hp_definitions_free (self->definitions);
  g_ptr_array_unref (self->fact_keys);
  g_hash_table_unref (self->facts);
  g_array_unref (self->operations);
  g_array_unref (self->statements);
  g_array_unref (self->expressions);
  g_array_unref (self->collections);
  g_array_unref (self->places);
  g_array_unref (self->summaries);
  hp_series_log_clear (&self->series);
  g_free (self->events);
  g_free (self);
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

void
hp_recording_set_fact (HpRecording *self, const char *key, const char *value)
{
  gpointer kept;

  g_return_if_fail (key != NULL && value != NULL);

  if (g_hash_table_lookup_extended (self->facts, key, &kept, NULL))
    {
      g_hash_table_insert (self->facts, g_strdup (key), g_strdup (value));
      return;
    }
  kept = g_strdup (key);
  g_ptr_array_add (self->fact_keys, kept);
  g_hash_table_insert (self->facts, kept, g_strdup (value));
}

const char *
hp_recording_get_fact (const HpRecording *self, const char *key)
{
  return g_hash_table_lookup (self->facts, key);
}

const char **
hp_recording_list_facts (const HpRecording *self)
{
  const char **keys = g_new0 (const char *, self->fact_keys->len + 1);

  for (guint i = 0; i < self->fact_keys->len; i++)
    keys[i] = g_ptr_array_index (self->fact_keys, i);
  return keys;
}

HpDefinitions *
hp_recording_definitions (HpRecording *self)
{
  return self->definitions;
}

/* ---- appending --------------------------------------------------------------------------------------------------- */

static void
begin_collection (HpRecording *self, const HpEvent *event)
{
  HpCollectionRecord record = {
    self->n, G_MAXUINT64, event->x, (HpCollectionKind) hp_event_detail (event), event->y, 0
  };

  g_array_append_val (self->collections, record);
}

static void
end_collection (HpRecording *self, const HpEvent *event)
{
  HpCollectionRecord *record = &g_array_index (self->collections, HpCollectionRecord, self->collections->len - 1);

  record->end = self->n;
  record->pause_ns = event->y;
  self->longest_pause_ns = MAX (self->longest_pause_ns, event->y);
}

static void
add_place (HpRecording *self, const HpEvent *event)
{
  HpPlace place = { self->n, event->x, hp_event_type (event) == HP_EVENT_CHAPTER };

  if (event->x != 0)
    g_array_append_val (self->places, place);
}

/* One stretch follows another until an operation of another kind begins. */
static void
follow_summary (HpRecording *self, guint64 begin)
{
  HpSummary summary = { begin, G_MAXUINT64 };
  HpSummary *last = self->summaries->len > 0 ? &g_array_index (self->summaries, HpSummary, self->summaries->len - 1)
                                             : NULL;
  gboolean is_open = last != NULL && last->end == G_MAXUINT64;

  if (is_open && !hp_recording_begins_stretch (self, begin))
    last->end = begin;
  else if (!is_open && hp_recording_begins_stretch (self, begin))
    g_array_append_val (self->summaries, summary);
}

static gboolean
is_first_of_operation (const HpRecording *self, guint64 i)
{
  return self->operations->len > 0 && g_array_index (self->operations, guint64, self->operations->len - 1) == i - 1;
}

/* Called when self->n already counts @event. */
static void
add_to_index (HpRecording *self, const HpEvent *event)
{
  guint64 before = self->n - 1;

  switch (hp_event_type (event))
    {
    case HP_EVENT_OPERATION:
      g_array_append_val (self->operations, before);
      follow_summary (self, before);
      if (hp_event_detail (event) == HP_OPERATION_STATEMENT)
        {
          g_array_append_val (self->statements, before);
          g_array_append_val (self->expressions, before);
        }
      break;
    case HP_EVENT_STATEMENT:
      if (!is_first_of_operation (self, before))
        g_array_append_val (self->expressions, before);
      break;
    case HP_EVENT_COLLECTION_BEGIN:
      begin_collection (self, event);
      break;
    case HP_EVENT_COLLECTION_END:
      end_collection (self, event);
      break;
    case HP_EVENT_CHAPTER:
    case HP_EVENT_MARK:
      add_place (self, event);
      break;
    default:
      break;
    }
}

static void
thin_keyframes (HpRecording *self)
{
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->keyframes);

  self->keyframes = g_ptr_array_new_with_free_func ((GDestroyNotify) hp_moment_free);
  for (guint i = 0; i < all->len; i += 2)
    g_ptr_array_add (self->keyframes, g_steal_pointer (&all->pdata[i]));
  self->keyframe_events *= 2;
}

/* What the head has by itself is taken off; what moments that somebody holds have is not, which errs to the safe side.
 */
static gboolean
keyframes_are_too_large (const HpRecording *self)
{
  return self->keyframes->len > ENOUGH_KEYFRAMES
         && hp_moment_family_bytes (self->head) > MAX_KEYFRAME_BYTES + hp_moment_bytes (self->head);
}

static void
add_keyframe (HpRecording *self)
{
  if (self->keyframes->len == MAX_KEYFRAMES || keyframes_are_too_large (self))
    thin_keyframes (self);
  if (self->n % self->keyframe_events == 0)
    g_ptr_array_add (self->keyframes, hp_moment_copy (self->head));
}

static void
reserve (HpRecording *self, gsize more)
{
  if (self->n + more <= self->size)
    return;
  self->size = MAX (self->size * 2, self->n + more);
  self->events = g_renew (HpEvent, self->events, self->size);
}

gboolean
hp_recording_append (HpRecording *self, const HpEvent *events, gsize n, GError **error)
{
  reserve (self, n);
  for (gsize i = 0; i < n; i++)
    {
      HpEvent *event = &self->events[self->n];

      *event = events[i];
      if (!hp_moment_apply (self->head, event, error))
        return FALSE;
      self->n++;
      add_to_index (self, event);
      hp_series_log_add (&self->series, self->head, event, self->n);
      if (self->n % self->keyframe_events == 0)
        add_keyframe (self);
    }
  return TRUE;
}

/* ---- as a listener ----------------------------------------------------------------------------------------------- */

static void
hear_definition (gpointer user_data, const HpDefinitions *from, HpDefinitionKind kind, guint32 id)
{
  HpRecording *self = user_data;
  guint32 added = 0;

  switch (kind)
    {
    case HP_DEFINITION_STRING:
      added = hp_definitions_add_string (self->definitions, hp_definitions_string (from, id));
      break;
    case HP_DEFINITION_SHAPE:
      added = hp_definitions_add_shape (self->definitions, hp_definitions_shape (from, id));
      break;
    case HP_DEFINITION_FUNCTION:
      added = hp_definitions_add_function (self->definitions, hp_definitions_function (from, id));
      break;
    case HP_DEFINITION_SOURCE:
      added = hp_definitions_add_source (self->definitions, hp_definitions_source (from, id));
      break;
    case HP_DEFINITION_PAGE:
      added = hp_definitions_add_page (self->definitions, hp_definitions_page (from, id));
      break;
    case HP_DEFINITION_ROOT:
      added = hp_definitions_add_root (self->definitions, hp_definitions_root (from, id));
      break;
    default:
      g_assert_not_reached ();
    }
  g_assert (added == id);
}

static void
hear_events (gpointer user_data, const HpEvent *events, gsize n)
{
  g_autoptr (GError) error = NULL;

  if (!hp_recording_append (user_data, events, n, &error))
    g_error ("the machine reported an impossible event: %s", error->message);
}

HpListener
hp_recording_listener (HpRecording *self)
{
  return (HpListener){ hear_definition, hear_events, self };
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

guint64
hp_recording_length (const HpRecording *self)
{
  return self->n;
}

const HpEvent *
hp_recording_event (const HpRecording *self, guint64 i)
{
  g_return_val_if_fail (i < self->n, NULL);

  return &self->events[i];
}

const HpMoment *
hp_recording_head (const HpRecording *self)
{
  return self->head;
}

guint64
hp_recording_longest_pause (const HpRecording *self)
{
  return self->longest_pause_ns;
}

static void
walk (const HpRecording *self, HpMoment *moment, guint64 step)
{
  while (hp_moment_step (moment) < step)
    {
      g_autoptr (GError) error = NULL;

      if (!hp_moment_apply (moment, &self->events[hp_moment_step (moment)], &error))
        g_error ("an event was checked when it was appended: %s", error->message);
    }
  while (hp_moment_step (moment) > step)
    hp_moment_revert (moment, &self->events[hp_moment_step (moment) - 1]);
}

static guint64
distance (guint64 a, guint64 b)
{
  return a > b ? a - b : b - a;
}

void
hp_recording_seek (const HpRecording *self, HpMoment *moment, guint64 step)
{
  guint64 nearest;
  const HpMoment *keyframe;

  g_return_if_fail (step <= self->n);
  g_return_if_fail (hp_moment_definitions (moment) == self->definitions);

  nearest = MIN ((step + self->keyframe_events / 2) / self->keyframe_events, self->keyframes->len - 1);
  keyframe = g_ptr_array_index (self->keyframes, nearest);
  if (distance (hp_moment_step (keyframe), step) < distance (hp_moment_step (moment), step))
    hp_moment_assign (moment, keyframe);
  if (distance (self->n, step) < distance (hp_moment_step (moment), step))
    hp_moment_assign (moment, self->head);
  walk (self, moment, step);
}
