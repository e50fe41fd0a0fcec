/* value.h - JavaScript values: those of the simulated machine
 *
 * A Smi, undefined, null or a boolean is in the value itself; everything else is a reference to an object of the
 * simulated heap: strings, other numbers, symbols, objects.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/input.h"
#include "plugin/plugin.h"

G_BEGIN_DECLS

typedef HpValue JsValue;

/**
 * Nothing is here: a variable before its initialisation, an element that an array leaves out. As the result of a
 * function: it threw, and vm->exception is pending, or the run is over.
 */
#define JS_HOLE HP_VALUE_NOTHING
#define JS_THROWN HP_VALUE_NOTHING
#define JS_UNDEFINED ((JsValue){ HP_VALUE_UNDEFINED, 0 })
#define JS_NULL ((JsValue){ HP_VALUE_NULL, 0 })
#define JS_TRUE ((JsValue){ HP_VALUE_BOOLEAN, 1 })
#define JS_FALSE ((JsValue){ HP_VALUE_BOOLEAN, 0 })

static inline JsValue
js_smi (gint32 number)
{
  return (JsValue){ HP_VALUE_INTEGER, (guint32) number };
}

static inline JsValue
js_boolean (gboolean truth)
{
  return (JsValue){ HP_VALUE_BOOLEAN, truth ? 1 : 0 };
}

/** A reference; of %HP_REF_NONE (the run is over): %JS_THROWN. */
static inline JsValue
js_ref (HpRef ref)
{
  return ref != HP_REF_NONE ? (JsValue){ HP_VALUE_REF, ref } : JS_THROWN;
}

static inline gboolean
js_is_hole (JsValue value)
{
  return value.kind == HP_VALUE_EMPTY;
}

static inline gboolean
js_is_undefined (JsValue value)
{
  return value.kind == HP_VALUE_UNDEFINED;
}

static inline gboolean
js_is_null (JsValue value)
{
  return value.kind == HP_VALUE_NULL;
}

static inline gboolean
js_is_nullish (JsValue value)
{
  return value.kind == HP_VALUE_UNDEFINED || value.kind == HP_VALUE_NULL;
}

static inline gboolean
js_is_boolean (JsValue value)
{
  return value.kind == HP_VALUE_BOOLEAN;
}

static inline gboolean
js_is_smi (JsValue value)
{
  return value.kind == HP_VALUE_INTEGER;
}

static inline gboolean
js_is_ref (JsValue value)
{
  return value.kind == HP_VALUE_REF;
}

static inline gint32
js_as_smi (JsValue value)
{
  return (gint32) value.payload;
}

/** The same bits: the same Smi, or the very same object. */
static inline gboolean
js_is_identical (JsValue a, JsValue b)
{
  return a.kind == b.kind && a.payload == b.payload;
}

G_END_DECLS
