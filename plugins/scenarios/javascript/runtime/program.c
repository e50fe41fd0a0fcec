/* program.c - a program from its source to its end
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/call.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/jobs.h"
#include "runtime/module.h"
#include "runtime/report.h"

#include <glib/gi18n-lib.h>

#define LONG_LINE 400 /* characters before the place: of more, Node's report shows a part */

/* "file.js:3:12: SyntaxError: ..." of what Node prints in lines: "path:3", the line, a caret below it, the message. Of
 * a line too long to be shown whole the column is left out. */
static char *
in_a_line (const char *message)
{
  g_auto (GStrv) lines = g_strsplit (message, "\n", 4);
  g_autofree char *place = g_path_get_basename (lines[0]);
  const char *last = strrchr (message, '\n');
  gsize column = g_strv_length (lines) == 4 ? strcspn (lines[2], "^") : 0;

  if (last == NULL)
    return g_strdup (message);
  if (g_strv_length (lines) < 4 || lines[2][column] != '^' || column >= LONG_LINE)
    return g_strdup_printf ("%s: %s", place, last + 1);
  return g_strdup_printf ("%s:%" G_GSIZE_FORMAT ": %s", place, column + 1, last + 1);
}

/* Tell what is wrong with the source, as Node does before it runs anything. */
static void
refuse (JsVm *vm, const GError *error)
{
  g_autofree char *text = g_strconcat (error->message, "\n\n" JS_NODE_VERSION "\n", NULL);
  g_autofree char *ending = in_a_line (error->message);

  hp_machine_write_output (vm->machine, HP_STREAM_ERROR, text, strlen (text));
  hp_machine_exit (vm->machine, 1, ending);
  vm->is_over = TRUE;
}

/* The first of the regular expressions below @node that is none. */
static gboolean
check_regexps (JsVm *vm, const JsSource *source, const JsNode *node, GError **error)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);
  g_autofree char *complaint = node->kind == JS_NODE_REGEX
                                   ? js_regexp_check (vm, node->text->bytes, node->child[0]->text->bytes)
                                   : NULL;

  if (complaint != NULL)
    js_source_set_error (source, node->start, node->end, complaint, error);
  for (guint i = 0; complaint == NULL && children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      if (!check_regexps (vm, source, child, error))
        return FALSE;
  return complaint == NULL;
}

static gboolean
prepare (JsVm *vm, const JsSource *source)
{
  g_autoptr (GError) error = NULL;

  vm->source = source;
  vm->program = js_program_new (source, &error);
  if (vm->program != NULL && check_regexps (vm, source, vm->program->script, &error))
    vm->compiled = js_compile (source, vm->program->arena, vm->program->script, vm->program->comments, &error);
  if (vm->compiled == NULL)
    refuse (vm, error);
  return vm->compiled != NULL;
}

static JsValue
run_module (JsVm *vm)
{
  JsHandles handles = js_handles_open (vm);
  JsCode *code = g_ptr_array_index (vm->compiled->codes, 0);
  JsValue module = js_hold (vm, js_ref (js_new_closure (vm, code, JS_UNDEFINED)));
  JsValue arguments[JS_N_MODULE_ARGUMENTS];

  if (js_is_hole (module) || !js_module_arguments (vm, arguments) || !js_vm_tick (vm) || !js_vm_enter (vm))
    return JS_THROWN;
  /* From here on its frame holds it. */
  js_handles_close (vm, handles);
  return js_run_closure (
      vm, &(JsCall){ module.payload, arguments[0], arguments, JS_N_MODULE_ARGUMENTS, JS_UNDEFINED }, FALSE);
}

/* What the module threw ends the program, unless somebody listens. FALSE: it ended. */
static gboolean
handle_exception (JsVm *vm)
{
  JsHandles handles;
  JsValue exception;

  if (!js_vm_tick (vm))
    return FALSE;
  handles = js_handles_open (vm);
  exception = js_hold (vm, js_catch (vm));
  if (!js_process_emit (vm, "uncaughtException", exception, JS_HOLE) && js_vm_tick (vm))
    js_report_uncaught (vm, exception);
  js_handles_close (vm, handles);
  return js_vm_tick (vm);
}

void
js_vm_run (JsVm *vm, const JsSource *source)
{
  g_autofree char *name = g_path_get_basename (source->name);

  if (!prepare (vm, source))
    return;
  vm->source_id = hp_machine_define_source (vm->machine, name, source->text);
  if (js_is_hole (run_module (vm)) && !handle_exception (vm))
    return;
  js_jobs_run (vm);
}
