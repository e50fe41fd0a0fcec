/* string.c - String: its constructor, and methods that look and cut
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/string.h"
#include "library/iterator.h"
#include "runtime/message.h"

JsValue
js_string_receiver (JsVm *vm, const JsCall *call, const char *method)
{
  if (js_is_string (vm, call->receiver))
    return call->receiver;
  if (js_is_nullish (call->receiver))
    return js_throw_type (vm, "String.prototype.%s called on null or undefined", method);
  return js_hold (vm, js_to_string (vm, call->receiver));
}

static JsValue
string_construct (JsVm *vm, const JsCall *call)
{
  JsValue value = js_argument (call, 0), text;

  if (call->n == 0)
    text = js_string (vm, "", 0);
  else if (js_is_undefined (call->new_target) && js_is_symbol (vm, value))
    return js_string_printf (vm, "Symbol(%s)", js_symbol_atom (vm, value.payload)->text);
  else
    text = js_to_string (vm, value);
  if (js_is_hole (text) || js_is_undefined (call->new_target))
    return text;
  js_hold (vm, text);
  return js_ref (js_wrap (vm, js_new_object_for (vm, JS_KIND_WRAPPER, call->new_target), text));
}

static JsValue
string_value_of (JsVm *vm, const JsCall *call)
{
  JsValue text = call->receiver;

  if (js_is_kind (vm, text, JS_KIND_WRAPPER))
    text = js_get_own_slot (vm, text.payload, 0);
  return js_is_string (vm, text) ? text : js_throw_incompatible (vm, "String.prototype.toString", call->receiver);
}

static JsValue
string_from_char_code (JsVm *vm, const JsCall *call)
{
  g_autofree gunichar2 *units = g_new (gunichar2, call->n + 1);

  for (guint i = 0; i < call->n; i++)
    {
      guint32 unit;

      if (!js_to_uint32 (vm, call->arguments[i], &unit))
        return JS_THROWN;
      units[i] = (gunichar2) unit;
    }
  return js_string_from_utf16 (vm, units, call->n);
}

static JsValue
string_from_code_point (JsVm *vm, const JsCall *call)
{
  JsStringBuilder text;

  js_string_builder_init (&text);
  for (guint i = 0; i < call->n; i++)
    {
      double point = NAN;
      guint32 c;

      if (!js_to_number (vm, call->arguments[i], &point) || !(point >= 0 && point <= 0x10ffff)
          || point != trunc (point))
        {
          g_autofree char *found = js_double_to_text (point, 10);

          js_string_builder_clear (&text);
          return js_is_hole (vm->exception) ? js_throw_range (vm, "Invalid code point %s", found) : JS_THROWN;
        }
      c = (guint32) point;
      if (c > 0xffff)
        {
          js_string_builder_add_unit (&text, (gunichar2) (0xd7c0 + (c >> 10)));
          js_string_builder_add_unit (&text, (gunichar2) (0xdc00 + (c & 0x3ff)));
        }
      else
        js_string_builder_add_unit (&text, (gunichar2) c);
    }
  return js_string_builder_finish (vm, &text);
}

static JsValue
string_raw (JsVm *vm, const JsCall *call)
{
  JsValue cooked = js_hold (vm, js_to_object (vm, js_argument (call, 0))), raw;
  JsStringBuilder text;
  gint64 n;

  raw = js_is_hole (cooked) ? cooked : js_hold (vm, js_get_named (vm, cooked, JS_NAME (vm, RAW)));
  raw = js_is_hole (raw) ? raw : js_hold (vm, js_to_object (vm, raw));
  n = js_is_hole (raw) ? -1 : js_length_of (vm, raw);
  if (n < 0)
    return JS_THROWN;
  js_string_builder_init (&text);
  for (gint64 i = 0; i < n; i++)
    {
      JsValue piece = js_string_builder_check (vm, &text) ? js_get_index (vm, raw, (guint32) i) : JS_THROWN;

      piece = js_is_hole (piece) ? piece : js_to_string (vm, piece);
      if (!js_is_hole (piece))
        js_string_builder_add (vm, &text, piece.payload);
      if (!js_is_hole (piece) && i + 1 < n && i + 1 < call->n)
        {
          piece = js_to_string (vm, call->arguments[i + 1]);
          if (!js_is_hole (piece))
            js_string_builder_add (vm, &text, piece.payload);
        }
      if (js_is_hole (piece))
        {
          js_string_builder_clear (&text);
          return JS_THROWN;
        }
    }
  return js_string_builder_finish (vm, &text);
}

/* ---- characters -------------------------------------------------------------------------------------------------- */

/* this, and the place that the first argument says. FALSE: thrown. */
static gboolean
at_place (JsVm *vm, const JsCall *call, const char *method, JsValue *text, double *place)
{
  *text = js_string_receiver (vm, call, method);
  return !js_is_hole (*text) && js_to_integer (vm, js_argument (call, 0), place);
}

static gboolean
is_inside (JsVm *vm, JsValue text, double place)
{
  return place >= 0 && place < js_string_length (vm, text.payload);
}

static JsValue
string_char_at (JsVm *vm, const JsCall *call)
{
  JsValue text;
  double place;

  if (!at_place (vm, call, "charAt", &text, &place))
    return JS_THROWN;
  if (!is_inside (vm, text, place))
    return js_string (vm, "", 0);
  return js_string_from_unit (vm, js_string_at (vm, text.payload, (guint32) place));
}

static JsValue
string_char_code_at (JsVm *vm, const JsCall *call)
{
  JsValue text;
  double place;

  if (!at_place (vm, call, "charCodeAt", &text, &place))
    return JS_THROWN;
  return is_inside (vm, text, place) ? js_smi (js_string_at (vm, text.payload, (guint32) place)) : js_number (vm, NAN);
}

static JsValue
string_code_point_at (JsVm *vm, const JsCall *call)
{
  guint32 first, second;
  JsValue text;
  double place;

  if (!at_place (vm, call, "codePointAt", &text, &place))
    return JS_THROWN;
  if (!is_inside (vm, text, place))
    return JS_UNDEFINED;
  first = js_string_at (vm, text.payload, (guint32) place);
  if ((first & 0xfc00) != 0xd800 || !is_inside (vm, text, place + 1))
    return js_smi ((gint32) first);
  second = js_string_at (vm, text.payload, (guint32) place + 1);
  if ((second & 0xfc00) != 0xdc00)
    return js_smi ((gint32) first);
  return js_smi ((gint32) (0x10000 + ((first & 0x3ff) << 10) + (second & 0x3ff)));
}

static JsValue
string_at (JsVm *vm, const JsCall *call)
{
  JsValue text;
  double place;

  if (!at_place (vm, call, "at", &text, &place))
    return JS_THROWN;
  if (place < 0)
    place += js_string_length (vm, text.payload);
  if (!is_inside (vm, text, place))
    return JS_UNDEFINED;
  return js_string_from_unit (vm, js_string_at (vm, text.payload, (guint32) place));
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

static JsValue
string_slice (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "slice");
  gint64 n, start, end;

  if (js_is_hole (text))
    return JS_THROWN;
  n = js_string_length (vm, text.payload);
  if (!js_to_relative (vm, js_argument (call, 0), n, 0, &start)
      || !js_to_relative (vm, js_argument (call, 1), n, n, &end))
    return JS_THROWN;
  return js_string_slice (vm, text.payload, (guint32) start, (guint32) MAX (start, end));
}

static gboolean
to_clamped (JsVm *vm, JsValue value, gint64 n, gint64 undefined, gint64 *place)
{
  double integer;

  *place = undefined;
  if (js_is_undefined (value))
    return TRUE;
  if (!js_to_integer (vm, value, &integer))
    return FALSE;
  *place = (gint64) CLAMP (integer, 0, (double) n);
  return TRUE;
}

static JsValue
string_substring (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "substring");
  gint64 n, start, end;

  if (js_is_hole (text))
    return JS_THROWN;
  n = js_string_length (vm, text.payload);
  if (!to_clamped (vm, js_argument (call, 0), n, 0, &start) || !to_clamped (vm, js_argument (call, 1), n, n, &end))
    return JS_THROWN;
  return js_string_slice (vm, text.payload, (guint32) MIN (start, end), (guint32) MAX (start, end));
}

static JsValue
string_substr (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "substr");
  gint64 n, start, count;

  if (js_is_hole (text))
    return JS_THROWN;
  n = js_string_length (vm, text.payload);
  if (!js_to_relative (vm, js_argument (call, 0), n, 0, &start)
      || !to_clamped (vm, js_argument (call, 1), n, n, &count))
    return JS_THROWN;
  return js_string_slice (vm, text.payload, (guint32) start, (guint32) MIN (start + count, n));
}

/* ---- searching --------------------------------------------------------------------------------------------------- */

/* The argument as text, which is no regular expression: the hole is thrown. Held. */
static JsValue
sought (JsVm *vm, const JsCall *call, const char *method)
{
  if (js_is_kind (vm, js_argument (call, 0), JS_KIND_REGEXP))
    return js_throw_type (vm, "First argument to String.prototype.%s must not be a regular expression", method);
  return js_hold (vm, js_to_string (vm, js_argument (call, 0)));
}

static JsValue
string_index_of (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "indexOf"), what;
  gint64 from;

  what = js_is_hole (text) ? text : js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  if (js_is_hole (what) || !to_clamped (vm, js_argument (call, 1), js_string_length (vm, text.payload), 0, &from))
    return JS_THROWN;
  return js_number (vm, (double) js_string_index_of (vm, text.payload, what.payload, (guint32) from));
}

static JsValue
string_last_index_of (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "lastIndexOf"), what;
  gint64 last = -1, at = 0;
  double most = INFINITY;

  what = js_is_hole (text) ? text : js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  if (js_is_hole (what) || !js_to_number (vm, js_argument (call, 1), &most))
    return JS_THROWN;
  most = isnan (most) ? INFINITY : MAX (most, 0);
  for (;; at++)
    {
      at = js_string_index_of (vm, text.payload, what.payload, (guint32) at);
      if (at < 0 || (double) at > most)
        return js_number (vm, (double) last);
      last = at;
      if (at == js_string_length (vm, text.payload))
        return js_number (vm, (double) last);
    }
}

static JsValue
string_includes (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "includes"), what;
  gint64 from;

  what = js_is_hole (text) ? text : sought (vm, call, "includes");
  if (js_is_hole (what) || !to_clamped (vm, js_argument (call, 1), js_string_length (vm, text.payload), 0, &from))
    return JS_THROWN;
  return js_boolean (js_string_index_of (vm, text.payload, what.payload, (guint32) from) >= 0);
}

/* Whether @what stands at @place. */
static JsValue
stands_at (JsVm *vm, JsValue text, JsValue what, gint64 place)
{
  gint64 n = js_string_length (vm, what.payload);
  JsValue piece;

  if (place < 0 || place + n > js_string_length (vm, text.payload))
    return JS_FALSE;
  piece = js_hold (vm, js_string_slice (vm, text.payload, (guint32) place, (guint32) (place + n)));
  return js_is_hole (piece) ? piece : js_boolean (js_string_equal (vm, piece.payload, what.payload));
}

static JsValue
string_starts_with (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "startsWith"), what;
  gint64 place;

  what = js_is_hole (text) ? text : sought (vm, call, "startsWith");
  if (js_is_hole (what) || !to_clamped (vm, js_argument (call, 1), js_string_length (vm, text.payload), 0, &place))
    return JS_THROWN;
  return stands_at (vm, text, what, place);
}

static JsValue
string_ends_with (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "endsWith"), what;
  gint64 n, end;

  what = js_is_hole (text) ? text : sought (vm, call, "endsWith");
  if (js_is_hole (what))
    return JS_THROWN;
  n = js_string_length (vm, text.payload);
  if (!to_clamped (vm, js_argument (call, 1), n, n, &end))
    return JS_THROWN;
  return stands_at (vm, text, what, end - js_string_length (vm, what.payload));
}

static JsValue
string_locale_compare (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "localeCompare"), other;
  g_autofree char *a = NULL, *b = NULL;
  int order;

  other = js_is_hole (text) ? text : js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  if (js_is_hole (other))
    return JS_THROWN;
  a = js_string_to_utf8 (vm, text.payload, NULL);
  b = js_string_to_utf8 (vm, other.payload, NULL);
  order = js_text_collate (a, b);
  return js_smi (order < 0 ? -1 : order > 0);
}

#define METHOD(name, text, length) JS_METHOD (text, js_string_method_##name, length),
static const JsNativeRow members[] = { JS_METHOD ("charAt", string_char_at, 1),
                                       JS_METHOD ("charCodeAt", string_char_code_at, 1),
                                       JS_METHOD ("codePointAt", string_code_point_at, 1),
                                       JS_METHOD ("at", string_at, 1),
                                       JS_METHOD ("slice", string_slice, 2),
                                       JS_METHOD ("substring", string_substring, 2),
                                       JS_METHOD ("substr", string_substr, 2),
                                       JS_METHOD ("indexOf", string_index_of, 1),
                                       JS_METHOD ("lastIndexOf", string_last_index_of, 1),
                                       JS_METHOD ("includes", string_includes, 1),
                                       JS_METHOD ("startsWith", string_starts_with, 1),
                                       JS_METHOD ("endsWith", string_ends_with, 1),
                                       JS_ALIAS ("trimLeft", "trimStart"),
                                       JS_ALIAS ("trimRight", "trimEnd"),
                                       JS_METHOD ("localeCompare", string_locale_compare, 1),
                                       JS_METHOD ("toString", string_value_of, 0),
                                       JS_METHOD ("valueOf", string_value_of, 0),
                                       JS_METHOD ("@@iterator", js_string_iterate, 0),
                                       JS_STRING_MAKING (METHOD) };
#undef METHOD

static const JsNativeRow statics[] = {
  JS_METHOD ("fromCharCode", string_from_char_code, 1),
  JS_METHOD ("fromCodePoint", string_from_code_point, 1),
  JS_METHOD ("raw", string_raw, 1),
};

static const JsLibraryClass classes[] = {
  { .name = "String",
    .construct = string_construct,
    .length = 1,
    .prototype = JS_INTRINSIC_STRING_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = members,
    .n_members = G_N_ELEMENTS (members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
};

const JsLibrary js_library_string = { .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
