/* memory-map.c - the memory-map view at many moments: nothing overlaps, nothing leaves the picture, all is targeted
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "golden.h"
#include "story.h"

#include "plugin/host.h"
#include "scene/view.h"

#include <string.h>

typedef struct
{
  HpHost *host;
  const HpView *view;
  HpSettings *settings;
  HpScene *scene;
} Fixture;

static Fixture
fixture_new (void)
{
  const char *folders[] = { g_getenv ("HEAPARIUM_PLUGIN_PATH"), NULL };
  g_autoptr (GError) error = NULL;
  Fixture self = { .host = hp_host_new (folders), .scene = hp_scene_new () };
  const HpManifest *manifest = hp_host_find (self.host, HP_PLUGIN_VIEW, "memory-map", &error);
  const HpPlugin *plugin;

  g_assert_no_error (error);
  plugin = hp_host_load (self.host, manifest, &error);
  g_assert_no_error (error);
  self.view = plugin->view;
  self.settings = hp_manifest_settings_new (manifest);
  return self;
}

static void
fixture_clear (Fixture *self)
{
  hp_scene_free (self->scene);
  hp_settings_free (self->settings);
  hp_host_free (self->host);
}

static void
build (Fixture *self, HpRecording *recording, guint64 step, double width, double height)
{
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));

  hp_recording_seek (recording, moment, step);
  hp_view_build (self->view, NULL, self->settings, recording, moment, width, height, self->scene);
}

/* ---- what holds for every picture ------------------------------------------------------------------------------- */

static HpRect
ink_rect (HpScene *scene, const HpItem *text)
{
  static const double HEIGHTS[HP_N_TEXT_STYLES] = { 9, 11, 11, 14, 10 };
  double width = hp_scene_text_width (scene, text->text, text->style);
  double height = HEIGHTS[text->style] * 0.8;
  HpRect rect = { text->rect.x, text->rect.y + (text->rect.height - height) / 2, width, height };

  if (text->align == HP_ALIGN_CENTRE)
    rect.x += (text->rect.width - width) / 2;
  else if (text->align == HP_ALIGN_END)
    rect.x += text->rect.width - width;
  return rect;
}

static gboolean
overlap (const HpRect *a, const HpRect *b)
{
  const double slack = 0.01;

  return a->x + slack < b->x + b->width && b->x + slack < a->x + a->width && a->y + slack < b->y + b->height
         && b->y + slack < a->y + a->height;
}

static void
assert_texts_apart (HpScene *scene)
{
  g_autoptr (GArray) inks = g_array_new (FALSE, FALSE, sizeof (HpRect));
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);
      HpRect ink;

      if (item->kind != HP_ITEM_TEXT)
        continue;
      ink = ink_rect (scene, item);
      for (guint k = 0; k < inks->len; k++)
        if (overlap (&ink, &g_array_index (inks, HpRect, k)))
          g_error ("“%s” overlaps “%s”", item->text, (const char *) g_ptr_array_index (texts, k));
      g_array_append_val (inks, ink);
      g_ptr_array_add (texts, (gpointer) item->text);
    }
}

static void
assert_inside (HpScene *scene)
{
  double width = hp_scene_width (scene), height = hp_scene_height (scene);

  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    {
      const HpItem *item = hp_scene_item (scene, i);
      HpRect rect = item->rect;

      if (rect.x < 0 || rect.y < 0 || rect.x + rect.width > width + 0.01 || rect.y + rect.height > height + 0.01)
        g_error ("item %" G_GSIZE_FORMAT " of kind %u (%s) leaves the picture: %g %g %g %g in %g %g",
                 i,
                 item->kind,
                 item->title != NULL ? item->title : item->text,
                 rect.x,
                 rect.y,
                 rect.width,
                 rect.height,
                 width,
                 height);
    }
}

/* Boxes of different objects do not cover each other. */
static void
assert_objects_apart (HpScene *scene)
{
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    for (gsize k = 0; k < i; k++)
      {
        const HpItem *a = hp_scene_item (scene, i), *b = hp_scene_item (scene, k);

        if (a->kind == HP_ITEM_BOX && b->kind == HP_ITEM_BOX && a->target.kind == HP_TARGET_OBJECT
            && b->target.kind == HP_TARGET_OBJECT && overlap (&a->rect, &b->rect))
          g_error ("objects %u and %u overlap", a->target.id, b->target.id);
      }
}

static void
assert_sound (HpScene *scene)
{
  g_assert_cmpuint (hp_scene_n_items (scene), >, 5);
  g_assert_cmpstr (hp_scene_description (scene), !=, "");
  assert_texts_apart (scene);
  assert_inside (scene);
  if (hp_scene_n_items (scene) < 1500)
    assert_objects_apart (scene);
}

static const struct
{
  double width, height;
} SIZES[] = { { 1280, 800 }, { 800, 600 }, { 560, 420 }, { 300, 200 } };

static void
check_steps (HpRecording *recording, guint n_steps)
{
  Fixture fixture = fixture_new ();
  guint64 length = hp_recording_length (recording);

  for (guint i = 0; i <= n_steps; i++)
    for (guint size = 0; size < G_N_ELEMENTS (SIZES); size++)
      {
        build (&fixture, recording, length * i / n_steps, SIZES[size].width, SIZES[size].height);
        assert_sound (fixture.scene);
      }
  fixture_clear (&fixture);
}

static void
test_story (void)
{
  g_autoptr (HpRecording) recording = story_record ();

  check_steps (recording, 150);
}

static void
test_random (void)
{
  for (guint64 seed = 1; seed <= 12; seed++)
    {
      g_autoptr (HpRecording) recording = story_record_random ("classroom", seed, 120);

      check_steps (recording, 12);
    }
}

static void
test_large_heap (void)
{
  g_autoptr (HpRecording) recording = story_record_random ("node-20", 1, 3000);

  check_steps (recording, 3);
}

static void
test_trace (void)
{
  const guint counts[] = { 3, 50, 400, 20000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (HpRecording) recording = story_record_trace (counts[i]);

      check_steps (recording, 3);
    }
}

static void
test_empty (void)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();

  check_steps (recording, 1);
}

/* ---- what is shown ---------------------------------------------------------------------------------------------- */

static guint
count_items (HpScene *scene, HpItemKind kind, HpRole role)
{
  guint n = 0;

  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    n += hp_scene_item (scene, i)->kind == kind && hp_scene_item (scene, i)->role == role;
  return n;
}

static gboolean
has_text (HpScene *scene, const char *text)
{
  for (gsize i = 0; i < hp_scene_n_items (scene); i++)
    if (hp_scene_item (scene, i)->kind == HP_ITEM_TEXT && strcmp (hp_scene_item (scene, i)->text, text) == 0)
      return TRUE;
  return FALSE;
}

/* Every allocated object can be picked where it is found, in every moment of the story. */
static void
test_objects_are_shown (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  Fixture fixture = fixture_new ();

  for (guint64 step = 0; step <= hp_recording_length (recording); step += 25)
    {
      build (&fixture, recording, step, 1280, 800);
      hp_recording_seek (recording, moment, step);
      for (HpRef ref = 1; ref <= hp_moment_n_objects (moment); ref++)
        {
          gboolean is_allocated = hp_moment_object (moment, ref)->status == HP_OBJECT_ALLOCATED;
          HpRect rect;

          g_assert_cmpint (
              hp_scene_find (fixture.scene, HP_TARGET (HP_TARGET_OBJECT, ref), &rect, NULL), ==, is_allocated);
          if (is_allocated)
            {
              HpTarget picked = hp_scene_pick (fixture.scene, rect.x + 2, rect.y + 2, NULL, NULL);

              g_assert_cmpuint (picked.kind, ==, HP_TARGET_OBJECT);
              g_assert_cmpuint (picked.id, ==, ref);
            }
        }
    }
  fixture_clear (&fixture);
}

/* The page table lists the pages that are mapped at the moment, whatever the recording maps later. */
static void
test_pages_are_shown (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  g_autoptr (HpMoment) moment = hp_moment_new (hp_recording_definitions (recording));
  Fixture fixture = fixture_new ();
  guint n_mapped = 0, n_unmapped = 0;

  for (guint64 step = 0; step <= hp_recording_length (recording); step += 100)
    {
      build (&fixture, recording, step, 1280, 800);
      hp_recording_seek (recording, moment, step);
      for (guint32 id = 1; id <= hp_definitions_count (hp_moment_definitions (moment), HP_DEFINITION_PAGE); id++)
        {
          gboolean is_mapped = hp_moment_page (moment, id).mapped;
          HpRect rect;

          g_assert_cmpint (hp_scene_find (fixture.scene, HP_TARGET (HP_TARGET_PAGE, id), &rect, NULL), ==, is_mapped);
          n_mapped += is_mapped;
          n_unmapped += !is_mapped;
        }
    }
  g_assert_cmpuint (n_mapped, >, 0);
  g_assert_cmpuint (n_unmapped, >, 0);
  fixture_clear (&fixture);
}

/* Garbage is drawn as such and gone after the collection; while marking, the three colours are shown. */
static void
test_roles_of_a_collection (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  Fixture fixture = fixture_new ();
  const HpCollectionRecord *full = NULL;
  gboolean seen[HP_N_ROLES] = { FALSE };

  for (guint i = 0; i < hp_recording_n_collections (recording); i++)
    if (hp_recording_collection (recording, i)->kind == HP_COLLECTION_FULL)
      full = hp_recording_collection (recording, i);
  g_assert_nonnull (full);
  build (&fixture, recording, full->begin - 1, 1280, 800);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_BOX, HP_ROLE_OBJECT_DEAD), >, 0);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_BOX, HP_ROLE_MARK_GREY), ==, 0);
  g_assert_true (has_text (fixture.scene, "The program runs"));
  for (guint64 step = full->begin; step < full->end; step++)
    {
      build (&fixture, recording, step, 1280, 800);
      for (guint role = 0; role < HP_N_ROLES; role++)
        seen[role] |= count_items (fixture.scene, HP_ITEM_BOX, role) > 0;
    }
  g_assert_true (seen[HP_ROLE_MARK_WHITE] && seen[HP_ROLE_MARK_GREY] && seen[HP_ROLE_MARK_BLACK]);
  g_assert_true (seen[HP_ROLE_OBJECT_NEW]);
  build (&fixture, recording, full->end, 1280, 800);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_BOX, HP_ROLE_OBJECT_DEAD), ==, 0);
  fixture_clear (&fixture);
}

/* After a flip the halves keep their place and change their names. */
static void
test_flip (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  Fixture fixture = fixture_new ();
  HpRect before, after;
  guint64 flip = 0;

  while (hp_event_type (hp_recording_event (recording, flip)) != HP_EVENT_FLIP)
    flip++;
  build (&fixture, recording, flip, 1280, 800);
  g_assert_true (has_text (fixture.scene, "To-space: new objects go here"));
  g_assert_true (has_text (fixture.scene, "From-space: waits for the next scavenge"));
  g_assert_true (hp_scene_find (fixture.scene, HP_TARGET (HP_TARGET_SPACE, HP_SPACE_SEMI_A), &before, NULL));
  build (&fixture, recording, flip + 1, 1280, 800);
  g_assert_true (hp_scene_find (fixture.scene, HP_TARGET (HP_TARGET_SPACE, HP_SPACE_SEMI_B), &after, NULL));
  g_assert_cmpfloat (before.y, ==, after.y);
  g_assert_true (has_text (fixture.scene, "To-space: survivors are copied here"));
  fixture_clear (&fixture);
}

static void
test_settings (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  Fixture fixture = fixture_new ();
  guint64 step = hp_recording_length (recording) / 2;

  build (&fixture, recording, step, 1280, 800);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_ARROW, HP_ROLE_ARROW), >, 3);
  g_assert_true (has_text (fixture.scene, "RAM"));
  g_assert_true (hp_settings_set (fixture.settings, "references", "no", NULL));
  g_assert_true (hp_settings_set (fixture.settings, "pages", "no", NULL));
  g_assert_true (hp_settings_set (fixture.settings, "legend", "no", NULL));
  g_assert_true (hp_settings_set (fixture.settings, "detail", "cells", NULL));
  build (&fixture, recording, step, 1280, 800);
  assert_sound (fixture.scene);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_ARROW, HP_ROLE_ARROW), ==, 0);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_CELLS, HP_ROLE_NONE), >, 0);
  g_assert_false (has_text (fixture.scene, "RAM"));
  fixture_clear (&fixture);
}

/* Same moment, same bytes; and the way to the moment does not matter. */
static void
test_same_scene (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  HpExportOptions options = { .format = HP_EXPORT_SVG, .theme = hp_theme_find ("light", NULL), .scale = 1 };
  Fixture fixture = fixture_new (), other = fixture_new ();
  guint64 step = hp_recording_length (recording) / 3;
  g_autoptr (GBytes) a = NULL;
  g_autoptr (GBytes) b = NULL;

  build (&fixture, recording, step, 900, 600);
  build (&other, recording, hp_recording_length (recording), 900, 600);
  build (&other, recording, step, 900, 600);
  a = hp_export_to_bytes (fixture.scene, &options, NULL);
  b = hp_export_to_bytes (other.scene, &options, NULL);
  g_assert_true (g_bytes_equal (a, b));
  fixture_clear (&fixture);
  fixture_clear (&other);
}

/* Weak arrows are dotted; what is remembered of a WeakRef is strong in the next scavenge, of a key it is not. */
static void
test_weak (void)
{
  g_autoptr (HpRecording) recording = story_record_weak ();
  Fixture fixture = fixture_new ();

  build (&fixture, recording, hp_recording_length (recording), 800, 600);
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_ARROW, HP_ROLE_ARROW_WEAK), ==, 2 + 1); /* and the legend's */
  g_assert_cmpuint (count_items (fixture.scene, HP_ITEM_ARROW, HP_ROLE_ARROW_REMEMBERED), ==, 2 + 1);
  fixture_clear (&fixture);
}

/* A chip says whether marking goes on while the program runs. */
static void
test_marking_is_told (void)
{
  g_autoptr (HpRecording) recording = hp_recording_new ();
  HpEvent events[] = { hp_event (HP_EVENT_MARKING, HP_MARKING_ACTIVE, 0, 0, 0),
                       hp_event (HP_EVENT_PHASE, HP_PHASE_MARK, 0, 0, 0) };
  static const char *const STATES[] = { "The program runs",
                                        "The program runs; marking is on",
                                        "A step of incremental marking" };
  Fixture fixture = fixture_new ();

  g_assert_true (hp_recording_append (recording, events, 2, NULL));
  for (guint step = 0; step < G_N_ELEMENTS (STATES); step++)
    {
      build (&fixture, recording, step, 800, 600);
      g_assert_true (has_text (fixture.scene, STATES[step]));
    }
  fixture_clear (&fixture);
}

/* ---- goldens ---------------------------------------------------------------------------------------------------- */

/* The middle of the first collection of a kind. */
static guint64
middle_of (const HpRecording *recording, HpCollectionKind kind)
{
  for (guint i = 0; i < hp_recording_n_collections (recording); i++)
    {
      const HpCollectionRecord *collection = hp_recording_collection (recording, i);

      if (collection->kind == kind)
        return (collection->begin + collection->end) / 2;
    }
  g_assert_not_reached ();
}

static void
test_goldens (void)
{
  g_autoptr (HpRecording) recording = story_record ();
  g_autoptr (HpRecording) trace = story_record_trace (300);
  g_autoptr (HpRecording) weak = story_record_weak ();
  Fixture fixture = fixture_new ();

  build (&fixture, recording, hp_recording_collection (recording, 0)->begin - 1, 1280, 800);
  golden_compare (fixture.scene, "light", "program");
  golden_compare (fixture.scene, "print", "program-print");
  build (&fixture, recording, middle_of (recording, HP_COLLECTION_YOUNG), 800, 600);
  golden_compare (fixture.scene, "light", "scavenge");
  build (&fixture, recording, middle_of (recording, HP_COLLECTION_FULL), 800, 600);
  golden_compare (fixture.scene, "dark", "marking");
  build (&fixture, recording, hp_recording_length (recording) * 9 / 10, 560, 420);
  golden_compare (fixture.scene, "high-contrast", "narrow");
  build (&fixture, trace, hp_recording_length (trace) / 2, 800, 600);
  golden_compare (fixture.scene, "dark", "trace");
  build (&fixture, weak, hp_recording_length (weak), 800, 600);
  golden_compare (fixture.scene, "light", "weak");
  golden_compare (fixture.scene, "dark", "weak-dark");
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory-map/story", test_story);
  g_test_add_func ("/memory-map/random", test_random);
  g_test_add_func ("/memory-map/large-heap", test_large_heap);
  g_test_add_func ("/memory-map/trace", test_trace);
  g_test_add_func ("/memory-map/empty", test_empty);
  g_test_add_func ("/memory-map/objects-are-shown", test_objects_are_shown);
  g_test_add_func ("/memory-map/pages-are-shown", test_pages_are_shown);
  g_test_add_func ("/memory-map/roles-of-a-collection", test_roles_of_a_collection);
  g_test_add_func ("/memory-map/flip", test_flip);
  g_test_add_func ("/memory-map/settings", test_settings);
  g_test_add_func ("/memory-map/same-scene", test_same_scene);
  g_test_add_func ("/memory-map/weak", test_weak);
  g_test_add_func ("/memory-map/marking-is-told", test_marking_is_told);
  g_test_add_func ("/memory-map/goldens", test_goldens);
  return g_test_run ();
}
