/* string.c - strings of the simulated heap: flat, joined and sliced ones (V8: src/objects/string.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/string.h"
#include "machine/direct.h"
#include "runtime/error.h"

/* Shorter ones are copied (V8: ConsString::kMinLength, SlicedString::kMinLength). */
#define SHORTEST_PART 13
#define LONGEST_LABEL 40

/* Words before the slots of a ConsString or SlicedString. */
#define PART_OFFSET 2

enum
{
  CONS_FIRST,
  CONS_SECOND,
  SLICED_PARENT = 0,
  SLICED_OFFSET,
};

/* The raw word of a ConsString or SlicedString. */
typedef struct
{
  guint32 length, is_wide;
} Part;

void
js_strings_init (JsVm *vm)
{
  static const char *const CONS[] = { "first", "second", NULL };
  static const char *const SLICED[] = { "parent", "offset", NULL };

  js_define_internal_kind (vm, JS_KIND_ONE_BYTE_STRING, 0, NULL, HP_TAIL_BYTES, HP_REFERENCES_STRONG);
  js_define_internal_kind (vm, JS_KIND_TWO_BYTE_STRING, 0, NULL, HP_TAIL_BYTES, HP_REFERENCES_STRONG);
  js_define_internal_kind (vm, JS_KIND_CONS_STRING, 1, CONS, HP_TAIL_NONE, HP_REFERENCES_STRONG);
  js_define_internal_kind (vm, JS_KIND_SLICED_STRING, 1, SLICED, HP_TAIL_NONE, HP_REFERENCES_STRONG);
}

static JsKind
kind_of (JsVm *vm, HpRef string)
{
  return (JsKind) js_class_of (vm, string)->kind;
}

static Part *
part_of (JsVm *vm, HpRef string)
{
  static Part nothing; /* of what was not made, for the run is over */
  guint32 n;
  guint8 *bytes = hp_machine_bytes (vm->machine, string, &n);

  return n >= sizeof (Part) ? (Part *) bytes : &nothing;
}

guint32
js_string_length (JsVm *vm, HpRef string)
{
  switch (kind_of (vm, string))
    {
    case JS_KIND_ONE_BYTE_STRING:
      return hp_machine_length_of (vm->machine, string);
    case JS_KIND_TWO_BYTE_STRING:
      return hp_machine_length_of (vm->machine, string) / 2;
    default:
      return part_of (vm, string)->length;
    }
}

static gboolean
is_wide (JsVm *vm, HpRef string)
{
  JsKind kind = kind_of (vm, string);

  return kind == JS_KIND_TWO_BYTE_STRING || (kind != JS_KIND_ONE_BYTE_STRING && part_of (vm, string)->is_wide != 0);
}

/* ---- characters without changing the heap ------------------------------------------------------------------------ */

static void
append_flat (JsVm *vm, HpRef string, guint32 start, guint32 length, GArray *units)
{
  guint32 n, first = units->len;
  const guint8 *bytes = hp_machine_bytes (vm->machine, string, &n);

  if (bytes == NULL)
    return; /* the run is over */
  g_array_set_size (units, first + length);
  if (kind_of (vm, string) == JS_KIND_TWO_BYTE_STRING)
    memcpy (&g_array_index (units, gunichar2, first), bytes + 2 * start, 2 * length);
  else
    for (guint32 i = 0; i < length; i++)
      g_array_index (units, gunichar2, first + i) = bytes[start + i];
}

static JsValue
part_slot (JsVm *vm, HpRef string, guint32 slot, gboolean quietly)
{
  if (!quietly)
    return hp_machine_read (vm->machine, string, slot);
  return hp_direct_peek (vm->machine, hp_direct_object (vm->machine, string), PART_OFFSET + slot);
}

/* The units of a string, whatever it is made of, until there are @most: ConsStrings can be as deep as they are long.
 * @quietly: not the program reads them. */
static void
append_some_units (JsVm *vm, HpRef string, GArray *units, guint32 most, gboolean quietly)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (HpRef));

  g_array_append_val (open, string);
  while (open->len > 0 && units->len < most)
    {
      HpRef at = g_array_index (open, HpRef, open->len - 1);
      JsKind kind = kind_of (vm, at);

      g_array_set_size (open, open->len - 1);
      if (kind == JS_KIND_CONS_STRING)
        {
          HpRef first = part_slot (vm, at, CONS_FIRST, quietly).payload;
          HpRef second = part_slot (vm, at, CONS_SECOND, quietly).payload;
          g_array_append_val (open, second);
          g_array_append_val (open, first);
        }
      else if (kind == JS_KIND_SLICED_STRING)
        append_flat (vm,
                     part_slot (vm, at, SLICED_PARENT, quietly).payload,
                     (guint32) js_as_smi (part_slot (vm, at, SLICED_OFFSET, quietly)),
                     part_of (vm, at)->length,
                     units);
      else
        append_flat (vm, at, 0, js_string_length (vm, at), units);
    }
}

static void
append_units (JsVm *vm, HpRef string, GArray *units)
{
  append_some_units (vm, string, units, G_MAXUINT32, FALSE);
}

static void
append_utf8 (const gunichar2 *units, guint n, GString *out)
{
  for (guint i = 0; i < n; i++)
    {
      gunichar c = units[i];
      char bytes[6];

      if ((c & 0xfc00) == 0xd800 && i + 1 < n && (units[i + 1] & 0xfc00) == 0xdc00)
        c = 0x10000 + ((c & 0x3ff) << 10) + (units[++i] & 0x3ff);
      g_string_append_len (out, bytes, g_unichar_to_utf8 (c, bytes));
    }
}

void
js_string_append_to (JsVm *vm, HpRef string, GString *out)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));

  append_units (vm, string, units);
  append_utf8 ((const gunichar2 *) units->data, units->len, out);
}

char *
js_string_to_utf8 (JsVm *vm, HpRef string, gsize *length)
{
  GString *out = g_string_new (NULL);

  js_string_append_to (vm, string, out);
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}

JsAtom *
js_string_atom (JsVm *vm, HpRef string)
{
  JsAtom *atom = g_hash_table_lookup (vm->atoms.by_ref, GUINT_TO_POINTER (string));
  g_autofree char *text = NULL;
  gsize length;

  if (atom != NULL)
    return atom;
  text = js_string_to_utf8 (vm, string, &length);
  return js_atom (vm, text, (gssize) length);
}

/* ---- making flat strings ----------------------------------------------------------------------------------------- */

/* Its first characters. */
static char *
label_text (JsVm *vm, HpRef string, gboolean *is_whole)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  GString *text = g_string_new (NULL);

  append_some_units (vm, string, units, LONGEST_LABEL + 1, TRUE);
  *is_whole = units->len <= LONGEST_LABEL;
  append_utf8 ((const gunichar2 *) units->data, MIN (units->len, LONGEST_LABEL), text);
  if (!*is_whole)
    g_string_append (text, "…");
  for (gsize i = 0; i < text->len; i++)
    if ((guchar) text->str[i] < ' ')
      text->str[i] = ' ';
  return g_string_free (text, FALSE);
}

/* What a person sees of a string. Of one that += makes longer and longer the beginning is far down: it is that of its
 * first part, which was labelled not long ago. */
static void
label (JsVm *vm, HpRef string)
{
  g_autofree char *text = NULL;
  JsLabel *known;
  HpRef first = HP_REF_NONE;
  gboolean is_whole = FALSE;

  if (string == HP_REF_NONE || !hp_machine_is_watched (vm->machine))
    return;
  if (kind_of (vm, string) == JS_KIND_CONS_STRING)
    first = part_slot (vm, string, CONS_FIRST, TRUE).payload;
  known = &vm->long_labels[first % JS_N_LABELS];
  text = first != HP_REF_NONE && known->string == first ? g_strdup (known->text) : label_text (vm, string, &is_whole);
  if (!is_whole)
    {
      known = &vm->long_labels[string % JS_N_LABELS];
      g_free (known->text);
      *known = (JsLabel){ string, g_strdup (text) };
    }
  if (g_utf8_validate (text, -1, NULL))
    hp_machine_label (vm->machine, string, text);
}

static JsValue
throw_too_long (JsVm *vm)
{
  return js_throw_range (vm, "Invalid string length");
}

static HpRef
allocate (JsVm *vm, gboolean wide, guint32 n, gboolean old)
{
  guint32 shape = vm->kinds[wide ? JS_KIND_TWO_BYTE_STRING : JS_KIND_ONE_BYTE_STRING]->shape;
  guint32 bytes = wide ? n * 2 : n;

  return old ? hp_machine_allocate_old (vm->machine, shape, bytes) : hp_machine_allocate (vm->machine, shape, bytes);
}

static HpRef
new_flat (JsVm *vm, const gunichar2 *units, guint32 n, gboolean old)
{
  gboolean wide = FALSE;
  HpRef string;
  guint8 *bytes;
  guint32 room;

  for (guint32 i = 0; i < n && !wide; i++)
    wide = units[i] > 0xff;
  string = allocate (vm, wide, n, old);
  if (string == HP_REF_NONE || n == 0)
    return string;
  hp_machine_access (vm->machine, string, 0, wide ? n * 2 : n, TRUE);
  bytes = hp_machine_bytes (vm->machine, string, &room);
  if (wide)
    memcpy (bytes, units, n * sizeof *units);
  else
    for (guint32 i = 0; i < n; i++)
      bytes[i] = (guint8) units[i];
  label (vm, string);
  return string;
}

JsValue
js_string_from_unit (JsVm *vm, gunichar2 unit)
{
  char text[6];

  if (unit > 0xff)
    return js_ref (new_flat (vm, &unit, 1, FALSE));
  return js_atom_value (vm, js_atom (vm, text, g_unichar_to_utf8 (unit, text)));
}

JsValue
js_string_from_utf16 (JsVm *vm, const gunichar2 *units, guint32 n)
{
  if (n == 0)
    return js_atom_value (vm, JS_NAME (vm, EMPTY));
  if (n == 1)
    return js_string_from_unit (vm, units[0]);
  if (n > JS_STRING_LONGEST)
    return throw_too_long (vm);
  return js_ref (new_flat (vm, units, n, FALSE));
}

JsValue
js_string_from_latin1 (JsVm *vm, const guint8 *text, guint32 n)
{
  g_autofree gunichar2 *units = g_new (gunichar2, n + 1);

  for (guint32 i = 0; i < n; i++)
    units[i] = text[i];
  return js_string_from_utf16 (vm, units, n);
}

/* WTF-8: surrogates may stand alone, in three bytes. */
static gunichar2 *
decode (const char *text, gsize length, guint32 *n)
{
  gunichar2 *units = g_new (gunichar2, length + 1);
  const guint8 *at = (const guint8 *) text, *end = at + length;

  *n = 0;
  while (at < end)
    {
      guint more = *at < 0x80 ? 0 : *at < 0xe0 ? 1 : *at < 0xf0 ? 2 : 3;
      guint32 c = more == 0 ? *at : *at & (0x3fu >> more);

      for (at++; more > 0 && at < end; more--)
        c = c << 6 | (*at++ & 0x3f);
      if (c > 0xffff)
        {
          units[(*n)++] = (gunichar2) (0xd7c0 + (c >> 10));
          c = 0xdc00 | (c & 0x3ff);
        }
      units[(*n)++] = (gunichar2) c;
    }
  return units;
}

JsValue
js_string (JsVm *vm, const char *text, gssize length)
{
  guint32 n;
  g_autofree gunichar2 *units = decode (text, length < 0 ? strlen (text) : (gsize) length, &n);

  return js_string_from_utf16 (vm, units, n);
}

JsValue
js_string_printf (JsVm *vm, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return js_string (vm, text, -1);
}

HpRef
js_string_new_old (JsVm *vm, const char *text, gsize length)
{
  guint32 n;
  g_autofree gunichar2 *units = decode (text, length, &n);

  return new_flat (vm, units, n, TRUE);
}

/* ---- flattening -------------------------------------------------------------------------------------------------- */

/* The string becomes its flat form and the empty string, as V8 has it. */
static HpRef
flatten (JsVm *vm, HpRef cons)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  HpRef second = hp_machine_read (vm->machine, cons, CONS_SECOND).payload, flat;
  JsHandles handles;
  JsValue empty;

  if (js_string_length (vm, second) == 0)
    return hp_machine_read (vm->machine, cons, CONS_FIRST).payload;
  append_units (vm, cons, units);
  handles = js_handles_open (vm);
  js_hold (vm, js_ref (cons));
  empty = js_atom_value (vm, JS_NAME (vm, EMPTY));
  flat = new_flat (vm, (const gunichar2 *) units->data, units->len, FALSE);
  js_handles_close (vm, handles);
  if (flat == HP_REF_NONE || js_is_hole (empty))
    return HP_REF_NONE;
  hp_machine_write (vm->machine, cons, CONS_FIRST, js_ref (flat));
  hp_machine_write (vm->machine, cons, CONS_SECOND, empty);
  return flat;
}

gboolean
js_string_chars (JsVm *vm, HpRef string, JsChars *chars)
{
  guint32 offset = 0, n;
  const guint8 *bytes;

  chars->length = js_string_length (vm, string);
  if (kind_of (vm, string) == JS_KIND_CONS_STRING)
    string = flatten (vm, string);
  if (string == HP_REF_NONE)
    return FALSE;
  if (kind_of (vm, string) == JS_KIND_SLICED_STRING)
    {
      offset = (guint32) js_as_smi (hp_machine_read (vm->machine, string, SLICED_OFFSET));
      string = hp_machine_read (vm->machine, string, SLICED_PARENT).payload;
    }
  bytes = hp_machine_bytes (vm->machine, string, &n);
  if (bytes == NULL)
    return FALSE;
  chars->latin1 = kind_of (vm, string) == JS_KIND_ONE_BYTE_STRING ? bytes + offset : NULL;
  chars->utf16 = chars->latin1 == NULL ? (const gunichar2 *) bytes + offset : NULL;
  return TRUE;
}

gunichar2
js_string_at (JsVm *vm, HpRef string, guint32 index)
{
  JsChars chars;

  return js_string_chars (vm, string, &chars) ? js_chars_at (&chars, index) : 0;
}

/* ---- joining and slicing ----------------------------------------------------------------------------------------- */

static JsValue
new_part (JsVm *vm, JsKind kind, JsValue first, JsValue second, guint32 length, gboolean wide)
{
  JsHandles handles = js_handles_open (vm);
  HpRef string;

  js_hold (vm, first);
  js_hold (vm, second);
  string = hp_machine_allocate_with (vm->machine, vm->kinds[kind]->shape, 0, (const JsValue[]){ first, second }, 2);
  js_handles_close (vm, handles);
  if (string != HP_REF_NONE)
    {
      *part_of (vm, string) = (Part){ length, wide };
      label (vm, string);
    }
  return js_ref (string);
}

static JsValue
copy_units (JsVm *vm, GArray *units)
{
  return js_string_from_utf16 (vm, (const gunichar2 *) units->data, units->len);
}

JsValue
js_string_concat (JsVm *vm, JsValue a, JsValue b)
{
  guint32 first = js_string_length (vm, a.payload), second = js_string_length (vm, b.payload);
  g_autoptr (GArray) units = NULL;

  if (first == 0)
    return b;
  if (second == 0)
    return a;
  if ((guint64) first + second > JS_STRING_LONGEST)
    return throw_too_long (vm);
  if (first + second >= SHORTEST_PART)
    return new_part (vm, JS_KIND_CONS_STRING, a, b, first + second, is_wide (vm, a.payload) || is_wide (vm, b.payload));
  units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  append_units (vm, a.payload, units);
  append_units (vm, b.payload, units);
  return copy_units (vm, units);
}

/* A part of what is flat: of a slice, one of its parent. */
static JsValue
slice_flat (JsVm *vm, HpRef string, guint32 start, guint32 length)
{
  if (kind_of (vm, string) == JS_KIND_SLICED_STRING)
    {
      start += (guint32) js_as_smi (hp_machine_read (vm->machine, string, SLICED_OFFSET));
      string = hp_machine_read (vm->machine, string, SLICED_PARENT).payload;
    }
  return new_part (vm, JS_KIND_SLICED_STRING, js_ref (string), js_smi ((gint32) start), length, is_wide (vm, string));
}

JsValue
js_string_slice (JsVm *vm, HpRef string, guint32 start, guint32 end)
{
  g_autoptr (GArray) units = NULL;
  guint32 length = end > start ? end - start : 0;
  JsChars chars;

  if (length == 0)
    return js_atom_value (vm, JS_NAME (vm, EMPTY));
  if (length == js_string_length (vm, string))
    return js_ref (string);
  if (kind_of (vm, string) == JS_KIND_CONS_STRING)
    string = flatten (vm, string);
  if (string == HP_REF_NONE)
    return JS_THROWN;
  if (length >= SHORTEST_PART)
    return slice_flat (vm, string, start, length);
  if (!js_string_chars (vm, string, &chars))
    return JS_THROWN;
  units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  for (guint32 i = start; i < end; i++)
    {
      gunichar2 unit = js_chars_at (&chars, i);
      g_array_append_val (units, unit);
    }
  return copy_units (vm, units);
}

/* ---- comparing --------------------------------------------------------------------------------------------------- */

/* Both flat; @b stays alive while @a is flattened. */
static gboolean
both_chars (JsVm *vm, HpRef a, HpRef b, JsChars *first, JsChars *second)
{
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, js_ref (a));
  js_hold (vm, js_ref (b));
  done = js_string_chars (vm, a, first) && js_string_chars (vm, b, second) && js_string_chars (vm, a, first);
  js_handles_close (vm, handles);
  return done;
}

gboolean
js_string_equal (JsVm *vm, HpRef a, HpRef b)
{
  JsChars first, second;

  if (a == b)
    return TRUE;
  if (js_string_length (vm, a) != js_string_length (vm, b) || !both_chars (vm, a, b, &first, &second))
    return FALSE;
  if (first.latin1 != NULL && second.latin1 != NULL)
    return memcmp (first.latin1, second.latin1, first.length) == 0;
  for (guint32 i = 0; i < first.length; i++)
    if (js_chars_at (&first, i) != js_chars_at (&second, i))
      return FALSE;
  return TRUE;
}

int
js_string_compare (JsVm *vm, HpRef a, HpRef b)
{
  JsChars first, second;

  if (a == b || !both_chars (vm, a, b, &first, &second))
    return 0;
  for (guint32 i = 0; i < first.length && i < second.length; i++)
    if (js_chars_at (&first, i) != js_chars_at (&second, i))
      return js_chars_at (&first, i) < js_chars_at (&second, i) ? -1 : 1;
  return first.length < second.length ? -1 : first.length > second.length;
}

guint32
js_string_hash (JsVm *vm, HpRef string)
{
  g_autoptr (GArray) units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  guint32 hash = 2166136261u;

  append_units (vm, string, units);
  for (guint i = 0; i < units->len; i++)
    hash = (hash ^ g_array_index (units, gunichar2, i)) * 16777619u;
  return hash;
}

gint64
js_string_index_of (JsVm *vm, HpRef string, HpRef needle, guint32 from)
{
  JsChars text, sought;

  if (!both_chars (vm, string, needle, &text, &sought))
    return -1;
  for (guint64 i = from; i + sought.length <= text.length; i++)
    {
      guint32 n = 0;

      while (n < sought.length && js_chars_at (&text, (guint32) i + n) == js_chars_at (&sought, n))
        n++;
      if (n == sought.length)
        return (gint64) i;
    }
  return -1;
}

/* ---- building ---------------------------------------------------------------------------------------------------- */

void
js_string_builder_init (JsStringBuilder *self)
{
  *self = (JsStringBuilder){ .units = g_array_new (FALSE, FALSE, sizeof (gunichar2)) };
}

/* Room for @n more; or else what is there is given back already. */
static gboolean
has_room (JsStringBuilder *self, gsize n)
{
  if (!self->too_long && self->units->len + n <= JS_STRING_LONGEST)
    return TRUE;
  self->too_long = TRUE;
  g_array_unref (self->units);
  self->units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  return FALSE;
}

void
js_string_builder_add (JsVm *vm, JsStringBuilder *self, HpRef string)
{
  guint32 length = js_string_length (vm, string);

  if (!has_room (self, length))
    return;
  if (kind_of (vm, string) <= JS_KIND_TWO_BYTE_STRING)
    append_flat (vm, string, 0, length, self->units);
  else
    append_units (vm, string, self->units);
}

void
js_string_builder_add_part (JsVm *vm, JsStringBuilder *self, HpRef string, guint32 start, guint32 end)
{
  guint first = self->units->len;
  gunichar2 *units;
  JsChars chars;

  if (start >= end || !has_room (self, end - start) || !js_string_chars (vm, string, &chars))
    return;
  g_array_set_size (self->units, first + end - start);
  units = &g_array_index (self->units, gunichar2, first);
  for (guint32 i = start; i < end; i++)
    units[i - start] = js_chars_at (&chars, i);
}

void
js_string_builder_add_unit (JsStringBuilder *self, gunichar2 unit)
{
  if (G_LIKELY (has_room (self, 1)))
    g_array_append_val (self->units, unit);
}

gboolean
js_string_builder_check (JsVm *vm, JsStringBuilder *self)
{
  if (self->too_long)
    throw_too_long (vm);
  return !self->too_long && js_vm_tick (vm);
}

void
js_string_builder_add_text (JsStringBuilder *self, const char *ascii)
{
  for (; *ascii != '\0'; ascii++)
    js_string_builder_add_unit (self, (guchar) *ascii);
}

JsValue
js_string_builder_finish (JsVm *vm, JsStringBuilder *self)
{
  JsValue string = self->too_long ? throw_too_long (vm) : copy_units (vm, self->units);

  js_string_builder_clear (self);
  return string;
}

void
js_string_builder_clear (JsStringBuilder *self)
{
  g_clear_pointer (&self->units, g_array_unref);
}
