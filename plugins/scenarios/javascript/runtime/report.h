/* report.h - errors that nobody catches, as Node reports them
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

/* The last line of a report. */
#define JS_NODE_VERSION "Node.js v20.20.2"

G_BEGIN_DECLS

/** On the stream of errors; then the program ends with status 1. */
/** What a listener of the process threw, which is pending. */
void js_report_listener (JsVm *vm, const char *event);
void js_report_uncaught (JsVm *vm, JsValue exception);
/** The same of a promise's rejection that nobody handles. */
void js_report_unhandled_rejection (JsVm *vm, JsValue reason);

G_END_DECLS
