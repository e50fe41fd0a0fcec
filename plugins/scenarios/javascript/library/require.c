/* require.c - require, and the modules of Node that there are: buffer, events, perf_hooks, timers, util, v8
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/util.h"
#include "runtime/keep.h"
#include "runtime/message.h"

/* ---- v8 ---------------------------------------------------------------------------------------------------------- */

static gboolean
add_number (JsVm *vm, JsValue object, const char *name, double number)
{
  JsValue value = js_number (vm, number);

  return !js_is_hole (value)
         && js_define (vm, object.payload, js_key_atom (js_atom (vm, name, -1)), value, JS_ALL_ATTRIBUTES);
}

static JsValue
get_heap_statistics (JsVm *vm, const JsCall *call)
{
  const HpCounters *counters = hp_machine_counters (vm->machine);
  double live = (double) counters->live_bytes;
  double limit = (double) hp_settings_get_integer (hp_machine_settings (vm->machine), "max-old-space-size");
  const struct
  {
    const char *name;
    double number;
  } numbers[] = {
    { "total_heap_size", live },
    { "total_heap_size_executable", 0 },
    { "total_physical_size", live },
    { "total_available_size", MAX (limit - live, 0) },
    { "used_heap_size", live },
    { "heap_size_limit", limit },
    { "malloced_memory", 0 },
    { "peak_malloced_memory", 0 },
    { "does_zap_garbage", 0 },
    { "number_of_native_contexts", 1 },
    { "number_of_detached_contexts", 0 },
    { "external_memory", (double) hp_machine_counters (vm->machine)->external_bytes },
  };
  JsValue object = js_hold (vm, js_ref (js_new_object (vm)));

  (void) call;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers) && !js_is_hole (object); i++)
    if (!add_number (vm, object, numbers[i].name, numbers[i].number))
      return JS_THROWN;
  return object;
}

static const JsNativeRow V8[] = { JS_METHOD ("getHeapStatistics", get_heap_statistics, 0) };

/* ---- perf_hooks -------------------------------------------------------------------------------------------------- */

static JsValue
create_performance (JsVm *vm)
{
  return js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_GLOBAL), js_atom (vm, "performance", -1));
}

static const JsNativeRow PERF_HOOKS[] = { JS_OBJECT ("performance", create_performance) };

/* ---- modules ----------------------------------------------------------------------------------------------------- */

static JsValue
create_v8 (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (V8));
}

static JsValue
create_perf_hooks (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (PERF_HOOKS));
}

static JsValue
create_events (JsVm *vm)
{
  return js_library_constructor (vm, "EventEmitter");
}

static JsValue
create_process_module (JsVm *vm)
{
  return js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_GLOBAL), js_atom (vm, "process", -1));
}

static JsValue
create_buffer_class (JsVm *vm)
{
  return js_library_constructor (vm, "Buffer");
}

static JsValue
create_buffer (JsVm *vm)
{
  static const JsNativeRow BUFFER[] = { JS_OBJECT ("Buffer", create_buffer_class) };

  return js_library_namespace (vm, JS_ROWS (BUFFER));
}

static JsValue
create_timers (JsVm *vm)
{
  return js_intrinsic (vm, JS_INTRINSIC_GLOBAL);
}

static const JsNativeRow MODULES[] = {
  JS_OBJECT ("buffer", create_buffer),
  JS_OBJECT ("timers", create_timers),
  JS_OBJECT ("timers/promises", js_create_timer_promises),
  JS_OBJECT ("util", js_create_util),
  JS_OBJECT ("util/types", js_create_util_types),
  JS_OBJECT ("v8", create_v8),
  JS_OBJECT ("perf_hooks", create_perf_hooks),
  JS_OBJECT ("events", create_events),
  JS_OBJECT ("process", create_process_module),
};

/* The object that has each module, made when it is first asked for. */
static JsValue
modules (JsVm *vm)
{
  if (vm->modules == HP_REF_NONE)
    vm->modules = hp_value_get_ref (js_library_namespace (vm, JS_ROWS (MODULES)));
  return js_ref (vm->modules);
}

JsValue
js_library_module_member (JsVm *vm, const char *module, const char *name)
{
  JsValue all = modules (vm), found = js_is_hole (all) ? all : js_get_named (vm, all, js_atom (vm, module, -1));

  return js_is_hole (found) ? found : js_get_named (vm, found, js_atom (vm, name, -1));
}

static JsValue
throw_not_found (JsVm *vm, const char *name)
{
  JsValue text, error, code;

  text = js_hold (vm, js_string_printf (vm, "Cannot find module '%s'\nRequire stack:\n- %s", name, vm->options.file));
  error = js_is_hole (text) ? text : js_hold (vm, js_new_error (vm, JS_INTRINSIC_ERROR_PROTOTYPE, text));
  code = js_is_hole (error) ? error : js_hold (vm, js_string (vm, "MODULE_NOT_FOUND", -1));
  if (js_is_hole (code) || !js_set_named (vm, error, JS_NAME (vm, CODE), code))
    return JS_THROWN;
  vm->thrown_at = JS_THROWN_BY_RUNTIME;
  return js_throw (vm, error);
}

static JsValue
require (JsVm *vm, const JsCall *call)
{
  g_autofree char *name = NULL;
  const char *plain;
  JsValue all = modules (vm);
  JsKey key;

  if (!js_is_string (vm, js_argument (call, 0)))
    return js_throw_type (vm, "The \"id\" argument must be of type string.");
  name = js_string_to_utf8 (vm, call->arguments[0].payload, NULL);
  plain = g_str_has_prefix (name, "node:") ? name + 5 : name;
  key = js_key_atom (js_atom (vm, plain, -1));
  if (js_is_hole (all) || js_has_own (vm, all.payload, key) != JS_PRESENT)
    return js_is_hole (all) ? all : throw_not_found (vm, name);
  return js_get (vm, all, key);
}

JsValue
js_library_require (JsVm *vm, JsValue main)
{
  static const JsNativeRow REQUIRE = JS_METHOD ("require", require, 1);
  JsValue function = js_hold (vm, js_new_native (vm, &REQUIRE));

  return !js_is_hole (function) && js_set_named (vm, function, js_atom (vm, "main", -1), main) ? function : JS_THROWN;
}
