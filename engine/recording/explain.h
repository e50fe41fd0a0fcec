/* explain.h - sentences of values and of pages of virtual memory, for explain.c
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"

G_BEGIN_DECLS

/* What an event did, as one translated sentence. (transfer full) */
char *hp_explain_mapping (const HpMoment *moment, const HpEvent *event); /* MAP, UNMAP */
char *hp_explain_fault (const HpMoment *moment, const HpEvent *event);
char *hp_explain_access (const HpMoment *moment, const HpEvent *event);
char *hp_explain_evict (const HpMoment *moment, const HpEvent *event);

char *hp_explain_local (const HpMoment *moment, const HpEvent *event); /* LOCAL; NULL: its frame has gone */
char *hp_explain_root (const HpMoment *moment, const HpEvent *event);
char *hp_explain_slot (const HpMoment *moment, const HpEvent *event); /* SLOT, written by the program */

/** Line @line of a text without the white space around it, or "" where there is none. (transfer full) */
char *hp_explain_copy_line (const char *text, guint32 line);
/** Whether a LOCAL is of a variable, and not of what the program only needs for itself. */
gboolean hp_explain_is_variable (const HpMoment *moment, const HpEvent *event);
/** Whether a SLOT is one that a variable of the newest frame leads to. */
gboolean hp_explain_is_of_variable (const HpMoment *moment, const HpEvent *event);
/** “User #3.name” (transfer full) */
char *hp_explain_slot_title (const HpMoment *moment, const HpEvent *event);

/** What the stretch of references that begins with event @begin did. (transfer full) */
char *hp_explain_stretch (const HpRecording *recording, guint64 begin);

G_END_DECLS
