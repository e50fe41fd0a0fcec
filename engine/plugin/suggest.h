/* suggest.h - what somebody probably meant: the known word closest to a mistyped one
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * hp_suggest:
 * @known: NULL-terminated words; the earlier of two equally close ones is taken
 *
 * Returns: (transfer none) (nullable): the one of @known that @word is a slip of the finger away from: one letter
 *   wrong, missing, too many or two swapped for each three letters typed; or that @word is the beginning of
 */
const char *hp_suggest (const char *word, const char *const *known);

G_END_DECLS
