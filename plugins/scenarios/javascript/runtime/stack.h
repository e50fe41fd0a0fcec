/* stack.h - the calls under way, as an error's stack tells them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/* One line of a stack. */
typedef struct
{
  const JsCode *code; /* NULL: a native function */
  HpRef function;
  JsValue receiver;
  guint32 pc;
  gboolean is_construct, is_async;
} JsCallSite;

/** "    at async Type.f [as g] (file:line:column)", on a line of its own. */
void js_append_call_site (JsVm *vm, const JsCallSite *site, GString *out);
/** The lines of now, without the header: at most @limit, the innermost @skip frames left out and all above the function
 * @above. (transfer full) */
char *js_stack_text (JsVm *vm, guint skip, HpRef above, guint limit);
/** Where the newest frame that is no native one stands in the source. FALSE: there is none. */
gboolean js_stack_place (JsVm *vm, guint32 *offset);
/** The async functions that wait for what the microtask under way comes to. */
void js_append_async_frames (JsVm *vm, guint limit, GString *out);

G_END_DECLS
