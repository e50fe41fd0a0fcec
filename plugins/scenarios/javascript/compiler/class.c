/* class.c - classes: constructor, methods, fields, private members
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

static gboolean
is_private (const JsNode *member)
{
  return member->kind != JS_NODE_STATIC_BLOCK && member->child[0]->kind == JS_NODE_PRIVATE_NAME;
}

static gboolean
is_static (const JsNode *member)
{
  return member->kind == JS_NODE_STATIC_BLOCK || (member->flags & JS_FLAG_STATIC) != 0;
}

static const JsNode *
find_constructor (const JsNode *node)
{
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    if (member->kind == JS_NODE_METHOD && (member->child[1]->flags & JS_FLAG_CONSTRUCTOR))
      return member->child[1];
  return NULL;
}

static guint
count_fields (const JsNode *node)
{
  guint n = 0;

  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    n += member->kind == JS_NODE_FIELD && !is_static (member);
  return n;
}

/* ---- constructors ------------------------------------------------------------------------------------------------ */

/* constructor (...args) { super (...args) }, or an empty one. */
static JsCode *
compile_default_constructor (JsCompiler *outer, const JsNode *node, const char *name)
{
  JsNode *function = js_node_new (outer->unit->arena, JS_NODE_FUNCTION, node->start);
  gboolean derived = node->child[1] != NULL;
  JsCompiler *self;

  function->end = node->end;
  function->flags = JS_FLAG_CONSTRUCTOR | JS_FLAG_IS_METHOD | JS_FLAG_STRICT | (derived ? JS_FLAG_DERIVED : 0);
  self = js_compiler_new (outer->unit, outer, function, name);
  if (derived)
    {
      guint class = js_temporaries (self, 3), list = class + 1, this = class + 2;
      js_emit_1 (self, JS_BYTECODE_CREATE_REST, 0);
      js_emit_1 (self, JS_BYTECODE_STAR, list);
      js_emit_1 (self, JS_BYTECODE_LDAR, JS_FUNCTION_REGISTER (self->code));
      js_emit_1 (self, JS_BYTECODE_STAR, class);
      js_emit_2 (self, JS_BYTECODE_SUPER_CALL_SPREAD, class, list);
      js_emit_1 (self, JS_BYTECODE_STAR, this);
      js_emit_2 (self, JS_BYTECODE_RUN_FIELDS, class, this);
      js_emit_1 (self, JS_BYTECODE_LDAR, this);
    }
  else
    {
      js_emit_2 (self, JS_BYTECODE_RUN_FIELDS, JS_FUNCTION_REGISTER (self->code), 0);
      js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
    }
  js_emit (self, JS_BYTECODE_RETURN);
  return js_compiler_finish (self);
}

static JsCode *
compile_constructor (JsCompiler *self, const JsNode *node, const char *name)
{
  const JsNode *function = find_constructor (node);
  JsCode *code = function != NULL ? js_compile_function (self, function, name)
                                  : compile_default_constructor (self, node, name);

  code->start = node->start;
  code->end = node->end;
  code->n_expected += count_fields (node);
  return code;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static void
compile_field_value (JsCompiler *self, const JsNode *member)
{
  const JsNode *function = member->child[1], *key = member->child[0];
  JsBinding *this;

  if (function == NULL)
    {
      js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
      return;
    }
  js_enter_scope (self, function->scope);
  this = js_find_binding (function->scope, JS_BINDING_THIS);
  if (this != NULL)
    {
      js_emit_1 (self, JS_BYTECODE_LDAR, 0);
      js_initialise (self, this);
    }
  js_compile_named (
      self, function->child[2], (member->flags & JS_FLAG_COMPUTED) || key->kind == JS_NODE_NUMBER ? NULL : key->text);
  js_leave_scope (self, function->scope);
}

static guint
hold (JsCompiler *self)
{
  guint r = js_temporary (self);

  js_emit_1 (self, JS_BYTECODE_STAR, r);
  return r;
}

/* 1: the value is named after the key. */
static guint
is_anonymous_field (const JsNode *member)
{
  return member->child[1] != NULL && js_is_anonymous (member->child[1]->child[2]) ? 1 : 0;
}

/* Define one field on this, which is register 0. */
static void
compile_field (JsCompiler *self, const JsNode *member)
{
  const JsNode *key = member->child[0];
  guint top = self->top, r;

  js_place (self, member->child[1] != NULL ? member->child[1]->start : member->start);
  js_begin_statement (self, member->start);
  if (is_private (member))
    {
      js_load_private (self, key);
      r = hold (self);
      compile_field_value (self, member);
      js_emit_3 (self, JS_BYTECODE_ADD_PRIVATE, 0, r, is_anonymous_field (member));
    }
  else if (!(member->flags & JS_FLAG_COMPUTED) && key->kind == JS_NODE_STRING)
    {
      compile_field_value (self, member);
      js_emit_3 (self, JS_BYTECODE_INIT_NAMED, 0, js_constant_text (self, key->text), js_cache (self));
    }
  else
    {
      if (member->binding != NULL)
        js_load_binding (self, member->binding, FALSE);
      else
        js_compile_key (self, key, (member->flags & JS_FLAG_COMPUTED) != 0);
      r = hold (self);
      compile_field_value (self, member);
      js_emit_3 (self, JS_BYTECODE_INIT_KEYED, 0, r, is_anonymous_field (member));
    }
  js_release (self, top);
}

static guint
accessor_kind (const JsNode *member)
{
  guint32 flags = member->child[1]->flags;

  return flags & JS_FLAG_GETTER ? 1 : flags & JS_FLAG_SETTER ? 2 : 0;
}

/* A private method's closure, made when the class was, on this. */
static void
add_private_method (JsCompiler *self, const JsNode *member)
{
  guint top = self->top, name;

  js_load_private (self, member->child[0]);
  name = hold (self);
  js_load_binding (self, member->binding, FALSE);
  js_emit_3 (self, JS_BYTECODE_ADD_PRIVATE_METHOD, 0, name, accessor_kind (member));
  js_release (self, top);
}

static gboolean
needs_fields (const JsNode *node)
{
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    if (!is_static (member) && (member->kind == JS_NODE_FIELD || is_private (member)))
      return TRUE;
  return FALSE;
}

/* The function that sets up an instance: private methods first, then fields in order. */
static JsCode *
compile_fields (JsCompiler *outer, const JsNode *node)
{
  JsNode *function = js_node_new (outer->unit->arena, JS_NODE_FUNCTION, node->start);
  JsCompiler *self;

  function->end = node->end;
  function->flags = JS_FLAG_INITIALIZER | JS_FLAG_IS_METHOD | JS_FLAG_STRICT;
  self = js_compiler_new (outer->unit, outer, function, "<instance_members_initializer>");
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    if (!is_static (member) && member->kind == JS_NODE_FIELD && member->child[1] != NULL)
      {
        if (member->child[1]->scope != NULL)
          js_allocate_scope (self, member->child[1]->scope);
        js_allocate_locals (self, member->child[1]->child[2]);
      }
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    if (!is_static (member) && member->kind == JS_NODE_METHOD && is_private (member))
      add_private_method (self, member);
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    if (!is_static (member) && member->kind == JS_NODE_FIELD)
      compile_field (self, member);
  js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  js_emit (self, JS_BYTECODE_RETURN);
  return js_compiler_finish (self);
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

static void
define_method (JsCompiler *self, const JsNode *member, guint object)
{
  const JsNode *key = member->child[0];
  guint kind = accessor_kind (member), r;

  js_compile_key (self, key, (member->flags & JS_FLAG_COMPUTED) != 0);
  r = hold (self);
  js_compile_function_value (
      self, member->child[1], (member->flags & JS_FLAG_COMPUTED) || key->kind == JS_NODE_NUMBER ? NULL : key->text);
  if (kind == 0)
    js_emit_2 (self, JS_BYTECODE_DEFINE_METHOD, object, r);
  else
    js_emit_3 (self, kind == 1 ? JS_BYTECODE_DEFINE_GETTER : JS_BYTECODE_DEFINE_SETTER, object, r, 0);
}

/* A private method: of instances its closure is kept for them; a static one is the class's own. */
static void
define_private_method (JsCompiler *self, const JsNode *member, guint class)
{
  guint name;

  if (!is_static (member))
    {
      js_compile_function_value (self, member->child[1], member->child[0]->text);
      js_initialise (self, member->binding);
      return;
    }
  js_load_private (self, member->child[0]);
  name = hold (self);
  js_compile_function_value (self, member->child[1], member->child[0]->text);
  js_emit_3 (self, JS_BYTECODE_ADD_PRIVATE_METHOD, class, name, accessor_kind (member));
}

static void
call_with_class (JsCompiler *self, const JsNode *function, guint class)
{
  guint r;

  js_create_closure (self, js_compile_function (self, function, "<static_initializer>"));
  r = js_temporaries (self, 2);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  js_emit_2 (self, JS_BYTECODE_MOV, class, r + 1);
  js_emit_3 (self, JS_BYTECODE_CALL_METHOD, r, r + 1, 0);
}

/* The computed key of an instance's field is evaluated now, once. */
static void
keep_key (JsCompiler *self, const JsNode *member)
{
  if (member->binding == NULL)
    return;
  js_compile_key (self, member->child[0], TRUE);
  js_initialise (self, member->binding);
}

static void
define_static_field (JsCompiler *self, const JsNode *member, guint class)
{
  const JsNode *key = member->child[0];
  guint r;

  if (is_private (member))
    js_load_private (self, key);
  else
    js_compile_key (self, key, FALSE);
  r = hold (self);
  if (member->child[1] != NULL)
    call_with_class (self, member->child[1], class);
  else
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  if (is_private (member))
    js_emit_3 (self, JS_BYTECODE_ADD_PRIVATE, class, r, is_anonymous_field (member));
  else
    js_emit_3 (self, JS_BYTECODE_INIT_KEYED, class, r, is_anonymous_field (member));
}

/* Computed keys of static fields are evaluated in order with the methods, their values later. */
static guint
static_key (JsCompiler *self, const JsNode *member)
{
  guint r;

  js_compile_key (self, member->child[0], TRUE);
  r = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  return r;
}

static void
define_computed_static_field (JsCompiler *self, const JsNode *member, guint class, guint key)
{
  if (member->child[1] != NULL)
    call_with_class (self, member->child[1], class);
  else
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  js_emit_3 (self, JS_BYTECODE_INIT_KEYED, class, key, is_anonymous_field (member));
}

static gboolean
has_static_key (const JsNode *member)
{
  return member->kind == JS_NODE_FIELD && is_static (member) && (member->flags & JS_FLAG_COMPUTED);
}

static void
define_members (JsCompiler *self, const JsNode *node, guint class)
{
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    {
      guint top = self->top;

      if (has_static_key (member))
        {
          static_key (self, member);
          continue;
        }
      if (member->kind == JS_NODE_FIELD)
        {
          if (!is_static (member))
            keep_key (self, member);
        }
      else if (member->kind == JS_NODE_METHOD && !(member->child[1]->flags & JS_FLAG_CONSTRUCTOR))
        {
          if (is_private (member))
            define_private_method (self, member, class);
          else
            define_method (self, member, is_static (member) ? class : class + 1);
        }
      js_release (self, top);
    }
}

static void
define_statics (JsCompiler *self, const JsNode *node, guint class, guint key)
{
  for (const JsNode *member = node->child[2]; member != NULL; member = member->next)
    {
      guint top = self->top;

      if (has_static_key (member))
        define_computed_static_field (self, member, class, key++);
      else if (member->kind == JS_NODE_STATIC_BLOCK)
        call_with_class (self, member->child[0], class);
      else if (member->kind == JS_NODE_FIELD && is_static (member))
        define_static_field (self, member, class);
      js_release (self, top);
    }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void
create_private_names (JsCompiler *self, const JsScope *scope)
{
  for (const JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    if (binding->kind == JS_BINDING_PRIVATE)
      {
        js_emit_1 (self, JS_BYTECODE_CREATE_PRIVATE_NAME, js_constant_text (self, binding->name));
        js_initialise (self, binding);
      }
}

static void
initialise_kind (JsCompiler *self, JsScope *scope, JsBindingKind kind, guint r)
{
  const JsBinding *binding = js_find_binding (scope, kind);

  if (binding == NULL)
    return;
  js_emit_1 (self, JS_BYTECODE_LDAR, r);
  js_initialise (self, binding);
}

static void
set_fields (JsCompiler *self, const JsNode *node, guint class)
{
  if (!needs_fields (node))
    return;
  js_create_closure (self, compile_fields (self, node));
  js_emit_1 (self, JS_BYTECODE_SET_FIELDS, class);
}

void
js_compile_class (JsCompiler *self, const JsNode *node, const JsText *name)
{
  const char *text = node->child[0] != NULL ? node->child[0]->text->bytes : name != NULL ? name->bytes : "";
  guint class = js_temporaries (self, 3), heritage = class + 2, keys;
  JsCode *code;

  js_enter_scope (self, node->scope);
  if (node->scope != NULL)
    create_private_names (self, node->scope);
  if (node->child[1] != NULL)
    js_compile_expression (self, node->child[1]);
  else
    js_emit (self, JS_BYTECODE_LDA_HOLE);
  js_emit_1 (self, JS_BYTECODE_STAR, heritage);
  code = compile_constructor (self, node, text);
  code->inferred = self->inferred;
  if (node->child[1] != NULL)
    js_place (self, node->child[1]->start);
  js_emit_3 (self,
             JS_BYTECODE_CREATE_CLASS,
             js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_FUNCTION, .code = code }),
             heritage,
             class);
  initialise_kind (self, node->scope, JS_BINDING_HOME, class + 1);
  initialise_kind (self, node->scope, JS_BINDING_STATIC_HOME, class);
  keys = self->top;
  define_members (self, node, class);
  initialise_kind (self, node->scope, JS_BINDING_CLASS_SELF, class);
  set_fields (self, node, class);
  define_statics (self, node, class, keys);
  js_emit_1 (self, JS_BYTECODE_LDAR, class);
  js_leave_scope (self, node->scope);
}
