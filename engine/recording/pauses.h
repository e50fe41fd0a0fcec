/* pauses.h - how long many pauses were, in little memory
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** So many pauses are kept one by one. */
#define HP_PAUSES_EXACT 4096
/** Beyond that a pause falls into one of this many classes for each power of two. */
#define HP_PAUSES_CLASSES 128

/**
 * HpPauses: what many pauses come to, in nanoseconds
 *
 * Number, total and longest are exact. The percentiles are nearest-rank: the shortest pause that at least p % of all
 * pauses do not exceed. They are exact for up to %HP_PAUSES_EXACT pauses; for more of them they are the upper bound of
 * their class, less than 1/128 (0.8 %) too long.
 */
typedef struct
{
  guint64 n;
  guint64 total_ns;
  guint64 p50_ns;
  guint64 p99_ns;
  guint64 longest_ns;
} HpPauses;

/** HpPauseLog: the pauses added so far; 90 KB however many they are. */
typedef struct _HpPauseLog HpPauseLog;

HpPauseLog *hp_pause_log_new (void);
void hp_pause_log_free (HpPauseLog *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpPauseLog, hp_pause_log_free)
void hp_pause_log_add (HpPauseLog *self, guint64 ns);
HpPauses hp_pause_log_read (const HpPauseLog *self);

G_END_DECLS
