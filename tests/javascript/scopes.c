/* scopes.c - what names mean: a table of programs, and their scopes with the bindings and uses
 *
 * Printed is each scope as its kind and, in braces, its bindings, then its inner scopes. A binding is kind:name, with
 * @n when it lives in slot n of a context, #n when it is parameter n, ! when it may be found uninitialised, = when it
 * is assigned. After the scopes: the uses that are checked.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "syntax/parser.h"
#include "syntax/scope.h"

#include <string.h>

static const char *const BINDINGS[] = {
  "var",   "let",       "const", "function",   "class", "param",       "catch",   "self",
  "inner", "arguments", "this",  "new.target", "home",  "static-home", "private", "member",
};

static void
print_scope (const JsScope *scope, GString *out)
{
  static const char *const KINDS[] = { "f", "block", "loop", "class", "object" };

  g_string_append_printf (out, "%s%s{", KINDS[scope->kind], scope->mapped_arguments ? "-mapped" : "");
  for (const JsBinding *binding = scope->first; binding != NULL; binding = binding->next)
    {
      if (scope->outer == NULL && binding->kind == JS_BINDING_PARAMETER && !binding->captured && !binding->assigned)
        continue;
      if (out->str[out->len - 1] != '{')
        g_string_append_c (out, ' ');
      g_string_append (out, BINDINGS[binding->kind]);
      if (binding->name != NULL)
        g_string_append_printf (out, ":%s", binding->name->bytes);
      if (binding->parameter >= 0)
        g_string_append_printf (out, "#%d", binding->parameter);
      if (binding->captured)
        g_string_append_printf (out, "@%d", binding->index);
      g_string_append_printf (out, "%s%s", binding->checked ? "!" : "", binding->assigned ? "=" : "");
      if (binding->other != NULL)
        g_string_append_printf (out, "/%s", BINDINGS[binding->other->kind]);
    }
  g_string_append_c (out, '}');
}

static gboolean
has_scope (const JsNode *node)
{
  switch ((JsNodeKind) node->kind)
    {
    case JS_NODE_SCRIPT:
    case JS_NODE_FUNCTION:
    case JS_NODE_BLOCK:
    case JS_NODE_FOR:
    case JS_NODE_FOR_IN:
    case JS_NODE_FOR_OF:
    case JS_NODE_SWITCH:
    case JS_NODE_CATCH:
    case JS_NODE_CLASS:
    case JS_NODE_OBJECT:
      return node->scope != NULL;
    default:
      return FALSE;
    }
}

static void
print_uses (const JsNode *node, GString *uses)
{
  const char *name = node->kind == JS_NODE_IDENTIFIER ? node->text->bytes : "this";

  if (node->flags & JS_FLAG_CHECKED)
    g_string_append_printf (uses, " !%s", name);
  if (node->kind == JS_NODE_IDENTIFIER && (node->flags & JS_FLAG_ASSIGNED) && node->binding == NULL)
    g_string_append_printf (uses, " ?%s", name);
}

static void
print_scopes (const JsNode *node, GString *out, GString *uses)
{
  const char *children = js_node_children (node->kind);
  gboolean scope = has_scope (node);

  print_uses (node, uses);
  if (scope)
    {
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, '(');
      print_scope (node->scope, out);
    }
  for (guint i = 0; children[i] != 0; i++)
    {
      for (const JsNode *child = node->child[i]; child != NULL; child = child->next)
        print_scopes (child, out, uses);
    }
  if (scope)
    g_string_append_c (out, ')');
}

/* The scopes of @text, or the error's last line. */
static char *
scopes_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsSource) source = js_source_new ("test.js", text, strlen (text), NULL);
  g_autoptr (JsProgram) program = js_program_new (source, &error);
  g_autoptr (GString) out = g_string_new (NULL), uses = g_string_new (NULL);

  if (program == NULL)
    return g_strdup (error->message);
  print_scopes (program->script, out, uses);
  g_string_append (out, uses->str);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *const CASES[][2] = {
  { "", "(f{})" },
#include "scopes.inc"
};

static void
test_scopes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *scopes = scopes_of (CASES[i][0]);

      if (g_getenv ("SHOW"))
        g_printerr ("%s\n    %s\n", CASES[i][0], scopes);
      else
        g_assert_cmpstr (scopes, ==, CASES[i][1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/javascript/scopes/table", test_scopes);
  return g_test_run ();
}
