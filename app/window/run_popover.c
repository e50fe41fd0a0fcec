/* run_popover.c - which policy, preset and settings a run has, and running it again with others
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "run_popover.h"

#include "control.h"

#include <glib/gi18n.h>

#define DEFAULT_POLICY "default"

struct _HpRunPopover
{
  GtkPopover parent_instance;

  GtkSearchEntry *search;
  GtkGrid *grid;
  GtkLabel *complaint;
  GtkButton *run;

  /* Borrowed */
  HpHost *host;
  const HpManifest *scenario; /* nullable */

  HpPlan *plan;             /* owned: what runs now */
  GPtrArray *policies;      /* of HpManifest, borrowed from the host; as in the list */
  GtkDropDown *policy;      /* of the grid */
  GPtrArray *rows;          /* of HpRow */
  int n_rows;               /* of the grid */
  int n_above_machine;      /* of the grid: rows that stay when another preset is chosen */
  int n_rows_above_machine; /* the same in rows */
};

/* A control of the grid and the key it sets. */
typedef struct
{
  char *key; /* "scenario.size", "preset", "machine.ram" */
  const HpParameter *parameter;
  char *usual; /* the value that a plan need not name */
  GtkWidget *label, *control;
} HpRow;

G_DEFINE_FINAL_TYPE (HpRunPopover, hp_run_popover, GTK_TYPE_POPOVER)

enum
{
  RUN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  HpRow *row = data;

  g_free (row->key);
  g_free (row->usual);
  g_free (row);
}

/* ---- filling the grid ------------------------------------------------------------------------------------------- */

static void
clear_from (HpRunPopover *self, int first)
{
  while (self->n_rows > first)
    gtk_grid_remove_row (self->grid, --self->n_rows);
}

/* Returns the label. */
static GtkWidget *
add_control (HpRunPopover *self, const char *name, GtkWidget *control)
{
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (self->grid, label, 0, self->n_rows, 1, 1);
  gtk_grid_attach (self->grid, control, 1, self->n_rows, 1, 1);
  self->n_rows++;
  return label;
}

/* @key: (transfer full) */
static GtkWidget *
add_row (HpRunPopover *self, const char *name, char *key, const HpParameter *parameter, const char *usual)
{
  HpRow *row = g_new0 (HpRow, 1);
  const char *value = hp_plan_get (self->plan, key);

  row->key = key;
  row->parameter = parameter;
  row->usual = g_strdup (usual);
  row->control = hp_control_new (parameter, value ? value : usual);
  g_ptr_array_add (self->rows, row);
  row->label = add_control (self, name, row->control);
  return row->control;
}

/* ---- finding a setting ------------------------------------------------------------------------------------------ */

static gboolean
contains (const char *text, const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, wanted) != NULL;
}

static void
show_what_is_wanted (HpRunPopover *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const HpRow *row = g_ptr_array_index (self->rows, i);
      const HpParameter *parameter = row->parameter;
      gboolean shown = contains (parameter->name, wanted)
                       || (parameter->help && contains (_ (parameter->help), wanted));

      gtk_widget_set_visible (row->label, shown);
      gtk_widget_set_visible (row->control, shown);
    }
}

/* ---- what can be set -------------------------------------------------------------------------------------------- */

/* The file is what was opened: another file is another thing. */
static void
add_parameters (HpRunPopover *self, const char *prefix, const HpManifest *manifest)
{
  for (gsize i = 0; i < manifest->n_parameters; i++)
    {
      const HpParameter *parameter = &manifest->parameters[i];

      if (parameter->type != HP_PARAMETER_FILE)
        add_row (
            self, parameter->name, g_strconcat (prefix, ".", parameter->name, NULL), parameter, parameter->fallback);
    }
}

/* The rest of the machine's table, with the values of the preset that is chosen, or of the scenario where it is its
 * own. */
static void
add_machine (HpRunPopover *self, const char *preset)
{
  g_autoptr (HpSettings) usual = hp_manifest_machine_settings_new (self->scenario, preset, NULL);
  gsize n;
  const HpParameter *table = hp_machine_parameters (&n);

  g_return_if_fail (usual != NULL);

  for (gsize i = 1; i < n; i++)
    {
      g_autofree char *value = hp_settings_dup_text (usual, table[i].name);

      add_row (self, table[i].name, g_strconcat ("machine.", table[i].name, NULL), &table[i], value);
    }
  show_what_is_wanted (self);
}

/* Another preset has other usual values: the rows below it are made anew. */
static void
on_preset (GtkWidget *preset, GParamSpec *pspec, HpRunPopover *self)
{
  g_autofree char *chosen = hp_control_text (preset);

  clear_from (self, self->n_above_machine);
  g_ptr_array_set_size (self->rows, self->n_rows_above_machine);
  add_machine (self, chosen);
}

static void
add_preset (HpRunPopover *self)
{
  const HpParameter *table = hp_machine_parameters (&(gsize){ 0 });
  const char *usual = self->scenario && self->scenario->preset ? self->scenario->preset : table[0].fallback;
  GtkWidget *control = add_row (self, _ ("Machine"), g_strdup ("preset"), &table[0], usual);

  self->n_above_machine = self->n_rows;
  self->n_rows_above_machine = (int) self->rows->len;
  g_signal_connect (control, "notify::selected", G_CALLBACK (on_preset), self);
  on_preset (control, NULL, self);
}

static const HpManifest *
chosen_policy (HpRunPopover *self)
{
  guint selected = gtk_drop_down_get_selected (self->policy);

  return selected < self->policies->len ? g_ptr_array_index (self->policies, selected) : NULL;
}

static void
add_description (HpRunPopover *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, "caption");
  gtk_grid_attach (self->grid, label, 0, self->n_rows++, 2, 1);
}

/* Below the policy: what it is, and what belongs to it, to the scenario, and to the machine. */
static void
fill_below_policy (HpRunPopover *self)
{
  clear_from (self, 1);
  g_ptr_array_set_size (self->rows, 0);
  if (chosen_policy (self) && chosen_policy (self)->description)
    add_description (self, chosen_policy (self)->description);
  if (chosen_policy (self))
    add_parameters (self, "policy", chosen_policy (self));
  if (self->scenario)
    add_parameters (self, "scenario", self->scenario);
  add_preset (self);
}

static void
find_policies (HpRunPopover *self)
{
  g_ptr_array_set_size (self->policies, 0);
  for (guint i = 0; i < hp_host_n_entries (self->host); i++)
    {
      HpPluginEntry entry = hp_host_entry (self->host, i);
      if (entry.manifest && !entry.refusal && entry.manifest->kind == HP_PLUGIN_POLICY)
        g_ptr_array_add (self->policies, (gpointer) entry.manifest);
    }
}

static void
add_policy (HpRunPopover *self)
{
  const char *id = hp_plan_policy (self->plan) ? hp_plan_policy (self->plan) : DEFAULT_POLICY;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < self->policies->len; i++)
    {
      const HpManifest *manifest = g_ptr_array_index (self->policies, i);

      gtk_string_list_append (names, manifest->name);
      if (strcmp (manifest->id, id) == 0)
        selected = i;
    }
  self->policy = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_drop_down_set_selected (self->policy, selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->policy), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Policy"), -1);
  g_signal_connect_swapped (self->policy, "notify::selected", G_CALLBACK (fill_below_policy), self);
  add_control (self, _ ("Policy"), GTK_WIDGET (self->policy));
}

void
hp_run_popover_set_plan (HpRunPopover *self, HpHost *host, const HpManifest *scenario, const HpPlan *plan)
{
  HpPlan *copy = hp_plan_copy (plan);

  g_return_if_fail (HP_IS_RUN_POPOVER (self));

  g_clear_pointer (&self->plan, hp_plan_free);
  self->plan = copy;
  self->host = host;
  self->scenario = scenario;
  clear_from (self, 0);
  find_policies (self);
  add_policy (self);
  fill_below_policy (self);
  gtk_widget_set_visible (GTK_WIDGET (self->complaint), FALSE);
}

const HpManifest *
hp_run_popover_scenario (HpRunPopover *self)
{
  return self->scenario;
}

/* ---- running ---------------------------------------------------------------------------------------------------- */

/* A usual value is left out, so that the plan says only what is special about it. */
static gboolean
take_row (HpPlan *plan, const HpRow *row, GError **error)
{
  g_autofree char *text = hp_control_text (row->control);
  g_autoptr (HpSettings) settings = hp_settings_new (row->parameter, 1);
  g_autofree char *value = NULL;

  if (!hp_settings_set (settings, row->parameter->name, text, error))
    return FALSE;
  value = hp_settings_dup_text (settings, row->parameter->name);
  if (g_strcmp0 (value, row->usual) != 0)
    hp_plan_set (plan, row->key, value);
  return TRUE;
}

/* NULL with @error: a value is not what it should be. */
static HpPlan *
plan_of_controls (HpRunPopover *self, GError **error)
{
  g_autoptr (HpPlan) plan = hp_plan_new (hp_plan_scenario (self->plan));
  const HpManifest *policy = chosen_policy (self);

  if (policy && strcmp (policy->id, DEFAULT_POLICY) != 0)
    hp_plan_set_policy (plan, policy->id);
  for (guint i = 0; i < self->rows->len; i++)
    if (!take_row (plan, g_ptr_array_index (self->rows, i), error))
      return NULL;
  return g_steal_pointer (&plan);
}

static void
on_run (HpRunPopover *self)
{
  g_autoptr (GError) error = NULL;
  HpPlan *plan = plan_of_controls (self, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->complaint), plan == NULL);
  if (!plan)
    {
      gtk_label_set_text (self->complaint, error->message);
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self));
  g_clear_pointer (&self->plan, hp_plan_free);
  self->plan = plan;
  g_signal_emit (self, signals[RUN], 0, plan);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_run_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HP_TYPE_RUN_POPOVER);
  G_OBJECT_CLASS (hp_run_popover_parent_class)->dispose (object);
}

static void
hp_run_popover_finalize (GObject *object)
{
  HpRunPopover *self = HP_RUN_POPOVER (object);

  g_clear_pointer (&self->plan, hp_plan_free);
  g_ptr_array_unref (self->policies);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (hp_run_popover_parent_class)->finalize (object);
}

static void
hp_run_popover_class_init (HpRunPopoverClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_run_popover_dispose;
  G_OBJECT_CLASS (class)->finalize = hp_run_popover_finalize;
  signals[RUN] = g_signal_new (
      "run", HP_TYPE_RUN_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/run.ui");
  gtk_widget_class_bind_template_child (widget_class, HpRunPopover, search);
  gtk_widget_class_bind_template_child (widget_class, HpRunPopover, grid);
  gtk_widget_class_bind_template_child (widget_class, HpRunPopover, complaint);
  gtk_widget_class_bind_template_child (widget_class, HpRunPopover, run);
}

static void
hp_run_popover_init (HpRunPopover *self)
{
  self->policies = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func (row_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->run, "clicked", G_CALLBACK (on_run), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_what_is_wanted), self);
}
