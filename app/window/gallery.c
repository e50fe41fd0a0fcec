/* gallery.c - the first page: a card for each scenario, and for what else can be opened
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "gallery.h"

#include <glib/gi18n.h>

struct _HpGallery
{
  AdwBin parent_instance;

  GtkFlowBox *cards;
  GtkButton *refused;

  HpHost *host;    /* borrowed */
  GQueue waiting;  /* of HpCard: thumbnails still to be made, one after the other */
  GPtrArray *list; /* of HpCard */
};

G_DEFINE_FINAL_TYPE (HpGallery, hp_gallery, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

gboolean
hp_gallery_needs_file (const HpManifest *manifest)
{
  for (gsize i = 0; i < manifest->n_parameters; i++)
    {
      const HpParameter *parameter = &manifest->parameters[i];
      if (parameter->type == HP_PARAMETER_FILE && (!parameter->fallback || !*parameter->fallback))
        return TRUE;
    }
  return FALSE;
}

/* ---- thumbnails ------------------------------------------------------------------------------------------------- */

static void
make_next_thumbnail (HpGallery *self)
{
  HpCard *card = g_queue_pop_head (&self->waiting);

  if (card)
    hp_card_start_thumbnail (card, self->host);
}

/* From the main loop, so that a card which is ready at once does not nest the next one in its own start. */
static void
on_card_ready (HpGallery *self)
{
  g_idle_add_once ((GSourceOnceFunc) make_next_thumbnail, self);
}

/* ---- cards ------------------------------------------------------------------------------------------------------ */

static void
add_card (HpGallery *self, GtkWidget *card)
{
  g_ptr_array_add (self->list, card);
  gtk_flow_box_append (self->cards, card);
}

static void
add_scenario (HpGallery *self, const HpManifest *manifest)
{
  gboolean needs_file = hp_gallery_needs_file (manifest);
  GtkWidget *card = hp_card_new (
      manifest->name, manifest->description, needs_file ? "hp-trace-symbolic" : "hp-heap-symbolic");

  hp_card_set_scenario (HP_CARD (card), manifest);
  add_card (self, card);
  if (needs_file)
    return;
  g_signal_connect_object (card, "ready", G_CALLBACK (on_card_ready), self, G_CONNECT_SWAPPED);
  g_queue_push_tail (&self->waiting, card);
}

static void
add_action (HpGallery *self, const char *action, const char *name, const char *description, const char *icon)
{
  GtkWidget *card = hp_card_new (name, description, icon);

  hp_card_set_action (HP_CARD (card), action);
  add_card (self, card);
}

static void
add_actions (HpGallery *self)
{
  add_action (
      self,
      "win.edit-program",
      _ ("JavaScript Program…"),
      _ ("Paste or write a program, run it as Node.js does and watch its calls, objects and collections step by step."),
      "hp-play-symbolic");
  add_action (
      self,
      "win.open",
      _ ("Open a Trace…"),
      _ ("Replay a memory-access trace recorded with Valgrind's lackey, or look at a recording. You can also drop "
         "the file on this window."),
      "hp-trace-symbolic");
  add_action (
      self,
      "app.watch-process",
      _ ("Watch a Process…"),
      _ ("See how the memory of a program that runs on this computer grows, and how often it faults. It is only "
         "looked at, never stopped."),
      "hp-watch-symbolic");
}

static void
show_refused (HpGallery *self, guint n)
{
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u plugin was refused: see why", "%u plugins were refused: see why", n), n);

  gtk_button_set_label (self->refused, text);
  gtk_widget_set_visible (GTK_WIDGET (self->refused), n > 0);
}

static gint
by_order (gconstpointer a, gconstpointer b)
{
  const HpManifest *x = *(HpManifest *const *) a, *y = *(HpManifest *const *) b;

  return x->order != y->order ? (x->order < y->order ? -1 : 1) : g_utf8_collate (x->name, y->name);
}

void
hp_gallery_fill (HpGallery *self, HpHost *host)
{
  g_autoptr (GPtrArray) scenarios = g_ptr_array_new ();
  guint n_refused = 0;

  g_return_if_fail (HP_IS_GALLERY (self));

  self->host = host;
  for (guint i = 0; i < hp_host_n_entries (host); i++)
    {
      HpPluginEntry entry = hp_host_entry (host, i);

      if (entry.refusal || !entry.manifest)
        n_refused++;
      else if (entry.manifest->kind == HP_PLUGIN_SCENARIO && !hp_gallery_needs_file (entry.manifest))
        g_ptr_array_add (scenarios, (gpointer) entry.manifest);
    }
  g_ptr_array_sort (scenarios, by_order);
  for (guint i = 0; i < scenarios->len; i++)
    add_scenario (self, g_ptr_array_index (scenarios, i));
  add_actions (self);
  show_refused (self, n_refused);
  make_next_thumbnail (self);
}

void
hp_gallery_set_theme (HpGallery *self, const HpTheme *theme)
{
  g_return_if_fail (HP_IS_GALLERY (self));

  for (guint i = 0; i < self->list->len; i++)
    hp_card_set_theme (g_ptr_array_index (self->list, i), theme);
}

static void
on_card_activated (GtkFlowBox *cards, GtkFlowBoxChild *child, HpGallery *self)
{
  HpCard *card = HP_CARD (child);

  if (hp_card_action (card))
    gtk_widget_activate_action (GTK_WIDGET (self), hp_card_action (card), NULL);
  else
    g_signal_emit (self, signals[CHOSEN], 0, hp_card_scenario (card));
}

/* ---- the widget ------------------------------------------------------------------------------------------------- */

static gboolean
hp_gallery_grab_focus (GtkWidget *widget)
{
  /* Not grab_focus() of a card: the arrow keys start from where the flow box itself put the focus. */
  return gtk_widget_child_focus (GTK_WIDGET (HP_GALLERY (widget)->cards), GTK_DIR_TAB_FORWARD);
}

static void
hp_gallery_dispose (GObject *object)
{
  HpGallery *self = HP_GALLERY (object);

  g_queue_clear (&self->waiting);
  g_ptr_array_set_size (self->list, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), HP_TYPE_GALLERY);
  G_OBJECT_CLASS (hp_gallery_parent_class)->dispose (object);
}

static void
hp_gallery_finalize (GObject *object)
{
  g_ptr_array_unref (HP_GALLERY (object)->list);
  G_OBJECT_CLASS (hp_gallery_parent_class)->finalize (object);
}

static void
hp_gallery_class_init (HpGalleryClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = hp_gallery_dispose;
  G_OBJECT_CLASS (class)->finalize = hp_gallery_finalize;
  widget_class->grab_focus = hp_gallery_grab_focus;
  signals[CHOSEN] = g_signal_new (
      "chosen", HP_TYPE_GALLERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heaparium/Heaparium/ui/gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, HpGallery, cards);
  gtk_widget_class_bind_template_child (widget_class, HpGallery, refused);
}

static void
hp_gallery_init (HpGallery *self)
{
  self->list = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self->cards, "child-activated", G_CALLBACK (on_card_activated), self);
}
