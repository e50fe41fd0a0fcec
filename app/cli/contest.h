/* contest.h - many replacement policies and sizes of RAM, fed with one trace as it passes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/settings.h"
#include "memory/lackey.h"
#include "memory/kept_trace.h"
#include "memory/working_set.h"

G_BEGIN_DECLS

/** One policy with one size of RAM. */
typedef struct
{
  const char *policy;
  guint32 n_frames;
  HpPager *pager;
  HpClock clock;
  HpCounters counters;
  gboolean needs_future; /* it is performed in the end */
  gboolean is_complete;
  double seconds; /* what its part took */
} CliEntry;

/**
 * CliContest:
 *
 * An entry has what a replay of its own would have. Memory grows with the pages of the trace and the sizes of RAM, not
 * with its length; only where an entry or a curve needs the future is the trace kept (HpKeptTrace).
 */
typedef struct
{
  guint32 page_bytes;
  gboolean data_only;
  GPtrArray *entries;        /* of CliEntry */
  HpLruStack *lru;           /* (nullable): where LRU's curve was asked for */
  HpKeptTrace *trace;        /* (nullable): where the future is needed */
  gboolean wants_opt;        /* OPT's curve */
  HpWorkingSet *working_set; /* (nullable): where it was asked for */
  HpMissCurve *lru_curve, *opt_curve;
  double lru_seconds, opt_seconds, trace_seconds, working_set_seconds;
  guint64 n_references;
  guint32 n_pages;
  gboolean is_full; /* there are more pages, or for OPT references, than can be */
  gsize n_piece;
  guint64 *piece; /* references not yet handed to the entries */
} CliContest;

void cli_contest_init (CliContest *self, guint32 page_bytes, gboolean data_only);
void cli_contest_clear (CliContest *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliContest, cli_contest_clear)

/** @id, @policy, @settings: (nullable): borrowed until the end */
void cli_contest_add (CliContest *self,
                      const char *id,
                      const HpReplacementPolicy *policy,
                      const HpSettings *settings,
                      guint64 seed,
                      guint32 n_frames);
/** A whole curve, of "lru" or "opt". FALSE for other policies. */
gboolean cli_contest_add_curve (CliContest *self, const char *policy);
/** The working set in each of @windows (hp_working_set_new()); at most once. */
void cli_contest_add_working_set (CliContest *self, const guint32 *windows, guint n_windows);

/** As an HpLackeyFunc, with the contest as user data. */
void cli_contest_feed (gpointer self, const HpLackeyReference *references, gsize n);
/** The trace is over: what needs its future is performed. @progress: (nullable) */
void cli_contest_finish (CliContest *self, HpProgressFunc progress, gpointer user_data);

G_END_DECLS
