/* settings.h - one table describes every tunable
 *
 * A table of HpParameter rows is the single source for parsing, JSON, the command line's help, the window's controls
 * and the documentation. Machines, scenarios, policies and views each have one (plugins give theirs in the manifest).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

typedef enum
{
  HP_PARAMETER_BOOLEAN, /* true, false (also yes, no, on, off, 1, 0) */
  HP_PARAMETER_INTEGER, /* a whole number in min…max */
  HP_PARAMETER_BYTES,   /* the same, and K, M, G suffixes (x 1024) are understood: "16M" */
  HP_PARAMETER_NUMBER,  /* a real number in min…max */
  HP_PARAMETER_CHOICE,  /* one of choices */
  HP_PARAMETER_TEXT,
  HP_PARAMETER_FILE, /* a path; "-" is standard input */
  HP_N_PARAMETER_TYPES
} HpParameterType;

/**
 * HpParameter:
 * @name: as typed: lower case, words joined by '-'; V8's own flag name where there is one
 * @unit: "bytes", "ns", "%", or NULL; shown behind the value
 * @fallback: the default, in text form
 * @min, @max: bounds, both included; only for numbers
 * @choices: separated by '|'; only for %HP_PARAMETER_CHOICE
 * @help: one line, untranslated (translated where it is shown)
 */
typedef struct
{
  const char *name;
  HpParameterType type;
  const char *unit;
  const char *fallback;
  double min, max;
  const char *choices;
  const char *help;
} HpParameter;

/**
 * HpSettings: a value for each row of one table
 *
 * Getters take a name of the table and its type; asking for another is a programming error (g_return_if_fail).
 */
typedef struct _HpSettings HpSettings;

/** @table: @n rows, copied. */
HpSettings *hp_settings_new (const HpParameter *table, gsize n);
HpSettings *hp_settings_copy (const HpSettings *self);
void hp_settings_free (HpSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSettings, hp_settings_free)

gsize hp_settings_count (const HpSettings *self);
const HpParameter *hp_settings_parameter (const HpSettings *self, gsize i);
/** The row called @name, or NULL. */
const HpParameter *hp_settings_find (const HpSettings *self, const char *name);

/**
 * Set @name from text. On failure the old value stays and the error names the parameter, what was found and what was
 * expected (bounds, choices).
 */
gboolean hp_settings_set (HpSettings *self, const char *name, const char *text, GError **error);
/** The same, and the value counts as the default of @name from now on. */
gboolean hp_settings_set_default (HpSettings *self, const char *name, const char *text, GError **error);

gboolean hp_settings_get_boolean (const HpSettings *self, const char *name);
gint64 hp_settings_get_integer (const HpSettings *self, const char *name); /* INTEGER and BYTES */
double hp_settings_get_number (const HpSettings *self, const char *name);
const char *hp_settings_get_text (const HpSettings *self, const char *name); /* CHOICE, TEXT, FILE; never NULL */
/** Any type in the form that hp_settings_set() reads. (transfer full) */
char *hp_settings_dup_text (const HpSettings *self, const char *name);
/** Whether @name was set to something else than its default. */
gboolean hp_settings_is_changed (const HpSettings *self, const char *name);

G_END_DECLS
