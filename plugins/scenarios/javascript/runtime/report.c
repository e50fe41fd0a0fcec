/* report.c - errors that nobody catches, as Node reports them (lib/internal/process/execution.js, node_errors.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/report.h"
#include "library/library.h"
#include "runtime/jobs.h"
#include "runtime/message.h"

/* Where the stack's first line of this program says: FALSE where there is none. */
static gboolean
find_place (JsVm *vm, const char *stack, guint *line, guint *column)
{
  gsize length = strlen (vm->options.file);
  const char *at = strstr (stack, vm->options.file);
  char *end;

  while (at != NULL && at[length] != ':')
    at = strstr (at + length, vm->options.file);
  if (at == NULL)
    return FALSE;
  *line = (guint) strtoul (at + strlen (vm->options.file) + 1, &end, 10);
  *column = *end == ':' ? (guint) strtoul (end + 1, NULL, 10) : 0;
  return *line > 0 && *line <= vm->source->lines->len && *column > 0;
}

/* "file:line", the line itself and a caret. */
static void
append_place (JsVm *vm, guint line, guint column, GString *out)
{
  guint32 start = g_array_index (vm->source->lines, guint32, line - 1), end = start;

  while (end < vm->source->length && js_line_terminator (vm->source->text + end) == 0)
    end++;
  g_string_append_printf (out, "%s:%u\n%.*s\n", vm->options.file, line, (int) (end - start), vm->source->text + start);
  for (guint i = 1; i < column && start + i - 1 < end; i++)
    g_string_append_c (out, vm->source->text[start + i - 1] == '\t' ? '\t' : ' ');
  g_string_append (out, "^\n\n");
}

static char *
stack_of (JsVm *vm, JsValue exception)
{
  JsDescriptor own;

  if (!js_is_object (vm, exception)
      || js_get_own (vm, exception.payload, js_key_atom (JS_NAME (vm, STACK)), &own) != JS_PRESENT || own.is_accessor
      || !js_is_string (vm, own.value))
    return NULL;
  return js_string_to_utf8 (vm, own.value.payload, NULL);
}

/* Those who listen to the exit may choose another code. */
static void
end_with (JsVm *vm, GString *out, int code, const char *first_line)
{
  g_string_append (out, "\n" JS_NODE_VERSION "\n");
  hp_machine_write_output (vm->machine, HP_STREAM_ERROR, out->str, out->len);
  g_string_free (out, TRUE);
  vm->exit_code = code;
  if (!vm->is_exiting)
    {
      vm->is_exiting = TRUE;
      vm->is_failing = TRUE;
      js_process_emit (vm, "exit", js_smi (code), JS_HOLE);
    }
  hp_machine_exit (vm->machine, (guint8) vm->exit_code, first_line);
  vm->is_over = TRUE;
}

/* As String () has it where it is no object. */
static char *
text_of (JsVm *vm, JsValue exception)
{
  if (js_is_object (vm, exception) || js_is_symbol (vm, exception))
    return js_inspect_uncaught (vm, exception);
  return js_to_utf8 (vm, exception);
}

static void
report (JsVm *vm, JsValue exception, int code)
{
  JsHandles handles = js_handles_open (vm);
  GString *out = g_string_new (NULL);
  g_autofree char *stack = NULL, *text = NULL, *file = NULL, *first = NULL;
  guint line, column;

  js_hold (vm, exception);
  stack = stack_of (vm, exception);
  text = text_of (vm, exception);
  if (vm->thrown_at != JS_THROWN_BY_RUNTIME)
    js_source_position (vm->source, vm->thrown_at, &line, &column);
  else if (stack == NULL || !find_place (vm, stack, &line, &column))
    line = 0;
  if (line > 0)
    append_place (vm, line, column, out);
  else
    g_string_append (out,
                     "node:internal/process/promises:391\n"
                     "    triggerUncaughtException(err, true /* fromPromise */);\n"
                     "    ^\n\n");
  /* Node has an empty line between the caret and an error of V8, and that line before all for other values. */
  if (!js_is_kind (vm, exception, JS_KIND_ERROR) || g_str_has_prefix (text, "DOMException"))
    {
      g_string_truncate (out, out->len - 1);
      g_string_prepend_c (out, '\n');
    }
  g_string_append_printf (out, "%s\n", text);
  file = g_path_get_basename (vm->options.file);
  first = g_strdup_printf ("%s:%u: %.*s", file, MAX (line, 1), (int) strcspn (text, "\n"), text);
  end_with (vm, out, code, first);
  js_handles_close (vm, handles);
}

void
js_report_uncaught (JsVm *vm, JsValue exception)
{
  report (vm, exception, 1);
}

void
js_report_listener (JsVm *vm, const char *event)
{
  JsHandles handles = js_handles_open (vm);
  JsValue exception = js_hold (vm, js_catch (vm));

  if (vm->is_failing
      || (strcmp (event, "unhandledRejection") == 0 && js_process_emit (vm, "uncaughtException", exception, JS_HOLE)))
    {
      js_handles_close (vm, handles);
      return;
    }
  if (strcmp (event, "exit") == 0)
    vm->is_exiting = TRUE;
  report (vm, exception, strcmp (event, "uncaughtException") == 0 ? 7 : 1);
  js_handles_close (vm, handles);
}

void
js_report_unhandled_rejection (JsVm *vm, JsValue reason)
{
  JsDescriptor own;
  GString *out;
  g_autofree char *text = NULL;

  /* The error says where it was made; who threw last was another. */
  if (js_is_object (vm, reason)
      && js_get_own (vm, reason.payload, js_key_atom (JS_NAME (vm, STACK)), &own) == JS_PRESENT)
    {
      vm->thrown_at = JS_THROWN_BY_RUNTIME;
      js_report_uncaught (vm, reason);
      return;
    }
  text = js_message_text (vm, reason);
  out = g_string_new ("node:internal/process/promises:389\n"
                      "      new UnhandledPromiseRejection(reason);\n"
                      "      ^\n\n");
  g_string_append_printf (
      out,
      "UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch "
      "block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "
      "\"%s\".\n"
      "    at throwUnhandledRejectionsMode (node:internal/process/promises:389:7)\n"
      "    at processPromiseRejections (node:internal/process/promises:470:17)\n"
      "    at process.processTicksAndRejections (node:internal/process/task_queues:96:32) {\n"
      "  code: 'ERR_UNHANDLED_REJECTION'\n}\n",
      text);
  end_with (vm, out, 1, text);
}
