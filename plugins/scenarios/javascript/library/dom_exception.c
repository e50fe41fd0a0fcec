/* dom_exception.c - DOMException (https://webidl.spec.whatwg.org/#idl-DOMException; Node:
 * lib/internal/per_context/domexception.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/dom_exception.h"

/* By legacy code: the first is 1. Those that are not in use any more are empty. */
static const char *const NAMES[] = {
  "IndexSizeError",
  "",
  "HierarchyRequestError",
  "WrongDocumentError",
  "InvalidCharacterError",
  "",
  "NoModificationAllowedError",
  "NotFoundError",
  "NotSupportedError",
  "InUseAttributeError",
  "InvalidStateError",
  "SyntaxError",
  "InvalidModificationError",
  "NamespaceError",
  "InvalidAccessError",
  "",
  "TypeMismatchError",
  "SecurityError",
  "NetworkError",
  "AbortError",
  "URLMismatchError",
  "QuotaExceededError",
  "TimeoutError",
  "InvalidNodeTypeError",
  "DataCloneError",
};

static gint32
code_of (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (*name != '\0' && strcmp (NAMES[i], name) == 0)
      return (gint32) i + 1;
  return 0;
}

static gboolean
hide (JsVm *vm, HpRef error, const char *name, JsValue value)
{
  js_hold (vm, value);
  return !js_is_hole (value)
         && js_define (vm, error, js_key_atom (js_atom (vm, name, -1)), value, JS_HIDDEN_ATTRIBUTES);
}

/* The argument as text, @otherwise where it is undefined. Held; the hole: thrown. */
static JsValue
text_argument (JsVm *vm, const JsCall *call, guint i, const char *otherwise)
{
  JsValue value = js_argument (call, i);

  return js_hold (vm, js_is_undefined (value) ? js_string (vm, otherwise, -1) : js_to_string (vm, value));
}

static JsValue
construct (JsVm *vm, const JsCall *call)
{
  JsValue error, message, name;
  g_autofree char *text = NULL;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Class constructor DOMException cannot be invoked without 'new'");
  message = text_argument (vm, call, 0, "");
  name = js_is_hole (message) ? message : text_argument (vm, call, 1, "Error");
  if (js_is_hole (name))
    return name;
  text = js_string_to_utf8 (vm, name.payload, NULL);
  error = js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_ERROR, call->new_target)));
  if (js_is_hole (error) || !hide (vm, error.payload, "message", message) || !hide (vm, error.payload, "name", name)
      || !hide (vm, error.payload, "code", js_smi (code_of (text)))
      || !js_capture_stack (vm, error.payload, 1, HP_REF_NONE))
    return JS_THROWN;
  return error;
}

JsValue
js_throw_dom_exception (JsVm *vm, const char *name, const char *format, ...)
{
  JsValue constructor = js_library_constructor (vm, "DOMException"), arguments[2], error;
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  arguments[0] = js_hold (vm, js_string (vm, text, -1));
  arguments[1] = js_hold (vm, js_string (vm, name, -1));
  error = js_is_hole (arguments[0]) || js_is_hole (arguments[1])
              ? JS_THROWN
              : js_construct (vm, constructor, arguments, 2, constructor);
  if (!js_is_hole (error))
    js_throw (vm, error);
  return JS_THROWN;
}

static const JsNativeRow MEMBERS[] = { JS_STRING ("@@toStringTag", "DOMException") };

static const JsLibraryClass CLASSES[] = {
  { .name = "DOMException",
    .construct = construct,
    .prototype = JS_INTRINSIC_DOM_EXCEPTION_PROTOTYPE,
    .parent = JS_INTRINSIC_ERROR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS) },
};

const JsLibrary js_library_dom_exception = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
