/* process_dialog.c - picks one of the person's own processes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "process_dialog.h"

#include "process_item.h"

#include <glib/gi18n.h>
#include <unistd.h>

struct _HpProcessDialog
{
  AdwWindow parent_instance;

  GtkButton *watch_button;
  GtkSearchEntry *search;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkStack *pages;
  AdwStatusPage *empty;
  GtkListView *list;

  GListStore *processes; /* of HpProcessItem, the largest first */
  GtkFilter *filter;
  GtkSingleSelection *selection;
  GCancellable *closing; /* of the listing */
};

G_DEFINE_FINAL_TYPE (HpProcessDialog, hp_process_dialog, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* ---- the list --------------------------------------------------------------------------------------------------- */

static void
complain (HpProcessDialog *self, const char *sentence)
{
  gtk_label_set_text (self->banner_label, sentence);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

static void
update (HpProcessDialog *self)
{
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->watch_button), any);
  gtk_stack_set_visible_child_name (self->pages, any ? "list" : "empty");
}

static void
fill (HpProcessDialog *self, GPtrArray *infos)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < infos->len; i++)
    g_ptr_array_add (items, hp_process_item_new (g_ptr_array_index (infos, i)));
  g_list_store_splice (
      self->processes, 0, g_list_model_get_n_items (G_LIST_MODEL (self->processes)), items->pdata, items->len);
  update (self);
}

/* On a thread: what /proc tells of a process can make who reads it wait. */
static void
list_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *infos = hp_process_list (HP_PROCESS_FOLDER, geteuid (), (guint) getpid (), &error);

  if (infos != NULL)
    g_task_return_pointer (task, infos, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_listed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = g_task_propagate_pointer (G_TASK (result), &error);

  if (infos != NULL)
    fill (HP_PROCESS_DIALOG (object), infos);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    complain (HP_PROCESS_DIALOG (object), error->message);
}

static void
list_processes (HpProcessDialog *self)
{
  g_autoptr (GTask) task = g_task_new (self, self->closing, on_listed, NULL);

  g_task_run_in_thread (task, list_in_thread);
}

static gboolean
matches (gpointer item, gpointer user_data)
{
  return hp_process_item_matches (item, gtk_editable_get_text (GTK_EDITABLE (user_data)));
}

static void
on_searched (HpProcessDialog *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

/* ---- choosing --------------------------------------------------------------------------------------------------- */

/* A process that ended meanwhile is gone from the list when the person looks again. */
static void
choose (HpProcessDialog *self)
{
  HpProcessItem *item = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (HpProcess) process = NULL;
  g_autoptr (GError) error = NULL;

  if (item == NULL)
    return;
  process = hp_process_open (HP_PROCESS_FOLDER, hp_process_item_pid (item), geteuid (), &error);
  if (process == NULL)
    {
      complain (self, error->message);
      list_processes (self);
      return;
    }
  g_object_ref (self);
  gtk_window_close (GTK_WINDOW (self));
  g_signal_emit (self, signals[CHOSEN], 0, process);
  g_object_unref (self);
}

/* Up and down go through the list while one types. */
static gboolean
on_key (HpProcessDialog *self, guint key)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (key == GDK_KEY_Down && selected + 1 < n)
    selected++;
  else if (key == GDK_KEY_Up && selected > 0 && selected < n)
    selected--;
  else
    return FALSE;
  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);
  return TRUE;
}

static void
add_keys (HpProcessDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static void
hp_process_dialog_dispose (GObject *object)
{
  HpProcessDialog *self = HP_PROCESS_DIALOG (object);

  if (self->closing)
    g_cancellable_cancel (self->closing);
  g_clear_object (&self->closing);
  g_clear_object (&self->processes);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_PROCESS_DIALOG);
  G_OBJECT_CLASS (hp_process_dialog_parent_class)->dispose (object);
}

static void
hp_process_dialog_class_init (HpProcessDialogClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_process_dialog_dispose;
  signals[CHOSEN] = g_signal_new (
      "chosen", HP_TYPE_PROCESS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/process.ui");
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, watch_button);
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, search);
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, banner_label);
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, empty);
  gtk_widget_class_bind_template_child (widget_class, HpProcessDialog, list);
}

static void
fill_template (HpProcessDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = hp_process_item_factory_new ();
  GtkFilterListModel *found;

  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self->search, NULL));
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->processes)), self->filter);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection); /* the list has it */
}

static void
hp_process_dialog_init (HpProcessDialog *self)
{
  self->closing = g_cancellable_new ();
  self->processes = g_list_store_new (HP_TYPE_PROCESS_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_template (self);
  add_keys (self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_searched), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (choose), self);
  g_signal_connect_swapped (self->watch_button, "clicked", G_CALLBACK (choose), self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->search));
  list_processes (self);
}

HpProcessDialog *
hp_process_dialog_new (GtkWindow *parent)
{
  return g_object_new (HP_TYPE_PROCESS_DIALOG, "transient-for", parent, NULL);
}
