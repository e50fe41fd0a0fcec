/* atom.h - names of properties: interned strings and symbols, compared by pointer
 *
 * An atom lives as long as the virtual machine. The string or symbol of the simulated heap that it stands for is made
 * when somebody asks for it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/value.h"

G_BEGIN_DECLS

typedef struct _JsVm JsVm;

typedef enum
{
  JS_ATOM_STRING,
  JS_ATOM_SYMBOL,
  JS_ATOM_PRIVATE, /* #name: a symbol that only the private bytecodes use */
} JsAtomKind;

typedef struct
{
  guint8 kind;              /* JsAtomKind */
  gboolean has_description; /* of a symbol */
  gboolean registered;      /* Symbol.for () */
  guint32 hash;
  guint32 place; /* in JsAtoms.all */
  char *text;    /* WTF-8: the name, or the symbol's description */
  gsize length;  /* bytes of it */
  HpRef ref;     /* its string or symbol in the heap, or 0: not made yet. Kept: js_keep () */
} JsAtom;

/** A property's key: an atom; or NULL and an array index, 0 … 2^32 - 2. */
typedef struct
{
  JsAtom *atom;
  guint32 index;
} JsKey;

/* Atoms that the runtime and the library name themselves: (identifier, text). */
#define JS_ATOMS(X)                \
  X (EMPTY, "")                    \
  X (LENGTH, "length")             \
  X (NAME, "name")                 \
  X (PROTOTYPE, "prototype")       \
  X (CONSTRUCTOR, "constructor")   \
  X (PROTO, "__proto__")           \
  X (TO_STRING, "toString")        \
  X (VALUE_OF, "valueOf")          \
  X (TO_JSON, "toJSON")            \
  X (MESSAGE, "message")           \
  X (STACK, "stack")               \
  X (CAUSE, "cause")               \
  X (ERRORS, "errors")             \
  X (CODE, "code")                 \
  X (NEXT, "next")                 \
  X (RETURN, "return")             \
  X (THROW, "throw")               \
  X (DONE, "done")                 \
  X (VALUE, "value")               \
  X (GET, "get")                   \
  X (SET, "set")                   \
  X (WRITABLE, "writable")         \
  X (ENUMERABLE, "enumerable")     \
  X (CONFIGURABLE, "configurable") \
  X (THEN, "then")                 \
  X (INDEX, "index")               \
  X (INPUT, "input")               \
  X (GROUPS, "groups")             \
  X (INDICES, "indices")           \
  X (LAST_INDEX, "lastIndex")      \
  X (RAW, "raw")                   \
  X (CALLEE, "callee")             \
  X (DEFAULT, "default")           \
  X (STRING, "string")             \
  X (NUMBER, "number")             \
  X (BIGINT, "bigint")             \
  X (BOOLEAN, "boolean")           \
  X (SYMBOL, "symbol")             \
  X (OBJECT, "object")             \
  X (FUNCTION, "function")         \
  X (UNDEFINED, "undefined")       \
  X (NULL, "null")                 \
  X (TRUE, "true")                 \
  X (FALSE, "false")               \
  X (NAN, "NaN")                   \
  X (INFINITY, "Infinity")         \
  X (SIZE, "size")                 \
  X (EXPORTS, "exports")           \
  X (FIELDS, "[[fields]]")

/* Well-known symbols: (identifier, name); description "Symbol.name". */
#define JS_SYMBOLS(X)                            \
  X (ITERATOR, "iterator")                       \
  X (ASYNC_ITERATOR, "asyncIterator")            \
  X (HAS_INSTANCE, "hasInstance")                \
  X (TO_PRIMITIVE, "toPrimitive")                \
  X (TO_STRING_TAG, "toStringTag")               \
  X (SPECIES, "species")                         \
  X (IS_CONCAT_SPREADABLE, "isConcatSpreadable") \
  X (UNSCOPABLES, "unscopables")                 \
  X (MATCH, "match")                             \
  X (MATCH_ALL, "matchAll")                      \
  X (REPLACE, "replace")                         \
  X (SEARCH, "search")                           \
  X (SPLIT, "split")

typedef enum
{
#define ATOM_ENUM(name, text) JS_ATOM_ID_##name,
  JS_ATOMS (ATOM_ENUM)
#undef ATOM_ENUM
#define SYMBOL_ENUM(name, text) JS_SYMBOL_ID_##name,
      JS_SYMBOLS (SYMBOL_ENUM)
#undef SYMBOL_ENUM
          JS_N_ATOM_IDS
} JsAtomId;

/** vm's atom: JS_NAME (vm, LENGTH); of a well-known symbol: JS_SYMBOL (vm, ITERATOR). */
#define JS_NAME(vm, id) ((vm)->atoms.known[JS_ATOM_ID_##id])
#define JS_SYMBOL(vm, id) ((vm)->atoms.known[JS_SYMBOL_ID_##id])

typedef struct
{
  JsAtom *known[JS_N_ATOM_IDS];
  GHashTable *strings;    /* set of JsAtom */
  GHashTable *by_ref;     /* ref of a string that stands for an atom -> that */
  GHashTable *registered; /* text -> JsAtom: Symbol.for () */
  GPtrArray *all;         /* owned; a symbol's object in the heap names its place here */
} JsAtoms;

void js_atoms_init (JsVm *vm);
void js_atoms_clear (JsVm *vm);

/** @text: WTF-8, of @length bytes; -1: up to its NUL. */
JsAtom *js_atom (JsVm *vm, const char *text, gssize length);
/** A new symbol without its object. @description: NULL: it has none. */
JsAtom *js_atom_new_symbol (JsVm *vm, JsAtomKind kind, const char *description, gssize length);
/** The string or symbol that @atom stands for. Made at first use, in old space, as V8's constants; then kept. */
JsValue js_atom_value (JsVm *vm, JsAtom *atom);

/** Which atom a symbol of the heap is. */
JsAtom *js_symbol_atom (JsVm *vm, HpRef symbol);

/** The key that @atom is: one that reads like an array index is an index. */
JsKey js_key (JsAtom *atom);
static inline JsKey
js_key_atom (JsAtom *atom)
{
  return (JsKey){ atom, 0 };
}
static inline JsKey
js_key_index (guint32 index)
{
  return (JsKey){ NULL, index };
}
/** The array index that the text is: 0 … 2^32 - 2 without leading zeros. */
gboolean js_text_is_index (const char *text, gsize length, guint32 *index);
/** ToPropertyKey: calls toString of objects. FALSE: thrown. */
gboolean js_to_key (JsVm *vm, JsValue value, JsKey *key);
/** A string or symbol; indices become strings. */
JsValue js_key_value (JsVm *vm, JsKey key);
/** The atom of any key, with indices as text. */
JsAtom *js_key_to_atom (JsVm *vm, JsKey key);
/** For messages. (transfer full) */
char *js_key_text (JsVm *vm, JsKey key);

G_END_DECLS
