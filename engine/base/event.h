/* event.h - the events a machine reports, and who listens
 *
 * An event is 16 bytes and tells one change together with what was there before, so that it can be applied to a moment
 * and taken back again in constant time. Folding all events of a run gives exactly the machine's own state.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/definition.h"

G_BEGIN_DECLS

/**
 * HpEvent:
 * @head: type in the low 8 bits, a detail of 24 bits above
 * @x, @y, @z: by type, see the table at #HpEventType
 *
 * The byte form in recording files and on the pipe is the four words in little-endian order.
 */
typedef struct
{
  guint32 head;
  guint32 x, y, z;
} HpEvent;

/**
 * HpEventType: detail | x | y | z
 *
 * Values travel as a kind (4 bits) and a payload (32 bits). "a→b" is the new value with the old one kept beside it:
 * applying checks that the moment holds the old one and puts the new; reverting does the opposite.
 *
 * The program
 * @HP_EVENT_OPERATION:  operation kind | n | 0 | 0. Begins an operation; all until the next one belongs to it. n
 * touches before it changed nothing and left no event of their own: it counts for n + 1 operations.
 * @HP_EVENT_STATEMENT:  new source id | new location | old location | old source id. Location: HP_LOCATION(). Not as
 * the first event of an operation of its own: the program comes to an expression within the statement.
 * @HP_EVENT_EXPLAIN:    0 | new string id | old string id | 0
 * @HP_EVENT_CHAPTER:    0 | new string id | old string id | 0. Also a place to jump to.
 * @HP_EVENT_MARK:       0 | string id | 0 | 0. A named place to jump to; no state.
 * @HP_EVENT_PRINT:      0 | string id | 0 | 0. The program wrote a line; no state.
 * @HP_EVENT_TIME:       0 | nanoseconds that passed | of these spent waiting for pages on disk | 0
 * @HP_EVENT_END:        HpEnding | string id of the message or 0 | 0 | 0. The run is over.
 *
 * Stack
 * @HP_EVENT_CALL:       function id | location of the call | 0 | 0. Pushes a frame, all locals empty.
 * @HP_EVENT_RETURN:     function id | location of the call | 0 | 0. Pops it. Locals were emptied by LOCAL before.
 * @HP_EVENT_LOCAL:      kinds | local's index in the newest frame | old payload | new payload. kinds: HP_KINDS()
 * @HP_EVENT_ROOT:       kinds | root id | old payload | new payload
 *
 * Heap
 * @HP_EVENT_ALLOCATE:   shape id | ref | address | size in words, HpSpace and black bit: HP_PLACE(). Slots empty. Refs
 *                       are allocated in order: ref = number of objects so far + 1.
 * @HP_EVENT_SLOT:       kinds, HP_SLOT_LOW() of the index | host ref | old payload | new payload. An index of 16 bits
 *                       or more is preceded by SLOT_HIGH.
 * @HP_EVENT_SLOT_HIGH:  0 | index >> 16 | 0 | 0. No state of its own: it belongs to the next event.
 * @HP_EVENT_SHAPE:      new shape id | ref | old shape id | 0. The object changes its hidden class; layout and size
 * stay (hp_shape_can_become()).
 * @HP_EVENT_EXTERNAL:   0 | ref | old bytes | new bytes. What the object holds outside of the heap; given back after
 * the object's FREE, too.
 * @HP_EVENT_LABEL:      0 | ref | old string id | new string id. The text a reader knows the object by ("Alice").
 * @HP_EVENT_REMEMBER:   HP_SLOT_LOW() of the index | host ref | target ref | 0. The slot enters the remembered set
 * (OLD_TO_NEW).
 * @HP_EVENT_FORGET:     the same | … The slot leaves it.
 *
 * Collector
 * @HP_EVENT_COLLECTION_BEGIN: HpCollectionKind | ordinal from 1 | string id of the reason | 0
 * @HP_EVENT_COLLECTION_END:   HpCollectionKind | ordinal | pause in ns | 0
 * @HP_EVENT_PHASE:      new HpPhase, old HpPhase << 8 | 0 | 0 | 0
 * @HP_EVENT_FLIP:       0 | 0 | 0 | 0. The halves of new space change names. Its own inverse.
 * @HP_EVENT_VISIT:      HpVisit, and in the upper 16 bits HP_SLOT_LOW() of a slot index | holder: root id, local's
 * absolute stack slot or host ref | target ref | 0. The collector looks at a place; no state.
 * @HP_EVENT_COLOUR:     new HpColour, old HpColour << 8 | ref | 0 | 0
 * @HP_EVENT_MOVE:       HP_MOVE_SPACES() | ref | old address | new address. Copy, promotion and compaction alike;
 *                       also relinking (same address, other space). Age (collections survived) grows by one when
 *                       the bit HP_MOVE_AGES is set.
 * @HP_EVENT_UPDATE:     HP_SLOT_LOW() of the index | host ref | target ref | 0. A slot was redirected to a moved
 * object's new address; no state, since slots are known by ref.
 * @HP_EVENT_FREE:       HpSpace | ref | address | 0. The object's memory is free again; its slots keep their last
 * values.
 * @HP_EVENT_AGE_MARK:   0 | old address | new address | 0. Objects in new space below it survived once already.
 * @HP_EVENT_LIMIT:      HpLimit | old bytes / 8 | new bytes / 8 | 0
 * @HP_EVENT_HEAP_PAGE_ADD:    HpSpace | address | size in words | usable words. A heap page joins a space.
 * @HP_EVENT_HEAP_PAGE_REMOVE: the same | … It leaves; it holds no object.
 * @HP_EVENT_HEAP_PAGE_STATE:  new HpHeapPageFlags, old << 8 | address | 0 | 0
 * @HP_EVENT_HEAP_PAGE_SPACE:  new HpSpace, old << 8 | address | 0 | 0. Relinked whole.
 *
 * @HP_EVENT_MARKING:    new HpMarking, old << 8 | 0 | 0 | 0. Incremental marking begins, has marked all it found, ends.
 * @HP_EVENT_PRETENURE:  new HpPretenure, old << 8 | string id of the allocation site's name | objects created there |
 * of these found alive. A site is known by its name.
 *
 * Pages of virtual memory (ids of HpPage)
 * @HP_EVENT_MAP:        HpRegion | page id | 0 | 0. Address space only: no page frame yet.
 * @HP_EVENT_UNMAP:      HpPageFlags before, HpRegion << 8 | page id | page frame or HP_NO_FRAME | 0
 * @HP_EVENT_FAULT:      HpFault, new flags << 8, old flags << 16 | page id | page frame | 0. The page is now in that
 * frame.
 * @HP_EVENT_ACCESS:     new HpPageFlags, old << 8 | page id | 0 | 0. Referenced, dirty bits set or cleared. For a page
 * that is not in RAM, in a stretch: it came and went again, and now there is a copy on disk.
 * @HP_EVENT_EVICT:      new HpPageFlags, old << 8 | page id | page frame it gave up | 0
 * @HP_EVENT_COUNT:      HpCount | amount's low word | its high word | 0. What the other events of a stretch
 * (%HP_OPERATION_STRETCH) do not tell of a counter: a number of 64 bits, two's complement, to be added.
 *
 * Trouble
 * @HP_EVENT_POLICY_FAULT: 0 | string id | 0 | 0. The policy gave a wrong answer, which was clamped.
 */
typedef enum
{
  HP_EVENT_NONE, /* never recorded */
  HP_EVENT_OPERATION,
  HP_EVENT_STATEMENT,
  HP_EVENT_EXPLAIN,
  HP_EVENT_CHAPTER,
  HP_EVENT_MARK,
  HP_EVENT_PRINT,
  HP_EVENT_TIME,
  HP_EVENT_END,
  HP_EVENT_CALL,
  HP_EVENT_RETURN,
  HP_EVENT_LOCAL,
  HP_EVENT_ROOT,
  HP_EVENT_ALLOCATE,
  HP_EVENT_SLOT,
  HP_EVENT_SLOT_HIGH,
  HP_EVENT_LABEL,
  HP_EVENT_REMEMBER,
  HP_EVENT_FORGET,
  HP_EVENT_COLLECTION_BEGIN,
  HP_EVENT_COLLECTION_END,
  HP_EVENT_PHASE,
  HP_EVENT_FLIP,
  HP_EVENT_VISIT,
  HP_EVENT_COLOUR,
  HP_EVENT_MOVE,
  HP_EVENT_UPDATE,
  HP_EVENT_FREE,
  HP_EVENT_AGE_MARK,
  HP_EVENT_LIMIT,
  HP_EVENT_HEAP_PAGE_ADD,
  HP_EVENT_HEAP_PAGE_REMOVE,
  HP_EVENT_HEAP_PAGE_STATE,
  HP_EVENT_HEAP_PAGE_SPACE,
  HP_EVENT_MAP,
  HP_EVENT_UNMAP,
  HP_EVENT_FAULT,
  HP_EVENT_ACCESS,
  HP_EVENT_EVICT,
  HP_EVENT_POLICY_FAULT,
  HP_EVENT_MARKING,
  HP_EVENT_PRETENURE,
  HP_EVENT_COUNT,
  HP_EVENT_SHAPE,
  HP_EVENT_EXTERNAL,
  HP_N_EVENT_TYPES
} HpEventType;

typedef enum
{
  HP_OPERATION_STATEMENT,
  HP_OPERATION_CALL,
  HP_OPERATION_RETURN,
  HP_OPERATION_SET_LOCAL,
  HP_OPERATION_SET_ROOT,
  HP_OPERATION_ALLOCATE,
  HP_OPERATION_WRITE,
  HP_OPERATION_READ,
  HP_OPERATION_TOUCH,
  HP_OPERATION_COLLECT,
  HP_OPERATION_NOTE, /* explain, chapter, mark, print; a label is none */
  HP_OPERATION_DEREF,
  HP_OPERATION_END_JOB,
  HP_OPERATION_TAKE_FINALIZED,
  HP_OPERATION_WAIT,
  HP_OPERATION_ACCESS,
  HP_OPERATION_STRETCH, /* n + 1 touches told together: its events take each page from before them to after them */
  HP_OPERATION_LIMIT_RAM,
  HP_OPERATION_RESHAPE,
  HP_OPERATION_ATTACH,
  HP_N_OPERATIONS
} HpOperation;

typedef enum
{
  HP_ENDING_COMPLETED,
  HP_ENDING_OUT_OF_MEMORY,
  HP_ENDING_STACK_OVERFLOW,
  HP_ENDING_SCENARIO_ERROR, /* the scenario did something no program can do, or reported bad input */
  HP_ENDING_CANCELLED,
  HP_ENDING_EVENT_LIMIT, /* the run went on, but as many events as asked for are recorded */
  HP_ENDING_CRASHED,     /* the worker died; written by who watched it */
  HP_N_ENDINGS
} HpEnding;

typedef enum
{
  HP_COLLECTION_NONE,
  HP_COLLECTION_YOUNG, /* scavenge */
  HP_COLLECTION_FULL,  /* mark-sweep-compact */
  HP_N_COLLECTION_KINDS
} HpCollectionKind;

/** What the collector is doing; HP_PHASE_MUTATOR while the program runs. */
typedef enum
{
  HP_PHASE_MUTATOR,
  HP_PHASE_FLIP,
  HP_PHASE_ROOTS,
  HP_PHASE_COPY, /* scavenger: process the work lists */
  HP_PHASE_MARK,
  HP_PHASE_WEAK,
  HP_PHASE_SWEEP,
  HP_PHASE_EVACUATE,
  HP_PHASE_UPDATE, /* redirect slots to moved objects */
  HP_PHASE_FINISH, /* release pages, recompute limits */
  HP_N_PHASES
} HpPhase;

/** Incremental marking; %HP_MARKING_OFF between a full collection and the next start. */
typedef enum
{
  HP_MARKING_OFF,
  HP_MARKING_ACTIVE,
  HP_MARKING_COMPLETE, /* nothing is grey: the next collection can be the final pause */
  HP_N_MARKINGS
} HpMarking;

/** Where objects of an allocation site go (V8: AllocationSite::PretenureDecision). */
typedef enum
{
  HP_PRETENURE_UNDECIDED,
  HP_PRETENURE_DONT_TENURE,
  HP_PRETENURE_MAYBE_TENURE,
  HP_PRETENURE_TENURE,
  HP_N_PRETENURES
} HpPretenure;

/** Where the collector found a reference. */
typedef enum
{
  HP_VISIT_ROOT,
  HP_VISIT_STACK,
  HP_VISIT_REMEMBERED,
  HP_VISIT_SLOT,
  HP_N_VISITS
} HpVisit;

typedef enum
{
  HP_LIMIT_SEMI_SPACE, /* capacity of one half of new space */
  HP_LIMIT_OLD,        /* the old generation's allocation limit */
  HP_LIMIT_OLD_MAX,    /* its maximum: reaching it ends the run */
  HP_LIMIT_STACK,
  HP_LIMIT_RAM, /* page frames x page size; 0: no pager */
  HP_N_LIMITS
} HpLimit;

typedef enum
{
  HP_HEAP_PAGE_PLAIN = 0,
  HP_HEAP_PAGE_CANDIDATE = 1 << 0, /* chosen for evacuation */
  HP_HEAP_PAGE_TO_SWEEP = 1 << 1,
} HpHeapPageFlags;

typedef enum
{
  HP_FAULT_MINOR, /* first touch: a zeroed frame, no input */
  HP_FAULT_MAJOR, /* the content came from swap or file */
  HP_FAULT_AHEAD, /* no fault: the same reading brought this page too; before the MAJOR it belongs to */
  HP_N_FAULTS
} HpFault;

typedef enum
{
  HP_PAGE_REFERENCED = 1 << 0,
  HP_PAGE_DIRTY = 1 << 1,
  HP_PAGE_ON_DISK = 1 << 2, /* swap (or file) holds a copy; a valid one unless the page is dirty */
  HP_PAGE_AHEAD = 1 << 3,   /* read ahead, and not used since */
} HpPageFlags;

/** Counters that the net change of pages does not tell. */
typedef enum
{
  HP_COUNT_MINOR_FAULTS,
  HP_COUNT_MAJOR_FAULTS,
  HP_COUNT_EVICTIONS,
  HP_COUNT_DIRTY_EVICTIONS,
  HP_COUNT_READ_AHEAD,
  HP_COUNT_UNUSED_READ_AHEAD,
  HP_COUNT_OPERATIONS, /* besides those that OPERATION counts */
  HP_N_COUNTS
} HpCount;

#define HP_NO_FRAME G_MAXUINT32

/* Lines and columns count from 1; 0 is "nowhere". Lines to 1,048,575, columns to 4,095; larger ones saturate. */
#define HP_LOCATION(line, column) ((guint32) (MIN ((line), 0xfffffu) << 12 | MIN ((column), 0xfffu)))
#define HP_LOCATION_LINE(location) ((location) >> 12)
#define HP_LOCATION_COLUMN(location) ((location) &0xfffu)

/* Kinds of the old and the new value in the low 8 bits of a detail; a slot index's low 16 bits above them. */
#define HP_KINDS(old_kind, new_kind) ((guint32) (old_kind) | (guint32) (new_kind) << 4)
#define HP_KINDS_OLD(detail) ((detail) &0xfu)
#define HP_KINDS_NEW(detail) ((detail) >> 4 & 0xfu)
#define HP_SLOT_LOW(index) (((index) &0xffffu) << 8)
#define HP_SLOT_LOW_GET(detail) ((detail) >> 8 & 0xffffu)

/* ALLOCATE's z: size in words below 2^27 (1 GiB), space and the bit for black allocation above. */
#define HP_PLACE(size_words, space, black) \
  ((guint32) (size_words) | (guint32) (space) << 27 | ((black) ? 1u << 31 : 0u))
#define HP_PLACE_SIZE(place) ((place) &0x7ffffffu)
#define HP_PLACE_SPACE(place) ((HpSpace) ((place) >> 27 & 0xfu))
#define HP_PLACE_BLACK(place) (((place) >> 31) != 0)

#define HP_MOVE_AGES (1u << 8)
#define HP_MOVE_SPACES(from, to) ((guint32) (from) | (guint32) (to) << 4)
#define HP_MOVE_FROM(detail) ((HpSpace) ((detail) &0xfu))
#define HP_MOVE_TO(detail) ((HpSpace) ((detail) >> 4 & 0xfu))

static inline HpEvent
hp_event (HpEventType type, guint32 detail, guint32 x, guint32 y, guint32 z)
{
  return (HpEvent){ (guint32) type | detail << 8, x, y, z };
}

static inline HpEventType
hp_event_type (const HpEvent *event)
{
  return (HpEventType) (event->head & 0xffu);
}

static inline guint32
hp_event_detail (const HpEvent *event)
{
  return event->head >> 8;
}

/** The amount of a COUNT. */
static inline guint64
hp_event_amount (const HpEvent *event)
{
  return event->x | (guint64) event->y << 32;
}

/** An untranslated short name for logs, tests and `describe --events`: "allocate", "fault" … NULL for unknown types. */
const char *hp_event_type_name (HpEventType type);
const char *hp_operation_name (HpOperation operation);
const char *hp_phase_name (HpPhase phase);
const char *hp_space_name (HpSpace space);
const char *hp_collection_kind_name (HpCollectionKind kind);
const char *hp_ending_name (HpEnding ending);

/**
 * HpListener: who is told
 * @define: a definition was added; @id is its id in @definitions. May be NULL.
 * @events: @n events in order. Called in batches; always before a call to the machine returns to whoever flushes it.
 *
 * Callbacks must not call back into the machine.
 */
typedef struct
{
  void (*define) (gpointer self, const HpDefinitions *definitions, HpDefinitionKind kind, guint32 id);
  void (*events) (gpointer self, const HpEvent *events, gsize n);
  gpointer self;
} HpListener;

/**
 * HpEmitter: the one place where events are written
 *
 * Every room of the machine holds a pointer to the machine's emitter. With no listener, hp_emit() is a test of one bit
 * and the run goes at full speed. Definitions are passed on at once, events in batches.
 */
#define HP_EMITTER_BATCH 4096

typedef struct
{
  gboolean listening;
  gsize n;
  guint64 n_emitted;
  guint64 n_limit; /* 0: none */
  HpListener listener;
  HpDefinitions *definitions; /* owned */
  HpEvent batch[HP_EMITTER_BATCH];
} HpEmitter;

HpEmitter *hp_emitter_new (const HpListener *listener /* nullable; copied */);
void hp_emitter_free (HpEmitter *self); /* flushes */
void hp_emitter_flush (HpEmitter *self);

/* Add a definition (see hp_definitions_add_string() and its sisters) and tell the listener of it when it is new. */
guint32 hp_emitter_define_string (HpEmitter *self, const char *text);
guint32 hp_emitter_define_shape (HpEmitter *self, const HpShape *shape);
guint32 hp_emitter_define_function (HpEmitter *self, const HpFunction *function);
guint32 hp_emitter_define_source (HpEmitter *self, const HpSource *source);
guint32 hp_emitter_define_page (HpEmitter *self, const HpPage *page);
guint32 hp_emitter_define_root (HpEmitter *self, const HpRoot *root);

static inline void
hp_emit (HpEmitter *self, HpEventType type, guint32 detail, guint32 x, guint32 y, guint32 z)
{
  if (!self->listening)
    return;
  self->batch[self->n++] = hp_event (type, detail, x, y, z);
  if (G_UNLIKELY (self->n == HP_EMITTER_BATCH))
    hp_emitter_flush (self);
}

/** hp_emit() for the types that carry a slot index; @detail without the index. Writes SLOT_HIGH first where needed. */
static inline void
hp_emit_slot (HpEmitter *self, HpEventType type, guint32 detail, guint32 index, guint32 x, guint32 y, guint32 z)
{
  if (!self->listening)
    return;
  if (G_UNLIKELY (index > 0xffffu))
    hp_emit (self, HP_EVENT_SLOT_HIGH, 0, index >> 16, 0, 0);
  hp_emit (self, type, detail | HP_SLOT_LOW (index), x, y, z);
}

G_END_DECLS
