/* view.h - what a view plugin provides: a moment in, a scene out
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/settings.h"
#include "scene/scene.h"

G_BEGIN_DECLS

/** What a view may ask for. Grows by accessors. Valid during the callback. */
typedef struct _HpViewContext HpViewContext;

/** The view's own settings, as its manifest declares them. */
const HpSettings *hp_view_context_settings (const HpViewContext *context);
const HpRecording *hp_view_context_recording (const HpViewContext *context);
/** Stands at the step to show. Not const: questions such as hp_moment_reachable() keep their answer in it. */
HpMoment *hp_view_context_moment (const HpViewContext *context);
/** The event that led here, or NULL at step 0: what to light up. */
const HpEvent *hp_view_context_event (const HpViewContext *context);
/** The space at hand, in scene units: a wish, for layouts that can flow. Exports ask for 1280 x 800. */
double hp_view_context_width (const HpViewContext *context);
double hp_view_context_height (const HpViewContext *context);

/**
 * HpView:
 * @struct_size: sizeof (HpView)
 * @create: (nullable): makes the instance handed to every call as @self
 * @destroy: (nullable)
 * @build: fill @scene, which is empty, with the picture of the moment
 *
 * A view must be a function of the context: same moment, same settings, same size: same scene.
 */
typedef struct _HpView
{
  gsize struct_size;
  gpointer (*create) (void);
  void (*destroy) (gpointer self);
  void (*build) (gpointer self, const HpViewContext *context, HpScene *scene);
} HpView;

/* ---- for who runs views ----------------------------------------------------------------------------------------- */

/** Build the scene of @view for @moment (at a step of @recording). */
void hp_view_build (const HpView *view,
                    gpointer self,
                    const HpSettings *settings,
                    const HpRecording *recording,
                    HpMoment *moment,
                    double width,
                    double height,
                    HpScene *scene);

G_END_DECLS
