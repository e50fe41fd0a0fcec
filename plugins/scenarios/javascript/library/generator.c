/* generator.c - prototypes of generators and of their functions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/generator.h"
#include "library/library.h"
#include "runtime/message.h"

static JsValue
resume (JsVm *vm, const JsCall *call, JsResumeMode mode, const char *name)
{
  gboolean done = FALSE;
  JsValue value;

  if (!js_is_kind (vm, call->receiver, JS_KIND_GENERATOR))
    {
      g_autofree char *text = js_message_text (vm, call->receiver);
      return js_throw_type (vm, "%s method called on incompatible receiver %s", name, text);
    }
  value = js_generator_resume (vm, call->receiver.payload, mode, js_argument (call, 0), &done);
  if (js_is_hole (value) || (vm->yielded_result && !done))
    return value;
  return js_iterator_result (vm, value, done);
}

static JsValue
generator_next (JsVm *vm, const JsCall *call)
{
  return resume (vm, call, JS_RESUME_NEXT, "next");
}

static JsValue
generator_return (JsVm *vm, const JsCall *call)
{
  return resume (vm, call, JS_RESUME_RETURN, "return");
}

static JsValue
generator_throw (JsVm *vm, const JsCall *call)
{
  return resume (vm, call, JS_RESUME_THROW, "throw");
}

static JsValue
enqueue (JsVm *vm, const JsCall *call, JsResumeMode mode)
{
  if (!js_is_kind (vm, call->receiver, JS_KIND_ASYNC_GENERATOR))
    return js_throw_incompatible (vm, "[AsyncGenerator].prototype.next", call->receiver);
  return js_async_generator_enqueue (vm, call->receiver.payload, mode, js_argument (call, 0));
}

static JsValue
async_next (JsVm *vm, const JsCall *call)
{
  return enqueue (vm, call, JS_RESUME_NEXT);
}

static JsValue
async_return (JsVm *vm, const JsCall *call)
{
  return enqueue (vm, call, JS_RESUME_RETURN);
}

static JsValue
async_throw (JsVm *vm, const JsCall *call)
{
  return enqueue (vm, call, JS_RESUME_THROW);
}

static JsValue
generator_prototype (JsVm *vm)
{
  return js_intrinsic (vm, JS_INTRINSIC_GENERATOR_PROTOTYPE);
}

static JsValue
async_generator_prototype (JsVm *vm)
{
  return js_intrinsic (vm, JS_INTRINSIC_ASYNC_GENERATOR_PROTOTYPE);
}

static const JsNativeRow GENERATOR[] = {
  JS_METHOD ("next", generator_next, 1),
  JS_METHOD ("return", generator_return, 1),
  JS_METHOD ("throw", generator_throw, 1),
  JS_STRING ("@@toStringTag", "Generator"),
};
static const JsNativeRow ASYNC_GENERATOR[] = {
  JS_METHOD ("next", async_next, 1),
  JS_METHOD ("return", async_return, 1),
  JS_METHOD ("throw", async_throw, 1),
  JS_STRING ("@@toStringTag", "AsyncGenerator"),
};
static const JsNativeRow GENERATOR_FUNCTION[] = {
  JS_OBJECT ("prototype", generator_prototype),
  JS_STRING ("@@toStringTag", "GeneratorFunction"),
};
static const JsNativeRow ASYNC_GENERATOR_FUNCTION[] = {
  JS_OBJECT ("prototype", async_generator_prototype),
  JS_STRING ("@@toStringTag", "AsyncGeneratorFunction"),
};

static const JsLibraryClass CLASSES[] = {
  { .prototype = JS_INTRINSIC_GENERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = GENERATOR,
    .n_members = G_N_ELEMENTS (GENERATOR) },
  { .prototype = JS_INTRINSIC_ASYNC_GENERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ASYNC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = ASYNC_GENERATOR,
    .n_members = G_N_ELEMENTS (ASYNC_GENERATOR) },
  { .prototype = JS_INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE,
    .parent = JS_INTRINSIC_FUNCTION_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = GENERATOR_FUNCTION,
    .n_members = G_N_ELEMENTS (GENERATOR_FUNCTION) },
  { .prototype = JS_INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE,
    .parent = JS_INTRINSIC_FUNCTION_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = ASYNC_GENERATOR_FUNCTION,
    .n_members = G_N_ELEMENTS (ASYNC_GENERATOR_FUNCTION) },
};

const JsLibrary js_library_generator = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
