/* module.c - what a module of Node is called with
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/module.h"
#include "library/library.h"

gboolean
js_module_arguments (JsVm *vm, JsValue arguments[JS_N_MODULE_ARGUMENTS])
{
  g_autofree char *folder = g_path_get_dirname (vm->options.file);
  JsValue exports = js_hold (vm, js_ref (js_new_object (vm)));
  JsValue module = js_hold (vm, js_ref (js_new_object (vm)));
  JsValue global = js_intrinsic (vm, JS_INTRINSIC_GLOBAL), require;

  if (js_is_hole (exports) || js_is_hole (module) || js_is_hole (global)
      || !js_define (vm, module.payload, js_key_atom (JS_NAME (vm, EXPORTS)), exports, JS_ALL_ATTRIBUTES))
    return FALSE;
  require = js_library_require (vm, module);
  arguments[0] = exports;
  arguments[1] = js_hold (vm, require);
  arguments[2] = module;
  arguments[3] = js_hold (vm, js_string (vm, vm->options.file, -1));
  arguments[4] = js_hold (vm, js_string (vm, folder, -1));
  return !js_is_hole (require) && !js_is_hole (arguments[3]) && !js_is_hole (arguments[4]);
}
