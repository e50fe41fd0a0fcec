/* buffer_text.c - bytes as text and back, in Node's encodings (src/string_bytes.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/buffer.h"
#include "library/node_error.h"

gboolean
js_find_encoding (JsVm *vm, JsValue name, JsEncoding *encoding)
{
  static const struct
  {
    const char *text;
    JsEncoding encoding;
  } NAMES[] = { { "utf8", JS_UTF8 },        { "utf-8", JS_UTF8 },          { "hex", JS_HEX },
                { "base64", JS_BASE64 },    { "base64url", JS_BASE64URL }, { "latin1", JS_LATIN1 },
                { "binary", JS_LATIN1 },    { "ascii", JS_ASCII },         { "utf16le", JS_UTF16LE },
                { "utf-16le", JS_UTF16LE }, { "ucs2", JS_UTF16LE },        { "ucs-2", JS_UTF16LE } };
  g_autofree char *text = NULL;

  *encoding = JS_UTF8;
  if (!js_is_string (vm, name))
    return TRUE;
  text = js_string_to_utf8 (vm, name.payload, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (g_ascii_strcasecmp (text, NAMES[i].text) == 0)
      {
        *encoding = NAMES[i].encoding;
        return TRUE;
      }
  js_throw_coded (vm, JS_INTRINSIC_TYPE_ERROR_PROTOTYPE, "ERR_UNKNOWN_ENCODING", "Unknown encoding: %s", text);
  return FALSE;
}

/* ---- bytes to text ----------------------------------------------------------------------------------------------- */

static JsValue
hex_text (JsVm *vm, const guint8 *bytes, gsize n)
{
  g_autofree char *text = g_malloc (2 * n + 1);

  for (gsize i = 0; i < n; i++)
    g_snprintf (text + 2 * i, 3, "%02x", bytes[i]);
  return js_string (vm, text, (gssize) (2 * n));
}

static JsValue
base64_text (JsVm *vm, const guint8 *bytes, gsize n, gboolean for_urls)
{
  g_autofree char *text = g_base64_encode (bytes, n);

  if (for_urls)
    {
      g_strdelimit (text, "+", '-');
      g_strdelimit (text, "/", '_');
      text[strcspn (text, "=")] = '\0';
    }
  return js_string (vm, text, -1);
}

/* The bytes of the character at the beginning; where it is none, *valid is FALSE and it is the longest part that could
 * begin one (Unicode, "maximal subpart"). */
static gsize
next_character (const guint8 *bytes, gsize n, gboolean *valid)
{
  guint8 first = bytes[0];
  gsize length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  guint8 least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  guint8 most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;

  *valid = FALSE;
  for (gsize i = 1; i < length; i++)
    {
      if (i >= n || bytes[i] < least || bytes[i] > most)
        return i;
      least = 0x80;
      most = 0xbf;
    }
  *valid = length > 0;
  return MAX (length, 1);
}

static JsValue
utf8_text (JsVm *vm, const guint8 *bytes, gsize n)
{
  g_autoptr (GString) whole = g_string_sized_new (n);
  gboolean valid;

  for (gsize i = 0, part; i < n; i += part)
    {
      part = next_character (bytes + i, n - i, &valid);
      if (valid)
        g_string_append_len (whole, (const char *) bytes + i, (gssize) part);
      else
        g_string_append (whole, "\357\277\275");
    }
  return js_string (vm, whole->str, (gssize) whole->len);
}

JsValue
js_decode_bytes (JsVm *vm, JsEncoding encoding, const guint8 *source, gsize n)
{
  g_autofree guint8 *bytes = g_malloc0 (n + 1);

  if (n > 0)
    memcpy (bytes, source, n);
  switch (encoding)
    {
    case JS_HEX:
      return hex_text (vm, bytes, n);
    case JS_BASE64:
    case JS_BASE64URL:
      return base64_text (vm, bytes, n, encoding == JS_BASE64URL);
    case JS_LATIN1:
      return js_string_from_latin1 (vm, bytes, (guint32) n);
    case JS_ASCII:
      for (gsize i = 0; i < n; i++)
        bytes[i] &= 0x7f;
      return js_string_from_latin1 (vm, bytes, (guint32) n);
    case JS_UTF16LE:
      return js_string_from_utf16 (vm, (const gunichar2 *) (gconstpointer) bytes, (guint32) (n / 2));
    default:
      return utf8_text (vm, bytes, n);
    }
}

/* ---- text to bytes ----------------------------------------------------------------------------------------------- */

static GByteArray *
from_hex (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  while (g_ascii_isxdigit (text[0]) && g_ascii_isxdigit (text[1]))
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (text[0]) * 16 + g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
      text += 2;
    }
  return bytes;
}

static GByteArray *
from_base64 (char *text)
{
  gsize n;
  guchar *bytes;
  g_autofree char *padded = NULL;

  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  text[strcspn (text, "=")] = '\0';
  padded = g_strconcat (text, "==", NULL);
  bytes = g_base64_decode (padded, &n);
  return g_byte_array_new_take (bytes, n);
}

/* Each unit's lower byte, or both. */
static GByteArray *
from_units (JsVm *vm, HpRef string, guint width)
{
  GByteArray *bytes = g_byte_array_new ();
  JsChars chars;

  if (js_string_chars (vm, string, &chars))
    for (guint32 i = 0; i < chars.length; i++)
      {
        gunichar2 unit = js_chars_at (&chars, i);
        g_byte_array_append (bytes, (const guint8 *) &unit, width);
      }
  return bytes;
}

/* Halves of characters, which UTF-8 cannot have, become U+FFFD of the same length. */
static void
replace_halves (char *text, gsize n)
{
  for (gsize i = 0; i + 2 < n; i++)
    if ((guint8) text[i] == 0xed && (guint8) text[i + 1] >= 0xa0)
      memcpy (text + i, "\357\277\275", 3);
}

GByteArray *
js_encode_string (JsVm *vm, JsEncoding encoding, HpRef string)
{
  g_autofree char *text = NULL;
  gsize n;

  if (encoding == JS_LATIN1 || encoding == JS_ASCII || encoding == JS_UTF16LE)
    return from_units (vm, string, encoding == JS_UTF16LE ? 2 : 1);
  text = js_string_to_utf8 (vm, string, &n);
  if (encoding == JS_HEX)
    return from_hex (text);
  if (encoding == JS_BASE64 || encoding == JS_BASE64URL)
    return from_base64 (text);
  replace_halves (text, n);
  return g_byte_array_new_take ((guint8 *) g_steal_pointer (&text), n);
}

/* ---- methods ----------------------------------------------------------------------------------------------------- */

JsValue
js_buffer_to_string (JsVm *vm, const JsCall *call)
{
  JsEncoding encoding;
  double first = 0, end;
  guint32 n;

  if (!js_check_bytes (vm, call->receiver, "argument") || !js_find_encoding (vm, js_argument (call, 0), &encoding))
    return JS_THROWN;
  js_view_bytes (vm, call->receiver.payload, &n);
  end = n;
  if (!js_to_integer (vm, js_argument (call, 1), &first)
      || (!js_is_undefined (js_argument (call, 2)) && !js_to_integer (vm, js_argument (call, 2), &end)))
    return JS_THROWN;
  first = CLAMP (first, 0, n);
  end = CLAMP (end, first, n);
  return js_decode_bytes (
      vm, encoding, js_view_bytes (vm, call->receiver.payload, &n) + (gsize) first, (gsize) (end - first));
}

JsValue
js_buffer_to_json (JsVm *vm, const JsCall *call)
{
  JsValue list = js_hold (vm, js_array_from_iterable (vm, call->receiver));
  HpRef object = js_is_hole (list) ? HP_REF_NONE : js_new_object (vm);

  if (object == HP_REF_NONE)
    return JS_THROWN;
  js_hold (vm, js_ref (object));
  if (!js_define (vm,
                  object,
                  js_key_atom (js_atom (vm, "type", -1)),
                  js_atom_value (vm, js_atom (vm, "Buffer", -1)),
                  JS_ALL_ATTRIBUTES)
      || !js_define (vm, object, js_key_atom (js_atom (vm, "data", -1)), list, JS_ALL_ATTRIBUTES))
    return JS_THROWN;
  return js_ref (object);
}
