/* atom.c - names of properties: interned strings and symbols
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/atom.h"
#include "runtime/keep.h"
#include "runtime/number.h"
#include "runtime/string.h"

static guint
hash_atom (gconstpointer atom)
{
  return ((const JsAtom *) atom)->hash;
}

static gboolean
equal_atoms (gconstpointer a, gconstpointer b)
{
  const JsAtom *first = a, *second = b;

  return first->length == second->length && memcmp (first->text, second->text, first->length) == 0;
}

static void
free_atom (gpointer data)
{
  JsAtom *atom = data;

  g_free (atom->text);
  g_free (atom);
}

/* FNV-1a */
static guint32
hash_text (const char *text, gsize length)
{
  guint32 hash = 2166136261u;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * 16777619u;
  return hash;
}

static JsAtom *
new_atom (JsVm *vm, JsAtomKind kind, const char *text, gsize length)
{
  JsAtom *atom = g_new0 (JsAtom, 1);

  atom->kind = kind;
  atom->text = g_malloc (length + 1);
  memcpy (atom->text, text, length);
  atom->text[length] = '\0';
  atom->length = length;
  atom->place = vm->atoms.all->len;
  g_ptr_array_add (vm->atoms.all, atom);
  return atom;
}

JsAtom *
js_atom (JsVm *vm, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  JsAtom sought = { .text = (char *) text, .length = n, .hash = hash_text (text, n) };
  JsAtom *atom = g_hash_table_lookup (vm->atoms.strings, &sought);

  if (atom != NULL)
    return atom;
  atom = new_atom (vm, JS_ATOM_STRING, text, n);
  atom->hash = sought.hash;
  g_hash_table_add (vm->atoms.strings, atom);
  return atom;
}

/* Symbols of equal description differ: so do their hashes, by the order in which they were made. */
JsAtom *
js_atom_new_symbol (JsVm *vm, JsAtomKind kind, const char *description, gssize length)
{
  gsize n = description == NULL ? 0 : length < 0 ? strlen (description) : (gsize) length;
  JsAtom *atom = new_atom (vm, kind, description != NULL ? description : "", n);

  atom->has_description = description != NULL;
  atom->hash = vm->atoms.all->len * 2654435761u;
  return atom;
}

void
js_atoms_init (JsVm *vm)
{
  static const char *const TEXTS[] = {
#define ATOM_TEXT(name, text) text,
    JS_ATOMS (ATOM_TEXT)
#undef ATOM_TEXT
  };
  static const char *const SYMBOLS[] = {
#define SYMBOL_TEXT(name, text) "Symbol." text,
    JS_SYMBOLS (SYMBOL_TEXT)
#undef SYMBOL_TEXT
  };

  vm->atoms.strings = g_hash_table_new (hash_atom, equal_atoms);
  vm->atoms.by_ref = g_hash_table_new (NULL, NULL);
  vm->atoms.registered = g_hash_table_new (g_str_hash, g_str_equal);
  vm->atoms.all = g_ptr_array_new_with_free_func (free_atom);
  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    vm->atoms.known[i] = js_atom (vm, TEXTS[i], -1);
  for (guint i = 0; i < G_N_ELEMENTS (SYMBOLS); i++)
    vm->atoms.known[G_N_ELEMENTS (TEXTS) + i] = js_atom_new_symbol (vm, JS_ATOM_SYMBOL, SYMBOLS[i], -1);
  /* The second word of a symbol says which atom it is, in the place of V8's hash. */
  js_define_internal_kind (
      vm, JS_KIND_SYMBOL, 1, (const char *const[]){ "description", NULL }, HP_TAIL_NONE, HP_REFERENCES_STRONG);
}

void
js_atoms_clear (JsVm *vm)
{
  g_clear_pointer (&vm->atoms.strings, g_hash_table_unref);
  g_clear_pointer (&vm->atoms.by_ref, g_hash_table_unref);
  g_clear_pointer (&vm->atoms.registered, g_hash_table_unref);
  g_clear_pointer (&vm->atoms.all, g_ptr_array_unref);
}

/* ---- the values of atoms ----------------------------------------------------------------------------------------- */

static HpRef
make_symbol (JsVm *vm, JsAtom *atom)
{
  HpRef symbol = hp_machine_allocate_old (vm->machine, vm->kinds[JS_KIND_SYMBOL]->shape, 0);
  guint32 n;

  if (symbol == HP_REF_NONE || !js_keep (vm, symbol))
    return HP_REF_NONE;
  *(guint64 *) hp_machine_bytes (vm->machine, symbol, &n) = atom->place;
  if (atom->has_description)
    {
      HpRef text = js_string_new_old (vm, atom->text, atom->length);
      if (text == HP_REF_NONE)
        return HP_REF_NONE;
      hp_machine_write (vm->machine, symbol, 0, js_ref (text));
    }
  else
    hp_machine_write (vm->machine, symbol, 0, JS_UNDEFINED);
  if (hp_machine_is_watched (vm->machine))
    hp_machine_label (vm->machine, symbol, atom->text);
  return symbol;
}

JsValue
js_atom_value (JsVm *vm, JsAtom *atom)
{
  if (atom->ref == HP_REF_NONE)
    {
      if (atom->kind != JS_ATOM_STRING)
        atom->ref = make_symbol (vm, atom);
      else
        {
          HpRef text = js_string_new_old (vm, atom->text, atom->length);
          atom->ref = text != HP_REF_NONE && js_keep (vm, text) ? text : HP_REF_NONE;
          if (atom->ref != HP_REF_NONE)
            g_hash_table_insert (vm->atoms.by_ref, GUINT_TO_POINTER (atom->ref), atom);
        }
    }
  return js_ref (atom->ref);
}

JsAtom *
js_symbol_atom (JsVm *vm, HpRef symbol)
{
  guint32 n;
  const guint8 *bytes = hp_machine_bytes (vm->machine, symbol, &n);
  gboolean is_symbol = js_is_kind (vm, js_ref (symbol), JS_KIND_SYMBOL); /* or else the run is over */

  return g_ptr_array_index (vm->atoms.all, is_symbol ? *(const guint64 *) bytes : 0);
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

gboolean
js_text_is_index (const char *text, gsize length, guint32 *index)
{
  guint64 number = 0;

  if (length == 0 || length > 10 || (text[0] == '0' && length > 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      number = number * 10 + (guint64) (text[i] - '0');
    }
  *index = (guint32) number;
  return number < G_MAXUINT32;
}

JsKey
js_key (JsAtom *atom)
{
  guint32 index;

  if (atom->kind == JS_ATOM_STRING && js_text_is_index (atom->text, atom->length, &index))
    return js_key_index (index);
  return js_key_atom (atom);
}

static gboolean
key_of_number (JsVm *vm, double number, JsKey *key)
{
  g_autofree char *text = NULL;

  if (number >= 0 && number < G_MAXUINT32 && number == floor (number))
    {
      *key = js_key_index ((guint32) number);
      return TRUE;
    }
  text = js_double_to_text (number, 10);
  *key = js_key (js_atom (vm, text, -1));
  return TRUE;
}

gboolean
js_to_key (JsVm *vm, JsValue value, JsKey *key)
{
  JsValue text;

  if (js_is_smi (value))
    return key_of_number (vm, js_as_smi (value), key);
  if (js_is_object (vm, value))
    value = js_to_primitive (vm, value, JS_HINT_STRING);
  if (js_is_hole (value))
    return FALSE;
  if (js_is_kind (vm, value, JS_KIND_HEAP_NUMBER))
    return key_of_number (vm, js_heap_number (vm, value.payload), key);
  if (js_is_symbol (vm, value))
    {
      *key = js_key_atom (js_symbol_atom (vm, value.payload));
      return TRUE;
    }
  text = js_is_smi (value) ? value : js_to_string (vm, value);
  if (js_is_smi (text))
    return key_of_number (vm, js_as_smi (text), key);
  if (js_is_hole (text))
    return FALSE;
  *key = js_key (js_string_atom (vm, text.payload));
  return TRUE;
}

JsAtom *
js_key_to_atom (JsVm *vm, JsKey key)
{
  char text[16];

  if (key.atom != NULL)
    return key.atom;
  g_snprintf (text, sizeof text, "%u", key.index);
  return js_atom (vm, text, -1);
}

/* A number as a key is a new string each time, as V8's number-string cache would hold it only for a while. */
JsValue
js_key_value (JsVm *vm, JsKey key)
{
  char text[16];

  if (key.atom != NULL)
    return js_atom_value (vm, key.atom);
  g_snprintf (text, sizeof text, "%u", key.index);
  return js_string (vm, text, -1);
}

char *
js_key_text (JsVm *vm, JsKey key)
{
  if (key.atom == NULL)
    return g_strdup_printf ("%u", key.index);
  if (key.atom->kind == JS_ATOM_SYMBOL)
    return g_strdup_printf ("Symbol(%s)", key.atom->text);
  return g_strndup (key.atom->text, key.atom->length);
}
