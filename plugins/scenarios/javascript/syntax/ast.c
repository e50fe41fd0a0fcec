/* ast.c - the syntax tree: making and printing nodes
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "ast.h"

#include <string.h>

static const struct
{
  const char *name, *children;
} KINDS[] = {
#define NODE_ROW(name, text, children) { text, children },
  JS_NODES (NODE_ROW)
#undef NODE_ROW
};

static const char *const FLAGS[] = {
#define FLAG_TEXT(name, text) text,
  JS_FLAGS (FLAG_TEXT)
#undef FLAG_TEXT
};

/* A letter for each child, as the table of kinds has them. */
const char *
js_node_children (JsNodeKind kind)
{
  g_return_val_if_fail (kind < JS_N_NODES, NULL);
  return KINDS[kind].children;
}

JsNode *
js_node_new (JsArena *arena, JsNodeKind kind, guint32 start)
{
  JsNode *self = js_arena_alloc (arena, sizeof (JsNode) + strlen (KINDS[kind].children) * sizeof (JsNode *));

  self->kind = (guint8) kind;
  self->start = self->at = start;
  return self;
}

/* Called when the children are in place. FALSE: the tree is too high. */
gboolean
js_node_finish (JsNode *self, guint32 end)
{
  const char *children = KINDS[self->kind].children;
  guint height = 0;

  self->end = end;
  for (guint i = 0; children[i] != 0; i++)
    {
      for (const JsNode *node = self->child[i]; node != NULL; node = node->next)
        height = MAX (height, node->height);
    }
  self->height = (guint16) MIN (height + 1, JS_HIGHEST);
  return height + 1 <= JS_HIGHEST;
}

static void
print_text (const JsText *text, GString *out)
{
  g_string_append_c (out, '"');
  for (gsize i = 0; i < text->length; i++)
    {
      guchar c = (guchar) text->bytes[i];

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c < 0x20)
        g_string_append_printf (out, "\\x%02x", c);
      else
        g_string_append_c (out, (char) c);
    }
  g_string_append_c (out, '"');
}

static void
print_value (const JsNode *self, GString *out)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch ((JsNodeKind) self->kind)
    {
    case JS_NODE_NUMBER:
    case JS_NODE_BOOLEAN:
      g_string_append_printf (out, " %s", g_ascii_formatd (number, sizeof number, "%.17g", self->number));
      return;
    case JS_NODE_IDENTIFIER:
    case JS_NODE_BIGINT:
    case JS_NODE_PRIVATE_NAME:
      g_string_append_printf (out, " %s", self->text->bytes);
      return;
    default:
      if (self->text != NULL)
        {
          g_string_append_c (out, ' ');
          print_text (self->text, out);
        }
    }
}

static void
print_children (const JsNode *self, GString *out)
{
  const char *children = KINDS[self->kind].children;

  for (guint i = 0; children[i] != 0; i++)
    {
      g_string_append (out, children[i] == '*' ? " [" : " ");
      if (children[i] == '?' && self->child[i] == NULL)
        g_string_append_c (out, '-');
      for (const JsNode *node = self->child[i]; node != NULL; node = node->next)
        {
          js_node_print (node, out);
          if (node->next != NULL)
            g_string_append_c (out, ' ');
        }
      if (children[i] == '*')
        g_string_append_c (out, ']');
    }
}

/* As an S-expression: (kind:operator:flag value child [list of children] -). */
guint32
js_node_place (const JsNode *self)
{
  if (self->kind == JS_NODE_SEQUENCE && self->child[0]->next != NULL)
    return js_node_place (self->child[0]->next);
  return self->kind == JS_NODE_FUNCTION ? self->start : self->at;
}

void
js_node_print (const JsNode *self, GString *out)
{
  g_string_append_printf (out, "(%s", KINDS[self->kind].name);
  if (self->op != JS_TOKEN_END)
    g_string_append_printf (out, ":%s", self->op == JS_TOKEN_IDENTIFIER ? "let" : js_token_text (self->op));
  for (guint i = 0; i < G_N_ELEMENTS (FLAGS); i++)
    {
      if ((self->flags & 1u << i) != 0)
        g_string_append_printf (out, ":%s", FLAGS[i]);
    }
  print_value (self, out);
  print_children (self, out);
  g_string_append_c (out, ')');
}

gboolean
js_is_plain_property (const JsNode *node)
{
  return node->kind == JS_NODE_PROPERTY && (node->flags & JS_FLAG_COMPUTED) == 0
         && (node->child[0]->kind == JS_NODE_STRING || node->child[0]->kind == JS_NODE_NUMBER);
}

guint32
js_pattern_place (const JsNode *pattern)
{
  const JsNode *first = pattern->child[0];

  return first != NULL && js_is_plain_property (first) ? first->child[0]->start : pattern->start;
}
