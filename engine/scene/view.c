/* view.c - runs the callback of a view plugin
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/view.h"

struct _HpViewContext
{
  const HpSettings *settings;
  const HpRecording *recording;
  HpMoment *moment;
  double width, height;
};

const HpSettings *
hp_view_context_settings (const HpViewContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  return context->settings;
}

const HpRecording *
hp_view_context_recording (const HpViewContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  return context->recording;
}

HpMoment *
hp_view_context_moment (const HpViewContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);

  return context->moment;
}

const HpEvent *
hp_view_context_event (const HpViewContext *context)
{
  guint64 step;

  g_return_val_if_fail (context != NULL, NULL);

  step = hp_moment_step (context->moment);
  return step > 0 ? hp_recording_event (context->recording, step - 1) : NULL;
}

double
hp_view_context_width (const HpViewContext *context)
{
  g_return_val_if_fail (context != NULL, 0);

  return context->width;
}

double
hp_view_context_height (const HpViewContext *context)
{
  g_return_val_if_fail (context != NULL, 0);

  return context->height;
}

void
hp_view_build (const HpView *view,
               gpointer self,
               const HpSettings *settings,
               const HpRecording *recording,
               HpMoment *moment,
               double width,
               double height,
               HpScene *scene)
{
  HpViewContext context = { settings, recording, moment, width, height };

  g_return_if_fail (view != NULL && view->build != NULL);
  g_return_if_fail (recording != NULL && moment != NULL && scene != NULL);

  hp_scene_clear (scene);
  view->build (self, &context, scene);
}
