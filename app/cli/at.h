/* at.h - the step that `--at` names
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"

G_BEGIN_DECLS

#define CLI_AT_HELP N_ ("The moment: a step, start, end, or the name of a mark or chapter")

/** @at: (nullable): the end. FALSE with @error naming what there is. */
gboolean cli_at (HpRecording *recording, const char *at, guint64 *step, GError **error);

G_END_DECLS
