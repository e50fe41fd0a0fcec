/* value.h - refs and values: what names an object, and what a slot holds
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * HpRef:
 *
 * The stable name of one object: the ordinal of its allocation, from 1. A ref is never reused and does not change when
 * the collector moves the object, so the same list of operations names the same objects under every policy.
 */
typedef guint32 HpRef;

#define HP_REF_NONE ((HpRef) 0)

/** One simulated machine word, in bytes: V8 without pointer compression (src/common/globals.h, kTaggedSize). */
#define HP_WORD_BYTES 8

/**
 * HpAddress:
 *
 * A simulated address counted in words: byte address = 8 * word address. 32 bits reach 32 GiB. 0 is never mapped.
 */
typedef guint32 HpAddress;

/**
 * HpValueKind:
 * @HP_VALUE_EMPTY: nothing was stored yet (V8's "the hole"); the state of a fresh slot
 * @HP_VALUE_UNDEFINED: JavaScript's undefined
 * @HP_VALUE_NULL: JavaScript's null
 * @HP_VALUE_BOOLEAN: payload 0 or 1
 * @HP_VALUE_INTEGER: a Smi; payload is a 32-bit two's complement number, held in the slot itself
 * @HP_VALUE_REF: a reference; payload is an #HpRef, never 0
 */
typedef enum
{
  HP_VALUE_EMPTY,
  HP_VALUE_UNDEFINED,
  HP_VALUE_NULL,
  HP_VALUE_BOOLEAN,
  HP_VALUE_INTEGER,
  HP_VALUE_REF,
  HP_N_VALUE_KINDS
} HpValueKind;

/** What a slot, a local or a root holds. Passed by value. All bits 0 is the empty value. */
typedef struct
{
  guint32 kind; /* HpValueKind */
  guint32 payload;
} HpValue;

#define HP_VALUE_NOTHING ((HpValue){ HP_VALUE_EMPTY, 0 })

static inline HpValue
hp_value_ref (HpRef ref)
{
  return ref ? (HpValue){ HP_VALUE_REF, ref } : (HpValue){ HP_VALUE_NULL, 0 };
}

static inline HpValue
hp_value_integer (gint32 number)
{
  return (HpValue){ HP_VALUE_INTEGER, (guint32) number };
}

static inline HpValue
hp_value_boolean (gboolean truth)
{
  return (HpValue){ HP_VALUE_BOOLEAN, truth ? 1 : 0 };
}

static inline HpValue
hp_value_undefined (void)
{
  return (HpValue){ HP_VALUE_UNDEFINED, 0 };
}

/** The ref a value holds, or %HP_REF_NONE when it holds no reference. */
static inline HpRef
hp_value_get_ref (HpValue value)
{
  return value.kind == HP_VALUE_REF ? value.payload : HP_REF_NONE;
}

static inline gboolean
hp_value_equal (HpValue a, HpValue b)
{
  return a.kind == b.kind && a.payload == b.payload;
}

/**
 * HpSpace:
 *
 * Where an object lives. New space is two halves, named A and B for good; which of them is *to-space* at a moment is
 * decided by the last flip (new objects are always in to-space; V8 src/heap/new-spaces.cc).
 */
typedef enum
{
  HP_SPACE_NONE,
  HP_SPACE_SEMI_A,
  HP_SPACE_SEMI_B,
  HP_SPACE_OLD,
  HP_SPACE_LARGE,     /* large objects of the old generation, one a chunk, never moved */
  HP_SPACE_NEW_LARGE, /* young large objects; promoted by relinking */
  HP_N_SPACES
} HpSpace;

static inline gboolean
hp_space_is_young (HpSpace space)
{
  return space == HP_SPACE_SEMI_A || space == HP_SPACE_SEMI_B || space == HP_SPACE_NEW_LARGE;
}

/** Three-colour marking: white not reached, grey reached and on the worklist, black reached and scanned. */
typedef enum
{
  HP_COLOUR_WHITE,
  HP_COLOUR_GREY,
  HP_COLOUR_BLACK,
  HP_N_COLOURS
} HpColour;

G_END_DECLS
