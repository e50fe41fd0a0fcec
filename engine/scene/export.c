/* export.c - scenes to PNG, SVG and PDF
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/export.h"

#include "scene/brush.h"
#include "scene/painter.h"
#include "scene/svg.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_PIXELS 32767 /* of a Cairo image, in each direction */
#define MOST_AREA 400e6   /* pixels: 1.6 GB */

static const char *const ENDINGS[HP_N_EXPORTS] = {
  [HP_EXPORT_PNG] = ".png",
  [HP_EXPORT_SVG] = ".svg",
  [HP_EXPORT_PDF] = ".pdf",
};

gboolean
hp_export_format_from_path (const char *path, HpExportFormat *format, GError **error)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (path != NULL && format != NULL, FALSE);

  lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < HP_N_EXPORTS; i++)
    if (g_str_has_suffix (lower, ENDINGS[i]))
      {
        *format = i;
        return TRUE;
      }
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               _ ("%s: the name does not say the format; it should end in .png, .svg or .pdf"),
               path);
  return FALSE;
}

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint (cairo_t *cr, const HpScene *scene, const HpExportOptions *options)
{
  g_autoptr (HpPainter) painter = hp_painter_new (options->theme);

  cairo_scale (cr, options->scale, options->scale);
  if (!options->transparent)
    {
      hp_brush_set_source (cr, &hp_theme_paint (options->theme, HP_ROLE_BACKGROUND)->fill);
      cairo_paint (cr);
    }
  hp_painter_paint (painter, cr, scene);
  hp_painter_paint_overlay (painter, cr, scene, options->selection, HP_TARGET_NOTHING, FALSE);
}

static gboolean
report (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (
      error, HP_ERROR, HP_ERROR_FAILED, _ ("the picture could not be drawn: %s"), cairo_status_to_string (status));
  return FALSE;
}

static gboolean
write_png (const HpScene *scene, const HpExportOptions *options, GByteArray *bytes, GError **error)
{
  double width = MAX (ceil (hp_scene_width (scene) * options->scale), 1);
  double height = MAX (ceil (hp_scene_height (scene) * options->scale), 1);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  if (width > MOST_PIXELS || height > MOST_PIXELS || width * height > MOST_AREA)
    {
      g_set_error (error,
                   HP_ERROR,
                   HP_ERROR_FAILED,
                   _ ("the picture would be %.0f × %.0f pixels, which is too large for PNG; choose a smaller scale, or "
                      "SVG or PDF"),
                   width,
                   height);
      return FALSE;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cr = cairo_create (surface);
  paint (cr, scene, options);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return report (status, error);
}

/** The date in the file is fixed, so that the same picture gives the same bytes. */
static gboolean
write_pdf (const HpScene *scene, const HpExportOptions *options, GByteArray *bytes, GError **error)
{
  double width = MAX (hp_scene_width (scene), 1) * options->scale;
  double height = MAX (hp_scene_height (scene), 1) * options->scale;
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width, height);
  cairo_status_t status;
  cairo_t *cr;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Heaparium");
  if (*hp_scene_description (scene) != '\0')
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, hp_scene_description (scene));
  cr = cairo_create (surface);
  paint (cr, scene, options);
  cairo_show_page (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return report (status, error);
}

GBytes *
hp_export_to_bytes (const HpScene *scene, const HpExportOptions *options, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  gboolean done;

  g_return_val_if_fail (scene != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->theme != NULL && options->format < HP_N_EXPORTS, NULL);

  if (!(options->scale >= 0.25 && options->scale <= 8))
    {
      g_set_error (
          error, HP_ERROR, HP_ERROR_INPUT, _ ("the scale is %g, but it should be between 0.25 and 8"), options->scale);
      return NULL;
    }
  if (options->format == HP_EXPORT_SVG)
    return g_string_free_to_bytes (hp_svg_write (scene, options));
  bytes = g_byte_array_new ();
  done = options->format == HP_EXPORT_PNG ? write_png (scene, options, bytes, error)
                                          : write_pdf (scene, options, bytes, error);
  return done ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

gboolean
hp_export_to_file (const HpScene *scene, const HpExportOptions *options, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  gconstpointer data;
  gsize n;

  g_return_val_if_fail (path != NULL, FALSE);

  bytes = hp_export_to_bytes (scene, options, &reason);
  if (bytes == NULL)
    {
      g_set_error (error, HP_ERROR, reason->code, "%s: %s", path, reason->message);
      return FALSE;
    }
  data = g_bytes_get_data (bytes, &n);
  if (!g_file_set_contents_full (path, data, (gssize) n, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &reason))
    {
      /* GLib's message names the path itself. */
      g_set_error_literal (error, HP_ERROR, HP_ERROR_FAILED, reason->message);
      return FALSE;
    }
  return TRUE;
}
