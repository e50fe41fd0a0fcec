/* native.c - functions of C as function objects, and the rows of the library's tables
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/function.h"
#include "runtime/object.h"

/* ---- function objects -------------------------------------------------------------------------------------------- */

static gint32
native_code (JsVm *vm, const JsNativeRow *row)
{
  JsFunctions *functions = vm->functions;
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (functions->native_ids, row));

  if (place == 0)
    {
      g_ptr_array_add (functions->natives, (gpointer) row);
      place = functions->natives->len;
      g_hash_table_insert (functions->native_ids, (gpointer) row, GUINT_TO_POINTER (place));
    }
  return ~(gint32) (place - 1);
}

static HpRef
fill_native (JsVm *vm, HpRef function, const JsNativeRow *row, JsValue data)
{
  if (function == HP_REF_NONE)
    return function;
  js_set_own_slot (vm, function, JS_FUNCTION_SLOT_CONTEXT, data);
  js_set_own_slot (vm, function, JS_FUNCTION_SLOT_CODE, js_smi (native_code (vm, row)));
  if (hp_machine_is_watched (vm->machine))
    hp_machine_label (vm->machine, function, row->name);
  return function;
}

void
js_become_native (JsVm *vm, HpRef function, const JsNativeRow *row)
{
  fill_native (vm, function, row, JS_UNDEFINED);
}

JsValue
js_new_native (JsVm *vm, const JsNativeRow *row)
{
  guint32 shape = vm->functions->classes[JS_FUNCTION_NATIVE]->shape;

  return js_ref (fill_native (vm, hp_machine_allocate_old (vm->machine, shape, 0), row, JS_UNDEFINED));
}

JsValue
js_new_native_with (JsVm *vm, const JsNativeRow *row, JsValue data)
{
  guint32 shape = vm->functions->classes[JS_FUNCTION_NATIVE]->shape;
  JsHandles handles = js_handles_open (vm);
  JsValue function;

  js_hold (vm, data);
  function = js_ref (fill_native (vm, hp_machine_allocate (vm->machine, shape, 0), row, data));
  js_handles_close (vm, handles);
  return function;
}

JsValue
js_new_native_constructor (JsVm *vm, const JsNativeRow *row, JsValue prototype)
{
  guint32 shape = vm->functions->classes[JS_FUNCTION_NATIVE_CONSTRUCTOR]->shape;
  HpRef function = fill_native (vm, hp_machine_allocate_old (vm->machine, shape, 0), row, JS_UNDEFINED);

  if (function != HP_REF_NONE)
    js_set_own_slot (vm, function, JS_FUNCTION_SLOT_PROTOTYPE, prototype);
  return js_ref (function);
}

JsValue
js_native_data (JsVm *vm, const JsCall *call)
{
  return js_function_slot (vm, call->callee, JS_FUNCTION_SLOT_CONTEXT);
}

static JsClass *
bound_constructor_class (JsVm *vm)
{
  JsClass *class = vm->kinds[JS_KIND_BOUND_FUNCTION];

  if (vm->functions->bound_constructor == NULL)
    {
      JsClassTemplate template = { .kind = JS_KIND_BOUND_FUNCTION,
                                   .n_own = class->n_own,
                                   .own_names = class->own_names,
                                   .intrinsic_prototype = class->intrinsic_prototype,
                                   .is_callable = TRUE,
                                   .is_constructor = TRUE };
      vm->functions->bound_constructor = js_class_new (vm, &template);
    }
  return vm->functions->bound_constructor;
}

static HpRef
new_fixed_array_of (JsVm *vm, const JsValue *values, guint n)
{
  HpRef array = js_new_internal (vm, JS_KIND_FIXED_ARRAY, n);

  for (guint i = 0; i < n && array != HP_REF_NONE; i++)
    hp_machine_write (vm->machine, array, i, values[i]);
  return array;
}

JsValue
js_new_bound_function (JsVm *vm, JsValue target, JsValue receiver, const JsValue *arguments, guint n)
{
  JsHandles handles = js_handles_open (vm);
  JsClass *class = vm->kinds[JS_KIND_BOUND_FUNCTION];
  JsValue list = n > 0 ? js_hold (vm, js_ref (new_fixed_array_of (vm, arguments, n))) : JS_HOLE;
  HpRef function = n > 0 && js_is_hole (list) ? HP_REF_NONE : hp_machine_allocate (vm->machine, class->shape, 0);

  js_handles_close (vm, handles);
  if (function == HP_REF_NONE)
    return JS_THROWN;
  if (js_is_constructor (vm, target))
    hp_machine_reshape (vm->machine, function, bound_constructor_class (vm)->shape);
  js_set_own_slot (vm, function, JS_BOUND_SLOT_TARGET, target);
  js_set_own_slot (vm, function, JS_BOUND_SLOT_THIS, receiver);
  js_set_own_slot (vm, function, JS_BOUND_SLOT_ARGUMENTS, list);
  return js_ref (function);
}

void
js_keep_row (JsVm *vm, JsNativeRow *row)
{
  g_ptr_array_add (vm->functions->rows, row);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

JsAtom *
js_native_row_atom (JsVm *vm, const char *name)
{
  g_autofree char *description = NULL;

  if (!g_str_has_prefix (name, "@@"))
    return js_atom (vm, name, -1);
  description = g_strconcat ("Symbol.", name + 2, NULL);
  for (guint i = 0; i < JS_N_ATOM_IDS; i++)
    if (vm->atoms.known[i]->kind == JS_ATOM_SYMBOL && strcmp (vm->atoms.known[i]->text, description) == 0)
      return vm->atoms.known[i];
  g_assert_not_reached ();
}

gboolean
js_native_row_is_accessor (const JsNativeRow *row)
{
  return row->kind == JS_NATIVE_GETTER || row->kind == JS_NATIVE_SETTER;
}

/* A GETTER, or a SETTER with the GETTER before it. */
static JsValue
make_accessors (JsVm *vm, const JsNativeRow *row)
{
  const JsNativeRow *setter = row->kind == JS_NATIVE_SETTER ? row : NULL;
  HpRef pair = hp_machine_allocate_old (vm->machine, vm->kinds[JS_KIND_ACCESSOR_PAIR]->shape, 0);
  JsValue get, set = JS_UNDEFINED;

  js_hold (vm, js_ref (pair));
  get = js_hold (vm, js_new_native (vm, setter != NULL ? row - 1 : row));
  if (setter != NULL)
    set = js_hold (vm, js_new_native (vm, setter));
  if (pair == HP_REF_NONE || js_is_hole (get) || js_is_hole (set))
    return JS_THROWN;
  hp_machine_write (vm->machine, pair, 0, get);
  hp_machine_write (vm->machine, pair, 1, set);
  return js_ref (pair);
}

JsValue
js_native_row_value (JsVm *vm, HpRef object, const JsNativeRow *row)
{
  switch (row->kind)
    {
    case JS_NATIVE_METHOD:
      return js_new_native (vm, row);
    case JS_NATIVE_GETTER:
    case JS_NATIVE_SETTER:
      return make_accessors (vm, row);
    case JS_NATIVE_NUMBER:
      return js_number (vm, row->number);
    case JS_NATIVE_STRING:
    case JS_NATIVE_TEXT:
      return js_atom_value (vm, js_atom (vm, row->text, -1));
    case JS_NATIVE_UNDEFINED:
      return JS_UNDEFINED;
    case JS_NATIVE_ALIAS:
      return js_get (vm, js_ref (object), js_key_atom (js_native_row_atom (vm, row->text)));
    case JS_NATIVE_GLOBAL:
      return js_intrinsic (vm, JS_INTRINSIC_GLOBAL);
    case JS_NATIVE_CLASS:
      return js_library_constructor (vm, row->text);
    default:
      return row->create (vm);
    }
}

static guint8
row_attributes (const JsNativeRow *row)
{
  switch (row->kind)
    {
    case JS_NATIVE_NUMBER:
    case JS_NATIVE_UNDEFINED:
      return 0;
    case JS_NATIVE_STRING:
    case JS_NATIVE_GETTER:
    case JS_NATIVE_SETTER:
      return JS_CONFIGURABLE;
    default:
      return JS_HIDDEN_ATTRIBUTES;
    }
}

void
js_define_natives (JsVm *vm, HpRef object, const JsNativeRow *rows, gsize n)
{
  g_autofree JsProperty *properties = g_new0 (JsProperty, n);
  JsClass *class = js_class_of (vm, object);
  guint n_properties = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (i + 1 < n && rows[i + 1].kind == JS_NATIVE_SETTER)
        continue;
      properties[n_properties++] = (JsProperty){ .atom = js_native_row_atom (vm, rows[i].name),
                                                 .kind = JS_PROPERTY_LAZY,
                                                 .attributes = row_attributes (&rows[i]),
                                                 .native = &rows[i] };
    }
  js_set_class (vm, object, js_class_add_all (vm, class, properties, n_properties));
}
