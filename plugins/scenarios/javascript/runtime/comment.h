/* comment.h - comments that speak: //: narration, //! instructions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/**
 * //: text                  becomes the explanation, in the person's language where it is one of ours; consecutive
 * lines of it are one text
 * //! collect young|full    collects
 * //! set KEY=VALUE         before the program runs: a setting of the machine (see the plugin's door)
 * //! mark "name"           a mark in the recording
 * //! chapter "name"        a chapter of the recording
 *
 * What no instruction is ends the run with its line.
 */
void js_comment_run (JsVm *vm, const JsComment *comment);
/** At a statement that no comment speaks of: the explanation no longer holds. */
void js_comment_end (JsVm *vm);

G_END_DECLS
