/* module.c - what a module of Node is called with
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/module.h"
#include "library/library.h"
#include "runtime/keep.h"
#include "runtime/string.h"

static JsValue
keep (JsVm *vm, HpRef object)
{
  return object != HP_REF_NONE && js_keep (vm, object) ? js_ref (object) : JS_THROWN;
}

static JsValue
new_old_object (JsVm *vm)
{
  return keep (vm, hp_machine_allocate_old (vm->machine, vm->kinds[JS_KIND_OBJECT]->shape, 0));
}

gboolean
js_module_arguments (JsVm *vm, JsValue arguments[JS_N_MODULE_ARGUMENTS])
{
  g_autofree char *folder = g_path_get_dirname (vm->options.file);
  JsValue exports = new_old_object (vm), module = new_old_object (vm);
  JsValue global = js_intrinsic (vm, JS_INTRINSIC_GLOBAL), require;

  if (js_is_hole (exports) || js_is_hole (module) || js_is_hole (global)
      || !js_define (vm, module.payload, js_key_atom (JS_NAME (vm, EXPORTS)), exports, JS_ALL_ATTRIBUTES))
    return FALSE;
  require = js_library_require (vm, module);
  arguments[0] = exports;
  arguments[1] = js_is_hole (require) ? require : keep (vm, require.payload);
  arguments[2] = module;
  arguments[3] = keep (vm, js_string_new_old (vm, vm->options.file, strlen (vm->options.file)));
  arguments[4] = keep (vm, js_string_new_old (vm, folder, strlen (folder)));
  return !js_is_hole (require) && !js_is_hole (arguments[3]) && !js_is_hole (arguments[4]);
}
