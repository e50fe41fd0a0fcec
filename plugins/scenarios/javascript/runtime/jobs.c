/* jobs.c - the event loop: microtasks, ticks, timers and immediates in Node's order, on a simulated clock
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/jobs.h"
#include "library/node_error.h"
#include "runtime/error.h"
#include "runtime/number.h"
#include "runtime/report.h"

#define NS_PER_OPERATION 20
#define LONGEST_DELAY 2147483647.0

enum
{
  JOB_NEXT,
  JOB_KIND,
  JOB_A,
  JOB_B,
  JOB_C,
  N_JOB
};

/* A queue of the heap: a list from its oldest job on, held by a root. */
typedef struct
{
  guint32 root;
  HpRef first, last;
} Queue;

/* A Timeout or Immediate that waits. */
typedef struct
{
  HpRef object;
  double due; /* ms */
  guint64 order;
  gboolean is_immediate, waited;
} Timer;

enum
{
  TIMER_CALLBACK,
  TIMER_ARGUMENTS,
  TIMER_REPEAT, /* ms, or undefined */
  TIMER_ID,
  TIMER_NEXT, /* the list of those that wait, whose first a root holds */
  N_TIMER
};

typedef struct
{
  Queue microtasks, ticks, rejections;
  GArray *timers; /* of Timer */
  gint32 last_id;
  guint64 last_order;
  double waited_ms;
} Jobs;

static Jobs *
jobs_of (JsVm *vm)
{
  return vm->jobs;
}

void
js_jobs_init (JsVm *vm)
{
  static const char *const NAMES[] = { "callback", "arguments", "repeat", "id", "next" };
  Jobs *self = g_new0 (Jobs, 1);

  self->timers = g_array_new (FALSE, FALSE, sizeof (Timer));
  self->microtasks.root = vm->microtasks_root;
  self->ticks.root = hp_machine_define_root (vm->machine, "ticks");
  self->rejections.root = hp_machine_define_root (vm->machine, "rejections");
  vm->jobs = self;
  for (guint i = 0; i < 2; i++)
    js_define_kind (
        vm,
        &(JsClassTemplate){
            .kind = i == 0 ? JS_KIND_TIMEOUT : JS_KIND_IMMEDIATE,
            .n_own = N_TIMER,
            .own_names = NAMES,
            .intrinsic_prototype = (i == 0 ? JS_INTRINSIC_TIMEOUT_PROTOTYPE : JS_INTRINSIC_IMMEDIATE_PROTOTYPE) + 1 });
}

void
js_jobs_clear (JsVm *vm)
{
  g_array_unref (jobs_of (vm)->timers);
  g_clear_pointer (&vm->jobs, g_free);
}

double
js_clock_ms (JsVm *vm)
{
  guint64 operations = hp_machine_counters (vm->machine)->operations;

  return jobs_of (vm)->waited_ms + (double) operations * NS_PER_OPERATION / 1e6;
}

/* ---- queues ------------------------------------------------------------------------------------------------------ */

static gboolean
enqueue (JsVm *vm, Queue *queue, JsJobKind kind, JsValue a, JsValue b, JsValue c)
{
  JsHandles handles = js_handles_open (vm);
  HpRef job;

  js_hold (vm, a);
  js_hold (vm, b);
  js_hold (vm, c);
  job = js_new_internal (vm, JS_KIND_INTERNAL, N_JOB);
  if (job != HP_REF_NONE)
    {
      hp_machine_write (vm->machine, job, JOB_KIND, js_smi ((gint32) kind));
      hp_machine_write (vm->machine, job, JOB_A, a);
      hp_machine_write (vm->machine, job, JOB_B, b);
      hp_machine_write (vm->machine, job, JOB_C, c);
      if (queue->first == HP_REF_NONE)
        {
          queue->first = job;
          hp_machine_set_root (vm->machine, queue->root, js_ref (job));
        }
      else
        hp_machine_write (vm->machine, queue->last, JOB_NEXT, js_ref (job));
      queue->last = job;
    }
  js_handles_close (vm, handles);
  return job != HP_REF_NONE;
}

/* The oldest job, held by the open handles; HP_REF_NONE: there is none. */
static HpRef
dequeue (JsVm *vm, Queue *queue)
{
  HpRef job = queue->first;

  if (job == HP_REF_NONE)
    return job;
  js_hold (vm, js_ref (job));
  queue->first = hp_value_get_ref (hp_machine_read (vm->machine, job, JOB_NEXT));
  hp_machine_set_root (vm->machine, queue->root, js_ref (queue->first));
  return job;
}

gboolean
js_enqueue_job (JsVm *vm, JsJobKind kind, JsValue a, JsValue b, JsValue c)
{
  return enqueue (vm, &jobs_of (vm)->microtasks, kind, a, b, c);
}

gboolean
js_enqueue_microtask (JsVm *vm, JsValue function, JsValue argument)
{
  return js_enqueue_job (vm, JS_JOB_CALL, function, argument, JS_HOLE);
}

/* The arguments of a later call, in a list of the heap; the hole: none, or the run is over. */
static JsValue
list_arguments (JsVm *vm, const JsValue *arguments, guint n)
{
  JsValue list = n > 0 ? js_hold (vm, js_ref (js_new_internal (vm, JS_KIND_FIXED_ARRAY, n))) : JS_HOLE;

  for (guint i = 0; i < n && !js_is_hole (list); i++)
    hp_machine_write (vm->machine, list.payload, i, arguments[i]);
  return list;
}

gboolean
js_enqueue_tick (JsVm *vm, JsValue function, const JsValue *arguments, guint n)
{
  return enqueue (vm, &jobs_of (vm)->ticks, JS_JOB_CALL, function, list_arguments (vm, arguments, n), JS_HOLE);
}

void
js_jobs_note_rejection (JsVm *vm, HpRef promise)
{
  enqueue (vm, &jobs_of (vm)->rejections, JS_JOB_CALL, js_ref (promise), JS_HOLE, JS_HOLE);
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

/* What was thrown ends the program, unless somebody listens. FALSE: it ended. */
static gboolean
handle_exception (JsVm *vm)
{
  JsHandles handles = js_handles_open (vm);
  JsValue exception;

  if (!js_vm_tick (vm))
    return FALSE;
  exception = js_hold (vm, js_catch (vm));
  if (!js_process_emit (vm, "uncaughtException", exception, JS_HOLE) && !vm->is_over)
    js_report_uncaught (vm, exception);
  js_handles_close (vm, handles);
  return !vm->is_over;
}

static gboolean
call_with_list (JsVm *vm, JsValue function, JsValue receiver, JsValue list)
{
  guint n = js_is_ref (list) ? hp_machine_length_of (vm->machine, list.payload) : 0;
  g_autofree JsValue *arguments = g_new (JsValue, n + 1);

  for (guint i = 0; i < n; i++)
    arguments[i] = hp_machine_read (vm->machine, list.payload, i);
  return !js_is_hole (js_call (vm, function, receiver, arguments, n)) || handle_exception (vm);
}

static gboolean
run_microtask (JsVm *vm, HpRef job)
{
  JsValue a = hp_machine_read (vm->machine, job, JOB_A), b = hp_machine_read (vm->machine, job, JOB_B);
  JsValue c = hp_machine_read (vm->machine, job, JOB_C);
  gboolean done;

  switch (js_as_smi (hp_machine_read (vm->machine, job, JOB_KIND)))
    {
    case JS_JOB_REACTION:
      done = js_promise_react (vm, a.payload, b, c.payload != 0);
      break;
    case JS_JOB_THENABLE:
      done = js_promise_follow (vm, a.payload, b, c);
      break;
    default:
      done = !js_is_hole (js_call (vm, a, JS_UNDEFINED, &b, js_is_hole (b) ? 0 : 1));
      /* Node reports it from outside of V8, and only the error itself knows where it was. */
      if (js_is_kind (vm, vm->exception, JS_KIND_ERROR))
        vm->thrown_at = JS_THROWN_BY_RUNTIME;
    }
  return done || handle_exception (vm);
}

static gboolean
run_microtasks (JsVm *vm)
{
  gboolean running = TRUE;

  while (running && jobs_of (vm)->microtasks.first != HP_REF_NONE)
    {
      JsHandles handles = js_handles_open (vm);
      running = run_microtask (vm, dequeue (vm, &jobs_of (vm)->microtasks)) && js_vm_tick (vm);
      js_handles_close (vm, handles);
      if (running)
        hp_machine_end_job (vm->machine);
    }
  return running;
}

/* Rejections that nobody handled in the meantime end the program. */
static gboolean
look_at_rejections (JsVm *vm)
{
  Queue *queue = &jobs_of (vm)->rejections;
  gboolean running = TRUE;

  while (running && queue->first != HP_REF_NONE)
    {
      JsHandles handles = js_handles_open (vm);
      HpRef promise = hp_machine_read (vm->machine, dequeue (vm, queue), JOB_A).payload;
      JsValue reason = js_promise_result (vm, promise);

      js_hold (vm, js_ref (promise));
      if (!js_promise_is_handled (vm, promise) && !js_process_emit (vm, "unhandledRejection", reason, js_ref (promise)))
        {
          JsValue origin = js_hold (vm, js_string (vm, "unhandledRejection", -1));
          if (!js_process_emit (vm, "uncaughtException", reason, origin))
            js_report_unhandled_rejection (vm, reason);
          running = js_vm_tick (vm);
        }
      js_handles_close (vm, handles);
    }
  return running;
}

/* After each callback: ticks before microtasks, until there are neither. */
static gboolean
run_ticks (JsVm *vm)
{
  Queue *ticks = &jobs_of (vm)->ticks;
  gboolean running = TRUE;

  do
    {
      while (running && ticks->first != HP_REF_NONE)
        {
          JsHandles handles = js_handles_open (vm);
          HpRef job = dequeue (vm, ticks);
          running = call_with_list (
              vm, hp_machine_read (vm->machine, job, JOB_A), JS_UNDEFINED, hp_machine_read (vm->machine, job, JOB_B));
          js_handles_close (vm, handles);
        }
      running = running && run_microtasks (vm);
    }
  while (running && ticks->first != HP_REF_NONE);
  return running && look_at_rejections (vm);
}

/* ---- timers ------------------------------------------------------------------------------------------------------ */

/* Hold all that wait, by a list. */
static void
link_timer (JsVm *vm, HpRef object)
{
  js_set_own_slot (vm, object, TIMER_NEXT, hp_machine_get_root (vm->machine, vm->timers_root));
  hp_machine_set_root (vm->machine, vm->timers_root, js_ref (object));
}

static void
unlink_timer (JsVm *vm, HpRef object)
{
  HpRef at = hp_value_get_ref (hp_machine_get_root (vm->machine, vm->timers_root)), before = HP_REF_NONE;
  JsValue next;

  for (; at != HP_REF_NONE && at != object; at = hp_value_get_ref (js_get_own_slot (vm, at, TIMER_NEXT)))
    before = at;
  if (at == HP_REF_NONE)
    return;
  next = js_get_own_slot (vm, at, TIMER_NEXT);
  if (before != HP_REF_NONE)
    js_set_own_slot (vm, before, TIMER_NEXT, next);
  else
    hp_machine_set_root (vm->machine, vm->timers_root, next);
  js_set_own_slot (vm, at, TIMER_NEXT, JS_HOLE);
}

static JsValue
add_timer (JsVm *vm, JsKind kind, JsValue function, double delay, gboolean repeats, JsValue list)
{
  Jobs *self = jobs_of (vm);
  HpRef object = js_new_object_of_kind (vm, kind);
  Timer timer = { object, js_clock_ms (vm) + delay, ++self->last_order, kind == JS_KIND_IMMEDIATE, TRUE };

  if (object == HP_REF_NONE)
    return JS_THROWN;
  js_set_own_slot (vm, object, TIMER_CALLBACK, function);
  js_set_own_slot (vm, object, TIMER_ARGUMENTS, list);
  js_set_own_slot (vm, object, TIMER_REPEAT, repeats ? js_smi ((gint32) delay) : JS_UNDEFINED);
  js_set_own_slot (vm, object, TIMER_ID, js_smi (++self->last_id));
  link_timer (vm, object);
  g_array_append_val (self->timers, timer);
  return js_ref (object);
}

static gboolean
check_callback (JsVm *vm, JsValue function)
{
  if (js_is_callable (vm, function))
    return TRUE;
  js_throw_argument_type (vm, "\"callback\" argument", "of type function", function);
  return FALSE;
}

JsValue
js_add_timer (JsVm *vm, JsValue function, double delay, gboolean repeats, const JsValue *arguments, guint n)
{
  if (!check_callback (vm, function))
    return JS_THROWN;
  delay = delay >= 1 && delay <= LONGEST_DELAY ? trunc (delay) : 1;
  return add_timer (vm, JS_KIND_TIMEOUT, function, delay, repeats, list_arguments (vm, arguments, n));
}

JsValue
js_add_immediate (JsVm *vm, JsValue function, const JsValue *arguments, guint n)
{
  if (!check_callback (vm, function))
    return JS_THROWN;
  return add_timer (vm, JS_KIND_IMMEDIATE, function, 0, FALSE, list_arguments (vm, arguments, n));
}

static gint
find_timer (JsVm *vm, HpRef object)
{
  for (guint i = 0; i < jobs_of (vm)->timers->len; i++)
    if (g_array_index (jobs_of (vm)->timers, Timer, i).object == object)
      return (gint) i;
  return -1;
}

gint32
js_timer_id (JsVm *vm, HpRef timer)
{
  return js_as_smi (js_get_own_slot (vm, timer, TIMER_ID));
}

JsValue
js_timer_callback (JsVm *vm, HpRef timer)
{
  return js_get_own_slot (vm, timer, TIMER_CALLBACK);
}

void
js_remove_timer (JsVm *vm, JsValue timer)
{
  GArray *timers = jobs_of (vm)->timers;

  /* It keeps its function no longer, even where it is the one under way. */
  if (js_is_kind (vm, timer, JS_KIND_TIMEOUT) || js_is_kind (vm, timer, JS_KIND_IMMEDIATE))
    js_set_own_slot (vm, timer.payload, TIMER_CALLBACK, JS_UNDEFINED);
  for (guint i = 0; i < timers->len; i++)
    {
      HpRef object = g_array_index (timers, Timer, i).object;
      if (js_is_ref (timer) ? object == timer.payload : js_timer_id (vm, object) == js_as_smi (timer))
        {
          js_set_own_slot (vm, object, TIMER_CALLBACK, JS_UNDEFINED);
          unlink_timer (vm, object);
          g_array_remove_index (timers, i);
          return;
        }
    }
}

void
js_timer_set_waited (JsVm *vm, HpRef timer, gboolean waited)
{
  gint i = find_timer (vm, timer);

  if (i >= 0)
    g_array_index (jobs_of (vm)->timers, Timer, i).waited = waited;
}

gboolean
js_timer_is_waited (JsVm *vm, HpRef timer)
{
  gint i = find_timer (vm, timer);

  return i >= 0 && g_array_index (jobs_of (vm)->timers, Timer, i).waited;
}

/* The timer that is due first, or an immediate made before @order; -1: there is none. */
static gint
find_first (JsVm *vm, gboolean immediate, guint64 before)
{
  GArray *timers = jobs_of (vm)->timers;
  gint found = -1;

  for (guint i = 0; i < timers->len; i++)
    {
      const Timer *timer = &g_array_index (timers, Timer, i);
      const Timer *best = found >= 0 ? &g_array_index (timers, Timer, found) : NULL;
      if (timer->is_immediate == immediate && timer->order <= before
          && (best == NULL || timer->due < best->due || (timer->due == best->due && timer->order < best->order)))
        found = (gint) i;
    }
  return found;
}

static gboolean
fire (JsVm *vm, guint i)
{
  Jobs *self = jobs_of (vm);
  Timer timer = g_array_index (self->timers, Timer, i);
  JsHandles handles = js_handles_open (vm);
  JsValue repeat = js_get_own_slot (vm, timer.object, TIMER_REPEAT);
  gboolean running;
  gint place;

  js_hold (vm, js_ref (timer.object));
  if (js_is_undefined (repeat))
    {
      unlink_timer (vm, timer.object);
      g_array_remove_index (self->timers, i);
    }
  running = call_with_list (vm,
                            js_get_own_slot (vm, timer.object, TIMER_CALLBACK),
                            js_ref (timer.object),
                            js_get_own_slot (vm, timer.object, TIMER_ARGUMENTS));
  place = running && !js_is_undefined (repeat) ? find_timer (vm, timer.object) : -1;
  if (place >= 0)
    {
      Timer *again = &g_array_index (self->timers, Timer, place);
      again->due = MAX (again->due, js_clock_ms (vm)) + js_as_smi (repeat);
      again->order = ++self->last_order;
    }
  js_handles_close (vm, handles);
  if (running)
    hp_machine_end_job (vm->machine);
  return running && run_ticks (vm);
}

static gboolean
is_waited (JsVm *vm)
{
  for (guint i = 0; i < jobs_of (vm)->timers->len; i++)
    if (g_array_index (jobs_of (vm)->timers, Timer, i).waited)
      return TRUE;
  return FALSE;
}

/* Nothing to do until @due: the clock jumps there. */
static void
wait_until (JsVm *vm, double due)
{
  double ms = due - js_clock_ms (vm);

  if (ms <= 0)
    return;
  jobs_of (vm)->waited_ms += ms;
  for (double left = ms; left > 0 && hp_machine_is_running (vm->machine); left -= 86400000.0)
    hp_machine_wait (vm->machine, (guint64) (MIN (left, 86400000.0) * 1e6));
}

/* What registries are told of objects that died. FALSE: the program ended. */
static gboolean
finalize (JsVm *vm)
{
  gboolean thrown;

  while (js_vm_tick (vm) && js_finalize_next (vm, &thrown))
    if ((thrown && !handle_exception (vm)) || !run_ticks (vm))
      return FALSE;
  return js_vm_tick (vm);
}

/* One turn of the loop: the timers that are due now, then the immediates that there are now. */
static gboolean
turn (JsVm *vm)
{
  Jobs *self = jobs_of (vm);
  guint64 before;
  double now;
  gint i = find_first (vm, FALSE, G_MAXUINT64);

  if (find_first (vm, TRUE, G_MAXUINT64) < 0 && i >= 0)
    wait_until (vm, g_array_index (self->timers, Timer, i).due);
  /* A timer of 1 ms counts as due when the loop turns for the first time, as it mostly is in Node. */
  now = js_clock_ms (vm) + 1;
  before = self->last_order;
  while ((i = find_first (vm, FALSE, before)) >= 0 && g_array_index (self->timers, Timer, i).due <= now)
    if (!fire (vm, (guint) i))
      return FALSE;
  if (!finalize (vm))
    return FALSE;
  before = self->last_order;
  while ((i = find_first (vm, TRUE, before)) >= 0)
    if (!fire (vm, (guint) i))
      return FALSE;
  return js_vm_tick (vm);
}

void
js_jobs_run (JsVm *vm)
{
  gboolean running;

  hp_machine_end_job (vm->machine);
  running = run_ticks (vm);
  do
    while (running && is_waited (vm))
      running = turn (vm);
  while (running && js_process_emit (vm, "beforeExit", js_smi (vm->exit_code), JS_HOLE) && run_ticks (vm)
         && is_waited (vm));
  if (!running || vm->is_over)
    return;
  vm->is_exiting = TRUE;
  js_process_emit (vm, "exit", js_smi (vm->exit_code), JS_HOLE);
  if (vm->exit_code != 0 && !vm->is_over)
    hp_machine_exit (vm->machine, (guint8) vm->exit_code, NULL);
}
