/* export.c - tests of the exports: well-formed, stable, escaped, replaced at once
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/export.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>

#define OBJECT(id) HP_TARGET (HP_TARGET_OBJECT, (id))

static HpScene *
example (const char *text)
{
  HpScene *scene = hp_scene_new ();
  guint8 roles[6] = { HP_ROLE_FREE, HP_ROLE_FREE, HP_ROLE_FAULT, HP_ROLE_NONE, HP_ROLE_FREE, HP_ROLE_FREE };

  hp_scene_set_size (scene, 200.5, 100);
  hp_scene_set_description (scene, text);
  hp_scene_begin_group (scene, "old space", text, HP_TARGET_NOTHING);
  hp_scene_add_box (scene, (HpRect){ 10, 10, 80, 20 }, 3, HP_ROLE_OBJECT_DEAD, OBJECT (1), text);
  hp_scene_add_box (scene, (HpRect){ 8, 8, 84, 24 }, 5, HP_ROLE_OBJECT_NEW, OBJECT (1), NULL);
  hp_scene_begin_group (scene, "object-1", "Inner", HP_TARGET_NOTHING);
  hp_scene_add_text (scene, (HpRect){ 10, 10, 480, 20 }, text, HP_TEXT_STRONG, HP_ALIGN_CENTRE, HP_ROLE_OBJECT_DEAD);
  hp_scene_end_group (scene);
  hp_scene_add_text (scene, (HpRect){ 10, 40, 180, 20 }, "mono", HP_TEXT_MONO, HP_ALIGN_END, HP_ROLE_PANEL);
  hp_scene_end_group (scene);
  hp_scene_add_arrow (scene,
                      (HpArrowEnd){ 90, 20, HP_SIDE_RIGHT, OBJECT (1) },
                      (HpArrowEnd){ 120, 80, HP_SIDE_TOP, OBJECT (2) },
                      HP_ROLE_ARROW_REMEMBERED,
                      0,
                      text);
  hp_scene_add_cells (scene, (HpRect){ 10, 60, 30, 20 }, 3, roles, 6, HP_TARGET_PAGE, 1, text);
  hp_scene_add_line (scene, (double[]){ 1, 2, 3.25, 4 }, 2, HP_ROLE_SERIES_1, text);
  return scene;
}

static HpExportOptions
options_for (HpExportFormat format)
{
  return (HpExportOptions){ .format = format, .theme = hp_theme_find ("light", NULL), .scale = 1 };
}

static char *
export_text (const HpScene *scene, HpExportOptions options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = hp_export_to_bytes (scene, &options, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

typedef struct
{
  GHashTable *counts; /* element -> number */
  GHashTable *ids;
  GString *text;
} Seen;

/* No id twice. */
static void
note_id (Seen *seen, const char **names, const char **values)
{
  for (; *names != NULL; names++, values++)
    if (g_str_equal (*names, "id"))
      g_assert_true (g_hash_table_add (seen->ids, g_strdup (*values)));
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Seen *seen = data;
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (seen->counts, element));

  note_id (seen, names, values);
  g_hash_table_insert (seen->counts, g_strdup (element), GUINT_TO_POINTER (n + 1));
  if (g_str_equal (element, "text"))
    g_string_append_c (seen->text, '|');
}

static void
on_text (GMarkupParseContext *context, const char *text, gsize n, gpointer data, GError **error)
{
  Seen *seen = data;

  if (g_str_equal (g_markup_parse_context_get_element (context), "text"))
    g_string_append_len (seen->text, text, (gssize) n);
}

static Seen
parse (const char *svg)
{
  const GMarkupParser parser = { .start_element = on_start, .text = on_text };
  Seen seen = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &seen, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return seen;
}

static guint
count (const Seen *seen, const char *element)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (seen->counts, element));
}

static void
free_seen (Seen *seen)
{
  g_hash_table_unref (seen->counts);
  g_hash_table_unref (seen->ids);
  g_string_free (seen->text, TRUE);
}

static void
test_svg (void)
{
  g_autoptr (HpScene) scene = example ("User #3");
  g_autofree char *svg = export_text (scene, options_for (HP_EXPORT_SVG));
  Seen seen = parse (svg);

  g_assert_cmpuint (count (&seen, "text"), ==, 2);
  g_assert_cmpstr (seen.text->str, ==, "|User #3|mono");
  g_assert_cmpuint (count (&seen, "desc"), ==, 1);
  g_assert_cmpuint (count (&seen, "pattern"), ==, 1);
  g_assert_cmpuint (count (&seen, "polyline"), ==, 1);
  g_assert_cmpuint (count (&seen, "g"), ==, 4); /* two groups, the arrow, the cells */
  g_assert_nonnull (strstr (svg, "width=\"200.5\" height=\"100\" viewBox=\"0 0 200.5 100\""));
  g_assert_nonnull (strstr (svg, "<g id=\"old-space\"><title>User #3</title>"));
  g_assert_nonnull (strstr (svg, "font-family=\"'DejaVu Sans Mono',"));
  g_assert_nonnull (strstr (svg, "text-anchor=\"end\""));
  g_assert_nonnull (strstr (svg, "points=\"1,2 3.25,4\""));
  g_assert_nonnull (strstr (svg, " id=\"object-1\""));
  g_assert_null (strstr (svg, "style="));
  free_seen (&seen);
}

static void
test_svg_escapes (void)
{
  const char *hostile = "</text><script>&\"' \x01\x1b \xff\xc3 \xef\xbf\xbf ]]>";
  g_autoptr (HpScene) scene = example (hostile);
  HpExportOptions options = options_for (HP_EXPORT_SVG);
  g_autofree char *svg = export_text (scene, options);
  g_autofree char *outlines = NULL;
  Seen seen = parse (svg);

  g_assert_cmpuint (count (&seen, "script"), ==, 0);
  g_assert_cmpuint (count (&seen, "text"), ==, 2);
  g_assert_true (g_utf8_validate (svg, -1, NULL));
  g_assert_nonnull (strstr (seen.text->str, "</text><script>&\"'"));
  for (const char *p = svg; *p != '\0'; p++)
    g_assert_true ((guchar) *p >= 0x20 || *p == '\n');
  free_seen (&seen);

  options.text_as_outlines = TRUE;
  outlines = export_text (scene, options);
  seen = parse (outlines);
  g_assert_cmpuint (count (&seen, "text"), ==, 0);
  free_seen (&seen);
}

/* Numbers do not follow the locale; transparent and scaled pictures differ from plain ones where they should. */
static void
test_svg_options (void)
{
  g_autoptr (HpScene) scene = example ("x");
  HpExportOptions options = options_for (HP_EXPORT_SVG);
  g_autofree char *plain = export_text (scene, options);
  g_autofree char *other = NULL;

  setlocale (LC_ALL, "de_DE.UTF-8");
  other = export_text (scene, options);
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpstr (plain, ==, other);
  g_assert_nonnull (strstr (plain, "width=\"200.5\" height=\"100\" fill=\"#ffffff\""));

  options.transparent = TRUE;
  options.scale = 2;
  options.selection = OBJECT (1);
  g_clear_pointer (&other, g_free);
  other = export_text (scene, options);
  g_assert_null (strstr (other, "width=\"200.5\" height=\"100\" fill=\"#ffffff\""));
  g_assert_nonnull (strstr (other, "width=\"401\" height=\"200\" viewBox=\"0 0 200.5 100\""));
  g_assert_nonnull (strstr (other, "stroke=\"#1c62c4\" stroke-width=\"2.5\""));
}

static void
test_same_bytes (void)
{
  for (guint format = 0; format < HP_N_EXPORTS; format++)
    {
      g_autoptr (HpScene) scene = example ("naïve “ﬁ” 漢字");
      g_autoptr (HpScene) again = example ("naïve “ﬁ” 漢字");
      HpExportOptions options = options_for (format);
      g_autoptr (GBytes) a = hp_export_to_bytes (scene, &options, NULL);
      g_autoptr (GBytes) b = NULL;

      if (format == HP_EXPORT_PDF)
        g_usleep (1100 * 1000); /* a date in the file would show */
      b = hp_export_to_bytes (again, &options, NULL);
      g_assert_nonnull (a);
      g_assert_true (g_bytes_equal (a, b));
    }
}

typedef struct
{
  GBytes *bytes;
  gsize at;
} Reader;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int length)
{
  Reader *reader = closure;
  gsize n;
  const guint8 *bytes = g_bytes_get_data (reader->bytes, &n);

  if (reader->at + length > n)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, bytes + reader->at, length);
  reader->at += length;
  return CAIRO_STATUS_SUCCESS;
}

static void
test_png (void)
{
  g_autoptr (HpScene) scene = example ("x");
  HpExportOptions options = options_for (HP_EXPORT_PNG);
  g_autoptr (GBytes) bytes = NULL;
  cairo_surface_t *surface;
  Reader reader;

  options.scale = 2;
  options.transparent = TRUE;
  bytes = hp_export_to_bytes (scene, &options, NULL);
  reader = (Reader){ bytes, 0 };
  surface = cairo_image_surface_create_from_png_stream (read_bytes, &reader);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 401);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 200);
  g_assert_cmpuint (*(guint32 *) (gpointer) cairo_image_surface_get_data (surface), ==, 0);
  cairo_surface_destroy (surface);
}

static void
test_refusals (void)
{
  g_autoptr (HpScene) scene = example ("x");
  HpExportOptions options = options_for (HP_EXPORT_PNG);
  g_autoptr (GError) error = NULL;
  HpExportFormat format;

  hp_scene_set_size (scene, 20000, 100);
  options.scale = 2;
  g_assert_null (hp_export_to_bytes (scene, &options, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "40000 × 200 pixels"));
  g_clear_error (&error);

  options.scale = 9;
  g_assert_null (hp_export_to_bytes (scene, &options, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_clear_error (&error);

  g_assert_true (hp_export_format_from_path ("a/b.SVG", &format, &error));
  g_assert_cmpuint (format, ==, HP_EXPORT_SVG);
  g_assert_false (hp_export_format_from_path ("a/b.gif", &format, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "a/b.gif"));
}

static void
test_file (void)
{
  g_autoptr (HpScene) scene = example ("x");
  HpExportOptions options = options_for (HP_EXPORT_SVG);
  g_autofree char *folder = g_dir_make_tmp ("heaparium-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.svg", NULL);
  g_autofree char *missing = g_build_filename (folder, "none", "a.svg", NULL);
  g_autofree char *expected = export_text (scene, options);
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_true (hp_export_to_file (scene, &options, path, &error));
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_cmpstr (written, ==, expected);

  g_assert_false (hp_export_to_file (scene, &options, missing, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, missing));
  g_assert_nonnull (strstr (error->message, "No such file or directory"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/svg", test_svg);
  g_test_add_func ("/export/svg-escapes", test_svg_escapes);
  g_test_add_func ("/export/svg-options", test_svg_options);
  g_test_add_func ("/export/same-bytes", test_same_bytes);
  g_test_add_func ("/export/png", test_png);
  g_test_add_func ("/export/refusals", test_refusals);
  g_test_add_func ("/export/file", test_file);
  return g_test_run ();
}
