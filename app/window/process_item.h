/* process_item.h - a process as a row of a list
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process_list.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_PROCESS_ITEM (hp_process_item_get_type ())
G_DECLARE_FINAL_TYPE (HpProcessItem, hp_process_item, HP, PROCESS_ITEM, GObject)

HpProcessItem *hp_process_item_new (const HpProcessInfo *info);
guint hp_process_item_pid (HpProcessItem *self);
/** Whether name, command line or number contain @text, whatever its case. */
gboolean hp_process_item_matches (HpProcessItem *self, const char *text);

/** Makes rows for a list of HpProcessItem. (transfer full) */
GtkListItemFactory *hp_process_item_factory_new (void);

G_END_DECLS
