/* class.c - hidden classes and the transitions between them (V8: src/objects/map.cc, transitions.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/class.h"
#include "runtime/keep.h"
#include "runtime/vm.h"

/* With more properties than this a class has a hash table of them. */
#define FEW_PROPERTIES 8
/* V8's limits of properties outside the object (kMaxFastProperties). */
#define MOST_OUT_OF_OBJECT 128
/* So many properties are in the name of a hidden class. */
#define MOST_NAMED 5
/* Where hidden classes end; programs that go there use objects as dictionaries. */
#define MOST_CLASSES 200000

static const char *const KIND_NAMES[] = {
#define KIND_NAME(name, text) text,
  JS_KINDS (KIND_NAME)
#undef KIND_NAME
};

typedef enum
{
  TRANSITION_ADD,
  TRANSITION_REDEFINE,
  TRANSITION_PROTOTYPE,
  TRANSITION_ELEMENTS,
  TRANSITION_INTEGRITY,
  TRANSITION_DICTIONARY,
  TRANSITION_SLACK,
} TransitionKind;

typedef struct
{
  guint32 kind;   /* TransitionKind */
  guint32 detail; /* a prototype's ref, an elements kind, a property's kind and attributes … */
  gconstpointer atom;
  gconstpointer native;
  JsClass *to;
} Transition;

static guint
hash_transition (gconstpointer data)
{
  const Transition *self = data;

  return g_direct_hash (self->atom) * 31 + self->kind * 7 + self->detail * 2654435761u;
}

static gboolean
equal_transitions (gconstpointer a, gconstpointer b)
{
  const Transition *first = a, *second = b;

  return first->kind == second->kind && first->detail == second->detail && first->atom == second->atom
         && first->native == second->native;
}

static JsClass *
find_transition (const JsClass *self, const Transition *sought)
{
  const Transition *found = self->transitions != NULL ? g_hash_table_lookup (self->transitions, sought) : NULL;

  return found != NULL ? found->to : NULL;
}

static gboolean
has_slot (const JsProperty *property)
{
  return property->kind == JS_PROPERTY_DATA || property->kind == JS_PROPERTY_ACCESSOR;
}

/* ---- what a class looks like ------------------------------------------------------------------------------------- */

static HpShapeKind
shape_kind (JsKind kind)
{
  if (js_kind_is_string (kind))
    return HP_SHAPE_STRING;
  switch (kind)
    {
    case JS_KIND_HEAP_NUMBER:
    case JS_KIND_BIGINT:
      return HP_SHAPE_NUMBER;
    case JS_KIND_FIXED_ARRAY:
    case JS_KIND_FIXED_DOUBLE_ARRAY:
    case JS_KIND_PROPERTY_ARRAY:
    case JS_KIND_NAME_DICTIONARY:
    case JS_KIND_NUMBER_DICTIONARY:
    case JS_KIND_ORDERED_MAP:
    case JS_KIND_ORDERED_SET:
    case JS_KIND_EPHEMERON_TABLE:
      return HP_SHAPE_ELEMENTS;
    case JS_KIND_CONTEXT:
      return HP_SHAPE_CONTEXT;
    case JS_KIND_ARRAY:
    case JS_KIND_TYPED_ARRAY:
      return HP_SHAPE_ARRAY;
    case JS_KIND_FUNCTION:
    case JS_KIND_BOUND_FUNCTION:
      return HP_SHAPE_FUNCTION;
    case JS_KIND_MAP:
    case JS_KIND_SET:
    case JS_KIND_WEAK_MAP:
    case JS_KIND_WEAK_SET:
      return HP_SHAPE_COLLECTION;
    default:
      return js_kind_is_object (kind) ? HP_SHAPE_OBJECT : HP_SHAPE_OTHER;
    }
}

/* The hidden class of an object without a constructor of its own: “{name, age}”. (transfer full) */
static char *
list_properties (const JsClass *self)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < MIN (self->n_properties, MOST_NAMED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", self->properties[i].atom->text);
  g_string_append (text, self->n_properties > MOST_NAMED || self->is_dictionary ? ", …}" : "}");
  return g_string_free (text, FALSE);
}

static guint32
add_class (JsVm *vm, JsClass *self, HpShape *shape)
{
  g_autofree char *listed = self->name == NULL && self->kind == JS_KIND_OBJECT ? list_properties (self) : NULL;

  shape->name = self->name != NULL ? self->name : listed != NULL ? listed : KIND_NAMES[self->kind];
  shape->kind = shape_kind (self->kind);
  self->shape = hp_machine_define_shape (vm->machine, shape);
  if (self->shape == 0) /* the run is over: nothing is of this class, but it is freed */
    g_ptr_array_add (vm->classes, self);
  if (self->shape >= vm->classes->len)
    g_ptr_array_set_size (vm->classes, (gint) self->shape + 1);
  if (self->shape > 0)
    g_ptr_array_index (vm->classes, self->shape) = self;
  return self->shape;
}

/* The names of an object's slots. */
static void
name_slots (const JsClass *self, const char *const *own_names, const char **names)
{
  guint first = JS_N_OBJECT_SLOTS + self->n_own;

  names[JS_SLOT_PROPERTIES] = "properties";
  names[JS_SLOT_ELEMENTS] = "elements";
  for (guint i = 0; i < self->n_own; i++)
    names[JS_N_OBJECT_SLOTS + i] = own_names[i];
  for (guint i = 0; i < self->n_in_object; i++)
    names[first + i] = "(spare)";
  for (guint i = 0; i < self->n_properties && !self->is_dictionary; i++)
    if (has_slot (&self->properties[i]) && self->properties[i].index < self->n_in_object)
      names[first + self->properties[i].index] = self->properties[i].atom->text;
}

static void
define_object_shape (JsVm *vm, JsClass *self)
{
  guint n = JS_N_OBJECT_SLOTS + self->n_own + self->n_in_object;
  g_autofree const char **names = g_new (const char *, n);
  HpShape shape = { .header_words = 1, .n_slots = n, .slot_names = names };

  name_slots (self, self->own_names, names);
  add_class (vm, self, &shape);
}

/* ---- making classes ---------------------------------------------------------------------------------------------- */

/* A class must not outlive the prototype it names. */
static JsValue
use_as_prototype (JsVm *vm, JsValue prototype)
{
  if (js_is_ref (prototype) && g_hash_table_add (vm->prototypes, GUINT_TO_POINTER (prototype.payload))
      && js_keep (vm, prototype.payload))
    hp_machine_reshape (
        vm->machine, prototype.payload, js_class_as_prototype (vm, js_class_of (vm, prototype.payload))->shape);
  return prototype;
}

JsClass *
js_class_new (JsVm *vm, const JsClassTemplate *template)
{
  JsClass *self = g_new0 (JsClass, 1);

  self->kind = template->kind;
  self->elements = template->elements;
  self->n_own = (guint16) template->n_own;
  self->own_names = template->own_names;
  self->n_in_object = (guint16) template->n_in_object;
  self->intrinsic_prototype = template->intrinsic_prototype;
  self->prototype = use_as_prototype (vm, template->prototype);
  self->is_callable = template->is_callable;
  self->is_constructor = template->is_constructor;
  self->name = template->name != NULL ? g_intern_string (template->name) : NULL;
  define_object_shape (vm, self);
  return self;
}

JsClass *
js_class_new_internal (JsVm *vm,
                       JsKind kind,
                       const char *name,
                       guint header_words,
                       const char *const *slot_names,
                       HpShapeTail tail,
                       HpReferences references)
{
  JsClass *self = g_new0 (JsClass, 1);
  HpShape shape = { .header_words = 1 + header_words + (tail != HP_TAIL_NONE),
                    .n_slots = slot_names != NULL ? g_strv_length ((char **) slot_names) : 0,
                    .slot_names = slot_names,
                    .tail = tail,
                    .references = references };

  self->kind = kind;
  self->n_own = (guint16) shape.n_slots;
  self->name = name != NULL ? g_intern_string (name) : NULL;
  add_class (vm, self, &shape);
  return self;
}

void
js_class_free (JsClass *self)
{
  if (self == NULL)
    return;
  g_free (self->properties);
  g_clear_pointer (&self->by_atom, g_hash_table_unref);
  g_clear_pointer (&self->transitions, g_hash_table_unref);
  g_free (self);
}

/* A class like @self that can be changed before its shape is defined. */
static JsClass *
copy_class (const JsClass *self, guint n_more)
{
  JsClass *copy = g_memdup2 (self, sizeof *self);

  copy->by_atom = NULL;
  copy->transitions = NULL;
  copy->properties = g_new (JsProperty, self->n_properties + n_more);
  if (self->n_properties > 0)
    memcpy (copy->properties, self->properties, self->n_properties * sizeof *self->properties);
  return copy;
}

/* @to comes from @self by what @transition says. Prototypes have their classes for themselves. */
static JsClass *
finish_transition (JsVm *vm, JsClass *self, const Transition *transition, JsClass *to)
{
  Transition *kept;

  define_object_shape (vm, to);
  if (self->is_prototype)
    {
      vm->prototype_epoch++;
      return to;
    }
  if (self->transitions == NULL)
    self->transitions = g_hash_table_new_full (hash_transition, equal_transitions, NULL, g_free);
  kept = g_memdup2 (transition, sizeof *transition);
  kept->to = to;
  g_hash_table_replace (self->transitions, kept, kept);
  return to;
}

/* ---- properties -------------------------------------------------------------------------------------------------- */

static void
index_properties (JsClass *self)
{
  self->by_atom = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < self->n_properties; i++)
    g_hash_table_insert (self->by_atom, self->properties[i].atom, GUINT_TO_POINTER (i + 1));
}

const JsProperty *
js_class_find (const JsClass *self, const JsAtom *atom)
{
  guint i;

  if (self->n_properties <= FEW_PROPERTIES)
    {
      for (i = 0; i < self->n_properties; i++)
        if (self->properties[i].atom == atom)
          return &self->properties[i];
      return NULL;
    }
  if (self->by_atom == NULL)
    index_properties ((JsClass *) self);
  i = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_atom, atom));
  return i != 0 ? &self->properties[i - 1] : NULL;
}

static Transition
property_transition (TransitionKind kind, const JsProperty *property)
{
  return (Transition){ .kind = kind,
                       .detail = property->kind | (guint32) property->attributes << 8,
                       .atom = property->atom,
                       .native = property->native };
}

static void
append_property (JsClass *self, const JsProperty *property)
{
  JsProperty *added = &self->properties[self->n_properties++];

  *added = *property;
  if (has_slot (property))
    added->index = self->n_slots++;
}

JsClass *
js_class_add (JsVm *vm, JsClass *self, const JsProperty *property)
{
  Transition transition = property_transition (TRANSITION_ADD, property);
  JsClass *to = find_transition (self, &transition);

  if (to != NULL)
    return to;
  if (self->is_dictionary || self->n_slots >= self->n_in_object + MOST_OUT_OF_OBJECT || vm->classes->len > MOST_CLASSES)
    return NULL;
  to = copy_class (self, 1);
  to->parent = self;
  append_property (to, property);
  return finish_transition (vm, self, &transition, to);
}

JsClass *
js_class_add_all (JsVm *vm, JsClass *self, const JsProperty *properties, guint n)
{
  JsClass *to = copy_class (self, n);

  to->parent = NULL;
  for (guint i = 0; i < n; i++)
    append_property (to, &properties[i]);
  define_object_shape (vm, to);
  if (self->is_prototype)
    vm->prototype_epoch++;
  return to;
}

JsClass *
js_class_redefine (JsVm *vm, JsClass *self, const JsProperty *property)
{
  Transition transition = property_transition (TRANSITION_REDEFINE, property);
  JsClass *to = find_transition (self, &transition);
  const JsProperty *old = js_class_find (self, property->atom);
  JsProperty *changed;

  if (to != NULL)
    return to;
  to = copy_class (self, 0);
  to->parent = NULL;
  changed = &to->properties[old - self->properties];
  *changed = *property;
  changed->index = has_slot (old) ? old->index : to->n_slots++;
  return finish_transition (vm, self, &transition, to);
}

JsClass *
js_class_without_virtual (JsVm *vm, JsClass *self, const JsProperty *property)
{
  guint i = (guint) (property - self->properties);
  JsClass *to = copy_class (self, 0);

  to->parent = NULL;
  to->n_properties--;
  memmove (&to->properties[i], &to->properties[i + 1], (to->n_properties - i) * sizeof *to->properties);
  define_object_shape (vm, to);
  return to;
}

JsClass *
js_class_without_last (JsVm *vm, JsClass *self)
{
  if (self->parent != NULL && self->is_prototype)
    vm->prototype_epoch++;
  return self->parent;
}

/* ---- other changes ----------------------------------------------------------------------------------------------- */

JsClass *
js_class_with_prototype (JsVm *vm, JsClass *self, JsValue prototype)
{
  Transition transition = { .kind = TRANSITION_PROTOTYPE, .detail = js_is_ref (prototype) ? prototype.payload : 0 };
  JsClass *to = find_transition (self, &transition);

  if (to != NULL)
    return to;
  to = copy_class (self, 0);
  to->parent = NULL;
  to->intrinsic_prototype = 0;
  to->prototype = use_as_prototype (vm, prototype);
  return finish_transition (vm, self, &transition, to);
}

JsClass *
js_class_with_elements (JsVm *vm, JsClass *self, JsElementsKind elements)
{
  Transition transition = { .kind = TRANSITION_ELEMENTS, .detail = elements };
  JsClass *to = self->elements == elements ? self : find_transition (self, &transition);

  if (to != NULL)
    return to;
  to = copy_class (self, 0);
  to->parent = NULL;
  to->elements = elements;
  return finish_transition (vm, self, &transition, to);
}

static void
take_attributes (JsClass *self, gboolean sealed, gboolean frozen)
{
  for (guint i = 0; i < self->n_properties; i++)
    {
      JsProperty *property = &self->properties[i];

      if (sealed || frozen)
        property->attributes &= (guint8) ~JS_CONFIGURABLE;
      if (frozen && property->kind != JS_PROPERTY_ACCESSOR)
        property->attributes &= (guint8) ~JS_WRITABLE;
    }
}

JsClass *
js_class_with_integrity (JsVm *vm, JsClass *self, gboolean sealed, gboolean frozen)
{
  Transition transition = { .kind = TRANSITION_INTEGRITY, .detail = (guint32) sealed | (guint32) frozen << 1 };
  JsClass *to = find_transition (self, &transition);

  if (to != NULL)
    return to;
  to = copy_class (self, 0);
  to->parent = NULL;
  to->not_extensible = TRUE;
  to->is_sealed |= sealed || frozen;
  to->is_frozen |= frozen;
  take_attributes (to, sealed, frozen);
  return finish_transition (vm, self, &transition, to);
}

/* Only what has no slot stays with the class. */
JsClass *
js_class_as_dictionary (JsVm *vm, JsClass *self)
{
  Transition transition = { .kind = TRANSITION_DICTIONARY };
  JsClass *to = find_transition (self, &transition);
  guint n = 0;

  if (to != NULL)
    return to;
  to = copy_class (self, 0);
  to->parent = NULL;
  to->is_dictionary = TRUE;
  for (guint i = 0; i < self->n_properties; i++)
    if (self->properties[i].kind == JS_PROPERTY_VIRTUAL)
      to->properties[n++] = self->properties[i];
  to->n_properties = (guint16) n;
  to->n_slots = 0;
  return finish_transition (vm, self, &transition, to);
}

JsClass *
js_class_with_slack (JsVm *vm, JsClass *self, guint n_in_object)
{
  Transition transition = { .kind = TRANSITION_SLACK, .detail = n_in_object };
  JsClass *to = find_transition (self, &transition);

  if (to != NULL)
    return to;
  to = copy_class (self, 0);
  to->parent = NULL;
  to->n_in_object = (guint16) n_in_object;
  return finish_transition (vm, self, &transition, to);
}

JsClass *
js_class_as_prototype (JsVm *vm, JsClass *self)
{
  JsClass *to;

  if (self->is_prototype)
    return self;
  to = copy_class (self, 0);
  to->parent = NULL;
  to->is_prototype = TRUE;
  define_object_shape (vm, to);
  return to;
}

JsValue
js_class_prototype (JsVm *vm, JsClass *self)
{
  if (self->intrinsic_prototype == 0)
    return self->prototype;
  return js_intrinsic (vm, (JsIntrinsic) (self->intrinsic_prototype - 1));
}
