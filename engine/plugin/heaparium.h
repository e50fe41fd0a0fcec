/* heaparium.h - all that a scenario or a policy plugin may use
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/input.h"
#include "machine/lesson.h"
#include "machine/random_program.h"
#include "plugin/plugin.h"
