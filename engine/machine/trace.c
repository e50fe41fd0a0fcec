/* trace.c - the accesses of a traced process, one by one or many at once
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"

#include <glib/gi18n-lib.h>

/* Page frames where RAM has no limit. */
#define UNLIMITED_FRAMES 64

static void
make_trace_pager (HpMachine *self)
{
  if (self->pager == NULL)
    self->own_trace_pager = hp_machine_make_pager (self, UNLIMITED_FRAMES, 1);
  self->trace_pager = self->pager != NULL ? self->pager : self->own_trace_pager;
}

static inline void
touch_page (HpMachine *self, guint64 byte_address, gboolean write)
{
  if (G_UNLIKELY (!hp_pager_touch (self->trace_pager, byte_address, write)))
    hp_machine_fail (self, _ ("the trace touches more pages than can be told apart (16,777,215)"));
}

/* Most accesses change nothing and leave no event. Their number is told with the next OPERATION. */
static void
touch_telling (HpMachine *self, guint64 byte_address, gboolean write)
{
  HpEmitter *emitter = self->emitter;
  guint64 n_before;

  if (emitter->n + 1 >= HP_EMITTER_BATCH)
    hp_emitter_flush (emitter);
  hp_emit (emitter, HP_EVENT_OPERATION, HP_OPERATION_TOUCH, self->n_quiet_touches, 0, 0);
  n_before = emitter->n_emitted + emitter->n;
  touch_page (self, byte_address, write);
  if (emitter->n_emitted + emitter->n == n_before)
    {
      emitter->n--; /* take it back */
      self->n_quiet_touches++;
    }
  else
    self->n_quiet_touches = 0;
  self->stretch.told = FALSE;
}

void
hp_machine_tell_quiet_touches (HpMachine *self)
{
  if (self->n_quiet_touches > 0)
    hp_emit (self->emitter, HP_EVENT_OPERATION, HP_OPERATION_TOUCH, self->n_quiet_touches - 1, 0, 0);
  self->n_quiet_touches = 0;
}

/* FALSE when the run is over. */
static gboolean
begin (HpMachine *self)
{
  if (G_UNLIKELY (g_atomic_int_get (&self->attention) != HP_ATTENTION_NONE) && !hp_machine_check (self))
    return FALSE;
  if (G_LIKELY (self->trace_pager != NULL))
    return TRUE;
  if (!self->replacement->needs_future)
    {
      make_trace_pager (self);
      return TRUE;
    }
  hp_machine_fail (self, _ ("replacement policy “%s” needs to know the future of the trace"), self->replacement->id);
  return FALSE;
}

void
hp_machine_touch (HpMachine *self, guint64 byte_address, gboolean write)
{
  if (!begin (self))
    return;
  if (hp_machine_attends (self, HP_ATTENTION_LISTENER))
    hp_machine_follow_window (self);
  self->counters.operations++;
  self->clock.n_charged++; /* the pager says what it costs */
  if (self->emitter->listening)
    touch_telling (self, byte_address, write);
  else
    touch_page (self, byte_address, write);
}

static guint64
count_faults (const HpMachine *self)
{
  return self->counters.minor_faults + self->counters.major_faults;
}

/* What the replay does not do is the business of a single touch: to fail. */
static gsize
replay (HpMachine *self, const guint64 *references, gsize n, guint64 last_fault)
{
  gsize n_done = hp_pager_replay (self->trace_pager, references, n, last_fault - count_faults (self));

  self->counters.operations += n_done;
  self->clock.n_charged += n_done;
  if (n_done < n && count_faults (self) != last_fault)
    hp_machine_touch (self, references[n_done], hp_reference_writes (references[n_done]));
  return n_done;
}

/* One by one, since each may have something to tell, unless they are told in a stretch. */
static gsize
touch_telling_many (HpMachine *self, const guint64 *references, gsize n, guint64 last_fault)
{
  gsize i = 0;

  while (i < n && count_faults (self) != last_fault && hp_machine_check (self))
    {
      hp_machine_follow_window (self);
      if (hp_machine_is_in_stretch (self))
        i += replay (self, references + i, MIN (n - i, self->stretch.end - self->counters.operations), last_fault);
      else
        {
          hp_machine_touch (self, references[i], hp_reference_writes (references[i]));
          i++;
        }
    }
  return i;
}

gsize
hp_machine_touch_many (HpMachine *self, const guint64 *references, gsize n, guint64 most_faults)
{
  guint64 last_fault = count_faults (self) + most_faults;

  if (!begin (self))
    return 0;
  if (hp_machine_attends (self, HP_ATTENTION_LISTENER))
    return touch_telling_many (self, references, n, last_fault);
  return replay (self, references, n, last_fault);
}

gboolean
hp_machine_needs_future (const HpMachine *self)
{
  return self->replacement->needs_future;
}

void
hp_machine_set_future (HpMachine *self, const guint32 *next_uses, gsize n)
{
  if (self->trace_pager == NULL)
    make_trace_pager (self);
  hp_pager_set_future (self->trace_pager, next_uses, n);
}

guint32
hp_machine_page_bytes (const HpMachine *self)
{
  return self->config.page_bytes;
}
