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

/* The arguments that the module uses, a bit each; this is its exports. */
static guint
used_arguments (const JsScope *scope)
{
  guint used = scope->reads_this ? 1u << 0 : 0;

  for (const JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    if (binding->kind == JS_BINDING_ARGUMENTS)
      return G_MAXUINT;
    else if (binding->parameter >= 0 && binding->used)
      used |= 1u << binding->parameter;
  return used;
}

static JsValue
new_exports (JsVm *vm, JsValue module)
{
  JsValue exports = js_is_hole (module) ? JS_THROWN : new_old_object (vm);

  if (js_is_hole (exports)
      || !js_define (vm, module.payload, js_key_atom (JS_NAME (vm, EXPORTS)), exports, JS_ALL_ATTRIBUTES))
    return JS_THROWN;
  return exports;
}

static JsValue
new_require (JsVm *vm, JsValue module)
{
  JsValue require = js_library_require (vm, module);

  return js_is_hole (require) ? require : keep (vm, require.payload);
}

static JsValue
new_path (JsVm *vm, const char *path)
{
  return keep (vm, js_string_new_old (vm, path, strlen (path)));
}

static gboolean
make_module (JsVm *vm, JsValue *exports, JsValue *require, JsValue *module)
{
  *module = new_old_object (vm);
  *exports = new_exports (vm, *module);
  *require = js_is_hole (*exports) ? JS_THROWN : new_require (vm, *module);
  return !js_is_hole (*require);
}

static gboolean
make_paths (JsVm *vm, JsValue *file, JsValue *folder)
{
  g_autofree char *path = g_path_get_dirname (vm->options.file);

  *file = new_path (vm, vm->options.file);
  *folder = js_is_hole (*file) ? JS_THROWN : new_path (vm, path);
  return !js_is_hole (*folder);
}

gboolean
js_module_arguments (JsVm *vm, JsValue arguments[JS_N_MODULE_ARGUMENTS])
{
  guint used = used_arguments (vm->program->script->scope);
  gboolean module = (used & 0x07) != 0, paths = (used & 0x18) != 0;

  for (guint i = 0; i < JS_N_MODULE_ARGUMENTS; i++)
    arguments[i] = JS_HOLE;
  return !js_is_hole (js_intrinsic (vm, JS_INTRINSIC_GLOBAL))
         && (!module || make_module (vm, &arguments[0], &arguments[1], &arguments[2]))
         && (!paths || make_paths (vm, &arguments[3], &arguments[4]));
}
