/* typesetter.c - text in the fixed fonts of scenes, through Pango
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/typesetter.h"

#include <string.h>

#define MOST_TEXT_BYTES 1000
#define MOST_KEPT 8192 /* of widths, and of layouts; then all are forgotten */
#define ELLIPSIS "…"

typedef struct
{
  double size;
  gboolean bold;
  gboolean mono;
} HpTextStyleRow;

static const HpTextStyleRow STYLES[HP_N_TEXT_STYLES] = {
  [HP_TEXT_SMALL] = { 9, FALSE, FALSE },  [HP_TEXT_NORMAL] = { 11, FALSE, FALSE },
  [HP_TEXT_STRONG] = { 11, TRUE, FALSE }, [HP_TEXT_HEADING] = { 14, TRUE, FALSE },
  [HP_TEXT_MONO] = { 10, FALSE, TRUE },
};

typedef struct
{
  HpTextStyle style;
  char *text;
  double width;        /* below 0: not measured */
  PangoLayout *layout; /* nullable: made when it is painted */
} HpLine;

struct _HpTypesetter
{
  PangoContext *context;
  PangoFontDescription *fonts[HP_N_TEXT_STYLES];
  PangoLayout *scratch;
  GHashTable *lines; /* HpLine by itself */
};

double
hp_text_style_size (HpTextStyle style)
{
  g_return_val_if_fail (style < HP_N_TEXT_STYLES, 0);

  return STYLES[style].size;
}

gboolean
hp_text_style_is_bold (HpTextStyle style)
{
  g_return_val_if_fail (style < HP_N_TEXT_STYLES, FALSE);

  return STYLES[style].bold;
}

gboolean
hp_text_style_is_mono (HpTextStyle style)
{
  g_return_val_if_fail (style < HP_N_TEXT_STYLES, FALSE);

  return STYLES[style].mono;
}

static guint
line_hash (gconstpointer key)
{
  const HpLine *line = key;

  return g_str_hash (line->text) * 31 + line->style;
}

static gboolean
line_equal (gconstpointer a, gconstpointer b)
{
  const HpLine *line = a, *other = b;

  return line->style == other->style && strcmp (line->text, other->text) == 0;
}

static void
line_free (gpointer data)
{
  HpLine *line = data;

  g_clear_object (&line->layout);
  g_free (line->text);
  g_free (line);
}

static PangoFontDescription *
font_new (const HpTextStyleRow *style)
{
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_family_static (font, style->mono ? "DejaVu Sans Mono,Monospace" : "DejaVu Sans,Sans");
  pango_font_description_set_weight (font, style->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size (font, style->size * PANGO_SCALE);
  return font;
}

HpTypesetter *
hp_typesetter_new (void)
{
  HpTypesetter *self = g_new0 (HpTypesetter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_font_options (self->context, options);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_language (self->context, pango_language_from_string ("en"));
  cairo_font_options_destroy (options);

  for (guint i = 0; i < HP_N_TEXT_STYLES; i++)
    self->fonts[i] = font_new (&STYLES[i]);
  self->scratch = pango_layout_new (self->context);
  self->lines = g_hash_table_new_full (line_hash, line_equal, line_free, NULL);
  return self;
}

void
hp_typesetter_free (HpTypesetter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->lines);
  g_object_unref (self->scratch);
  for (guint i = 0; i < HP_N_TEXT_STYLES; i++)
    pango_font_description_free (self->fonts[i]);
  g_object_unref (self->context);
  g_free (self);
}

char *
hp_text_clean (const char *text)
{
  g_autofree char *head = g_strndup (text, MOST_TEXT_BYTES);
  g_autofree char *valid = g_utf8_make_valid (head, -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x20 || c == 0x2028 || c == 0x2029)
        g_string_append_c (clean, ' ');
      else if ((c >= 0x7f && c < 0xa0) || (c & 0xfffe) == 0xfffe)
        g_string_append (clean, "\xef\xbf\xbd");
      else
        g_string_append_unichar (clean, c);
    }
  return g_string_free (clean, FALSE);
}

static void
lay_out (HpTypesetter *self, PangoLayout *layout, const char *text, HpTextStyle style)
{
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_text (layout, text, -1);
}

static double
measure (HpTypesetter *self, const char *text, HpTextStyle style)
{
  PangoRectangle logical;

  lay_out (self, self->scratch, text, style);
  pango_layout_get_extents (self->scratch, NULL, &logical);
  return logical.width / (double) PANGO_SCALE;
}

/** The kept line of @text, made when it is new. */
static HpLine *
find_line (HpTypesetter *self, const char *text, HpTextStyle style)
{
  HpLine key = { style, (char *) text, -1, NULL };
  HpLine *line = g_hash_table_lookup (self->lines, &key);

  if (line == NULL)
    {
      if (g_hash_table_size (self->lines) >= MOST_KEPT)
        g_hash_table_remove_all (self->lines);
      line = g_new0 (HpLine, 1);
      *line = (HpLine){ style, g_strdup (text), -1, NULL };
      g_hash_table_add (self->lines, line);
    }
  return line;
}

double
hp_typesetter_width (HpTypesetter *self, const char *text, HpTextStyle style)
{
  HpLine *line = find_line (self, text, style);

  if (line->width < 0)
    line->width = measure (self, text, style);
  return line->width;
}

/** The bytes of the text laid out in scratch that lie left of @x; at a character's border. */
static gsize
bytes_before (HpTypesetter *self, double x)
{
  PangoLayoutLine *line = pango_layout_get_line_readonly (self->scratch, 0);
  int index = 0, trailing = 0;

  if (x <= 0)
    return 0;
  pango_layout_line_x_to_index (line, (int) (x * PANGO_SCALE), &index, &trailing);
  return (gsize) index;
}

char *
hp_typesetter_fit (HpTypesetter *self, const char *text, HpTextStyle style, double width)
{
  double ellipsis;
  gsize n;

  if (hp_typesetter_width (self, text, style) <= width)
    return g_strdup (text);

  ellipsis = hp_typesetter_width (self, ELLIPSIS, style);
  lay_out (self, self->scratch, text, style);
  n = bytes_before (self, width - ellipsis);
  while (n > 0 && g_utf8_strlen (text, (gssize) n) >= 2)
    {
      g_autofree char *head = g_strndup (text, n);
      g_autofree char *cut = NULL;

      cut = g_strconcat (g_strchomp (head), ELLIPSIS, NULL);
      if (measure (self, cut, style) <= width)
        return g_steal_pointer (&cut);
      n = (gsize) (g_utf8_find_prev_char (text, text + n) - text);
    }
  return NULL;
}

PangoLayout *
hp_typesetter_layout (HpTypesetter *self, const char *text, HpTextStyle style)
{
  HpLine *line = find_line (self, text, style);

  if (line->layout == NULL)
    {
      line->layout = pango_layout_new (self->context);
      lay_out (self, line->layout, text, style);
    }
  return line->layout;
}

void
hp_typesetter_place (HpTypesetter *self, const HpItem *text, double *x, double *baseline)
{
  /* Of DejaVu Sans: ascent 0.928, descent 0.236 of the size; constants, so that a line with an accent or a fallback
   * font in it stands level with its neighbours. */
  const double rise = (0.928 - 0.236) / 2;
  double spare = text->rect.width - hp_typesetter_width (self, text->text, text->style);

  *x = text->rect.x;
  if (text->align == HP_ALIGN_CENTRE)
    *x += spare / 2;
  else if (text->align == HP_ALIGN_END)
    *x += spare;
  *baseline = text->rect.y + text->rect.height / 2 + rise * STYLES[text->style].size;
}

gboolean
hp_typesetter_plate (HpTypesetter *self, const HpItem *text, HpRect *plate)
{
  const HpRect *room = &text->rect;
  double size = STYLES[text->style].size, x, baseline;

  hp_typesetter_place (self, text, &x, &baseline);
  plate->x = MAX (x - 1, room->x);
  plate->y = MAX (baseline - 0.85 * size, room->y);
  plate->width = MIN (x + hp_typesetter_width (self, text->text, text->style) + 1, room->x + room->width) - plate->x;
  plate->height = MIN (baseline + 0.3 * size, room->y + room->height) - plate->y;
  return text->role != HP_ROLE_BACKGROUND && plate->width > 0 && plate->height > 0;
}
