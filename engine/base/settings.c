/* settings.c - values for the rows of a parameter table
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/settings.h"

#include <math.h>
#include <string.h>

typedef struct
{
  HpParameter parameter; /* strings interned */
  char *text;            /* TEXT, FILE, CHOICE */
  double number;         /* exact for integers up to 2^53, which every bound respects */
} Row;

struct _HpSettings
{
  Row *rows;
  gsize n;
};

static gboolean assign (Row *row, const char *text, GError **error);

static HpParameter
intern_parameter (const HpParameter *row)
{
  HpParameter copy = *row;

  copy.name = g_intern_string (row->name);
  copy.unit = g_intern_string (row->unit);
  copy.fallback = g_intern_string (row->fallback ? row->fallback : "");
  copy.choices = g_intern_string (row->choices);
  copy.help = g_intern_string (row->help);
  return copy;
}

HpSettings *
hp_settings_new (const HpParameter *table, gsize n)
{
  HpSettings *self = g_new0 (HpSettings, 1);

  self->rows = g_new0 (Row, n);
  self->n = n;
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      self->rows[i].parameter = intern_parameter (&table[i]);
      if (!assign (&self->rows[i], self->rows[i].parameter.fallback, &error))
        g_critical ("default of a parameter: %s", error->message);
    }
  return self;
}

HpSettings *
hp_settings_copy (const HpSettings *self)
{
  HpSettings *copy = g_new0 (HpSettings, 1);

  copy->n = self->n;
  copy->rows = g_memdup2 (self->rows, self->n * sizeof *self->rows);
  for (gsize i = 0; i < self->n; i++)
    copy->rows[i].text = g_strdup (self->rows[i].text);
  return copy;
}

void
hp_settings_free (HpSettings *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < self->n; i++)
    g_free (self->rows[i].text);
  g_free (self->rows);
  g_free (self);
}

gsize
hp_settings_count (const HpSettings *self)
{
  return self->n;
}

const HpParameter *
hp_settings_parameter (const HpSettings *self, gsize i)
{
  g_return_val_if_fail (i < self->n, NULL);

  return &self->rows[i].parameter;
}

static Row *
find_row (const HpSettings *self, const char *name)
{
  for (gsize i = 0; i < self->n; i++)
    if (strcmp (self->rows[i].parameter.name, name) == 0)
      return &self->rows[i];
  return NULL;
}

const HpParameter *
hp_settings_find (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);

  return row ? &row->parameter : NULL;
}

static gboolean reject (const HpParameter *parameter, const char *found, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static gboolean
reject (const HpParameter *parameter, const char *found, GError **error, const char *format, ...)
{
  g_autofree char *expected = NULL;
  va_list arguments;

  va_start (arguments, format);
  expected = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "%s: found “%s”, expected %s", parameter->name, found, expected);
  return FALSE;
}

static gboolean
parse_boolean (const HpParameter *parameter, const char *text, double *number, GError **error)
{
  static const char *const YES[] = { "true", "yes", "on", "1", NULL };
  static const char *const NO[] = { "false", "no", "off", "0", NULL };

  if (!g_strv_contains (YES, text) && !g_strv_contains (NO, text))
    return reject (parameter, text, error, "true or false");
  *number = g_strv_contains (YES, text) ? 1 : 0;
  return TRUE;
}

/* The factor of a size's suffix, 0 for an unknown one. */
static double
suffix_factor (const char *suffix)
{
  if (*suffix == '\0')
    return 1;
  if (suffix[1] != '\0' && strcmp (suffix + 1, "B") != 0 && strcmp (suffix + 1, "iB") != 0)
    return 0;
  switch (g_ascii_toupper (*suffix))
    {
    case 'K':
      return 1024.0;
    case 'M':
      return 1024.0 * 1024.0;
    case 'G':
      return 1024.0 * 1024.0 * 1024.0;
    default:
      return 0;
    }
}

static gboolean
parse_number (const HpParameter *parameter, const char *text, double *number, GError **error)
{
  gboolean whole = parameter->type != HP_PARAMETER_NUMBER;
  double factor;
  char *end;
  double value = g_ascii_strtod (text, &end);

  factor = parameter->type == HP_PARAMETER_BYTES ? suffix_factor (end) : (*end == '\0' ? 1 : 0);
  value *= factor;
  if (end == text || factor == 0 || !isfinite (value) || (whole && value != floor (value)))
    return reject (parameter,
                   text,
                   error,
                   parameter->type == HP_PARAMETER_BYTES ? "a number of bytes, such as 4096, 512K or 16M"
                   : whole                               ? "a whole number"
                                                         : "a number");
  if (value < parameter->min || value > parameter->max)
    return reject (parameter, text, error, "%.15g to %.15g", parameter->min, parameter->max);
  *number = value;
  return TRUE;
}

static gboolean
check_choice (const HpParameter *parameter, const char *text, GError **error)
{
  g_auto (GStrv) choices = g_strsplit (parameter->choices ? parameter->choices : "", "|", -1);
  g_autofree char *listed = NULL;

  if (g_strv_contains ((const char *const *) choices, text))
    return TRUE;
  listed = g_strjoinv (", ", choices);
  return reject (parameter, text, error, "one of %s", listed);
}

static gboolean
assign (Row *row, const char *text, GError **error)
{
  const HpParameter *parameter = &row->parameter;

  if (!g_utf8_validate (text, -1, NULL) && parameter->type != HP_PARAMETER_FILE)
    return reject (parameter, "bytes that are not UTF-8", error, "text");
  switch (parameter->type)
    {
    case HP_PARAMETER_BOOLEAN:
      return parse_boolean (parameter, text, &row->number, error);
    case HP_PARAMETER_INTEGER:
    case HP_PARAMETER_BYTES:
    case HP_PARAMETER_NUMBER:
      return parse_number (parameter, text, &row->number, error);
    case HP_PARAMETER_CHOICE:
      if (!check_choice (parameter, text, error))
        return FALSE;
      break;
    default:
      break;
    }
  g_free (row->text);
  row->text = g_strdup (text);
  return TRUE;
}

gboolean
hp_settings_set (HpSettings *self, const char *name, const char *text, GError **error)
{
  Row *row = find_row (self, name);

  if (row != NULL)
    return assign (row, text, error);
  g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "there is no setting called “%s”", name);
  return FALSE;
}

gboolean
hp_settings_get_boolean (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);

  g_return_val_if_fail (row != NULL && row->parameter.type == HP_PARAMETER_BOOLEAN, FALSE);

  return row->number != 0;
}

gint64
hp_settings_get_integer (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);

  g_return_val_if_fail (row != NULL, 0);
  g_return_val_if_fail (row->parameter.type == HP_PARAMETER_INTEGER || row->parameter.type == HP_PARAMETER_BYTES, 0);

  return (gint64) row->number;
}

double
hp_settings_get_number (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);

  g_return_val_if_fail (row != NULL && row->parameter.type == HP_PARAMETER_NUMBER, 0);

  return row->number;
}

const char *
hp_settings_get_text (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);

  g_return_val_if_fail (row != NULL && row->text != NULL, "");

  return row->text;
}

static char *
bytes_text (double bytes)
{
  static const struct
  {
    double factor;
    char suffix;
  } SUFFIXES[] = { { 1024.0 * 1024 * 1024, 'G' }, { 1024.0 * 1024, 'M' }, { 1024.0, 'K' } };

  for (guint i = 0; bytes > 0 && i < G_N_ELEMENTS (SUFFIXES); i++)
    if (fmod (bytes, SUFFIXES[i].factor) == 0)
      return g_strdup_printf ("%.0f%c", bytes / SUFFIXES[i].factor, SUFFIXES[i].suffix);
  return g_strdup_printf ("%.0f", bytes);
}

char *
hp_settings_dup_text (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (row != NULL, NULL);

  switch (row->parameter.type)
    {
    case HP_PARAMETER_BOOLEAN:
      return g_strdup (row->number != 0 ? "true" : "false");
    case HP_PARAMETER_INTEGER:
      return g_strdup_printf ("%.0f", row->number);
    case HP_PARAMETER_BYTES:
      return bytes_text (row->number);
    case HP_PARAMETER_NUMBER:
      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", row->number));
    default:
      return g_strdup (row->text);
    }
}

gboolean
hp_settings_set_default (HpSettings *self, const char *name, const char *text, GError **error)
{
  if (!hp_settings_set (self, name, text, error))
    return FALSE;
  find_row (self, name)->parameter.fallback = g_intern_string (text);
  return TRUE;
}

gboolean
hp_settings_is_changed (const HpSettings *self, const char *name)
{
  const Row *row = find_row (self, name);
  Row initial = { 0 };
  gboolean changed;

  g_return_val_if_fail (row != NULL, FALSE);

  initial.parameter = row->parameter;
  assign (&initial, row->parameter.fallback, NULL);
  changed = initial.number != row->number || g_strcmp0 (initial.text, row->text) != 0;
  g_free (initial.text);
  return changed;
}
