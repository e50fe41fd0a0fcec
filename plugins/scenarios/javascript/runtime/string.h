/* string.h - strings of the simulated heap
 *
 * Sequences of Latin-1 or UTF-16 characters, whose bytes are in the heap; a ConsString joins two when the whole has 13
 * characters or more, a SlicedString is a part of 13 or more (V8 src/objects/string.h).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/vm.h"

G_BEGIN_DECLS

#define JS_STRING_LONGEST ((1u << 29) - 24)

/** Before anything else: kinds and empty string. */
void js_strings_init (JsVm *vm);

/** From WTF-8; -1: up to the NUL. A new object each time, but "" and single Latin-1 characters are shared. */
JsValue js_string (JsVm *vm, const char *text, gssize length);
JsValue js_string_printf (JsVm *vm, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** The constant in old space, as atoms have it. */
HpRef js_string_new_old (JsVm *vm, const char *text, gsize length);
JsValue js_string_from_utf16 (JsVm *vm, const gunichar2 *units, guint32 n);
JsValue js_string_from_latin1 (JsVm *vm, const guint8 *units, guint32 n);
JsValue js_string_from_unit (JsVm *vm, gunichar2 unit);

guint32 js_string_length (JsVm *vm, HpRef string);
/** The unit at @index < length; flattens. */
gunichar2 js_string_at (JsVm *vm, HpRef string, guint32 index);

/* The characters of a flat string, in the heap: valid until the next allocation. Exactly one of them is not NULL. */
typedef struct
{
  const guint8 *latin1;
  const gunichar2 *utf16;
  guint32 length;
} JsChars;

/** Flatten (may allocate, as V8's String::Flatten) and look. FALSE: the run is over. */
gboolean js_string_chars (JsVm *vm, HpRef string, JsChars *chars);
static inline gunichar2
js_chars_at (const JsChars *self, guint32 i)
{
  return self->latin1 != NULL ? self->latin1[i] : self->utf16[i];
}

/** WTF-8 in C memory, without touching the simulated heap's state. (transfer full) */
char *js_string_to_utf8 (JsVm *vm, HpRef string, gsize *length);
void js_string_append_to (JsVm *vm, HpRef string, GString *out);
/** The atom of a property of that name. Cached by ref. */
JsAtom *js_string_atom (JsVm *vm, HpRef string);

/** a + b: RangeError where it is too long. Both need not be held. */
JsValue js_string_concat (JsVm *vm, JsValue a, JsValue b);
/** Characters from @start up to @end. @string need not be held. */
JsValue js_string_slice (JsVm *vm, HpRef string, guint32 start, guint32 end);
gboolean js_string_equal (JsVm *vm, HpRef a, HpRef b);
/** By UTF-16 units: below 0, 0, above 0. */
int js_string_compare (JsVm *vm, HpRef a, HpRef b);
guint32 js_string_hash (JsVm *vm, HpRef string);
/** The first place of @needle at or behind @from, or -1. */
gint64 js_string_index_of (JsVm *vm, HpRef string, HpRef needle, guint32 from);

/** Builds a string in C memory; hand in parts, then finish. */
typedef struct
{
  GArray *units;     /* of gunichar2 */
  gboolean too_long; /* and nothing more is added */
} JsStringBuilder;

void js_string_builder_init (JsStringBuilder *self);
void js_string_builder_add (JsVm *vm, JsStringBuilder *self, HpRef string);
/** The units of @string from @start up to @end, at most its length. */
void js_string_builder_add_part (JsVm *vm, JsStringBuilder *self, HpRef string, guint32 start, guint32 end);
void js_string_builder_add_unit (JsStringBuilder *self, gunichar2 unit);
void js_string_builder_add_text (JsStringBuilder *self, const char *ascii);
/** In a loop: FALSE when the run is over, or with a RangeError pending where it is too long. */
gboolean js_string_builder_check (JsVm *vm, JsStringBuilder *self);
/** The string, and the builder is cleared. RangeError where it is too long. */
JsValue js_string_builder_finish (JsVm *vm, JsStringBuilder *self);
void js_string_builder_clear (JsStringBuilder *self);

G_END_DECLS
