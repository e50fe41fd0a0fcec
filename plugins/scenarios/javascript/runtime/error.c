/* error.c - throwing, and the stack that an error remembers (V8: src/execution/messages.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/error.h"
#include "runtime/call.h"
#include "runtime/function.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/stack.h"
#include "runtime/string.h"

#define STACK_TRACE_LIMIT 10

/* ---- throwing ---------------------------------------------------------------------------------------------------- */

JsValue
js_throw (JsVm *vm, JsValue value)
{
  if (js_is_hole (value))
    {
      /* Even an error could not be made: the run is over. */
      vm->is_over = TRUE;
      return JS_THROWN;
    }
  vm->exception = value;
  hp_machine_set_root (vm->machine, vm->exception_root, value);
  return JS_THROWN;
}

JsValue
js_catch (JsVm *vm)
{
  JsValue exception = vm->exception;

  vm->exception = JS_HOLE;
  hp_machine_set_root (vm->machine, vm->exception_root, JS_HOLE);
  return exception;
}

JsValue
js_throw_error (JsVm *vm, JsIntrinsic prototype, const char *format, ...)
{
  JsHandles handles = js_handles_open (vm);
  g_autofree char *text = NULL;
  va_list args;
  JsValue message;

  if (!js_vm_tick (vm))
    return JS_THROWN;
  vm->thrown_at = JS_THROWN_BY_RUNTIME;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  message = js_hold (vm, js_string (vm, text, -1));
  js_throw (vm, js_is_hole (message) ? message : js_new_error (vm, prototype, message));
  js_handles_close (vm, handles);
  return JS_THROWN;
}

/* ---- error objects ----------------------------------------------------------------------------------------------- */

static char *header_of (JsVm *vm, JsValue error);

static JsValue
get_stack (JsVm *vm, HpRef error)
{
  JsValue stack = js_get_own_slot (vm, error, JS_ERROR_SLOT_STACK);
  JsValue frames = js_get_own_slot (vm, error, JS_ERROR_SLOT_FRAMES);
  g_autofree char *header = NULL, *lines = NULL;
  JsHandles handles;

  if (!js_is_hole (stack) || js_is_hole (frames))
    return js_is_hole (stack) ? JS_UNDEFINED : stack;
  handles = js_handles_open (vm);
  js_hold (vm, js_ref (error));
  lines = js_string_to_utf8 (vm, frames.payload, NULL);
  header = header_of (vm, js_ref (error));
  stack = js_string_printf (vm, "%s%s%s", header, *lines != '\0' ? "\n" : "", lines);
  if (!js_is_hole (stack))
    js_set_own_slot (vm, error, JS_ERROR_SLOT_STACK, stack);
  js_handles_close (vm, handles);
  return stack;
}

static gboolean
set_stack (JsVm *vm, HpRef error, JsValue value)
{
  js_set_own_slot (vm, error, JS_ERROR_SLOT_STACK, value);
  return TRUE;
}

void
js_errors_init (JsVm *vm)
{
  static const JsVirtual stack = { get_stack, set_stack };
  JsProperty property = { .atom = JS_NAME (vm, STACK),
                          .kind = JS_PROPERTY_VIRTUAL,
                          .attributes = JS_HIDDEN_ATTRIBUTES,
                          .virtual_property = &stack };

  vm->kinds[JS_KIND_ERROR] = js_class_add (vm, vm->kinds[JS_KIND_ERROR], &property);
}

JsValue
js_new_error (JsVm *vm, JsIntrinsic prototype, JsValue message)
{
  JsHandles handles = js_handles_open (vm);
  JsClass *class = vm->kinds[JS_KIND_ERROR];
  JsValue error, parent;

  js_hold (vm, message);
  parent = js_intrinsic (vm, prototype);
  if (prototype != JS_INTRINSIC_ERROR_PROTOTYPE && !js_is_hole (parent))
    class = js_class_with_prototype (vm, class, parent);
  error = js_hold (vm, js_ref (hp_machine_allocate (vm->machine, class->shape, 0)));
  if (!js_is_hole (error) && !js_is_undefined (message)
      && !js_add_property (vm, error.payload, JS_NAME (vm, MESSAGE), JS_PROPERTY_DATA, message, JS_HIDDEN_ATTRIBUTES))
    error = JS_THROWN;
  if (!js_is_hole (error) && !js_capture_stack (vm, error.payload, 0, HP_REF_NONE))
    error = JS_THROWN;
  js_handles_close (vm, handles);
  return error;
}

/* Error.stackTraceLimit, where somebody set it. */
static guint
stack_trace_limit (JsVm *vm)
{
  JsValue error = js_get_named (vm, js_intrinsic (vm, JS_INTRINSIC_ERROR_PROTOTYPE), JS_NAME (vm, CONSTRUCTOR));
  JsDescriptor limit;

  if (!js_is_object (vm, error)
      || js_get_own (vm, error.payload, js_key_atom (js_atom (vm, "stackTraceLimit", -1)), &limit) != JS_PRESENT
      || !js_is_number (vm, limit.value))
    return STACK_TRACE_LIMIT;
  return (guint) CLAMP (js_as_double (vm, limit.value), 0, 200);
}

/* As the error's toString would have it, its getters asked. */
static char *
header_of (JsVm *vm, JsValue error)
{
  JsValue pending = vm->exception, name = js_get_named (vm, error, JS_NAME (vm, NAME));
  JsValue message = js_is_hole (name) ? name : js_get_named (vm, error, JS_NAME (vm, MESSAGE));
  g_autofree char *first = NULL, *second = NULL;

  if (js_is_hole (message) && js_is_hole (pending) && !vm->is_over)
    js_catch (vm);
  if (!js_is_string (vm, name) || !js_is_string (vm, message))
    return js_error_header (vm, error);
  first = js_string_to_utf8 (vm, name.payload, NULL);
  second = js_string_to_utf8 (vm, message.payload, NULL);
  if (*first == '\0' || *second == '\0')
    return g_strdup (*first != '\0' ? first : second);
  return g_strdup_printf ("%s: %s", first, second);
}

gboolean
js_capture_stack (JsVm *vm, HpRef error, guint skip, HpRef above)
{
  JsHandles handles = js_handles_open (vm);
  g_autofree char *header = NULL, *lines = NULL;
  gboolean is_error = js_class_of (vm, error)->kind == JS_KIND_ERROR;
  JsValue stack;

  js_hold (vm, js_ref (error));
  lines = js_stack_text (vm, skip, above, stack_trace_limit (vm));
  header = is_error ? NULL : header_of (vm, js_ref (error));
  stack = is_error ? js_string (vm, lines, -1)
                   : js_string_printf (vm, "%s%s%s", header, *lines != '\0' ? "\n" : "", lines);
  js_handles_close (vm, handles);
  if (js_is_hole (stack))
    return FALSE;
  if (!is_error)
    return js_define (vm, error, js_key_atom (JS_NAME (vm, STACK)), stack, JS_HIDDEN_ATTRIBUTES);
  js_set_own_slot (vm, error, JS_ERROR_SLOT_STACK, JS_HOLE);
  js_set_own_slot (vm, error, JS_ERROR_SLOT_FRAMES, stack);
  return TRUE;
}
