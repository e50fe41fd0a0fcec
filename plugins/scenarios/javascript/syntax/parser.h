/* parser.h - from a source to a syntax tree whose names are resolved
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "ast.h"
#include "lexer.h"
#include "source.h"

G_BEGIN_DECLS

typedef struct
{
  JsArena *arena;   /* of everything below */
  JsNode *script;   /* its scope is that of the module */
  GArray *comments; /* of JsComment: narration and instructions, in order */
} JsProgram;

JsProgram *js_program_new (const JsSource *source, GError **error);
void js_program_free (JsProgram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JsProgram, js_program_free)

G_END_DECLS
