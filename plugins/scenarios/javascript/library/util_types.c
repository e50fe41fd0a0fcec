/* util_types.c - util.types: what kind of object it is (Node: lib/internal/util/types.js, src/node_types.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/array_buffer.h"
#include "library/util.h"
#include "runtime/function.h"

/* The methods' names and the kinds they ask for. */
#define KINDS(X)                                            \
  X ("isArgumentsObject", is_arguments, ARGUMENTS)          \
  X ("isDate", is_date, DATE)                               \
  X ("isNativeError", is_error, ERROR)                      \
  X ("isRegExp", is_regexp, REGEXP)                         \
  X ("isPromise", is_promise, PROMISE)                      \
  X ("isMap", is_map, MAP)                                  \
  X ("isSet", is_set, SET)                                  \
  X ("isWeakMap", is_weak_map, WEAK_MAP)                    \
  X ("isWeakSet", is_weak_set, WEAK_SET)                    \
  X ("isMapIterator", is_map_iterator, MAP_ITERATOR)        \
  X ("isSetIterator", is_set_iterator, SET_ITERATOR)        \
  X ("isGeneratorObject", is_generator, GENERATOR)          \
  X ("isArrayBuffer", is_array_buffer, ARRAY_BUFFER)        \
  X ("isAnyArrayBuffer", is_any_array_buffer, ARRAY_BUFFER) \
  X ("isDataView", is_data_view, DATA_VIEW)                 \
  X ("isTypedArray", is_typed_array, TYPED_ARRAY)           \
  X ("isBoxedPrimitive", is_boxed, WRAPPER)

#define KIND_METHOD(name, function, kind)                                       \
  static JsValue function (JsVm *vm, const JsCall *call)                        \
  {                                                                             \
    return js_boolean (js_is_kind (vm, js_argument (call, 0), JS_KIND_##kind)); \
  }
KINDS (KIND_METHOD)
#undef KIND_METHOD

#define VIEWS(X)                                       \
  X ("isInt8Array", is_int8, INT8)                     \
  X ("isUint8Array", is_uint8, UINT8)                  \
  X ("isUint8ClampedArray", is_clamped, UINT8_CLAMPED) \
  X ("isInt16Array", is_int16, INT16)                  \
  X ("isUint16Array", is_uint16, UINT16)               \
  X ("isInt32Array", is_int32, INT32)                  \
  X ("isUint32Array", is_uint32, UINT32)               \
  X ("isFloat32Array", is_float32, FLOAT32)            \
  X ("isFloat64Array", is_float64, FLOAT64)            \
  X ("isBigInt64Array", is_bigint64, BIGINT64)         \
  X ("isBigUint64Array", is_biguint64, BIGUINT64)

static JsValue
is_view (JsVm *vm, const JsCall *call, JsElementType type)
{
  JsValue value = js_argument (call, 0);

  return js_boolean (js_is_kind (vm, value, JS_KIND_TYPED_ARRAY)
                     && js_get_own_slot (vm, value.payload, JS_VIEW_SLOT_TYPE).payload == type);
}

#define VIEW_METHOD(name, function, type)                \
  static JsValue function (JsVm *vm, const JsCall *call) \
  {                                                      \
    return is_view (vm, call, JS_##type);                \
  }
VIEWS (VIEW_METHOD)
#undef VIEW_METHOD

/* Whether the wrapped value is of that type. */
static JsValue
is_wrapper (JsVm *vm, const JsCall *call, const char *type)
{
  JsValue value = js_argument (call, 0);

  return js_boolean (js_is_kind (vm, value, JS_KIND_WRAPPER)
                     && strcmp (js_typeof (vm, js_get_own_slot (vm, value.payload, 0))->text, type) == 0);
}

#define WRAPPERS(X)                                   \
  X ("isNumberObject", is_number_object, "number")    \
  X ("isStringObject", is_string_object, "string")    \
  X ("isBooleanObject", is_boolean_object, "boolean") \
  X ("isSymbolObject", is_symbol_object, "symbol")    \
  X ("isBigIntObject", is_bigint_object, "bigint")

#define WRAPPER_METHOD(name, function, type)             \
  static JsValue function (JsVm *vm, const JsCall *call) \
  {                                                      \
    return is_wrapper (vm, call, type);                  \
  }
WRAPPERS (WRAPPER_METHOD)
#undef WRAPPER_METHOD

static JsValue
is_proxy (JsVm *vm, const JsCall *call)
{
  (void) vm;
  (void) call;
  return JS_FALSE;
}

static guint32
flags_of (JsVm *vm, JsValue value)
{
  const JsCode *code = js_is_kind (vm, value, JS_KIND_FUNCTION) ? js_function_code (vm, value.payload) : NULL;

  return code != NULL ? code->flags : 0;
}

static JsValue
is_async_function (JsVm *vm, const JsCall *call)
{
  return js_boolean ((flags_of (vm, js_argument (call, 0)) & JS_FLAG_ASYNC) != 0);
}

static JsValue
is_generator_function (JsVm *vm, const JsCall *call)
{
  return js_boolean ((flags_of (vm, js_argument (call, 0)) & JS_FLAG_GENERATOR) != 0);
}

#define ROW(name, function, type) JS_METHOD (name, function, 1),
static const JsNativeRow TYPES[] = { KINDS (ROW) VIEWS (ROW) WRAPPERS (ROW) JS_METHOD ("isProxy", is_proxy, 1),
                                     JS_METHOD ("isAsyncFunction", is_async_function, 1),
                                     JS_METHOD ("isGeneratorFunction", is_generator_function, 1) };
#undef ROW

JsValue
js_create_util_types (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (TYPES));
}
