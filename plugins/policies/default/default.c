/* default.c - V8's rules: a policy without an opinion
 *
 * Every question has a default answer, which is what V8 does; a function that is NULL is never asked. So the policy
 * that behaves like V8 is the empty one. It is also the zero that other policies are compared with.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

static const HpGcPolicy policy = { .struct_size = sizeof (HpGcPolicy) };

HP_DEFINE_POLICY ("default", policy)
