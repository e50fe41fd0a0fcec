/* javascript_parser.c - fuzz target: any bytes are a program whose names are resolved, or an error that is UTF-8
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "syntax/parser.h"

#include <stdint.h>
#include <string.h>

/* A child is lower than its parent and stands inside it. */
static void
check_node (const JsNode *node, const JsSource *source)
{
  const char *children = js_node_children (node->kind);

  g_assert_cmpuint (node->height, <=, JS_HIGHEST);
  g_assert_cmpuint (node->start, <=, node->end);
  g_assert_cmpuint (node->end, <=, source->length);
  for (guint i = 0; children[i] != 0; i++)
    {
      g_assert_true (node->child[i] != NULL || children[i] != 'n');
      for (const JsNode *child = node->child[i]; child != NULL; child = child->next)
        {
          g_assert_cmpuint (child->height, <, node->height);
          check_node (child, source);
        }
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsSource) source = js_source_new ("fuzz.js", (const char *) data, size, &error);
  g_autoptr (JsProgram) program = source != NULL ? js_program_new (source, &error) : NULL;

  g_assert_true ((program == NULL) == (error != NULL));
  if (program != NULL)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      check_node (program->script, source);
      js_node_print (program->script, out);
    }
  else
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_str_has_prefix (error->message, "fuzz.js:"));
    }
  return 0;
}
