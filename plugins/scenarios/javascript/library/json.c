/* json.c - JSON, and JSON.parse
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/json.h"

#include <string.h>

typedef struct
{
  JsVm *vm;
  HpRef text; /* flat */
  guint32 length, at;
} Reader;

static JsValue read_value (Reader *self);

static gint
peek (Reader *self)
{
  return self->at < self->length ? js_string_at (self->vm, self->text, self->at) : -1;
}

static void
skip_blanks (Reader *self)
{
  gint c;

  while (c = peek (self), c == ' ' || c == '\t' || c == '\n' || c == '\r')
    self->at++;
}

/* ---- what is wrong ----------------------------------------------------------------------------------------------- */

static char *
piece (Reader *self, guint32 start, guint32 end)
{
  g_autofree char *whole = js_string_to_utf8 (self->vm, self->text, NULL);

  return g_utf8_substring (whole, MIN (start, self->length), MIN (end, self->length));
}

#define SHOWN 10u
#define MOST_SHOWN 40u

/* What an object, or no value, becomes as text: the whole of it is wrong, not one letter. */
static gboolean
is_no_json (const char *text)
{
  static const char *const TEXTS[] = { "[object Object]", "NaN", "Infinity", "undefined", NULL };

  return g_strv_contains (TEXTS, text);
}

/* V8: JsonParser::LookUpErrorMessageForJsonToken */
static JsValue
throw_token (Reader *self)
{
  guint32 start = self->at > SHOWN ? self->at - SHOWN : 0, end = MIN (self->at + SHOWN, self->length);
  g_autofree char *token = NULL, *text = NULL;

  if (self->at >= self->length)
    return js_throw_syntax (self->vm, "Unexpected end of JSON input");
  token = piece (self, self->at, self->at + 1);
  if (self->length <= MOST_SHOWN)
    {
      text = piece (self, 0, self->length);
      if (is_no_json (text))
        return js_throw_syntax (self->vm, "\"%s\" is not valid JSON", text);
      return js_throw_syntax (self->vm, "Unexpected token '%s', \"%s\" is not valid JSON", token, text);
    }
  text = piece (self, start, end);
  return js_throw_syntax (self->vm,
                          "Unexpected token '%s', %s\"%s\"%s is not valid JSON",
                          token,
                          start > 0 ? "..." : "",
                          text,
                          end < self->length ? "..." : "");
}

static JsValue
throw_at (Reader *self, const char *what)
{
  return js_throw_syntax (self->vm, "%s in JSON at position %u", what, self->at);
}

/* ---- strings and numbers ----------------------------------------------------------------------------------------- */

static gboolean
read_hex (Reader *self, gunichar2 *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      gint c = peek (self), digit = c >= 0 && c < 0x80 ? g_ascii_xdigit_value ((char) c) : -1;

      if (digit < 0)
        {
          throw_at (self, "Bad Unicode escape");
          return FALSE;
        }
      *unit = (gunichar2) (*unit * 16 + digit);
    }
  return TRUE;
}

/* Behind a backslash. */
static gboolean
read_escape (Reader *self, JsStringBuilder *out)
{
  static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
  gint c = peek (self);
  const char *found = c > 0 && c < 0x80 ? strchr (FROM, c) : NULL;
  gunichar2 unit;

  if (found != NULL)
    {
      self->at++;
      js_string_builder_add_unit (out, (guchar) TO[found - FROM]);
      return TRUE;
    }
  if (c != 'u')
    {
      if (c < 0)
        throw_token (self);
      else
        throw_at (self, "Bad escaped character");
      return FALSE;
    }
  self->at++;
  if (!read_hex (self, &unit))
    return FALSE;
  js_string_builder_add_unit (out, unit);
  return TRUE;
}

/* Behind the first quote, to behind the last. */
static JsValue
read_string (Reader *self)
{
  JsStringBuilder out;

  js_string_builder_init (&out);
  for (self->at++;;)
    {
      gint c = peek (self);
      gboolean good = c >= 0x20;

      if (c == '"')
        {
          self->at++;
          return js_string_builder_finish (self->vm, &out);
        }
      if (c < 0)
        throw_at (self, "Unterminated string");
      else if (c < 0x20)
        throw_at (self, "Bad control character in string literal");
      else if (c == '\\')
        {
          self->at++;
          good = read_escape (self, &out);
        }
      else
        {
          js_string_builder_add_unit (&out, (gunichar2) c);
          self->at++;
        }
      if (!good)
        {
          js_string_builder_clear (&out);
          return JS_THROWN;
        }
    }
}

static gboolean
is_digit (gint c)
{
  return c >= '0' && c <= '9';
}

static void
skip_digits (Reader *self)
{
  while (is_digit (peek (self)))
    self->at++;
}

/* What was read since @start: digits, a sign, a point, an exponent. */
static JsValue
finish_number (Reader *self, guint32 start)
{
  GString *text = g_string_new (NULL);
  double number;

  for (guint32 i = start; i < self->at; i++)
    g_string_append_c (text, (char) js_string_at (self->vm, self->text, i));
  number = g_ascii_strtod (text->str, NULL);
  g_string_free (text, TRUE);
  return js_number (self->vm, number);
}

static JsValue
read_number (Reader *self)
{
  guint32 start = self->at;

  if (peek (self) == '-')
    {
      self->at++;
      if (!is_digit (peek (self)))
        return throw_at (self, "No number after minus sign");
    }
  if (peek (self) == '0')
    {
      self->at++;
      if (is_digit (peek (self)))
        return js_throw_syntax (self->vm, "Unexpected number in JSON at position %u", self->at);
    }
  else
    skip_digits (self);
  if (peek (self) == '.')
    {
      self->at++;
      if (!is_digit (peek (self)))
        return throw_at (self, "Unterminated fractional number");
      skip_digits (self);
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      self->at++;
      self->at += peek (self) == '+' || peek (self) == '-';
      if (!is_digit (peek (self)))
        return throw_at (self, "Exponent part is missing a number");
      skip_digits (self);
    }
  return finish_number (self, start);
}

static JsValue
read_word (Reader *self, const char *word, JsValue value)
{
  for (; *word != '\0'; word++, self->at++)
    if (peek (self) != *word)
      return throw_token (self);
  return value;
}

/* ---- arrays and objects ------------------------------------------------------------------------------------------ */

static JsValue
read_array (Reader *self)
{
  JsValue array = js_hold (self->vm, js_ref (js_new_array (self->vm, 0)));

  self->at++;
  skip_blanks (self);
  if (peek (self) == ']')
    {
      self->at++;
      return array;
    }
  while (!js_is_hole (array) && js_vm_tick (self->vm))
    {
      JsHandles handles = js_handles_open (self->vm);
      JsValue value = read_value (self);
      gboolean done = !js_is_hole (value) && js_array_push (self->vm, array.payload, value);

      js_handles_close (self->vm, handles);
      if (!done)
        return JS_THROWN;
      skip_blanks (self);
      if (peek (self) == ']')
        {
          self->at++;
          return array;
        }
      if (peek (self) != ',')
        return throw_at (self, "Expected ',' or ']' after array element");
      self->at++;
    }
  return JS_THROWN;
}

static gboolean
read_property (Reader *self, JsValue object)
{
  JsValue name, value;

  skip_blanks (self);
  if (peek (self) != '"')
    {
      throw_at (self, "Expected double-quoted property name");
      return FALSE;
    }
  name = js_hold (self->vm, read_string (self));
  if (js_is_hole (name))
    return FALSE;
  skip_blanks (self);
  if (peek (self) != ':')
    {
      throw_at (self, "Expected ':' after property name");
      return FALSE;
    }
  self->at++;
  value = read_value (self);
  return !js_is_hole (value)
         && js_define (
             self->vm, object.payload, js_key (js_string_atom (self->vm, name.payload)), value, JS_ALL_ATTRIBUTES);
}

static JsValue
read_object (Reader *self)
{
  JsValue object = js_hold (self->vm, js_ref (js_new_object (self->vm)));

  self->at++;
  skip_blanks (self);
  if (peek (self) == '}')
    {
      self->at++;
      return object;
    }
  if (peek (self) != '"')
    return throw_at (self, "Expected property name or '}'");
  while (!js_is_hole (object) && js_vm_tick (self->vm))
    {
      JsHandles handles = js_handles_open (self->vm);
      gboolean done = read_property (self, object);

      js_handles_close (self->vm, handles);
      if (!done)
        return JS_THROWN;
      skip_blanks (self);
      if (peek (self) == '}')
        {
          self->at++;
          return object;
        }
      if (peek (self) != ',')
        return throw_at (self, "Expected ',' or '}' after property value");
      self->at++;
    }
  return JS_THROWN;
}

static JsValue
read_nested (Reader *self, JsValue (*read) (Reader *self))
{
  JsValue value;

  if (!js_vm_enter (self->vm))
    return JS_THROWN;
  value = read (self);
  js_vm_leave (self->vm);
  return value;
}

/* Not held, but by the handles that the caller opened. */
static JsValue
read_value (Reader *self)
{
  skip_blanks (self);
  switch (peek (self))
    {
    case '{':
      return read_nested (self, read_object);
    case '[':
      return read_nested (self, read_array);
    case '"':
      return read_string (self);
    case 't':
      return read_word (self, "true", JS_TRUE);
    case 'f':
      return read_word (self, "false", JS_FALSE);
    case 'n':
      return read_word (self, "null", JS_NULL);
    default:
      return is_digit (peek (self)) || peek (self) == '-' ? read_number (self) : throw_token (self);
    }
}

/* ---- the reviver ------------------------------------------------------------------------------------------------- */

/* What the function makes of holder[key], the inner ones first. Not held. */
static JsValue
revive (JsVm *vm, JsValue function, JsValue holder, JsKey key)
{
  JsHandles handles = js_handles_open (vm);
  JsValue value = js_hold (vm, js_get (vm, holder, key)), arguments[2];
  gboolean done = !js_is_hole (value) && js_vm_enter (vm), deleted;

  if (done && js_is_object (vm, value))
    {
      g_autoptr (GArray) keys = js_own_keys (vm, value.payload, JS_KEYS_STRINGS | JS_KEYS_ENUMERABLE);

      for (guint i = 0; done && i < keys->len; i++)
        {
          JsKey inner = g_array_index (keys, JsKey, i);
          JsValue result = revive (vm, function, value, inner);

          if (js_is_undefined (result))
            done = js_delete (vm, value.payload, inner, &deleted);
          else
            done = !js_is_hole (result) && js_define (vm, value.payload, inner, result, JS_ALL_ATTRIBUTES);
        }
    }
  if (done)
    {
      js_vm_leave (vm);
      arguments[0] = js_hold (vm, js_key_value (vm, key));
      arguments[1] = value;
      value = js_call (vm, function, holder, arguments, 2);
    }
  js_handles_close (vm, handles);
  return done ? value : JS_THROWN;
}

static JsValue
json_parse (JsVm *vm, const JsCall *call)
{
  JsValue text = js_hold (vm, js_to_string (vm, js_argument (call, 0))), value, root;
  Reader self = { .vm = vm };

  if (js_is_hole (text))
    return text;
  self.text = text.payload;
  self.length = js_string_length (vm, text.payload);
  value = js_hold (vm, read_value (&self));
  if (js_is_hole (value))
    return value;
  skip_blanks (&self);
  if (self.at < self.length)
    return js_throw_syntax (vm, "Unexpected non-whitespace character after JSON at position %u", self.at);
  if (!js_is_callable (vm, js_argument (call, 1)))
    return value;
  root = js_hold (vm, js_ref (js_new_object (vm)));
  if (js_is_hole (root) || !js_define (vm, root.payload, js_key_atom (JS_NAME (vm, EMPTY)), value, JS_ALL_ATTRIBUTES))
    return JS_THROWN;
  return revive (vm, call->arguments[1], root, js_key_atom (JS_NAME (vm, EMPTY)));
}

static const JsNativeRow JSON[] = {
  JS_METHOD ("parse", json_parse, 2),
  JS_METHOD ("stringify", js_json_stringify, 3),
  JS_STRING ("@@toStringTag", "JSON"),
};

static JsValue
create_json (JsVm *vm)
{
  return js_library_namespace (vm, JS_ROWS (JSON));
}

static const JsNativeRow GLOBALS[] = { JS_OBJECT ("JSON", create_json) };

const JsLibrary js_library_json = { .globals = GLOBALS, .n_globals = G_N_ELEMENTS (GLOBALS) };
