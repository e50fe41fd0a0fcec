/* theme.c - tests of themes and roles: completeness, contrast, colour blindness
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/theme.h"

#include <math.h>

static double
linear (double channel)
{
  return channel <= 0.04045 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

/* WCAG 2: relative luminance and contrast. */
static double
luminance (HpColor color)
{
  return 0.2126 * linear (color.r) + 0.7152 * linear (color.g) + 0.0722 * linear (color.b);
}

static double
contrast (HpColor a, HpColor b)
{
  double x = luminance (a), y = luminance (b);

  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static HpColor
over (HpColor top, HpColor bottom)
{
  double a = top.a;

  return (HpColor){ top.r * a + bottom.r * (1 - a), top.g * a + bottom.g * (1 - a), top.b * a + bottom.b * (1 - a), 1 };
}

static void
test_contrast (void)
{
  static const HpRole GROUNDS[] = { HP_ROLE_BACKGROUND, HP_ROLE_PANEL, HP_ROLE_HEAP_PAGE };

  for (const char *const *name = hp_theme_names (); *name != NULL; name++)
    {
      const HpTheme *theme = hp_theme_find (*name, NULL);

      for (guint role = 0; role < HP_N_ROLES; role++)
        for (guint i = 0; i < G_N_ELEMENTS (GROUNDS); i++)
          {
            const HpPaint *paint = hp_theme_paint (theme, role);
            HpColor fill = over (paint->fill, hp_theme_paint (theme, GROUNDS[i])->fill);

            if (contrast (paint->text, fill) < 4.5)
              g_test_message ("%s, %s on %s: %.2f",
                              *name,
                              hp_role_name (role),
                              hp_role_name (GROUNDS[i]),
                              contrast (paint->text, fill));
            g_assert_cmpfloat (contrast (paint->text, fill), >=, 4.5);
          }
    }
}

/* Outlines and arrows must be seen against the ground they lie on: 3 : 1, as WCAG asks of graphics. */
static void
test_lines_are_visible (void)
{
  static const HpRole LINES[] = { HP_ROLE_FRAME_ACTIVE, HP_ROLE_OBJECT,           HP_ROLE_OBJECT_NEW, HP_ROLE_ARROW,
                                  HP_ROLE_ARROW_ACTIVE, HP_ROLE_ARROW_REMEMBERED, HP_ROLE_ARROW_WEAK, HP_ROLE_SELECTION,
                                  HP_ROLE_FOCUS,        HP_ROLE_SERIES_1,         HP_ROLE_SERIES_2,   HP_ROLE_SERIES_3,
                                  HP_ROLE_OBJECT_ARRAY, HP_ROLE_OBJECT_FUNCTION };

  for (const char *const *name = hp_theme_names (); *name != NULL; name++)
    for (guint i = 0; i < G_N_ELEMENTS (LINES); i++)
      {
        const HpTheme *theme = hp_theme_find (*name, NULL);
        HpColor ground = hp_theme_paint (theme, HP_ROLE_PANEL)->fill;
        const HpPaint *paint = hp_theme_paint (theme, LINES[i]);

        g_assert_cmpfloat (paint->width, >, 0);
        if (contrast (paint->line, ground) < 3)
          g_test_message ("%s, %s: %.2f", *name, hp_role_name (LINES[i]), contrast (paint->line, ground));
        g_assert_cmpfloat (contrast (paint->line, ground), >=, 3);
      }
}

/* Viénot, Brettel and Mollon 1999: what a person without one kind of cone sees, in linear light. */
static void
simulate (HpColor color, gboolean protan, double seen[3])
{
  double r = linear (color.r), g = linear (color.g), b = linear (color.b);

  seen[0] = seen[1] = protan ? 0.11238 * r + 0.88762 * g : 0.29275 * r + 0.70725 * g;
  seen[2] = protan ? 0.00401 * r - 0.00401 * g + b : -0.02234 * r + 0.02234 * g + b;
}

static double
difference (HpColor a, HpColor b, gboolean protan)
{
  double x[3], y[3], sum = 0;

  simulate (a, protan, x);
  simulate (b, protan, y);
  for (guint i = 0; i < 3; i++)
    sum += pow (cbrt (MAX (x[i], 0)) - cbrt (MAX (y[i], 0)), 2);
  return sqrt (sum);
}

/* The states that stand side by side in maps of cells, where they have no label and no pattern. */
static void
test_colour_blind (void)
{
  static const HpRole STATES[][5] = {
    { HP_ROLE_PAGE_ABSENT, HP_ROLE_PAGE_RESIDENT, HP_ROLE_PAGE_DIRTY, HP_ROLE_PAGE_SWAPPED, HP_ROLE_FAULT },
    { HP_ROLE_MARK_WHITE, HP_ROLE_MARK_GREY, HP_ROLE_MARK_BLACK, HP_ROLE_MARK_BLACK, HP_ROLE_MARK_BLACK },
  };

  for (const char *const *name = hp_theme_names (); *name != NULL; name++)
    for (guint set = 0; set < G_N_ELEMENTS (STATES); set++)
      for (guint i = 0; i < 5; i++)
        for (guint k = 0; k < i; k++)
          for (guint protan = 0; protan < 2 && STATES[set][i] != STATES[set][k]; protan++)
            {
              const HpTheme *theme = hp_theme_find (*name, NULL);
              double apart = difference (
                  hp_theme_paint (theme, STATES[set][i])->fill, hp_theme_paint (theme, STATES[set][k])->fill, protan);

              if (apart < 0.15)
                g_test_message (
                    "%s, %s and %s: %.3f", *name, hp_role_name (STATES[set][i]), hp_role_name (STATES[set][k]), apart);
              g_assert_cmpfloat (apart, >=, 0.15);
            }
}

static void
test_names (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint role = 0; role < HP_N_ROLES; role++)
    {
      g_assert_nonnull (hp_role_name (role));
      g_assert_cmpstr (hp_role_title (role), !=, "");
      g_assert_true (g_hash_table_add (seen, (gpointer) hp_role_name (role)));
    }
  g_assert_cmpstr (hp_role_name (HP_ROLE_OBJECT_DEAD), ==, "object.dead");
  g_assert_cmpstr (hp_role_name (HP_ROLE_MARK_GREY), ==, "mark.grey");
}

static void
test_find (void)
{
  g_autoptr (GError) error = NULL;

  for (const char *const *name = hp_theme_names (); *name != NULL; name++)
    g_assert_cmpstr (hp_theme_name (hp_theme_find (*name, NULL)), ==, *name);
  g_assert_null (hp_theme_find ("pink", &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "there is no theme “pink”; the themes are light, dark, high-contrast, print");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/theme/contrast", test_contrast);
  g_test_add_func ("/theme/lines-are-visible", test_lines_are_visible);
  g_test_add_func ("/theme/colour-blind", test_colour_blind);
  g_test_add_func ("/theme/names", test_names);
  g_test_add_func ("/theme/find", test_find);
  return g_test_run ();
}
