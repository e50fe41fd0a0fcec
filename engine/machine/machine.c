/* machine.c - a machine is put together, runs, and ends
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

#include <glib/gi18n-lib.h>

/* Page frames where RAM has no limit: 4 GiB of pages of 4 KiB. */
#define UNLIMITED_FRAMES (1u << 20)
/* Two to the power of vm.page-cluster, which is 3. */
#define LINUX_READ_AHEAD 8

/* ---- making one -------------------------------------------------------------------------------------------------- */

HpPager *
hp_machine_make_pager (HpMachine *self, guint32 unlimited_frames, guint32 usual_read_ahead)
{
  guint64 frames = self->config.ram_bytes / self->config.page_bytes;

  return hp_pager_new (&self->clock,
                       &(HpPagerConfig){
                           .page_bytes = self->config.page_bytes,
                           .n_frames = frames > 0 ? (guint32) MIN (frames, G_MAXUINT32 / 2) : unlimited_frames,
                           .read_ahead = self->config.read_ahead > 0 ? self->config.read_ahead : usual_read_ahead,
                           .policy = self->replacement,
                           .policy_settings = self->policy_settings,
                           .seed = self->config.gc.seed,
                           .costs = self->config.paging,
                       });
}

static void
announce_limit (HpMachine *self, HpLimit limit, guint64 bytes)
{
  if (bytes > 0)
    hp_emit (self->emitter, HP_EVENT_LIMIT, limit, 0, (guint32) (bytes / 8), 0);
}

static void
visit_stack (gpointer stack, gboolean quietly, HpRootVisit visit, gpointer data)
{
  hp_stack_visit (stack, quietly, visit, data);
}

static char *
name_local (gpointer data, guint32 holder)
{
  HpMachine *self = data;
  const HpStackFrame *frame = hp_stack_find (&self->stack, holder);
  const HpFunction *function = frame != NULL ? hp_definitions_function (self->emitter->definitions, frame->function)
                                             : NULL;
  guint32 local;

  if (function == NULL)
    return g_strdup_printf (_ ("stack slot %u"), holder);
  local = holder - frame->first_slot;
  if (function->local_names != NULL && function->local_names[local] != NULL)
    return g_strdup_printf (_ ("local “%s” of %s"), function->local_names[local], function->name);
  return g_strdup_printf (_ ("local %u of %s"), local, function->name);
}

static void
make_stack (HpMachine *self)
{
  guint64 bytes = (guint64) self->config.stack_words * HP_WORD_BYTES;
  guint64 address = hp_address_space_map (self->address_space, HP_REGION_STACK, bytes, 1);

  g_assert (address != 0);
  announce_limit (self, HP_LIMIT_STACK, bytes);
  hp_stack_init (&self->stack, address, self->config.stack_words, self->pager);
}

static gboolean
make_heap (HpMachine *self, GError **error)
{
  const HpHeapConfig *config = &self->config.heap;

  announce_limit (self, HP_LIMIT_SEMI_SPACE, (guint64) config->semi_pages * config->page_words * HP_WORD_BYTES);
  announce_limit (self, HP_LIMIT_OLD_MAX, config->max_old_bytes);
  self->heap = hp_heap_new (config, self->emitter, &self->counters, self->address_space, self->pager, error);
  if (self->heap == NULL)
    return FALSE;
  self->heap->roots.visit_stack = visit_stack;
  self->heap->roots.stack = &self->stack;
  self->heap->roots.name_local = name_local;
  self->heap->roots.namer = self;
  return TRUE;
}

/* What was reachable before a collection must be there after it. */
static void
check_heap (gpointer data, gboolean is_after)
{
  HpMachine *self = data;
  g_autoptr (HpSnapshot) before = g_steal_pointer (&self->before);

  if (self->violation == NULL)
    self->violation = hp_verifier_check (self->heap, before, is_after ? NULL : &self->before);
  if (before != NULL && self->collector->fault != NULL)
    hp_snapshot_find_path (before, self->heap, self->collector->fault);
}

static const HpReplacementPolicy *
find_replacement (const HpMachineConfig *config, const HpPolicies *policies)
{
  return policies->replacement != NULL ? policies->replacement : hp_replacement_policy_find (config->replacement);
}

/* A program decides as it goes; only a trace has a future. */
static gboolean
check_future (const HpMachineConfig *config, const HpReplacementPolicy *policy, GError **error)
{
  if (!policy->needs_future || (!config->pager && config->read_ahead <= 1))
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               _ ("replacement: found “%s”, which needs to know the future: it runs on traces alone, with pager=false "
                  "and without read-ahead"),
               policy->id);
  return FALSE;
}

HpMachine *
hp_machine_new (const HpSettings *settings, const HpPolicies *policies, const HpListener *listener, GError **error)
{
  static const HpPolicies USUAL = { NULL, NULL, NULL };
  HpMachineConfig config;
  HpMachine *self;

  g_return_val_if_fail (settings != NULL, NULL);

  if (policies == NULL)
    policies = &USUAL;
  if (!hp_machine_config_read (&config, settings, error))
    return NULL;
  if (!check_future (&config, find_replacement (&config, policies), error))
    return NULL;
  self = g_new0 (HpMachine, 1);
  self->config = config;
  self->settings = hp_settings_copy (settings);
  self->policy_settings = policies->settings ? hp_settings_copy (policies->settings) : hp_settings_new (NULL, 0);
  self->replacement = find_replacement (&config, policies);
  self->emitter = hp_emitter_new (listener);
  self->clock = (HpClock){ self->emitter, &self->counters, .operation_ns = config.operation_ns };
  self->callees = g_array_new (FALSE, FALSE, sizeof (HpCallee));
  self->labels = g_hash_table_new (NULL, NULL);
  hp_machine_init_job (self);
  hp_machine_init_output (self);
  if (config.pager)
    {
      self->pager = hp_machine_make_pager (self, UNLIMITED_FRAMES, LINUX_READ_AHEAD);
      announce_limit (self, HP_LIMIT_RAM, config.ram_bytes);
    }
  self->address_space = hp_address_space_new (self->pager);
  make_stack (self);
  if (!make_heap (self, error))
    {
      hp_machine_free (self);
      return NULL;
    }
  self->attention = (self->emitter->listening ? HP_ATTENTION_LISTENER : HP_ATTENTION_NONE)
                    | (self->pager != NULL ? HP_ATTENTION_PAGER : HP_ATTENTION_NONE);
  self->collector = hp_collector_new (self->heap, &self->clock, &config.gc, policies->gc, self->policy_settings);
  if (self->collector->policy.stored != NULL)
    self->attention |= HP_ATTENTION_STORES;
  return self;
}

void
hp_machine_free (HpMachine *self)
{
  if (self == NULL)
    return;
  hp_page_summary_free (self->stretch.summary);
  g_free (self->stretch.explanation);
  hp_collector_free (self->collector);
  hp_heap_free (self->heap);
  hp_stack_clear (&self->stack);
  hp_address_space_free (self->address_space);
  g_clear_pointer (&self->pager, hp_pager_free);
  g_clear_pointer (&self->own_trace_pager, hp_pager_free);
  g_hash_table_unref (self->labels);
  g_array_unref (self->callees);
  hp_machine_clear_job (self);
  hp_machine_clear_output (self);
  hp_settings_free (self->settings);
  hp_settings_free (self->policy_settings);
  hp_emitter_free (self->emitter);
  g_free (self->message);
  hp_violation_free (self->violation);
  hp_snapshot_free (self->before);
  g_free (self);
}

/* ---- running and ending ------------------------------------------------------------------------------------------ */

void
hp_machine_end (HpMachine *self, HpEnding ending, const char *message)
{
  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return;
  hp_heap_count_new_objects (self->heap);
  hp_machine_tell_stretch (self);
  hp_clock_flush (&self->clock);
  hp_machine_tell_quiet_touches (self);
  hp_machine_tell_unfinished_lines (self);
  g_atomic_int_or (&self->attention, HP_ATTENTION_ENDED);
  self->ending = ending;
  self->message = g_strdup (message);
  hp_emit (self->emitter,
           HP_EVENT_END,
           ending,
           message != NULL ? hp_emitter_define_string (self->emitter, message) : 0,
           0,
           0);
}

gboolean
hp_machine_check (HpMachine *self)
{
  if (hp_machine_attends (self, HP_ATTENTION_ENDED))
    return FALSE;
  if (hp_machine_attends (self, HP_ATTENTION_CANCELLED))
    hp_machine_end (self, HP_ENDING_CANCELLED, NULL);
  else if (self->event_limit > 0 && self->emitter->n_emitted + self->emitter->n >= self->event_limit)
    hp_machine_end (self, HP_ENDING_EVENT_LIMIT, NULL);
  return !hp_machine_attends (self, HP_ATTENTION_ENDED);
}

gboolean
hp_machine_begin_attentively (HpMachine *self, HpOperation operation)
{
  if (!hp_machine_check (self))
    return FALSE;
  hp_machine_tell_stretch (self);
  self->stretch.told = FALSE;
  hp_clock_flush (&self->clock);
  hp_emit (self->emitter, HP_EVENT_OPERATION, operation, self->n_quiet_touches, 0, 0);
  self->n_quiet_touches = 0;
  return TRUE;
}

gboolean
hp_machine_is_running (const HpMachine *self)
{
  return !hp_machine_attends (self, HP_ATTENTION_ENDED | HP_ATTENTION_CANCELLED);
}

void
hp_machine_finish (HpMachine *self)
{
  g_return_if_fail (self != NULL);

  if (hp_machine_check (self))
    hp_machine_end (self, HP_ENDING_COMPLETED, NULL);
  hp_emitter_flush (self->emitter);
}

void
hp_machine_fail (HpMachine *self, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  hp_machine_end (self, HP_ENDING_SCENARIO_ERROR, message);
}

void
hp_machine_fail_stack_overflow (HpMachine *self)
{
  hp_machine_end (self, HP_ENDING_STACK_OVERFLOW, "RangeError: Maximum call stack size exceeded");
}

void
hp_machine_cancel (HpMachine *self)
{
  g_atomic_int_or (&self->attention, HP_ATTENTION_CANCELLED);
}

void
hp_machine_set_event_limit (HpMachine *self, guint64 n)
{
  self->event_limit = n;
}

void
hp_machine_set_verify (HpMachine *self, gboolean verify)
{
  self->collector->check = verify ? check_heap : NULL;
  self->collector->check_data = self;
}

/* ---- looking at it ----------------------------------------------------------------------------------------------- */

HpEnding
hp_machine_ending (const HpMachine *self)
{
  return self->ending;
}

const char *
hp_machine_ending_message (const HpMachine *self)
{
  return self->message;
}

const char *
hp_machine_policy_fault (const HpMachine *self)
{
  return self->collector->fault != NULL ? self->collector->fault->sentence : NULL;
}

guint64
hp_machine_count_policy_faults (const HpMachine *self)
{
  return self->collector->n_faults;
}

const char *
hp_machine_last_collections (const HpMachine *self)
{
  return self->collector->trace.lines->str;
}

const HpCounters *
hp_machine_counters (const HpMachine *self)
{
  hp_heap_count_new_objects (self->heap);
  return &self->counters;
}

const HpSettings *
hp_machine_settings (const HpMachine *self)
{
  return self->settings;
}

const HpDefinitions *
hp_machine_definitions (const HpMachine *self)
{
  return self->emitter->definitions;
}

guint64
hp_machine_count_events (const HpMachine *self)
{
  return self->emitter->n_emitted + self->emitter->n;
}

void
hp_machine_flush (HpMachine *self)
{
  hp_emitter_flush (self->emitter);
}

char *
hp_machine_verify (const HpMachine *self)
{
  g_autoptr (HpViolation) violation = NULL;

  hp_heap_count_new_objects (self->heap);
  violation = hp_verifier_check (self->heap, NULL, NULL);

  return violation != NULL ? hp_violation_text (violation) : NULL;
}
