/* literal.c - literals of objects, arrays and templates
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "compiler/compile.h"

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static gboolean
is_index (const JsText *text)
{
  return text->length > 0 && text->length <= 10 && g_ascii_isdigit (text->bytes[0]);
}

/* Whether the property is known to be there with a plain value before the literal is evaluated. */
static gboolean
is_plain (const JsNode *property)
{
  return property->kind == JS_NODE_PROPERTY && property->child[0]->kind == JS_NODE_STRING
         && !(property->flags & (JS_FLAG_COMPUTED | JS_FLAG_GETTER | JS_FLAG_SETTER | JS_FLAG_PROTO))
         && !is_index (property->child[0]->text);
}

static gboolean
is_constant (const JsNode *value)
{
  return value->kind == JS_NODE_NUMBER || value->kind == JS_NODE_STRING || value->kind == JS_NODE_BOOLEAN
         || value->kind == JS_NODE_NULL;
}

/* The keys up to the first property that is not plain: objects of this literal have slots for them. */
static JsLiteral *
new_literal (const JsNode *node)
{
  JsLiteral *literal = g_new0 (JsLiteral, 1);
  GPtrArray *keys = g_ptr_array_new (), *values = g_ptr_array_new ();

  for (const JsNode *property = node->child[0]; property != NULL && is_plain (property); property = property->next)
    {
      guint same;
      const JsNode *value = property->child[1];

      if (g_ptr_array_find (keys, property->child[0]->text, &same))
        {
          values->pdata[same] = NULL;
          continue;
        }
      g_ptr_array_add (keys, (gpointer) property->child[0]->text);
      g_ptr_array_add (values, is_constant (value) ? (gpointer) value : NULL);
    }
  literal->n = keys->len;
  literal->keys = (const JsText **) g_ptr_array_free (keys, FALSE);
  literal->values = (const JsNode **) g_ptr_array_free (values, FALSE);
  return literal;
}

/* Whether the literal has the value already. */
static gboolean
is_done (const JsLiteral *literal, const JsNode *property, gboolean in_prefix)
{
  for (guint i = 0; in_prefix && i < literal->n; i++)
    if (literal->keys[i] == property->child[0]->text)
      return literal->values[i] == property->child[1];
  return FALSE;
}

void
js_compile_key (JsCompiler *self, const JsNode *key, gboolean computed)
{
  js_compile_expression (self, key);
  if (computed || key->kind == JS_NODE_BIGINT)
    js_emit (self, JS_BYTECODE_TO_KEY);
}

static void
compile_accessor (JsCompiler *self, const JsNode *property, guint object)
{
  gboolean computed = (property->flags & JS_FLAG_COMPUTED) != 0;
  guint key = js_temporary (self);

  js_compile_key (self, property->child[0], computed);
  js_emit_1 (self, JS_BYTECODE_STAR, key);
  /* A number as key has no text: the function gets its name when it is defined. */
  js_compile_function_value (self,
                             property->child[1],
                             computed || property->child[0]->kind != JS_NODE_STRING ? NULL : property->child[0]->text);
  js_emit_3 (
      self, property->flags & JS_FLAG_GETTER ? JS_BYTECODE_DEFINE_GETTER : JS_BYTECODE_DEFINE_SETTER, object, key, 1);
}

gboolean
js_is_anonymous (const JsNode *value)
{
  return (value->kind == JS_NODE_FUNCTION || value->kind == JS_NODE_CLASS) && value->child[0] == NULL;
}

static void
compile_keyed (JsCompiler *self, const JsNode *property, guint object)
{
  const JsNode *key = property->child[0], *value = property->child[1];
  guint r = js_temporary (self);

  js_compile_key (self, key, (property->flags & JS_FLAG_COMPUTED) != 0);
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  js_compile_expression (self, value);
  js_emit_3 (self, JS_BYTECODE_INIT_KEYED, object, r, js_is_anonymous (value) ? 1 : 0);
}

static void
compile_property (JsCompiler *self, const JsNode *property, guint object)
{
  const JsNode *key = property->child[0], *value;

  if (property->kind == JS_NODE_SPREAD)
    {
      js_compile_expression (self, property->child[0]);
      js_emit_1 (self, JS_BYTECODE_COPY_PROPERTIES, object);
      return;
    }
  value = property->child[1];
  if (property->flags & JS_FLAG_PROTO)
    {
      js_compile_expression (self, value);
      js_emit_1 (self, JS_BYTECODE_INIT_PROTO, object);
    }
  else if (property->flags & (JS_FLAG_GETTER | JS_FLAG_SETTER))
    compile_accessor (self, property, object);
  else if ((property->flags & JS_FLAG_COMPUTED) || key->kind != JS_NODE_STRING)
    compile_keyed (self, property, object);
  else
    {
      js_compile_named (self, value, key->text);
      js_emit_3 (self, JS_BYTECODE_INIT_NAMED, object, js_constant_text (self, key->text), js_cache (self));
    }
}

static void
create_object (JsCompiler *self, const JsNode *node, JsLiteral *literal)
{
  js_place (self, node->start);
  if (node->child[0] == NULL)
    js_emit (self, JS_BYTECODE_CREATE_EMPTY_OBJECT);
  else
    js_emit_2 (self,
               JS_BYTECODE_CREATE_OBJECT,
               js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_LITERAL, .literal = literal }),
               js_cache (self));
}

void
js_compile_object (JsCompiler *self, const JsNode *node)
{
  JsLiteral *literal = node->child[0] != NULL ? new_literal (node) : NULL;
  const JsBinding *home = js_find_binding (node->scope, JS_BINDING_HOME);
  gboolean in_prefix = TRUE, is_stored = home != NULL;
  guint object = js_temporary (self);

  js_enter_scope (self, node->scope);
  create_object (self, node, literal);
  if (home != NULL)
    {
      js_emit_1 (self, JS_BYTECODE_STAR, object);
      js_initialise (self, home);
    }
  for (const JsNode *property = node->child[0]; property != NULL; property = property->next)
    {
      guint top = self->top;
      in_prefix = in_prefix && is_plain (property);
      if (in_prefix && is_done (literal, property, TRUE))
        continue;
      if (!is_stored)
        js_emit_1 (self, JS_BYTECODE_STAR, object);
      is_stored = TRUE;
      compile_property (self, property, object);
      js_release (self, top);
    }
  if (is_stored)
    js_emit_1 (self, JS_BYTECODE_LDAR, object);
  js_leave_scope (self, node->scope);
}

/* ---- arrays ------------------------------------------------------------------------------------------------------ */

/* Only numbers, one of them no Smi. */
static gboolean
has_doubles (const JsNode *first)
{
  gboolean found = FALSE;

  for (; first != NULL; first = first->next)
    {
      if (first->kind != JS_NODE_NUMBER)
        return FALSE;
      found |= first->number != (gint32) first->number;
    }
  return found;
}

static guint
count_before_spread (const JsNode *first)
{
  guint n = 0;

  for (; first != NULL && first->kind != JS_NODE_SPREAD; first = first->next)
    n++;
  return n;
}

static void
append (JsCompiler *self, const JsNode *element, guint array)
{
  if (element->kind == JS_NODE_HOLE)
    js_emit (self, JS_BYTECODE_LDA_HOLE);
  else
    js_compile_expression (self, element->kind == JS_NODE_SPREAD ? element->child[0] : element);
  js_place (self, element->kind == JS_NODE_SPREAD ? element->child[0]->start : element->start);
  js_emit_1 (self, element->kind == JS_NODE_SPREAD ? JS_BYTECODE_APPEND_SPREAD : JS_BYTECODE_APPEND, array);
}

void
js_compile_array (JsCompiler *self, const JsNode *first)
{
  guint n = count_before_spread (first), i = 0, array;

  js_emit_3 (self, JS_BYTECODE_CREATE_ARRAY, n, has_doubles (first), js_cache (self));
  if (first == NULL)
    return;
  array = js_temporary (self);
  js_emit_1 (self, JS_BYTECODE_STAR, array);
  for (const JsNode *element = first; element != NULL; element = element->next, i++)
    {
      if (i >= n)
        append (self, element, array);
      else if (element->kind != JS_NODE_HOLE)
        {
          js_compile_expression (self, element);
          js_emit_2 (self, JS_BYTECODE_INIT_ELEMENT, array, i);
        }
    }
  js_emit_1 (self, JS_BYTECODE_LDAR, array);
}

/* ---- templates --------------------------------------------------------------------------------------------------- */

/* A + the text of @piece, where it has any. */
static void
add_piece (JsCompiler *self, const JsNode *piece, guint r)
{
  if (piece->text->length == 0)
    return;
  js_emit_1 (self, JS_BYTECODE_STAR, r);
  js_emit_1 (self, JS_BYTECODE_LDA_CONSTANT, js_constant_text (self, piece->text));
  js_emit_1 (self, JS_BYTECODE_ADD, r);
}

void
js_compile_template (JsCompiler *self, const JsNode *node)
{
  const JsNode *piece = node->child[0], *value = node->child[1];
  guint r = js_temporary (self);
  gboolean is_first = piece->text->length == 0 && value != NULL;

  if (!is_first)
    js_emit_1 (self, JS_BYTECODE_LDA_CONSTANT, js_constant_text (self, piece->text));
  for (; value != NULL; value = value->next)
    {
      if (!is_first)
        js_emit_1 (self, JS_BYTECODE_STAR, r);
      js_compile_expression (self, value);
      js_place (self, value->start);
      js_emit (self, JS_BYTECODE_TO_STRING);
      if (!is_first)
        js_emit_1 (self, JS_BYTECODE_ADD, r);
      is_first = FALSE;
      piece = piece->next;
      add_piece (self, piece, r);
    }
}

static void
create_template_object (JsCompiler *self, const JsNode *node, guint r)
{
  js_emit_1 (self,
             JS_BYTECODE_CREATE_TEMPLATE_OBJECT,
             js_constant (self, &(JsConstant){ .kind = JS_CONSTANT_TEMPLATE, .node = node }));
  js_emit_1 (self, JS_BYTECODE_STAR, r);
}

void
js_compile_tagged (JsCompiler *self, const JsNode *node)
{
  const JsNode *tag = node->child[0], *template = node->child[1];
  guint r, n = 1, first;

  if (tag->kind == JS_NODE_MEMBER || tag->kind == JS_NODE_INDEX)
    r = js_compile_method (self, tag, NULL);
  else
    {
      r = js_temporaries (self, 2);
      js_emit (self, JS_BYTECODE_LDA_UNDEFINED);
      js_emit_1 (self, JS_BYTECODE_STAR, r + 1);
      js_compile_expression (self, tag);
      js_emit_1 (self, JS_BYTECODE_STAR, r);
    }
  first = js_temporary (self);
  create_template_object (self, template, first);
  for (const JsNode *value = template->child[1]; value != NULL; value = value->next, n++)
    js_compile_temporary (self, value);
  js_place (self, node->at);
  js_emit_3 (self, JS_BYTECODE_CALL_METHOD, r, r + 1, n);
}
