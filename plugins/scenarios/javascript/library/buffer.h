/* buffer.h - what the files of Buffer share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/array_buffer.h"

G_BEGIN_DECLS

typedef enum
{
  JS_UTF8,
  JS_HEX,
  JS_BASE64,
  JS_BASE64URL,
  JS_LATIN1,
  JS_ASCII,
  JS_UTF16LE,
} JsEncoding;

/** utf8 where @name is no string. FALSE: thrown. */
gboolean js_find_encoding (JsVm *vm, JsValue name, JsEncoding *encoding);
JsValue js_decode_bytes (JsVm *vm, JsEncoding encoding, const guint8 *source, gsize n);
/** (transfer full) */
GByteArray *js_encode_string (JsVm *vm, JsEncoding encoding, HpRef string);

/** A Uint8Array, as any Buffer is. */
gboolean js_is_bytes (JsVm *vm, JsValue value);
/** TypeError where @value is none; @what: "argument" names it. FALSE: thrown. */
gboolean js_check_bytes (JsVm *vm, JsValue value, const char *what);
/** Repeat @value, text or number or bytes, from @first up to @end. FALSE: thrown. */
gboolean js_fill_bytes (JsVm *vm, HpRef view, gint64 first, gint64 end, JsValue value, JsValue encoding);
int js_compare_bytes (JsVm *vm, HpRef a, HpRef b);
/** A Buffer on the bytes of @store, which is held. */
JsValue js_new_buffer (JsVm *vm, JsValue store, guint32 offset, guint32 n);

/* Methods of Buffer.prototype. */
#define JS_BUFFER_METHODS(X) \
  X (compare, 5)             \
  X (copy, 4)                \
  X (equals, 1)              \
  X (fill, 4)                \
  X (includes, 3)            \
  X (subarray, 2)            \
  X (swap16, 0)              \
  X (swap32, 0)              \
  X (swap64, 0)              \
  X (write, 4)

#define JS_DECLARE_METHOD(name, length) JsValue js_buffer_##name (JsVm *vm, const JsCall *call);
JS_BUFFER_METHODS (JS_DECLARE_METHOD)
#undef JS_DECLARE_METHOD
JsValue js_buffer_to_string (JsVm *vm, const JsCall *call);
JsValue js_buffer_to_json (JsVm *vm, const JsCall *call);
JsValue js_buffer_index_of (JsVm *vm, const JsCall *call);
JsValue js_buffer_last_index_of (JsVm *vm, const JsCall *call);
/** readInt16LE …: what is read is in the name it was called by. */
JsValue js_buffer_read_number (JsVm *vm, const JsCall *call);
JsValue js_buffer_write_number (JsVm *vm, const JsCall *call);
/** readIntLE …, of 1 to 6 bytes */
JsValue js_buffer_read_integer (JsVm *vm, const JsCall *call);
JsValue js_buffer_write_integer (JsVm *vm, const JsCall *call);

G_END_DECLS
