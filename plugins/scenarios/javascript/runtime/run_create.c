/* run_create.c - bytecodes that make objects, arrays and functions of literals
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/library.h"
#include "runtime/describe.h"
#include "runtime/function.h"
#include "runtime/interpreter.h"
#include "runtime/keep.h"
#include "runtime/object.h"
#include "runtime/quick.h"
#include "runtime/store.h"

/* Properties of a literal that are in the object (V8: JSObject::kMaxInObjectProperties). */
#define MOST_IN_OBJECT 252

/* ---- objects ----------------------------------------------------------------------------------------------------- */

/* The class of the objects of a literal: one slot for each key. */
static JsClass *
literal_class (JsVm *vm, const JsLiteral *literal)
{
  JsClass *class = js_class_with_slack (vm, vm->kinds[JS_KIND_OBJECT], literal->n);

  for (guint i = 0; i < literal->n; i++)
    {
      JsProperty property = { .atom = js_atom (vm, literal->keys[i]->bytes, (gssize) literal->keys[i]->length),
                              .attributes = JS_ALL_ATTRIBUTES };
      if (js_class_find (class, property.atom) == NULL)
        class = js_class_add (vm, class, &property);
    }
  return class;
}

static JsValue
literal_value (JsVm *vm, const JsNode *node)
{
  if (node == NULL)
    return JS_UNDEFINED;
  switch (node->kind)
    {
    case JS_NODE_NUMBER:
      return js_number (vm, node->number);
    case JS_NODE_STRING:
      return js_atom_value (vm, js_atom (vm, node->text->bytes, (gssize) node->text->length));
    case JS_NODE_BOOLEAN:
      return js_boolean (node->number != 0);
    default:
      return JS_NULL;
    }
}

/* Strings may have to be made before the object, numbers are made behind it. */
static gboolean
fill_literal (JsVm *vm, HpRef object, const JsClass *class, const JsLiteral *literal)
{
  for (guint i = 0; i < literal->n; i++)
    {
      JsAtom *atom = js_atom (vm, literal->keys[i]->bytes, (gssize) literal->keys[i]->length);
      JsValue value = literal_value (vm, literal->values[i]);

      if (js_is_hole (value))
        return FALSE;
      hp_machine_write (vm->machine, object, JS_N_OBJECT_SLOTS + js_class_find (class, atom)->index, value);
    }
  return TRUE;
}

static gboolean
define_literal (JsVm *vm, HpRef object, const JsLiteral *literal)
{
  for (guint i = 0; i < literal->n; i++)
    {
      JsAtom *atom = js_atom (vm, literal->keys[i]->bytes, (gssize) literal->keys[i]->length);
      JsValue value = literal_value (vm, literal->values[i]);

      if (js_is_hole (value) || !js_define (vm, object, js_key_atom (atom), value, JS_ALL_ATTRIBUTES))
        return FALSE;
    }
  return TRUE;
}

/* The object or array that comes now is of the literal at the operation: V8 puts a memento of the literal's
 * AllocationSite behind it. The site is in the operation's cache. */
static void
begin_literal (JsRun *run, guint32 cache)
{
  guint32 *site = &run->code->caches[cache].shape;
  guint line, column;

  js_run_tell_expression (run);
  if (*site == 0)
    {
      g_autofree char *file = g_path_get_basename (run->vm->options.file), *name = NULL;
      js_source_position (run->vm->source, js_code_position (run->code, run->frame->pc), &line, &column);
      name = g_strdup_printf ("%s:%u:%u", file, line, column);
      *site = hp_machine_define_site (run->machine, name);
    }
  hp_machine_set_site (run->machine, *site);
}

gboolean
js_run_CREATE_OBJECT (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsConstant *constant = &run->code->constants[JS_OPERAND_A (op)];
  const JsLiteral *literal = constant->literal;
  JsHandles handles = js_handles_open (vm);
  JsClass *class = vm->kinds[JS_KIND_OBJECT];
  gboolean done;

  if (literal->n <= MOST_IN_OBJECT)
    {
      if (constant->value == 0)
        constant->value = literal_class (vm, literal)->shape;
      class = g_ptr_array_index (vm->classes, constant->value);
    }
  begin_literal (run, JS_OPERAND_B (op));
  run->a = js_hold (vm, js_ref (hp_machine_allocate (run->machine, class->shape, 0)));
  done = !js_is_hole (run->a)
         && (literal->n <= MOST_IN_OBJECT ? fill_literal (vm, run->a.payload, class, literal)
                                          : define_literal (vm, run->a.payload, literal));
  js_handles_close (vm, handles);
  return done;
}

gboolean
js_run_CREATE_EMPTY_OBJECT (JsRun *run, const guint32 *op)
{
  (void) op;
  js_run_tell_expression (run);
  return js_run_result (run, js_ref (js_new_object (run->vm)));
}

gboolean
js_run_INIT_NAMED (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  JsValue object = run->registers[JS_OPERAND_A (op)], value = run->a;
  JsKey key = js_constant_key (run, JS_OPERAND_B (op));
  const JsClass *before = js_class_of (vm, object.payload);
  JsHandles handles = js_handles_open (vm);
  gboolean done;

  js_hold (vm, value);
  done = js_define (vm, object.payload, key, value, JS_ALL_ATTRIBUTES);
  if (done && key.atom != NULL)
    js_learn_set (vm, &run->code->caches[JS_OPERAND_C (op)], before, object.payload, key.atom);
  js_handles_close (vm, handles);
  return done;
}

/* ---- keys and names ---------------------------------------------------------------------------------------------- */

/* @prefix: "get ", "set " or "". */
gboolean
js_name_function (JsVm *vm, JsValue function, JsKey key, const char *prefix)
{
  g_autofree char *name = NULL, *text = NULL;
  JsDescriptor own;
  JsCode *code = js_is_callable (vm, function) ? js_function_code (vm, function.payload) : NULL;

  if (code == NULL || *code->name != '\0'
      || js_get_own (vm, function.payload, js_key_atom (JS_NAME (vm, NAME)), &own) == JS_FAILED)
    return TRUE;
  /* A class may have a static member of that name. */
  if (own.is_accessor || !js_is_string (vm, own.value) || js_string_length (vm, own.value.payload) > 0)
    return TRUE;
  if (key.atom != NULL && key.atom->kind == JS_ATOM_SYMBOL)
    name = key.atom->has_description ? g_strdup_printf ("[%s]", key.atom->text) : g_strdup ("");
  else
    name = js_key_text (vm, key);
  text = g_strconcat (prefix, name, NULL);
  return js_define (vm,
                    function.payload,
                    js_key_atom (JS_NAME (vm, NAME)),
                    js_atom_value (vm, js_atom (vm, text, -1)),
                    JS_CONFIGURABLE);
}

/* The key in register B, for a definition with A, which is held, in the object of register A. FALSE: thrown. */
static gboolean
begin_definition (JsRun *run, const guint32 *op, const char *prefix, JsKey *key)
{
  JsVm *vm = run->vm;

  js_hold (vm, run->a);
  if (!js_to_key (vm, run->registers[JS_OPERAND_B (op)], key))
    return FALSE;
  if (key->atom == JS_NAME (vm, PROTOTYPE) && js_is_callable (vm, run->registers[JS_OPERAND_A (op)]))
    {
      js_throw_type (vm, "Classes may not have a static property named 'prototype'");
      return FALSE;
    }
  return prefix == NULL || js_name_function (vm, run->a, *key, prefix);
}

gboolean
js_run_INIT_KEYED (JsRun *run, const guint32 *op)
{
  static const char *const PREFIXES[] = { NULL, "", "get ", "set " };
  JsHandles handles = js_handles_open (run->vm);
  JsValue value = run->a;
  JsKey key;
  gboolean done = begin_definition (run, op, PREFIXES[JS_OPERAND_C (op)], &key)
                  && js_define (run->vm, run->registers[JS_OPERAND_A (op)].payload, key, value, JS_ALL_ATTRIBUTES);

  js_handles_close (run->vm, handles);
  return done;
}

gboolean
js_run_DEFINE_METHOD (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  JsValue value = run->a;
  JsKey key;
  gboolean done = begin_definition (run, op, "", &key)
                  && js_define (run->vm, run->registers[JS_OPERAND_A (op)].payload, key, value, JS_HIDDEN_ATTRIBUTES);

  js_handles_close (run->vm, handles);
  return done;
}

static gboolean
define_accessor (JsRun *run, const guint32 *op, gboolean is_setter)
{
  JsVm *vm = run->vm;
  JsHandles handles = js_handles_open (vm);
  JsValue value = run->a;
  JsAttributes attributes = JS_CONFIGURABLE | (JS_OPERAND_C (op) ? JS_ENUMERABLE : 0);
  JsKey key;
  gboolean done = begin_definition (run, op, is_setter ? "set " : "get ", &key)
                  && js_define_accessor (vm,
                                         run->registers[JS_OPERAND_A (op)].payload,
                                         key,
                                         is_setter ? JS_HOLE : value,
                                         is_setter ? value : JS_HOLE,
                                         attributes);

  js_handles_close (vm, handles);
  return done;
}

gboolean
js_run_DEFINE_GETTER (JsRun *run, const guint32 *op)
{
  return define_accessor (run, op, FALSE);
}

gboolean
js_run_DEFINE_SETTER (JsRun *run, const guint32 *op)
{
  return define_accessor (run, op, TRUE);
}

gboolean
js_run_INIT_PROTO (JsRun *run, const guint32 *op)
{
  gboolean set;

  if (!js_is_null (run->a) && !js_is_object (run->vm, run->a))
    return TRUE;
  return js_set_prototype (run->vm, run->registers[JS_OPERAND_A (op)].payload, run->a, &set);
}

/* ---- spread and rest --------------------------------------------------------------------------------------------- */

static gboolean
is_excluded (const JsKey *excluded, guint n, JsKey key)
{
  for (guint i = 0; i < n; i++)
    if (excluded[i].atom == key.atom && excluded[i].index == key.index)
      return TRUE;
  return FALSE;
}

/* CopyDataProperties. @source and @target are held. */
static gboolean
copy_properties (JsVm *vm, JsValue target, JsValue source, const JsKey *excluded, guint n)
{
  g_autoptr (GArray) keys = NULL;

  if (js_is_nullish (source))
    return TRUE;
  source = js_hold (vm, js_to_object (vm, source));
  if (js_is_hole (source))
    return FALSE;
  keys = js_own_keys (vm, source.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS | JS_KEYS_ENUMERABLE);
  for (guint i = 0; i < keys->len; i++)
    {
      JsKey key = g_array_index (keys, JsKey, i);
      JsValue value;

      if (is_excluded (excluded, n, key) || js_has_own (vm, source.payload, key) != JS_PRESENT)
        continue;
      value = js_get (vm, source, key);
      if (js_is_hole (value) || !js_define (vm, target.payload, key, value, JS_ALL_ATTRIBUTES))
        return FALSE;
    }
  return TRUE;
}

gboolean
js_run_COPY_PROPERTIES (JsRun *run, const guint32 *op)
{
  JsHandles handles = js_handles_open (run->vm);
  gboolean done = copy_properties (run->vm, run->registers[JS_OPERAND_A (op)], js_hold (run->vm, run->a), NULL, 0);

  js_handles_close (run->vm, handles);
  return done;
}

gboolean
js_run_COPY_REST (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  guint n = JS_OPERAND_C (op);
  g_autofree JsKey *excluded = g_new (JsKey, n + 1);
  JsHandles handles = js_handles_open (vm);
  JsValue target = js_hold (vm, js_ref (js_new_object (vm)));
  gboolean done = !js_is_hole (target);

  for (guint i = 0; i < n && done; i++)
    done = js_to_key (vm, run->registers[JS_OPERAND_B (op) + i], &excluded[i]);
  done = done && copy_properties (vm, target, run->registers[JS_OPERAND_A (op)], excluded, n);
  js_handles_close (vm, handles);
  run->a = target;
  return done;
}

/* ---- arrays ------------------------------------------------------------------------------------------------------ */

gboolean
js_run_CREATE_ARRAY (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  guint32 n = JS_OPERAND_A (op);
  JsElementsKind kind = JS_OPERAND_B (op) ? JS_ELEMENTS_DOUBLE : JS_ELEMENTS_SMI;
  JsHandles handles = js_handles_open (vm);
  JsValue slots[] = { JS_HOLE, JS_HOLE, js_smi ((gint32) n) };
  JsClass *class = js_class_with_elements (vm, vm->kinds[JS_KIND_ARRAY], kind);

  if (n > 0)
    slots[JS_SLOT_ELEMENTS] = js_hold (vm, js_ref (js_store_new (vm, kind, n)));
  run->a = JS_THROWN;
  if (n == 0 || !js_is_hole (slots[JS_SLOT_ELEMENTS]))
    {
      begin_literal (run, JS_OPERAND_C (op));
      run->a = js_ref (hp_machine_allocate_with (run->machine, class->shape, 0, slots, 3));
    }
  js_handles_close (vm, handles);
  return !js_is_hole (run->a);
}

gboolean
js_run_INIT_ELEMENT (JsRun *run, const guint32 *op)
{
  return js_set_element (run->vm, run->registers[JS_OPERAND_A (op)].payload, JS_OPERAND_B (op), run->a);
}

gboolean
js_run_APPEND (JsRun *run, const guint32 *op)
{
  HpRef array = run->registers[JS_OPERAND_A (op)].payload;

  if (!js_is_hole (run->a))
    return js_array_push (run->vm, array, run->a);
  js_array_write_length (run->vm, array, js_array_length (run->vm, array) + 1);
  return TRUE;
}

/* Whether the accumulator is iterable: arrays and the like are, others say why not in other words than js_iterate ().
 */
static gboolean
check_spread (JsRun *run)
{
  g_autofree char *text = NULL;
  JsValue method = JS_UNDEFINED;

  if (js_is_object (run->vm, run->a) && js_class_of (run->vm, run->a.payload)->kind != JS_KIND_OBJECT)
    return TRUE;
  if (!js_is_nullish (run->a))
    method = js_get (run->vm, run->a, js_key_atom (JS_SYMBOL (run->vm, ITERATOR)));
  if (js_is_hole (method) || js_is_callable (run->vm, method))
    return !js_is_hole (method);
  text = js_describe_spread (run->vm, run->frame->pc, run->a);
  js_throw_type (run->vm, "%s", text);
  return FALSE;
}

gboolean
js_run_APPEND_SPREAD (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  HpRef array = run->registers[JS_OPERAND_A (op)].payload;
  JsHandles handles = js_handles_open (vm);
  JsIteration iteration;
  gboolean done = check_spread (run) && js_iterate (vm, &iteration, js_hold (vm, run->a));

  while (done)
    {
      JsValue value = js_iterate_next (vm, &iteration);
      if (js_is_hole (value))
        {
          done = iteration.done;
          break;
        }
      done = js_array_push (vm, array, value);
    }
  js_handles_close (vm, handles);
  return done;
}

/* ---- others ------------------------------------------------------------------------------------------------------ */

gboolean
js_run_CREATE_CLOSURE (JsRun *run, const guint32 *op)
{
  JsCode *code = run->code->constants[JS_OPERAND_A (op)].code;
  JsValue context = run->registers[JS_CONTEXT_REGISTER (run->code)];

  js_run_tell_expression (run);
  return js_run_result (run, js_ref (js_new_closure (run->vm, code, context)));
}

gboolean
js_run_CREATE_REGEX (JsRun *run, const guint32 *op)
{
  JsVm *vm = run->vm;
  const JsConstant *constants = run->code->constants;
  JsValue constructor = js_library_constructor (vm, "RegExp");
  JsValue arguments[] = { js_atom_value (vm, constants[JS_OPERAND_A (op)].atom),
                          js_atom_value (vm, constants[JS_OPERAND_B (op)].atom) };

  return js_run_result (run, js_construct (vm, constructor, arguments, 2, constructor));
}

/* The strings of a template: cooked ones, those with wrong escapes undefined; or raw ones. */
static JsValue
template_strings (JsVm *vm, const JsNode *template, gboolean raw)
{
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));

  for (const JsNode *piece = template->child[0]; piece != NULL && !js_is_hole (array); piece = piece->next)
    {
      const JsText *text = raw ? piece->child[0]->text : piece->text;
      JsValue value = JS_UNDEFINED;

      if (text != NULL)
        value = js_atom_value (vm, js_atom (vm, text->bytes, (gssize) text->length));
      if (js_is_hole (value) || !js_array_push (vm, array.payload, value))
        return JS_THROWN;
    }
  return array;
}

static JsValue
new_template_object (JsVm *vm, const JsNode *template)
{
  JsValue cooked = template_strings (vm, template, FALSE), raw = template_strings (vm, template, TRUE);

  if (js_is_hole (cooked) || js_is_hole (raw) || !js_set_integrity (vm, raw.payload, TRUE, TRUE)
      || !js_define (vm, cooked.payload, js_key_atom (JS_NAME (vm, RAW)), raw, 0)
      || !js_set_integrity (vm, cooked.payload, TRUE, TRUE) || !js_keep (vm, cooked.payload))
    return JS_THROWN;
  return cooked;
}

gboolean
js_run_CREATE_TEMPLATE_OBJECT (JsRun *run, const guint32 *op)
{
  JsConstant *constant = &run->code->constants[JS_OPERAND_A (op)];
  JsHandles handles = js_handles_open (run->vm);

  if (constant->value == 0)
    constant->value = hp_value_get_ref (new_template_object (run->vm, constant->node));
  js_handles_close (run->vm, handles);
  return js_run_result (run, js_ref (constant->value));
}
