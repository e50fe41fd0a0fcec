/* keep.h - what lives as long as the program: names, constants, prototypes that hidden classes refer to
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

/** Hold @object for good; it must be alive still when an object is allocated for it (held, or the accumulator). FALSE:
 * the run is over. */
gboolean js_keep (JsVm *vm, HpRef object);

G_END_DECLS
