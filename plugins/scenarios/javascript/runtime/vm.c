/* vm.c - the virtual machine: what it is made of, handles, intrinsic objects
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/vm.h"
#include "library/library.h"
#include "runtime/function.h"
#include "runtime/generator.h"
#include "runtime/interpreter.h"
#include "runtime/jobs.h"
#include "runtime/keep.h"
#include "runtime/promise_reaction.h"

/* Of the thread's stack; a thread has 8 MiB, the rest is for whoever called and for the deepest leaf. */
#define C_STACK_BYTES (3 * 1024 * 1024)

/* Functions of C that are not on the simulated stack are on C's. */
#define MOST_NATIVE_FRAMES 16384

/* ---- kinds ------------------------------------------------------------------------------------------------------- */

void
js_define_kind (JsVm *vm, const JsClassTemplate *template)
{
  vm->kinds[template->kind] = js_class_new (vm, template);
}

void
js_define_internal_kind (
    JsVm *vm, JsKind kind, guint header_words, const char *const *slot_names, HpShapeTail tail, HpReferences references)
{
  vm->kinds[kind] = js_class_new_internal (vm, kind, NULL, header_words, slot_names, tail, references);
}

static void
define_kinds (JsVm *vm)
{
  static const char *const PAIR[] = { "getter", "setter", NULL };
  static const char *const CELL[] = { "value", "budget", NULL };
  static const char *const SHARED[] = { "data", "name", "scope", "script", "numbers", "more numbers", NULL };
  static const char *const LENGTH[] = { "length" };
  static const char *const STACK[] = { "stack", "frames" };
  static const char *const VALUE[] = { "value" };
  const struct
  {
    JsKind kind;
    const char *const *slots;
    HpShapeTail tail;
  } internal[] = {
    { JS_KIND_FIXED_ARRAY, NULL, HP_TAIL_SLOTS },       { JS_KIND_FIXED_DOUBLE_ARRAY, NULL, HP_TAIL_BYTES },
    { JS_KIND_PROPERTY_ARRAY, NULL, HP_TAIL_SLOTS },    { JS_KIND_NAME_DICTIONARY, NULL, HP_TAIL_SLOTS },
    { JS_KIND_NUMBER_DICTIONARY, NULL, HP_TAIL_SLOTS }, { JS_KIND_SHARED_FUNCTION, SHARED, HP_TAIL_NONE },
    { JS_KIND_FEEDBACK_CELL, CELL, HP_TAIL_NONE },      { JS_KIND_ACCESSOR_PAIR, PAIR, HP_TAIL_NONE },
    { JS_KIND_INTERNAL, NULL, HP_TAIL_SLOTS },
  };
  const JsClassTemplate objects[] = {
    { .kind = JS_KIND_OBJECT, .n_in_object = 4, .intrinsic_prototype = JS_INTRINSIC_OBJECT_PROTOTYPE + 1 },
    { .kind = JS_KIND_GLOBAL, .intrinsic_prototype = JS_INTRINSIC_OBJECT_PROTOTYPE + 1 },
    { .kind = JS_KIND_ARRAY, .n_own = 1, .own_names = LENGTH, .intrinsic_prototype = JS_INTRINSIC_ARRAY_PROTOTYPE + 1 },
    { .kind = JS_KIND_ARGUMENTS,
      .n_in_object = 2,
      .elements = JS_ELEMENTS_OBJECT,
      .intrinsic_prototype = JS_INTRINSIC_OBJECT_PROTOTYPE + 1 },
    { .kind = JS_KIND_ERROR,
      .n_own = 2,
      .own_names = STACK,
      .n_in_object = 1,
      .intrinsic_prototype = JS_INTRINSIC_ERROR_PROTOTYPE + 1 },
    { .kind = JS_KIND_WRAPPER,
      .n_own = 1,
      .own_names = VALUE,
      .intrinsic_prototype = JS_INTRINSIC_OBJECT_PROTOTYPE + 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (internal); i++)
    js_define_internal_kind (vm, internal[i].kind, 0, internal[i].slots, internal[i].tail, HP_REFERENCES_STRONG);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    js_define_kind (vm, &objects[i]);
}

HpRef
js_new_internal (JsVm *vm, JsKind kind, guint32 length)
{
  return hp_machine_allocate (vm->machine, vm->kinds[kind]->shape, length);
}

HpRef
js_new_object_of_kind (JsVm *vm, JsKind kind)
{
  return hp_machine_allocate (vm->machine, vm->kinds[kind]->shape, 0);
}

/* ---- the machine's size ------------------------------------------------------------------------------------------ */

static guint32
count_stack_words (HpMachine *machine)
{
  return (guint32) (hp_settings_get_integer (hp_machine_settings (machine), "stack-size") / HP_WORD_BYTES);
}

/* The class of reference 0, as of objects that the run ended before they were made. */
static JsClass *
new_nothing (void)
{
  JsClass *class = g_new0 (JsClass, 1);

  class->kind = JS_KIND_INTERNAL;
  class->prototype = JS_NULL;
  return class;
}

JsVm *
js_vm_new (HpMachine *machine, const JsVmOptions *options)
{
  JsVm *vm = g_new0 (JsVm, 1);
  guint32 words = count_stack_words (machine);

  vm->machine = machine;
  vm->options = *options;
  vm->options.file = g_strdup (options->file);
  vm->classes = g_ptr_array_new_with_free_func ((GDestroyNotify) js_class_free);
  g_ptr_array_add (vm->classes, new_nothing ());
  vm->prototypes = g_hash_table_new (NULL, NULL);
  vm->most_registers = words + 64;
  vm->registers = g_new (JsValue, vm->most_registers);
  vm->frames = g_array_sized_new (FALSE, FALSE, sizeof (JsFrame), words / 5 + MOST_NATIVE_FRAMES);
  vm->handles = g_array_new (FALSE, FALSE, sizeof (guint32));
  vm->random_state[0] = options->seed * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + 1;
  vm->random_state[1] = ~vm->random_state[0] * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9) + 2;
  vm->exception_root = hp_machine_define_root (machine, "exception");
  vm->kept_root = hp_machine_define_root (machine, "constants");
  vm->microtasks_root = hp_machine_define_root (machine, "microtasks");
  vm->timers_root = hp_machine_define_root (machine, "timers");
  define_kinds (vm);
  js_numbers_init (vm);
  js_wrappers_init (vm);
  js_strings_init (vm);
  js_bigints_init (vm);
  js_atoms_init (vm);
  js_arrays_init (vm);
  js_errors_init (vm);
  js_functions_init (vm);
  js_generators_init (vm);
  js_interpreter_init (vm);
  js_promises_init (vm);
  js_jobs_init (vm);
  js_library_init (vm);
  return vm;
}

void
js_vm_free (JsVm *vm)
{
  js_library_clear (vm);
  js_jobs_clear (vm);
  js_functions_clear (vm);
  js_atoms_clear (vm);
  g_clear_pointer (&vm->compiled, js_compiled_free);
  g_clear_pointer (&vm->program, js_program_free);
  g_ptr_array_unref (vm->classes);
  g_hash_table_unref (vm->prototypes);
  g_array_unref (vm->frames);
  g_array_unref (vm->handles);
  g_free (vm->registers);
  for (guint i = 0; i < JS_N_LABELS; i++)
    g_free (vm->long_labels[i].text);
  g_free (vm->options.file);
  g_free (vm);
}

/* ---- limits ------------------------------------------------------------------------------------------------------ */

gboolean
js_vm_tick (JsVm *vm)
{
  if (!hp_machine_is_running (vm->machine))
    vm->is_over = TRUE;
  return !vm->is_over;
}

gboolean
js_vm_enter (JsVm *vm)
{
  gsize here = (gsize) __builtin_frame_address (0);

  if (vm->c_stack_base == 0)
    vm->c_stack_base = here;
  if (vm->c_stack_base - here < C_STACK_BYTES)
    return TRUE;
  js_throw_range (vm, "Maximum call stack size exceeded");
  return FALSE;
}

void
js_vm_leave (JsVm *vm)
{
  (void) vm;
}

/* ---- handles ----------------------------------------------------------------------------------------------------- */

JsHandles
js_handles_open (JsVm *vm)
{
  return (JsHandles){ vm->n_handles };
}

void
js_handles_close (JsVm *vm, JsHandles handles)
{
  while (vm->n_handles > handles.n)
    hp_direct_set_root (vm->machine, g_array_index (vm->handles, guint32, --vm->n_handles), JS_HOLE);
}

guint
js_handle_new (JsVm *vm, JsValue value)
{
  if (vm->n_handles == vm->handles->len)
    {
      g_autofree char *name = g_strdup_printf ("handle %u", vm->n_handles + 1);
      guint32 root = hp_machine_define_root (vm->machine, name);
      g_array_append_val (vm->handles, root);
    }
  js_handle_set (vm, vm->n_handles, value);
  return vm->n_handles++;
}

void
js_handle_set (JsVm *vm, guint handle, JsValue value)
{
  hp_direct_set_root (vm->machine, g_array_index (vm->handles, guint32, handle), value);
}

JsValue
js_hold (JsVm *vm, JsValue value)
{
  if (js_is_ref (value))
    js_handle_new (vm, value);
  return value;
}

/* ---- intrinsic objects ------------------------------------------------------------------------------------------- */

const char *
js_intrinsic_name (JsIntrinsic intrinsic)
{
  static const char *const NAMES[] = {
#define INTRINSIC_NAME(name, text) text,
    JS_INTRINSICS (INTRINSIC_NAME)
#undef INTRINSIC_NAME
  };

  return NAMES[intrinsic];
}

void
js_set_intrinsic (JsVm *vm, JsIntrinsic intrinsic, HpRef object)
{
  if (object != HP_REF_NONE && object != vm->intrinsics[intrinsic] && js_keep (vm, object))
    vm->intrinsics[intrinsic] = object;
}

JsValue
js_intrinsic (JsVm *vm, JsIntrinsic intrinsic)
{
  if (vm->intrinsics[intrinsic] == HP_REF_NONE)
    js_set_intrinsic (vm, intrinsic, js_library_make (vm, intrinsic));
  return js_ref (vm->intrinsics[intrinsic]);
}
