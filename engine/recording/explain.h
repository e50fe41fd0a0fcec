/* explain.h - sentences of pages of virtual memory, for explain.c
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

/** What the stretch of references that begins with event @begin did. (transfer full) */
char *hp_explain_stretch (const HpRecording *recording, guint64 begin);

G_END_DECLS
