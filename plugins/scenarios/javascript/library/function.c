/* function.c - Function.prototype
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/describe.h"
#include "runtime/function.h"
#include "runtime/message.h"

static JsValue
function_construct (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_throw_error (
      vm, JS_INTRINSIC_EVAL_ERROR_PROTOTYPE, "Code generation from strings disallowed for this context");
}

/* call () and apply () have something else to call than functions: V8 names it as the caller's source does. */
static gboolean
check_target (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = NULL;

  if (js_is_callable (vm, call->receiver))
    return TRUE;
  text = js_describe_newest_call (vm);
  js_throw_type (vm, "%s is not a function", text);
  return FALSE;
}

static JsValue
function_call (JsVm *vm, const JsCall *call)
{
  if (!check_target (vm, call))
    return JS_THROWN;
  return js_call (vm, call->receiver, js_argument (call, 0), call->arguments + 1, call->n > 0 ? call->n - 1 : 0);
}

static JsValue
function_apply (JsVm *vm, const JsCall *call)
{
  g_autofree JsValue *list = NULL;
  guint32 n = 0;

  if (!check_target (vm, call))
    return JS_THROWN;
  if (!js_is_nullish (js_argument (call, 1)))
    {
      list = js_list_from_array_like (vm, js_argument (call, 1), &n);
      if (list == NULL)
        return JS_THROWN;
    }
  return js_call (vm, call->receiver, js_argument (call, 0), list, n);
}

/* length and name of a bound function follow from its target's. */
static gboolean
describe_bound (JsVm *vm, HpRef bound, JsValue target, guint n_bound)
{
  JsValue length = js_get_named (vm, target, JS_NAME (vm, LENGTH)), name;
  g_autofree char *text = NULL;
  double n = 0;

  if (js_is_hole (length))
    return FALSE;
  if (js_is_number (vm, length))
    n = MAX (js_as_double (vm, length) - n_bound, 0);
  if (!js_define (vm, bound, js_key_atom (JS_NAME (vm, LENGTH)), js_number (vm, n), JS_CONFIGURABLE))
    return FALSE;
  name = js_get_named (vm, target, JS_NAME (vm, NAME));
  if (js_is_hole (name))
    return FALSE;
  text = js_is_string (vm, name) ? js_string_to_utf8 (vm, name.payload, NULL) : g_strdup ("");
  name = js_string_printf (vm, "bound %s", text);
  return !js_is_hole (name) && js_define (vm, bound, js_key_atom (JS_NAME (vm, NAME)), name, JS_CONFIGURABLE);
}

static JsValue
function_bind (JsVm *vm, const JsCall *call)
{
  guint n = call->n > 1 ? call->n - 1 : 0;
  JsValue bound;

  if (!js_is_callable (vm, call->receiver))
    return js_throw_type (vm, "Bind must be called on a function");
  bound = js_hold (vm, js_new_bound_function (vm, call->receiver, js_argument (call, 0), call->arguments + 1, n));
  return !js_is_hole (bound) && describe_bound (vm, bound.payload, call->receiver, n) ? bound : JS_THROWN;
}

static JsValue
function_to_string (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = NULL;

  if (!js_is_callable (vm, call->receiver))
    return js_throw_type (vm, "Function.prototype.toString requires that 'this' be a Function");
  text = js_function_text (vm, call->receiver.payload);
  return js_string (vm, text, -1);
}

static JsValue
function_has_instance (JsVm *vm, const JsCall *call)
{
  gboolean result;

  return js_has_instance (vm, call->receiver, js_argument (call, 0), &result) ? js_boolean (result) : JS_THROWN;
}

static const JsNativeRow MEMBERS[] = {
  JS_METHOD ("apply", function_apply, 2),
  JS_METHOD ("bind", function_bind, 1),
  JS_METHOD ("call", function_call, 1),
  JS_METHOD ("toString", function_to_string, 0),
  JS_METHOD ("@@hasInstance", function_has_instance, 1),
};

static const JsNativeRow ASYNC[] = { JS_STRING ("@@toStringTag", "AsyncFunction") };

static const JsLibraryClass CLASSES[] = {
  { .name = "Function",
    .construct = function_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_FUNCTION_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_FUNCTION,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS) },
  { .name = "AsyncFunction",
    .construct = function_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_ASYNC_FUNCTION_PROTOTYPE,
    .parent = JS_INTRINSIC_FUNCTION_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = ASYNC,
    .n_members = G_N_ELEMENTS (ASYNC),
    .is_hidden = TRUE },
};

const JsLibrary js_library_function = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
