/* boolean.c - Boolean
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/message.h"

static JsValue
boolean_construct (JsVm *vm, const JsCall *call)
{
  JsValue truth = js_boolean (js_to_boolean (vm, js_argument (call, 0)));

  if (js_is_undefined (call->new_target))
    return truth;
  return js_ref (js_wrap (vm, js_new_object_for (vm, JS_KIND_WRAPPER, call->new_target), truth));
}

static JsValue
receiver (JsVm *vm, const JsCall *call, const char *method)
{
  JsValue truth = call->receiver;

  if (js_is_kind (vm, truth, JS_KIND_WRAPPER))
    truth = js_get_own_slot (vm, truth.payload, 0);
  return js_is_boolean (truth) ? truth : js_throw_incompatible (vm, method, call->receiver);
}

static JsValue
boolean_to_string (JsVm *vm, const JsCall *call)
{
  JsValue truth = receiver (vm, call, "Boolean.prototype.toString");

  return js_is_hole (truth) ? truth : js_to_string (vm, truth);
}

static JsValue
boolean_value_of (JsVm *vm, const JsCall *call)
{
  return receiver (vm, call, "Boolean.prototype.valueOf");
}

static const JsNativeRow members[] = {
  JS_METHOD ("toString", boolean_to_string, 0),
  JS_METHOD ("valueOf", boolean_value_of, 0),
};

static const JsLibraryClass classes[] = {
  { .name = "Boolean",
    .construct = boolean_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_BOOLEAN_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = members,
    .n_members = G_N_ELEMENTS (members) },
};

const JsLibrary js_library_boolean = { .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
