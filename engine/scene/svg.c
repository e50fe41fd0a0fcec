/* svg.c - a scene as SVG: our own writer over the display list
 *
 * Cairo's SVG turns each glyph into an outline and its bytes differ from version to version. Here text stays text, each
 * group and target can be found by id or title, and all styling is in presentation attributes, which every reader
 * knows.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/svg.h"

#include "scene/arrow.h"
#include "scene/brush.h"
#include "scene/overlay.h"
#include "scene/typesetter.h"

#include <math.h>
#include <string.h>

#define SANS "'DejaVu Sans', 'Bitstream Vera Sans', Verdana, sans-serif"
#define MONO "'DejaVu Sans Mono', 'Bitstream Vera Sans Mono', Menlo, Consolas, monospace"

typedef struct
{
  GString *out;
  const HpScene *scene;
  const HpExportOptions *options;
  HpTypesetter *typesetter;
  GHashTable *ids; /* written already */
  int group;       /* the innermost that is open, -1: none */
  guint depth;
} HpSvg;

/* ---- words ------------------------------------------------------------------------------------------------------ */

/** At most two decimals, no trailing zeros, never "-0", whatever the locale. */
static void
put_number (HpSvg *svg, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (text, sizeof text, "%.2f", number);
  end = text + strlen (text);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    *--end = '\0';
  g_string_append (svg->out, strcmp (text, "-0") == 0 ? "0" : text);
}

static void
put_attribute (HpSvg *svg, const char *name, double number)
{
  g_string_append_printf (svg->out, " %s=\"", name);
  put_number (svg, number);
  g_string_append_c (svg->out, '"');
}

/** Texts of a scene are clean: only markup needs care. */
static void
put_escaped (HpSvg *svg, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (svg->out, escaped);
}

/** An XML name made of @text: anything but letters, digits, '-', '_' and '.' becomes '-'. */
static void
put_id (HpSvg *svg, const char *text)
{
  if (!g_ascii_isalpha (*text))
    g_string_append_c (svg->out, 'g');
  for (const char *p = text; *p != '\0'; p++)
    g_string_append_c (svg->out, g_ascii_isalnum (*p) || strchr ("-_.", *p) != NULL ? *p : '-');
}

/** Once only: who comes later with the same id has none. */
static void
put_unique_id (HpSvg *svg, const char *id)
{
  gsize start = svg->out->len;
  g_autofree char *clean = NULL;

  g_string_append (svg->out, " id=\"");
  put_id (svg, id);
  g_string_append_c (svg->out, '"');
  clean = g_strdup (svg->out->str + start);
  if (!g_hash_table_add (svg->ids, g_steal_pointer (&clean)))
    g_string_truncate (svg->out, start);
}

/** The first box that shows a target carries its name: "object-3", "slot-3-0". */
static void
put_target_id (HpSvg *svg, HpTarget target)
{
  static const char *const NAMES[HP_N_TARGET_KINDS] = {
    NULL,    "object",    "slot", "frame",      "stack-slot", "root",
    "space", "heap-page", "page", "page-frame", "collection", "step",
  };
  g_autofree char *id = NULL;

  if (target.kind == HP_TARGET_NONE || target.kind >= HP_N_TARGET_KINDS)
    return;
  if (target.kind == HP_TARGET_SLOT)
    id = g_strdup_printf ("%s-%u-%u", NAMES[target.kind], target.id, target.sub);
  else
    id = g_strdup_printf ("%s-%u", NAMES[target.kind], target.id);
  put_unique_id (svg, id);
}

static void
put_color (HpSvg *svg, const char *name, const HpColor *color)
{
  if (color->a <= 0)
    {
      g_string_append_printf (svg->out, " %s=\"none\"", name);
      return;
    }
  g_string_append_printf (svg->out,
                          " %s=\"#%02x%02x%02x\"",
                          name,
                          (guint) lround (color->r * 255),
                          (guint) lround (color->g * 255),
                          (guint) lround (color->b * 255));
  if (color->a < 1)
    {
      g_string_append_printf (svg->out, " %s-opacity=\"", name);
      put_number (svg, color->a);
      g_string_append_c (svg->out, '"');
    }
}

static void
put_stroke (HpSvg *svg, const HpPaint *paint)
{
  put_color (svg, "stroke", &paint->line);
  put_attribute (svg, "stroke-width", paint->width);
  if (paint->pattern == HP_PATTERN_DASHED)
    g_string_append_printf (svg->out, " stroke-dasharray=\"%d %d\"", (int) HP_DASH_ON, (int) HP_DASH_OFF);
  else if (paint->pattern == HP_PATTERN_DOTTED)
    g_string_append_printf (svg->out, " stroke-dasharray=\"%d %d\"", (int) HP_DOT_ON, (int) HP_DOT_OFF);
}

static void
put_indent (HpSvg *svg)
{
  g_string_append_printf (svg->out, "%*s", (int) (2 * MIN (svg->depth, 20)), "");
}

/** Close an element that may have a title. */
static void
put_end (HpSvg *svg, const char *element, const char *title)
{
  if (title == NULL || *title == '\0')
    {
      g_string_append (svg->out, "/>\n");
      return;
    }
  g_string_append (svg->out, "><title>");
  put_escaped (svg, title);
  g_string_append_printf (svg->out, "</title></%s>\n", element);
}

static const HpPaint *
paint_of (const HpSvg *svg, HpRole role)
{
  return hp_theme_paint (svg->options->theme, role);
}

/* ---- patterns --------------------------------------------------------------------------------------------------- */

static gboolean
has_pattern (const HpPaint *paint)
{
  return paint->pattern == HP_PATTERN_HATCH || paint->pattern == HP_PATTERN_CROSS || paint->pattern == HP_PATTERN_DOTS;
}

static void
put_pattern_id (HpSvg *svg, HpRole role)
{
  g_string_append (svg->out, "pattern-");
  put_id (svg, hp_role_name (role));
}

/** One tile of 6 x 6 that meets its neighbours as the painter's lines do. */
static void
put_pattern (HpSvg *svg, HpRole role)
{
  const HpPaint *paint = paint_of (svg, role);

  g_string_append (svg->out, "    <pattern id=\"");
  put_pattern_id (svg, role);
  g_string_append (svg->out, "\" patternUnits=\"userSpaceOnUse\" width=\"6\" height=\"6\">");
  if (paint->pattern == HP_PATTERN_DOTS)
    {
      g_string_append (svg->out, "<rect x=\"2.3\" y=\"2.3\" width=\"1.4\" height=\"1.4\"");
      put_color (svg, "fill", &paint->line);
    }
  else
    {
      g_string_append (svg->out, "<path d=\"M-1 1L1 -1M-1 7L7 -1M5 7L7 5");
      if (paint->pattern == HP_PATTERN_CROSS)
        g_string_append (svg->out, "M-1 5L1 7M-1 -1L7 7M5 -1L7 1");
      g_string_append (svg->out, "\" fill=\"none\" stroke-width=\"0.8\"");
      put_color (svg, "stroke", &paint->line);
    }
  g_string_append (svg->out, "/></pattern>\n");
}

static void
note_roles (const HpItem *item, gboolean used[HP_N_ROLES])
{
  if (item->kind == HP_ITEM_BOX)
    used[item->role] = TRUE;
}

static void
put_patterns (HpSvg *svg)
{
  gboolean used[HP_N_ROLES] = { FALSE };
  gboolean any = FALSE;

  for (gsize i = 0; i < hp_scene_n_items (svg->scene); i++)
    note_roles (hp_scene_item (svg->scene, i), used);
  for (guint role = 0; role < HP_N_ROLES; role++)
    {
      if (!used[role] || !has_pattern (paint_of (svg, role)))
        continue;
      if (!any)
        g_string_append (svg->out, "  <defs>\n");
      any = TRUE;
      put_pattern (svg, role);
    }
  if (any)
    g_string_append (svg->out, "  </defs>\n");
}

/* ---- items ------------------------------------------------------------------------------------------------------ */

static void
put_rect (HpSvg *svg, const HpRect *rect, double radius, double inset)
{
  g_string_append (svg->out, "<rect");
  put_attribute (svg, "x", rect->x + inset);
  put_attribute (svg, "y", rect->y + inset);
  put_attribute (svg, "width", MAX (rect->width - 2 * inset, 0));
  put_attribute (svg, "height", MAX (rect->height - 2 * inset, 0));
  if (radius > inset)
    put_attribute (svg, "rx", radius - inset);
}

/** With a pattern: the fill, the pattern, the outline, as the painter lays them over each other; else all in one. */
static void
put_box (HpSvg *svg, const HpItem *item)
{
  const HpPaint *paint = paint_of (svg, item->role);
  gboolean has_line = paint->width > 0 && paint->line.a > 0;
  double inset = has_line ? paint->width / 2 : 0;
  double pattern_inset = MAX (paint->width, item->radius / 3);

  if (paint->fill.a <= 0 && !has_line && item->title == NULL)
    return;
  if (has_pattern (paint))
    {
      put_indent (svg);
      put_rect (svg, &item->rect, item->radius, 0);
      put_color (svg, "fill", &paint->fill);
      g_string_append (svg->out, "/>\n");
      put_indent (svg);
      put_rect (svg, &item->rect, 0, pattern_inset);
      g_string_append (svg->out, " fill=\"url(#");
      put_pattern_id (svg, item->role);
      g_string_append (svg->out, ")\"/>\n");
    }
  put_indent (svg);
  put_rect (svg, &item->rect, item->radius, inset);
  put_target_id (svg, item->target);
  put_color (svg, "fill", has_pattern (paint) ? &(HpColor){ 0, 0, 0, 0 } : &paint->fill);
  if (has_line)
    put_stroke (svg, paint);
  if (has_pattern (paint))
    g_string_append (svg->out, " pointer-events=\"all\""); /* so that its title shows */
  put_end (svg, "rect", item->title);
}

static void
put_plate (HpSvg *svg, const HpItem *item)
{
  const HpPaint *paint = paint_of (svg, item->role);
  HpRect plate;

  if (paint->fill.a < 1 || !hp_typesetter_plate (svg->typesetter, item, &plate))
    return;
  put_indent (svg);
  put_rect (svg, &plate, 0, 0);
  put_color (svg, "fill", &paint->fill);
  g_string_append (svg->out, "/>\n");
}

static void
put_text (HpSvg *svg, const HpItem *item)
{
  double x, baseline;

  hp_typesetter_place (svg->typesetter, item, &x, &baseline);
  if (item->align == HP_ALIGN_CENTRE)
    x = item->rect.x + item->rect.width / 2;
  else if (item->align == HP_ALIGN_END)
    x = item->rect.x + item->rect.width;
  put_indent (svg);
  g_string_append (svg->out, "<text");
  put_attribute (svg, "x", x);
  put_attribute (svg, "y", baseline);
  put_attribute (svg, "font-size", hp_text_style_size (item->style));
  if (hp_text_style_is_mono (item->style))
    g_string_append (svg->out, " font-family=\"" MONO "\"");
  if (hp_text_style_is_bold (item->style))
    g_string_append (svg->out, " font-weight=\"bold\"");
  if (item->align != HP_ALIGN_START)
    g_string_append_printf (svg->out, " text-anchor=\"%s\"", item->align == HP_ALIGN_END ? "end" : "middle");
  put_color (svg, "fill", &paint_of (svg, item->role)->text);
  g_string_append (svg->out, " xml:space=\"preserve\">");
  put_escaped (svg, item->text);
  g_string_append (svg->out, "</text>\n");
}

static void
put_points (HpSvg *svg, char command, const double *xy, guint n)
{
  g_string_append_c (svg->out, command);
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (svg->out, ' ');
      put_number (svg, xy[i]);
    }
}

static void
put_path_data (HpSvg *svg, const cairo_path_t *path)
{
  for (int i = 0; i < path->num_data; i += path->data[i].header.length)
    {
      const cairo_path_data_t *data = &path->data[i];
      guint n = 0;
      double xy[6];

      for (int k = 1; k < data->header.length && n < 6; k++)
        {
          xy[n++] = data[k].point.x;
          xy[n++] = data[k].point.y;
        }
      put_points (svg, "MLCZ"[data->header.type], xy, n);
    }
}

static void
put_outlines (HpSvg *svg, const HpItem *item)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 1, 1);
  cairo_t *cr = cairo_create (surface);
  PangoLayout *layout;
  cairo_path_t *path;
  double x, baseline;

  hp_typesetter_place (svg->typesetter, item, &x, &baseline);
  layout = hp_typesetter_layout (svg->typesetter, item->text, item->style);
  cairo_move_to (cr, x, baseline);
  pango_cairo_layout_line_path (cr, pango_layout_get_line_readonly (layout, 0));
  path = cairo_copy_path (cr);
  put_indent (svg);
  g_string_append (svg->out, "<path d=\"");
  put_path_data (svg, path);
  g_string_append_c (svg->out, '"');
  put_color (svg, "fill", &paint_of (svg, item->role)->text);
  put_end (svg, "path", item->text);
  cairo_path_destroy (path);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
put_arrow (HpSvg *svg, const HpItem *item)
{
  const HpPaint *paint = paint_of (svg, item->role);
  HpArrowShape shape;

  hp_arrow_shape (item, paint->width, &shape);
  put_indent (svg);
  g_string_append (svg->out, "<g>");
  if (item->title != NULL)
    {
      g_string_append (svg->out, "<title>");
      put_escaped (svg, item->title);
      g_string_append (svg->out, "</title>");
    }
  g_string_append (svg->out, "<path d=\"");
  put_points (svg, 'M', (double[]){ shape.x[0], shape.y[0] }, 2);
  put_points (svg, 'C', (double[]){ shape.x[1], shape.y[1], shape.x[2], shape.y[2], shape.x[3], shape.y[3] }, 6);
  g_string_append (svg->out, "\" fill=\"none\"");
  put_stroke (svg, paint);
  g_string_append (svg->out, "/><path d=\"");
  put_points (svg, 'M', (double[]){ shape.head_x[0], shape.head_y[0] }, 2);
  put_points (svg, 'L', (double[]){ shape.head_x[1], shape.head_y[1], shape.head_x[2], shape.head_y[2] }, 4);
  g_string_append (svg->out, "Z\"");
  put_color (svg, "fill", &paint->line);
  g_string_append (svg->out, "/><circle");
  put_attribute (svg, "cx", shape.x[0]);
  put_attribute (svg, "cy", shape.y[0]);
  put_attribute (svg, "r", shape.dot);
  put_color (svg, "fill", &paint->line);
  g_string_append (svg->out, "/></g>\n");
}

/** One path for the cells of @role: a rectangle for each run of them in a row. FALSE: there are none. */
static gboolean
put_runs (HpSvg *svg, const HpItem *item, guint8 role)
{
  gsize rows = (item->n_cells + item->columns - 1) / item->columns;
  double width = item->rect.width / item->columns, height = item->rect.height / (double) rows;
  gboolean any = FALSE;

  for (gsize i = 0, n; i < item->n_cells; i += n)
    {
      gsize end = MIN ((i / item->columns + 1) * item->columns, item->n_cells);
      gboolean is_role = item->cells[i] == role;

      for (n = 1; i + n < end && (item->cells[i + n] == role) == is_role;)
        n++;
      if (!is_role)
        continue;
      if (!any)
        {
          put_indent (svg);
          g_string_append (svg->out, "<path d=\"");
        }
      any = TRUE;
      put_points (svg,
                  'M',
                  (double[]){ item->rect.x + width * (double) (i % item->columns),
                              item->rect.y + height * (double) (i / item->columns) },
                  2);
      put_points (svg, 'h', (double[]){ width * (double) n }, 1);
      put_points (svg, 'v', (double[]){ height }, 1);
      put_points (svg, 'h', (double[]){ -width * (double) n }, 1);
      g_string_append_c (svg->out, 'z');
    }
  return any;
}

static void
put_cells (HpSvg *svg, const HpItem *item)
{
  put_indent (svg);
  g_string_append (svg->out, "<g shape-rendering=\"crispEdges\">\n");
  svg->depth++;
  if (item->title != NULL)
    {
      put_indent (svg);
      g_string_append (svg->out, "<title>");
      put_escaped (svg, item->title);
      g_string_append (svg->out, "</title>\n");
    }
  for (guint8 role = HP_ROLE_NONE + 1; role < HP_N_ROLES; role++)
    if (put_runs (svg, item, role))
      {
        HpColor color = hp_paint_mean (paint_of (svg, role));

        g_string_append_c (svg->out, '"');
        put_color (svg, "fill", &color);
        put_end (svg, "path", hp_role_title (role));
      }
  svg->depth--;
  put_indent (svg);
  g_string_append (svg->out, "</g>\n");
}

static void
put_line (HpSvg *svg, const HpItem *item)
{
  put_indent (svg);
  g_string_append (svg->out, "<polyline points=\"");
  for (gsize i = 0; i < item->n_points; i++)
    {
      if (i > 0)
        g_string_append_c (svg->out, ' ');
      put_number (svg, item->points[2 * i]);
      g_string_append_c (svg->out, ',');
      put_number (svg, item->points[2 * i + 1]);
    }
  g_string_append (svg->out, "\" fill=\"none\" stroke-linejoin=\"round\"");
  put_stroke (svg, paint_of (svg, item->role));
  put_end (svg, "polyline", item->title);
}

static void
put_item (HpSvg *svg, const HpItem *item)
{
  switch (item->kind)
    {
    case HP_ITEM_BOX:
      put_box (svg, item);
      break;
    case HP_ITEM_TEXT:
      put_plate (svg, item);
      if (svg->options->text_as_outlines)
        put_outlines (svg, item);
      else
        put_text (svg, item);
      break;
    case HP_ITEM_ARROW:
      put_arrow (svg, item);
      break;
    case HP_ITEM_CELLS:
      put_cells (svg, item);
      break;
    case HP_ITEM_LINE:
      put_line (svg, item);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* ---- groups and the whole --------------------------------------------------------------------------------------- */

static gboolean
group_encloses (const HpSvg *svg, int outer, int inner)
{
  while (inner > outer)
    inner = hp_scene_group (svg->scene, (gsize) inner)->parent;
  return inner == outer;
}

static void
open_groups (HpSvg *svg, int group)
{
  const HpGroup *row;

  if (group == svg->group)
    return;
  row = hp_scene_group (svg->scene, (gsize) group);
  open_groups (svg, row->parent);
  put_indent (svg);
  g_string_append (svg->out, "<g");
  put_unique_id (svg, row->id);
  g_string_append (svg->out, "><title>");
  put_escaped (svg, row->title);
  g_string_append (svg->out, "</title>\n");
  svg->depth++;
  svg->group = group;
}

/** Close and open what is needed so that @group is the innermost. */
static void
enter_group (HpSvg *svg, int group)
{
  while (!group_encloses (svg, svg->group, group))
    {
      svg->group = hp_scene_group (svg->scene, (gsize) svg->group)->parent;
      svg->depth--;
      put_indent (svg);
      g_string_append (svg->out, "</g>\n");
    }
  open_groups (svg, group);
}

static void
put_items (HpSvg *svg)
{
  HpArrowFilter filter;

  hp_arrow_filter_init (&filter, svg->scene, NULL);
  for (gsize i = 0; i < hp_scene_n_items (svg->scene); i++)
    {
      const HpItem *item = hp_scene_item (svg->scene, i);

      if (item->kind == HP_ITEM_ARROW && !hp_arrow_filter_takes (&filter, item))
        continue;
      enter_group (svg, item->group);
      put_item (svg, item);
    }
  enter_group (svg, -1);
}

static void
put_overlay (HpSvg *svg)
{
  g_autoptr (GArray) items = hp_overlay_items (svg->scene, svg->options->selection, HP_TARGET_NOTHING, FALSE);

  for (guint i = 0; i < items->len; i++)
    put_item (svg, &g_array_index (items, HpItem, i));
}

static void
put_head (HpSvg *svg)
{
  double width = hp_scene_width (svg->scene), height = hp_scene_height (svg->scene);

  g_string_append (svg->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
  put_attribute (svg, "width", width * svg->options->scale);
  put_attribute (svg, "height", height * svg->options->scale);
  g_string_append (svg->out, " viewBox=\"0 0 ");
  put_number (svg, width);
  g_string_append_c (svg->out, ' ');
  put_number (svg, height);
  g_string_append (svg->out, "\" font-family=\"" SANS "\">\n");
  if (*hp_scene_description (svg->scene) != '\0')
    {
      g_string_append (svg->out, "  <desc>");
      put_escaped (svg, hp_scene_description (svg->scene));
      g_string_append (svg->out, "</desc>\n");
    }
}

static void
put_background (HpSvg *svg)
{
  HpRect all = { 0, 0, hp_scene_width (svg->scene), hp_scene_height (svg->scene) };

  if (svg->options->transparent)
    return;
  put_indent (svg);
  put_rect (svg, &all, 0, 0);
  put_color (svg, "fill", &paint_of (svg, HP_ROLE_BACKGROUND)->fill);
  g_string_append (svg->out, "/>\n");
}

GString *
hp_svg_write (const HpScene *scene, const HpExportOptions *options)
{
  g_autoptr (HpTypesetter) typesetter = hp_typesetter_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  HpSvg svg = { g_string_new (NULL), scene, options, typesetter, ids, -1, 1 };

  put_head (&svg);
  put_patterns (&svg);
  put_background (&svg);
  put_items (&svg);
  put_overlay (&svg);
  g_string_append (svg.out, "</svg>\n");
  return svg.out;
}
