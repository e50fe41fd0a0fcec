/* object.h - the words of a simulated object, and the tagged values in its slots
 *
 * Simulated memory is memory: one host word for each simulated word of 8 bytes. An object begins with its map word:
 *
 *   bits  0-31  ref; the new address while the object is forwarded; the size in words of a filler
 *        32-51  shape id
 *        52-53  HpColour
 *           54  forwarded: the object moved, this is its dead copy (V8: the forwarding address replaces the map word)
 *           55  filler: free memory, so that a heap page can be walked from its first word to its last
 *        56-63  age: collections survived, saturating
 *
 * With a tail, word 1 is the tail's length. A slot holds a value: its kind in bits 32-35 and its payload in bits 0-31,
 * which for a reference is the *address* of the target. So tracing follows addresses, and moving an object means
 * finding every slot that points to it, as in a real heap.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/value.h"

#include <string.h>

G_BEGIN_DECLS

#define HP_MAX_SHAPES ((1u << 20) - 1)
#define HP_MAX_OBJECT_WORDS ((1u << 27) - 1) /* what an ALLOCATE event can tell: 1 GiB */

#define HP_MAP_SHAPE_SHIFT 32
#define HP_MAP_COLOUR_SHIFT 52
#define HP_MAP_COLOUR_MASK (G_GUINT64_CONSTANT (3) << HP_MAP_COLOUR_SHIFT)
#define HP_MAP_FORWARDED (G_GUINT64_CONSTANT (1) << 54)
#define HP_MAP_FILLER (G_GUINT64_CONSTANT (1) << 55)
#define HP_MAP_AGE_SHIFT 56
#define HP_MAP_LOW_MASK G_GUINT64_CONSTANT (0xffffffff)

static inline guint64
hp_map_word (HpRef ref, guint32 shape)
{
  return (guint64) shape << HP_MAP_SHAPE_SHIFT | ref;
}

static inline guint64
hp_filler_word (guint32 size_words)
{
  return HP_MAP_FILLER | size_words;
}

#define HP_MEMENTO_WORDS 2

/** A filler behind a young object: its second word is the id of the allocation site that made the object. */
static inline guint64
hp_memento_word (void)
{
  return HP_MAP_FILLER | G_GUINT64_CONSTANT (1) << HP_MAP_SHAPE_SHIFT | HP_MEMENTO_WORDS;
}

/** The ref of an object, the address of a forwarded one's copy, or the size of a filler. */
static inline guint32
hp_map_low (guint64 map)
{
  return (guint32) (map & HP_MAP_LOW_MASK);
}

static inline guint32
hp_map_shape (guint64 map)
{
  return (guint32) (map >> HP_MAP_SHAPE_SHIFT) & HP_MAX_SHAPES;
}

static inline guint64
hp_map_with_shape (guint64 map, guint32 shape)
{
  return (map & ~((guint64) HP_MAX_SHAPES << HP_MAP_SHAPE_SHIFT)) | (guint64) shape << HP_MAP_SHAPE_SHIFT;
}

static inline HpColour
hp_map_colour (guint64 map)
{
  return (HpColour) (map >> HP_MAP_COLOUR_SHIFT & 3);
}

static inline guint64
hp_map_with_colour (guint64 map, HpColour colour)
{
  return (map & ~HP_MAP_COLOUR_MASK) | (guint64) colour << HP_MAP_COLOUR_SHIFT;
}

static inline guint32
hp_map_age (guint64 map)
{
  return (guint32) (map >> HP_MAP_AGE_SHIFT);
}

static inline guint64
hp_map_older (guint64 map)
{
  return hp_map_age (map) == 255 ? map : map + (G_GUINT64_CONSTANT (1) << HP_MAP_AGE_SHIFT);
}

static inline guint64
hp_map_forwarded_to (guint64 map, HpAddress to)
{
  return (map & ~HP_MAP_LOW_MASK) | HP_MAP_FORWARDED | to;
}

/* Slots. A word of zeros is the empty value. */

static inline guint64
hp_word_from_ref_address (HpAddress address)
{
  return (guint64) HP_VALUE_REF << 32 | address;
}

static inline guint64
hp_word_from_plain (HpValue value)
{
  return (guint64) value.kind << 32 | value.payload;
}

static inline HpValueKind
hp_word_kind (guint64 word)
{
  return (HpValueKind) (word >> 32);
}

static inline gboolean
hp_word_is_ref (guint64 word)
{
  return word >> 32 == HP_VALUE_REF;
}

static inline HpAddress
hp_word_address (guint64 word)
{
  return (HpAddress) word;
}

/** Copy the words of an object. Most are small: two words at a time, without a call, is fastest. */
static inline void
hp_object_copy (guint64 *to, const guint64 *from, guint32 words)
{
  guint32 pairs = words & ~1u;

  for (guint32 i = 0; i < pairs; i += 2)
    memcpy (to + i, from + i, 2 * sizeof *to);
  if (pairs < words)
    to[pairs] = from[pairs];
}

G_END_DECLS
