/* viewer.h - one loaded view plugin with its settings: a moment in, a scene out
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "plugin/host.h"
#include "scene/scene.h"
#include "scene/view.h"

G_BEGIN_DECLS

typedef struct _HpViewer HpViewer;

#define HP_VIEWER_FALLBACK "memory-map"

/** @id: (nullable): the fallback view, or the first there is. NULL with @error when none can be loaded. */
HpViewer *hp_viewer_new (HpHost *host, const char *id, GError **error);
void hp_viewer_free (HpViewer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpViewer, hp_viewer_free)

const HpManifest *hp_viewer_manifest (const HpViewer *self);

/** Fill @scene anew. */
void hp_viewer_build (
    HpViewer *self, const HpRecording *recording, HpMoment *moment, double width, double height, HpScene *scene);

G_END_DECLS
