/* random_events.c - each maker looks at the last moment of the recording and appends one event that fits, or none
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_events.h"

#define N_STRINGS 8
#define N_SHAPES 8
#define N_FUNCTIONS 3
#define N_ROOTS 3
#define N_PAGES 40
#define N_FRAMES 12
#define PAGE_WORDS 1024
#define HEADER_WORDS 32
#define N_PLACES 48            /* where heap pages may stand */
#define GIANT_ADDRESS 0x100000 /* one page for objects with more than 65,536 slots */
#define GIANT_WORDS 0x40000

static void
define_all (HpDefinitions *definitions)
{
  static const char *const USER[] = { "name", "friend" };
  static const char *const ADMIN[] = { "name", "rights" };
  static const char *const LOCALS[] = { "a", "user", NULL };
  static const HpShape SHAPES[N_SHAPES] = {
    { 0, "User", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 2, USER },
    { 0, "string", HP_SHAPE_STRING, HP_TAIL_BYTES, 2, 0, NULL },
    { 0, "FixedArray", HP_SHAPE_ELEMENTS, HP_TAIL_SLOTS, 2, 0, NULL },
    { 0, "Pair", HP_SHAPE_OTHER, HP_TAIL_NONE, 1, 2, NULL },
    { 0, "WeakRef", HP_SHAPE_OTHER, HP_TAIL_NONE, 3, 1, NULL, HP_REFERENCES_WEAK },
    { 0, "WeakCell", HP_SHAPE_OTHER, HP_TAIL_NONE, 3, 2, NULL, HP_REFERENCES_FINALIZED },
    { 0, "EphemeronHashTable", HP_SHAPE_ELEMENTS, HP_TAIL_SLOTS, 2, 1, NULL, HP_REFERENCES_EPHEMERONS },
    { 0, "Admin", HP_SHAPE_OBJECT, HP_TAIL_NONE, 3, 2, ADMIN },
  };
  static const HpFunction FUNCTIONS[N_FUNCTIONS] = {
    { 0, "main", 4, 0, 3, LOCALS },
    { 0, "leaf", 4, 0, 0, NULL },
    { 0, "wide", 4, 2, 300, NULL },
  };

  for (guint i = 0; i < N_STRINGS; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      hp_definitions_add_string (definitions, text);
    }
  for (guint i = 0; i < N_SHAPES; i++)
    hp_definitions_add_shape (definitions, &SHAPES[i]);
  for (guint i = 0; i < N_FUNCTIONS; i++)
    hp_definitions_add_function (definitions, &FUNCTIONS[i]);
  hp_definitions_add_source (definitions, &(HpSource){ 0, "story.js", "let a\nlet b\n" });
  for (guint i = 0; i < N_PAGES; i++)
    hp_definitions_add_page (definitions, &(HpPage){ 0, i % HP_N_REGIONS, 0x1000 + i });
  for (guint i = 0; i < N_ROOTS; i++)
    hp_definitions_add_root (definitions, &(HpRoot){ 0, i == 0 ? "first" : i == 1 ? "second" : "third" });
}

HpRecording *
random_events_new_recording (void)
{
  HpRecording *recording = hp_recording_new ();

  define_all (hp_recording_definitions (recording));
  return recording;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static guint32
draw (RandomEvents *self, guint32 bound)
{
  return hp_random_below (&self->random, bound);
}

static guint32
draw_id (RandomEvents *self, guint32 n)
{
  return 1 + draw (self, n);
}

/* A random object that is allocated, or none after a few tries. */
static HpRef
draw_object (RandomEvents *self)
{
  guint32 n = hp_moment_n_objects (self->head);

  for (guint tries = 0; n > 0 && tries < 8; tries++)
    {
      HpRef ref = draw_id (self, n);

      if (draw (self, 4) > 0 && n > 50)
        ref = n - draw (self, 50);
      if (hp_moment_object (self->head, ref)->status == HP_OBJECT_ALLOCATED)
        return ref;
    }
  return HP_REF_NONE;
}

static HpRef
draw_host (RandomEvents *self)
{
  HpRef ref = draw_object (self);

  return hp_moment_n_slots (self->head, ref) > 0 ? ref : HP_REF_NONE;
}

/* Often one of the last, so that indices of more than 16 bits are met. */
static guint32
draw_slot (RandomEvents *self, HpRef host)
{
  guint32 n = hp_moment_n_slots (self->head, host);

  return draw (self, 2) ? draw (self, n) : n - 1 - draw (self, MIN (n, 100));
}

static HpValue
draw_value (RandomEvents *self)
{
  switch (draw (self, 8))
    {
    case 0:
      return HP_VALUE_NOTHING;
    case 1:
      return hp_value_integer ((gint32) hp_random_next (&self->random));
    case 2:
      return hp_value_boolean (draw (self, 2));
    case 3:
      return hp_value_undefined ();
    default:
      return hp_value_ref (draw_object (self));
    }
}

static void
append (RandomEvents *self, const HpEvent *events, gsize n)
{
  g_autoptr (GError) error = NULL;

  hp_recording_append (self->recording, events, n, &error);
  g_assert_no_error (error);
}

static gboolean
say (RandomEvents *self, HpEventType type, guint32 detail, guint32 x, guint32 y, guint32 z)
{
  HpEvent event = hp_event (type, detail, x, y, z);

  append (self, &event, 1);
  return TRUE;
}

static gboolean
say_slot (RandomEvents *self, HpEventType type, guint32 detail, guint32 index, guint32 x, guint32 y, guint32 z)
{
  HpEvent events[2] = { hp_event (HP_EVENT_SLOT_HIGH, 0, index >> 16, 0, 0),
                        hp_event (type, detail | HP_SLOT_LOW (index), x, y, z) };

  append (self, index > 0xffffu ? events : events + 1, index > 0xffffu ? 2 : 1);
  return TRUE;
}

/* ---- the program ------------------------------------------------------------------------------------------------- */

static gboolean
make_operation (RandomEvents *self)
{
  return say (self, HP_EVENT_OPERATION, draw (self, HP_N_OPERATIONS), draw (self, 20) == 0 ? draw (self, 9) : 0, 0, 0);
}

static gboolean
make_statement (RandomEvents *self)
{
  return say (self,
              HP_EVENT_STATEMENT,
              draw (self, 2),
              HP_LOCATION (draw_id (self, 2), 1),
              hp_moment_location (self->head),
              hp_moment_source (self->head));
}

static guint32
string_id (RandomEvents *self, const char *text)
{
  return text ? hp_definitions_add_string (hp_recording_definitions (self->recording), text) : 0;
}

static gboolean
make_explain (RandomEvents *self)
{
  return say (
      self, HP_EVENT_EXPLAIN, 0, draw (self, N_STRINGS + 1), string_id (self, hp_moment_explanation (self->head)), 0);
}

static gboolean
make_chapter (RandomEvents *self)
{
  return say (
      self, HP_EVENT_CHAPTER, 0, draw (self, N_STRINGS + 1), string_id (self, hp_moment_chapter (self->head)), 0);
}

static gboolean
make_remark (RandomEvents *self)
{
  static const HpEventType TYPES[] = { HP_EVENT_MARK, HP_EVENT_PRINT, HP_EVENT_POLICY_FAULT };

  return say (self, TYPES[draw (self, 3)], 0, draw_id (self, N_STRINGS), 0, 0);
}

static gboolean
make_time (RandomEvents *self)
{
  guint32 a = hp_random_next (&self->random), b = hp_random_next (&self->random);

  return say (self, HP_EVENT_TIME, 0, MAX (a, b), MIN (a, b), 0);
}

static gboolean
make_call (RandomEvents *self)
{
  if (hp_moment_n_frames (self->head) > 20)
    return FALSE;
  return say (self, HP_EVENT_CALL, draw_id (self, N_FUNCTIONS), HP_LOCATION (draw_id (self, 2), 1), 0, 0);
}

static gboolean
set_local (RandomEvents *self, const HpFrameState *frame, guint32 local, HpValue value)
{
  HpValue old = hp_moment_stack_slot (self->head, frame->first_slot + local);

  return say (self, HP_EVENT_LOCAL, HP_KINDS (old.kind, value.kind), local, old.payload, value.payload);
}

static gboolean
make_return (RandomEvents *self)
{
  guint32 n = hp_moment_n_frames (self->head);
  const HpFrameState *frame = n > 0 ? hp_moment_frame (self->head, n - 1) : NULL;

  if (frame == NULL)
    return FALSE;
  for (guint32 i = 0; i < frame->n_slots; i++)
    if (hp_moment_stack_slot (self->head, frame->first_slot + i).kind != HP_VALUE_EMPTY)
      set_local (self, frame, i, HP_VALUE_NOTHING);
  return say (self, HP_EVENT_RETURN, frame->function, frame->call_location, 0, 0);
}

static gboolean
make_local (RandomEvents *self)
{
  guint32 n = hp_moment_n_frames (self->head);
  const HpFrameState *frame = n > 0 ? hp_moment_frame (self->head, n - 1) : NULL;

  return frame != NULL && frame->n_slots > 0
         && set_local (self, frame, draw (self, MIN (frame->n_slots, 5)), draw_value (self));
}

static gboolean
make_root (RandomEvents *self)
{
  guint32 root = draw_id (self, N_ROOTS);
  HpValue old = hp_moment_root (self->head, root), value = draw_value (self);

  return say (self, HP_EVENT_ROOT, HP_KINDS (old.kind, value.kind), root, old.payload, value.payload);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/* Behind the last object of a random heap page, or 0: no room. */
static HpAddress
draw_room (RandomEvents *self, guint32 words, HpSpace *space)
{
  guint32 n = hp_moment_n_heap_pages (self->head);
  const HpHeapPageState *page = n == 0               ? NULL
                                : words > PAGE_WORDS ? hp_moment_heap_page (self->head, n - 1)
                                                     : hp_moment_heap_page (self->head, draw (self, n));
  HpAddress at, end;

  if (page == NULL)
    return 0;
  at = page->address + page->size_words - page->usable_words;
  end = page->address + page->size_words;
  for (HpRef ref = hp_moment_next_object (self->head, at, end); ref != HP_REF_NONE;
       ref = hp_moment_next_object (self->head, at, end))
    at = hp_moment_object (self->head, ref)->address + hp_moment_object (self->head, ref)->size_words;
  at += draw (self, 3);
  *space = page->space;
  return at + words <= end ? at : 0;
}

static gboolean
make_allocate (RandomEvents *self)
{
  guint32 shape = draw_id (self, N_SHAPES);
  guint32 length = draw (self, 4) == 0 ? 66000 : draw (self, 20);
  guint32 words = hp_shape_size_words (hp_definitions_shape (hp_recording_definitions (self->recording), shape),
                                       length);
  HpSpace space = HP_SPACE_NONE;
  HpAddress address = draw_room (self, words, &space);

  return address != 0
         && say (self,
                 HP_EVENT_ALLOCATE,
                 shape,
                 hp_moment_n_objects (self->head) + 1,
                 address,
                 HP_PLACE (words, space, draw (self, 5) == 0));
}

static gboolean
make_slot (RandomEvents *self)
{
  HpRef host = draw_host (self);
  HpValue value = draw_value (self), old;
  guint32 index;

  if (host == HP_REF_NONE)
    return FALSE;
  index = draw_slot (self, host);
  old = hp_moment_slot (self->head, host, index);
  return say_slot (self, HP_EVENT_SLOT, HP_KINDS (old.kind, value.kind), index, host, old.payload, value.payload);
}

static gboolean
make_label (RandomEvents *self)
{
  HpRef ref = draw_object (self);

  return ref != HP_REF_NONE
         && say (self, HP_EVENT_LABEL, 0, ref, hp_moment_object (self->head, ref)->label, draw (self, N_STRINGS + 1));
}

/* User and Admin are laid out alike. */
static gboolean
make_shape (RandomEvents *self)
{
  HpRef ref = draw_object (self);
  guint32 shape = ref != HP_REF_NONE ? hp_moment_object (self->head, ref)->shape : 0;

  return (shape == 1 || shape == N_SHAPES) && say (self, HP_EVENT_SHAPE, shape == 1 ? N_SHAPES : 1, ref, shape, 0);
}

static gboolean
make_external (RandomEvents *self)
{
  HpRef ref = draw_object (self);

  return ref != HP_REF_NONE
         && say (self, HP_EVENT_EXTERNAL, 0, ref, hp_moment_external (self->head, ref), draw (self, 3) * 1000);
}

static gboolean
make_remember (RandomEvents *self)
{
  HpRef host = draw_host (self);
  guint32 index;

  if (host == HP_REF_NONE)
    return FALSE;
  index = draw_slot (self, host);
  return say_slot (self,
                   hp_moment_slot_is_remembered (self->head, host, index) ? HP_EVENT_FORGET : HP_EVENT_REMEMBER,
                   0,
                   index,
                   host,
                   draw_object (self),
                   0);
}

static gboolean
make_update (RandomEvents *self)
{
  HpRef host = draw_host (self);

  return host != HP_REF_NONE
         && say_slot (self, HP_EVENT_UPDATE, 0, draw_slot (self, host), host, draw_object (self), 0);
}

static gboolean
make_visit (RandomEvents *self)
{
  HpVisit visit = draw (self, HP_N_VISITS);
  HpRef host = draw_host (self), target = draw_object (self);

  if (visit == HP_VISIT_ROOT)
    return say (self, HP_EVENT_VISIT, visit, draw_id (self, N_ROOTS), target, 0);
  if (visit == HP_VISIT_STACK)
    return hp_moment_n_stack_slots (self->head) > 0
           && say (self, HP_EVENT_VISIT, visit, draw (self, hp_moment_n_stack_slots (self->head)), target, 0);
  return host != HP_REF_NONE && say_slot (self, HP_EVENT_VISIT, visit, draw_slot (self, host), host, target, 0);
}

static gboolean
make_colour (RandomEvents *self)
{
  HpRef ref = draw_object (self);

  return ref != HP_REF_NONE
         && say (self,
                 HP_EVENT_COLOUR,
                 draw (self, HP_N_COLOURS) | (guint32) hp_moment_colour (self->head, ref) << 8,
                 ref,
                 0,
                 0);
}

static gboolean
make_move (RandomEvents *self)
{
  HpRef ref = draw_object (self);
  const HpObjectState *object = hp_moment_object (self->head, ref);
  HpSpace space = HP_SPACE_NONE;
  HpAddress address = object ? draw_room (self, object->size_words, &space) : 0;

  return address != 0
         && say (self,
                 HP_EVENT_MOVE,
                 HP_MOVE_SPACES (object->space, space) | (draw (self, 2) ? HP_MOVE_AGES : 0),
                 ref,
                 object->address,
                 address);
}

static gboolean
make_free (RandomEvents *self)
{
  HpRef ref = draw_object (self);
  const HpObjectState *object = hp_moment_object (self->head, ref);

  return object != NULL && say (self, HP_EVENT_FREE, object->space, ref, object->address, 0);
}

/* ---- the collector ----------------------------------------------------------------------------------------------- */

static gboolean
make_collection (RandomEvents *self)
{
  HpCollectionKind kind = hp_moment_collection (self->head);
  guint32 ordinal = (guint32) (hp_moment_counters (self->head)->scavenges
                               + hp_moment_counters (self->head)->mark_compacts + 1);

  if (kind != HP_COLLECTION_NONE)
    return say (self, HP_EVENT_COLLECTION_END, kind, ordinal, draw (self, 1000000), 0);
  return say (self, HP_EVENT_COLLECTION_BEGIN, draw_id (self, 2), ordinal, draw (self, N_STRINGS + 1), 0);
}

static gboolean
make_phase (RandomEvents *self)
{
  return say (self, HP_EVENT_PHASE, draw (self, HP_N_PHASES) | (guint32) hp_moment_phase (self->head) << 8, 0, 0, 0);
}

static gboolean
make_flip (RandomEvents *self)
{
  return say (self, HP_EVENT_FLIP, 0, 0, 0, 0);
}

static gboolean
make_age_mark (RandomEvents *self)
{
  return say (self, HP_EVENT_AGE_MARK, 0, hp_moment_age_mark (self->head), draw (self, 100000), 0);
}

static gboolean
make_limit (RandomEvents *self)
{
  HpLimit limit = draw (self, HP_N_LIMITS);

  return say (self,
              HP_EVENT_LIMIT,
              limit,
              (guint32) (hp_moment_limit (self->head, limit) / 8),
              hp_random_next (&self->random),
              0);
}

static gboolean
make_marking (RandomEvents *self)
{
  return say (
      self, HP_EVENT_MARKING, draw (self, HP_N_MARKINGS) | (guint32) hp_moment_marking (self->head) << 8, 0, 0, 0);
}

static gboolean
make_pretenure (RandomEvents *self)
{
  guint32 site = draw_id (self, N_STRINGS), n_created = draw (self, 1000);

  return say (self,
              HP_EVENT_PRETENURE,
              draw (self, HP_N_PRETENURES) | (guint32) hp_moment_pretenure (self->head, site) << 8,
              site,
              n_created,
              draw (self, n_created + 1));
}

static gboolean
make_heap_page (RandomEvents *self)
{
  gboolean giant = draw (self, 10) == 0;
  HpAddress address = giant ? GIANT_ADDRESS : PAGE_WORDS * draw_id (self, N_PLACES);
  guint32 words = giant ? GIANT_WORDS : PAGE_WORDS;
  guint32 n = hp_moment_n_heap_pages (self->head);

  for (guint32 i = 0; i < n; i++)
    {
      const HpHeapPageState *page = hp_moment_heap_page (self->head, i);

      if (page->address != address)
        continue;
      if (page->flags != 0 || hp_moment_next_object (self->head, address, address + words) != HP_REF_NONE)
        return FALSE;
      return say (self, HP_EVENT_HEAP_PAGE_REMOVE, page->space, address, words, words - HEADER_WORDS);
    }
  return say (self, HP_EVENT_HEAP_PAGE_ADD, draw_id (self, HP_N_SPACES - 1), address, words, words - HEADER_WORDS);
}

static gboolean
make_heap_page_state (RandomEvents *self)
{
  guint32 n = hp_moment_n_heap_pages (self->head);
  const HpHeapPageState *page = n > 0 ? hp_moment_heap_page (self->head, draw (self, n)) : NULL;

  if (page == NULL)
    return FALSE;
  if (draw (self, 3) > 0)
    return say (self, HP_EVENT_HEAP_PAGE_STATE, draw (self, 4) | (guint32) page->flags << 8, page->address, 0, 0);
  return say (self,
              HP_EVENT_HEAP_PAGE_SPACE,
              draw_id (self, HP_N_SPACES - 1) | (guint32) page->space << 8,
              page->address,
              0,
              0);
}

/* ---- virtual memory ---------------------------------------------------------------------------------------------- */

static gboolean
make_fault (RandomEvents *self, guint32 page, guint32 flags)
{
  guint32 frame = draw (self, N_FRAMES);

  return hp_moment_page_in_frame (self->head, frame) == 0
         && say (self, HP_EVENT_FAULT, draw (self, HP_N_FAULTS) | draw (self, 16) << 8 | flags << 16, page, frame, 0);
}

static gboolean
make_page (RandomEvents *self)
{
  guint32 page = draw_id (self, N_PAGES);
  HpPageState state = hp_moment_page (self->head, page);

  if (!state.mapped)
    return say (self, HP_EVENT_MAP, draw (self, HP_N_REGIONS), page, 0, 0);
  if (draw (self, 6) == 0)
    return say (self, HP_EVENT_UNMAP, (guint32) state.flags | draw (self, HP_N_REGIONS) << 8, page, state.frame, 0);
  if (state.frame == HP_NO_FRAME && draw (self, 4) == 0)
    return say (self, HP_EVENT_ACCESS, (draw (self, 2) ? HP_PAGE_ON_DISK : 0) | (guint32) state.flags << 8, page, 0, 0);
  if (state.frame == HP_NO_FRAME)
    return make_fault (self, page, state.flags);
  if (draw (self, 3) == 0)
    return say (self, HP_EVENT_EVICT, draw (self, 8) | (guint32) state.flags << 8, page, state.frame, 0);
  return say (self, HP_EVENT_ACCESS, draw (self, 8) | (guint32) state.flags << 8, page, 0, 0);
}

static gboolean
make_count (RandomEvents *self)
{
  return say (self, HP_EVENT_COUNT, draw (self, HP_N_COUNTS), draw (self, 5000), draw (self, 10) == 0, 0);
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static gboolean (*const MAKERS[]) (RandomEvents *) = {
  make_operation, make_operation, make_statement, make_explain,   make_chapter,   make_remark,   make_time,
  make_call,      make_return,    make_local,     make_root,      make_allocate,  make_allocate, make_allocate,
  make_slot,      make_slot,      make_external,  make_shape,     make_label,     make_free,     make_remember,
  make_remember,  make_update,    make_visit,     make_colour,    make_move,      make_move,     make_collection,
  make_phase,     make_flip,      make_age_mark,  make_limit,     make_heap_page, make_page,     make_heap_page_state,
  make_page,      make_page,      make_marking,   make_pretenure, make_count,
};

void
random_events_append (HpRecording *recording, guint64 seed, guint64 n)
{
  RandomEvents self = { recording, hp_recording_head (recording), { { 0 } } };
  guint64 end = hp_recording_length (recording) + n;

  hp_random_seed (&self.random, seed);
  while (hp_recording_length (recording) < end)
    MAKERS[draw (&self, G_N_ELEMENTS (MAKERS))](&self);
}

HpRecording *
random_events_new (guint64 seed, guint64 n)
{
  HpRecording *recording = random_events_new_recording ();
  HpEvent end = hp_event (HP_EVENT_END, HP_ENDING_COMPLETED, 0, 0, 0);

  random_events_append (recording, seed, n);
  g_assert_true (hp_recording_append (recording, &end, 1, NULL));
  return recording;
}
