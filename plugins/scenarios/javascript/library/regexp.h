/* regexp.h - regular expressions: PCRE2 does the matching, the rest is ECMAScript's
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

#define PCRE2_CODE_UNIT_WIDTH 16
#include <pcre2.h>

G_BEGIN_DECLS

enum
{
  JS_REGEXP_SLOT_DATA, /* a Smi: which pattern */
  JS_REGEXP_SLOT_SOURCE,
  JS_REGEXP_SLOT_FLAGS,
  JS_N_REGEXP_SLOTS
};

typedef enum
{
  JS_REGEXP_INDICES = 1 << 0,     /* d */
  JS_REGEXP_GLOBAL = 1 << 1,      /* g */
  JS_REGEXP_IGNORE_CASE = 1 << 2, /* i */
  JS_REGEXP_MULTILINE = 1 << 3,   /* m */
  JS_REGEXP_DOT_ALL = 1 << 4,     /* s */
  JS_REGEXP_UNICODE = 1 << 5,     /* u */
  JS_REGEXP_STICKY = 1 << 6,      /* y */
} JsRegexpFlags;

/* A compiled pattern. Each is compiled once. */
typedef struct
{
  pcre2_code *code;
  pcre2_match_data *match;
  guint32 flags; /* JsRegexpFlags */
  guint n_groups;
  GPtrArray *names; /* of JsAtom, by number of the group; NULL: it has none. NULL: none at all */
} JsPattern;

/** The pattern in PCRE2's language. NULL with *complaint, in V8's words, where it is none. (transfer full) */
gunichar2 *
js_regexp_translate (const gunichar2 *source, gsize n, gboolean unicode, gsize *length, const char **complaint);

JsPattern *js_regexp_pattern (JsVm *vm, HpRef regexp);
/** The receiver, where it is a RegExp. NULL: thrown. */
JsPattern *js_regexp_receiver (JsVm *vm, const JsCall *call, const char *method);
/**
 * Match @string from unit @start on: 1, 0, or -1: thrown. Group i is at match->ovector[2 i] up to [2 i + 1];
 * PCRE2_UNSET: it took no part.
 */
int js_regexp_match (JsVm *vm, JsPattern *pattern, HpRef string, gsize start);
const gsize *js_regexp_groups (const JsPattern *pattern);
/** Group @i as a string, or undefined. */
JsValue js_regexp_group (JsVm *vm, const JsPattern *pattern, HpRef string, guint i);
/** The array that exec () gives; held by nothing. */
JsValue js_regexp_result (JsVm *vm, const JsPattern *pattern, JsValue string);
/** RegExp.prototype.exec: the array, null, or JS_THROWN. */
JsValue js_regexp_exec (JsVm *vm, JsValue regexp, JsValue string);
gboolean js_regexp_get_last_index (JsVm *vm, JsValue regexp, gint64 *index);
gboolean js_regexp_set_last_index (JsVm *vm, JsValue regexp, gint64 index);
/** Behind an empty match: one unit, or with the flag u one character. */
gint64 js_regexp_advance (JsVm *vm, const JsPattern *pattern, HpRef string, gint64 index);

/* Methods of RegExp.prototype in regexp_symbol.c. */
JsValue js_regexp_do_match (JsVm *vm, const JsCall *call);
JsValue js_regexp_do_match_all (JsVm *vm, const JsCall *call);
JsValue js_regexp_do_replace (JsVm *vm, const JsCall *call);
JsValue js_regexp_do_search (JsVm *vm, const JsCall *call);
JsValue js_regexp_do_split (JsVm *vm, const JsCall *call);
JsValue js_regexp_iterator_next (JsVm *vm, const JsCall *call);
void js_regexp_define_iterator (JsVm *vm);

G_END_DECLS
