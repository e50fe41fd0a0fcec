/* function.c - functions: registers, parameters, what happens before the body
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* ---- codes ------------------------------------------------------------------------------------------------------- */

static guint
count_parameters (const JsNode *node)
{
  guint n = 0;

  if (node->kind == JS_NODE_SCRIPT)
    return 5; /* exports, require, module, __filename, __dirname */
  for (const JsNode *parameter = node->child[1]; parameter != NULL; parameter = parameter->next)
    n += parameter->kind != JS_NODE_REST;
  return n;
}

static guint
count_length (const JsNode *node)
{
  guint n = 0;

  if (node->kind == JS_NODE_SCRIPT)
    return 5;
  for (const JsNode *parameter = node->child[1];
       parameter != NULL && parameter->kind != JS_NODE_REST && parameter->kind != JS_NODE_DEFAULT;
       parameter = parameter->next)
    n++;
  return n;
}

static JsCode *
new_code (JsUnit *unit, const JsNode *node, const char *name)
{
  JsCode *code = g_new0 (JsCode, 1);

  code->id = unit->codes->len;
  code->name = g_strdup (name);
  code->node = node;
  code->flags = node->flags;
  code->start = node->start;
  code->end = node->end;
  code->strict = (node->flags & JS_FLAG_STRICT) != 0;
  code->n_parameters = count_parameters (node);
  code->length = count_length (node);
  g_ptr_array_add (unit->codes, code);
  return code;
}

/* Parameters that are patterns have no name. */
static void
name_parameters (JsCompiler *self, const JsNode *node)
{
  static const char *const MODULE[] = { "exports", "require", "module", "__filename", "__dirname" };
  guint i = 1;

  if (node->kind == JS_NODE_SCRIPT)
    for (guint name = 0; name < G_N_ELEMENTS (MODULE); name++)
      self->names->pdata[i++] = (gpointer) MODULE[name];
  else
    for (const JsNode *parameter = node->child[1]; parameter != NULL; parameter = parameter->next, i++)
      {
        const JsNode *target = parameter->kind == JS_NODE_DEFAULT ? parameter->child[0] : parameter;
        if (target->kind == JS_NODE_IDENTIFIER)
          self->names->pdata[i] = (gpointer) target->text->bytes;
      }
}

JsCompiler *
js_compiler_new (JsUnit *unit, JsCompiler *outer, const JsNode *node, const char *name)
{
  JsCompiler *self = g_new0 (JsCompiler, 1);

  self->unit = unit;
  self->outer = outer;
  self->outer_contexts = outer != NULL ? outer->contexts->len : 0;
  self->code = new_code (unit, node, name);
  self->words = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->handlers = g_array_new (FALSE, FALSE, sizeof (JsHandler));
  self->positions = g_array_new (FALSE, FALSE, sizeof (JsPosition));
  self->constants = g_array_new (FALSE, FALSE, sizeof (JsConstant));
  self->shared = g_hash_table_new (NULL, NULL);
  self->names = g_ptr_array_new ();
  self->contexts = g_ptr_array_new ();
  self->top = self->most = self->code->n_parameters + 3;
  if (self->most > JS_MOST_REGISTERS)
    js_complain (self, "Too many parameters in function definition (only %u allowed)", JS_MOST_REGISTERS - 3);
  g_ptr_array_set_size (self->names, (gint) self->top);
  name_parameters (self, node);
  return self;
}

static char **
register_names (const JsCompiler *self)
{
  char **names = g_new0 (char *, self->most + 1);

  for (guint i = 0; i < self->names->len; i++)
    names[i] = g_strdup (g_ptr_array_index (self->names, i));
  return names;
}

/* Of the first instruction that V8 would have, too: it does not load what is in registers. */
static guint32
first_place (const JsCode *code)
{
  guint32 pc = 0;

  while (pc < code->n_words)
    {
      JsBytecode bytecode = (JsBytecode) (code->words[pc] & 0xff);
      if (bytecode != JS_BYTECODE_STATEMENT && bytecode != JS_BYTECODE_LDAR && bytecode != JS_BYTECODE_STAR
          && bytecode != JS_BYTECODE_LDA_UNDEFINED && bytecode != JS_BYTECODE_RUN_FIELDS)
        break;
      pc += (guint32) MAX (1, strlen (js_bytecode_operands (bytecode)));
    }
  return js_code_position (code, pc);
}

#define STEAL(array, n) ((n) = (array)->len, (gpointer) g_array_free ((array), FALSE))

JsCode *
js_compiler_finish (JsCompiler *self)
{
  JsCode *code = self->code;

  code->n_registers = self->most;
  code->register_names = register_names (self);
  code->words = STEAL (self->words, code->n_words);
  code->handlers = STEAL (self->handlers, code->n_handlers);
  code->positions = STEAL (self->positions, code->n_positions);
  code->constants = STEAL (self->constants, code->n_constants);
  if (code->entry == 0)
    code->entry = first_place (code);
  g_hash_table_unref (self->shared);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->contexts);
  g_free (self);
  return code;
}

/* ---- parameters -------------------------------------------------------------------------------------------------- */

static gboolean
is_simple (const JsNode *parameter)
{
  return parameter->kind == JS_NODE_IDENTIFIER;
}

/* Whether the parameter is where it arrives. */
static gboolean
is_in_place (const JsNode *parameter, guint i)
{
  const JsBinding *binding = is_simple (parameter) ? parameter->binding : NULL;

  return binding != NULL && !binding->captured && (guint) binding->index == i + 1;
}

static void
compile_parameters (JsCompiler *self, const JsNode *node)
{
  guint i = 0;

  for (const JsNode *parameter = node->child[1]; parameter != NULL; parameter = parameter->next, i++)
    {
      /* Of parameters of the same name the last one counts; functions of its name come later. */
      if (is_in_place (parameter, i) || (is_simple (parameter) && parameter->binding == NULL))
        continue;
      if (parameter->kind == JS_NODE_REST)
        {
          js_emit_1 (self, JS_BYTECODE_LDAR, self->rest);
          js_compile_store (self, parameter->child[0], TRUE);
          continue;
        }
      if (!is_simple (parameter))
        js_place (self, node->at);
      js_emit_1 (self, JS_BYTECODE_LDAR, i + 1);
      js_compile_store (self, parameter, TRUE);
    }
}

/* What a call gives besides its parameters must be looked at before anything else runs. */
static void
take_rest (JsCompiler *self, const JsNode *node)
{
  guint i = 0;

  for (const JsNode *parameter = node->child[1]; parameter != NULL; parameter = parameter->next, i++)
    if (parameter->kind == JS_NODE_REST)
      {
        self->rest = js_temporary (self);
        js_emit_1 (self, JS_BYTECODE_CREATE_REST, i);
        js_emit_1 (self, JS_BYTECODE_STAR, self->rest);
      }
}

static void
initialise_own (JsCompiler *self, JsScope *scope)
{
  for (JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    {
      if (binding->kind == JS_BINDING_ARGUMENTS)
        js_emit (self, JS_BYTECODE_CREATE_ARGUMENTS);
      else if (binding->kind == JS_BINDING_NEW_TARGET)
        js_emit (self, JS_BYTECODE_LDA_NEW_TARGET);
      else if (binding->kind == JS_BINDING_SELF)
        js_emit_1 (self, JS_BYTECODE_LDAR, JS_FUNCTION_REGISTER (self->code));
      else if (binding->kind == JS_BINDING_THIS && !(self->code->flags & JS_FLAG_DERIVED))
        js_emit_1 (self, JS_BYTECODE_LDAR, 0);
      else
        continue;
      js_initialise (self, binding);
    }
}

/* vars are undefined from the start; one named like a parameter begins with its value. */
static void
initialise_variables (JsCompiler *self, JsScope *scope)
{
  for (JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    {
      if (binding->kind != JS_BINDING_VAR)
        continue;
      if (binding->other != NULL)
        js_load_binding (self, binding->other, FALSE);
      else
        js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
      js_initialise (self, binding);
    }
}

/* The module's parameters are those of its frame. */
static void
initialise_module (JsCompiler *self, JsScope *scope)
{
  for (JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    if (binding->kind == JS_BINDING_PARAMETER && binding->captured)
      {
        js_emit_1 (self, JS_BYTECODE_LDAR, (guint32) binding->parameter + 1);
        js_initialise (self, binding);
      }
}

/* Derived constructors have the hole for this until super (). */
static void
make_generator (JsCompiler *self, const JsNode *node)
{
  if (!(node->flags & (JS_FLAG_GENERATOR | JS_FLAG_ASYNC)))
    return;
  js_emit_1 (self, JS_BYTECODE_CREATE_GENERATOR, self->code->generator_register);
}

static void
begin (JsCompiler *self, const JsNode *node, JsScope *scope)
{
  gboolean has_prologue;
  guint32 before;

  if (node->flags & (JS_FLAG_GENERATOR | JS_FLAG_ASYNC))
    {
      self->code->generator_register = js_temporary (self);
      g_ptr_array_set_size (self->names, (gint) self->top);
      self->names->pdata[self->code->generator_register] = "[generator]";
    }
  if (scope != NULL)
    js_allocate_scope (self, scope);
  for (guint i = 0; js_node_children ((JsNodeKind) node->kind)[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = child->next)
      js_allocate_locals (self, child);
  self->n_locals = self->top;
  js_enter_scope (self, scope);
  if (node->kind == JS_NODE_FUNCTION)
    take_rest (self, node);
  if (scope != NULL)
    initialise_own (self, scope);
  if (node->kind == JS_NODE_FUNCTION)
    compile_parameters (self, node);
  else if (scope != NULL)
    initialise_module (self, scope);
  make_generator (self, node);
  has_prologue = js_here (self) > 0;
  if (scope == NULL)
    return;
  initialise_variables (self, scope);
  before = js_here (self);
  js_hoist_functions (self, scope);
  if (has_prologue || js_here (self) > before)
    self->code->entry = node->at;
}

/* ---- bodies ------------------------------------------------------------------------------------------------------ */

static void
run_fields (JsCompiler *self)
{
  if ((self->code->flags & (JS_FLAG_CONSTRUCTOR | JS_FLAG_DERIVED)) == JS_FLAG_CONSTRUCTOR)
    js_emit_2 (self, JS_BYTECODE_RUN_FIELDS, JS_FUNCTION_REGISTER (self->code), 0);
}

/* What falls off the end of a derived constructor is this, which has to be there. */
static void
end_body (JsCompiler *self, JsScope *scope)
{
  const JsBinding *this = js_find_binding (scope, JS_BINDING_THIS);

  if ((self->code->flags & JS_FLAG_DERIVED) && this != NULL)
    js_load_binding (self, this, TRUE);
  else
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  js_emit (self, JS_BYTECODE_RETURN);
}

static guint
count_assignments_to_this (const JsNode *node)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);
  guint n = node->kind == JS_NODE_ASSIGN && node->child[0]->kind == JS_NODE_MEMBER
            && node->child[0]->child[0]->kind == JS_NODE_THIS;

  if (node->kind == JS_NODE_FUNCTION || node->kind == JS_NODE_CLASS)
    return 0;
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      n += count_assignments_to_this (child);
  return n;
}

JsCode *
js_compile_function (JsCompiler *outer, const JsNode *node, const char *name)
{
  JsCompiler *self = js_compiler_new (outer->unit, outer, node, name);
  JsScope *scope = node->scope;

  self->comment_at = node->start;
  for (const JsNode *statement = node->child[2]; statement != NULL; statement = statement->next)
    self->code->n_expected += count_assignments_to_this (statement);
  begin (self, node, scope);
  run_fields (self);
  if (node->flags & JS_FLAG_EXPRESSION_BODY)
    {
      js_place (self, js_node_place (node->child[2]));
      js_begin_statement (self, node->child[2]->start);
      js_compile_expression (self, node->child[2]);
      js_emit (self, JS_BYTECODE_RETURN);
    }
  else
    {
      js_compile_statements (self, node->child[2]);
      js_speak (self, node->end, JS_SPEECH_LAST);
      end_body (self, scope);
    }
  return js_compiler_finish (self);
}

static gboolean
has_narration (const GArray *comments)
{
  for (guint i = 0; comments != NULL && i < comments->len; i++)
    if (g_array_index (comments, JsComment, i).kind == JS_COMMENT_NARRATION)
      return TRUE;
  return FALSE;
}

JsCompiled *
js_compile (const JsSource *source, JsArena *arena, JsNode *script, GArray *comments, GError **error)
{
  JsUnit unit = { .source = source,
                  .arena = arena,
                  .codes = js_code_list_new (),
                  .comments = comments,
                  .has_narration = has_narration (comments),
                  .spoken = g_hash_table_new (NULL, NULL) };
  JsCompiler *self = js_compiler_new (&unit, NULL, script, "");
  JsCompiled *compiled;

  begin (self, script, script->scope);
  js_compile_statements (self, script->child[0]);
  js_speak (self, G_MAXUINT32, JS_SPEECH_LAST);
  js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  js_emit (self, JS_BYTECODE_RETURN);
  js_compiler_finish (self);
  g_hash_table_unref (unit.spoken);
  if (unit.complaint != NULL)
    {
      js_source_set_error (source, unit.complaint_at, unit.complaint_at, unit.complaint, error);
      g_free (unit.complaint);
      g_ptr_array_unref (unit.codes);
      return NULL;
    }
  compiled = g_new0 (JsCompiled, 1);
  compiled->codes = unit.codes;
  return compiled;
}

/* ---- closures ---------------------------------------------------------------------------------------------------- */

void
js_create_closure (JsCompiler *self, JsCode *code)
{
  js_emit_1 (self,
             JS_BYTECODE_CREATE_CLOSURE,
             js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_FUNCTION, .code = code }));
}

void
js_compile_function_value (JsCompiler *self, const JsNode *node, const JsText *name)
{
  const char *text = node->child[0] != NULL ? node->child[0]->text->bytes : name != NULL ? name->bytes : "";
  g_autofree char *full = g_strconcat (node->flags & JS_FLAG_GETTER   ? "get "
                                       : node->flags & JS_FLAG_SETTER ? "set "
                                                                      : "",
                                       text,
                                       NULL);
  gboolean is_unnamed_accessor = *text == '\0';
  JsCode *code = js_compile_function (self, node, is_unnamed_accessor ? "" : full);

  code->inferred = self->inferred;
  js_place (self, node->start);
  js_create_closure (self, code);
}

/* ---- yield and await --------------------------------------------------------------------------------------------- */

void
js_compile_await (JsCompiler *self)
{
  js_emit (self, JS_BYTECODE_AWAIT);
}

static gboolean
is_async_generator (const JsCompiler *self)
{
  return (self->code->flags & JS_FLAG_ASYNC) != 0;
}

/* Resumed with return: leave the function, through what lies between. */
static void
return_when_told (JsCompiler *self, guint mode)
{
  JsLabel *leave = js_label (), *on = js_label ();

  js_jump_smi (self, mode, 2, leave);
  js_jump (self, JS_BYTECODE_JUMP, on);
  js_label_here (self, leave);
  if (is_async_generator (self))
    js_compile_await (self);
  js_compile_exit (self, NULL, FALSE);
  js_label_here (self, on);
}

/* yield*: hands on how it is resumed until the inner iterator is done. */
static void
compile_delegate (JsCompiler *self, const JsNode *node)
{
  guint r = js_temporaries (self, 5), mode = r + 2, context = r + 3, value = r + 4;
  gboolean async = is_async_generator (self);
  JsLabel *done = js_label (), *returned = js_label ();
  guint32 loop, start, end;

  js_compile_expression (self, node->child[0]);
  js_place (self, node->child[0]->start);
  js_emit_1 (self, async ? JS_BYTECODE_GET_ASYNC_ITERATOR : JS_BYTECODE_GET_ITERATOR, r);
  js_emit_2 (self, JS_BYTECODE_MOV, JS_CONTEXT_REGISTER (self->code), context);
  js_emit_1 (self, JS_BYTECODE_LDA_SMI, 0);
  js_emit_1 (self, JS_BYTECODE_STAR, mode);
  js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  loop = js_here (self);
  js_emit_2 (self, JS_BYTECODE_DELEGATE, r, mode);
  js_jump_smi (self, mode, 3, returned);
  if (async)
    js_compile_await (self);
  /* The inner result as it is; where it is done, its value. */
  js_emit_1 (self, JS_BYTECODE_STAR, value);
  js_jump (self, JS_BYTECODE_ITERATOR_RESULT, done);
  if (!async)
    js_emit_1 (self, JS_BYTECODE_LDAR, value);
  start = js_here (self);
  js_emit_1 (self, async ? JS_BYTECODE_YIELD : JS_BYTECODE_YIELD_RESULT, mode);
  end = js_here (self);
  js_emit_1 (self, JS_BYTECODE_JUMP_LOOP, loop);
  js_handler (self, start, end, js_here (self));
  js_emit_1 (self, JS_BYTECODE_STAR, value);
  js_emit_2 (self, JS_BYTECODE_MOV, context, JS_CONTEXT_REGISTER (self->code));
  js_emit_1 (self, JS_BYTECODE_LDA_SMI, 1);
  js_emit_1 (self, JS_BYTECODE_STAR, mode);
  js_emit_1 (self, JS_BYTECODE_LDAR, value);
  js_emit_1 (self, JS_BYTECODE_JUMP_LOOP, loop);
  js_label_here (self, returned);
  js_emit_1 (self, JS_BYTECODE_STAR, value);
  js_emit_1 (self, JS_BYTECODE_LDA_SMI, 2);
  js_emit_1 (self, JS_BYTECODE_STAR, mode);
  js_emit_1 (self, JS_BYTECODE_LDAR, value);
  js_label_here (self, done);
  return_when_told (self, mode);
}

void
js_compile_yield (JsCompiler *self, const JsNode *node)
{
  guint mode;

  if (node->flags & JS_FLAG_DELEGATE)
    {
      compile_delegate (self, node);
      return;
    }
  mode = js_temporary (self);
  if (node->child[0] != NULL)
    js_compile_expression (self, node->child[0]);
  else
    js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
  if (is_async_generator (self))
    js_compile_await (self);
  js_emit_1 (self, JS_BYTECODE_YIELD, mode);
  return_when_told (self, mode);
}
