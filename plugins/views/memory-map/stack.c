/* stack.c - the call stack, newest frame on top as a stack grows, and the global variables
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "map.h"

#include <glib/gi18n-lib.h>

#define HEADER_HEIGHT 20.0
#define ROW_HEIGHT 17.0
#define FRAME_GAP 6.0
#define FRAME_PADDING 4.0
#define CAPTION_HEIGHT 18.0
#define MOST_LOCALS 24
#define MOST_ROOTS 16
/* Of the wished height, what is not for frames; and the least there is for them. */
#define AROUND_FRAMES 170.0
#define LEAST_FRAMES_HEIGHT 360.0

static guint32
shown_locals (const HpFrameState *frame)
{
  return MIN (frame->n_slots, MOST_LOCALS);
}

static double
frame_height (const HpFrameState *frame)
{
  double rows = shown_locals (frame) + (frame->n_slots > MOST_LOCALS ? 1 : 0);

  return HEADER_HEIGHT + rows * ROW_HEIGHT + (rows > 0 ? FRAME_PADDING : 0);
}

/** How many frames are shown, from the newest on, and how high they are together. */
static guint32
shown_frames (const Map *self, double *height)
{
  guint32 n = hp_moment_n_frames (self->moment), shown = 0;
  double room = MAX (self->height - AROUND_FRAMES, LEAST_FRAMES_HEIGHT);

  *height = 0;
  while (shown < n)
    {
      double more = frame_height (hp_moment_frame (self->moment, n - 1 - shown)) + (shown > 0 ? FRAME_GAP : 0);

      if (shown > 0 && *height + more > room)
        break;
      *height += more;
      shown++;
    }
  if (shown < n)
    *height += CAPTION_HEIGHT;
  return shown;
}

double
map_measure_stack (Map *self)
{
  double height;

  shown_frames (self, &height);
  return map_panel_height (MAX (height, CAPTION_HEIGHT));
}

/** One row: a name and its value; a reference also starts an arrow at the right edge. */
static void
draw_row (Map *self, HpRect rect, const char *name, HpValue value, HpTarget target, gboolean is_touched)
{
  g_autofree char *text = value.kind == HP_VALUE_EMPTY ? g_strdup ("—") : hp_moment_value_text (self->moment, value);
  g_autofree char *title = g_strdup_printf ("%s = %s", name, text);
  HpRef ref = hp_value_get_ref (value);
  HpRect line = { rect.x + 5, rect.y, rect.width - 10 - (ref != HP_REF_NONE ? 8 : 0), rect.height };
  double width = MIN (hp_scene_text_width (self->scene, name, HP_TEXT_MONO) + 1, line.width * 0.6);

  map_box (self, rect, 2, HP_ROLE_SLOT, target, title);
  map_text (self, (HpRect){ line.x, line.y, width, line.height }, name, HP_TEXT_MONO, HP_ALIGN_START, HP_ROLE_SLOT);
  map_text (self,
            (HpRect){ line.x + width + 6, line.y, line.width - width - 6, line.height },
            text,
            HP_TEXT_MONO,
            HP_ALIGN_END,
            value.kind == HP_VALUE_EMPTY ? HP_ROLE_TEXT_DIM : HP_ROLE_SLOT);
  if (ref != HP_REF_NONE)
    {
      Source source = { target, ref, rect.x + rect.width - 5, rect.y + rect.height / 2 };

      g_array_append_val (self->sources, source);
    }
  if (is_touched)
    map_outline (self, rect, 2);
}

static const char *
local_name (const HpFunction *function, guint32 i)
{
  if (function != NULL && i < function->n_locals && function->local_names != NULL && function->local_names[i] != NULL)
    return function->local_names[i];
  return _ ("(temp.)");
}

static void
draw_frame (Map *self, HpRect rect, guint32 index)
{
  const HpFrameState *frame = hp_moment_frame (self->moment, index);
  const HpFunction *function = hp_definitions_function (self->definitions, frame->function);
  const char *name = function != NULL ? function->name : _ ("(unknown)");
  gboolean is_newest = index + 1 == hp_moment_n_frames (self->moment);
  HpRole role = is_newest ? HP_ROLE_FRAME_ACTIVE : HP_ROLE_FRAME;
  g_autofree char *title = g_strdup_printf (is_newest ? _ ("Stack frame of %s, which runs") : _ ("Stack frame of %s"),
                                            name);
  double y = rect.y + HEADER_HEIGHT;

  map_box (self, rect, 4, role, HP_TARGET (HP_TARGET_FRAME, index), title);
  map_line (self,
            (HpRect){ rect.x + 7, rect.y + 1, rect.width - 14, HEADER_HEIGHT - 2 },
            name,
            HP_TEXT_STRONG,
            is_newest ? _ ("running") : NULL,
            role);
  for (guint32 i = 0; i < shown_locals (frame); i++, y += ROW_HEIGHT)
    draw_row (self,
              (HpRect){ rect.x + 4, y, rect.width - 8, ROW_HEIGHT - 1 },
              local_name (function, i),
              hp_moment_stack_slot (self->moment, frame->first_slot + i),
              HP_TARGET (HP_TARGET_STACK_SLOT, frame->first_slot + i),
              self->touched_slot == frame->first_slot + i);
  if (frame->n_slots > MOST_LOCALS)
    {
      guint32 more = frame->n_slots - MOST_LOCALS;
      g_autofree char *text = g_strdup_printf (ngettext ("%u more local", "%u more locals", more), more);

      map_text (
          self, (HpRect){ rect.x + 9, y, rect.width - 18, ROW_HEIGHT }, text, HP_TEXT_SMALL, HP_ALIGN_START, role);
    }
}

void
map_draw_stack (Map *self, HpRect rect)
{
  guint32 n = hp_moment_n_frames (self->moment);
  g_autofree char *remark = g_strdup_printf (ngettext ("%u frame", "%u frames", n), n);
  HpRect inner = map_begin_panel (self, rect, "stack", _ ("Stack"), n > 0 ? remark : NULL, HP_TARGET_NOTHING);
  double unused, y = inner.y;
  guint32 shown = shown_frames (self, &unused);

  if (n == 0)
    map_text (self,
              (HpRect){ inner.x, inner.y, inner.width, CAPTION_HEIGHT },
              _ ("No function is running."),
              HP_TEXT_NORMAL,
              HP_ALIGN_CENTRE,
              HP_ROLE_TEXT_DIM);
  for (guint32 i = 0; i < shown; i++)
    {
      double height = frame_height (hp_moment_frame (self->moment, n - 1 - i));

      draw_frame (self, (HpRect){ inner.x, y, inner.width, height }, n - 1 - i);
      y += height + FRAME_GAP;
    }
  if (shown < n)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u older frame", "%u older frames", n - shown), n - shown);

      map_text (self,
                (HpRect){ inner.x, y - FRAME_GAP, inner.width, CAPTION_HEIGHT },
                text,
                HP_TEXT_NORMAL,
                HP_ALIGN_CENTRE,
                HP_ROLE_TEXT_DIM);
    }
  map_end_panel (self);
}

/* ---- globals ---------------------------------------------------------------------------------------------------- */

/** Roots that hold nothing are left out: a runtime has many that it seldom needs. */
static gboolean
is_shown (const Map *self, guint32 id)
{
  return hp_moment_root (self->moment, id).kind != HP_VALUE_EMPTY || self->touched_root == id;
}

static guint32
n_roots (const Map *self)
{
  guint32 n = 0;

  for (guint32 id = hp_definitions_count (self->definitions, HP_DEFINITION_ROOT); id > 0; id--)
    n += is_shown (self, id);
  return n;
}

double
map_measure_globals (Map *self)
{
  guint32 n = n_roots (self);

  if (hp_definitions_count (self->definitions, HP_DEFINITION_ROOT) == 0)
    return 0;
  return map_panel_height (CLAMP (n, 1, MOST_ROOTS) * ROW_HEIGHT - 1 + (n > MOST_ROOTS ? ROW_HEIGHT : 0));
}

void
map_draw_globals (Map *self, HpRect rect)
{
  guint32 n = n_roots (self), shown = 0;
  HpRect inner = map_begin_panel (self, rect, "globals", _ ("Globals"), NULL, HP_TARGET_NOTHING);
  double y = inner.y;

  for (guint32 id = 1; shown < MIN (n, MOST_ROOTS); id++)
    {
      if (!is_shown (self, id))
        continue;
      draw_row (self,
                (HpRect){ inner.x, y, inner.width, ROW_HEIGHT - 1 },
                hp_definitions_root (self->definitions, id)->name,
                hp_moment_root (self->moment, id),
                HP_TARGET (HP_TARGET_ROOT, id),
                self->touched_root == id);
      y += ROW_HEIGHT;
      shown++;
    }
  if (n > MOST_ROOTS)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u more global", "%u more globals", n - MOST_ROOTS),
                                               n - MOST_ROOTS);

      map_text (
          self, (HpRect){ inner.x, y, inner.width, ROW_HEIGHT }, text, HP_TEXT_SMALL, HP_ALIGN_START, HP_ROLE_TEXT_DIM);
    }
  map_end_panel (self);
}
