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
  /* The call stack, which belongs to another room. @quietly: without telling the pager. */
  void (*visit_stack) (gpointer stack, gboolean quietly, HpRootVisit visit, gpointer data);
  /* The local at an absolute stack slot, as a reader would say it: "local a of main". (transfer full) */
  char *(*name_local) (gpointer namer, guint32 holder);
  gpointer stack, namer;
} HpRoots;

/** Room for root @id; it holds nothing yet. */
void hp_roots_define (HpRoots *self, guint32 id);
void hp_roots_clear (HpRoots *self);

G_END_DECLS
