/* describe.c - expressions as V8's messages have them (V8: CallPrinter, src/ast/prettyprinter.cc)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/describe.h"
#include "runtime/message.h"

static void
print (const JsNode *node, GString *out)
{
  switch (node->kind)
    {
    case JS_NODE_IDENTIFIER:
    case JS_NODE_NUMBER:
    case JS_NODE_PRIVATE_NAME:
      if (node->kind == JS_NODE_NUMBER)
        g_string_append_printf (out, "%g", node->number);
      else
        g_string_append (out, node->text->bytes);
      break;
    case JS_NODE_STRING:
      g_string_append_printf (out, "\"%s\"", node->text->bytes);
      break;
    case JS_NODE_THIS:
      g_string_append (out, "this");
      break;
    case JS_NODE_NULL:
      g_string_append (out, "null");
      break;
    case JS_NODE_BOOLEAN:
      g_string_append (out, node->number != 0 ? "true" : "false");
      break;
    case JS_NODE_SUPER:
      g_string_append (out, "(intermediate value)");
      break;
    case JS_NODE_MEMBER:
      print (node->child[0], out);
      g_string_append_printf (out, "%s", node->flags & JS_FLAG_OPTIONAL ? "?." : ".");
      g_string_append (out, node->child[1]->text->bytes);
      break;
    case JS_NODE_INDEX:
      print (node->child[0], out);
      g_string_append_c (out, '[');
      print (node->child[1], out);
      g_string_append_c (out, ']');
      break;
    case JS_NODE_CALL:
      print (node->child[0], out);
      g_string_append (out, "(...)");
      break;
    case JS_NODE_CHAIN:
      print (node->child[0], out);
      break;
    case JS_NODE_UNARY:
      g_string_append_printf (out, "(%s%s", js_token_text (node->op), node->op >= JS_TOKEN_BREAK ? " " : "");
      print (node->child[0], out);
      g_string_append_c (out, ')');
      break;
    case JS_NODE_BINARY:
    case JS_NODE_LOGICAL:
      g_string_append_c (out, '(');
      print (node->child[0], out);
      g_string_append_printf (out, " %s ", js_token_text (node->op));
      print (node->child[1], out);
      g_string_append_c (out, ')');
      break;
    case JS_NODE_OBJECT:
      g_string_append_c (out, '{');
      for (const JsNode *property = node->child[0]; property != NULL; property = property->next)
        g_string_append (out, "(intermediate value)");
      g_string_append_c (out, '}');
      break;
    default:
      g_string_append (out, "(intermediate value)");
    }
}

typedef struct
{
  guint32 offset;
  const JsNode *found;
} Search;

static void
search (Search *self, const JsNode *node)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);

  if (node->start > self->offset || self->offset > node->end)
    return;
  if ((node->kind == JS_NODE_CALL || node->kind == JS_NODE_NEW || node->kind == JS_NODE_TAGGED)
      && node->at == self->offset)
    self->found = node;
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      search (self, child);
}

/* The innermost call at the place of the newest frame; NULL where there is none. */
static const JsNode *
find_call (JsVm *vm, guint32 pc)
{
  const JsFrame *frame = js_newest_frame (vm);
  Search self = { 0 };

  if (frame->code == NULL)
    return NULL;
  self.offset = js_code_position (frame->code, pc);
  search (&self, vm->program->script);
  return self.found;
}

char *
js_describe_callee (JsVm *vm, guint32 pc)
{
  const JsNode *call = find_call (vm, pc);
  GString *out = g_string_new (NULL);

  if (call == NULL)
    return g_string_free (g_string_append (out, "(intermediate value)"), FALSE);
  print (call->child[0], out);
  return g_string_free (out, FALSE);
}

/* The smallest expression that begins at the place. */
static void
search_expression (Search *self, const JsNode *node)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);

  if (node->start > self->offset || self->offset > node->end)
    return;
  if (node->start == self->offset && self->found == NULL
      && (node->kind < JS_NODE_SCRIPT && node->kind != JS_NODE_ASSIGN && node->kind != JS_NODE_SEQUENCE))
    self->found = node;
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      search_expression (self, child);
}

char *
js_describe_value (JsVm *vm, guint32 pc, JsValue value)
{
  const JsFrame *frame = js_newest_frame (vm);
  Search self = { 0 };
  GString *out;

  if (frame->code == NULL)
    return js_message_text (vm, value);
  self.offset = js_code_position (frame->code, pc);
  search_expression (&self, vm->program->script);
  if (self.found == NULL)
    return js_message_text (vm, value);
  out = g_string_new (NULL);
  print (self.found, out);
  return g_string_free (out, FALSE);
}

/* ---- destructuring ----------------------------------------------------------------------------------------------- */

/* The pattern that begins at the place, what it is given, and whether it stands inside another one. */
typedef struct
{
  guint32 offset;
  const JsNode *pattern, *value;
} PatternSearch;

static void
search_pattern (PatternSearch *self, const JsNode *node, const JsNode *value)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);

  if (node->start > self->offset || self->offset > node->end)
    return;
  if (node->kind == JS_NODE_OBJECT_PATTERN && node->start == self->offset)
    {
      self->pattern = node;
      self->value = value;
      return;
    }
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      search_pattern (self,
                      child,
                      (node->kind == JS_NODE_DECLARATOR || node->kind == JS_NODE_ASSIGN) && i == 0 ? node->child[1]
                                                                                                   : NULL);
}

char *
js_describe_destructuring (JsVm *vm, guint32 pc, JsValue value)
{
  const JsFrame *frame = js_newest_frame (vm);
  PatternSearch self = { js_code_position (frame->code, pc), NULL, NULL };
  const char *type = js_is_null (value) ? "null" : "undefined";
  const JsNode *key = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  search_pattern (&self, vm->program->script, NULL);
  if (self.pattern != NULL && self.pattern->child[0] != NULL && self.pattern->child[0]->kind == JS_NODE_PROPERTY)
    key = self.pattern->child[0]->child[0];
  if (self.value != NULL)
    print (self.value, text);
  else
    g_string_assign (text, type);
  if (key == NULL || key->kind != JS_NODE_STRING || (self.pattern->child[0]->flags & JS_FLAG_COMPUTED))
    return g_strdup_printf ("Cannot destructure '%s' as it is %s.", text->str, type);
  return g_strdup_printf ("Cannot destructure property '%s' of '%s' as it is %s.", key->text->bytes, text->str, type);
}
