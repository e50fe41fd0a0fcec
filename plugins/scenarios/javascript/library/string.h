/* string.h - what the files of String share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/* Methods of String.prototype that make other strings: identifier, name, length */
#define JS_STRING_MAKING(X)             \
  X (concat, "concat", 1)               \
  X (repeat, "repeat", 1)               \
  X (pad_start, "padStart", 1)          \
  X (pad_end, "padEnd", 1)              \
  X (is_well_formed, "isWellFormed", 0) \
  X (to_well_formed, "toWellFormed", 0) \
  X (trim, "trim", 0)                   \
  X (trim_start, "trimStart", 0)        \
  X (trim_end, "trimEnd", 0)            \
  X (to_upper, "toUpperCase", 0)        \
  X (to_lower, "toLowerCase", 0)        \
  X (to_upper, "toLocaleUpperCase", 0)  \
  X (to_lower, "toLocaleLowerCase", 0)  \
  X (normalize, "normalize", 0)         \
  X (split, "split", 2)                 \
  X (replace, "replace", 2)             \
  X (replace_all, "replaceAll", 2)      \
  X (match, "match", 1)                 \
  X (match_all, "matchAll", 1)          \
  X (search, "search", 1)

#define DECLARE_METHOD(name, text, length) JsValue js_string_method_##name (JsVm *vm, const JsCall *call);
JS_STRING_MAKING (DECLARE_METHOD)
#undef DECLARE_METHOD

/** this as a string, held. */
JsValue js_string_receiver (JsVm *vm, const JsCall *call, const char *method);
/** As in a dictionary: accents and case count only between words that are else the same. */
int js_text_collate (const char *a, const char *b);

G_END_DECLS
