/* context.h - where variables live that closures use (V8: src/objects/contexts.h)
 *
 * A context has 32 bytes and a word for each captured variable: map, length, the scope it is of, the context around it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

enum
{
  JS_CONTEXT_SLOT_SCOPE_INFO,
  JS_CONTEXT_SLOT_PREVIOUS,
  JS_N_CONTEXT_SLOTS, /* the first variable */
};

/** The class of the contexts of a scope, whose slots have the variables' names. */
JsClass *js_context_class (JsVm *vm, const JsScope *scope);

G_END_DECLS
