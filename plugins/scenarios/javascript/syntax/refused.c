/* refused.c - what Node has and Heaparium has not is refused at its line before anything runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "resolve.h"

#include <string.h>

/* A program that looks by typeof, or on globalThis, whether these are there finds that they are not. */
static const char *const GLOBALS[] = {
  "AbortController",
  "Atomics",
  "Blob",
  "BroadcastChannel",
  "Event",
  "EventTarget",
  "FormData",
  "Headers",
  "Intl",
  "MessageChannel",
  "Proxy",
  "Request",
  "Response",
  "ReadableStream",
  "SharedArrayBuffer",
  "URL",
  "URLSearchParams",
  "WebAssembly",
  "WritableStream",
  "crypto",
  "fetch",
};

static gboolean
is_named (const JsNode *node, const char *name)
{
  return node->kind == JS_NODE_IDENTIFIER && node->binding == NULL && strcmp (node->text->bytes, name) == 0;
}

void
js_refuse_global (Resolver *self, const JsNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (GLOBALS); i++)
    if (is_named (node, GLOBALS[i]))
      js_resolver_fail (self, node->start, node->end, "%s is not supported", GLOBALS[i]);
  if (is_named (node, "eval"))
    js_resolver_fail (self, node->start, node->end, "eval is not supported: code is compiled before it runs");
}

/* What makes code out of text while the program runs. */
void
js_refuse_call (Resolver *self, const JsNode *node)
{
  const JsNode *callee = node->child[0];

  if ((node->kind == JS_NODE_CALL || node->kind == JS_NODE_NEW) && is_named (callee, "Function")
      && node->child[1] != NULL)
    js_resolver_fail (self,
                      callee->start,
                      callee->end,
                      "functions made from text are not supported: code is compiled before it runs");
}
