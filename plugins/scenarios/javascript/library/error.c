/* error.c - Error and its subclasses
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/message.h"

/* message and cause, where they are given. FALSE: thrown. */
static gboolean
set_message (JsVm *vm, HpRef error, JsValue message, JsValue options)
{
  JsValue cause;

  if (!js_is_undefined (message))
    {
      message = js_hold (vm, js_to_string (vm, message));
      if (js_is_hole (message)
          || !js_define (vm, error, js_key_atom (JS_NAME (vm, MESSAGE)), message, JS_HIDDEN_ATTRIBUTES))
        return FALSE;
    }
  if (!js_is_object (vm, options) || js_has (vm, options.payload, js_key_atom (JS_NAME (vm, CAUSE))) != JS_PRESENT)
    return !vm->is_over;
  cause = js_hold (vm, js_get_named (vm, options, JS_NAME (vm, CAUSE)));
  return !js_is_hole (cause) && js_define (vm, error, js_key_atom (JS_NAME (vm, CAUSE)), cause, JS_HIDDEN_ATTRIBUTES);
}

/* The constructor's own frame, and those of classes derived from it in the making, are no part of the stack. */
static JsValue
construct (JsVm *vm, const JsCall *call, JsValue message, JsValue options)
{
  JsValue target = js_is_undefined (call->new_target) ? js_ref (call->callee) : call->new_target;
  JsValue error = js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_ERROR, target)));

  if (js_is_hole (error) || !set_message (vm, error.payload, message, options)
      || !js_capture_stack (vm, error.payload, 0, target.payload))
    return JS_THROWN;
  return error;
}

static JsValue
error_construct (JsVm *vm, const JsCall *call)
{
  return construct (vm, call, js_argument (call, 0), js_argument (call, 1));
}

static JsValue
aggregate_construct (JsVm *vm, const JsCall *call)
{
  JsValue error = construct (vm, call, js_argument (call, 1), js_argument (call, 2)), errors;

  if (js_is_hole (error))
    return error;
  js_hold (vm, error);
  errors = js_hold (vm, js_array_from_iterable (vm, js_argument (call, 0)));
  if (js_is_hole (errors)
      || !js_define (vm, error.payload, js_key_atom (JS_NAME (vm, ERRORS)), errors, JS_HIDDEN_ATTRIBUTES))
    return JS_THROWN;
  return error;
}

/* A property as text; @otherwise where it is undefined. NULL: thrown. (transfer full) */
static char *
text_of (JsVm *vm, JsValue object, JsAtom *name, const char *otherwise)
{
  JsValue value = js_get_named (vm, object, name);

  return js_is_hole (value) ? NULL : js_is_undefined (value) ? g_strdup (otherwise) : js_to_utf8 (vm, value);
}

static JsValue
error_to_string (JsVm *vm, const JsCall *call)
{
  g_autofree char *name = NULL, *message = NULL;

  if (!js_is_object (vm, call->receiver))
    return js_throw_incompatible (vm, "Error.prototype.toString", call->receiver);
  name = text_of (vm, call->receiver, JS_NAME (vm, NAME), "Error");
  message = name != NULL ? text_of (vm, call->receiver, JS_NAME (vm, MESSAGE), "") : NULL;
  if (message == NULL)
    return JS_THROWN;
  if (*name == '\0' || *message == '\0')
    return js_string (vm, *name != '\0' ? name : message, -1);
  return js_string_printf (vm, "%s: %s", name, message);
}

static JsValue
capture_stack_trace (JsVm *vm, const JsCall *call)
{
  JsValue object = js_argument (call, 0), above = js_argument (call, 1);

  if (!js_is_object (vm, object))
    return js_throw_type (vm, "Invalid argument");
  return js_capture_stack (vm, object.payload, 1, js_is_callable (vm, above) ? above.payload : HP_REF_NONE)
             ? JS_UNDEFINED
             : JS_THROWN;
}

static const JsNativeRow STATICS[] = {
  JS_METHOD ("captureStackTrace", capture_stack_trace, 2),
};

#define ERROR_MEMBERS(id, name)                 \
  static const JsNativeRow id[] = {             \
    JS_TEXT ("name", name),                     \
    JS_TEXT ("message", ""),                    \
    JS_METHOD ("toString", error_to_string, 0), \
  };

ERROR_MEMBERS (ERROR, "Error")
ERROR_MEMBERS (TYPE_ERROR, "TypeError")
ERROR_MEMBERS (RANGE_ERROR, "RangeError")
ERROR_MEMBERS (REFERENCE_ERROR, "ReferenceError")
ERROR_MEMBERS (SYNTAX_ERROR, "SyntaxError")
ERROR_MEMBERS (URI_ERROR, "URIError")
ERROR_MEMBERS (EVAL_ERROR, "EvalError")
ERROR_MEMBERS (AGGREGATE_ERROR, "AggregateError")

#define SUBCLASS(text, id, function, n)                                                                     \
  {                                                                                                         \
    .name = text, .construct = function, .length = n, .prototype = JS_INTRINSIC_##id##_PROTOTYPE,           \
    .parent = JS_INTRINSIC_ERROR_PROTOTYPE, .parent_class = "Error", .kind = JS_KIND_OBJECT, .members = id, \
    .n_members = 2                                                                                          \
  }

static const JsLibraryClass CLASSES[] = {
  { .name = "Error",
    .construct = error_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_ERROR_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = ERROR,
    .n_members = G_N_ELEMENTS (ERROR),
    .statics = STATICS,
    .n_statics = G_N_ELEMENTS (STATICS) },
  SUBCLASS ("TypeError", TYPE_ERROR, error_construct, 1),
  SUBCLASS ("RangeError", RANGE_ERROR, error_construct, 1),
  SUBCLASS ("ReferenceError", REFERENCE_ERROR, error_construct, 1),
  SUBCLASS ("SyntaxError", SYNTAX_ERROR, error_construct, 1),
  SUBCLASS ("URIError", URI_ERROR, error_construct, 1),
  SUBCLASS ("EvalError", EVAL_ERROR, error_construct, 1),
  SUBCLASS ("AggregateError", AGGREGATE_ERROR, aggregate_construct, 2),
};

const JsLibrary js_library_error = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
