/* proc_text.h - reads the texts that the kernel shows in /proc/PID
 *
 * Bytes in, numbers out: nothing here opens a file. The forms are those of proc(5) and of the kernel's
 * Documentation/filesystems/proc.rst. @name is the file as messages call it. Whatever the bytes are, each function ends
 * with an answer or with %HP_ERROR_INPUT that names file, field, what was found and what was expected.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process_sample.h"

G_BEGIN_DECLS

typedef struct
{
  char name[64]; /* valid UTF-8, one line */
  char state;    /* 'R', 'S', 'D', 'Z' … */
  guint64 minor_faults, major_faults;
  guint64 threads;
  guint64 start_time; /* in clock ticks after boot: with the PID it names one process for ever */
  guint64 virtual_bytes;
} HpProcStat;

/** Whether the process is over, though its number may still be there: a zombie holds no memory. */
gboolean hp_proc_stat_is_over (const HpProcStat *self);

/** /proc/PID/stat. The name may hold spaces, parentheses and line ends; it ends at the last “)”. */
gboolean hp_proc_parse_stat (const char *text, gsize n, const char *name, HpProcStat *stat, GError **error);

/**
 * hp_proc_parse_status:
 * @user_id: (out): whose process it is (the effective user)
 * @has_memory: (out): FALSE for what has no memory of its own: threads of the kernel, zombies
 *
 * /proc/PID/status: the kernel's running counters. Sets resident, anonymous, file, shared, swap and virtual of @sample.
 */
gboolean hp_proc_parse_status (const char *text,
                               gsize n,
                               const char *name,
                               HpProcessSample *sample,
                               guint64 *user_id,
                               gboolean *has_memory,
                               GError **error);

/**
 * /proc/PID/smaps_rollup, counted page by page at this moment. Sets resident, anonymous, proportional and swap of
 * @sample, and file as what is left of resident: so the parts still add up.
 */
gboolean hp_proc_parse_rollup (const char *text, gsize n, const char *name, HpProcessSample *sample, GError **error);

/** Addresses of a mapping: from @start up to, not including, @end. */
typedef struct
{
  guint64 start, end;
} HpProcRange;

/** /proc/PID/maps: appends to @ranges (of HpProcRange) what %HP_PROCESS_HEAP counts, in ascending order. */
gboolean hp_proc_parse_maps (const char *text, gsize n, const char *name, GArray *ranges, GError **error);

/** How many of @n entries of /proc/PID/pagemap stand for a page in RAM (bit 63) or in swap (bit 62). */
gsize hp_proc_count_pages (const guint64 *entries, gsize n);

G_END_DECLS
