/* scene.h - a display list with ids: what a view makes and everything else reads
 *
 * A scene is a list of items in paint order, in scene units (1 unit = 1 pixel at zoom 1). Each item may carry the
 * target it shows. Painting, picking, tooltips, keyboard travel, accessible text and exports all read the same items.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"
#include "scene/theme.h"

G_BEGIN_DECLS

/** What an item shows. */
typedef enum
{
  HP_TARGET_NONE,
  HP_TARGET_OBJECT,     /* id: ref */
  HP_TARGET_SLOT,       /* id: ref, sub: slot index */
  HP_TARGET_FRAME,      /* id: index of the stack frame, oldest 0 */
  HP_TARGET_STACK_SLOT, /* id: absolute stack slot */
  HP_TARGET_ROOT,       /* id: root id */
  HP_TARGET_SPACE,      /* id: HpSpace */
  HP_TARGET_HEAP_PAGE,  /* id: HpAddress */
  HP_TARGET_PAGE,       /* id: page id */
  HP_TARGET_PAGE_FRAME, /* id: number of the page frame of RAM */
  HP_TARGET_COLLECTION, /* id: ordinal */
  HP_TARGET_STEP,       /* id: step */
  HP_N_TARGET_KINDS
} HpTargetKind;

typedef struct
{
  HpTargetKind kind;
  guint32 id;
  guint32 sub;
} HpTarget;

#define HP_TARGET_NOTHING ((HpTarget){ HP_TARGET_NONE, 0, 0 })
#define HP_TARGET(kind, id) ((HpTarget){ (kind), (id), 0 })

static inline gboolean
hp_target_equal (HpTarget a, HpTarget b)
{
  return a.kind == b.kind && a.id == b.id && a.sub == b.sub;
}

typedef struct
{
  double x, y, width, height;
} HpRect;

typedef enum
{
  HP_TEXT_SMALL,   /* 9 units high */
  HP_TEXT_NORMAL,  /* 11 */
  HP_TEXT_STRONG,  /* 11 bold */
  HP_TEXT_HEADING, /* 14 bold */
  HP_TEXT_MONO,    /* 10, fixed width */
  HP_N_TEXT_STYLES
} HpTextStyle;

typedef enum
{
  HP_ALIGN_START,
  HP_ALIGN_CENTRE,
  HP_ALIGN_END,
} HpAlign;

typedef enum
{
  HP_ITEM_BOX,
  HP_ITEM_TEXT,
  HP_ITEM_ARROW,
  HP_ITEM_CELLS,
  HP_ITEM_LINE, /* a polyline: series */
} HpItemKind;

typedef struct _HpScene HpScene;

HpScene *hp_scene_new (void);
void hp_scene_free (HpScene *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpScene, hp_scene_free)
/** Empty it for the next moment, keeping its memory. */
void hp_scene_clear (HpScene *self);

/* ---- building (views) ------------------------------------------------------------------------------------------- */

/** Size of the picture; views call it once, after layout. */
void hp_scene_set_size (HpScene *self, double width, double height);
/** One sentence for who cannot see the picture, and the SVG's <desc>. */
void hp_scene_set_description (HpScene *self, const char *text);

/**
 * Items added between begin and end form a group with an accessible @title ("Stack", "Old space"); groups nest. SVG
 * gives each a <g id="…">. @id: ASCII name, unique in the scene.
 */
void hp_scene_begin_group (HpScene *self, const char *id, const char *title, HpTarget target);
void hp_scene_end_group (HpScene *self);

/** A rectangle, filled and outlined as @role says. @title (nullable): tooltip, accessible name and SVG <title>. */
void hp_scene_add_box (HpScene *self, HpRect rect, double radius, HpRole role, HpTarget target, const char *title);

/**
 * One line of text inside @rect, centred vertically, aligned and cut with "…" where it does not fit. Nothing is drawn
 * where not even two letters fit. @on: the role of what lies under it (decides the colour); the text itself is never a
 * target: the box under it is.
 */
void hp_scene_add_text (HpScene *self, HpRect rect, const char *text, HpTextStyle style, HpAlign align, HpRole on);

/** Width of @text in scene units, as it will be painted and exported. */
double hp_scene_text_width (HpScene *self, const char *text, HpTextStyle style);

/** Which way an arrow leaves what it starts from, or which side it enters what it ends at. */
typedef enum
{
  HP_SIDE_ANY, /* whatever gives the calmest line */
  HP_SIDE_LEFT,
  HP_SIDE_RIGHT,
  HP_SIDE_TOP,
  HP_SIDE_BOTTOM,
} HpSide;

typedef struct
{
  double x, y;
  HpSide side;
  HpTarget target;
} HpArrowEnd;

/**
 * A curved arrow with a dot where it starts and a head where it ends. @rank: when there are more than 150 arrows, those
 * of lower rank are left out; 0 is lowest. Selection lights up arrows of the selected target.
 */
void hp_scene_add_arrow (HpScene *self, HpArrowEnd from, HpArrowEnd to, HpRole role, int rank, const char *title);

/**
 * A map of many equal cells, row by row, @columns a row: cell i has role @roles[i] (bytes of HpRole; copied) and target
 * (@kind, @first_id + i). Painted as one raster when cells are small, as rectangles when large.
 */
void hp_scene_add_cells (HpScene *self,
                         HpRect rect,
                         guint columns,
                         const guint8 *roles,
                         gsize n,
                         HpTargetKind kind,
                         guint32 first_id,
                         const char *title);

/** A line through @n points (x, y alternating; copied). */
void hp_scene_add_line (HpScene *self, const double *points, gsize n, HpRole role, const char *title);

/* ---- reading (window, exports, tests) --------------------------------------------------------------------------- */

typedef struct
{
  HpItemKind kind;
  HpRole role;
  HpRect rect; /* of all kinds: the bounds */
  double radius;
  HpTarget target;
  const char *title; /* nullable */
  const char *text;  /* of texts */
  HpTextStyle style;
  HpAlign align;
  HpArrowEnd from, to; /* of arrows; target is that of from */
  int rank;
  const guint8 *cells; /* of cells */
  gsize n_cells;
  guint columns;
  const double *points; /* of lines */
  gsize n_points;
  int group; /* index of the innermost group, -1: none */
} HpItem;

typedef struct
{
  const char *id;
  const char *title;
  HpTarget target;
  int parent; /* -1: none */
} HpGroup;

double hp_scene_width (const HpScene *self);
double hp_scene_height (const HpScene *self);
const char *hp_scene_description (const HpScene *self);
gsize hp_scene_n_items (const HpScene *self);
const HpItem *hp_scene_item (const HpScene *self, gsize i);
gsize hp_scene_n_groups (const HpScene *self);
const HpGroup *hp_scene_group (const HpScene *self, gsize i);

/** The topmost target at a point (no target: all zero), with its bounds and title where wanted. */
HpTarget hp_scene_pick (const HpScene *self, double x, double y, HpRect *bounds, const char **title);
/** Bounds of @target: of the first item that shows it. FALSE when nothing does. */
gboolean hp_scene_find (const HpScene *self, HpTarget target, HpRect *bounds, const char **title);

typedef enum
{
  HP_TRAVEL_LEFT,
  HP_TRAVEL_RIGHT,
  HP_TRAVEL_UP,
  HP_TRAVEL_DOWN,
  HP_TRAVEL_NEXT, /* in paint order: Tab */
  HP_TRAVEL_PREVIOUS,
} HpTravel;

/** The target nearest to @from in a direction; from nothing, the first. Returns @from when there is none further. */
HpTarget hp_scene_travel (const HpScene *self, HpTarget from, HpTravel direction);

G_END_DECLS
