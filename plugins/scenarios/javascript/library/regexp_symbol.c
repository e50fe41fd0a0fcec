/* regexp_symbol.c - match, matchAll, replace, search and split with regular expressions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/regexp.h"
#include "library/string.h"
#include "runtime/message.h"

/* The receiver's pattern and the first argument as a held string. NULL: thrown. */
static JsPattern *
begin (JsVm *vm, const JsCall *call, const char *method, JsValue *string)
{
  JsPattern *pattern = js_regexp_receiver (vm, call, method);

  if (pattern == NULL)
    return NULL;
  *string = js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  return js_is_hole (*string) ? NULL : pattern;
}

/* ---- match, search ----------------------------------------------------------------------------------------------- */

JsValue
js_regexp_do_match (JsVm *vm, const JsCall *call)
{
  JsValue string, array;
  JsPattern *pattern = begin (vm, call, "@@match", &string);
  gint64 at = 0;
  int found;

  if (pattern == NULL)
    return JS_THROWN;
  if (!(pattern->flags & JS_REGEXP_GLOBAL))
    return js_regexp_exec (vm, call->receiver, string);
  array = js_hold (vm, js_ref (js_new_array (vm, 0)));
  if (js_is_hole (array) || !js_regexp_set_last_index (vm, call->receiver, 0))
    return JS_THROWN;
  while (at <= js_string_length (vm, string.payload)
         && (found = js_regexp_match (vm, pattern, string.payload, (gsize) at)) != 0)
    {
      const gsize *groups = js_regexp_groups (pattern);
      gint64 start = (gint64) groups[0], end = (gint64) groups[1];
      JsValue match = found > 0 ? js_regexp_group (vm, pattern, string.payload, 0) : JS_THROWN;

      if (js_is_hole (match) || !js_array_push (vm, array.payload, match))
        return JS_THROWN;
      at = end > start ? end : js_regexp_advance (vm, pattern, string.payload, end);
    }
  return js_array_length (vm, array.payload) > 0 ? array : JS_NULL;
}

JsValue
js_regexp_do_search (JsVm *vm, const JsCall *call)
{
  JsValue string;
  JsPattern *pattern = begin (vm, call, "@@search", &string);
  int found = pattern != NULL ? js_regexp_match (vm, pattern, string.payload, 0) : -1;

  if (found < 0)
    return JS_THROWN;
  return js_smi (found > 0 ? (gint32) js_regexp_groups (pattern)[0] : -1);
}

/* ---- matchAll ---------------------------------------------------------------------------------------------------- */

enum
{
  SLOT_REGEXP, /* undefined when it is done */
  SLOT_STRING,
  N_SLOTS
};

JsValue
js_regexp_do_match_all (JsVm *vm, const JsCall *call)
{
  JsValue string, constructor, copy, iterator;
  gint64 last;

  if (begin (vm, call, "@@matchAll", &string) == NULL || !js_regexp_get_last_index (vm, call->receiver, &last))
    return JS_THROWN;
  constructor = js_library_constructor (vm, "RegExp");
  copy = js_hold (vm, js_construct (vm, constructor, &call->receiver, 1, constructor));
  if (js_is_hole (copy) || !js_regexp_set_last_index (vm, copy, last))
    return JS_THROWN;
  iterator = js_ref (js_new_object_of_kind (vm, JS_KIND_REGEXP_ITERATOR));
  if (js_is_hole (iterator))
    return iterator;
  js_set_own_slot (vm, iterator.payload, SLOT_REGEXP, copy);
  js_set_own_slot (vm, iterator.payload, SLOT_STRING, string);
  return iterator;
}

static JsValue
step (JsVm *vm, HpRef iterator, gboolean *done)
{
  JsValue regexp = js_get_own_slot (vm, iterator, SLOT_REGEXP), string = js_get_own_slot (vm, iterator, SLOT_STRING);
  JsPattern *pattern;
  JsValue result;
  const gsize *groups;

  *done = js_is_undefined (regexp);
  if (*done)
    return JS_HOLE;
  pattern = js_regexp_pattern (vm, regexp.payload);
  result = js_hold (vm, js_regexp_exec (vm, regexp, string));
  if (js_is_hole (result))
    return result;
  *done = js_is_null (result);
  if (*done || !(pattern->flags & JS_REGEXP_GLOBAL))
    js_set_own_slot (vm, iterator, SLOT_REGEXP, JS_UNDEFINED);
  if (*done)
    return JS_HOLE;
  groups = js_regexp_groups (pattern);
  if (groups[0] == groups[1] && (pattern->flags & JS_REGEXP_GLOBAL)
      && !js_regexp_set_last_index (vm, regexp, js_regexp_advance (vm, pattern, string.payload, (gint64) groups[1])))
    return JS_THROWN;
  return result;
}

JsValue
js_regexp_iterator_next (JsVm *vm, const JsCall *call)
{
  gboolean done = FALSE;
  JsValue value;

  if (!js_is_kind (vm, call->receiver, JS_KIND_REGEXP_ITERATOR))
    return js_throw_incompatible (vm, "%RegExpStringIterator%.prototype.next", call->receiver);
  value = step (vm, call->receiver.payload, &done);
  if (js_is_hole (value) && !done)
    return value;
  return js_iterator_result (vm, done ? JS_UNDEFINED : value, done);
}

void
js_regexp_define_iterator (JsVm *vm)
{
  static const char *const NAMES[] = { "regexp", "string" };

  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_REGEXP_ITERATOR,
                                      .n_own = N_SLOTS,
                                      .own_names = NAMES,
                                      .intrinsic_prototype = JS_INTRINSIC_REGEXP_ITERATOR_PROTOTYPE + 1 });
}

/* ---- replace ----------------------------------------------------------------------------------------------------- */

/* Text from @start up to @end of @string. */
static void
add_part (JsVm *vm, JsStringBuilder *out, HpRef string, gsize start, gsize end)
{
  js_string_builder_add_part (vm, out, string, (guint32) start, (guint32) end);
}

static void
add_group (JsVm *vm, JsStringBuilder *out, const JsPattern *pattern, HpRef string, guint i)
{
  const gsize *groups = js_regexp_groups (pattern);

  if (i < pattern->n_groups && groups[2 * i] != PCRE2_UNSET)
    add_part (vm, out, string, groups[2 * i], groups[2 * i + 1]);
}

/* The number of a group behind a $: one digit, or two where there are so many groups. 0: none. */
static guint
group_number (const JsPattern *pattern, const gunichar2 *at, gsize n, gsize *used)
{
  guint first = n > 0 && at[0] >= '0' && at[0] <= '9' ? at[0] - '0' : 100;
  guint both = first < 100 && n > 1 && at[1] >= '0' && at[1] <= '9' ? first * 10 + at[1] - '0' : 0;

  if (both > 0 && both < pattern->n_groups)
    {
      *used = 2;
      return both;
    }
  *used = 1;
  return first > 0 && first < 100 && first < pattern->n_groups ? first : 0;
}

/* $<name>: the number of units it has, or 0. */
static gsize
add_named (JsVm *vm, JsStringBuilder *out, const JsPattern *pattern, HpRef string, const gunichar2 *at, gsize n)
{
  g_autofree char *name = NULL;
  gsize end = 1;

  while (end < n && at[end] != '>')
    end++;
  if (pattern->names == NULL || end >= n)
    return 0;
  name = g_utf16_to_utf8 (at + 1, (glong) end - 1, NULL, NULL, NULL);
  for (guint i = 0; name != NULL && i < pattern->names->len; i++)
    {
      const JsAtom *atom = g_ptr_array_index (pattern->names, i);
      if (atom != NULL && strcmp (atom->text, name) == 0)
        add_group (vm, out, pattern, string, i);
    }
  return end + 1;
}

/* What stands for the match, with $ directives. */
static void
add_template (JsVm *vm, JsStringBuilder *out, const JsPattern *pattern, HpRef string, const GArray *template)
{
  const gunichar2 *units = (const gunichar2 *) template->data;
  const gsize *groups = js_regexp_groups (pattern);

  for (gsize i = 0; i < template->len; i++)
    {
      gunichar2 next = i + 1 < template->len ? units[i + 1] : 0;
      gsize used = 1;
      guint group;

      if (units[i] != '$' || next == 0)
        {
          js_string_builder_add_unit (out, units[i]);
          continue;
        }
      if (next == '$')
        js_string_builder_add_unit (out, '$');
      else if (next == '&')
        add_group (vm, out, pattern, string, 0);
      else if (next == '`')
        add_part (vm, out, string, 0, groups[0]);
      else if (next == '\'')
        add_part (vm, out, string, groups[1], js_string_length (vm, string));
      else if (next == '<' && (used = add_named (vm, out, pattern, string, units + i + 1, template->len - i - 1)) > 0)
        ;
      else if ((group = group_number (pattern, units + i + 1, template->len - i - 1, &used)) > 0)
        add_group (vm, out, pattern, string, group);
      else
        {
          js_string_builder_add_unit (out, '$');
          used = 0;
        }
      i += used;
    }
}

/* By calling a function: match, groups, place, string and named groups. FALSE: thrown. */
static gboolean
add_called (JsVm *vm, JsStringBuilder *out, JsPattern *pattern, JsValue string, JsValue function)
{
  guint n = pattern->n_groups;
  g_autofree JsValue *arguments = g_new (JsValue, n + 3);
  JsHandles handles = js_handles_open (vm);
  JsValue result = js_hold (vm, js_regexp_result (vm, pattern, string)), text = JS_THROWN;
  gboolean done = !js_is_hole (result);

  for (guint i = 0; i < n && done; i++)
    arguments[i] = js_element (vm, result.payload, i);
  if (done)
    {
      arguments[n] = js_smi ((gint32) js_regexp_groups (pattern)[0]);
      arguments[n + 1] = string;
      arguments[n + 2] = js_get_named (vm, result, JS_NAME (vm, GROUPS));
      text = js_hold (vm, js_call (vm, function, JS_UNDEFINED, arguments, n + 2 + (pattern->names != NULL)));
      text = js_is_hole (text) ? text : js_to_string (vm, text);
    }
  if (!js_is_hole (text))
    js_string_builder_add (vm, out, text.payload);
  js_handles_close (vm, handles);
  return !js_is_hole (text);
}

/* All matches, or the first. FALSE: thrown. */
static gboolean
replace_all (JsVm *vm, JsPattern *pattern, JsValue string, JsValue by, const GArray *template, JsStringBuilder *out)
{
  gsize at = 0, copied = 0, length = js_string_length (vm, string.payload);
  int found;

  while (at <= length && (found = js_regexp_match (vm, pattern, string.payload, at)) != 0)
    {
      gsize start, end;

      if (found < 0)
        return FALSE;
      start = js_regexp_groups (pattern)[0];
      end = js_regexp_groups (pattern)[1];
      add_part (vm, out, string.payload, copied, start);
      if (template != NULL)
        add_template (vm, out, pattern, string.payload, template);
      else if (!add_called (vm, out, pattern, string, by))
        return FALSE;
      if (!js_string_builder_check (vm, out))
        return FALSE;
      copied = end;
      at = end > start ? end : (gsize) js_regexp_advance (vm, pattern, string.payload, (gint64) end);
      if (!(pattern->flags & JS_REGEXP_GLOBAL))
        break;
    }
  add_part (vm, out, string.payload, copied, length);
  return TRUE;
}

JsValue
js_regexp_do_replace (JsVm *vm, const JsCall *call)
{
  JsValue string, by = js_argument (call, 1);
  JsPattern *pattern = begin (vm, call, "@@replace", &string);
  g_autoptr (GArray) template = NULL;
  JsStringBuilder out;

  if (pattern == NULL)
    return JS_THROWN;
  if (!js_is_callable (vm, by))
    {
      JsStringBuilder units;
      by = js_hold (vm, js_to_string (vm, by));
      if (js_is_hole (by))
        return by;
      js_string_builder_init (&units);
      js_string_builder_add (vm, &units, by.payload);
      template = units.units;
    }
  js_string_builder_init (&out);
  if (replace_all (vm, pattern, string, by, template, &out)
      && (!(pattern->flags & JS_REGEXP_GLOBAL) || js_regexp_set_last_index (vm, call->receiver, 0)))
    return js_string_builder_finish (vm, &out);
  js_string_builder_clear (&out);
  return JS_THROWN;
}

/* ---- split ------------------------------------------------------------------------------------------------------- */

static gboolean
push_part (JsVm *vm, JsValue array, JsValue string, gsize start, gsize end)
{
  JsValue part = js_string_slice (vm, string.payload, (guint32) start, (guint32) end);

  return !js_is_hole (part) && js_array_push (vm, array.payload, part);
}

static gboolean
push_groups (JsVm *vm, JsValue array, const JsPattern *pattern, JsValue string, guint32 most)
{
  for (guint i = 1; i < pattern->n_groups && js_array_length (vm, array.payload) < most; i++)
    {
      JsValue group = js_regexp_group (vm, pattern, string.payload, i);
      if (js_is_hole (group) || !js_array_push (vm, array.payload, group))
        return FALSE;
    }
  return TRUE;
}

static gboolean
split (JsVm *vm, JsPattern *pattern, JsValue string, JsValue array, guint32 most)
{
  gsize length = js_string_length (vm, string.payload), from = 0, at = 0;
  int found;

  if (length == 0)
    {
      found = js_regexp_match (vm, pattern, string.payload, 0);
      return found > 0 || (found == 0 && push_part (vm, array, string, 0, 0));
    }
  while (at < length && (found = js_regexp_match (vm, pattern, string.payload, at)) != 0)
    {
      gsize start, end;

      if (found < 0)
        return FALSE;
      start = js_regexp_groups (pattern)[0];
      end = js_regexp_groups (pattern)[1];
      if (start >= length)
        break;
      if (end == from || (end == start && start == from))
        {
          at = (gsize) js_regexp_advance (vm, pattern, string.payload, (gint64) at);
          continue;
        }
      if (!push_part (vm, array, string, from, start))
        return FALSE;
      if (js_array_length (vm, array.payload) >= most)
        return TRUE;
      from = end;
      if (!push_groups (vm, array, pattern, string, most))
        return FALSE;
      at = end > start ? end : (gsize) js_regexp_advance (vm, pattern, string.payload, (gint64) end);
    }
  return js_array_length (vm, array.payload) >= most || push_part (vm, array, string, from, length);
}

JsValue
js_regexp_do_split (JsVm *vm, const JsCall *call)
{
  JsValue string, array;
  JsPattern *pattern = begin (vm, call, "@@split", &string);
  guint32 most = G_MAXUINT32;

  if (pattern == NULL || (!js_is_undefined (js_argument (call, 1)) && !js_to_uint32 (vm, call->arguments[1], &most)))
    return JS_THROWN;
  array = js_hold (vm, js_ref (js_new_array (vm, 0)));
  if (js_is_hole (array) || most == 0)
    return array;
  return split (vm, pattern, string, array, most) ? array : JS_THROWN;
}

/* ---- the same as methods of strings ------------------------------------------------------------------------------ */

/* By the argument's own method, or that of a RegExp made of it. */
static JsValue
delegate (JsVm *vm, const JsCall *call, JsAtom *symbol, const char *flags, const char *name)
{
  JsValue argument = js_argument (call, 0), method, string, constructor, arguments[2];

  if (js_is_nullish (call->receiver))
    return js_throw_type (vm, "String.prototype.%s called on null or undefined", name);
  if (!js_is_nullish (argument) && js_is_object (vm, argument))
    {
      method = js_get_method (vm, argument, js_key_atom (symbol));
      if (js_is_hole (method) || !js_is_undefined (method))
        return js_is_hole (method) ? method : js_call (vm, method, argument, &call->receiver, 1);
    }
  string = js_hold (vm, js_to_string (vm, call->receiver));
  constructor = js_is_hole (string) ? string : js_library_constructor (vm, "RegExp");
  if (js_is_hole (constructor))
    return constructor;
  arguments[0] = argument;
  arguments[1] = js_hold (vm, js_string (vm, flags, -1));
  argument = js_hold (vm, js_construct (vm, constructor, arguments, 2, constructor));
  return js_is_hole (argument) ? argument : js_invoke (vm, argument, symbol, &string, 1);
}

JsValue
js_string_method_match (JsVm *vm, const JsCall *call)
{
  return delegate (vm, call, JS_SYMBOL (vm, MATCH), "", "match");
}

JsValue
js_string_method_search (JsVm *vm, const JsCall *call)
{
  return delegate (vm, call, JS_SYMBOL (vm, SEARCH), "", "search");
}

JsValue
js_string_method_match_all (JsVm *vm, const JsCall *call)
{
  JsValue argument = js_argument (call, 0);

  if (js_is_kind (vm, argument, JS_KIND_REGEXP)
      && !(js_regexp_pattern (vm, argument.payload)->flags & JS_REGEXP_GLOBAL))
    return js_throw_type (vm, "String.prototype.matchAll called with a non-global RegExp argument");
  return delegate (vm, call, JS_SYMBOL (vm, MATCH_ALL), "g", "matchAll");
}
