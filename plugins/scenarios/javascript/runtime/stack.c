/* stack.c - the calls under way, as an error's stack tells them (V8: src/objects/call-site-info.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/stack.h"
#include "runtime/call.h"
#include "runtime/function.h"
#include "runtime/generator.h"
#include "runtime/jobs.h"
#include "runtime/message.h"
#include "runtime/number.h"
#include "runtime/object.h"
#include "runtime/string.h"
#include "syntax/source.h"

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* What the source calls it, with "get " and "set " (V8: SharedFunctionInfo::Name). */
static const char *
own_name (JsVm *vm, const JsCallSite *site)
{
  const JsNativeRow *native = site->code == NULL ? js_function_native (vm, site->function) : NULL;

  return site->code != NULL ? site->code->name : native != NULL ? native->name : "";
}

/* The property name where it is a string, else what the source calls it, else what it was assigned to. */
static char *
function_name (JsVm *vm, const JsCallSite *site)
{
  char *name = js_function_name (vm, site->function);

  if (*name != '\0' || site->code == NULL)
    return name;
  g_free (name);
  return g_strdup (*site->code->name == '\0' && site->code->inferred != NULL ? site->code->inferred : site->code->name);
}

/* An own data property's value, which is not made for that where it is the library's; the hole: none. */
static JsValue
look_at (JsVm *vm, HpRef object, JsAtom *atom)
{
  JsPlace place;

  if (!js_find_own (vm, object, js_class_of (vm, object), atom, &place) || place.kind == JS_PROPERTY_VIRTUAL
      || place.kind == JS_PROPERTY_LAZY)
    return JS_HOLE;
  return js_place_read (vm, object, &place);
}

static char *
constructor_of (JsVm *vm, HpRef prototype)
{
  JsValue constructor = look_at (vm, prototype, JS_NAME (vm, CONSTRUCTOR));
  const JsCode *code = js_is_callable (vm, constructor) ? js_function_code (vm, constructor.payload) : NULL;

  if (code != NULL && *code->name == '\0' && code->inferred != NULL)
    return g_strdup (code->inferred);
  return js_constructor_name (vm, prototype);
}

/* The constructor's name: V8's JSReceiver::GetConstructorName. */
static char *
constructor_name (JsVm *vm, HpRef object)
{
  JsKind kind = (JsKind) js_class_of (vm, object)->kind;
  char *name;

  if (kind == JS_KIND_GENERATOR || kind == JS_KIND_ASYNC_GENERATOR)
    return js_function_name (vm, js_get_own_slot (vm, object, JS_GENERATOR_SLOT_FUNCTION).payload);
  for (JsValue at = js_ref (object); js_is_ref (at); at = js_get_prototype (vm, at))
    {
      JsDescriptor tag;
      if (js_get_own (vm, at.payload, js_key_atom (JS_SYMBOL (vm, TO_STRING_TAG)), &tag) == JS_PRESENT
          && !tag.is_accessor && js_is_string (vm, tag.value))
        return js_string_to_utf8 (vm, tag.value.payload, NULL);
      if (at.payload == object)
        continue;
      name = constructor_of (vm, at.payload);
      if (name != NULL && strcmp (name, "Object") != 0)
        return name;
      g_free (name);
    }
  return g_strdup ("Object");
}

/* What stands before the dot of "at Type.method". */
static char *
type_name (JsVm *vm, JsValue receiver)
{
  const JsCode *code;

  if (!js_is_object (vm, receiver))
    return g_strdup (js_is_symbol (vm, receiver) ? "Symbol" : js_builtin_tag (vm, receiver));
  if (!js_is_callable (vm, receiver))
    return constructor_name (vm, receiver.payload);
  code = js_class_of (vm, receiver.payload)->is_class_constructor ? js_function_code (vm, receiver.payload) : NULL;
  return g_strdup (code != NULL && *code->name != '\0' ? code->name : "Function");
}

static gboolean
is_accessor_of (JsVm *vm, JsValue pair, HpRef function)
{
  return js_is_kind (vm, pair, JS_KIND_ACCESSOR_PAIR)
         && (hp_value_get_ref (hp_machine_read (vm->machine, pair.payload, 0)) == function
             || hp_value_get_ref (hp_machine_read (vm->machine, pair.payload, 1)) == function);
}

static gboolean
is_property (JsVm *vm, HpRef object, JsAtom *atom, HpRef function)
{
  JsValue value = look_at (vm, object, atom);

  return js_is_identical (value, js_ref (function)) || is_accessor_of (vm, value, function);
}

/* The one property of @object that is the function. *is_found: one, or more of them. (transfer full) */
static char *
search_method (JsVm *vm, HpRef object, HpRef function, gboolean *is_found)
{
  g_autoptr (GArray) keys = js_own_keys (vm, object, JS_KEYS_STRINGS);
  char *name = NULL;

  *is_found = FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      JsAtom *atom = g_array_index (keys, JsKey, i).atom;
      if (atom == NULL || !is_property (vm, object, atom, function))
        continue;
      g_clear_pointer (&name, g_free);
      if (*is_found)
        return NULL;
      *is_found = TRUE;
      name = g_strdup (atom->text);
    }
  return name;
}

/* Under which name the receiver has the function; NULL: none, or several. */
static char *
method_name (JsVm *vm, const JsCallSite *site)
{
  const char *name = own_name (vm, site);
  gboolean is_found = FALSE;
  char *found = NULL;

  if (js_is_kind (vm, site->receiver, JS_KIND_IMMEDIATE))
    return NULL;
  if (js_is_kind (vm, site->receiver, JS_KIND_TIMEOUT))
    return js_is_ref (js_timer_callback (vm, site->receiver.payload)) ? g_strdup ("_onTimeout") : NULL;
  if (g_str_has_prefix (name, "get ") || g_str_has_prefix (name, "set "))
    name += 4;
  for (JsValue at = site->receiver; *name != '\0' && js_is_ref (at); at = js_get_prototype (vm, at))
    if (js_is_object (vm, at) && is_property (vm, at.payload, js_atom (vm, name, -1), site->function))
      return g_strdup (name);
  for (JsValue at = site->receiver; !is_found && js_is_ref (at); at = js_get_prototype (vm, at))
    if (js_is_object (vm, at))
      found = search_method (vm, at.payload, site->function, &is_found);
  return found;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static gboolean
is_identifier (const char *text)
{
  const char *end = text;

  for (gunichar c; *end != '\0'; end = g_utf8_next_char (end))
    {
      c = g_utf8_get_char (end);
      if (c != '$' && c != '_' && !g_unichar_isalpha (c) && (end == text || !g_unichar_isdigit (c)))
        return FALSE;
    }
  return end > text;
}

static gboolean
ends_with_method (const char *function, const char *method)
{
  gsize rest = strlen (function) - MIN (strlen (function), strlen (method));

  return g_str_has_suffix (function, method) && (rest == 0 || function[rest - 1] == '.');
}

static void
append_method (JsVm *vm, const JsCallSite *site, const char *function, GString *out)
{
  g_autofree char *type = type_name (vm, site->receiver), *method = method_name (vm, site);

  if (*type != '\0' && (*function == '\0' || is_identifier (function)))
    g_string_append_printf (out, "%s.", type);
  if (*function == '\0')
    g_string_append (out, method != NULL ? method : "<anonymous>");
  else
    g_string_append (out, function);
  if (*function != '\0' && method != NULL && !ends_with_method (function, method))
    g_string_append_printf (out, " [as %s]", method);
}

static gboolean
is_top_level (JsVm *vm, JsValue receiver)
{
  return js_is_nullish (receiver) || js_is_hole (receiver)
         || js_is_identical (receiver, js_ref (vm->intrinsics[JS_INTRINSIC_GLOBAL]));
}

static char *
place_text (JsVm *vm, const JsCallSite *site)
{
  guint line, column;

  if (site->code == NULL)
    return g_strdup ("<anonymous>");
  js_source_position (vm->source, js_code_position (site->code, site->pc), &line, &column);
  return g_strdup_printf ("%s:%u:%u", vm->options.file, line, column);
}

static void
begin_line (GString *out)
{
  g_string_append (out, out->len > 0 ? "\n    at " : "    at ");
}

void
js_append_call_site (JsVm *vm, const JsCallSite *site, GString *out)
{
  g_autofree char *name = function_name (vm, site), *place = place_text (vm, site);

  begin_line (out);
  if (site->is_async)
    g_string_append (out, "async ");
  if (site->is_construct)
    g_string_append_printf (out, "new %s", *name != '\0' ? name : "<anonymous>");
  else if (site->code != NULL && site->code->id == 0)
    g_string_append (out, "Object.<anonymous>");
  else if (!is_top_level (vm, site->receiver))
    append_method (vm, site, name, out);
  else if (*name != '\0')
    g_string_append (out, name);
  else
    {
      g_string_append (out, place);
      return;
    }
  g_string_append_printf (out, " (%s)", place);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* call () and its like are no frames of their own in V8: what they call takes their place. */
static gboolean
is_hidden (const JsFrame *frame, const JsFrame *caller, gboolean is_newest)
{
  static const char *const HIDDEN[] = { "call", "apply", "construct", NULL };

  if (frame->code != NULL)
    return FALSE;
  /* What String.prototype.replace () asks a regular expression to do is its own work in V8. */
  if (caller != NULL && caller->code == NULL && g_str_has_prefix (frame->native->name, "@@"))
    return TRUE;
  if (is_newest)
    return strcmp (frame->native->name, "call") == 0 || strcmp (frame->native->name, "Array") == 0;
  return g_strv_contains (HIDDEN, frame->native->name);
}

static guint
append_frame (JsVm *vm, guint i, gboolean is_newest, guint limit, GString *out)
{
  const JsFrame *frame = &g_array_index (vm->frames, JsFrame, i);
  const JsFrame *caller = i > 0 ? frame - 1 : NULL;
  gboolean is_generator = frame->code != NULL && frame->is_resumed && !(frame->code->flags & JS_FLAG_ASYNC);
  g_autofree char *name = NULL;

  if (is_hidden (frame, caller, is_newest))
    return 0;
  js_append_call_site (vm,
                       &(JsCallSite){ .code = frame->code,
                                      .function = frame->function,
                                      .receiver = frame->code != NULL ? vm->registers[frame->base] : frame->receiver,
                                      .pc = frame->pc,
                                      .is_construct = frame->is_construct },
                       out);
  if (!is_generator || limit < 2
      || (caller != NULL && caller->code == NULL && strcmp (caller->native->name, "next") == 0))
    return 1;
  /* A loop that goes over a generator calls its next (). */
  name = js_function_name (vm, g_array_index (vm->frames, JsFrame, i).function);
  begin_line (out);
  g_string_append_printf (out, "%s.next (<anonymous>)", *name != '\0' ? name : "Generator");
  return 2;
}

char *
js_stack_text (JsVm *vm, guint skip, HpRef above, guint limit)
{
  GString *out = g_string_new (NULL);
  guint i = vm->frames->len, newest;

  if (above != HP_REF_NONE)
    {
      while (i > 0 && g_array_index (vm->frames, JsFrame, i - 1).function != above)
        i--;
      i -= i > 0;
    }
  i -= MIN (skip, i);
  for (newest = i; i > 0 && limit > 0; i--)
    limit -= append_frame (vm, i - 1, i == newest, limit, out);
  js_append_async_frames (vm, limit, out);
  return g_string_free (out, FALSE);
}

gboolean
js_stack_place (JsVm *vm, guint32 *offset)
{
  for (guint i = vm->frames->len; i > 0; i--)
    {
      const JsFrame *frame = &g_array_index (vm->frames, JsFrame, i - 1);
      if (frame->code == NULL)
        continue;
      *offset = js_code_position (frame->code, frame->pc);
      return TRUE;
    }
  return FALSE;
}
