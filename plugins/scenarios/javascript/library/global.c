/* global.c - functions of the global object: URIs, what is refused
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"

static const char UNRESERVED[] = "-_.!~*'()";
static const char RESERVED[] = ";/?:@&=+$,#";

static JsValue
encode (JsVm *vm, const JsCall *call, const char *more)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0));
  g_autoptr (GString) out = NULL;

  if (text == NULL)
    return JS_THROWN;
  if (!g_utf8_validate (text, -1, NULL))
    return js_throw_error (vm, JS_INTRINSIC_URI_ERROR_PROTOTYPE, "URI malformed");
  out = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at) || strchr (UNRESERVED, *at) != NULL || strchr (more, *at) != NULL)
      g_string_append_c (out, *at);
    else
      g_string_append_printf (out, "%%%02X", (guchar) *at);
  return js_string (vm, out->str, (gssize) out->len);
}

static JsValue
encode_uri (JsVm *vm, const JsCall *call)
{
  return encode (vm, call, RESERVED);
}

static JsValue
encode_uri_component (JsVm *vm, const JsCall *call)
{
  return encode (vm, call, "");
}

/* @kept: characters whose escapes stay as they are. */
static JsValue
decode (JsVm *vm, const JsCall *call, const char *kept)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0));
  g_autoptr (GString) out = NULL;
  gboolean good = TRUE;

  if (text == NULL)
    return JS_THROWN;
  out = g_string_new (NULL);
  for (const char *at = text; *at != '\0' && good; at++)
    {
      int byte;

      if (*at != '%')
        {
          g_string_append_c (out, *at);
          continue;
        }
      good = g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]);
      byte = good ? g_ascii_xdigit_value (at[1]) * 16 + g_ascii_xdigit_value (at[2]) : 0;
      if (good && byte != 0 && byte < 0x80 && strchr (kept, byte) != NULL)
        g_string_append_len (out, at, 3);
      else
        g_string_append_c (out, (char) byte);
      at += good ? 2 : 0;
    }
  if (!good || !g_utf8_validate (out->str, (gssize) out->len, NULL))
    return js_throw_error (vm, JS_INTRINSIC_URI_ERROR_PROTOTYPE, "URI malformed");
  return js_string (vm, out->str, (gssize) out->len);
}

static JsValue
decode_uri (JsVm *vm, const JsCall *call)
{
  return decode (vm, call, RESERVED);
}

static JsValue
decode_uri_component (JsVm *vm, const JsCall *call)
{
  return decode (vm, call, "");
}

/* ---- escape, unescape (ECMA-262, Annex B.2.1) -------------------------------------------------------------------- */

static JsValue
escape (JsVm *vm, const JsCall *call)
{
  static const char KEPT[] = "@*_+-./";
  JsValue string = js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  g_autoptr (GString) out = NULL;
  JsChars chars;

  if (js_is_hole (string) || !js_string_chars (vm, string.payload, &chars))
    return JS_THROWN;
  out = g_string_sized_new (chars.length);
  for (guint32 i = 0; i < chars.length; i++)
    {
      gunichar2 unit = js_chars_at (&chars, i);

      if (unit > 0xff)
        g_string_append_printf (out, "%%u%04X", unit);
      else if (unit != 0 && unit < 0x80 && (g_ascii_isalnum (unit) || strchr (KEPT, unit) != NULL))
        g_string_append_c (out, (char) unit);
      else
        g_string_append_printf (out, "%%%02X", unit);
    }
  return js_string (vm, out->str, (gssize) out->len);
}

/* The number of @n hexadecimal digits at @i, or -1. */
static gint
hex_at (const JsChars *chars, guint32 i, guint n)
{
  gint number = 0;

  for (guint k = 0; k < n; k++)
    {
      gunichar2 unit = i + k < chars->length ? js_chars_at (chars, i + k) : 0;

      if (unit > 0x7f || !g_ascii_isxdigit (unit))
        return -1;
      number = number * 16 + g_ascii_xdigit_value ((char) unit);
    }
  return number;
}

static JsValue
unescape (JsVm *vm, const JsCall *call)
{
  JsValue string = js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  JsStringBuilder builder;
  JsChars chars;

  if (js_is_hole (string) || !js_string_chars (vm, string.payload, &chars))
    return JS_THROWN;
  js_string_builder_init (&builder);
  for (guint32 i = 0; i < chars.length; i++)
    {
      gunichar2 unit = js_chars_at (&chars, i);
      gboolean is_long = unit == '%' && i + 1 < chars.length && js_chars_at (&chars, i + 1) == 'u';
      gint number = unit != '%' ? -1 : is_long ? hex_at (&chars, i + 2, 4) : hex_at (&chars, i + 1, 2);

      js_string_builder_add_unit (&builder, number < 0 ? unit : (gunichar2) number);
      i += number < 0 ? 0 : is_long ? 5 : 2;
    }
  return js_string_builder_finish (vm, &builder);
}

static const JsNativeRow GLOBALS[] = {
  JS_METHOD ("decodeURI", decode_uri, 1), JS_METHOD ("decodeURIComponent", decode_uri_component, 1),
  JS_METHOD ("encodeURI", encode_uri, 1), JS_METHOD ("encodeURIComponent", encode_uri_component, 1),
  JS_METHOD ("escape", escape, 1),        JS_METHOD ("unescape", unescape, 1),
};

const JsLibrary js_library_global = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };
