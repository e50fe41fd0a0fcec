/* library.c - the objects of the library, made from the tables when first used
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/function.h"
#include "runtime/keep.h"

static const JsLibrary *const LIBRARIES[] = {
#define LIBRARY(name) &js_library_##name,
  JS_LIBRARIES (LIBRARY)
#undef LIBRARY
};

/* The constructor of a class, as a row that its function object is made of. */
typedef struct
{
  const JsLibraryClass *class;
  JsNativeRow row;
  HpRef constructor;
} Constructor;

typedef struct
{
  GArray *constructors; /* of Constructor; does not grow after the start */
  GArray *globals;      /* of JsNativeRow: properties of the global object */
} Library;

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static void
add_class (Library *self, const JsLibraryClass *class)
{
  Constructor constructor = { .class = class };
  JsNativeRow global = { .name = class->name, .kind = JS_NATIVE_CLASS, .text = class->name };

  constructor.row = (JsNativeRow){
    .name = class->name, .function = class->construct, .length = (guint8) class->length, .kind = JS_NATIVE_METHOD
  };
  g_array_append_val (self->constructors, constructor);
  if (class->name != NULL && !class->is_hidden)
    g_array_append_val (self->globals, global);
}

void
js_library_init (JsVm *vm)
{
  Library *self = g_new0 (Library, 1);

  self->constructors = g_array_new (FALSE, FALSE, sizeof (Constructor));
  self->globals = g_array_new (FALSE, FALSE, sizeof (JsNativeRow));
  vm->library = self;
  for (guint i = 0; i < G_N_ELEMENTS (LIBRARIES); i++)
    {
      const JsLibrary *library = LIBRARIES[i];

      if (library->init != NULL)
        library->init (vm);
      for (gsize n = 0; n < library->n_classes; n++)
        add_class (self, &library->classes[n]);
      if (library->n_globals > 0)
        g_array_append_vals (self->globals, library->globals, (guint) library->n_globals);
    }
}

void
js_library_clear (JsVm *vm)
{
  Library *self = vm->library;

  for (guint i = 0; i < G_N_ELEMENTS (LIBRARIES); i++)
    if (LIBRARIES[i]->clear != NULL)
      LIBRARIES[i]->clear (vm);
  g_array_unref (self->constructors);
  g_array_unref (self->globals);
  g_clear_pointer (&vm->library, g_free);
}

static Constructor *
find_by_prototype (JsVm *vm, JsIntrinsic prototype)
{
  Library *self = vm->library;

  for (guint i = 0; i < self->constructors->len; i++)
    if (g_array_index (self->constructors, Constructor, i).class->prototype == prototype)
      return &g_array_index (self->constructors, Constructor, i);
  return NULL;
}

static Constructor *
find_by_name (JsVm *vm, const char *name)
{
  Library *self = vm->library;

  for (guint i = 0; i < self->constructors->len; i++)
    {
      Constructor *constructor = &g_array_index (self->constructors, Constructor, i);
      if (g_strcmp0 (constructor->class->name, name) == 0)
        return constructor;
    }
  return NULL;
}

/* ---- making ------------------------------------------------------------------------------------------------------ */

/* An object in old space whose class is its own. */
static HpRef
new_old_object (JsVm *vm, JsKind kind, const char *name, guint prototype)
{
  const JsClass *root = vm->kinds[kind];
  JsClassTemplate template = { .kind = kind,
                               .name = name,
                               .n_own = root->n_own,
                               .own_names = root->own_names,
                               .prototype = JS_NULL,
                               .intrinsic_prototype = prototype };
  JsClass *class = js_class_new (vm, &template);

  class->is_library = TRUE;
  for (guint i = 0; i < root->n_properties; i++)
    if (root->properties[i].atom != JS_NAME (vm, PROTOTYPE))
      class = js_class_add (vm, class, &root->properties[i]);
  if (kind == JS_KIND_FUNCTION)
    class->is_callable = TRUE;
  return hp_machine_allocate_old (vm->machine, class->shape, 0);
}

static HpRef
make_global (JsVm *vm)
{
  static const JsNativeRow THIS[] = { { .name = "globalThis", .kind = JS_NATIVE_GLOBAL },
                                      JS_STRING ("@@toStringTag", "global"),
                                      { .name = "global", .kind = JS_NATIVE_GLOBAL } };
  Library *self = vm->library;
  HpRef global = new_old_object (vm, JS_KIND_GLOBAL, "global", JS_INTRINSIC_OBJECT_PROTOTYPE + 1);

  if (global == HP_REF_NONE)
    return global;
  js_set_intrinsic (vm, JS_INTRINSIC_GLOBAL, global);
  js_define_natives (vm, global, THIS, G_N_ELEMENTS (THIS));
  js_define_natives (vm, global, (const JsNativeRow *) self->globals->data, self->globals->len);
  return global;
}

/* The rows of a prototype, its constructor among them. */
static void
define_members (JsVm *vm, HpRef prototype, const JsLibraryClass *class)
{
  static const JsNativeRow CONSTRUCTOR = { .name = "constructor", .kind = JS_NATIVE_CLASS };

  if (class->name != NULL)
    {
      JsNativeRow *row = g_memdup2 (&CONSTRUCTOR, sizeof CONSTRUCTOR);
      row->text = class->name;
      js_keep_row (vm, row);
      js_define_natives (vm, prototype, row, 1);
    }
  if (class->n_members > 0)
    js_define_natives (vm, prototype, class->members, class->n_members);
}

/* What Function.prototype () does. */
static JsValue
do_nothing (JsVm *vm, const JsCall *call)
{
  (void) vm;
  (void) call;
  return JS_UNDEFINED;
}

HpRef
js_library_make (JsVm *vm, JsIntrinsic intrinsic)
{
  static const JsNativeRow NOTHING = JS_METHOD ("", do_nothing, 0);
  Constructor *constructor;
  const JsLibraryClass *class;
  HpRef object;

  if (intrinsic == JS_INTRINSIC_GLOBAL)
    return make_global (vm);
  constructor = find_by_prototype (vm, intrinsic);
  if (constructor == NULL)
    return new_old_object (vm, JS_KIND_OBJECT, js_intrinsic_name (intrinsic), JS_INTRINSIC_OBJECT_PROTOTYPE + 1);
  class = constructor->class;
  object = new_old_object (
      vm, class->kind, js_intrinsic_name (intrinsic), class->parent == intrinsic ? 0 : class->parent + 1);
  if (object == HP_REF_NONE)
    return object;
  js_set_intrinsic (vm, intrinsic, object);
  if (class->kind == JS_KIND_FUNCTION)
    js_become_native (vm, object, &NOTHING);
  if (class->kind == JS_KIND_ARRAY)
    js_set_own_slot (vm, object, JS_ARRAY_SLOT_LENGTH, js_smi (0));
  define_members (vm, object, class);
  return object;
}

static HpRef
make_constructor (JsVm *vm, Constructor *self)
{
  const JsLibraryClass *class = self->class;
  JsValue prototype = js_intrinsic (vm, class->prototype), parent;
  JsValue constructor = js_new_native_constructor (vm, &self->row, prototype);
  gboolean set;

  if (js_is_hole (prototype) || js_is_hole (constructor) || !js_keep (vm, constructor.payload))
    return HP_REF_NONE;
  self->constructor = constructor.payload;
  if (class->parent_class != NULL)
    {
      parent = js_library_constructor (vm, class->parent_class);
      if (js_is_hole (parent) || !js_set_prototype (vm, constructor.payload, parent, &set))
        return HP_REF_NONE;
    }
  if (class->n_statics > 0)
    js_define_natives (vm, constructor.payload, class->statics, class->n_statics);
  return constructor.payload;
}

JsValue
js_library_constructor (JsVm *vm, const char *name)
{
  Constructor *self = find_by_name (vm, name);

  if (self == NULL)
    return JS_UNDEFINED;
  return js_ref (self->constructor != HP_REF_NONE ? self->constructor : make_constructor (vm, self));
}

JsValue
js_library_namespace (JsVm *vm, const JsNativeRow *rows, gsize n)
{
  HpRef object = new_old_object (vm, JS_KIND_OBJECT, NULL, JS_INTRINSIC_OBJECT_PROTOTYPE + 1);

  if (object == HP_REF_NONE || !js_keep (vm, object))
    return JS_THROWN;
  js_define_natives (vm, object, rows, n);
  return js_ref (object);
}
