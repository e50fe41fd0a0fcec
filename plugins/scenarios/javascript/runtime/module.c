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

/* Does the program's text have that word? One that it may have in disguise ("\u006dodule") counts, too. */
static gboolean
mentions (JsVm *vm, const char *word)
{
  return strstr (vm->source->text, word) != NULL || strstr (vm->source->text, "\\u") != NULL;
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

gboolean
js_module_arguments (JsVm *vm, JsValue arguments[JS_N_MODULE_ARGUMENTS])
{
  gboolean all = mentions (vm, "arguments");
  gboolean paths = all || mentions (vm, "__filename") || mentions (vm, "__dirname");
  gboolean module = all || mentions (vm, "require") || mentions (vm, "module") || mentions (vm, "exports")
                    || mentions (vm, "this");
  g_autofree char *folder = g_path_get_dirname (vm->options.file);

  for (guint i = 0; i < JS_N_MODULE_ARGUMENTS; i++)
    arguments[i] = JS_UNDEFINED;
  if (js_is_hole (js_intrinsic (vm, JS_INTRINSIC_GLOBAL)))
    return FALSE;
  if (module)
    {
      arguments[2] = new_old_object (vm);
      arguments[0] = new_exports (vm, arguments[2]);
      arguments[1] = js_is_hole (arguments[0]) ? JS_THROWN : new_require (vm, arguments[2]);
    }
  if (paths && !js_is_hole (arguments[1]))
    {
      arguments[3] = new_path (vm, vm->options.file);
      arguments[4] = new_path (vm, folder);
    }
  for (guint i = 0; i < JS_N_MODULE_ARGUMENTS; i++)
    if (js_is_hole (arguments[i]))
      return FALSE;
  return TRUE;
}
