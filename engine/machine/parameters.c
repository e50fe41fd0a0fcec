/* parameters.c - the machine's tunables: name, unit, bounds, and the default of each preset
 *
 * Names are V8's flags where there is one. Sizes are bytes; where V8's flag counts megabytes, a number below 1,024
 * means megabytes too. `node-20` and `node-24` have V8's numbers on a machine with 16 GB or more; `classroom` is a heap
 * small enough to draw each object as a box.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/parameters.h"

#include "gc/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KIB 1024.0
#define MIB (1024 * KIB)
#define GIB (1024 * MIB)
#define MAX_NS 1e12

typedef enum
{
  PRESET_CLASSROOM,
  PRESET_NODE_20,
  PRESET_NODE_24,
  N_PRESETS
} Preset;

static const char *const PRESET_NAMES[N_PRESETS] = { "classroom", "node-20", "node-24" };

typedef struct
{
  const char *name;
  HpParameterType type;
  const char *unit;
  const char *fallback[N_PRESETS]; /* of node-24 only where it is not that of node-20 */
  double min, max;
  const char *choices;
  const char *help;
} Row;

#define BYTES HP_PARAMETER_BYTES, "bytes"
#define NS HP_PARAMETER_INTEGER, "ns"

static const Row ROWS[] = {
  { "preset",
    HP_PARAMETER_CHOICE,
    NULL,
    { "classroom", "node-20", "node-24" },
    0,
    0,
    "classroom|node-20|node-24",
    "The machine whose numbers are the defaults of all other settings" },

  { "pager",
    HP_PARAMETER_BOOLEAN,
    NULL,
    { "true", "false" },
    0,
    0,
    NULL,
    "Simulate virtual memory under stack and heap" },
  { "ram",
    BYTES,
    { "4K", "0" },
    0,
    64 * GIB,
    NULL,
    "RAM for the pages of the process; 0: as much as it needs, for a trace 64 page frames" },
  { "page-size", BYTES, { "256", "4K" }, 64, 2 * MIB, NULL, "Size of a page of virtual memory: a power of two" },
  { "replacement",
    HP_PARAMETER_CHOICE,
    NULL,
    { "lru", "lru" },
    0,
    0,
    "fifo|clock0|clock1|lru|lfu|arc|opt|sieve|s3-fifo|random|two-list|mglru",
    "Which page leaves RAM when it is full" },
  { "read-ahead",
    HP_PARAMETER_INTEGER,
    "pages",
    { "1", "0" },
    0,
    1024,
    NULL,
    "Pages that are read from disk together: a power of two; 0: 8 as Linux does it, for a trace 1" },
  { "swap-device",
    HP_PARAMETER_CHOICE,
    NULL,
    { "ssd", "ssd" },
    0,
    0,
    "ssd|disk",
    "What swap and files are on: how long reading and writing take where no cost is set" },

  { "stack-size", BYTES, { "2K", "984K" }, 256, 256 * MIB, NULL, "Limit of the call stack" },

  { "heap-page-size", BYTES, { "1K", "256K" }, 512, 16 * MIB, NULL, "Size of a heap page: a power of two" },
  { "page-header", BYTES, { "0", "4424" }, 0, 1 * MIB, NULL, "What the collector keeps at the head of a heap page" },
  { "min-semi-space-size",
    BYTES,
    { "1K", "1M" },
    1,
    512 * MIB,
    NULL,
    "Size of one half of new space at the start; below 1024: megabytes" },
  { "max-semi-space-size",
    BYTES,
    { "2K", "16M", "64M" },
    1,
    512 * MIB,
    NULL,
    "The most one half of new space may grow to, rounded up to a power of two; below 1024: megabytes" },
  { "minor-gc-task-trigger",
    HP_PARAMETER_INTEGER,
    "%",
    { "80", "80" },
    0,
    100,
    NULL,
    "At the end of a job, a scavenge runs as a task when so much of new space is in use" },
  { "semi-space-growth-factor",
    HP_PARAMETER_INTEGER,
    NULL,
    { "2", "2" },
    1,
    16,
    NULL,
    "New space grows by this factor when more survived than it holds" },
  { "physical-memory",
    BYTES,
    { "0", "0" },
    0,
    1024 * GIB,
    NULL,
    "Memory of the machine or container, from which V8 derives max-old-space-size and max-semi-space-size unless they "
    "are given; 0: their defaults" },
  { "max-heap-size",
    BYTES,
    { "0", "0" },
    0,
    8 * GIB,
    NULL,
    "The most for new space and the old generation together, instead of max-old-space-size; below 1024: megabytes" },
  { "low-allocation-throughput",
    HP_PARAMETER_INTEGER,
    "bytes/ms",
    { "0", "1000" },
    0,
    1e9,
    NULL,
    "New space shrinks while the program allocates less, over 5 seconds; 0: never" },
  { "max-old-space-size",
    BYTES,
    { "16K", "4G" },
    1,
    8 * GIB,
    NULL,
    "The most the old generation may grow to; below 1024: megabytes" },
  { "initial-old-limit",
    BYTES,
    { "8K", "0" },
    0,
    8 * GIB,
    NULL,
    "Old bytes at which the first full collection starts; 0: 512 MB, or half the maximum" },
  { "old-limit-step",
    BYTES,
    { "2K", "8M" },
    0,
    1 * GIB,
    NULL,
    "The least the old generation may grow between full collections" },
  { "max-regular-object-size",
    BYTES,
    { "256", "131072" },
    16,
    8 * MIB,
    NULL,
    "Larger objects get a chunk of their own and never move" },
  { "external-memory-limit",
    BYTES,
    { "64K", "64M" },
    1,
    8 * GIB,
    NULL,
    "When memory outside of the heap (buffers) grew by so much since the last full collection, marking starts" },
  { "runtime-heap",
    BYTES,
    { "0", "2665520" },
    0,
    1 * GIB,
    NULL,
    "Live objects of the runtime's own in the old generation: they count in limits and marking, but are not "
    "simulated" },
  { "runtime-garbage",
    BYTES,
    { "0", "60792" },
    0,
    1 * GIB,
    NULL,
    "Garbage that the runtime leaves in new space before the program begins" },
  { "incremental-marking",
    HP_PARAMETER_BOOLEAN,
    NULL,
    { "false", "true" },
    0,
    0,
    NULL,
    "Mark in steps while the program runs; else reaching the limit stops it for a full collection" },
  { "incremental-marking-threshold",
    BYTES,
    { "2K", "8M" },
    0,
    1 * GIB,
    NULL,
    "A smaller old generation is not marked in steps" },
  { "incremental-marking-young-step",
    BYTES,
    { "256", "64K" },
    16,
    1 * GIB,
    NULL,
    "Bytes allocated in new space from one step to the next" },
  { "incremental-marking-old-step",
    BYTES,
    { "512", "256K" },
    16,
    1 * GIB,
    NULL,
    "Bytes that the program allocated in the old generation from one step to the next" },
  { "incremental-marking-min-step", BYTES, { "128", "64K" }, 16, 1 * GIB, NULL, "The least that a step marks" },
  { "incremental-marking-max-step",
    BYTES,
    { "512", "256K" },
    16,
    1 * GIB,
    NULL,
    "The most that a step adds to the schedule, besides what the old generation grew by" },
  { "incremental-marking-lag",
    BYTES,
    { "0", "1M" },
    0,
    1 * GIB,
    NULL,
    "Steps on allocation may be so far behind the schedule" },
  { "lazy-sweeping",
    HP_PARAMETER_BOOLEAN,
    NULL,
    { "false", "true" },
    0,
    0,
    NULL,
    "Sweep a page when its memory is needed, not in the pause" },
  { "compaction",
    HP_PARAMETER_BOOLEAN,
    NULL,
    { "true", "true" },
    0,
    0,
    NULL,
    "Full collections evacuate fragmented pages" },
  { "memory-reducer",
    HP_PARAMETER_BOOLEAN,
    NULL,
    { "false", "true" },
    0,
    0,
    NULL,
    "While the program is idle, full collections give memory back" },
  { "page-promotion-threshold",
    HP_PARAMETER_INTEGER,
    "%",
    { "70", "70" },
    0,
    100,
    NULL,
    "A full collection gives a page of new space to old space whole when more of it is alive; 100: never" },
  { "compaction-quota", BYTES, { "4K", "4M" }, 0, 1 * GIB, NULL, "Live bytes that one compaction may move at most" },
  { "scavenger-order",
    HP_PARAMETER_CHOICE,
    NULL,
    { "v8", "v8" },
    0,
    0,
    "v8|cheney",
    "Order of copies: V8's batches, newest first, or the textbook's scan of to-space" },
  { "ephemeron-fixpoint-iterations",
    HP_PARAMETER_INTEGER,
    NULL,
    { "10", "10" },
    0,
    1000,
    NULL,
    "How often a full collection looks at all ephemerons again before it uses the linear algorithm" },
  { "allocation-site-pretenuring",
    HP_PARAMETER_BOOLEAN,
    NULL,
    { "false", "true" },
    0,
    0,
    NULL,
    "Allocation sites whose objects live long allocate in old space" },
  { "scavenger-buffer-size",
    BYTES,
    { "0", "32K" },
    0,
    1 * MIB,
    NULL,
    "Survivors are copied into pieces of new space of this size, and what is left of a heap page is lost; 0: no "
    "pieces" },
  { "detail-start",
    HP_PARAMETER_INTEGER,
    NULL,
    { "0", "0" },
    0,
    9e15,
    NULL,
    "The operation from which on each access of a trace is recorded by itself; those before are told in stretches" },
  { "detail-length",
    HP_PARAMETER_INTEGER,
    NULL,
    { "4000000", "4000000" },
    0,
    9e15,
    NULL,
    "So many operations are recorded so; fewer where they take half of the events that may be recorded" },
  { "seed", HP_PARAMETER_INTEGER, NULL, { "1", "1" }, 0, 4294967295.0, NULL, "Where a policy's random numbers begin" },

  { "cost-operation", NS, { "5", "5" }, 0, MAX_NS, NULL, "Time of one operation of the program" },
  { "cost-access", NS, { "100", "100" }, 0, MAX_NS, NULL, "Time of one access to RAM, with a pager" },
  { "cost-minor-fault", NS, { "1000", "1000" }, 0, MAX_NS, NULL, "Time of a fault without input" },
  { "cost-major-fault", NS, { "0", "0" }, 0, MAX_NS, NULL, "Time to read a page from disk; 0: as swap-device takes" },
  { "cost-read-ahead", NS, { "0", "0" }, 0, MAX_NS, NULL, "Time to read the next page along; 0: as swap-device takes" },
  { "cost-write-back", NS, { "0", "0" }, 0, MAX_NS, NULL, "Time to write a page to disk; 0: as swap-device takes" },
  { "cost-collection", NS, { "40000", "40000" }, 0, MAX_NS, NULL, "Time of a collection that finds nothing" },
  { "cost-move-mb", NS, { "1100000", "1100000" }, 0, MAX_NS, NULL, "Time to move one MB of objects" },
  { "cost-mark", NS, { "43", "43" }, 0, MAX_NS, NULL, "Time to mark one object" },
  { "cost-sweep-mb", NS, { "200000", "200000" }, 0, MAX_NS, NULL, "Time to sweep one MB of heap pages" },
};

static void
fill_table (HpParameter *table, Preset preset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      const Row *row = &ROWS[i];
      const char *fallback = row->fallback[preset] != NULL ? row->fallback[preset] : row->fallback[PRESET_NODE_20];

      table[i] =
          (HpParameter){ row->name, row->type, row->unit, fallback, row->min, row->max, row->choices, row->help };
    }
}

const HpParameter *
hp_machine_parameters (gsize *n)
{
  static HpParameter table[G_N_ELEMENTS (ROWS)];
  static gsize filled = 0;

  if (g_once_init_enter (&filled))
    {
      fill_table (table, PRESET_CLASSROOM);
      g_once_init_leave (&filled, 1);
    }
  *n = G_N_ELEMENTS (ROWS);
  return table;
}

HpSettings *
hp_machine_settings_new (const char *preset, GError **error)
{
  HpParameter table[G_N_ELEMENTS (ROWS)];

  g_return_val_if_fail (preset != NULL, NULL);

  for (Preset i = 0; i < N_PRESETS; i++)
    if (strcmp (preset, PRESET_NAMES[i]) == 0)
      {
        fill_table (table, i);
        return hp_settings_new (table, G_N_ELEMENTS (table));
      }
  g_set_error (
      error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("preset: found “%s”, expected one of %s"), preset, ROWS[0].choices);
  return NULL;
}

/* ---- reading settings -------------------------------------------------------------------------------------------- */

static guint64
get_integer (const HpSettings *settings, const char *name)
{
  return (guint64) hp_settings_get_integer (settings, name);
}

/* V8's flag of the same name counts megabytes. */
static guint64
get_megabytes (const HpSettings *settings, const char *name)
{
  guint64 value = get_integer (settings, name);

  return value < 1024 ? value * 1024 * 1024 : value;
}

static gboolean
check_power_of_two (const HpSettings *settings, const char *name, GError **error)
{
  guint64 value = get_integer (settings, name);

  if ((value & (value - 1)) == 0)
    return TRUE;
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("%s: found %.0f, expected a power of two"), name, (double) value);
  return FALSE;
}

static gboolean
check_at_least (
    const HpSettings *settings, const char *name, guint64 value, const char *least, guint64 bound, GError **error)
{
  if (value >= bound)
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               _ ("%s: found %.0f, expected at least %.0f, which is %s"),
               name,
               (double) value,
               (double) bound,
               least);
  return FALSE;
}

static guint64
round_up_to_power_of_two (guint64 value)
{
  guint64 power = 1;

  while (power < value)
    power *= 2;
  return power;
}

/* An SSD answers in 100 us and reads 1 MB in 1 ms; a disk moves its head in 10 ms and reads 1 MB in 20 ms ("Latency
 * numbers every programmer should know", Dean and Norvig). A page is 4 KB. */
static void
read_device (HpPagingCosts *self, const HpSettings *settings)
{
  gboolean is_ssd = strcmp (hp_settings_get_text (settings, "swap-device"), "ssd") == 0;
  guint64 seek_ns = is_ssd ? 100000 : 10000000;

  self->major_fault_ns = get_integer (settings, "cost-major-fault");
  self->read_ahead_ns = get_integer (settings, "cost-read-ahead");
  self->write_back_ns = get_integer (settings, "cost-write-back");
  if (self->major_fault_ns == 0)
    self->major_fault_ns = seek_ns;
  if (self->read_ahead_ns == 0)
    self->read_ahead_ns = is_ssd ? 4000 : 80000;
  if (self->write_back_ns == 0)
    self->write_back_ns = seek_ns;
}

static void
read_costs (HpMachineConfig *self, const HpSettings *settings)
{
  self->operation_ns = get_integer (settings, "cost-operation");
  self->paging.access_ns = get_integer (settings, "cost-access");
  self->paging.minor_fault_ns = get_integer (settings, "cost-minor-fault");
  read_device (&self->paging, settings);
  self->gc.costs.collection_ns = get_integer (settings, "cost-collection");
  self->gc.costs.move_mb_ns = get_integer (settings, "cost-move-mb");
  self->gc.costs.mark_ns = get_integer (settings, "cost-mark");
  self->gc.costs.sweep_mb_ns = get_integer (settings, "cost-sweep-mb");
}

static void
read_incremental (HpIncrementalConfig *self, const HpSettings *settings)
{
  self->is_on = hp_settings_get_boolean (settings, "incremental-marking");
  self->least_old_bytes = get_integer (settings, "incremental-marking-threshold");
  self->young_step = get_integer (settings, "incremental-marking-young-step");
  self->old_step = get_integer (settings, "incremental-marking-old-step");
  self->min_step = get_integer (settings, "incremental-marking-min-step");
  self->max_step = get_integer (settings, "incremental-marking-max-step");
  self->lag = get_integer (settings, "incremental-marking-lag");
}

static gboolean
read_memory (HpMachineConfig *self, const HpSettings *settings, GError **error)
{
  if (!check_power_of_two (settings, "page-size", error) || !check_power_of_two (settings, "read-ahead", error))
    return FALSE;
  self->pager = hp_settings_get_boolean (settings, "pager");
  self->ram_bytes = get_integer (settings, "ram");
  self->page_bytes = (guint32) get_integer (settings, "page-size");
  self->replacement = g_intern_string (hp_settings_get_text (settings, "replacement"));
  self->read_ahead = (guint32) get_integer (settings, "read-ahead");
  self->detail_start = get_integer (settings, "detail-start");
  self->detail_length = get_integer (settings, "detail-length");
  self->stack_words = (guint32) (get_integer (settings, "stack-size") / HP_WORD_BYTES);
  return self->ram_bytes == 0
         || check_at_least (settings, "ram", self->ram_bytes, "page-size", self->page_bytes, error);
}

static gboolean
read_pages (HpMachineConfig *self, const HpSettings *settings, GError **error)
{
  guint64 page = get_integer (settings, "heap-page-size");
  guint64 header = get_integer (settings, "page-header");
  guint64 regular = get_integer (settings, "max-regular-object-size");

  if (!check_power_of_two (settings, "heap-page-size", error)
      || !check_at_least (
          settings, "heap-page-size", page, "page-header and max-regular-object-size", header + regular, error)
      || (self->pager && !check_at_least (settings, "heap-page-size", page, "page-size", self->page_bytes, error)))
    return FALSE;
  self->heap.page_words = (guint32) (page / HP_WORD_BYTES);
  self->heap.header_words = (guint32) ((header + HP_WORD_BYTES - 1) / HP_WORD_BYTES);
  self->heap.max_regular_words = (guint32) (regular / HP_WORD_BYTES);
  self->heap.commit_words = self->page_bytes / HP_WORD_BYTES;
  return TRUE;
}

/* What the settings, or else the memory of the machine, allow: Heap::ConfigureHeap. */
static void
read_maxima (const HpSettings *settings, guint64 page, guint64 *max_semi, guint64 *max_old)
{
  guint64 memory = get_integer (settings, "physical-memory");
  guint64 heap = get_megabytes (settings, "max-heap-size");

  *max_semi = get_megabytes (settings, "max-semi-space-size");
  *max_old = get_megabytes (settings, "max-old-space-size");
  if (heap > 0)
    *max_old = hp_limits_old_of_heap (heap, *max_semi, page);
  else if (memory > 0 && !hp_settings_is_changed (settings, "max-old-space-size"))
    *max_old = hp_limits_old_of_memory (memory);
  if ((heap > 0 || memory > 0) && !hp_settings_is_changed (settings, "max-semi-space-size"))
    *max_semi = hp_limits_semi_of_old (heap > 0 ? *max_old : hp_limits_old_of_memory (memory), *max_semi, page);
}

/* Semi-spaces in whole heap pages; the larger one rounded up to a power of two first (V8: Heap::ConfigureHeap). */
static gboolean
read_generations (HpMachineConfig *self, const HpSettings *settings, GError **error)
{
  guint64 page = get_integer (settings, "heap-page-size");
  guint64 semi = get_megabytes (settings, "min-semi-space-size");
  guint64 initial = get_integer (settings, "initial-old-limit");
  guint64 max_semi, max_old;

  read_maxima (settings, page, &max_semi, &max_old);
  max_semi = round_up_to_power_of_two (max_semi);
  semi = (semi + page - 1) / page * page;
  max_semi = MAX (max_semi, page);
  if (!check_at_least (settings, "max-semi-space-size", max_semi, "min-semi-space-size", semi, error)
      || !check_at_least (settings, "max-old-space-size", max_old, "heap-page-size", page, error))
    return FALSE;
  self->heap.semi_pages = (guint32) (semi / page);
  self->heap.max_old_bytes = max_old;
  self->gc.max_semi_bytes = max_semi;
  self->gc.initial_old_limit = initial != 0 ? MIN (initial, max_old) : MIN (512 * (guint64) MIB, max_old / 2);
  self->gc.old_limit_step = get_integer (settings, "old-limit-step");
  self->gc.external_limit = get_integer (settings, "external-memory-limit");
  self->gc.semi_growth_factor = (guint) get_integer (settings, "semi-space-growth-factor");
  return TRUE;
}

gboolean
hp_machine_config_read (HpMachineConfig *self, const HpSettings *settings, GError **error)
{
  *self = (HpMachineConfig){ 0 };
  self->gc.compact = hp_settings_get_boolean (settings, "compaction");
  self->heap.runtime_bytes = get_integer (settings, "runtime-heap");
  self->heap.runtime_garbage_bytes = get_integer (settings, "runtime-garbage");
  read_incremental (&self->gc.incremental, settings);
  self->gc.lazy_sweeping = hp_settings_get_boolean (settings, "lazy-sweeping");
  self->gc.compaction_quota = get_integer (settings, "compaction-quota");
  self->gc.memory_reducer = hp_settings_get_boolean (settings, "memory-reducer");
  self->gc.page_promotion_percent = (guint) get_integer (settings, "page-promotion-threshold");
  self->gc.cheney_order = strcmp (hp_settings_get_text (settings, "scavenger-order"), "cheney") == 0;
  self->gc.ephemeron_iterations = (guint) get_integer (settings, "ephemeron-fixpoint-iterations");
  self->gc.task_trigger_percent = (guint) get_integer (settings, "minor-gc-task-trigger");
  self->gc.low_allocation_throughput = (double) get_integer (settings, "low-allocation-throughput");
  self->gc.pretenuring = hp_settings_get_boolean (settings, "allocation-site-pretenuring");
  self->gc.buffer_words = (guint32) (get_integer (settings, "scavenger-buffer-size") / HP_WORD_BYTES);
  self->gc.seed = get_integer (settings, "seed");
  read_costs (self, settings);
  return read_memory (self, settings, error) && read_pages (self, settings, error)
         && read_generations (self, settings, error);
}
