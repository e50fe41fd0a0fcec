/* run_class.c - bytecodes that define classes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/error.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/message.h"
#include "runtime/object.h"

/* What instances and the class itself inherit from. @heritage: the hole without extends. FALSE: thrown. */
static gboolean
find_parents (JsVm *vm, JsValue heritage, JsValue *prototype, JsValue *constructor)
{
  g_autofree char *text = NULL;

  *constructor = js_intrinsic (vm, JS_INTRINSIC_FUNCTION_PROTOTYPE);
  *prototype = js_is_hole (heritage) ? js_intrinsic (vm, JS_INTRINSIC_OBJECT_PROTOTYPE) : JS_NULL;
  if (js_is_hole (heritage) || js_is_null (heritage))
    return !js_is_hole (*constructor) && !js_is_hole (*prototype);
  if (!js_is_constructor (vm, heritage))
    {
      text = js_message_text (vm, heritage);
      js_throw_type (vm, "Class extends value %s is not a constructor or null", text);
      return FALSE;
    }
  *constructor = heritage;
  *prototype = js_hold (vm, js_get_named (vm, heritage, JS_NAME (vm, PROTOTYPE)));
  if (js_is_hole (*prototype) || js_is_null (*prototype) || js_is_object (vm, *prototype))
    return !js_is_hole (*prototype);
  text = js_message_text (vm, *prototype);
  js_throw_type (vm, "Class extends value does not have valid prototype property %s", text);
  return FALSE;
}

static gboolean
create_class (JsRun *run, JsCode *code, JsValue heritage, guint32 r)
{
  JsVm *vm = run->vm;
  JsValue parent, constructor_parent, prototype, constructor;
  gboolean set;

  if (!find_parents (vm, heritage, &parent, &constructor_parent))
    return FALSE;
  prototype = js_ref (js_new_object_with_prototype (vm, parent));
  js_set_register (run, r + 1, prototype);
  if (js_is_hole (prototype))
    return FALSE;
  constructor = js_ref (js_new_closure (vm, code, run->registers[JS_CONTEXT_REGISTER (run->code)]));
  js_set_register (run, r, constructor);
  if (js_is_hole (constructor))
    return FALSE;
  js_set_own_slot (vm, constructor.payload, JS_FUNCTION_SLOT_PROTOTYPE, prototype);
  return (js_is_hole (heritage) || js_set_prototype (vm, constructor.payload, constructor_parent, &set))
         && js_define (
             vm, prototype.payload, js_key_atom (JS_NAME (vm, CONSTRUCTOR)), constructor, JS_HIDDEN_ATTRIBUTES);
}

gboolean
js_run_CREATE_CLASS (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  JsCode *code = run->code->constants[JS_OPERAND_A (op)].code;
  gboolean done = create_class (run, code, run->registers[JS_OPERAND_B (op)], JS_OPERAND_C (op));

  js_handles_close (run->vm, handles);
  return done;
}

gboolean
js_run_SET_FIELDS (JsRun *run, const guint32 *op)
{
  return js_add_property (
      run->vm, run->registers[JS_OPERAND_A (op)].payload, run->vm->functions->fields, JS_PROPERTY_DATA, run->a, 0);
}

gboolean
js_run_RUN_FIELDS (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  HpRef class = run->registers[JS_OPERAND_A (op)].payload;
  JsPlace place;

  if (!js_find_own (vm, class, js_class_of (vm, class), vm->functions->fields, &place))
    return TRUE;
  return js_run_call (run, js_place_read (vm, class, &place), run->registers[JS_OPERAND_B (op)], NULL, 0);
}
