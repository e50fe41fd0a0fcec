/* application.c - the program: its windows, plugins and style
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "application.h"

#include "config.h"
#include "options.h"
#include "process_dialog.h"
#include "settings.h"
#include "watch_window.h"
#include "window.h"

#include <glib/gi18n.h>
#include <unistd.h>

struct _HpApplication
{
  AdwApplication parent_instance;

  HpHost *host;
};

G_DEFINE_FINAL_TYPE (HpApplication, hp_application, ADW_TYPE_APPLICATION)

/* ---- windows ---------------------------------------------------------------------------------------------------- */

static HpWindow *
new_window (HpApplication *self)
{
  if (!self->host)
    self->host = hp_host_new (NULL);
  return hp_window_new (GTK_APPLICATION (self), self->host);
}

static void
hp_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (!window)
    window = GTK_WINDOW (new_window (HP_APPLICATION (application)));
  gtk_window_present (window);
}

/* One window a file. */
static void
hp_application_open (GApplication *application, GFile **files, int n, const char *hint)
{
  for (int i = 0; i < n; i++)
    {
      HpWindow *window = new_window (HP_APPLICATION (application));

      gtk_window_present (GTK_WINDOW (window));
      hp_window_open_file (window, files[i]);
    }
}

/* The scenario's name, where there is such a scenario; the worker says it if there is not. */
static const char *
title_of (HpApplication *self, const char *scenario)
{
  const HpManifest *manifest = hp_host_find (self->host, HP_PLUGIN_SCENARIO, scenario, NULL);

  return manifest ? manifest->name : scenario;
}

static void
on_run (GSimpleAction *action, GVariant *run, gpointer user_data)
{
  HpApplication *self = HP_APPLICATION (user_data);
  g_autoptr (HpPlan) plan = hp_options_plan (run);
  HpWindow *window = new_window (self);

  gtk_window_present (GTK_WINDOW (window));
  hp_window_open_plan (window, plan, title_of (self, hp_plan_scenario (plan)));
}

static void
watch (HpApplication *self, HpProcess *process)
{
  gtk_window_present (hp_watch_window_new (GTK_APPLICATION (self), process));
}

static void
on_watch_process (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  HpProcessDialog *dialog = hp_process_dialog_new (gtk_application_get_active_window (user_data));

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (watch), user_data, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Who asked has looked before whether there is such a process; when it ended meanwhile there is nothing to show. */
static void
on_watch (GSimpleAction *action, GVariant *pid, gpointer user_data)
{
  g_autoptr (HpProcess) process = hp_process_open (HP_PROCESS_FOLDER, g_variant_get_uint32 (pid), geteuid (), NULL);

  if (process)
    watch (user_data, process);
}

/* What is asked for on the command line is opened by the program that has the windows, be it this one or one before. */
static int
hp_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;
  const char *action;
  GVariant *parameter = hp_options_action (options, &action, &error);

  if (parameter == NULL && error == NULL)
    return -1;
  if (parameter != NULL && g_application_register (application, NULL, &error))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), action, parameter);
      return g_application_get_is_remote (application) ? 0 : -1;
    }
  g_printerr ("%s\n", error->message);
  return 2;
}

/* ---- style ------------------------------------------------------------------------------------------------------ */

static void
apply_style (const char *style)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_strcmp0 (style, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (style, "dark") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
on_style (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  GSettings *settings = hp_settings_of_program ();

  g_simple_action_set_state (action, state);
  apply_style (g_variant_get_string (state, NULL));
  if (settings)
    g_settings_set_string (settings, "style", g_variant_get_string (state, NULL));
}

static void
restore_style (HpApplication *self)
{
  GSettings *settings = hp_settings_of_program ();
  g_autofree char *style = settings ? g_settings_get_string (settings, "style") : g_strdup ("system");
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "style");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (style));
  apply_style (style);
}

/* ---- actions ---------------------------------------------------------------------------------------------------- */

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows;

  /* Closing, not destroying: each window remembers its size and stops its worker. */
  while ((windows = gtk_application_get_windows (user_data)))
    gtk_window_destroy (GTK_WINDOW (windows->data));
  g_application_quit (G_APPLICATION (user_data));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *developers[] = { "The Heaparium authors", NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name",
                         _ ("Heaparium"),
                         "application-icon",
                         HP_APP_ID,
                         "version",
                         HP_VERSION,
                         "comments",
                         _ ("A vivarium for memory: watch what a program does to stack, heap and pages, forwards and "
                            "backwards."),
                         "developers",
                         developers,
                         "license-type",
                         GTK_LICENSE_LGPL_2_1,
                         NULL);
}

static void
add_actions (HpApplication *self)
{
  static const GActionEntry entries[] = {
    { .name = "quit", .activate = on_quit },
    { .name = "about", .activate = on_about },
    { .name = "run", .parameter_type = HP_OPTIONS_RUN_TYPE, .activate = on_run },
    { .name = "watch", .parameter_type = HP_OPTIONS_WATCH_TYPE, .activate = on_watch },
    { .name = "watch-process", .activate = on_watch_process },
    { .name = "style", .parameter_type = "s", .state = "'system'", .change_state = on_style },
  };
  static const struct
  {
    const char *action;
    const char *accels[3];
  } accels[] = {
    { "app.quit", { "<ctrl>q" } },
    { "app.watch-process", { "<ctrl><shift>p" } },
    { "window.close", { "<ctrl>w" } },
    { "win.open", { "<ctrl>o" } },
    { "win.edit-program", { "<ctrl>n" } },
    { "win.export", { "<ctrl>e" } },
    { "win.copy-picture", { "<ctrl><shift>c" } },
    { "win.gallery", { "<alt>Left" } },
    { "win.toggle-sidebar", { "F9" } },
    { "win.zoom-in", { "<ctrl>plus", "<ctrl>equal" } },
    { "win.zoom-out", { "<ctrl>minus" } },
    { "win.zoom-fit", { "<ctrl>0" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (
        GTK_APPLICATION (self), accels[i].action, (const char *const *) accels[i].accels);
}

/* ---- the object ------------------------------------------------------------------------------------------------- */

static void
hp_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (hp_application_parent_class)->startup (application);
  add_actions (HP_APPLICATION (application));
  restore_style (HP_APPLICATION (application));
  gtk_window_set_default_icon_name (HP_APP_ID);
}

static void
hp_application_finalize (GObject *object)
{
  g_clear_pointer (&HP_APPLICATION (object)->host, hp_host_free);
  G_OBJECT_CLASS (hp_application_parent_class)->finalize (object);
}

static void
hp_application_class_init (HpApplicationClass *class)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = hp_application_finalize;
  application_class->startup = hp_application_startup;
  application_class->activate = hp_application_activate;
  application_class->open = hp_application_open;
  application_class->handle_local_options = hp_application_handle_local_options;
}

static void
hp_application_init (HpApplication *self)
{
}

HpApplication *
hp_application_new (void)
{
  HpApplication *self = g_object_new (HP_TYPE_APPLICATION,
                                      "application-id",
                                      HP_APP_ID,
                                      "resource-base-path",
                                      "/org/heaparium/Heaparium",
                                      "flags",
                                      G_APPLICATION_HANDLES_OPEN,
                                      NULL);

  hp_options_add (G_APPLICATION (self));
  return self;
}
