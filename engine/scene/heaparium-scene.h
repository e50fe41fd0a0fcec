/* heaparium-scene.h - all that a view plugin may use
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heaparium.h"
#include "recording/recording.h"
#include "scene/view.h"
