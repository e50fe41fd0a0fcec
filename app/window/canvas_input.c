/* canvas_input.c - pointing, scrolling, pinching and travelling on the canvas
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "canvas-private.h"

#include <math.h>

#define SCROLL_STEP 48.0
#define ZOOM_STEP 1.2
#define DRAG_THRESHOLD 6.0

/* ---- zoom and pan ----------------------------------------------------------------------------------------------- */

static void
zoom_at (HpCanvas *self, double factor, double x, double y)
{
  if (!hp_canvas_ensure_scene (self))
    return;
  hp_viewport_zoom_at (&self->viewport, factor, x, y);
  hp_canvas_repaint (self);
}

void
hp_canvas_zoom (HpCanvas *self, double factor)
{
  GtkWidget *widget = GTK_WIDGET (self);

  g_return_if_fail (HP_IS_CANVAS (self));

  zoom_at (self, factor, gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0);
}

void
hp_canvas_fit (HpCanvas *self)
{
  g_return_if_fail (HP_IS_CANVAS (self));

  if (!hp_canvas_ensure_scene (self))
    return;
  hp_viewport_fit (&self->viewport);
  hp_canvas_repaint (self);
}

static void
pan (HpCanvas *self, double dx, double dy)
{
  if (!hp_canvas_ensure_scene (self))
    return;
  hp_viewport_pan (&self->viewport, dx, dy);
  hp_canvas_repaint (self);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, HpCanvas *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (state & GDK_CONTROL_MASK)
    zoom_at (self, pow (ZOOM_STEP, -dy), self->pointer_x, self->pointer_y);
  else if (state & GDK_SHIFT_MASK)
    pan (self, -(dx + dy) * SCROLL_STEP, 0);
  else
    pan (self, -dx * SCROLL_STEP, -dy * SCROLL_STEP);
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (HpCanvas *self)
{
  self->pinch = 1;
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, HpCanvas *self)
{
  double x, y;

  if (!gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y))
    return;
  zoom_at (self, scale / self->pinch, x, y);
  self->pinch = scale;
}

static void
on_drag_begin (HpCanvas *self)
{
  self->drag_x = self->drag_y = 0;
}

/* A drag begins after a few pixels; until then it may still become a click. */
static void
on_drag (GtkGestureDrag *gesture, double x, double y, HpCanvas *self)
{
  gboolean dragging = gtk_gesture_get_sequence_state (GTK_GESTURE (gesture), NULL) == GTK_EVENT_SEQUENCE_CLAIMED
                      || self->drag_x != 0 || self->drag_y != 0;

  if (!dragging && hypot (x, y) < DRAG_THRESHOLD)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  pan (self, x - self->drag_x, y - self->drag_y);
  self->drag_x = x;
  self->drag_y = y;
}

/* ---- pointing --------------------------------------------------------------------------------------------------- */

static void
set_hover (HpCanvas *self, HpTarget hover)
{
  if (hp_target_equal (self->hover, hover))
    return;
  self->hover = hover;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, HpCanvas *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
  set_hover (self, hp_canvas_pick (self, x, y, NULL, NULL));
}

static void
on_leave (HpCanvas *self)
{
  set_hover (self, HP_TARGET_NOTHING);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, HpCanvas *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->session)
    hp_session_select (self->session, hp_canvas_pick (self, x, y, NULL, NULL));
}

static gboolean
hp_canvas_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  HpCanvas *self = HP_CANVAS (widget);
  const char *title = NULL;
  HpRect bounds, area;

  if (by_keyboard || hp_canvas_pick (self, x, y, &bounds, &title).kind == HP_TARGET_NONE || !title)
    return FALSE;
  area = hp_viewport_from_scene (&self->viewport, &bounds);
  gtk_tooltip_set_text (tooltip, title);
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle){ (int) area.x, (int) area.y, (int) area.width + 1, (int) area.height + 1 });
  return TRUE;
}

/* ---- travelling by keyboard ------------------------------------------------------------------------------------- */

void
hp_canvas_travel (HpCanvas *self, HpTravel direction)
{
  g_return_if_fail (HP_IS_CANVAS (self));

  if (hp_canvas_ensure_scene (self))
    hp_session_select (self->session, hp_scene_travel (self->scene, hp_session_selection (self->session), direction));
}

static gboolean
travel (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  hp_canvas_travel (HP_CANVAS (widget), (HpTravel) g_variant_get_int32 (arguments));
  return TRUE;
}

static gboolean
unselect (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  HpCanvas *self = HP_CANVAS (widget);

  if (!self->session || hp_session_selection (self->session).kind == HP_TARGET_NONE)
    return FALSE;
  hp_session_select (self->session, HP_TARGET_NOTHING);
  return TRUE;
}

static void
bind_travel (GtkWidgetClass *class, guint key, guint keypad_key, GdkModifierType modifiers, HpTravel direction)
{
  gtk_widget_class_add_binding (class, key, modifiers, travel, "i", (gint32) direction);
  gtk_widget_class_add_binding (class, keypad_key, modifiers, travel, "i", (gint32) direction);
}

/* Left and Right step through time everywhere in the window; with Ctrl they go from item to item. */
void
hp_canvas_class_init_input (GtkWidgetClass *class)
{
  class->query_tooltip = hp_canvas_query_tooltip;
  bind_travel (class, GDK_KEY_Left, GDK_KEY_KP_Left, GDK_CONTROL_MASK, HP_TRAVEL_LEFT);
  bind_travel (class, GDK_KEY_Right, GDK_KEY_KP_Right, GDK_CONTROL_MASK, HP_TRAVEL_RIGHT);
  bind_travel (class, GDK_KEY_Up, GDK_KEY_KP_Up, GDK_CONTROL_MASK, HP_TRAVEL_UP);
  bind_travel (class, GDK_KEY_Down, GDK_KEY_KP_Down, GDK_CONTROL_MASK, HP_TRAVEL_DOWN);
  bind_travel (class, GDK_KEY_Up, GDK_KEY_KP_Up, 0, HP_TRAVEL_PREVIOUS);
  bind_travel (class, GDK_KEY_Down, GDK_KEY_KP_Down, 0, HP_TRAVEL_NEXT);
  gtk_widget_class_add_binding (class, GDK_KEY_Escape, 0, unselect, NULL);
}

static void
add_gestures (HpCanvas *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag), self);
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

void
hp_canvas_init_input (HpCanvas *self)
{
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  add_gestures (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}
