/* timeline.h - the whole recording as a strip: how full memory was, collections, chapters, and where we stand
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define HP_TYPE_TIMELINE (hp_timeline_get_type ())
G_DECLARE_FINAL_TYPE (HpTimeline, hp_timeline, HP, TIMELINE, GtkWidget)

GtkWidget *hp_timeline_new (void);
void hp_timeline_set_session (HpTimeline *self, HpSession *session);
void hp_timeline_set_theme (HpTimeline *self, const HpTheme *theme);

/** Whether the strip shows pages and faults, because the run has no heap. */
gboolean hp_timeline_shows_pages (HpTimeline *self);
/** Whether parts of the recording are told in stretches, and hatched. */
gboolean hp_timeline_shows_stretches (HpTimeline *self);
/** Whether a run read pages from disk; then a line in the colour of this role shows its page faults. */
gboolean hp_timeline_shows_faults (HpTimeline *self);
#define HP_TIMELINE_FAULTS_ROLE HP_ROLE_PAGE_SWAPPED
/** The colour of a collection's band. */
HpRole hp_timeline_collection_role (HpCollectionKind kind);

/* Between places in the widget and steps; for tests too. */
double hp_timeline_x_of_step (HpTimeline *self, guint64 step);
guint64 hp_timeline_step_at_x (HpTimeline *self, double x);

G_END_DECLS
