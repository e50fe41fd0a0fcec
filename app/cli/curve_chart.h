/* curve_chart.h - miss-ratio curves as a chart
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "contest.h"
#include "scene/scene.h"

G_BEGIN_DECLS

/** Draws the curves of @contest into @scene, which is empty. @name: of the trace */
void cli_curve_chart_build (const CliContest *contest, const char *name, HpScene *scene);

G_END_DECLS
