/* refused.c - what Node has and Heaparium has not is refused at its line before anything runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "resolve.h"

#include <string.h>

/* What Node 20 has as a global. */
static const char *const GLOBALS[] = {
  "AbortController",
  "AbortSignal",
  "Atomics",
  "Blob",
  "BroadcastChannel",
  "ByteLengthQueuingStrategy",
  "CompressionStream",
  "CountQueuingStrategy",
  "Crypto",
  "CryptoKey",
  "CustomEvent",
  "DecompressionStream",
  "Event",
  "EventTarget",
  "File",
  "FormData",
  "Headers",
  "Intl",
  "MessageChannel",
  "MessageEvent",
  "MessagePort",
  "Performance",
  "PerformanceEntry",
  "PerformanceMark",
  "PerformanceMeasure",
  "PerformanceObserver",
  "PerformanceObserverEntryList",
  "PerformanceResourceTiming",
  "Proxy",
  "ReadableByteStreamController",
  "ReadableStream",
  "ReadableStreamBYOBReader",
  "ReadableStreamBYOBRequest",
  "ReadableStreamDefaultController",
  "ReadableStreamDefaultReader",
  "Request",
  "Response",
  "SharedArrayBuffer",
  "SubtleCrypto",
  "TextDecoderStream",
  "TextEncoderStream",
  "TransformStream",
  "TransformStreamDefaultController",
  "URL",
  "URLSearchParams",
  "WebAssembly",
  "WritableStream",
  "WritableStreamDefaultController",
  "WritableStreamDefaultWriter",
  "atob",
  "btoa",
  "crypto",
  "fetch",
};

/* Its modules. Others are not found when the program asks for them. */
static const char *const MODULES[] = {
  "assert",
  "assert/strict",
  "async_hooks",
  "child_process",
  "cluster",
  "console",
  "constants",
  "crypto",
  "dgram",
  "diagnostics_channel",
  "dns",
  "dns/promises",
  "domain",
  "fs",
  "fs/promises",
  "http",
  "http2",
  "https",
  "inspector",
  "inspector/promises",
  "module",
  "net",
  "os",
  "path",
  "path/posix",
  "path/win32",
  "punycode",
  "querystring",
  "readline",
  "readline/promises",
  "repl",
  "sea",
  "sqlite",
  "stream",
  "stream/consumers",
  "stream/promises",
  "stream/web",
  "string_decoder",
  "sys",
  "test",
  "test/reporters",
  "tls",
  "trace_events",
  "tty",
  "url",
  "vm",
  "wasi",
  "worker_threads",
  "zlib",
};

static gboolean
is_named (const JsNode *node, const char *name)
{
  return node->kind == JS_NODE_IDENTIFIER && node->binding == NULL && strcmp (node->text->bytes, name) == 0;
}

static gboolean
is_one_of (const char *const *names, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
refuse_name (Resolver *self, const JsNode *node, const char *name)
{
  if (is_one_of (GLOBALS, G_N_ELEMENTS (GLOBALS), name))
    js_resolver_fail (self, node->start, node->end, "%s is not supported", name);
  else if (strcmp (name, "eval") == 0)
    js_resolver_fail (self, node->start, node->end, "eval is not supported: code is compiled before it runs");
}

void
js_refuse_global (Resolver *self, const JsNode *node)
{
  if (node->binding == NULL)
    refuse_name (self, node, node->text->bytes);
}

/* Globals that are asked for by globalThis, and what process has not. */
void
js_refuse_member (Resolver *self, const JsNode *node)
{
  const JsNode *object = node->child[0], *key = node->child[1];

  if (key->kind != JS_NODE_STRING)
    return;
  if (is_named (object, "globalThis") || is_named (object, "global"))
    refuse_name (self, key, key->text->bytes);
  else if (is_named (object, "process") && strcmp (key->text->bytes, "stdin") == 0)
    js_resolver_fail (self, node->start, node->end, "process.stdin is not supported");
}

static gboolean
is_require (const JsNode *callee)
{
  const JsBinding *binding = callee->kind == JS_NODE_IDENTIFIER ? callee->binding : NULL;

  return binding != NULL && binding->kind == JS_BINDING_PARAMETER && binding->declaration == NULL
         && strcmp (callee->text->bytes, "require") == 0;
}

static void
refuse_module (Resolver *self, const JsNode *node)
{
  const char *name = node->text->bytes;

  if (g_str_has_prefix (name, "node:"))
    name += strlen ("node:");
  if (is_one_of (MODULES, G_N_ELEMENTS (MODULES), name))
    js_resolver_fail (self, node->start, node->end, "The module '%s' is not supported", node->text->bytes);
}

/* What makes code out of text while the program runs, and modules. */
void
js_refuse_call (Resolver *self, const JsNode *node)
{
  const JsNode *callee = node->child[0], *first = node->child[1];

  if (node->kind == JS_NODE_CALL && first != NULL && first->kind == JS_NODE_STRING && is_require (callee))
    refuse_module (self, first);
  if ((node->kind == JS_NODE_CALL || node->kind == JS_NODE_NEW) && is_named (callee, "Function") && first != NULL)
    js_resolver_fail (self,
                      callee->start,
                      callee->end,
                      "functions made from text are not supported: code is compiled before it runs");
}
