/* array_buffer.h - ArrayBuffer and what looks into one
 *
 * The bytes of a small typed array are in the heap, as V8 has them up to 64 bytes; others are outside of it, counted as
 * external memory.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

#define JS_ON_HEAP_BYTES 64

/* V8: JSArrayBuffer, 88 bytes with Node's two embedder fields. */
enum
{
  JS_BUFFER_SLOT_LENGTH, /* bytes */
  JS_BUFFER_SLOT_DATA,   /* a ByteArray, or the hole: outside of the heap */
  JS_N_BUFFER_SLOTS = 8
};

/* V8: JSTypedArray, 96 bytes; a DataView has the same first ones. */
enum
{
  JS_VIEW_SLOT_BUFFER,
  JS_VIEW_SLOT_OFFSET, /* bytes */
  JS_VIEW_SLOT_LENGTH, /* elements; of a DataView bytes */
  JS_VIEW_SLOT_TYPE,   /* a Smi: JsElementType */
  JS_N_VIEW_SLOTS = 9
};

typedef enum
{
  JS_INT8,
  JS_UINT8,
  JS_UINT8_CLAMPED,
  JS_INT16,
  JS_UINT16,
  JS_INT32,
  JS_UINT32,
  JS_FLOAT32,
  JS_FLOAT64,
  JS_BIGINT64,
  JS_BIGUINT64,
  JS_N_ELEMENT_TYPES
} JsElementType;

guint js_element_size (JsElementType type);
/** A buffer of zeros; not held. RangeError where it is too large. @small: its bytes may be in the heap. */
JsValue js_new_array_buffer (JsVm *vm, double length, JsValue new_target, gboolean small);
guint32 js_array_buffer_length (JsVm *vm, HpRef buffer);
/** Valid until the next allocation. */
guint8 *js_array_buffer_bytes (JsVm *vm, HpRef buffer);

/** A number or bigint from bytes. */
JsValue js_load_element (JsVm *vm, JsElementType type, const guint8 *bytes);
/** What is stored for @value: FALSE: thrown. */
gboolean js_convert_element (JsVm *vm, JsElementType type, JsValue value, guint8 bytes[8]);

/** The type that a method's name has behind its verb: "getInt8", "readUInt16LE". */
JsElementType js_element_type_of_method (const char *name);
void js_reverse_bytes (guint8 *bytes, guint n);

/** A typed array of @type on a buffer; held by nobody. @new_target: undefined: the usual one. */
JsValue js_new_view (JsVm *vm, JsElementType type, JsValue buffer, guint32 offset, guint32 length, JsValue new_target);
guint8 *js_view_bytes (JsVm *vm, HpRef view, guint32 *n);

G_END_DECLS
