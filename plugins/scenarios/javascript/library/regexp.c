/* regexp.c - RegExp: patterns, exec, flags
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/regexp.h"
#include "runtime/message.h"

/* A pattern that does not come to an end gives up: some seconds. */
#define MOST_STEPS 20000000
#define MOST_DEPTH 200000

/* What the library keeps about all regular expressions. */
typedef struct
{
  GPtrArray *patterns; /* of JsPattern */
  GHashTable *ids;     /* "flags/source" -> place + 1 */
  pcre2_compile_context *compile;
  pcre2_match_context *match;
  HpRef subject; /* the string matched last, and its characters: a string never changes */
  GArray *units;
} Regexps;

static const char FLAGS[] = "dgimsuy";

static void
free_pattern (gpointer data)
{
  JsPattern *self = data;

  pcre2_code_free (self->code);
  pcre2_match_data_free (self->match);
  if (self->names != NULL)
    g_ptr_array_unref (self->names);
  g_free (self);
}

static void
init (JsVm *vm)
{
  static const char *const NAMES[] = { "data", "source", "flags" };
  Regexps *self = g_new0 (Regexps, 1);
  JsProperty last_index = { .atom = JS_NAME (vm, LAST_INDEX), .attributes = JS_WRITABLE };

  self->patterns = g_ptr_array_new_with_free_func (free_pattern);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->compile = pcre2_compile_context_create (NULL);
  pcre2_set_compile_extra_options (self->compile, PCRE2_EXTRA_ALT_BSUX);
  pcre2_set_newline (self->compile, PCRE2_NEWLINE_ANYCRLF);
  self->match = pcre2_match_context_create (NULL);
  pcre2_set_match_limit (self->match, MOST_STEPS);
  pcre2_set_depth_limit (self->match, MOST_DEPTH);
  self->units = g_array_new (FALSE, FALSE, sizeof (gunichar2));
  vm->regexps = self;
  js_define_kind (vm,
                  &(JsClassTemplate){ .kind = JS_KIND_REGEXP,
                                      .n_own = JS_N_REGEXP_SLOTS,
                                      .own_names = NAMES,
                                      .n_in_object = 1,
                                      .intrinsic_prototype = JS_INTRINSIC_REGEXP_PROTOTYPE + 1 });
  js_regexp_define_iterator (vm);
  vm->kinds[JS_KIND_REGEXP] = js_class_add (vm, vm->kinds[JS_KIND_REGEXP], &last_index);
}

static void
clear (JsVm *vm)
{
  Regexps *self = vm->regexps;

  g_ptr_array_unref (self->patterns);
  g_hash_table_unref (self->ids);
  pcre2_compile_context_free (self->compile);
  pcre2_match_context_free (self->match);
  g_array_unref (self->units);
  g_clear_pointer (&vm->regexps, g_free);
}

/* ---- compiling --------------------------------------------------------------------------------------------------- */

static gboolean
parse_flags (const char *text, guint32 *flags)
{
  *flags = 0;
  for (; *text != '\0'; text++)
    {
      const char *found = strchr (FLAGS, *text);
      guint32 bit = found != NULL ? 1u << (found - FLAGS) : 0;

      if (bit == 0 || (*flags & bit))
        return FALSE;
      *flags |= bit;
    }
  return TRUE;
}

static guint32
compile_options (guint32 flags)
{
  return PCRE2_ALT_BSUX | PCRE2_MATCH_UNSET_BACKREF | PCRE2_DOLLAR_ENDONLY | PCRE2_ALLOW_EMPTY_CLASS
         | PCRE2_NEVER_BACKSLASH_C | (flags & JS_REGEXP_IGNORE_CASE ? PCRE2_CASELESS : 0)
         | (flags & JS_REGEXP_MULTILINE ? PCRE2_MULTILINE : 0) | (flags & JS_REGEXP_DOT_ALL ? PCRE2_DOTALL : 0)
         | (flags & JS_REGEXP_UNICODE ? PCRE2_UTF | PCRE2_MATCH_INVALID_UTF : 0);
}

/* What names the groups have. */
static GPtrArray *
read_names (JsVm *vm, const JsPattern *pattern)
{
  guint32 n, size;
  PCRE2_SPTR table;
  GPtrArray *names;

  pcre2_pattern_info (pattern->code, PCRE2_INFO_NAMECOUNT, &n);
  if (n == 0)
    return NULL;
  pcre2_pattern_info (pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
  pcre2_pattern_info (pattern->code, PCRE2_INFO_NAMETABLE, &table);
  names = g_ptr_array_new ();
  g_ptr_array_set_size (names, (gint) pattern->n_groups);
  for (guint32 i = 0; i < n; i++, table += size)
    {
      g_autofree char *name = g_utf16_to_utf8 (table + 1, -1, NULL, NULL, NULL);
      if (name != NULL && table[0] < names->len)
        names->pdata[table[0]] = js_atom (vm, name, -1);
    }
  return names;
}

static const char *
complaint_of (int error)
{
  switch (error)
    {
    case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
      return "Lookbehind of varying length is not supported";
    case PCRE2_ERROR_QUANTIFIER_INVALID:
      return "Nothing to repeat";
    case PCRE2_ERROR_CLASS_RANGE_ORDER:
      return "Range out of order in character class";
    case PCRE2_ERROR_QUANTIFIER_OUT_OF_ORDER:
      return "numbers out of order in {} quantifier";
    case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS:
      return "Unterminated group";
    case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS:
      return "Unmatched ')'";
    case PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME:
      return "Duplicate capture group name";
    case PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE:
      return "Invalid named capture referenced";
    case PCRE2_ERROR_CODE_POINT_TOO_BIG:
      return "Invalid Unicode escape";
    case PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY:
    case PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY:
      return "Invalid property name";
    default:
      return "Invalid regular expression";
    }
}

/* What V8 has against the pattern, or NULL with *code. */
static const char *
compile (JsVm *vm, const char *source, guint32 flags, pcre2_code **code)
{
  Regexps *self = vm->regexps;
  g_autofree gunichar2 *units = NULL, *translated = NULL;
  const char *complaint;
  glong n;
  gsize length;
  int error;
  gsize offset;

  units = g_utf8_to_utf16 (source, -1, NULL, &n, NULL);
  if (units == NULL)
    return "Lone surrogate";
  translated = js_regexp_translate (units, (gsize) n, (flags & JS_REGEXP_UNICODE) != 0, &length, &complaint);
  if (complaint != NULL)
    return complaint;
  *code = pcre2_compile (translated, length, compile_options (flags), &error, &offset, self->compile);
  return *code != NULL ? NULL : complaint_of (error);
}

char *
js_regexp_check (JsVm *vm, const char *source, const char *flags)
{
  pcre2_code *code = NULL;
  const char *complaint;
  guint32 bits;

  if (!parse_flags (flags, &bits))
    return g_strdup ("Invalid regular expression flags");
  complaint = compile (vm, source, bits, &code);
  pcre2_code_free (code);
  return complaint != NULL ? g_strdup_printf ("Invalid regular expression: /%s/%s: %s", source, flags, complaint)
                           : NULL;
}

/* The place of a pattern among all; -1: thrown. */
static gint32
find_pattern (JsVm *vm, const char *source, const char *flags)
{
  Regexps *self = vm->regexps;
  g_autofree char *key = g_strconcat (flags, "/", source, NULL);
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->ids, key));
  const char *complaint;
  JsPattern *pattern;

  if (found != 0)
    return (gint32) found - 1;
  pattern = g_new0 (JsPattern, 1);
  if (!parse_flags (flags, &pattern->flags))
    js_throw_syntax (vm, "Invalid flags supplied to RegExp constructor '%s'", flags);
  else if ((complaint = compile (vm, source, pattern->flags, &pattern->code)) != NULL)
    js_throw_syntax (vm, "Invalid regular expression: /%s/%s: %s", source, flags, complaint);
  else
    {
      guint32 n;
      pcre2_pattern_info (pattern->code, PCRE2_INFO_CAPTURECOUNT, &n);
      pattern->n_groups = n + 1;
      pattern->match = pcre2_match_data_create_from_pattern (pattern->code, NULL);
      pattern->names = read_names (vm, pattern);
      g_ptr_array_add (self->patterns, pattern);
      g_hash_table_insert (self->ids, g_steal_pointer (&key), GUINT_TO_POINTER (self->patterns->len));
      return (gint32) self->patterns->len - 1;
    }
  g_free (pattern);
  return -1;
}

/* ---- the constructor --------------------------------------------------------------------------------------------- */

static JsValue
new_regexp (JsVm *vm, const JsCall *call, JsValue source, JsValue flags)
{
  g_autofree char *text = js_string_to_utf8 (vm, source.payload, NULL), *letters = NULL;
  JsValue target = js_is_undefined (call->new_target) ? js_ref (call->callee) : call->new_target, regexp;
  gint32 place;

  letters = js_string_to_utf8 (vm, flags.payload, NULL);
  place = find_pattern (vm, text, letters);
  regexp = place < 0 ? JS_THROWN : js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_REGEXP, target)));
  if (js_is_hole (regexp))
    return regexp;
  js_set_own_slot (vm, regexp.payload, JS_REGEXP_SLOT_DATA, js_smi (place));
  js_set_own_slot (vm, regexp.payload, JS_REGEXP_SLOT_SOURCE, source);
  js_set_own_slot (vm, regexp.payload, JS_REGEXP_SLOT_FLAGS, flags);
  return js_regexp_set_last_index (vm, regexp, 0) ? regexp : JS_THROWN;
}

static JsValue
regexp_construct (JsVm *vm, const JsCall *call)
{
  JsValue source = js_argument (call, 0), flags = js_argument (call, 1);

  if (js_is_kind (vm, source, JS_KIND_REGEXP))
    {
      if (js_is_undefined (call->new_target) && js_is_undefined (flags))
        return source;
      if (js_is_undefined (flags))
        flags = js_get_own_slot (vm, source.payload, JS_REGEXP_SLOT_FLAGS);
      source = js_get_own_slot (vm, source.payload, JS_REGEXP_SLOT_SOURCE);
    }
  source = js_hold (vm, js_is_undefined (source) ? js_string (vm, "(?:)", -1) : js_to_string (vm, source));
  if (js_is_string (vm, source) && js_string_length (vm, source.payload) == 0)
    source = js_hold (vm, js_string (vm, "(?:)", -1));
  flags = js_is_hole (source)
              ? source
              : js_hold (vm,
                         js_is_undefined (flags) ? js_atom_value (vm, JS_NAME (vm, EMPTY)) : js_to_string (vm, flags));
  return js_is_hole (flags) ? flags : new_regexp (vm, call, source, flags);
}

/* ---- matching ---------------------------------------------------------------------------------------------------- */

JsPattern *
js_regexp_pattern (JsVm *vm, HpRef regexp)
{
  Regexps *self = vm->regexps;

  return g_ptr_array_index (self->patterns, js_as_smi (js_get_own_slot (vm, regexp, JS_REGEXP_SLOT_DATA)));
}

JsPattern *
js_regexp_receiver (JsVm *vm, const JsCall *call, const char *method)
{
  g_autofree char *name = NULL;

  if (js_is_kind (vm, call->receiver, JS_KIND_REGEXP))
    return js_regexp_pattern (vm, call->receiver.payload);
  name = g_strconcat ("RegExp.prototype.", method, NULL);
  js_throw_incompatible (vm, name, call->receiver);
  return NULL;
}

static gboolean
load_subject (JsVm *vm, HpRef string)
{
  Regexps *self = vm->regexps;
  JsChars chars;

  if (self->subject == string)
    return TRUE;
  if (!js_string_chars (vm, string, &chars))
    return FALSE;
  g_array_set_size (self->units, chars.length + 1);
  for (guint32 i = 0; i < chars.length; i++)
    g_array_index (self->units, gunichar2, i) = js_chars_at (&chars, i);
  g_array_index (self->units, gunichar2, chars.length) = 0;
  self->subject = string;
  return TRUE;
}

int
js_regexp_match (JsVm *vm, JsPattern *pattern, HpRef string, gsize start)
{
  Regexps *self = vm->regexps;
  JsHandles handles = js_handles_open (vm);
  gboolean loaded;
  int n;

  js_hold (vm, js_ref (string));
  loaded = load_subject (vm, string) && js_vm_tick (vm);
  js_handles_close (vm, handles);
  if (!loaded)
    return -1;
  n = pcre2_match (pattern->code,
                   (PCRE2_SPTR) self->units->data,
                   self->units->len - 1,
                   start,
                   pattern->flags & JS_REGEXP_STICKY ? PCRE2_ANCHORED : 0,
                   pattern->match,
                   self->match);
  if (n > 0)
    return 1;
  if (n == PCRE2_ERROR_NOMATCH)
    return 0;
  js_throw_range (vm, "Regular expression too complex: it was given up after %d steps", MOST_STEPS);
  return -1;
}

const gsize *
js_regexp_groups (const JsPattern *pattern)
{
  return pcre2_get_ovector_pointer (pattern->match);
}

JsValue
js_regexp_group (JsVm *vm, const JsPattern *pattern, HpRef string, guint i)
{
  const gsize *groups = js_regexp_groups (pattern);

  if (i >= pcre2_get_ovector_count (pattern->match) || groups[2 * i] == PCRE2_UNSET)
    return JS_UNDEFINED;
  return js_string_slice (vm, string, (guint32) groups[2 * i], (guint32) groups[2 * i + 1]);
}

/* The object of named groups, or undefined. @indices: their places. */
static JsValue
named_groups (JsVm *vm, const JsPattern *pattern, JsValue array)
{
  JsValue object;

  if (pattern->names == NULL)
    return JS_UNDEFINED;
  object = js_hold (vm, js_ref (js_new_object_with_prototype (vm, JS_NULL)));
  for (guint i = 0; i < pattern->names->len && !js_is_hole (object); i++)
    {
      JsAtom *name = g_ptr_array_index (pattern->names, i);
      if (name == NULL)
        continue;
      if (!js_define (vm, object.payload, js_key_atom (name), js_element (vm, array.payload, i), JS_ALL_ATTRIBUTES))
        return JS_THROWN;
    }
  return object;
}

static gboolean
define_extra (JsVm *vm, JsValue array, JsAtom *name, JsValue value)
{
  return !js_is_hole (value) && js_define (vm, array.payload, js_key_atom (name), value, JS_ALL_ATTRIBUTES);
}

static JsValue
result_indices (JsVm *vm, const JsPattern *pattern)
{
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));

  for (guint i = 0; i < pattern->n_groups && !js_is_hole (array); i++)
    {
      const gsize *groups = js_regexp_groups (pattern);
      JsValue pair[] = { js_smi ((gint32) groups[2 * i]), js_smi ((gint32) groups[2 * i + 1]) };
      JsValue value = groups[2 * i] == PCRE2_UNSET ? JS_UNDEFINED : js_ref (js_new_array_of (vm, pair, 2));
      if (js_is_hole (value) || !js_array_push (vm, array.payload, value))
        return JS_THROWN;
    }
  if (js_is_hole (array) || !define_extra (vm, array, JS_NAME (vm, GROUPS), named_groups (vm, pattern, array)))
    return JS_THROWN;
  return array;
}

JsValue
js_regexp_result (JsVm *vm, const JsPattern *pattern, JsValue string)
{
  JsHandles handles = js_handles_open (vm);
  JsValue array = js_hold (vm, js_ref (js_new_array (vm, 0)));
  gint32 index = (gint32) js_regexp_groups (pattern)[0];

  js_hold (vm, string);
  for (guint i = 0; i < pattern->n_groups && !js_is_hole (array); i++)
    {
      JsValue group = js_regexp_group (vm, pattern, string.payload, i);
      if (js_is_hole (group) || !js_array_push (vm, array.payload, group))
        array = JS_THROWN;
    }
  if (!js_is_hole (array)
      && (!define_extra (vm, array, JS_NAME (vm, INDEX), js_smi (index))
          || !define_extra (vm, array, JS_NAME (vm, INPUT), string)
          || !define_extra (vm, array, JS_NAME (vm, GROUPS), named_groups (vm, pattern, array))
          || ((pattern->flags & JS_REGEXP_INDICES)
              && !define_extra (vm, array, JS_NAME (vm, INDICES), result_indices (vm, pattern)))))
    array = JS_THROWN;
  js_handles_close (vm, handles);
  return array;
}

gboolean
js_regexp_get_last_index (JsVm *vm, JsValue regexp, gint64 *index)
{
  JsValue value = js_get_named (vm, regexp, JS_NAME (vm, LAST_INDEX));

  return !js_is_hole (value) && js_to_length (vm, value, index);
}

gboolean
js_regexp_set_last_index (JsVm *vm, JsValue regexp, gint64 index)
{
  return js_set_named (vm, regexp, JS_NAME (vm, LAST_INDEX), js_smi ((gint32) index));
}

gint64
js_regexp_advance (JsVm *vm, const JsPattern *pattern, HpRef string, gint64 index)
{
  if ((pattern->flags & JS_REGEXP_UNICODE) && index + 1 < js_string_length (vm, string)
      && (js_string_at (vm, string, (guint32) index) & 0xfc00) == 0xd800)
    return index + 2;
  return index + 1;
}

JsValue
js_regexp_exec (JsVm *vm, JsValue regexp, JsValue string)
{
  JsPattern *pattern = js_regexp_pattern (vm, regexp.payload);
  gboolean moves = (pattern->flags & (JS_REGEXP_GLOBAL | JS_REGEXP_STICKY)) != 0;
  gint64 start;
  int found;

  if (!js_regexp_get_last_index (vm, regexp, &start))
    return JS_THROWN;
  start = moves ? start : 0;
  found = start > js_string_length (vm, string.payload) ? 0
                                                        : js_regexp_match (vm, pattern, string.payload, (gsize) start);
  if (found < 0 || (moves && found == 0 && !js_regexp_set_last_index (vm, regexp, 0)))
    return JS_THROWN;
  if (found == 0)
    return JS_NULL;
  if (moves && !js_regexp_set_last_index (vm, regexp, (gint64) js_regexp_groups (pattern)[1]))
    return JS_THROWN;
  return js_regexp_result (vm, pattern, string);
}

/* ---- methods ----------------------------------------------------------------------------------------------------- */

static JsValue
regexp_exec (JsVm *vm, const JsCall *call)
{
  JsValue string;

  if (js_regexp_receiver (vm, call, "exec") == NULL)
    return JS_THROWN;
  string = js_hold (vm, js_to_string (vm, js_argument (call, 0)));
  return js_is_hole (string) ? string : js_regexp_exec (vm, call->receiver, string);
}

static JsValue
regexp_test (JsVm *vm, const JsCall *call)
{
  JsValue result = regexp_exec (vm, call);

  return js_is_hole (result) ? result : js_boolean (!js_is_null (result));
}

/* A slash in the source is written with a backslash, a newline as an escape. */
static JsValue
get_source (JsVm *vm, const JsCall *call)
{
  g_autofree char *source = NULL;
  g_autoptr (GString) out = NULL;
  gboolean in_class = FALSE;

  if (js_regexp_receiver (vm, call, "source") == NULL)
    return JS_THROWN;
  source = js_string_to_utf8 (vm, js_get_own_slot (vm, call->receiver.payload, JS_REGEXP_SLOT_SOURCE).payload, NULL);
  out = g_string_new (NULL);
  for (const char *at = source; *at != '\0'; at++)
    {
      in_class = *at == '[' ? TRUE : *at == ']' ? FALSE : in_class;
      if (*at == '/' && !in_class)
        g_string_append_c (out, '\\');
      if (*at == '\n')
        g_string_append (out, "\\n");
      else
        g_string_append_c (out, *at);
      if (*at == '\\' && at[1] != '\0')
        g_string_append_c (out, *++at);
    }
  return js_string (vm, out->str, (gssize) out->len);
}

static char *
flags_text (guint32 flags)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; FLAGS[i] != '\0'; i++)
    if (flags & 1u << i)
      g_string_append_c (out, FLAGS[i]);
  return g_string_free (out, FALSE);
}

static JsValue
get_flags (JsVm *vm, const JsCall *call)
{
  JsPattern *pattern = js_regexp_receiver (vm, call, "flags");
  g_autofree char *text = pattern != NULL ? flags_text (pattern->flags) : NULL;

  return text != NULL ? js_string (vm, text, -1) : JS_THROWN;
}

static JsValue
regexp_to_string (JsVm *vm, const JsCall *call)
{
  JsValue source = js_hold (vm, js_get_named (vm, call->receiver, js_atom (vm, "source", -1))), flags;
  g_autofree char *text = NULL, *letters = NULL;

  flags = js_is_hole (source) ? source : js_hold (vm, js_get_named (vm, call->receiver, js_atom (vm, "flags", -1)));
  text = js_is_hole (flags) ? NULL : js_to_utf8 (vm, source);
  letters = text != NULL ? js_to_utf8 (vm, flags) : NULL;
  return letters != NULL ? js_string_printf (vm, "/%s/%s", text, letters) : JS_THROWN;
}

#define FLAG_GETTER(name, flag)                                                                 \
  static JsValue get_##name (JsVm *vm, const JsCall *call)                                      \
  {                                                                                             \
    JsPattern *pattern = js_regexp_receiver (vm, call, #name);                                  \
    return pattern != NULL ? js_boolean ((pattern->flags & JS_REGEXP_##flag) != 0) : JS_THROWN; \
  }

FLAG_GETTER (hasIndices, INDICES)
FLAG_GETTER (global, GLOBAL)
FLAG_GETTER (ignoreCase, IGNORE_CASE)
FLAG_GETTER (multiline, MULTILINE)
FLAG_GETTER (dotAll, DOT_ALL)
FLAG_GETTER (unicode, UNICODE)
FLAG_GETTER (sticky, STICKY)

/* The flag v is refused. */
static JsValue
get_unicode_sets (JsVm *vm, const JsCall *call)
{
  (void) vm;
  (void) call;
  return JS_FALSE;
}

static const JsNativeRow MEMBERS[] = {
  JS_METHOD ("exec", regexp_exec, 1),
  JS_METHOD ("test", regexp_test, 1),
  JS_METHOD ("toString", regexp_to_string, 0),
  JS_GETTER ("source", get_source),
  JS_GETTER ("flags", get_flags),
  JS_GETTER ("hasIndices", get_hasIndices),
  JS_GETTER ("global", get_global),
  JS_GETTER ("ignoreCase", get_ignoreCase),
  JS_GETTER ("multiline", get_multiline),
  JS_GETTER ("dotAll", get_dotAll),
  JS_GETTER ("unicode", get_unicode),
  JS_GETTER ("unicodeSets", get_unicode_sets),
  JS_GETTER ("sticky", get_sticky),
  JS_METHOD ("@@match", js_regexp_do_match, 1),
  JS_METHOD ("@@matchAll", js_regexp_do_match_all, 1),
  JS_METHOD ("@@replace", js_regexp_do_replace, 2),
  JS_METHOD ("@@search", js_regexp_do_search, 1),
  JS_METHOD ("@@split", js_regexp_do_split, 2),
};

static const JsNativeRow ITERATOR[] = {
  JS_METHOD ("next", js_regexp_iterator_next, 0),
  JS_STRING ("@@toStringTag", "RegExp String Iterator"),
};

static const JsLibraryClass CLASSES[] = {
  { .name = "RegExp",
    .construct = regexp_construct,
    .length = 2,
    .prototype = JS_INTRINSIC_REGEXP_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS) },
  { .prototype = JS_INTRINSIC_REGEXP_ITERATOR_PROTOTYPE,
    .parent = JS_INTRINSIC_ITERATOR_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = ITERATOR,
    .n_members = G_N_ELEMENTS (ITERATOR) },
};

const JsLibrary js_library_regexp = {
  .init = init, .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES), .clear = clear
};
