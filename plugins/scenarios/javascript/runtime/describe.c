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

static char *
text_of (const JsNode *node)
{
  GString *out = g_string_new (NULL);

  print (node, out);
  return g_string_free (out, FALSE);
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

/* What the innermost call of @frame at @pc calls. */
static char *
describe_call (JsVm *vm, const JsFrame *frame, guint32 pc)
{
  Search self = { 0 };

  if (frame->code != NULL)
    {
      self.offset = js_code_position (frame->code, pc);
      search (&self, vm->program->script);
    }
  return self.found != NULL ? text_of (self.found->child[0]) : g_strdup ("(intermediate value)");
}

char *
js_describe_callee (JsVm *vm, guint32 pc)
{
  return describe_call (vm, js_newest_frame (vm), pc);
}

char *
js_describe_newest_call (JsVm *vm)
{
  const JsFrame *frame = js_newest_frame (vm);

  while (frame->code == NULL && frame > &g_array_index (vm->frames, JsFrame, 0))
    frame--;
  return describe_call (vm, frame, frame->pc);
}

/* The smallest expression that begins at the place, and the node that it is in. */
typedef struct
{
  guint32 offset;
  const JsNode *found, *parent;
} ExpressionSearch;

static void
search_expression (ExpressionSearch *self, const JsNode *node, const JsNode *parent)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);

  if (node->start > self->offset || self->offset > node->end)
    return;
  if (node->start == self->offset && self->found == NULL
      && (node->kind < JS_NODE_SCRIPT && node->kind != JS_NODE_ASSIGN && node->kind != JS_NODE_SEQUENCE))
    {
      self->found = node;
      self->parent = parent;
    }
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      search_expression (self, child, node->kind == JS_NODE_SPREAD ? parent : node);
}

static ExpressionSearch
find_expression (JsVm *vm, guint32 pc)
{
  const JsFrame *frame = js_newest_frame (vm);
  ExpressionSearch self = { 0 };

  self.offset = frame->code != NULL ? js_code_position (frame->code, pc) : 0;
  /* At the beginning of a function its parameters are taken apart. */
  if (frame->code != NULL && (frame->code->id == 0 || self.offset != frame->code->start))
    search_expression (&self, vm->program->script, NULL);
  return self;
}

char *
js_describe_value (JsVm *vm, guint32 pc)
{
  ExpressionSearch search = find_expression (vm, pc);

  if (search.found == NULL || search.found->kind == JS_NODE_ARRAY_PATTERN
      || (search.parent != NULL && search.parent->kind == JS_NODE_YIELD))
    return NULL;
  return text_of (search.found);
}

char *
js_describe_spread (JsVm *vm, guint32 pc, JsValue value)
{
  ExpressionSearch search = find_expression (vm, pc);
  g_autofree char *text = search.found != NULL ? text_of (search.found) : js_message_text (vm, value);

  if (search.parent == NULL || search.parent->kind == JS_NODE_ARRAY)
    return g_strdup_printf ("%s is not iterable", text);
  if (js_is_nullish (value))
    return g_strdup_printf (
        "%s is not iterable (cannot read property %s)", text, js_is_null (value) ? "null" : "undefined");
  return g_strdup ("Spread syntax requires ...iterable[Symbol.iterator] to be a function");
}

/* ---- destructuring ----------------------------------------------------------------------------------------------- */

/* The pattern that begins at the place, what it is given, and whether it stands in another one just so. */
typedef struct
{
  guint32 offset;
  const JsNode *pattern, *value;
  gboolean is_nested;
} PatternSearch;

/* The expression that the pattern @i of @node takes apart, where there is one. */
static const JsNode *
value_of_pattern (const JsNode *node, guint i)
{
  return i == 0 && (node->kind == JS_NODE_DECLARATOR || node->kind == JS_NODE_ASSIGN || node->kind == JS_NODE_DEFAULT)
             ? node->child[1]
             : NULL;
}

static void
search_pattern (PatternSearch *self, const JsNode *node, const JsNode *parent, const JsNode *value)
{
  const char *children = js_node_children ((JsNodeKind) node->kind);

  if (node->start > self->offset || self->offset > node->end)
    return;
  if (node->kind == JS_NODE_OBJECT_PATTERN && js_pattern_place (node) == self->offset)
    {
      self->pattern = node;
      self->value = value;
      self->is_nested = parent->kind == JS_NODE_PROPERTY || parent->kind == JS_NODE_ARRAY_PATTERN;
      return;
    }
  for (guint i = 0; children[i] != '\0'; i++)
    for (const JsNode *child = node->child[i]; child != NULL; child = children[i] == '*' ? child->next : NULL)
      search_pattern (self, child, node, value_of_pattern (node, i));
}

char *
js_describe_destructuring (JsVm *vm, guint32 pc, JsValue value)
{
  const JsFrame *frame = js_newest_frame (vm);
  PatternSearch self = { js_code_position (frame->code, pc), NULL, NULL, FALSE };
  const char *type = js_is_null (value) ? "null" : "undefined";
  const JsNode *property = NULL;
  g_autofree char *text = NULL, *key = NULL;

  search_pattern (&self, vm->program->script, NULL, NULL);
  if (self.pattern != NULL)
    property = self.pattern->child[0];
  if (property != NULL && !js_is_plain_property (property))
    property = NULL;
  if (property != NULL)
    key = property->child[0]->kind == JS_NODE_NUMBER ? text_of (property->child[0])
                                                     : g_strdup (property->child[0]->text->bytes);
  if (self.is_nested && key != NULL)
    return g_strdup_printf ("Cannot read properties of %s (reading '%s')", type, key);
  text = self.value != NULL ? text_of (self.value) : g_strdup (type);
  if (key == NULL)
    return g_strdup_printf ("Cannot destructure '%s' as it is %s.", text, type);
  return g_strdup_printf ("Cannot destructure property '%s' of '%s' as it is %s.", key, text, type);
}
