/* console.c - console: what writes on the streams of the program, as Node's does
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "console/console.h"
#include "runtime/stack.h"

#include <string.h>

#define GROUP_INDENTATION 2

/* vm->console */
typedef struct
{
  guint indentation;
  GHashTable *counts; /* label -> how often */
  GHashTable *times;  /* label -> simulated ns */
} Console;

static Console *
console_of (JsVm *vm)
{
  return vm->console;
}

static void
init (JsVm *vm)
{
  Console *self = g_new0 (Console, 1);

  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  vm->console = self;
}

static void
clear (JsVm *vm)
{
  Console *self = console_of (vm);

  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->times);
  g_clear_pointer (&vm->console, g_free);
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

void
js_console_write (JsVm *vm, HpStream stream, const char *text)
{
  guint indentation = console_of (vm)->indentation;
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *line = text;;)
    {
      const char *end = strchr (line, '\n');
      gsize n = end != NULL ? (gsize) (end - line) : strlen (line);

      g_string_append_printf (out, "%*s", (int) indentation, "");
      g_string_append_len (out, line, (gssize) n);
      g_string_append_c (out, '\n');
      if (end == NULL)
        break;
      line = end + 1;
    }
  /* A surrogate that stands alone has no UTF-8: Node writes U+FFFD. */
  g_autofree char *valid = g_utf8_validate (out->str, (gssize) out->len, NULL)
                               ? NULL
                               : g_utf8_make_valid (out->str, (gssize) out->len);
  hp_machine_write_output (vm->machine, stream, valid ? valid : out->str, valid ? strlen (valid) : out->len);
}

static JsValue
print (JsVm *vm, const JsValue *arguments, guint n, HpStream stream)
{
  g_autofree char *text = js_format (vm, arguments, n);

  if (text == NULL)
    return JS_THROWN;
  js_console_write (vm, stream, text);
  return JS_UNDEFINED;
}

static JsValue
console_log (JsVm *vm, const JsCall *call)
{
  return print (vm, call->arguments, call->n, HP_STREAM_OUTPUT);
}

static JsValue
console_error (JsVm *vm, const JsCall *call)
{
  return print (vm, call->arguments, call->n, HP_STREAM_ERROR);
}

static JsValue
console_dir (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = NULL;
  JsInspect inspect;
  gboolean failed;

  js_inspect_init (&inspect, vm);
  inspect.custom = NULL;
  failed = !js_inspect_options (&inspect, js_argument (call, 1));
  if (!failed)
    text = js_inspect_value (&inspect, js_argument (call, 0), 0);
  failed = failed || inspect.failed;
  js_inspect_clear (&inspect);
  if (failed)
    return JS_THROWN;
  js_console_write (vm, HP_STREAM_OUTPUT, text);
  return JS_UNDEFINED;
}

static JsValue
console_trace (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = js_format (vm, call->arguments, call->n);
  g_autofree char *stack = js_stack_text (vm, 1, HP_REF_NONE, 10), *whole = NULL;

  if (text == NULL)
    return JS_THROWN;
  whole = g_strdup_printf ("Trace%s%s\n%s", *text != '\0' ? ": " : "", text, stack);
  js_console_write (vm, HP_STREAM_ERROR, whole);
  return JS_UNDEFINED;
}

static JsValue
console_assert (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = NULL, *whole = NULL;
  g_autofree JsValue *arguments = NULL;
  JsHandles handles;

  if (js_to_boolean (vm, js_argument (call, 0)))
    return JS_UNDEFINED;
  if (call->n < 2)
    {
      js_console_write (vm, HP_STREAM_ERROR, "Assertion failed");
      return JS_UNDEFINED;
    }
  /* Node makes a string of the first: it may have % directives. */
  text = js_to_utf8 (vm, call->arguments[1]);
  if (text == NULL)
    return JS_THROWN;
  handles = js_handles_open (vm);
  arguments = g_memdup2 (call->arguments + 1, (call->n - 1) * sizeof *arguments);
  arguments[0] = js_hold (vm, js_string_printf (vm, "Assertion failed: %s", text));
  whole = js_format (vm, arguments, call->n - 1);
  js_handles_close (vm, handles);
  if (whole == NULL)
    return JS_THROWN;
  js_console_write (vm, HP_STREAM_ERROR, whole);
  return JS_UNDEFINED;
}

/* ---- groups ------------------------------------------------------------------------------------------------------ */

static JsValue
console_group (JsVm *vm, const JsCall *call)
{
  if (call->n > 0 && js_is_hole (console_log (vm, call)))
    return JS_THROWN;
  console_of (vm)->indentation += GROUP_INDENTATION;
  return JS_UNDEFINED;
}

static JsValue
console_group_end (JsVm *vm, const JsCall *call)
{
  Console *self = console_of (vm);

  (void) call;
  self->indentation -= MIN (self->indentation, GROUP_INDENTATION);
  return JS_UNDEFINED;
}

/* ---- counts and times -------------------------------------------------------------------------------------------- */

static char *
label_of (JsVm *vm, const JsCall *call)
{
  return js_is_undefined (js_argument (call, 0)) ? g_strdup ("default") : js_to_utf8 (vm, call->arguments[0]);
}

static JsValue
console_count (JsVm *vm, const JsCall *call)
{
  char *label = label_of (vm, call);
  g_autofree char *text = NULL;
  guint n;

  if (label == NULL)
    return JS_THROWN;
  n = GPOINTER_TO_UINT (g_hash_table_lookup (console_of (vm)->counts, label)) + 1;
  text = g_strdup_printf ("%s: %u", label, n);
  g_hash_table_replace (console_of (vm)->counts, label, GUINT_TO_POINTER (n));
  js_console_write (vm, HP_STREAM_OUTPUT, text);
  return JS_UNDEFINED;
}

static void
warn (JsVm *vm, const char *format, const char *label)
{
  g_autofree char *text = g_strdup_printf ("(node:1) Warning: %s '%s' does not exist", format, label);

  hp_machine_write_output (vm->machine, HP_STREAM_ERROR, text, strlen (text));
  hp_machine_write_output (vm->machine, HP_STREAM_ERROR, "\n", 1);
}

static JsValue
console_count_reset (JsVm *vm, const JsCall *call)
{
  g_autofree char *label = label_of (vm, call);

  if (label == NULL)
    return JS_THROWN;
  if (!g_hash_table_remove (console_of (vm)->counts, label))
    warn (vm, "Count for", label);
  return JS_UNDEFINED;
}

static double
now (JsVm *vm)
{
  return (double) hp_machine_counters (vm->machine)->time_ns;
}

static JsValue
console_time (JsVm *vm, const JsCall *call)
{
  char *label = label_of (vm, call);
  double start = now (vm);

  if (label == NULL)
    return JS_THROWN;
  g_hash_table_replace (console_of (vm)->times, label, g_memdup2 (&start, sizeof start));
  return JS_UNDEFINED;
}

static JsValue
tell_time (JsVm *vm, const JsCall *call, gboolean ends)
{
  g_autofree char *label = label_of (vm, call), *text = NULL;
  const double *start;

  if (label == NULL)
    return JS_THROWN;
  start = g_hash_table_lookup (console_of (vm)->times, label);
  if (start == NULL)
    {
      warn (vm, "No such label", label);
      return JS_UNDEFINED;
    }
  text = g_strdup_printf ("%s: %.3fms", label, (now (vm) - *start) / 1e6);
  if (ends)
    g_hash_table_remove (console_of (vm)->times, label);
  js_console_write (vm, HP_STREAM_OUTPUT, text);
  return JS_UNDEFINED;
}

static JsValue
console_time_log (JsVm *vm, const JsCall *call)
{
  return tell_time (vm, call, FALSE);
}

static JsValue
console_time_end (JsVm *vm, const JsCall *call)
{
  return tell_time (vm, call, TRUE);
}

static const JsNativeRow CONSOLE[] = {
  JS_METHOD ("log", console_log, 0),
  JS_METHOD ("warn", console_error, 0),
  JS_METHOD ("dir", console_dir, 0),
  JS_METHOD ("time", console_time, 0),
  JS_METHOD ("timeEnd", console_time_end, 0),
  JS_METHOD ("timeLog", console_time_log, 0),
  JS_METHOD ("trace", console_trace, 0),
  JS_METHOD ("assert", console_assert, 0),
  JS_METHOD ("clear", console_group_end, 0),
  JS_METHOD ("count", console_count, 0),
  JS_METHOD ("countReset", console_count_reset, 0),
  JS_METHOD ("group", console_group, 0),
  JS_METHOD ("groupEnd", console_group_end, 0),
  JS_METHOD ("table", js_console_table, 1),
  JS_METHOD ("debug", console_log, 0),
  JS_METHOD ("info", console_log, 0),
  JS_METHOD ("dirxml", console_log, 0),
  JS_METHOD ("error", console_error, 0),
  JS_METHOD ("groupCollapsed", console_group, 0),
  JS_STRING ("@@toStringTag", "console"),
};

static JsValue
create_console (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (CONSOLE));
}

static const JsNativeRow GLOBALS[] = {
  JS_OBJECT ("console", create_console),
};

const JsLibrary js_library_console = {
  .init = init, .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS), .clear = clear
};

static char *
inspect_and_clear (JsInspect *inspect, JsValue value)
{
  char *text = js_inspect_value (inspect, value, 0);

  if (inspect->failed)
    js_catch (inspect->vm);
  js_inspect_clear (inspect);
  return text;
}

char *
js_inspect_text (JsVm *vm, JsValue value)
{
  JsInspect inspect;

  js_inspect_init (&inspect, vm);
  return inspect_and_clear (&inspect, value);
}

char *
js_inspect_uncaught (JsVm *vm, JsValue value)
{
  JsInspect inspect;

  js_inspect_init (&inspect, vm);
  inspect.depth = 5;
  inspect.custom = NULL;
  return inspect_and_clear (&inspect, value);
}
