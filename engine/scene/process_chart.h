/* process_chart.h - a watched process as a picture
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "process/process_history.h"
#include "scene/scene.h"

G_BEGIN_DECLS

/**
 * hp_process_chart_build:
 * @history: what was sampled; may be empty
 * @title: (nullable): what is watched: "node, process 1234"
 * @subtitle: (nullable): a remark
 * @cursor: the entry whose values the legends tell; G_MAXSIZE: the last one
 * @scene: is emptied before
 *
 * Memory, heap and faults per second, below each other. The same arguments give the same scene.
 */
void hp_process_chart_build (const HpProcessHistory *history,
                             const char *title,
                             const char *subtitle,
                             gsize cursor,
                             double width,
                             double height,
                             HpScene *scene);

/** The entry of @history under the pointer at @x in a chart of that width; G_MAXSIZE: none. */
gsize hp_process_chart_entry_at (const HpProcessHistory *history, double width, double x);

/** One entry in words: "After 12 s: resident 12.3 MB, …". G_MAXSIZE: the last one. (transfer full) */
char *hp_process_chart_describe (const HpProcessHistory *history, gsize entry);

G_END_DECLS
