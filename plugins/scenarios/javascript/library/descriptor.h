/* descriptor.h - property descriptors as objects: { value, writable, enumerable, configurable }
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/** ToPropertyDescriptor. The values are held in the open handles. FALSE: thrown. */
gboolean js_to_descriptor (JsVm *vm, JsValue value, JsDescriptor *descriptor);
/** FromPropertyDescriptor of what js_get_own () found. */
JsValue js_from_descriptor (JsVm *vm, const JsDescriptor *descriptor);
/** The descriptor object of an own property, or undefined. */
JsValue js_own_descriptor (JsVm *vm, HpRef object, JsKey key);
/** js_define_own () that throws V8's TypeError where it is refused. FALSE: thrown. */
gboolean js_define_own_or_throw (JsVm *vm, HpRef object, JsKey key, const JsDescriptor *descriptor);

G_END_DECLS
