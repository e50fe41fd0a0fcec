/* bench-recording.c - ten million events: appending, seeking, stepping both ways, series, encoding, decoding
 *
 * Twice: `program` allocates, links and collects some 80,000 objects at a time, over and over, with a pager beneath;
 * `graph` has two million objects alive and marks them again and again in random order, which is the worst for columns
 * that are shared between keyframes.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"
#include "bench.h"
#include "recording/recording_private.h"

#include <malloc.h>

#define EVENTS 10000000
#define BATCH 4096
#define OBJECT_WORDS 5
#define HEAP_PAGE_WORDS 32768
#define HEAP_PAGES 12
#define OBJECTS_PER_PAGE ((HEAP_PAGE_WORDS - 32) / OBJECT_WORDS)
#define VIRTUAL_PAGES 1024
#define PAGE_FRAMES 512
#define GRAPH_OBJECTS 2000000

typedef struct
{
  HpRecording *recording;
  HpRandom random;
  HpEvent batch[BATCH + 64];
  gsize n;
  guint32 n_objects;
  guint64 total;
  HpRef first[HEAP_PAGES]; /* of the objects in a page; 0: it is empty */
  guint32 slots[HEAP_PAGES][OBJECTS_PER_PAGE];
  guint32 page_of_frame[PAGE_FRAMES];
  guint32 next_frame;
  guint32 frame_of_page[VIRTUAL_PAGES + 1];
  guint32 old_flags[VIRTUAL_PAGES + 1]; /* of a page that is not resident */
} Story;

static void
hand_over (Story *self)
{
  if (!hp_recording_append (self->recording, self->batch, self->n, NULL))
    g_error ("the story does not fit");
  self->total += self->n;
  self->n = 0;
}

static void
say (Story *self, HpEventType type, guint32 detail, guint32 x, guint32 y, guint32 z)
{
  self->batch[self->n++] = hp_event (type, detail, x, y, z);
  if (self->n >= BATCH)
    hand_over (self);
}

static HpAddress
address_of (guint page, guint i)
{
  return (page + 1) * HEAP_PAGE_WORDS + 32 + i * OBJECT_WORDS;
}

/* A fault in every few touches: page frames are taken in turn. */
static void
touch (Story *self)
{
  guint32 page = 1 + hp_random_below (&self->random, VIRTUAL_PAGES);
  guint32 frame = self->next_frame % PAGE_FRAMES;
  guint32 victim = self->page_of_frame[frame];

  if (self->frame_of_page[page] != HP_NO_FRAME)
    return;
  if (victim != 0)
    {
      say (self,
           HP_EVENT_EVICT,
           HP_PAGE_ON_DISK | (HP_PAGE_REFERENCED | self->old_flags[victim]) << 8,
           victim,
           frame,
           0);
      self->frame_of_page[victim] = HP_NO_FRAME;
      self->old_flags[victim] = HP_PAGE_ON_DISK;
    }
  say (self,
       HP_EVENT_FAULT,
       HP_FAULT_MAJOR | (HP_PAGE_REFERENCED | self->old_flags[page]) << 8 | self->old_flags[page] << 16,
       page,
       frame,
       0);
  self->page_of_frame[frame] = page;
  self->frame_of_page[page] = frame;
  self->next_frame++;
}

static void
fill_page (Story *self, guint page)
{
  self->first[page] = self->n_objects + 1;
  for (guint i = 0; i < OBJECTS_PER_PAGE; i++)
    {
      HpRef ref = ++self->n_objects;
      HpRef target = 1 + hp_random_below (&self->random, ref);

      say (self, HP_EVENT_OPERATION, HP_OPERATION_ALLOCATE, 0, 0, 0);
      say (self, HP_EVENT_ALLOCATE, 1, ref, address_of (page, i), HP_PLACE (OBJECT_WORDS, HP_SPACE_OLD, FALSE));
      say (self, HP_EVENT_TIME, 0, 20, 0, 0);
      say (self, HP_EVENT_SLOT, HP_KINDS (HP_VALUE_EMPTY, HP_VALUE_REF), ref, 0, target);
      self->slots[page][i] = target;
    }
}

static void
empty_page (Story *self, guint page, guint32 ordinal)
{
  say (self, HP_EVENT_COLLECTION_BEGIN, HP_COLLECTION_FULL, ordinal, 0, 0);
  for (guint i = 0; i < OBJECTS_PER_PAGE; i++)
    {
      HpRef ref = self->first[page] + i;

      say (self, HP_EVENT_VISIT, HP_VISIT_SLOT, ref, self->slots[page][i], 0);
      say (self, HP_EVENT_COLOUR, HP_COLOUR_GREY, ref, 0, 0);
      say (self, HP_EVENT_COLOUR, HP_COLOUR_BLACK | HP_COLOUR_GREY << 8, ref, 0, 0);
    }
  for (guint i = 0; i < OBJECTS_PER_PAGE; i++)
    say (self, HP_EVENT_FREE, HP_SPACE_OLD, self->first[page] + i, address_of (page, i), 0);
  say (self, HP_EVENT_COLLECTION_END, HP_COLLECTION_FULL, ordinal, 1000, 0);
}

static void
begin_program (Story *self)
{
  HpDefinitions *definitions = hp_recording_definitions (self->recording);
  HpShape shape = { 0, "Node", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 2, NULL };

  hp_random_seed (&self->random, 1);
  hp_definitions_add_shape (definitions, &shape);
  for (guint i = 1; i <= VIRTUAL_PAGES; i++)
    {
      hp_definitions_add_page (definitions, &(HpPage){ 0, HP_REGION_TRACE, i });
      say (self, HP_EVENT_MAP, HP_REGION_TRACE, i, 0, 0);
      self->frame_of_page[i] = HP_NO_FRAME;
    }
  for (guint page = 0; page < HEAP_PAGES; page++)
    say (self,
         HP_EVENT_HEAP_PAGE_ADD,
         HP_SPACE_OLD,
         (page + 1) * HEAP_PAGE_WORDS,
         HEAP_PAGE_WORDS,
         HEAP_PAGE_WORDS - 32);
}

static void
tell_program (Story *self)
{
  begin_program (self);
  for (guint32 round = 0, ordinal = 0; self->total < EVENTS; round++)
    {
      guint page = round % HEAP_PAGES;

      if (self->first[page] != 0)
        empty_page (self, page, ++ordinal);
      fill_page (self, page);
      for (guint i = 0; i < 2000; i++)
        touch (self);
    }
  hand_over (self);
}

static void
begin_graph (Story *self)
{
  HpShape shape = { 0, "Node", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 2, NULL };

  hp_random_seed (&self->random, 1);
  hp_definitions_add_shape (hp_recording_definitions (self->recording), &shape);
  say (self, HP_EVENT_HEAP_PAGE_ADD, HP_SPACE_OLD, 8, GRAPH_OBJECTS * OBJECT_WORDS, GRAPH_OBJECTS * OBJECT_WORDS);
  for (HpRef ref = 1; ref <= GRAPH_OBJECTS; ref++)
    {
      say (self, HP_EVENT_ALLOCATE, 1, ref, 8 + (ref - 1) * OBJECT_WORDS, HP_PLACE (OBJECT_WORDS, HP_SPACE_OLD, FALSE));
      say (self,
           HP_EVENT_SLOT,
           HP_KINDS (HP_VALUE_EMPTY, HP_VALUE_REF),
           ref,
           0,
           1 + hp_random_below (&self->random, ref));
    }
}

static void
tell_graph (Story *self)
{
  g_autofree guint8 *colours = g_malloc0 (GRAPH_OBJECTS + 1);

  begin_graph (self);
  while (self->total < EVENTS)
    {
      HpRef ref = 1 + hp_random_below (&self->random, GRAPH_OBJECTS);
      guint8 colour = (guint8) ((colours[ref] + 1) % HP_N_COLOURS);

      say (self, HP_EVENT_COLOUR, colour | (guint32) colours[ref] << 8, ref, 0, 0);
      colours[ref] = colour;
    }
  hand_over (self);
}

/* ---- measuring --------------------------------------------------------------------------------------------------- */

static const char *story_name;

static void
print (const char *name, double value, const char *unit)
{
  g_autofree char *full = g_strdup_printf ("recording-%s-%s", story_name, name);

  bench_print (full, value, unit);
}

static double
heap_megabytes (void)
{
  return (double) (mallinfo2 ().uordblks + mallinfo2 ().hblkhd) / (1 << 20);
}

static void
measure_append (Story *story, void (*tell) (Story *))
{
  double start = bench_seconds ();

  tell (story);
  print ("append", (double) story->total / (bench_seconds () - start) / 1e6, "M events/s");
}

/* What keyframes keep that the last moment does not: all but the first one are dropped. */
static void
measure_keyframes (const HpRecording *recording)
{
  double all = heap_megabytes ();

  print ("keyframes", recording->keyframes->len, "");
  g_ptr_array_set_size (recording->keyframes, 1);
  print ("keyframe-memory", all - heap_megabytes (), "MiB");
}

static void
measure_seek (const HpRecording *recording, HpMoment *moment)
{
  enum
  {
    SEEKS = 400
  };
  double worst = 0, start = bench_seconds ();
  HpRandom random;

  hp_random_seed (&random, 2);
  for (guint i = 0; i < SEEKS; i++)
    {
      double before = bench_seconds ();

      hp_recording_seek (recording, moment, hp_random_below (&random, (guint32) hp_recording_length (recording) + 1));
      worst = MAX (worst, bench_seconds () - before);
    }
  print ("seek-mean", (bench_seconds () - start) / SEEKS * 1e3, "ms");
  print ("seek-worst", worst * 1e3, "ms");
}

/* Both ways over the same events, far from keyframes that would shorten the way. */
static void
measure_steps (const HpRecording *recording, HpMoment *moment)
{
  enum
  {
    STEPS = 2000000
  };
  guint64 first = hp_recording_length (recording) / 2;
  double start;

  hp_recording_seek (recording, moment, first);
  start = bench_seconds ();
  while (hp_moment_step (moment) < first + STEPS)
    hp_moment_apply (moment, hp_recording_event (recording, hp_moment_step (moment)), NULL);
  print ("step-forward", (bench_seconds () - start) / STEPS * 1e9, "ns");
  start = bench_seconds ();
  while (hp_moment_step (moment) > first)
    hp_moment_revert (moment, hp_recording_event (recording, hp_moment_step (moment) - 1));
  print ("step-backward", (bench_seconds () - start) / STEPS * 1e9, "ns");
}

static void
measure_sample (const HpRecording *recording)
{
  double lowest[1500], highest[1500], start = bench_seconds ();

  hp_recording_sample (recording, HP_SERIES_OLD_BYTES, G_N_ELEMENTS (lowest), lowest, highest);
  print ("sample-1500", (bench_seconds () - start) * 1e3, "ms");
}

static gboolean
keep (gpointer bytes, const guint8 *more, gsize n)
{
  g_byte_array_append (bytes, more, (guint) n);
  return TRUE;
}

static void
encode (HpRecording *recording, GByteArray *bytes)
{
  g_autoptr (HpEncoder) encoder = hp_encoder_new (keep, bytes);
  HpListener listener = hp_encoder_listener (encoder);
  const HpDefinitions *definitions = hp_recording_definitions (recording);
  guint64 length = hp_recording_length (recording);

  for (HpDefinitionKind kind = 0; kind < HP_N_DEFINITION_KINDS; kind++)
    for (guint32 id = 1; id <= hp_definitions_count (definitions, kind); id++)
      listener.define (listener.self, definitions, kind, id);
  for (guint64 i = 0; i < length; i += BATCH)
    listener.events (listener.self, hp_recording_event (recording, i), MIN (length - i, BATCH));
}

static void
measure_bytes (HpRecording *recording)
{
  enum
  {
    PIECE = 65536
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (HpRecording) again = hp_recording_new ();
  g_autoptr (HpDecoder) decoder = hp_decoder_new (again);
  double start = bench_seconds ();

  encode (recording, bytes);
  print ("encode", bytes->len / (bench_seconds () - start) / 1e6, "MB/s");
  start = bench_seconds ();
  for (guint i = 0; i < bytes->len; i += PIECE)
    if (!hp_decoder_feed (decoder, bytes->data + i, MIN (PIECE, bytes->len - i), NULL))
      g_error ("what was encoded cannot be decoded");
  print ("decode", bytes->len / (bench_seconds () - start) / 1e6, "MB/s");
}

static void
measure (const char *name, void (*tell) (Story *))
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  g_autofree Story *story = g_new0 (Story, 1);

  story_name = name;
  story->recording = recording;
  measure_append (story, tell);
  measure_seek (recording, moment);
  measure_steps (recording, moment);
  measure_sample (recording);
  measure_bytes (recording);
  measure_keyframes (recording);
}

int
main (void)
{
  measure ("program", tell_program);
  measure ("graph", tell_graph);
  return 0;
}
