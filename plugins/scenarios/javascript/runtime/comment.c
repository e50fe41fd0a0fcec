/* comment.c - comments that speak: //: narration, //! instructions
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/comment.h"

#include <glib/gi18n-lib.h>

static void
refuse (JsVm *vm, const JsComment *comment)
{
  guint line, column;

  js_source_position (vm->source, comment->start, &line, &column);
  hp_machine_fail (vm->machine,
                   _ ("%s:%u: “//! %s” is no instruction: there are collect young, collect full, set KEY=VALUE, mark "
                      "\"NAME\" and chapter \"NAME\""),
                   vm->options.file,
                   line,
                   comment->text->bytes);
}

/* The text between the quotes that follow @word; NULL where the instruction is another. (transfer full) */
static char *
quoted_after (const char *text, const char *word)
{
  gsize n = strlen (word);
  g_autofree char *rest = NULL;
  gsize length;

  if (strncmp (text, word, n) != 0 || !g_ascii_isspace (text[n]))
    return NULL;
  rest = g_strstrip (g_strdup (text + n));
  length = strlen (rest);
  return length >= 2 && rest[0] == '"' && rest[length - 1] == '"' ? g_strndup (rest + 1, length - 2) : NULL;
}

static void
run_instruction (JsVm *vm, const JsComment *comment)
{
  g_autofree char *text = g_strstrip (g_strdup (comment->text->bytes));
  g_autofree char *mark = quoted_after (text, "mark"), *chapter = quoted_after (text, "chapter");

  if (mark != NULL)
    hp_machine_mark (vm->machine, mark);
  else if (chapter != NULL)
    hp_machine_chapter (vm->machine, chapter);
  else if (g_str_equal (text, "collect young"))
    hp_machine_collect (vm->machine, HP_COLLECTION_YOUNG);
  else if (g_str_equal (text, "collect full"))
    hp_machine_collect (vm->machine, HP_COLLECTION_FULL);
  else if (!g_str_has_prefix (text, "set ")) /* that was done before the run began */
    refuse (vm, comment);
  else if (g_str_equal (vm->options.file, "[stdin]"))
    hp_machine_fail (vm->machine, _ ("a program on standard input cannot set anything: found “//! %s”"), text);
}

void
js_comment_run (JsVm *vm, const JsComment *comment)
{
  g_autofree char *text = NULL;

  if (comment->kind == JS_COMMENT_INSTRUCTION)
    {
      run_instruction (vm, comment);
      return;
    }
  text = g_strstrip (g_strdup (comment->text->bytes));
  hp_machine_explain (vm->machine, *text != '\0' ? _ (text) : text);
  vm->is_explained = TRUE;
}

void
js_comment_end (JsVm *vm)
{
  if (vm->is_explained)
    hp_machine_explain (vm->machine, NULL);
  vm->is_explained = FALSE;
}
