/* theme.h - colours by meaning
 *
 * A view says what a thing *is* (a role); the theme says how that looks: a fill, a line colour, a text colour and a
 * pattern as second channel, so that nothing is told by colour alone. Roles have stable names for documentation,
 * legends and SVG classes: "object.dead", "mark.grey".
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

typedef enum
{
  HP_ROLE_NONE, /* transparent */
  HP_ROLE_BACKGROUND,
  HP_ROLE_PANEL, /* a region of the picture: stack, a space, RAM */
  HP_ROLE_PANEL_TITLE,
  HP_ROLE_TEXT,
  HP_ROLE_TEXT_DIM,
  HP_ROLE_FRAME, /* a stack frame */
  HP_ROLE_FRAME_ACTIVE,
  HP_ROLE_SLOT,
  HP_ROLE_FREE, /* memory that holds nothing */
  HP_ROLE_HEAP_PAGE,
  HP_ROLE_OBJECT, /* reachable, plain object */
  HP_ROLE_OBJECT_ARRAY,
  HP_ROLE_OBJECT_STRING,
  HP_ROLE_OBJECT_NUMBER,
  HP_ROLE_OBJECT_FUNCTION,
  HP_ROLE_OBJECT_COLLECTION,
  HP_ROLE_OBJECT_OTHER,
  HP_ROLE_OBJECT_DEAD, /* unreachable: garbage not yet collected */
  HP_ROLE_OBJECT_NEW,  /* touched by the current step */
  HP_ROLE_MARK_WHITE,
  HP_ROLE_MARK_GREY,
  HP_ROLE_MARK_BLACK,
  HP_ROLE_ARROW,
  HP_ROLE_ARROW_ACTIVE,
  HP_ROLE_ARROW_REMEMBERED, /* old to young */
  HP_ROLE_ARROW_WEAK,       /* keeps nothing alive */
  HP_ROLE_AGE_MARK,         /* a line in new space: what lies below survived once */
  HP_ROLE_PAGE_ABSENT,      /* address space only */
  HP_ROLE_PAGE_RESIDENT,
  HP_ROLE_PAGE_DIRTY,
  HP_ROLE_PAGE_SWAPPED,
  HP_ROLE_PAGE_FRAME_FREE,
  HP_ROLE_FAULT,
  HP_ROLE_SELECTION,
  HP_ROLE_HOVER,
  HP_ROLE_FOCUS,
  HP_ROLE_SERIES_1,
  HP_ROLE_SERIES_2,
  HP_ROLE_SERIES_3,
  HP_ROLE_SERIES_4,
  HP_N_ROLES
} HpRole;

typedef enum
{
  HP_PATTERN_PLAIN,
  HP_PATTERN_HATCH, /* diagonal lines */
  HP_PATTERN_CROSS, /* crossed lines */
  HP_PATTERN_DOTS,
  HP_PATTERN_DASHED, /* a dashed outline */
  HP_PATTERN_DOTTED, /* a dotted outline */
} HpPattern;

typedef struct
{
  double r, g, b, a; /* 0 … 1, not premultiplied */
} HpColor;

typedef struct
{
  HpColor fill;
  HpColor line;
  HpColor text; /* readable on fill (contrast at least 4.5 : 1) */
  HpPattern pattern;
  double width; /* of lines, in scene units; 0: no line */
} HpPaint;

typedef struct _HpTheme HpTheme;

/** One of "light", "dark", "high-contrast", "print"; NULL with @error naming these. (transfer none): lives for ever */
const HpTheme *hp_theme_find (const char *name, GError **error);
/** NULL-terminated. */
const char *const *hp_theme_names (void);
const char *hp_theme_name (const HpTheme *self);
const HpPaint *hp_theme_paint (const HpTheme *self, HpRole role);

const char *hp_role_name (HpRole role);
/** What the role means, for legends: translated. */
const char *hp_role_title (HpRole role);
/** Whether the role is shown even where a single cell is smaller than a pixel: it wins over its neighbours. */
gboolean hp_role_is_rare (HpRole role);

G_END_DECLS
