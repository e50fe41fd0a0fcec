/* legend.c - around the picture: what goes on, above; what the colours mean, below
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LINE_HEIGHT 20.0
#define MOST_LINES 3
#define ENTRY_HEIGHT 16.0
#define SWATCH_WIDTH 18.0
#define ENTRY_GAP 14.0

/* In the order of the legend. Roles that explain themselves (a panel, a slot) are not in it. */
static const HpRole EXPLAINED[] = {
  HP_ROLE_OBJECT,          HP_ROLE_OBJECT_ARRAY,      HP_ROLE_OBJECT_STRING, HP_ROLE_OBJECT_NUMBER,
  HP_ROLE_OBJECT_FUNCTION, HP_ROLE_OBJECT_COLLECTION, HP_ROLE_OBJECT_OTHER,  HP_ROLE_OBJECT_DEAD,
  HP_ROLE_MARK_WHITE,      HP_ROLE_MARK_GREY,         HP_ROLE_MARK_BLACK,    HP_ROLE_FREE,
  HP_ROLE_OBJECT_NEW,      HP_ROLE_AGE_MARK,          HP_ROLE_ARROW,         HP_ROLE_ARROW_REMEMBERED,
  HP_ROLE_ARROW_WEAK,      HP_ROLE_PAGE_RESIDENT,     HP_ROLE_PAGE_DIRTY,    HP_ROLE_PAGE_SWAPPED,
  HP_ROLE_PAGE_ABSENT,     HP_ROLE_PAGE_FRAME_FREE,   HP_ROLE_FAULT,
};

static const char *
phase_title (HpPhase phase)
{
  switch (phase)
    {
    case HP_PHASE_FLIP:
      return _ ("the halves change names");
    case HP_PHASE_ROOTS:
      return _ ("visiting roots");
    case HP_PHASE_COPY:
      return _ ("copying survivors");
    case HP_PHASE_MARK:
      return _ ("marking");
    case HP_PHASE_WEAK:
      return _ ("clearing weak references");
    case HP_PHASE_SWEEP:
      return _ ("sweeping");
    case HP_PHASE_EVACUATE:
      return _ ("evacuating pages");
    case HP_PHASE_UPDATE:
      return _ ("updating references");
    case HP_PHASE_FINISH:
      return _ ("finishing");
    case HP_PHASE_MUTATOR:
    case HP_N_PHASES:
    default:
      return _ ("beginning");
    }
}

static char *
state_text (const Map *self)
{
  HpCollectionKind kind = hp_moment_collection (self->moment);

  if (kind == HP_COLLECTION_NONE && hp_moment_marking (self->moment) != HP_MARKING_OFF)
    return g_strdup (hp_moment_phase (self->moment) == HP_PHASE_MUTATOR ? _ ("The program runs; marking is on")
                                                                        : _ ("A step of incremental marking"));
  if (kind == HP_COLLECTION_NONE)
    return g_strdup (hp_moment_is_ended (self->moment) ? _ ("The run is over") : _ ("The program runs"));
  return g_strdup_printf (kind == HP_COLLECTION_YOUNG ? _ ("Scavenge: %s") : _ ("Full collection: %s"),
                          phase_title (hp_moment_phase (self->moment)));
}

/** How many bytes of @text, cut between words, fit into @width; at least one word. */
static gsize
fitting_words (Map *self, const char *text, double width)
{
  gsize best = 0;

  for (const char *end = text; *end != '\0';)
    {
      g_autofree char *head = NULL;

      end += strspn (end, " ");
      end += strcspn (end, " ");
      head = g_strndup (text, (gsize) (end - text));
      if (best > 0 && hp_scene_text_width (self->scene, head, HP_TEXT_HEADING) > width)
        break;
      best = (gsize) (end - text);
    }
  return best;
}

/** Wrapped at words. Returns the height. */
static double
draw_heading (Map *self, const char *text, double width)
{
  double y = MARGIN;

  for (guint line = 0; *text != '\0' && line < MOST_LINES; line++, y += LINE_HEIGHT)
    {
      gsize n = line + 1 < MOST_LINES ? fitting_words (self, text, width) : strlen (text);
      g_autofree char *words = g_strndup (text, n);

      map_text (
          self, (HpRect){ MARGIN, y, width, LINE_HEIGHT }, words, HP_TEXT_HEADING, HP_ALIGN_START, HP_ROLE_BACKGROUND);
      text += n + strspn (text + n, " ");
    }
  return y - MARGIN;
}

double
map_draw_strip (Map *self)
{
  const char *chapter = hp_moment_chapter (self->moment);
  g_autofree char *state = state_text (self);
  double chip = hp_scene_text_width (self->scene, state, HP_TEXT_STRONG) + 20;
  HpRect rect = { self->width - MARGIN - chip, MARGIN, chip, LINE_HEIGHT };
  HpRole role = hp_moment_collection (self->moment) == HP_COLLECTION_NONE ? HP_ROLE_PANEL : HP_ROLE_FRAME_ACTIVE;
  double height;

  hp_scene_begin_group (self->scene, "strip", _ ("What goes on"), HP_TARGET_NOTHING);
  height = draw_heading (self, chapter != NULL ? chapter : _ ("Memory map"), rect.x - MARGIN - GAP);
  hp_scene_add_box (self->scene, rect, rect.height / 2, role, HP_TARGET_NOTHING, NULL);
  map_text (self, rect, state, HP_TEXT_STRONG, HP_ALIGN_CENTRE, role);
  hp_scene_end_group (self->scene);
  return height;
}

/* ---- legend ----------------------------------------------------------------------------------------------------- */

static gboolean
is_arrow (HpRole role)
{
  return role == HP_ROLE_ARROW || role == HP_ROLE_ARROW_REMEMBERED || role == HP_ROLE_ARROW_WEAK;
}

static void
draw_swatch (Map *self, HpRect rect, HpRole role)
{
  double middle = rect.y + rect.height / 2, centre = rect.x + rect.width / 2;

  if (is_arrow (role))
    hp_scene_add_arrow (self->scene,
                        (HpArrowEnd){ rect.x + 2, middle, HP_SIDE_ANY, HP_TARGET_NOTHING },
                        (HpArrowEnd){ rect.x + rect.width, middle, HP_SIDE_ANY, HP_TARGET_NOTHING },
                        role,
                        G_MAXINT,
                        NULL);
  else if (role == HP_ROLE_AGE_MARK)
    hp_scene_add_line (
        self->scene, (double[]){ centre, rect.y, centre, rect.y + rect.height }, 2, HP_ROLE_AGE_MARK, NULL);
  else
    hp_scene_add_box (self->scene, rect, 2, role, HP_TARGET_NOTHING, NULL);
}

double
map_draw_legend (Map *self, double y, double width)
{
  double x = MARGIN, at = y;

  if (!self->shows_legend)
    return 0;
  hp_scene_begin_group (self->scene, "legend", _ ("Legend"), HP_TARGET_NOTHING);
  for (guint i = 0; i < G_N_ELEMENTS (EXPLAINED); i++)
    {
      HpRole role = EXPLAINED[i];
      const char *title = hp_role_title (role);
      double text = hp_scene_text_width (self->scene, title, HP_TEXT_SMALL) + 1;

      if (!self->used[role])
        continue;
      if (x > MARGIN && x + SWATCH_WIDTH + 5 + text > width - MARGIN)
        {
          x = MARGIN;
          at += ENTRY_HEIGHT;
        }
      draw_swatch (self, (HpRect){ x, at + 2, SWATCH_WIDTH, ENTRY_HEIGHT - 4 }, role);
      map_text (self,
                (HpRect){ x + SWATCH_WIDTH + 5, at, text, ENTRY_HEIGHT },
                title,
                HP_TEXT_SMALL,
                HP_ALIGN_START,
                HP_ROLE_BACKGROUND);
      x += SWATCH_WIDTH + 5 + text + ENTRY_GAP;
    }
  hp_scene_end_group (self->scene);
  return at + ENTRY_HEIGHT - y;
}
