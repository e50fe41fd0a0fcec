/* process.c - process, and the collector's own function gc
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "runtime/function.h"
#include "runtime/jobs.h"
#include "runtime/report.h"
#include "runtime/message.h"

/* ---- output ------------------------------------------------------------------------------------------------------ */

static JsValue
write_to (JsVm *vm, const JsCall *call, HpStream stream)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0));

  if (text == NULL)
    return JS_THROWN;
  hp_machine_write_output (vm->machine, stream, text, strlen (text));
  return JS_TRUE;
}

static JsValue
write_output (JsVm *vm, const JsCall *call)
{
  return write_to (vm, call, HP_STREAM_OUTPUT);
}

static JsValue
write_error (JsVm *vm, const JsCall *call)
{
  return write_to (vm, call, HP_STREAM_ERROR);
}

static const JsNativeRow OUTPUT[] = { JS_METHOD ("write", write_output, 1), JS_NUMBER ("fd", 1) };
static const JsNativeRow ERROR_OUTPUT[] = { JS_METHOD ("write", write_error, 1), JS_NUMBER ("fd", 2) };

static JsValue
create_output (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (OUTPUT));
}

static JsValue
create_error_output (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (ERROR_OUTPUT));
}

/* ---- memory ------------------------------------------------------------------------------------------------------ */

static gboolean
add_number (JsVm *vm, JsValue object, const char *name, double number)
{
  JsValue value = js_number (vm, number);

  return !js_is_hole (value)
         && js_define (vm, object.payload, js_key_atom (js_atom (vm, name, -1)), value, JS_ALL_ATTRIBUTES);
}

/* What the heap's spaces span: whole pages, where V8's heapTotal counts what it committed. */
static double
heap_total (JsVm *vm)
{
  const double chunk = 256 * 1024;
  const HpCounters *counters = hp_machine_counters (vm->machine);
  double young = (double) (counters->used_bytes[HP_SPACE_SEMI_A] + counters->used_bytes[HP_SPACE_SEMI_B]);
  double old = (double) counters->live_bytes - young;

  return (ceil (old / chunk) + 2 * ceil (young / chunk + 1)) * chunk;
}

static JsValue
memory_usage (JsVm *vm, const JsCall *call)
{
  const HpCounters *counters = hp_machine_counters (vm->machine);
  double total = heap_total (vm);
  double rss = (double) counters->resident_pages * hp_machine_page_bytes (vm->machine);
  double external = (double) counters->external_bytes;
  JsValue usage = js_hold (vm, js_ref (js_new_object (vm)));

  (void) call;
  if (js_is_hole (usage) || !add_number (vm, usage, "rss", MAX (rss, total) + external)
      || !add_number (vm, usage, "heapTotal", total)
      || !add_number (vm, usage, "heapUsed", (double) counters->live_bytes)
      || !add_number (vm, usage, "external", external) || !add_number (vm, usage, "arrayBuffers", external))
    return JS_THROWN;
  return usage;
}

static JsValue
resident_bytes (JsVm *vm, const JsCall *call)
{
  JsValue usage = js_hold (vm, memory_usage (vm, call));

  return js_is_hole (usage) ? usage : js_get_named (vm, usage, js_atom (vm, "rss", -1));
}

static JsValue
create_memory_usage (JsVm *vm)
{
  static const JsNativeRow USAGE = JS_METHOD ("memoryUsage", memory_usage, 0),
                           RSS = JS_METHOD ("rss", resident_bytes, 0);
  JsValue function = js_hold (vm, js_new_native (vm, &USAGE)), rss;

  rss = js_is_hole (function) ? function : js_new_native (vm, &RSS);
  return !js_is_hole (rss)
                 && js_define (vm, function.payload, js_key_atom (js_atom (vm, "rss", -1)), rss, JS_HIDDEN_ATTRIBUTES)
             ? function
             : JS_THROWN;
}

static JsValue
collect (JsVm *vm, const JsCall *call)
{
  JsValue options = js_argument (call, 0), type = JS_UNDEFINED;
  g_autofree char *text = NULL;

  if (js_is_object (vm, options))
    type = js_get_named (vm, options, js_atom (vm, "type", -1));
  if (js_is_string (vm, type))
    text = js_string_to_utf8 (vm, type.payload, NULL);
  hp_machine_collect (vm->machine, g_strcmp0 (text, "minor") == 0 ? HP_COLLECTION_YOUNG : HP_COLLECTION_FULL);
  return js_vm_tick (vm) ? JS_UNDEFINED : JS_THROWN;
}

/* ---- time and end ------------------------------------------------------------------------------------------------ */

static JsValue
uptime (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_number (vm, js_clock_ms (vm) / 1000);
}

static JsValue
hrtime (JsVm *vm, const JsCall *call)
{
  double ns = js_clock_ms (vm) * 1e6;
  JsValue parts[2];

  if (js_is_array (vm, js_argument (call, 0)))
    ns -= js_as_double (vm, js_element (vm, call->arguments[0].payload, 0)) * 1e9
          + js_as_double (vm, js_element (vm, call->arguments[0].payload, 1));
  parts[0] = js_hold (vm, js_number (vm, floor (ns / 1e9)));
  parts[1] = js_hold (vm, js_number (vm, floor (ns - floor (ns / 1e9) * 1e9)));
  return js_ref (js_new_array_of (vm, parts, 2));
}

static JsValue
hrtime_bigint (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_bigint_from_double (vm, floor (js_clock_ms (vm) * 1e6));
}

static JsValue
create_hrtime (JsVm *vm)
{
  static const JsNativeRow HRTIME = JS_METHOD ("hrtime", hrtime, 1), BIGINT = JS_METHOD ("bigint", hrtime_bigint, 0);
  JsValue function = js_hold (vm, js_new_native (vm, &HRTIME)), bigint;

  if (js_is_hole (function))
    return function;
  bigint = js_new_native (vm, &BIGINT);
  return !js_is_hole (bigint)
                 && js_define (vm, function.payload, js_key_atom (JS_NAME (vm, BIGINT)), bigint, JS_HIDDEN_ATTRIBUTES)
             ? function
             : JS_THROWN;
}

static JsValue
process_exit (JsVm *vm, const JsCall *call)
{
  double code = vm->exit_code;

  if (!js_is_undefined (js_argument (call, 0)) && !js_to_integer (vm, call->arguments[0], &code))
    return JS_THROWN;
  vm->exit_code = (int) code;
  if (!vm->is_exiting)
    {
      vm->is_exiting = TRUE;
      js_process_emit (vm, "exit", js_smi (vm->exit_code), JS_HOLE);
    }
  if (js_vm_tick (vm))
    hp_machine_exit (vm->machine, (guint8) vm->exit_code, NULL);
  vm->is_over = TRUE;
  return JS_THROWN;
}

static JsValue
get_exit_code (JsVm *vm, const JsCall *call)
{
  (void) call;
  return vm->has_exit_code ? js_smi (vm->exit_code) : JS_UNDEFINED;
}

static JsValue
set_exit_code (JsVm *vm, const JsCall *call)
{
  double code;

  if (!js_to_integer (vm, js_argument (call, 0), &code))
    return JS_THROWN;
  vm->exit_code = (int) code;
  vm->has_exit_code = TRUE;
  return JS_UNDEFINED;
}

static JsValue
next_tick (JsVm *vm, const JsCall *call)
{
  if (!js_check_callable (vm, js_argument (call, 0)))
    return JS_THROWN;
  return js_enqueue_tick (vm, call->arguments[0], call->arguments + 1, call->n - 1) ? JS_UNDEFINED : JS_THROWN;
}

static JsValue
current_folder (JsVm *vm, const JsCall *call)
{
  g_autofree char *folder = g_path_get_dirname (vm->options.file);

  (void) call;
  return js_string (vm, folder, -1);
}

/* ---- listeners --------------------------------------------------------------------------------------------------- */

/* event → array of functions, in an object that process keeps under a name of its own. */
static JsValue
listeners_of (JsVm *vm, JsValue process, JsAtom *event, gboolean create)
{
  JsKey name = js_key_atom (js_atom (vm, "_events", -1));
  JsDescriptor own;
  JsValue events, list;

  if (js_get_own (vm, process.payload, name, &own) == JS_PRESENT)
    events = own.value;
  else if (!create)
    return JS_UNDEFINED;
  else
    {
      events = js_hold (vm, js_ref (js_new_object_with_prototype (vm, JS_NULL)));
      if (js_is_hole (events) || !js_define (vm, process.payload, name, events, JS_HIDDEN_ATTRIBUTES))
        return JS_THROWN;
    }
  list = js_get_named (vm, events, event);
  if (!js_is_undefined (list) || !create)
    return list;
  list = js_hold (vm, js_ref (js_new_array (vm, 0)));
  return !js_is_hole (list) && js_set_named (vm, events, event, list) ? list : JS_THROWN;
}

static JsValue
process_on (JsVm *vm, const JsCall *call)
{
  JsKey event;
  JsValue list;

  if (!js_to_key (vm, js_argument (call, 0), &event) || !js_check_callable (vm, js_argument (call, 1))
      || !js_is_object (vm, call->receiver))
    return JS_THROWN;
  list = listeners_of (vm, call->receiver, js_key_to_atom (vm, event), TRUE);
  return !js_is_hole (list) && js_array_push (vm, list.payload, call->arguments[1]) ? call->receiver : JS_THROWN;
}

/* A listener that is to hear only once is inside a function of its own. */
static JsValue
hear_once (JsVm *vm, const JsCall *call)
{
  return js_call (vm, js_native_data (vm, call), call->receiver, call->arguments, call->n);
}

static const JsNativeRow ONCE = JS_METHOD ("once", hear_once, 0);

static JsValue
process_once (JsVm *vm, const JsCall *call)
{
  JsValue arguments[] = { js_argument (call, 0), JS_UNDEFINED };
  JsCall inner = { call->callee, call->receiver, arguments, 2, JS_UNDEFINED };

  if (!js_check_callable (vm, js_argument (call, 1)))
    return JS_THROWN;
  arguments[1] = js_hold (vm, js_new_native_with (vm, &ONCE, call->arguments[1]));
  return js_is_hole (arguments[1]) ? JS_THROWN : process_on (vm, &inner);
}

/* Who listens now, held; those that hear only once are listed no more. */
static JsValue *
take_listeners (JsVm *vm, HpRef list, guint32 n)
{
  JsValue *listeners = g_new (JsValue, n + 1);
  guint32 kept = 0;

  for (guint32 i = 0; i < n; i++)
    {
      listeners[i] = js_hold (vm, js_element (vm, list, i));
      if (js_is_callable (vm, listeners[i]) && js_function_native (vm, listeners[i].payload) == &ONCE)
        continue;
      js_set_element (vm, list, kept++, listeners[i]);
    }
  js_array_set_length (vm, list, kept);
  return listeners;
}

/* FALSE where nobody listens, or the run is over. */
static gboolean
emit (JsVm *vm, JsValue process, const char *event, JsValue argument, JsValue second)
{
  JsValue list = js_hold (vm, listeners_of (vm, process, js_atom (vm, event, -1), FALSE));
  guint32 n = js_is_array (vm, list) ? js_array_length (vm, list.payload) : 0;
  g_autofree JsValue *listeners = n > 0 ? take_listeners (vm, list.payload, n) : NULL;
  JsValue arguments[] = { argument, second };

  for (guint32 i = 0; i < n; i++)
    if (js_is_hole (js_call (vm, listeners[i], process, arguments, js_is_hole (second) ? 1 : 2)))
      return FALSE;
  return n > 0;
}

gboolean
js_process_emit (JsVm *vm, const char *event, JsValue argument, JsValue second)
{
  JsHandles handles = js_handles_open (vm);
  gboolean heard = FALSE;
  JsValue process;

  js_hold (vm, argument);
  js_hold (vm, second);
  /* Nobody listens to what nobody asked for. */
  if (vm->process != HP_REF_NONE)
    {
      process = js_ref (vm->process);
      if (js_is_hole (second) && strcmp (event, "uncaughtException") == 0)
        second = js_hold (vm, js_string (vm, event, -1));
      heard = emit (vm, process, event, argument, second);
      if (!js_is_hole (vm->exception) && !vm->is_over)
        {
          js_report_listener (vm, event);
          heard = TRUE;
        }
    }
  js_handles_close (vm, handles);
  return heard;
}

/* ---- process ----------------------------------------------------------------------------------------------------- */

static JsValue
create_argv (JsVm *vm)
{
  JsValue argv = js_hold (vm, js_ref (js_new_array (vm, 0)));

  if (js_is_hole (argv) || !js_array_push (vm, argv.payload, js_string (vm, "/usr/local/bin/node", -1))
      || !js_array_push (vm, argv.payload, js_string (vm, vm->options.file, -1)))
    return JS_THROWN;
  for (const char *const *argument = vm->options.arguments; argument != NULL && *argument != NULL; argument++)
    if (!js_array_push (vm, argv.payload, js_string (vm, *argument, -1)))
      return JS_THROWN;
  return argv;
}

static JsValue
create_empty (JsVm *vm)
{
  return js_ref (js_new_object (vm));
}

static JsValue
create_empty_list (JsVm *vm)
{
  return js_ref (js_new_array (vm, 0));
}

static JsValue
create_versions (JsVm *vm)
{
  static const JsNativeRow VERSIONS[] = { JS_STRING ("node", "20.20.2"), JS_STRING ("v8", "11.3.244.8-node.33") };

  return js_library_namespace (vm, JS_ROWS (VERSIONS));
}

static const JsNativeRow PROCESS[] = {
  JS_TEXT ("title", "node"),
  JS_STRING ("@@toStringTag", "process"),
  JS_TEXT ("version", "v20.20.2"),
  JS_OBJECT ("versions", create_versions),
  JS_TEXT ("arch", "x64"),
  JS_TEXT ("platform", "linux"),
  JS_NUMBER ("pid", 1),
  JS_OBJECT ("argv", create_argv),
  JS_OBJECT ("execArgv", create_empty_list),
  JS_OBJECT ("env", create_empty),
  JS_GETTER ("exitCode", get_exit_code),
  JS_SETTER ("exitCode", set_exit_code),
  JS_OBJECT ("stdout", create_output),
  JS_OBJECT ("stderr", create_error_output),
  JS_METHOD ("cwd", current_folder, 0),
  JS_METHOD ("exit", process_exit, 1),
  JS_OBJECT ("hrtime", create_hrtime),
  JS_OBJECT ("memoryUsage", create_memory_usage),
  JS_METHOD ("nextTick", next_tick, 1),
  JS_METHOD ("on", process_on, 2),
  JS_METHOD ("once", process_once, 2),
  JS_METHOD ("addListener", process_on, 2),
  JS_METHOD ("uptime", uptime, 0),
};

static JsValue
create_process (JsVm *vm)
{
  JsValue process = js_library_namespace (vm, JS_ROWS (PROCESS));

  vm->process = hp_value_get_ref (process);
  return process;
}

static const JsNativeRow GLOBALS[] = {
  JS_OBJECT ("process", create_process),
  JS_METHOD ("gc", collect, 0),
};

const JsLibrary js_library_process = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };
