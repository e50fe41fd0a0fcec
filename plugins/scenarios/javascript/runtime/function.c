/* function.c - function objects (V8: src/objects/js-function.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/function.h"
#include "library/library.h"
#include "runtime/interpreter.h"
#include "runtime/keep.h"
#include "runtime/object.h"

#include <glib/gi18n-lib.h>

#define N_TRACKED 7

/* ---- length, name, prototype ------------------------------------------------------------------------------------- */

JsCode *
js_function_code (JsVm *vm, HpRef function)
{
  JsValue code;

  if (js_class_of (vm, function)->kind != JS_KIND_FUNCTION)
    return NULL;
  code = js_function_slot (vm, function, JS_FUNCTION_SLOT_CODE);
  return js_as_smi (code) >= 0 ? g_ptr_array_index (vm->compiled->codes, js_as_smi (code)) : NULL;
}

const JsNativeRow *
js_function_native (JsVm *vm, HpRef function)
{
  gint32 code;

  if (js_class_of (vm, function)->kind != JS_KIND_FUNCTION)
    return NULL;
  code = js_as_smi (js_function_slot (vm, function, JS_FUNCTION_SLOT_CODE));
  return code < 0 ? g_ptr_array_index (vm->functions->natives, ~code) : NULL;
}

static JsValue
get_length (JsVm *vm, HpRef function)
{
  const JsNativeRow *native = js_function_native (vm, function);

  return js_smi (native != NULL ? native->length : (gint32) js_function_code (vm, function)->length);
}

static JsValue
native_name (JsVm *vm, const JsNativeRow *row)
{
  const char *prefix = row->kind == JS_NATIVE_GETTER ? "get " : row->kind == JS_NATIVE_SETTER ? "set " : "";
  g_autofree char *name = NULL;

  if (g_str_has_prefix (row->name, "@@"))
    name = g_strdup_printf ("%s[Symbol.%s]", prefix, row->name + 2);
  else
    name = g_strconcat (prefix, row->name, NULL);
  return js_atom_value (vm, js_atom (vm, name, -1));
}

static JsValue
get_name (JsVm *vm, HpRef function)
{
  const JsNativeRow *native = js_function_native (vm, function);

  if (native != NULL)
    return native_name (vm, native);
  return js_atom_value (vm, js_atom (vm, js_function_code (vm, function)->name, -1));
}

/* The object that each function with a prototype slot gets when somebody asks for it (V8: the same laziness). */
static JsValue
make_prototype (JsVm *vm, HpRef function)
{
  JsCode *code = js_function_code (vm, function);
  JsHandles handles = js_handles_open (vm);
  JsValue parent, prototype;

  js_hold (vm, js_ref (function));
  if (code != NULL && (code->flags & JS_FLAG_GENERATOR))
    {
      parent = js_intrinsic (
          vm, code->flags & JS_FLAG_ASYNC ? JS_INTRINSIC_ASYNC_GENERATOR_PROTOTYPE : JS_INTRINSIC_GENERATOR_PROTOTYPE);
      prototype = js_ref (js_new_object_with_prototype (vm, parent));
    }
  else
    {
      prototype = js_hold (vm, js_ref (js_new_object (vm)));
      if (!js_is_hole (prototype)
          && !js_add_property (vm,
                               prototype.payload,
                               JS_NAME (vm, CONSTRUCTOR),
                               JS_PROPERTY_DATA,
                               js_ref (function),
                               JS_HIDDEN_ATTRIBUTES))
        prototype = JS_THROWN;
    }
  if (!js_is_hole (prototype))
    js_set_own_slot (vm, function, JS_FUNCTION_SLOT_PROTOTYPE, prototype);
  js_handles_close (vm, handles);
  return prototype;
}

static JsValue
get_prototype (JsVm *vm, HpRef function)
{
  JsValue prototype = js_function_slot (vm, function, JS_FUNCTION_SLOT_PROTOTYPE);

  return js_is_hole (prototype) ? make_prototype (vm, function) : prototype;
}

static gboolean
set_prototype (JsVm *vm, HpRef function, JsValue value)
{
  js_set_own_slot (vm, function, JS_FUNCTION_SLOT_PROTOTYPE, value);
  if (!g_hash_table_contains (vm->functions->constructors, GUINT_TO_POINTER (function)))
    return TRUE;
  g_hash_table_remove (vm->functions->constructors, GUINT_TO_POINTER (function));
  return TRUE;
}

static JsValue
get_null (JsVm *vm, HpRef function)
{
  (void) vm;
  (void) function;
  return JS_NULL;
}

static const JsVirtual length_property = { get_length, NULL };
static const JsVirtual name_property = { get_name, NULL };
static const JsVirtual prototype_property = { get_prototype, set_prototype };
static const JsVirtual null_property = { get_null, NULL };

/* ---- classes of functions ---------------------------------------------------------------------------------------- */

static JsClass *
add_virtual (JsVm *vm, JsClass *class, const char *name, const JsVirtual *virtual_property, guint attributes)
{
  JsProperty property = { .atom = js_atom (vm, name, -1),
                          .kind = JS_PROPERTY_VIRTUAL,
                          .attributes = (guint8) attributes,
                          .virtual_property = virtual_property };

  return js_class_add (vm, class, &property);
}

static JsClass *
define_function_class (JsVm *vm, JsFunctionKind kind)
{
  static const char *const NAMES[] = { "shared", "context", "feedback", "code", "prototype" };
  gboolean has_prototype = kind == JS_FUNCTION_SLOPPY || kind == JS_FUNCTION_STRICT || kind == JS_FUNCTION_CLASS
                           || kind == JS_FUNCTION_GENERATOR || kind == JS_FUNCTION_ASYNC_GENERATOR
                           || kind == JS_FUNCTION_NATIVE_CONSTRUCTOR;
  gboolean is_class = kind == JS_FUNCTION_CLASS || kind == JS_FUNCTION_NATIVE_CONSTRUCTOR;
  JsIntrinsic parent = kind == JS_FUNCTION_ASYNC             ? JS_INTRINSIC_ASYNC_FUNCTION_PROTOTYPE
                       : kind == JS_FUNCTION_GENERATOR       ? JS_INTRINSIC_GENERATOR_FUNCTION_PROTOTYPE
                       : kind == JS_FUNCTION_ASYNC_GENERATOR ? JS_INTRINSIC_ASYNC_GENERATOR_FUNCTION_PROTOTYPE
                                                             : JS_INTRINSIC_FUNCTION_PROTOTYPE;
  JsClassTemplate template = { .kind = JS_KIND_FUNCTION,
                               .n_own = JS_N_FUNCTION_SLOTS + has_prototype,
                               .own_names = NAMES,
                               .intrinsic_prototype = parent + 1,
                               .is_callable = TRUE,
                               .is_constructor = kind == JS_FUNCTION_SLOPPY || kind == JS_FUNCTION_STRICT || is_class };
  JsClass *class = js_class_new (vm, &template);

  class->is_class_constructor = kind == JS_FUNCTION_CLASS;
  class->is_library = kind == JS_FUNCTION_NATIVE || kind == JS_FUNCTION_NATIVE_CONSTRUCTOR;
  class = add_virtual (vm, class, "length", &length_property, JS_CONFIGURABLE);
  class = add_virtual (vm, class, "name", &name_property, JS_CONFIGURABLE);
  if (kind == JS_FUNCTION_SLOPPY)
    {
      class = add_virtual (vm, class, "arguments", &null_property, 0);
      class = add_virtual (vm, class, "caller", &null_property, 0);
    }
  if (has_prototype)
    class = add_virtual (vm, class, "prototype", &prototype_property, is_class ? 0 : JS_WRITABLE);
  return class;
}

static void
free_constructor (gpointer data)
{
  JsConstructor *self = data;

  g_clear_pointer (&self->tracked, g_array_unref);
  g_free (self);
}

void
js_functions_init (JsVm *vm)
{
  static const char *const BOUND[] = { "target", "this", "arguments" };
  JsFunctions *self = g_new0 (JsFunctions, 1);

  vm->functions = self;
  self->fields = js_atom_new_symbol (vm, JS_ATOM_PRIVATE, "fields", -1);
  self->natives = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->native_ids = g_hash_table_new (NULL, NULL);
  self->native_frames = g_hash_table_new (NULL, NULL);
  self->constructors = g_hash_table_new_full (NULL, NULL, NULL, free_constructor);
  for (guint kind = 0; kind < JS_N_FUNCTION_KINDS; kind++)
    self->classes[kind] = define_function_class (vm, (JsFunctionKind) kind);
  vm->kinds[JS_KIND_FUNCTION] = self->classes[JS_FUNCTION_SLOPPY];
  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_BOUND_FUNCTION,
                                      .n_own = JS_N_BOUND_SLOTS,
                                      .own_names = BOUND,
                                      .intrinsic_prototype = JS_INTRINSIC_FUNCTION_PROTOTYPE + 1,
                                      .is_callable = TRUE });
}

void
js_functions_clear (JsVm *vm)
{
  JsFunctions *self = vm->functions;

  g_ptr_array_unref (self->natives);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->native_ids);
  g_hash_table_unref (self->native_frames);
  g_hash_table_unref (self->constructors);
  g_clear_pointer (&vm->functions, g_free);
}

/* ---- closures ---------------------------------------------------------------------------------------------------- */

static JsFunctionKind
kind_of_code (const JsCode *code)
{
  gboolean async = (code->flags & JS_FLAG_ASYNC) != 0;

  if (code->flags & JS_FLAG_CONSTRUCTOR)
    return JS_FUNCTION_CLASS;
  if (code->flags & JS_FLAG_GENERATOR)
    return async ? JS_FUNCTION_ASYNC_GENERATOR : JS_FUNCTION_GENERATOR;
  if (async)
    return JS_FUNCTION_ASYNC;
  if (code->flags & (JS_FLAG_ARROW | JS_FLAG_IS_METHOD | JS_FLAG_GETTER | JS_FLAG_SETTER | JS_FLAG_INITIALIZER))
    return JS_FUNCTION_METHOD;
  return code->strict ? JS_FUNCTION_STRICT : JS_FUNCTION_SLOPPY;
}

static void
label_code (JsVm *vm, HpRef shared, const JsCode *code)
{
  g_autofree char *label = NULL;

  if (!hp_machine_is_watched (vm->machine))
    return;
  label = *code->name != '\0' ? g_strdup_printf (_ ("code of %s"), code->name) : g_strdup (_ ("code"));
  hp_machine_label (vm->machine, shared, label);
}

/* The SharedFunctionInfo of @code, once; its text is V8's own affair. */
static HpRef
shared_info (JsVm *vm, JsCode *code)
{
  if (code->shared == HP_REF_NONE)
    {
      HpRef shared = hp_machine_allocate_old (vm->machine, vm->kinds[JS_KIND_SHARED_FUNCTION]->shape, 0);

      if (shared == HP_REF_NONE || !js_keep (vm, shared))
        return HP_REF_NONE;
      code->shared = shared;
      label_code (vm, shared, code);
    }
  return code->shared;
}

/* The function that the program itself is belongs to what there is before the program. */
static HpRef
new_main (JsVm *vm, const JsClass *class, const JsValue *slots)
{
  HpRef closure = hp_machine_allocate_old (vm->machine, class->shape, 0);

  for (guint i = JS_N_OBJECT_SLOTS; closure != HP_REF_NONE && i <= JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CODE; i++)
    hp_machine_write (vm->machine, closure, i, slots[i]);
  return closure;
}

HpRef
js_new_closure (JsVm *vm, JsCode *code, JsValue context)
{
  JsFunctionKind kind = kind_of_code (code);
  JsClass *class = vm->functions->classes[kind];
  HpRef shared = shared_info (vm, code);
  JsValue slots[JS_N_OBJECT_SLOTS + JS_N_FUNCTION_SLOTS + 1] = {
    [JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_SHARED] = js_ref (shared),
    [JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CONTEXT] = context,
    [JS_N_OBJECT_SLOTS + JS_FUNCTION_SLOT_CODE] = js_smi ((gint32) code->id),
  };
  HpRef closure;

  if (shared == HP_REF_NONE)
    return HP_REF_NONE;
  if (code->id == 0)
    closure = new_main (vm, class, slots);
  else
    closure = hp_machine_allocate_with (vm->machine, class->shape, 0, slots, JS_N_OBJECT_SLOTS + class->n_own);
  if (closure != HP_REF_NONE && hp_machine_is_watched (vm->machine))
    hp_machine_label (vm->machine, closure, code->id == 0 ? _ ("program") : code->name);
  return closure;
}

char *
js_function_name (JsVm *vm, HpRef function)
{
  JsPlace place;
  JsClass *class = js_class_of (vm, function);

  if (!js_find_own (vm, function, class, JS_NAME (vm, NAME), &place) || js_place_is_accessor (&place))
    return g_strdup ("");
  JsHandles handles = js_handles_open (vm);
  js_hold (vm, js_ref (function));
  JsValue name = js_place_value (vm, function, &place);
  char *text = js_is_string (vm, name) ? js_string_to_utf8 (vm, name.payload, NULL) : g_strdup ("");
  js_handles_close (vm, handles);
  return text;
}

/* ---- what constructors make -------------------------------------------------------------------------------------- */

static JsConstructor *
find_constructor (JsVm *vm, HpRef function)
{
  return g_hash_table_lookup (vm->functions->constructors, GUINT_TO_POINTER (function));
}

/* Slots that a class with all its ancestors gives to this: V8 adds them up along the prototype chain of constructors
 * (JSFunction::CalculateExpectedNofProperties). */
static guint
count_expected (JsVm *vm, HpRef function)
{
  guint n = 0;
  JsValue at = js_ref (function);

  for (guint depth = 0; js_is_ref (at) && depth < 100; depth++)
    {
      JsCode *code = js_function_code (vm, at.payload);

      if (code == NULL)
        break;
      n += code->n_expected;
      at = js_class_prototype (vm, js_class_of (vm, at.payload));
    }
  return n;
}

static JsConstructor *
new_constructor (JsVm *vm, HpRef function, JsKind kind, JsValue prototype)
{
  JsConstructor *self = g_new0 (JsConstructor, 1);
  const JsClass *root = vm->kinds[kind];
  g_autofree char *name = js_function_name (vm, function);
  JsClassTemplate template = { .kind = kind,
                               .name = *name != '\0' ? name : NULL,
                               .n_own = root->n_own,
                               .own_names = root->own_names,
                               .n_in_object = root->n_in_object,
                               .elements = (JsElementsKind) root->elements,
                               .prototype = prototype };

  if (kind == JS_KIND_OBJECT)
    {
      self->n_expected = MIN (count_expected (vm, function), 250);
      /* V8: 8 spare slots while it learns how many are used (JSFunction::CalculateInstanceSizeHelper). */
      template.n_in_object = MIN (self->n_expected + 8, 252);
      self->tracked = g_array_new (FALSE, FALSE, sizeof (HpRef));
    }
  self->initial = js_class_new (vm, &template);
  for (guint i = 0; i < root->n_properties; i++)
    self->initial = js_class_add (vm, self->initial, &root->properties[i]);
  g_hash_table_insert (vm->functions->constructors, GUINT_TO_POINTER (function), self);
  return self;
}

static JsConstructor *
constructor_of (JsVm *vm, HpRef function, JsKind kind)
{
  JsConstructor *self = find_constructor (vm, function);
  JsHandles handles = js_handles_open (vm);
  JsValue prototype;

  if (self != NULL && self->initial->kind == kind)
    return self;
  prototype = js_hold (vm, js_get_named (vm, js_hold (vm, js_ref (function)), JS_NAME (vm, PROTOTYPE)));
  if (!js_is_hole (prototype) && !js_is_object (vm, prototype))
    prototype = js_intrinsic (vm, JS_INTRINSIC_OBJECT_PROTOTYPE);
  self = js_is_hole (prototype) ? NULL : new_constructor (vm, function, kind, prototype);
  js_handles_close (vm, handles);
  return self;
}

JsClass *
js_instance_class (JsVm *vm, HpRef new_target, JsKind kind)
{
  JsConstructor *self = constructor_of (vm, new_target, kind);

  return self != NULL ? self->initial : NULL;
}

/* What the instances made so far have come to use. */
static void
look_at_tracked (JsVm *vm, JsConstructor *self)
{
  for (guint i = 0; i < self->tracked->len; i++)
    {
      guint32 shape = hp_machine_shape_of (vm->machine, g_array_index (self->tracked, HpRef, i));

      if (shape != 0)
        self->n_used = MAX (self->n_used, ((JsClass *) g_ptr_array_index (vm->classes, shape))->n_slots);
    }
}

/* Slack tracking (V8: MapUpdater::CompleteInobjectSlackTracking): after seven instances the slots that none of them
 * used go. Those seven keep their size. */
static void
track (JsVm *vm, JsConstructor *self)
{
  look_at_tracked (vm, self);
  if (self->tracked->len < N_TRACKED)
    return;
  g_clear_pointer (&self->tracked, g_array_unref);
  self->initial = js_class_with_slack (vm, self->initial, MIN (self->n_used, self->initial->n_in_object));
}

JsValue
js_new_instance (JsVm *vm, HpRef new_target)
{
  JsConstructor *self = constructor_of (vm, new_target, JS_KIND_OBJECT);
  HpRef instance;

  if (self == NULL)
    return JS_THROWN;
  if (self->tracked != NULL)
    track (vm, self);
  instance = hp_machine_allocate (vm->machine, self->initial->shape, 0);
  if (self->tracked != NULL)
    g_array_append_val (self->tracked, instance);
  return js_ref (instance);
}

/* An object as a constructor of the library makes it. */
HpRef
js_new_object_for (JsVm *vm, JsKind kind, JsValue new_target)
{
  JsValue prototype;
  JsClass *class;

  if (!js_is_ref (new_target))
    return js_new_object_of_kind (vm, kind);
  if (js_function_native (vm, new_target.payload) != NULL)
    {
      /* The usual constructor, whose prototype never changes. */
      prototype = js_get_named (vm, new_target, JS_NAME (vm, PROTOTYPE));
      if (js_is_identical (prototype, js_class_prototype (vm, vm->kinds[kind])))
        return js_new_object_of_kind (vm, kind);
    }
  class = js_instance_class (vm, new_target.payload, kind);
  return class != NULL ? hp_machine_allocate (vm->machine, class->shape, 0) : HP_REF_NONE;
}
