/* util.c - the module util: format, inspect, isDeepStrictEqual and others (Node: lib/util.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/util.h"
#include "console/inspect.h"
#include "library/deep_equal.h"
#include "library/node_error.h"

static JsValue
util_inspect (JsVm *vm, const JsCall *call)
{
  JsInspect inspect;
  g_autofree char *text = NULL;
  gboolean failed;

  js_inspect_init (&inspect, vm);
  /* As it was in old times: showHidden, depth, colors. */
  if (js_is_boolean (js_argument (call, 1)))
    inspect.show_hidden = call->arguments[1].payload != 0;
  if (js_is_number (vm, js_argument (call, 2)))
    inspect.depth = (gint) CLAMP (js_as_double (vm, call->arguments[2]), -1, G_MAXINT);
  else if (js_is_null (js_argument (call, 2)))
    inspect.depth = G_MAXINT;
  inspect.colors = js_to_boolean (vm, js_argument (call, 3));
  if (!js_inspect_options (&inspect, js_argument (call, 1)))
    {
      js_inspect_clear (&inspect);
      return JS_THROWN;
    }
  text = js_inspect_value (&inspect, js_argument (call, 0), 0);
  failed = inspect.failed;
  js_inspect_clear (&inspect);
  return failed || text == NULL ? JS_THROWN : js_string (vm, text, -1);
}

static JsValue
util_format (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = js_format (vm, call->arguments, call->n);

  return text != NULL ? js_string (vm, text, -1) : JS_THROWN;
}

static JsValue
util_inherits (JsVm *vm, const JsCall *call)
{
  JsValue child = js_get_named (vm, js_argument (call, 0), JS_NAME (vm, PROTOTYPE)), parent;
  gboolean set;

  parent = js_is_hole (child) ? child : js_get_named (vm, js_argument (call, 1), JS_NAME (vm, PROTOTYPE));
  if (js_is_object (vm, child) && js_is_object (vm, parent) && !js_set_prototype (vm, child.payload, parent, &set))
    return JS_THROWN;
  return js_is_hole (parent) ? parent : JS_UNDEFINED;
}

/* inspect.colors and inspect.styles, as far as inspect itself has them. */
static const JsNativeRow INSPECT_MEMBERS[] = {
  JS_OBJECT ("colors", js_create_inspect_colors),
  JS_OBJECT ("styles", js_create_inspect_styles),
  JS_OBJECT ("defaultOptions", js_create_inspect_defaults),
};

/* inspect.custom is a registered symbol. */
static JsValue
create_inspect (JsVm *vm)
{
  static const JsNativeRow INSPECT = JS_METHOD ("inspect", util_inspect, 2);
  JsValue name = js_hold (vm, js_string (vm, "nodejs.util.inspect.custom", -1)), function, symbol;
  JsValue constructor = js_library_constructor (vm, "Symbol");

  symbol = js_hold (vm, js_invoke (vm, constructor, js_atom (vm, "for", -1), &name, 1));
  function = js_is_hole (symbol) ? symbol : js_hold (vm, js_new_native (vm, &INSPECT));
  if (!js_is_hole (function))
    js_define_natives (vm, function.payload, JS_ROWS (INSPECT_MEMBERS));
  return !js_is_hole (function)
                 && js_define (
                     vm, function.payload, js_key_atom (js_atom (vm, "custom", -1)), symbol, JS_HIDDEN_ATTRIBUTES)
             ? function
             : JS_THROWN;
}

static JsValue
util_is_deep_strict_equal (JsVm *vm, const JsCall *call)
{
  gboolean equal;

  if (!js_deep_equal (vm, js_argument (call, 0), js_argument (call, 1), TRUE, &equal))
    return JS_THROWN;
  return js_boolean (equal);
}

static JsValue
util_is_array (JsVm *vm, const JsCall *call)
{
  return js_boolean (js_is_array (vm, js_argument (call, 0)));
}

/* The warning would go to standard error. */
static JsValue
util_deprecate (JsVm *vm, const JsCall *call)
{
  (void) vm;
  return js_argument (call, 0);
}

static JsValue
create_text_encoder (JsVm *vm)
{
  return js_library_constructor (vm, "TextEncoder");
}

static JsValue
create_text_decoder (JsVm *vm)
{
  return js_library_constructor (vm, "TextDecoder");
}

static const JsNativeRow UTIL[] = {
  JS_METHOD ("deprecate", util_deprecate, 3),     JS_METHOD ("format", util_format, 0),
  JS_METHOD ("inherits", util_inherits, 2),       JS_OBJECT ("inspect", create_inspect),
  JS_METHOD ("isArray", util_is_array, 1),        JS_METHOD ("isDeepStrictEqual", util_is_deep_strict_equal, 2),
  JS_OBJECT ("promisify", js_create_promisify),   JS_OBJECT ("TextDecoder", create_text_decoder),
  JS_OBJECT ("TextEncoder", create_text_encoder), JS_OBJECT ("types", js_create_util_types),
};

JsValue
js_create_util (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (UTIL));
}
