/* module.h - what a module of Node is called with
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

#define JS_N_MODULE_ARGUMENTS 5

/** exports, require, module, __filename, __dirname; kept, in old space, as what V8 starts with. Those that the program
 * does not use are the hole: nothing can tell, and the picture shows what the program is about. FALSE: thrown. */
gboolean js_module_arguments (JsVm *vm, JsValue arguments[JS_N_MODULE_ARGUMENTS]);

G_END_DECLS
