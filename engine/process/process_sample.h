/* process_sample.h - what a live process does to memory at one instant
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/** What is measured, in bytes. resident = anonymous + file + shared. */
typedef enum
{
  HP_PROCESS_RESIDENT,     /* pages of the process that are in RAM */
  HP_PROCESS_ANONYMOUS,    /* … and belong to no file: heap, stack, written copies of private file pages */
  HP_PROCESS_FILE,         /* … and belong to files: code, libraries, mapped data */
  HP_PROCESS_SHARED,       /* … and are shared memory and tmpfs */
  HP_PROCESS_SWAP,         /* anonymous pages that are on disk only */
  HP_PROCESS_PROPORTIONAL, /* resident, with each page divided by the number of processes that have it */
  HP_PROCESS_VIRTUAL,      /* address space */
  HP_PROCESS_HEAP,         /* private writable mappings without a file, the main stack left out: what malloc and
                              garbage collectors asked the kernel for, and stacks of threads */
  HP_PROCESS_HEAP_TOUCHED, /* … of which the pages that exist, in RAM or in swap */
  HP_N_PROCESS_AMOUNTS
} HpProcessAmount;

/**
 * HpProcessSample:
 * @time_us: when, on a monotonic clock
 * @bytes: by HpProcessAmount; 0 where not known
 * @known: bit i is set where bytes[i] was told: the kernel lets not everything be read of every process
 * @minor_faults, @major_faults: since the process began
 * @threads: now
 * @name: as the process calls itself: valid UTF-8, one line
 */
typedef struct
{
  gint64 time_us;
  guint64 bytes[HP_N_PROCESS_AMOUNTS];
  guint32 known;
  guint64 minor_faults, major_faults;
  guint64 threads;
  char name[64];
} HpProcessSample;

static inline gboolean
hp_process_sample_knows (const HpProcessSample *self, HpProcessAmount amount)
{
  return (self->known >> amount & 1) != 0;
}

static inline void
hp_process_sample_set (HpProcessSample *self, HpProcessAmount amount, guint64 bytes)
{
  self->bytes[amount] = bytes;
  self->known |= 1u << amount;
}

/** "resident", "heap_touched": for programs. */
const char *hp_process_amount_key (HpProcessAmount amount);
/** For people: translated. */
const char *hp_process_amount_title (HpProcessAmount amount);

/**
 * How much memory the program itself has in use: the touched heap, or where the kernel does not tell it, anonymous
 * pages and swap. Growing for ever is a leak.
 */
guint64 hp_process_sample_in_use (const HpProcessSample *self);

G_END_DECLS
