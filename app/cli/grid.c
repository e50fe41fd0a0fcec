/* grid.c - the combinations of settings that a sweep runs
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "grid.h"

#include "base/error.h"

#include <glib/gi18n.h>
#include <string.h>

static void
free_axis (gpointer data)
{
  CliAxis *axis = data;

  g_free (axis->name);
  g_strfreev (axis->values);
  g_free (axis);
}

CliGrid *
cli_grid_new (void)
{
  CliGrid *self = g_new0 (CliGrid, 1);

  self->axes = g_ptr_array_new_with_free_func (free_axis);
  return self;
}

void
cli_grid_free (CliGrid *self)
{
  g_ptr_array_unref (self->axes);
  g_free (self);
}

static const CliAxis *
get_axis (const CliGrid *self, guint i)
{
  return g_ptr_array_index (self->axes, i);
}

guint
cli_grid_count (const CliGrid *self)
{
  guint n = 1;

  for (guint i = 0; i < self->axes->len; i++)
    n *= g_strv_length (get_axis (self, i)->values);
  return n;
}

static gboolean
refuse (GError **error, const char *text, const char *reason)
{
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, "--vary %s: %s", text, reason);
  return FALSE;
}

gboolean
cli_grid_add (CliGrid *self, const char *name, GStrv values, GError **error)
{
  CliAxis *axis;

  for (guint i = 0; i < self->axes->len; i++)
    if (strcmp (get_axis (self, i)->name, name) == 0)
      return refuse (error, name, _ ("given twice"));
  if (values[0] == NULL)
    return refuse (error, name, _ ("no values"));
  if ((guint64) cli_grid_count (self) * g_strv_length (values) > CLI_GRID_MAX_CELLS)
    return refuse (error, name, _ ("a grid may have at most 1,000,000 cells"));
  axis = g_new (CliAxis, 1);
  axis->name = g_strdup (name);
  axis->values = g_strdupv (values);
  g_ptr_array_add (self->axes, axis);
  return TRUE;
}

/* ---- from text --------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64 first, last, step;
  gboolean multiply;
} Range;

/* Moves @text past a whole number with an optional suffix. */
static gboolean
take_number (const char **text, gint64 *number)
{
  static const char SUFFIXES[] = "KMG";
  const char *suffix;
  char *end;

  *number = g_ascii_strtoll (*text, &end, 10);
  if (end == *text || ABS (*number) > G_MAXINT32 * (gint64) 1024)
    return FALSE;
  suffix = *end != '\0' ? strchr (SUFFIXES, *end) : NULL;
  if (suffix != NULL)
    *number *= G_GINT64_CONSTANT (1) << 10 * (suffix - SUFFIXES + 1);
  *text = end + (suffix != NULL);
  return TRUE;
}

static gboolean
parse_range (const char *text, Range *range)
{
  *range = (Range){ .step = 1 };
  if (!take_number (&text, &range->first) || !g_str_has_prefix (text, ".."))
    return FALSE;
  text += strlen ("..");
  if (!take_number (&text, &range->last))
    return FALSE;
  if (*text == '\0')
    return TRUE;
  range->multiply = *text == '*';
  if (*text != '*' && *text != '+')
    return FALSE;
  text++;
  return take_number (&text, &range->step) && *text == '\0';
}

/* Whether it ends: steps go up, and each number is another one. */
static gboolean
range_is_sound (const Range *range)
{
  if (range->first > range->last)
    return FALSE;
  return range->multiply ? range->step > 1 && range->first > 0 : range->step > 0;
}

static GStrv
expand_range (const Range *range)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (gint64 number = range->first; number <= range->last && n <= CLI_GRID_MAX_CELLS; n++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

      g_strv_builder_add (builder, text);
      if (range->multiply && number > range->last / range->step)
        break;
      number = range->multiply ? number * range->step : number + range->step;
    }
  return g_strv_builder_end (builder);
}

gboolean
cli_grid_add_text (CliGrid *self, const char *text, GError **error)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = NULL;
  g_auto (GStrv) values = NULL;
  Range range;

  if (equals == NULL || equals == text || equals[1] == '\0')
    return refuse (error, text, _ ("expected NAME=A,B,… or NAME=FIRST..LAST+STEP or NAME=FIRST..LAST*FACTOR"));
  name = g_strndup (text, (gsize) (equals - text));
  if (!parse_range (equals + 1, &range))
    values = g_strsplit (equals + 1, ",", -1);
  else if (range_is_sound (&range))
    values = expand_range (&range);
  else
    return refuse (error, text, _ ("the range does not go from FIRST up to LAST"));
  return cli_grid_add (self, name, values, error);
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

GStrv
cli_grid_values (const CliGrid *self, guint index)
{
  GStrv values = g_new0 (char *, self->axes->len + 1);

  for (guint i = self->axes->len; i-- > 0;)
    {
      GStrv choices = get_axis (self, i)->values;
      guint n = g_strv_length (choices);

      values[i] = g_strdup (choices[index % n]);
      index /= n;
    }
  return values;
}

GStrv
cli_grid_names (const CliGrid *self)
{
  GStrv names = g_new0 (char *, self->axes->len + 1);

  for (guint i = 0; i < self->axes->len; i++)
    names[i] = g_strdup (get_axis (self, i)->name);
  return names;
}

char *
cli_grid_describe (const CliGrid *self, guint index)
{
  g_auto (GStrv) values = cli_grid_values (self, index);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->axes->len; i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? ", " : "", get_axis (self, i)->name, values[i]);
  return g_string_free (text, FALSE);
}

char *
cli_grid_difference (const CliGrid *self, const CliGrid *other)
{
  for (guint i = 0; i < MIN (self->axes->len, other->axes->len); i++)
    {
      const CliAxis *a = get_axis (self, i), *b = get_axis (other, i);
      g_autofree char *values = g_strjoinv (",", a->values), *others = g_strjoinv (",", b->values);

      if (strcmp (a->name, b->name) != 0)
        return g_strdup_printf (_ ("%s varies instead of %s"), a->name, b->name);
      if (strcmp (values, others) != 0)
        return g_strdup_printf (_ ("%s is %s instead of %s"), a->name, values, others);
    }
  if (self->axes->len != other->axes->len)
    return g_strdup_printf (_ ("%u settings vary instead of %u"), self->axes->len - 1, other->axes->len - 1);
  return NULL;
}
