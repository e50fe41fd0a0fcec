/* roots.h - places outside the heap that hold values: named roots, the accumulator, the call stack
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"

G_BEGIN_DECLS

/**
 * What is done to a root: @kind is HP_VISIT_ROOT or HP_VISIT_STACK, @holder the root id or the absolute stack slot (0
 * with HP_VISIT_ROOT: the accumulator), @slot the place that holds the value.
 */
typedef void (*HpRootVisit) (gpointer data, HpVisit kind, guint32 holder, guint64 *slot);

typedef struct
{
  guint64 *words; /* by root id */
  guint32 n;
  guint64 accumulator; /* the object made or loaded last, as in V8's interpreter register */
  /* Its ref; or HP_REF_NONE, and then nobody knows. Who has it needs no table to find the object (machine/quick.h):
   * the accumulator is a root, so a collection keeps its object, and its address up to date. */
  HpRef accumulator_ref;
  /* The call stack, which belongs to another room. @quietly: without telling the pager. */
  void (*visit_stack) (gpointer stack, gboolean quietly, HpRootVisit visit, gpointer data);
  /* The local at an absolute stack slot, as a reader would say it: "local a of main". (transfer full) */
  char *(*name_local) (gpointer namer, guint32 holder);
  gpointer stack, namer;
} HpRoots;

/** Room for root @id; it holds nothing yet. */
void hp_roots_define (HpRoots *self, guint32 id);
void hp_roots_clear (HpRoots *self);

/** The object @ref at @address was made or loaded. */
static inline void
hp_roots_accumulate (HpRoots *self, HpRef ref, HpAddress address)
{
  self->accumulator = (guint64) HP_VALUE_REF << 32 | address;
  self->accumulator_ref = ref;
}

/** The same of a slot's word, which refers to @ref. */
static inline void
hp_roots_accumulate_word (HpRoots *self, HpRef ref, guint64 word)
{
  self->accumulator = word;
  self->accumulator_ref = ref;
}

static inline void
hp_roots_empty_accumulator (HpRoots *self)
{
  self->accumulator = 0;
  self->accumulator_ref = HP_REF_NONE;
}

G_END_DECLS
