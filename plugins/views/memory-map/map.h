/* map.h - what the parts of the memory map share: the moment, the scale, where each heap page lies
 *
 * The picture is laid out in two passes: *measure* finds how high each part wants to be, *draw* puts it there. Where a
 * word of the heap lies follows from its address alone (map_word_rect), so arrows need no table of objects.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/plugin.h"
#include "scene/view.h"

#define MARGIN 12.0
#define GAP 10.0
#define TITLE_HEIGHT 22.0
#define PADDING 8.0
#define NO_SLOT G_MAXUINT32

/** A heap page on the picture. */
typedef struct
{
  HpHeapPageState state;
  HpRect rect;   /* its box */
  double x, y;   /* of its first usable word, or of its cells */
  guint32 words; /* in a full row */
} PagePlace;

/** Where an arrow can start outside the heap. */
typedef struct
{
  HpTarget target;
  HpRef ref;
  double x, y;
} Source;

/** A text that lies above the arrows. */
typedef struct
{
  HpRect rect;
  char *text;
  HpTextStyle style;
  HpAlign align;
  HpRole on;
} Label;

/** A panel of heap pages: one space or, of new space, both halves. */
typedef struct
{
  HpRect rect;
  double sub_y[2]; /* of new space: the lines above the halves */
} SpacePlace;

typedef struct
{
  /* What is shown. */
  HpScene *scene;
  HpMoment *moment;
  const HpRecording *recording;
  const HpDefinitions *definitions;
  const guint8 *reachable;
  gboolean shows_references;
  gboolean shows_pages;
  gboolean shows_legend;
  double width, height; /* wished for */

  /* What the current event touches. */
  HpRef touched;
  guint32 touched_slot; /* of the stack, NO_SLOT: none */
  guint32 touched_root;
  guint32 touched_page;
  gboolean is_fault;

  /* The scale of the heap. */
  gboolean as_cells;
  gboolean prefers_boxes;
  double word_width, row_height;
  guint words_per_row;
  double page_side; /* of a page that is a map of cells */
  GArray *pages;    /* PagePlace, by address */
  double most_cell; /* side of a cell in a map of pages of virtual memory */
  guint32 n_frames, n_swapped, n_mapped, n_dirty;
  guint32 last_mapped;                          /* id of a page; those after it come later in the recording */
  SpacePlace new_space, old_space, large_space; /* the last one of height 0 where there are no large objects */

  /* Gathered while drawing. */
  GArray *sources;      /* Source */
  GArray *labels;       /* Label */
  gboolean keeps_texts; /* as labels, since arrows come between */
  gboolean used[HP_N_ROLES];
} Map;

/* map.c: drawing with a note of the roles used, for the legend */
void map_init (Map *self, const HpViewContext *context, HpScene *scene);
void map_clear (Map *self);
void map_box (Map *self, HpRect rect, double radius, HpRole role, HpTarget target, const char *title);
void map_text (Map *self, HpRect rect, const char *text, HpTextStyle style, HpAlign align, HpRole on);
/** Begins a group; map_end_panel() ends it. Returns what is left below the title. */
HpRect map_begin_panel (Map *self, HpRect rect, const char *id, const char *title, const char *remark, HpTarget target);
void map_end_panel (Map *self);
/** Height of a panel around @content. */
double map_panel_height (double content);
/** @start and @end share one line; @end is left out where it does not fit. */
void map_line (Map *self, HpRect rect, const char *start, HpTextStyle style, const char *end, HpRole on);
void map_outline (Map *self, HpRect rect, double radius);
/** "1,234 B", "16.0 KB". (transfer full) */
char *map_bytes_text (guint64 bytes);
/** (transfer full) */
char *map_used_text (guint64 used, guint64 capacity);

/* touch.c */
void map_find_touched (Map *self, const HpEvent *event);

/* stack.c */
double map_measure_stack (Map *self);
double map_measure_globals (Map *self);
void map_draw_stack (Map *self, HpRect rect);
void map_draw_globals (Map *self, HpRect rect);

/* heap.c */
/** Choose the scale for a column @width wide, wishing for @height, and place the pages from (@x, @y) on. */
double map_place_heap (Map *self, double x, double y, double width, double height);
void map_draw_heap (Map *self);
const PagePlace *map_find_page (const Map *self, HpAddress address);
/** The first word of a page that can hold objects. */
HpAddress map_page_start (const PagePlace *page);
HpRole map_object_role (const Map *self, HpRef ref, const HpObjectState *object);

/* objects.c */
/** Words @from … @end of a page in one row. */
HpRect map_words_rect (const Map *self, const PagePlace *page, guint32 from, guint32 end);
/** The largest piece of an object: where its name stands and arrows end. */
gboolean map_object_rect (const Map *self, const HpObjectState *object, HpRect *rect);
/** Where the word of slot @index of @ref lies. */
gboolean map_slot_rect (const Map *self, const HpObjectState *object, guint32 index, HpRect *rect);
void map_draw_objects (Map *self, const PagePlace *page);
void map_draw_age_mark (Map *self, const PagePlace *page);

/* cells.c */
void map_draw_cells (Map *self, const PagePlace *page);

/* ram.c */
gboolean map_has_pages (const Map *self);
/** Whether the run only touches pages: no program of its own, no heap in use. */
gboolean map_is_trace (const Map *self);
/** RAM, swap and address space below each other in a column. */
double map_measure_ram (Map *self, double width);
void map_draw_ram (Map *self, HpRect rect);
/** The same side by side, as the whole picture. */
double map_measure_wide_ram (Map *self, double width, double height);
void map_draw_wide_ram (Map *self, HpRect rect);

/* counts.c */
double map_measure_counts (const Map *self);
void map_draw_counts (Map *self, HpRect area);

/* arrows.c */
void map_draw_arrows (Map *self);

/* legend.c */
/** Returns its height. */
double map_draw_strip (Map *self);
/** Returns its height. */
double map_draw_legend (Map *self, double y, double width);
