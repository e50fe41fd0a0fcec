/* symbol.c - Symbol
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/message.h"

#include <string.h>

/* The object in the heap becomes the accumulator; js_atom_value () keeps it. */
static JsValue
symbol_construct (JsVm *vm, const JsCall *call)
{
  JsValue description = js_argument (call, 0);
  g_autofree char *text = NULL;
  gsize length;

  if (!js_is_undefined (call->new_target))
    return js_throw_type (vm, "Symbol is not a constructor");
  if (js_is_undefined (description))
    return js_atom_value (vm, js_atom_new_symbol (vm, JS_ATOM_SYMBOL, NULL, 0));
  description = js_to_string (vm, description);
  if (js_is_hole (description))
    return JS_THROWN;
  text = js_string_to_utf8 (vm, description.payload, &length);
  return js_atom_value (vm, js_atom_new_symbol (vm, JS_ATOM_SYMBOL, text, (gssize) length));
}

static JsValue
symbol_for (JsVm *vm, const JsCall *call)
{
  g_autofree char *text = js_to_utf8 (vm, js_argument (call, 0));
  JsAtom *atom;

  if (text == NULL)
    return JS_THROWN;
  atom = g_hash_table_lookup (vm->atoms.registered, text);
  if (atom == NULL)
    {
      atom = js_atom_new_symbol (vm, JS_ATOM_SYMBOL, text, -1);
      atom->registered = TRUE;
      g_hash_table_insert (vm->atoms.registered, atom->text, atom);
    }
  return js_atom_value (vm, atom);
}

static JsValue
symbol_key_for (JsVm *vm, const JsCall *call)
{
  JsValue symbol = js_argument (call, 0);
  const JsAtom *atom;

  if (!js_is_symbol (vm, symbol))
    {
      g_autofree char *text = js_message_text (vm, symbol);
      return js_throw_type (vm, "%s is not a symbol", text);
    }
  atom = js_symbol_atom (vm, symbol.payload);
  return atom->registered ? js_string (vm, atom->text, (gssize) atom->length) : JS_UNDEFINED;
}

/* The symbol that this is or wraps; NULL: thrown. */
static JsAtom *
receiver (JsVm *vm, const JsCall *call, const char *method)
{
  JsValue symbol = call->receiver;

  if (js_is_kind (vm, symbol, JS_KIND_WRAPPER))
    symbol = js_get_own_slot (vm, symbol.payload, 0);
  if (js_is_symbol (vm, symbol))
    return js_symbol_atom (vm, symbol.payload);
  js_throw_incompatible (vm, method, call->receiver);
  return NULL;
}

static JsValue
symbol_to_string (JsVm *vm, const JsCall *call)
{
  const JsAtom *atom = receiver (vm, call, "Symbol.prototype.toString");

  return atom != NULL ? js_string_printf (vm, "Symbol(%s)", atom->text) : JS_THROWN;
}

static JsValue
symbol_value_of (JsVm *vm, const JsCall *call)
{
  JsAtom *atom = receiver (vm, call, "Symbol.prototype.valueOf");

  return atom != NULL ? js_atom_value (vm, atom) : JS_THROWN;
}

static JsValue
symbol_description (JsVm *vm, const JsCall *call)
{
  const JsAtom *atom = receiver (vm, call, "Symbol.prototype.description");

  if (atom == NULL)
    return JS_THROWN;
  return atom->has_description ? js_string (vm, atom->text, (gssize) atom->length) : JS_UNDEFINED;
}

#define WELL_KNOWN(id, name)                             \
  static JsValue get_##id (JsVm *vm, const JsCall *call) \
  {                                                      \
    (void) call;                                         \
    return js_atom_value (vm, JS_SYMBOL (vm, id));       \
  }
JS_SYMBOLS (WELL_KNOWN)
#undef WELL_KNOWN

static const JsNativeRow members[] = {
  JS_METHOD ("toString", symbol_to_string, 0),     JS_METHOD ("valueOf", symbol_value_of, 0),
  JS_GETTER ("description", symbol_description),   JS_STRING ("@@toStringTag", "Symbol"),
  JS_METHOD ("@@toPrimitive", symbol_value_of, 1),
};

#define ROW(id, name) JS_GETTER (name, get_##id),
static const JsNativeRow statics[] = { JS_METHOD ("for", symbol_for, 1),
                                       JS_METHOD ("keyFor", symbol_key_for, 1),
                                       JS_SYMBOLS (ROW) };
#undef ROW

static const JsLibraryClass classes[] = {
  { .name = "Symbol",
    .construct = symbol_construct,
    .prototype = JS_INTRINSIC_SYMBOL_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = members,
    .n_members = G_N_ELEMENTS (members),
    .statics = statics,
    .n_statics = G_N_ELEMENTS (statics) },
};

const JsLibrary js_library_symbol = { .classes = classes, .n_classes = G_N_ELEMENTS (classes) };
