/* window-private.h - the window, shared by its parts and its actions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "canvas.h"
#include "explanation.h"
#include "gallery.h"
#include "inspector.h"
#include "player.h"
#include "run_popover.h"
#include "window.h"

G_BEGIN_DECLS

struct _HpWindow
{
  AdwApplicationWindow parent_instance;

  /* Template children */
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkButton *back_button;
  GtkDropDown *view;
  GtkMenuButton *run_button;
  HpRunPopover *run_popover;
  GtkStack *pages;
  HpGallery *gallery;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkButton *wait_button;
  GtkButton *stop_button;
  GtkButton *dismiss_button;
  GtkButton *edit_button;
  GtkButton *halt_button;
  AdwFlap *flap;
  GtkStack *picture_pages;
  AdwStatusPage *nothing;
  HpCanvas *canvas;
  HpExplanation *explanation;
  HpInspector *inspector;
  HpPlayer *player;

  /* Borrowed */
  HpHost *host;
  const HpTheme *theme;

  /* Owned */
  HpSession *session;
  GPtrArray *views;         /* of HpManifest, borrowed from the host; as in the list */
  GtkNativeDialog *chooser; /* while it is open */

  gboolean edits; /* the run comes from the editor: an error of syntax leads back there */
};

void hp_window_install_actions (GtkWidgetClass *class);
/** Recompute which actions can be done now. */
void hp_window_update_actions (HpWindow *self);
void hp_window_add_shortcuts (HpWindow *self);
/** Who can draw: fills the list of views. */
void hp_window_fill_views (HpWindow *self);
/** Draw with view @id, or where it is NULL or cannot be used, with the usual one. */
void hp_window_choose_view (HpWindow *self, const char *id);
/** Make the run again by @plan, and go where we stand now. */
void hp_window_run_again (HpWindow *self, const HpPlan *plan);
/** Run the program in @file. @small: in a memory so small that each object can be seen. */
void hp_window_open_program (HpWindow *self, GFile *file, gboolean small);
void hp_window_show_gallery (HpWindow *self);
void hp_window_toast (HpWindow *self, const char *sentence);

G_END_DECLS
