/* viewer.c - one loaded view plugin with its settings: a moment in, a scene out
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "viewer.h"

struct _HpViewer
{
  const HpManifest *manifest; /* borrowed from the host, as the view */
  const HpView *view;
  gpointer instance;
  HpSettings *settings;
};

static const HpManifest *
first_view (HpHost *host)
{
  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);

      if (entry.manifest && !entry.refusal && entry.manifest->kind == HP_PLUGIN_VIEW)
        return entry.manifest;
    }
  return NULL;
}

static const HpManifest *
find_view (HpHost *host, const char *id, GError **error)
{
  const HpManifest *manifest;

  if (id)
    return hp_host_find (host, HP_PLUGIN_VIEW, id, error);
  manifest = hp_host_find (host, HP_PLUGIN_VIEW, HP_VIEWER_FALLBACK, NULL);
  if (!manifest)
    manifest = first_view (host);
  return manifest ? manifest : hp_host_find (host, HP_PLUGIN_VIEW, HP_VIEWER_FALLBACK, error);
}

HpViewer *
hp_viewer_new (HpHost *host, const char *id, GError **error)
{
  const HpManifest *manifest = find_view (host, id, error);
  const HpPlugin *plugin = manifest ? hp_host_load (host, manifest, error) : NULL;
  HpViewer *self;

  if (!plugin)
    return NULL;
  self = g_new0 (HpViewer, 1);
  self->manifest = manifest;
  self->view = plugin->view;
  self->settings = hp_manifest_settings_new (manifest);
  if (self->view->create)
    self->instance = self->view->create ();
  return self;
}

void
hp_viewer_free (HpViewer *self)
{
  if (!self)
    return;
  if (self->view->destroy)
    self->view->destroy (self->instance);
  hp_settings_free (self->settings);
  g_free (self);
}

const HpManifest *
hp_viewer_manifest (const HpViewer *self)
{
  return self->manifest;
}

void
hp_viewer_build (
    HpViewer *self, const HpRecording *recording, HpMoment *moment, double width, double height, HpScene *scene)
{
  hp_scene_clear (scene);
  hp_view_build (self->view, self->instance, self->settings, recording, moment, width, height, scene);
}
