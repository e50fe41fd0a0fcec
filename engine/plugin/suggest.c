/* suggest.c - what somebody probably meant
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/suggest.h"

#include <string.h>

/* Longer words are not names of ours; the bound also keeps the table of distances small. */
#define LONGEST 64

/* Insertions, deletions, replacements and swaps of neighbours that turn @a into @b. */
static gsize
distance (const char *a, const char *b)
{
  gsize n = strlen (a);
  gsize m = strlen (b);
  gsize d[LONGEST + 1][LONGEST + 1];

  for (gsize i = 0; i <= n; i++)
    d[i][0] = i;
  for (gsize j = 0; j <= m; j++)
    d[0][j] = j;
  for (gsize i = 1; i <= n; i++)
    for (gsize j = 1; j <= m; j++)
      {
        gsize replaced = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

        d[i][j] = MIN (replaced, MIN (d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          d[i][j] = MIN (d[i][j], d[i - 2][j - 2] + 1);
      }
  return d[n][m];
}

static gsize
closeness (const char *word, const char *known)
{
  return strlen (word) >= 3 && g_str_has_prefix (known, word) ? 1 : distance (word, known);
}

const char *
hp_suggest (const char *word, const char *const *known)
{
  const char *best = NULL;
  gsize best_distance = 1 + (strlen (word) + 2) / 3;

  if (strlen (word) > LONGEST)
    return NULL;
  for (; *known != NULL; known++)
    {
      gsize d = strlen (*known) <= LONGEST ? closeness (word, *known) : G_MAXSIZE;

      if (d < best_distance)
        {
          best = *known;
          best_distance = d;
        }
    }
  return best;
}
