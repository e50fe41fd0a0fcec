/* layout.h - shapes as the hot paths need them: sizes and where the slots begin
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/definition.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 first_slot; /* in words from the object's start */
  guint32 n_slots;    /* named ones */
  guint32 fixed_words;
  guint32 tail;       /* HpShapeTail */
  guint32 references; /* HpReferences */
  /* Size of any object of the shape, for those that can be made quickly: without a tail, not large, all references
   * strong. More than ever fits for the others. */
  guint32 young_words;
} HpLayout;

static inline HpLayout
hp_layout_of_shape (const HpShape *shape)
{
  return (HpLayout){ .first_slot = shape->header_words,
                     .n_slots = shape->n_slots,
                     .fixed_words = shape->header_words + shape->n_slots,
                     .tail = shape->tail,
                     .references = shape->references,
                     .young_words = G_MAXUINT32 };
}

/** hp_shape_can_become() */
static inline gboolean
hp_layout_can_become (const HpLayout *self, const HpLayout *other)
{
  return self->first_slot == other->first_slot && self->n_slots == other->n_slots && self->tail == other->tail
         && self->references == other->references;
}

/** Size of an object with a tail of @length units: 64 bits, since a length may ask for more than there can be. */
static inline guint64
hp_layout_size_words (const HpLayout *self, guint32 length)
{
  guint64 words = self->fixed_words;

  if (self->tail == HP_TAIL_SLOTS)
    words += length;
  else if (self->tail == HP_TAIL_BYTES)
    words += ((guint64) length + HP_WORD_BYTES - 1) / HP_WORD_BYTES;
  return MAX (words, 2);
}

static inline guint32
hp_layout_count_slots (const HpLayout *self, guint32 length)
{
  return self->n_slots + (self->tail == HP_TAIL_SLOTS ? length : 0);
}

static inline gboolean
hp_layout_has_slots (const HpLayout *self)
{
  return self->n_slots > 0 || self->tail == HP_TAIL_SLOTS;
}

/** Whether the slot @offset words from an object's start holds the key of an ephemeron. */
static inline gboolean
hp_layout_is_key (const HpLayout *self, guint32 offset)
{
  return self->references == HP_REFERENCES_EPHEMERONS && offset >= self->fixed_words
         && (offset - self->fixed_words) % 2 == 0;
}

G_END_DECLS
