/* moment_private.h - what a moment is made of; for the files that fold events and answer questions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/column.h"
#include "recording/moment.h"

G_BEGIN_DECLS

/* Objects, slots, stack and pages grow by index and are cut off by the counters below; what lies behind a counter is
 * zero, or stale from a reverted event and set anew before the counter passes it. */
struct _HpMoment
{
  const HpDefinitions *definitions;
  guint64 step;
  HpCounters counters;

  guint32 source, location, explanation, chapter; /* ids and HP_LOCATION */
  guint32 collection_ordinal;                     /* of the latest one */
  guint8 phase, collection, marking, to_space, ended;
  HpAddress age_mark;
  guint32 limits[HP_N_LIMITS]; /* words */

  guint32 n_frames, n_stack_slots, n_objects, n_page_frames;
  guint64 n_slots;

  HpColumn frames;      /* HpFrameState */
  HpColumn stack;       /* HpValue by absolute slot */
  HpColumn roots;       /* HpValue by root id */
  HpColumn objects;     /* HpObjectState by ref */
  HpColumn slots;       /* HpValue by HpObjectState.first_slot + index; HP_SLOT_REMEMBERED in its kind */
  HpColumn colours;     /* guint8 HpColour by ref: apart, since marking rewrites it for every object and nothing else */
  HpColumn object_at;   /* ref by word address */
  HpColumn pages;       /* HpPageCell by page id */
  HpColumn page_frames; /* HpFrameUse by page frame */
  HpColumn pretenures;  /* guint8 HpPretenure by string id of the site's name */
  HpColumn externals;   /* guint32 bytes outside of the heap, by ref */
  GArray *heap_pages;   /* HpHeapPageState, by address */

  gsize *account; /* g_rc_box: what this moment and its copies take together, in bytes of columns */

  guint8 *reachable; /* kept answer of hp_moment_reachable(), NULL when the moment moved */
};

/* A page of virtual memory. There may be millions, and each keyframe has its own of those that changed. */
typedef struct
{
  guint32 frame : 24; /* + 1, so that zero is "none" */
  guint32 flags : 7;  /* HpPageFlags */
  guint32 mapped : 1;
} HpPageCell;

/* Page frames are numbered 0 … HP_MOMENT_MAX_PAGE_FRAMES - 1: as many as there can be pages. */
#define HP_MOMENT_MAX_PAGE_FRAMES ((1u << 24) - 1)

/* A page frame of RAM. fills counts its FAULTs so far, so that n_page_frames (one more than the last frame with fills)
 * can be taken back. */
typedef struct
{
  guint32 page; /* id, 0: free */
  guint32 fills;
} HpFrameUse;

#define HP_SLOT_REMEMBERED (1u << 8)

/* Where hostile recordings end: slots of all objects ever, of the stack; frames of it; heap pages at a time. */
#define HP_MOMENT_MAX_SLOTS (G_MAXUINT32 - 1)
#define HP_MOMENT_MAX_STACK_SLOTS (1u << 24)
#define HP_MOMENT_MAX_STACK_FRAMES (1u << 22)
#define HP_MOMENT_MAX_HEAP_PAGES (1u << 16)

/* The value of a slot, a local or a root without its flags. */
static inline HpValue
hp_moment_value_in (const HpColumn *column, guint32 i)
{
  const HpValue *value = hp_column_read (column, i);

  return value ? (HpValue){ value->kind & 0xff, value->payload } : HP_VALUE_NOTHING;
}

static inline HpObjectState *
hp_moment_write_object (HpMoment *self, HpRef ref)
{
  return hp_column_write (&self->objects, ref);
}

/** Bytes of columns: of this moment, be they shared or its own; and of it and all its copies together. */
gsize hp_moment_bytes (const HpMoment *self);
gsize hp_moment_family_bytes (const HpMoment *self);

/* The index in heap_pages of the page at @address, or where it would go. */
guint hp_moment_heap_page_index (const HpMoment *self, HpAddress address, gboolean *found);

G_END_DECLS
