/* definition.h - what events refer to by number: strings, shapes, functions, sources, roots, pages
 *
 * A definition is made once, before the first event that uses its id, and never changes. Ids count from 1 within a
 * kind; id 0 means "none".
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

/** What an object is, as a reader would say it; decides colour and icon, never behaviour. */
typedef enum
{
  HP_SHAPE_OBJECT,
  HP_SHAPE_ARRAY,    /* a JSArray: the object, not its elements store */
  HP_SHAPE_ELEMENTS, /* FixedArray, dictionaries and other stores owned by one object */
  HP_SHAPE_STRING,
  HP_SHAPE_NUMBER, /* HeapNumber, BigInt */
  HP_SHAPE_FUNCTION,
  HP_SHAPE_CONTEXT,
  HP_SHAPE_COLLECTION, /* Map, Set, WeakMap, WeakSet */
  HP_SHAPE_OTHER,
  HP_N_SHAPE_KINDS
} HpShapeKind;

/**
 * HpShapeTail: what follows the named slots of an object, @length units long (given at allocation)
 * @HP_TAIL_NONE: nothing; every object of the shape has the same size
 * @HP_TAIL_SLOTS: @length more slots, one word each (FixedArray)
 * @HP_TAIL_BYTES: @length raw bytes, rounded up to a word (strings, byte arrays); no slots
 */
typedef enum
{
  HP_TAIL_NONE,
  HP_TAIL_SLOTS,
  HP_TAIL_BYTES,
  HP_N_TAILS
} HpShapeTail;

/**
 * HpReferences: which slots of an object keep what they refer to alive
 * @HP_REFERENCES_STRONG: all of them
 * @HP_REFERENCES_WEAK: all but slot 0, which is cleared when its target dies (WeakRef, WeakCell)
 * @HP_REFERENCES_FINALIZED: the same, and then the object is queued for cleanup (a FinalizationRegistry's WeakCell)
 * @HP_REFERENCES_EPHEMERONS: the named slots; the slots of the tail are pairs key, value, key, value …: a value is kept
 * alive by the table and its key together, a key not at all (V8: EphemeronHashTable, behind WeakMap and WeakSet)
 */
typedef enum
{
  HP_REFERENCES_STRONG,
  HP_REFERENCES_WEAK,
  HP_REFERENCES_FINALIZED,
  HP_REFERENCES_EPHEMERONS,
  HP_N_REFERENCES
} HpReferences;

/**
 * HpShape: the layout of a group of objects (V8: a Map, "hidden class")
 *
 *   word 0              the map word (in the simulation: ref, shape id and mark bits)
 *   word 1              the length, when the shape has a tail
 *   … header_words      raw words that hold no reference (a HeapNumber's float64)
 *   then n_slots words  the named slots 0 … n_slots-1
 *   then the tail
 *
 * size in words = max (2, header_words + n_slots + tail words); V8's minimum object is 16 bytes.
 */
typedef struct
{
  guint32 id;
  const char *name; /* as the picture shows it: "User", "Array", "string" */
  HpShapeKind kind;
  HpShapeTail tail;
  guint32 header_words;          /* at least 1; at least 2 with a tail */
  guint32 n_slots;               /* named slots, at most 65,535 */
  const char *const *slot_names; /* n_slots names, or NULL: "[0]", "[1]" … */
  HpReferences references;
} HpShape;

/** Whether @shape has the slots that its kind of references speaks of: a slot 0, or a tail of slots. */
gboolean hp_shape_references_fit (const HpShape *shape);

/** What a slot does for the object it refers to. */
typedef enum
{
  HP_SLOT_STRONG, /* keeps it alive */
  HP_SLOT_WEAK,   /* does not, and is cleared when it dies; a scavenge treats it as strong */
  HP_SLOT_KEY,    /* does not; the pair is cleared when it dies */
  HP_SLOT_VALUE,  /* keeps it alive as long as the key of the pair, in the slot before, is alive */
} HpSlotStrength;

HpSlotStrength hp_shape_slot_strength (const HpShape *shape, guint32 index);

/** Whether an object of shape @from can become one of @to where it stands: all slots, the tail and what their
 * references do stay the same. */
gboolean hp_shape_can_become (const HpShape *from, const HpShape *to);

/** Words of an object of @shape whose tail is @length units long. */
guint32 hp_shape_size_words (const HpShape *shape, guint32 length);

/** Slots (named and tail) of an object of @shape that is @size_words long. */
guint32 hp_shape_count_slots (const HpShape *shape, guint32 size_words);

/**
 * HpFunction: the layout of one function's stack frames
 *
 * A frame is @overhead_words (return address, saved frame pointer, context, function …) and then one word for each
 * local. Parameters come first among the locals.
 */
typedef struct
{
  guint32 id;
  const char *name;
  guint32 overhead_words;
  guint32 n_parameters;
  guint32 n_locals;               /* parameters included, at most 65,535 */
  const char *const *local_names; /* n_locals names; NULL entries are temporaries */
} HpFunction;

/** A program text that statements point into. */
typedef struct
{
  guint32 id;
  const char *name; /* "first-steps.js" */
  const char *text; /* UTF-8 */
} HpSource;

/** Which part of the address space a page of virtual memory belongs to. */
typedef enum
{
  HP_REGION_STACK,
  HP_REGION_NEW,
  HP_REGION_OLD,
  HP_REGION_LARGE,
  HP_REGION_TRACE, /* a page of the process that a memory-access trace was taken from */
  HP_N_REGIONS
} HpRegion;

/** A page of virtual memory that was ever mapped or touched; page ids are dense so that states live in arrays. */
typedef struct
{
  guint32 id;
  HpRegion region;
  guint64 number; /* byte address / page size */
} HpPage;

/** A named place outside stack and heap that holds a value: a global variable, a handle. */
typedef struct
{
  guint32 id;
  const char *name;
} HpRoot;

typedef enum
{
  HP_DEFINITION_STRING,
  HP_DEFINITION_SHAPE,
  HP_DEFINITION_FUNCTION,
  HP_DEFINITION_SOURCE,
  HP_DEFINITION_PAGE,
  HP_DEFINITION_ROOT,
  HP_N_DEFINITION_KINDS
} HpDefinitionKind;

/**
 * HpDefinitions: all definitions of one run, by kind and id
 *
 * Owned by whoever made it (a machine, a recording); copies what it is given. The getters return NULL for an id that
 * was never defined. Pointers stay valid until hp_definitions_free().
 */
typedef struct _HpDefinitions HpDefinitions;

HpDefinitions *hp_definitions_new (void);
void hp_definitions_free (HpDefinitions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDefinitions, hp_definitions_free)

guint32 hp_definitions_count (const HpDefinitions *self, HpDefinitionKind kind);

const char *hp_definitions_string (const HpDefinitions *self, guint32 id);
const HpShape *hp_definitions_shape (const HpDefinitions *self, guint32 id);
const HpFunction *hp_definitions_function (const HpDefinitions *self, guint32 id);
const HpSource *hp_definitions_source (const HpDefinitions *self, guint32 id);
const HpPage *hp_definitions_page (const HpDefinitions *self, guint32 id);
const HpRoot *hp_definitions_root (const HpDefinitions *self, guint32 id);

/* Each adds a copy and returns its new id; a field named id in the argument is ignored. hp_definitions_add_string()
 * returns the earlier id when the same text was added before; at most 2^24 - 1 definitions of a kind. */
guint32 hp_definitions_add_string (HpDefinitions *self, const char *text);
guint32 hp_definitions_add_shape (HpDefinitions *self, const HpShape *shape);
guint32 hp_definitions_add_function (HpDefinitions *self, const HpFunction *function);
guint32 hp_definitions_add_source (HpDefinitions *self, const HpSource *source);
guint32 hp_definitions_add_page (HpDefinitions *self, const HpPage *page);
guint32 hp_definitions_add_root (HpDefinitions *self, const HpRoot *root);

G_END_DECLS
