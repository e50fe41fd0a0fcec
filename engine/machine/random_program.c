/* random_program.c - random programs as data: made from a seed, cut, printed and parsed, performed
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/random_program.h"
#include "base/error.h"
#include "base/random.h"
#include "machine/random_steps.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Numbers are below this, so that texts stay short. */
#define NUMBER_BOUND (1u << 20)

guint
hp_step_n_kinds (void)
{
  guint n;

  hp_step_kinds (&n);
  return n;
}

const char *
hp_step_kind_name (guint32 kind)
{
  guint n;
  const HpStepKind *kinds = hp_step_kinds (&n);

  return kind < n ? kinds[kind].name : NULL;
}

guint32
hp_step_kind_find (const char *name)
{
  guint n;
  const HpStepKind *kinds = hp_step_kinds (&n);
  guint32 kind = 0;

  while (kind < n && strcmp (kinds[kind].name, name) != 0)
    kind++;
  return kind;
}

/* ---- made from a seed -------------------------------------------------------------------------------------------- */

static guint32
draw_kind (HpRandom *random)
{
  guint n;
  const HpStepKind *kinds = hp_step_kinds (&n);
  guint sum = 0;
  guint32 dice;
  guint32 kind = 0;

  for (guint i = 0; i < n; i++)
    sum += kinds[i].weight;
  for (dice = hp_random_below (random, sum); dice >= kinds[kind].weight; kind++)
    dice -= kinds[kind].weight;
  return kind;
}

static HpRandomProgram *
new_empty (guint n_steps)
{
  HpRandomProgram *self = g_new0 (HpRandomProgram, 1);

  self->n_steps = n_steps;
  self->steps = g_new0 (HpStep, MAX (n_steps, 1));
  return self;
}

HpRandomProgram *
hp_random_program_new (guint64 seed, guint n_steps)
{
  HpRandomProgram *self = new_empty (n_steps);
  HpRandom random;
  guint n;
  const HpStepKind *kinds = hp_step_kinds (&n);

  hp_random_seed (&random, seed);
  for (guint i = 0; i < n_steps; i++)
    {
      HpStep *step = &self->steps[i];

      step->kind = draw_kind (&random);
      for (guint j = 0; j < kinds[step->kind].n_numbers; j++)
        step->numbers[j] = hp_random_below (&random, NUMBER_BOUND);
    }
  return self;
}

HpRandomProgram *
hp_random_program_copy (const HpRandomProgram *self)
{
  HpRandomProgram *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = new_empty (self->n_steps);
  memcpy (copy->steps, self->steps, self->n_steps * sizeof *self->steps);
  return copy;
}

void
hp_random_program_free (HpRandomProgram *self)
{
  if (self == NULL)
    return;
  g_free (self->steps);
  g_free (self);
}

void
hp_random_program_cut (HpRandomProgram *self, guint first, guint n)
{
  g_return_if_fail (self != NULL && first <= self->n_steps && n <= self->n_steps - first);

  memmove (self->steps + first, self->steps + first + n, (self->n_steps - first - n) * sizeof *self->steps);
  self->n_steps -= n;
}

/* ---- printed and parsed ------------------------------------------------------------------------------------------ */

static guint
count_numbers (const HpStep *step)
{
  guint n = HP_STEP_NUMBERS;

  while (n > 0 && step->numbers[n - 1] == 0)
    n--;
  return n;
}

char *
hp_random_program_print (const HpRandomProgram *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_steps; i++)
    {
      guint n = count_numbers (&self->steps[i]);

      g_string_append (text, hp_step_kind_name (self->steps[i].kind));
      for (guint j = 0; j < n; j++)
        g_string_append_printf (text, " %u", self->steps[i].numbers[j]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

/* Where a text is being read. */
typedef struct
{
  const char *next;
  guint line;
  GError **error;
} Reader;

G_GNUC_PRINTF (4, 5)
static gboolean
refuse (Reader *self, const char *found, gsize n, const char *format, ...)
{
  g_autofree char *valid = g_utf8_make_valid (found, (gssize) MIN (n, 40));
  g_autofree char *expected = NULL;
  va_list arguments;

  va_start (arguments, format);
  expected = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_set_error (self->error,
               HP_ERROR,
               HP_ERROR_INPUT,
               _ ("the program, line %u: found “%s”, expected %s"),
               self->line,
               valid,
               expected);
  return FALSE;
}

/* The next word of this step; its length, or 0 at the step's end. */
static gsize
next_word (Reader *self, const char **word)
{
  self->next += strspn (self->next, " \t\r");
  *word = self->next;
  self->next += strcspn (self->next, " \t\r\n;#");
  return (gsize) (self->next - *word);
}

static gboolean
read_kind (Reader *self, const char *word, gsize n, guint32 *kind)
{
  g_autofree char *name = g_strndup (word, n);

  *kind = hp_step_kind_find (name);
  if (*kind < hp_step_n_kinds ())
    return TRUE;
  return refuse (self, word, n, _ ("a kind of step such as “%s”"), hp_step_kind_name (0));
}

static gboolean
read_numbers (Reader *self, HpStep *step)
{
  const char *word;
  gsize n;

  for (guint i = 0; (n = next_word (self, &word)) > 0; i++)
    {
      g_autofree char *digits = g_strndup (word, MIN (n, 32));
      guint64 number;

      if (i == HP_STEP_NUMBERS)
        return refuse (self, word, n, _ ("at most %d numbers"), HP_STEP_NUMBERS);
      if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT32, &number, NULL))
        return refuse (self, word, n, _ ("a number from 0 to %u"), G_MAXUINT32);
      step->numbers[i] = (guint32) number;
    }
  return TRUE;
}

/* Past a comment and the step's end; FALSE at the end of the text. */
static gboolean
end_step (Reader *self)
{
  if (*self->next == '#')
    self->next += strcspn (self->next, "\n");
  if (*self->next == '\n')
    self->line++;
  return *self->next++ != '\0';
}

static gboolean
read_steps (Reader *self, GArray *steps)
{
  do
    {
      HpStep step = { 0 };
      const char *word;
      gsize n = next_word (self, &word);

      if (n == 0)
        continue;
      if (!read_kind (self, word, n, &step.kind) || !read_numbers (self, &step))
        return FALSE;
      if (steps->len == HP_PROGRAM_MAX_STEPS)
        return refuse (self, word, n, _ ("at most %d steps"), HP_PROGRAM_MAX_STEPS);
      g_array_append_val (steps, step);
    }
  while (end_step (self));
  return TRUE;
}

HpRandomProgram *
hp_random_program_parse (const char *text, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (HpStep));
  Reader reader = { text, 1, error };
  HpRandomProgram *self;

  g_return_val_if_fail (text != NULL, NULL);

  if (!read_steps (&reader, steps))
    return NULL;
  self = new_empty (steps->len);
  if (steps->len > 0)
    memcpy (self->steps, steps->data, steps->len * sizeof (HpStep));
  return self;
}

/* ---- performed --------------------------------------------------------------------------------------------------- */

void
hp_random_program_run (
    const HpRandomProgram *self, HpMachine *machine, HpStepWatch before, HpStepWatch after, gpointer user_data)
{
  g_autoptr (HpStepRunner) runner = NULL;
  g_autofree char *text = NULL;
  guint32 source;

  g_return_if_fail (self != NULL && machine != NULL);

  text = hp_random_program_print (self);
  source = hp_machine_define_source (machine, "random-program", text);
  runner = hp_step_runner_new (machine);
  for (guint i = 0; i < self->n_steps && hp_machine_is_running (machine); i++)
    {
      if (before != NULL)
        before (user_data, i);
      hp_machine_statement (machine, source, i + 1, 0);
      hp_step_runner_take (runner, &self->steps[i]);
      if (after != NULL)
        after (user_data, i);
    }
}
