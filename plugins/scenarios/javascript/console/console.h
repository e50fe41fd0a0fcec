/* console.h - what the files of console share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "console/inspect.h"

G_BEGIN_DECLS

/** @text and a newline, indented as the open groups say. */
void js_console_write (JsVm *vm, HpStream stream, const char *text);
JsValue js_console_table (JsVm *vm, const JsCall *call);

G_END_DECLS
