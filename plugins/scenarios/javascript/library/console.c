/* console.c - console
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/message.h"

static JsValue
print (JsVm *vm, const JsCall *call, HpStream stream)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < call->n; i++)
    {
      g_autofree char *text = js_is_string (vm, call->arguments[i])
                                  ? js_string_to_utf8 (vm, call->arguments[i].payload, NULL)
                                  : js_inspect_text (vm, call->arguments[i]);
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", text);
    }
  g_string_append_c (out, '\n');
  hp_machine_write_output (vm->machine, stream, out->str, out->len);
  return JS_UNDEFINED;
}

static JsValue
console_log (JsVm *vm, const JsCall *call)
{
  return print (vm, call, HP_STREAM_OUTPUT);
}

static JsValue
console_error (JsVm *vm, const JsCall *call)
{
  return print (vm, call, HP_STREAM_ERROR);
}

static const JsNativeRow CONSOLE[] = {
  JS_METHOD ("log", console_log, 0),
  JS_METHOD ("info", console_log, 0),
  JS_METHOD ("error", console_error, 0),
  JS_METHOD ("warn", console_error, 0),
};

static JsValue
create_console (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (CONSOLE));
}

static const JsNativeRow GLOBALS[] = {
  JS_OBJECT ("console", create_console),
};

const JsLibrary js_library_console = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };

char *
js_inspect_text (JsVm *vm, JsValue value)
{
  return js_message_text (vm, value);
}

JsValue
js_library_require (JsVm *vm)
{
  (void) vm;
  return JS_UNDEFINED;
}
