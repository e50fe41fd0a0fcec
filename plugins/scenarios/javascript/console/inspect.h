/* inspect.h - values as Node's util.inspect shows them (lib/internal/util/inspect.js)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "library/library.h"

G_BEGIN_DECLS

/* What the option compact: true is: all on one line that fits there. */
#define JS_COMPACT_ALWAYS G_MAXUINT

typedef enum
{
  JS_GETTERS_NONE,
  JS_GETTERS_ALL,
  JS_GETTERS_ALONE,
  JS_GETTERS_WITH_SETTER,
} JsGetters;

typedef struct
{
  JsVm *vm;
  gboolean show_hidden, colors, separates_digits, is_sorted;
  gint depth; /* G_MAXINT: all */
  guint break_length;
  guint compact; /* 0: an entry a line always */
  guint most_elements, most_characters;
  JsGetters getters;  /* which are called */
  JsValue comparator; /* undefined: by their characters. Held by the caller */
  JsValue options;    /* what the program gave, or undefined */

  JsAtom *custom; /* the symbol of objects that say themselves what they look like, or NULL */

  guint indentation;
  gint current_depth;
  GArray *seen;     /* HpRefs of what is being shown */
  GArray *circular; /* HpRefs of those that refer to themselves */
  GArray *budget;   /* of gsize: bytes written by indentation */
  gboolean failed;  /* an exception is pending */
} JsInspect;

void js_inspect_init (JsInspect *self, JsVm *vm);
void js_inspect_clear (JsInspect *self);
/** The options in an object, where there are any. FALSE: thrown. */
gboolean js_inspect_options (JsInspect *self, JsValue options);
/** @object with all options as properties, for programs. */
JsValue js_inspect_options_object (JsInspect *self, JsValue object);
/** For JS_OBJECT (): util.inspect.defaultOptions, colors, styles. */
JsValue js_create_inspect_defaults (JsVm *vm);
JsValue js_create_inspect_colors (JsVm *vm);
JsValue js_create_inspect_styles (JsVm *vm);
/** @value is held. (transfer full); with self->failed an exception is pending. */
char *js_inspect_value (JsInspect *self, JsValue value, gint depth);

/** The arguments as console.log writes them, without a newline. NULL: thrown. (transfer full) */
char *js_format (JsVm *vm, const JsValue *arguments, guint n);

/* ---- between the files of inspect -------------------------------------------------------------------------------- */

typedef enum
{
  JS_EXTRAS_OBJECT,
  JS_EXTRAS_ELEMENT,
  JS_EXTRAS_ARRAY,
} JsExtras;

typedef enum
{
  JS_STYLE_SPECIAL,
  JS_STYLE_NUMBER,
  JS_STYLE_BIGINT,
  JS_STYLE_BOOLEAN,
  JS_STYLE_NULL,
  JS_STYLE_STRING,
  JS_STYLE_SYMBOL,
  JS_STYLE_UNDEFINED,
  JS_STYLE_DATE,
  JS_STYLE_REGEXP,
  JS_STYLE_MODULE,
} JsStyle;

/** @text (transfer full) with its colour, where there are colours. (transfer full) */
char *js_inspect_style (JsInspect *self, char *text, JsStyle style);
/** What an object's own inspect function is given. */
JsValue js_inspect_custom_options (JsInspect *self);
/** 1_234.567_8 (transfer full) */
char *js_separate_digits (const char *digits);
/** The @n last entries in order. FALSE: thrown. */
gboolean js_inspect_sort (JsInspect *self, GPtrArray *output, guint n);
/** strEscape: in the quotes that need least. (transfer full) */
char *js_quote (const char *text, gsize length);
/** Without quotes. */
char *js_escape (const char *text, gsize length);
char *js_inspect_primitive (JsInspect *self, JsValue value);
/** Units of UTF-16. */
guint js_text_length (const char *text);
/** Columns of a terminal; colours have none. */
guint js_text_width (const char *text);
/**
 * What the entries add up to: on one line, in columns, or one a line. @output: of char *, owned by the caller.
 * @n_numbers: how many values from the first on are numbers; all entries: they are lined up at the right.
 */
char *js_inspect_join (JsInspect *self,
                       GPtrArray *output,
                       const char *base,
                       const char *open,
                       const char *close,
                       JsExtras extras,
                       gint depth,
                       guint n_numbers);
char *js_inspect_property (JsInspect *self, JsValue object, JsKey key, JsExtras extras, gint depth);
/** Its constructor's name, or NULL where it has no prototype. */
char *js_inspect_constructor (JsInspect *self, JsValue object, gint depth);
char *js_inspect_prefix (const char *constructor, const char *tag, const char *fallback, const char *size);
/** The text of a function, an error. @keys: of JsKey; those that the text has are taken out. */
char *js_inspect_function (JsInspect *self, JsValue function, const char *constructor, const char *tag);
char *js_inspect_error (JsInspect *self, JsValue error, const char *constructor, const char *tag, GArray *keys);
char *js_inspect_boxed (JsInspect *self, JsValue object, const char *constructor, const char *tag, GArray *keys);
/** Entries of a kind, in @output. FALSE: it has none of its own. *n_numbers as above. */
gboolean js_inspect_entries (JsInspect *self, JsValue object, gint depth, GPtrArray *output, guint *n_numbers);
/** object[name] as text, or NULL; runs getters. */
char *js_inspect_get_text (JsInspect *self, JsValue object, JsAtom *name);

G_END_DECLS
