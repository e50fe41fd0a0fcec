/* string_making.c - String.prototype: what makes other strings
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/string.h"
#include "runtime/message.h"

#include <string.h>

JsValue
js_string_method_concat (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "concat");

  for (guint i = 0; !js_is_hole (text) && i < call->n; i++)
    {
      JsValue other = js_to_string (vm, call->arguments[i]);

      text = js_is_hole (other) ? other : js_hold (vm, js_string_concat (vm, text, other));
    }
  return text;
}

/* As V8: pairs of what is there already. */
static JsValue
repeat (JsVm *vm, JsValue text, double n)
{
  JsValue out = js_string (vm, "", 0), half;

  for (half = text; n >= 1 && !js_is_hole (half); n = floor (n / 2))
    {
      if (fmod (n, 2) == 1)
        out = js_hold (vm, js_string_concat (vm, out, half));
      if (n >= 2)
        half = js_hold (vm, js_string_concat (vm, half, half));
    }
  return js_is_hole (half) ? half : out;
}

JsValue
js_string_method_repeat (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "repeat");
  double n;

  if (js_is_hole (text) || !js_to_integer (vm, js_argument (call, 0), &n))
    return JS_THROWN;
  if (n < 0 || isinf (n))
    {
      g_autofree char *found = js_message_text (vm, js_argument (call, 0));
      return js_throw_range (vm, "Invalid count value: %s", found);
    }
  if (n * js_string_length (vm, text.payload) > JS_STRING_LONGEST)
    return js_throw_range (vm, "Invalid string length");
  return repeat (vm, text, n);
}

/* As V8: what is repeated, and a part of it. */
static JsValue
padding (JsVm *vm, JsValue filler, gint64 n)
{
  guint32 width = js_string_length (vm, filler.payload), rest = (guint32) (n % width);
  JsValue times = repeat (vm, filler, (double) (n / width)), part;

  if (rest == 0 || js_is_hole (times))
    return times;
  part = js_hold (vm, js_string_slice (vm, filler.payload, 0, rest));
  return js_is_hole (part) ? part : js_string_concat (vm, times, part);
}

static JsValue
pad (JsVm *vm, const JsCall *call, gboolean at_end)
{
  JsValue text = js_string_receiver (vm, call, at_end ? "padEnd" : "padStart"), filler = js_argument (call, 1);
  gint64 length, n;

  if (js_is_hole (text) || !js_to_length (vm, js_argument (call, 0), &length))
    return JS_THROWN;
  filler = js_hold (vm, js_is_undefined (filler) ? js_string (vm, " ", 1) : js_to_string (vm, filler));
  if (js_is_hole (filler))
    return JS_THROWN;
  n = length - js_string_length (vm, text.payload);
  if (n <= 0 || js_string_length (vm, filler.payload) == 0)
    return text;
  if (length > JS_STRING_LONGEST)
    return js_throw_range (vm, "Invalid string length");
  filler = js_hold (vm, padding (vm, filler, n));
  if (js_is_hole (filler))
    return filler;
  return at_end ? js_string_concat (vm, text, filler) : js_string_concat (vm, filler, text);
}

JsValue
js_string_method_pad_start (JsVm *vm, const JsCall *call)
{
  return pad (vm, call, FALSE);
}

JsValue
js_string_method_pad_end (JsVm *vm, const JsCall *call)
{
  return pad (vm, call, TRUE);
}

/* ---- blanks ------------------------------------------------------------------------------------------------------ */

static gboolean
is_blank (gunichar2 c)
{
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0xfeff || c == 0x2028 || c == 0x2029
         || (c > 0x7f && g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR);
}

static JsValue
trim (JsVm *vm, const JsCall *call, gboolean at_start, gboolean at_end, const char *method)
{
  JsValue text = js_string_receiver (vm, call, method);
  guint32 start = 0, end;
  JsChars chars;

  if (js_is_hole (text) || !js_string_chars (vm, text.payload, &chars))
    return JS_THROWN;
  end = chars.length;
  while (at_start && start < end && is_blank (js_chars_at (&chars, start)))
    start++;
  while (at_end && end > start && is_blank (js_chars_at (&chars, end - 1)))
    end--;
  return js_string_slice (vm, text.payload, start, end);
}

JsValue
js_string_method_trim (JsVm *vm, const JsCall *call)
{
  return trim (vm, call, TRUE, TRUE, "trim");
}

JsValue
js_string_method_trim_start (JsVm *vm, const JsCall *call)
{
  return trim (vm, call, TRUE, FALSE, "trimStart");
}

JsValue
js_string_method_trim_end (JsVm *vm, const JsCall *call)
{
  return trim (vm, call, FALSE, TRUE, "trimEnd");
}

/* ---- halves of characters ---------------------------------------------------------------------------------------- */

/* Whether the unit at @i is half a character whose other half is missing; *width: units of the character. */
static gboolean
is_alone (const JsChars *chars, guint32 i, guint *width)
{
  gunichar2 unit = js_chars_at (chars, i), next = i + 1 < chars->length ? js_chars_at (chars, i + 1) : 0;

  *width = (unit & 0xfc00) == 0xd800 && (next & 0xfc00) == 0xdc00 ? 2 : 1;
  return *width == 1 && (unit & 0xf800) == 0xd800;
}

JsValue
js_string_method_is_well_formed (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "isWellFormed");
  JsChars chars;
  guint width;

  if (js_is_hole (text) || !js_string_chars (vm, text.payload, &chars))
    return JS_THROWN;
  for (guint32 i = 0; i < chars.length; i += width)
    if (is_alone (&chars, i, &width))
      return JS_FALSE;
  return JS_TRUE;
}

JsValue
js_string_method_to_well_formed (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "toWellFormed");
  JsStringBuilder builder;
  JsChars chars;
  guint width;

  if (js_is_hole (text) || !js_string_chars (vm, text.payload, &chars))
    return JS_THROWN;
  js_string_builder_init (&builder);
  for (guint32 i = 0; i < chars.length; i += width)
    {
      gboolean alone = is_alone (&chars, i, &width);

      js_string_builder_add_unit (&builder, alone ? 0xfffd : js_chars_at (&chars, i));
      if (width == 2)
        js_string_builder_add_unit (&builder, js_chars_at (&chars, i + 1));
    }
  return js_string_builder_finish (vm, &builder);
}

/* ---- other characters -------------------------------------------------------------------------------------------- */

/* A surrogate that stands alone is no text for GLib: such a string stays as it is. */
static JsValue
by_glib (JsVm *vm, JsValue text, char *(*change) (const char *text, gssize length))
{
  g_autofree char *before = NULL, *after = NULL;
  gsize n;

  if (js_is_hole (text))
    return JS_THROWN;
  before = js_string_to_utf8 (vm, text.payload, &n);
  if (!g_utf8_validate_len (before, n, NULL) && memchr (before, 0, n) == NULL)
    return text;
  after = change (before, (gssize) n);
  return strlen (after) < n && memchr (before, 0, n) != NULL ? text : js_string (vm, after, -1);
}

JsValue
js_string_method_to_upper (JsVm *vm, const JsCall *call)
{
  return by_glib (vm, js_string_receiver (vm, call, "toUpperCase"), g_utf8_strup);
}

JsValue
js_string_method_to_lower (JsVm *vm, const JsCall *call)
{
  return by_glib (vm, js_string_receiver (vm, call, "toLowerCase"), g_utf8_strdown);
}

static char *
to_nfc (const char *text, gssize length)
{
  return g_utf8_normalize (text, length, G_NORMALIZE_NFC);
}

static char *
to_nfd (const char *text, gssize length)
{
  return g_utf8_normalize (text, length, G_NORMALIZE_NFD);
}

static char *
to_nfkc (const char *text, gssize length)
{
  return g_utf8_normalize (text, length, G_NORMALIZE_NFKC);
}

static char *
to_nfkd (const char *text, gssize length)
{
  return g_utf8_normalize (text, length, G_NORMALIZE_NFKD);
}

JsValue
js_string_method_normalize (JsVm *vm, const JsCall *call)
{
  JsValue text = js_string_receiver (vm, call, "normalize");
  g_autofree char *form = NULL;

  if (js_is_hole (text))
    return text;
  form = js_is_undefined (js_argument (call, 0)) ? g_strdup ("NFC") : js_to_utf8 (vm, js_argument (call, 0));
  if (form == NULL)
    return JS_THROWN;
  if (strcmp (form, "NFC") == 0)
    return by_glib (vm, text, to_nfc);
  if (strcmp (form, "NFD") == 0)
    return by_glib (vm, text, to_nfd);
  if (strcmp (form, "NFKC") == 0)
    return by_glib (vm, text, to_nfkc);
  if (strcmp (form, "NFKD") == 0)
    return by_glib (vm, text, to_nfkd);
  return js_throw_range (vm, "The normalization form should be one of NFC, NFD, NFKC, NFKD.");
}

/* Letters without accents and case. */
static char *
base_letters (const char *text)
{
  g_autofree char *apart = g_utf8_normalize (text, -1, G_NORMALIZE_NFD), *folded = NULL;
  GString *out = g_string_new (NULL);

  folded = apart != NULL ? g_utf8_casefold (apart, -1) : g_strdup (text);
  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_ismark (g_utf8_get_char (c)))
      g_string_append_unichar (out, g_utf8_get_char (c));
  return g_string_free (out, FALSE);
}

int
js_text_collate (const char *a, const char *b)
{
  g_autofree char *first = base_letters (a), *second = base_letters (b);
  int order = strcmp (first, second);

  if (order != 0)
    return order;
  for (; *a != '\0' && *b != '\0' && *a == *b; a++, b++)
    ;
  /* Lower case comes first. */
  if (g_ascii_isalpha (*a) && g_ascii_isalpha (*b))
    return g_ascii_islower (*a) ? -1 : 1;
  return strcmp (a, b);
}

/* ---- split and replace ------------------------------------------------------------------------------------------- */

/* @argument[@symbol] called with this and @other, where it has that method; undefined: it has not. */
static JsValue
delegate (JsVm *vm, const JsCall *call, JsAtom *symbol)
{
  JsValue argument = js_argument (call, 0), method;
  const JsValue arguments[] = { call->receiver, js_argument (call, 1) };

  if (!js_is_object (vm, argument))
    return JS_UNDEFINED;
  method = js_get_method (vm, argument, js_key_atom (symbol));
  if (js_is_hole (method) || js_is_undefined (method))
    return method;
  return js_call (vm, method, argument, arguments, 2);
}

static gboolean
push_piece (JsVm *vm, JsValue array, JsValue text, gint64 start, gint64 end)
{
  JsValue piece = js_string_slice (vm, text.payload, (guint32) start, (guint32) end);

  return !js_is_hole (piece) && js_vm_tick (vm) && js_array_push (vm, array.payload, piece);
}

static JsValue
split (JsVm *vm, JsValue text, JsValue separator, guint32 most)
{
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));
  gint64 n = js_string_length (vm, text.payload), width = js_string_length (vm, separator.payload), start = 0, at;

  if (js_is_hole (array) || most == 0)
    return array;
  if (width == 0)
    {
      for (gint64 i = 0; i < MIN (n, most); i++)
        if (!push_piece (vm, array, text, i, i + 1))
          return JS_THROWN;
      return array;
    }
  while ((at = js_string_index_of (vm, text.payload, separator.payload, (guint32) start)) >= 0)
    {
      if (!push_piece (vm, array, text, start, at))
        return JS_THROWN;
      start = at + width;
      if (js_array_length (vm, array.payload) == most)
        return array;
    }
  return push_piece (vm, array, text, start, n) ? array : JS_THROWN;
}

JsValue
js_string_method_split (JsVm *vm, const JsCall *call)
{
  JsValue text, separator = js_argument (call, 0), delegated = delegate (vm, call, JS_SYMBOL (vm, SPLIT));
  guint32 most = G_MAXUINT32;

  if (!js_is_undefined (delegated))
    return delegated;
  text = js_string_receiver (vm, call, "split");
  if (js_is_hole (text)
      || (!js_is_undefined (js_argument (call, 1)) && !js_to_uint32 (vm, js_argument (call, 1), &most)))
    return JS_THROWN;
  if (js_is_undefined (separator))
    return js_ref (js_new_array_of (vm, &text, most > 0));
  separator = js_hold (vm, js_to_string (vm, separator));
  return js_is_hole (separator) ? separator : split (vm, text, separator, most);
}

/* $$, $&, $` and $' in what replaces. */
static void
expand (JsVm *vm, JsStringBuilder *out, JsValue text, JsValue what, JsValue by, guint32 at)
{
  guint32 n = js_string_length (vm, by.payload), width = js_string_length (vm, what.payload);
  gint64 first = js_string_index_of (vm, by.payload, js_string_from_unit (vm, '$').payload, 0);

  js_string_builder_add_part (vm, out, by.payload, 0, first < 0 ? n : (guint32) first);
  for (guint32 i = first < 0 ? n : (guint32) first; i < n; i++)
    {
      gunichar2 c = js_string_at (vm, by.payload, i), next = i + 1 < n ? js_string_at (vm, by.payload, i + 1) : 0;
      guint32 from = 0, to = 0;

      if (c != '$' || (next != '$' && next != '&' && next != '`' && next != '\''))
        {
          js_string_builder_add_unit (out, c);
          continue;
        }
      i++;
      if (next == '$')
        js_string_builder_add_unit (out, '$');
      else if (next == '&')
        js_string_builder_add (vm, out, what.payload);
      else if (next == '`')
        to = at;
      else
        {
          from = at + width;
          to = js_string_length (vm, text.payload);
        }
      js_string_builder_add_part (vm, out, text.payload, from, to);
    }
}

static gboolean
add_replacement (JsVm *vm, JsStringBuilder *out, JsValue text, JsValue what, JsValue by, guint32 at)
{
  const JsValue arguments[] = { what, js_smi ((gint32) at), text };
  JsValue result;

  if (!js_is_callable (vm, by))
    {
      expand (vm, out, text, what, by, at);
      return TRUE;
    }
  result = js_call (vm, by, JS_UNDEFINED, arguments, 3);
  result = js_is_hole (result) ? result : js_to_string (vm, result);
  if (!js_is_hole (result))
    js_string_builder_add (vm, out, result.payload);
  return !js_is_hole (result);
}

static JsValue
replace (JsVm *vm, JsValue text, JsValue what, JsValue by, gboolean all)
{
  gint64 width = js_string_length (vm, what.payload), n = js_string_length (vm, text.payload), done = 0;
  gint64 at = js_string_index_of (vm, text.payload, what.payload, 0);
  JsStringBuilder out;

  if (at < 0)
    return text;
  js_string_builder_init (&out);
  while (at >= 0)
    {
      js_string_builder_add_part (vm, &out, text.payload, (guint32) done, (guint32) at);
      if (!js_string_builder_check (vm, &out) || !add_replacement (vm, &out, text, what, by, (guint32) at))
        {
          js_string_builder_clear (&out);
          return JS_THROWN;
        }
      done = at + width;
      at = all && at + MAX (width, 1) <= n
               ? js_string_index_of (vm, text.payload, what.payload, (guint32) (at + MAX (width, 1)))
               : -1;
    }
  js_string_builder_add_part (vm, &out, text.payload, (guint32) done, (guint32) n);
  return js_string_builder_finish (vm, &out);
}

/* Of replaceAll. FALSE: thrown. */
static gboolean
check_global (JsVm *vm, JsValue what)
{
  JsValue flags;
  g_autofree char *text = NULL;

  if (!js_is_kind (vm, what, JS_KIND_REGEXP))
    return TRUE;
  flags = js_get (vm, what, js_key_atom (js_atom (vm, "flags", -1)));
  text = js_is_hole (flags) ? NULL : js_to_utf8 (vm, flags);
  if (text != NULL && strchr (text, 'g') == NULL)
    js_throw_type (vm, "String.prototype.replaceAll called with a non-global RegExp argument");
  return text != NULL && strchr (text, 'g') != NULL;
}

static JsValue
replace_method (JsVm *vm, const JsCall *call, gboolean all)
{
  JsValue text, what, by = js_argument (call, 1), delegated;

  if (all && !check_global (vm, js_argument (call, 0)))
    return JS_THROWN;
  delegated = delegate (vm, call, JS_SYMBOL (vm, REPLACE));
  if (!js_is_undefined (delegated))
    return delegated;
  text = js_string_receiver (vm, call, all ? "replaceAll" : "replace");
  what = js_is_hole (text) ? text : js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  if (!js_is_hole (what) && !js_is_callable (vm, by))
    by = js_hold (vm, js_to_string (vm, by));
  return js_is_hole (what) || js_is_hole (by) ? JS_THROWN : replace (vm, text, what, by, all);
}

JsValue
js_string_method_replace (JsVm *vm, const JsCall *call)
{
  return replace_method (vm, call, FALSE);
}

JsValue
js_string_method_replace_all (JsVm *vm, const JsCall *call)
{
  return replace_method (vm, call, TRUE);
}
