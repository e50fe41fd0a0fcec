/* render.c - `heaparium-cli render`: one moment of a run as a picture
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "at.h"
#include "input.h"
#include "scene/export.h"
#include "scene/theme.h"
#include "scene/view.h"

#include <string.h>

static struct
{
  char *output;
  char *view;
  char *at;
  char *theme;
  double scale;
  double width, height;
  gboolean transparent;
  gboolean outlines;
  gint64 selected;
} options = { .scale = 1, .width = 1280, .height = 800 };

static const GOptionEntry ENTRIES[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, N_ ("The picture: .png, .svg or .pdf"), N_ ("FILE") },
  { "at", 0, 0, G_OPTION_ARG_STRING, &options.at, CLI_AT_HELP, N_ ("STEP") },
  { "view",
    0,
    0,
    G_OPTION_ARG_STRING,
    &options.view,
    N_ ("The view; by default the one that the scenario asks for"),
    N_ ("ID") },
  { "theme", 0, 0, G_OPTION_ARG_STRING, &options.theme, N_ ("light, dark, high-contrast or print"), N_ ("NAME") },
  { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &options.scale, N_ ("0.25 to 8; 2 doubles the pixels of a PNG"), N_ ("S") },
  { "width",
    0,
    0,
    G_OPTION_ARG_DOUBLE,
    &options.width,
    N_ ("The width that the view may use; 1280 by default"),
    N_ ("W") },
  { "height",
    0,
    0,
    G_OPTION_ARG_DOUBLE,
    &options.height,
    N_ ("The height that the view may use; 800 by default"),
    N_ ("H") },
  { "transparent", 0, 0, G_OPTION_ARG_NONE, &options.transparent, N_ ("Leave out the background"), NULL },
  { "outlines", 0, 0, G_OPTION_ARG_NONE, &options.outlines, N_ ("SVG: letters as outlines, not as text"), NULL },
  { "select", 0, 0, G_OPTION_ARG_INT64, &options.selected, N_ ("Select the object with this number"), N_ ("REF") },
  { NULL },
};

static gboolean
check_range (const char *option, double value, double min, double max, GError **error)
{
  if (value >= min && value <= max)
    return TRUE;
  g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("%s: found %g, expected %g to %g"), option, value, min, max);
  return FALSE;
}

/* What can be known to be wrong before the run, is. */
static gboolean
check_options (HpExportOptions *export, GError **error)
{
  if (options.output == NULL)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "%s", _ ("to which file? Say -o FILE"));
      return FALSE;
    }
  *export = (HpExportOptions){ .theme = hp_theme_find (options.theme ? options.theme : "light", error),
                               .scale = options.scale,
                               .transparent = options.transparent,
                               .text_as_outlines = options.outlines };
  if (options.selected != 0)
    export->selection = HP_TARGET (HP_TARGET_OBJECT, (guint32) options.selected);
  return export->theme != NULL && hp_export_format_from_path (options.output, &export->format, error)
         && check_range ("--scale", options.scale, 0.25, 8, error)
         && check_range ("--width", options.width, 100, 10000, error)
         && check_range ("--height", options.height, 100, 10000, error)
         && check_range ("--select", (double) options.selected, 0, G_MAXUINT32, error);
}

/* ---- the view --------------------------------------------------------------------------------------------------- */

/* The scenario that made the recording; NULL when it is not here. */
static const HpManifest *
scenario_of (const CliInput *input, const HpRecording *recording)
{
  const char *id = hp_recording_get_fact (recording, "scenario");

  if (input->run != NULL)
    return hp_run_scenario (input->run);
  return id ? hp_host_find (input->host, HP_PLUGIN_SCENARIO, id, NULL) : NULL;
}

/* The view that was asked for, else the scenario's, else the first there is. */
static const HpManifest *
find_view (const CliInput *input, const HpRecording *recording, GError **error)
{
  const HpManifest *scenario = scenario_of (input, recording);
  const HpManifest *view = NULL;

  if (options.view != NULL)
    return hp_host_find (input->host, HP_PLUGIN_VIEW, options.view, error);
  if (scenario != NULL && scenario->view != NULL)
    view = hp_host_find (input->host, HP_PLUGIN_VIEW, scenario->view, NULL);
  for (guint i = 0; view == NULL && i < hp_host_n_entries (input->host); i++)
    {
      HpPluginEntry entry = hp_host_entry (input->host, i);

      if (entry.refusal == NULL && entry.manifest->kind == HP_PLUGIN_VIEW)
        view = entry.manifest;
    }
  if (view == NULL)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "%s", _ ("no view was found at all"));
  return view;
}

/* Settings of @view with what `--set view.KEY=VALUE` said. */
static HpSettings *
view_settings (const CliInput *input, const HpManifest *view, GError **error)
{
  g_autoptr (HpSettings) settings = hp_manifest_settings_new (view);

  for (guint i = 0; i < input->view_sets->len; i++)
    {
      const char *set = g_ptr_array_index (input->view_sets, i);
      const char *equals = strchr (set, '=');
      g_autofree char *key = g_strndup (set, (gsize) (equals - set));

      if (hp_settings_set (settings, key, equals + 1, error))
        continue;
      g_prefix_error (error, _ ("the view “%s”: "), view->id);
      return NULL;
    }
  return g_steal_pointer (&settings);
}

/* ---- the picture ------------------------------------------------------------------------------------------------ */

static HpScene *
build_scene (const HpView *view, const HpSettings *settings, HpRecording *recording, guint64 step)
{
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  gpointer instance = view->create ? view->create () : NULL;
  HpScene *scene = hp_scene_new ();

  hp_recording_seek (recording, moment, step);
  hp_view_build (view, instance, settings, recording, moment, options.width, options.height, scene);
  if (view->destroy)
    view->destroy (instance);
  return scene;
}

static gboolean
check_selection (const HpRecording *recording, GError **error)
{
  guint32 n = hp_moment_n_objects (hp_recording_head (recording));

  if (options.selected <= n)
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_NOT_FOUND,
               _ ("--select: found %" G_GINT64_FORMAT ", expected 1 to %u, the last object"),
               options.selected,
               n);
  return FALSE;
}

static gboolean
draw (CliInput *input, HpRecording *recording, const HpExportOptions *export, GError **error)
{
  const HpManifest *manifest = find_view (input, recording, error);
  const HpPlugin *plugin = manifest ? hp_host_load (input->host, manifest, error) : NULL;
  g_autoptr (HpSettings) settings = plugin ? view_settings (input, manifest, error) : NULL;
  g_autoptr (HpScene) scene = NULL;
  guint64 step;

  if (settings == NULL || !cli_at (recording, options.at, &step, error) || !check_selection (recording, error))
    return FALSE;
  scene = build_scene (plugin->view, settings, recording, step);
  return hp_export_to_file (scene, export, options.output, error);
}

CliExit
cli_render (const CliCommand *self, int argc, char **argv)
{
  g_auto (CliInput) input = { .for_view = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (HpMachine) machine = NULL;
  g_autoptr (HpRecording) recording = NULL;
  HpExportOptions export;
  CliExit exit;

  if (!cli_parse (self, &argc, &argv, "SCENARIO|FILE", ENTRIES, CLI_INPUT_ENTRIES))
    return CLI_USAGE;
  if (!check_options (&export, &error))
    return cli_complain_usage (self->name, "%s", error->message);
  if (!cli_input_open (&input, self, &exit))
    return exit;
  recording = cli_input_record (&input, (HpRunOptions){ 0 }, &machine, &exit);
  if (recording == NULL)
    return exit;
  if (!draw (&input, recording, &export, &error))
    return cli_complain_error (error, CLI_USAGE);
  return CLI_DONE;
}
