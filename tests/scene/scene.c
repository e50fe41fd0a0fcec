/* scene.c - tests of the display list: building, fitting, picking, travel
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/scene.h"

#include <math.h>
#include <string.h>

#define OBJECT(id) HP_TARGET (HP_TARGET_OBJECT, (id))

static void
assert_target (HpTarget found, HpTargetKind kind, guint32 id)
{
  g_assert_cmpuint (found.kind, ==, kind);
  g_assert_cmpuint (found.id, ==, id);
}

static void
test_items (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  char title[] = "a box";
  const HpItem *item;

  hp_scene_set_size (scene, 200, 100);
  hp_scene_begin_group (scene, "outer", "Outer", HP_TARGET_NOTHING);
  hp_scene_add_box (scene, (HpRect){ 10, 10, 50, 20 }, 40, HP_ROLE_OBJECT, OBJECT (7), title);
  hp_scene_begin_group (scene, "inner", "Inner", HP_TARGET (HP_TARGET_SPACE, HP_SPACE_OLD));
  hp_scene_add_text (scene, (HpRect){ 10, 10, 50, 20 }, "x", HP_TEXT_NORMAL, HP_ALIGN_CENTRE, HP_ROLE_OBJECT);
  hp_scene_end_group (scene);
  hp_scene_end_group (scene);
  hp_scene_add_line (scene, (double[]){ 1, 9, 5, 2, 7, 4 }, 3, HP_ROLE_SERIES_1, NULL);
  memset (title, 'X', sizeof title - 1);

  g_assert_cmpuint (hp_scene_n_items (scene), ==, 3);
  item = hp_scene_item (scene, 0);
  g_assert_cmpstr (item->title, ==, "a box");
  g_assert_cmpfloat (item->radius, ==, 10);
  g_assert_cmpint (item->group, ==, 0);
  g_assert_cmpint (hp_scene_item (scene, 1)->group, ==, 1);
  g_assert_cmpint (hp_scene_group (scene, 1)->parent, ==, 0);
  item = hp_scene_item (scene, 2);
  g_assert_cmpint (item->group, ==, -1);
  g_assert_cmpfloat (item->rect.x, ==, 1);
  g_assert_cmpfloat (item->rect.y, ==, 2);
  g_assert_cmpfloat (item->rect.width, ==, 6);
  g_assert_cmpfloat (item->rect.height, ==, 7);

  hp_scene_clear (scene);
  g_assert_cmpuint (hp_scene_n_items (scene), ==, 0);
  g_assert_cmpuint (hp_scene_n_groups (scene), ==, 0);
  g_assert_cmpfloat (hp_scene_width (scene), ==, 0);
  g_assert_cmpstr (hp_scene_description (scene), ==, "");
}

static const char *
fitted (HpScene *scene, const char *text, double width)
{
  gsize before = hp_scene_n_items (scene);

  hp_scene_add_text (scene, (HpRect){ 0, 0, width, 12 }, text, HP_TEXT_NORMAL, HP_ALIGN_START, HP_ROLE_TEXT);
  return hp_scene_n_items (scene) > before ? hp_scene_item (scene, before)->text : NULL;
}

static void
test_fit (void)
{
  const char *text = "the quick brown fox";
  g_autoptr (HpScene) scene = hp_scene_new ();
  double all = hp_scene_text_width (scene, text, HP_TEXT_NORMAL);
  gsize longest = 0;

  g_assert_cmpfloat (all, >, 80);
  g_assert_cmpfloat (all, <, 140);
  g_assert_cmpstr (fitted (scene, text, all), ==, text);
  g_assert_null (fitted (scene, text, 0));
  g_assert_null (fitted (scene, "", 100));
  for (double width = 1; width < all; width += 1)
    {
      const char *cut = fitted (scene, text, width);

      if (cut == NULL)
        continue;
      g_assert_true (g_str_has_suffix (cut, "…"));
      g_assert_cmpfloat (hp_scene_text_width (scene, cut, HP_TEXT_NORMAL), <=, width);
      g_assert_cmpuint (strlen (cut), >=, longest);
      g_assert_cmpint (g_utf8_strlen (cut, -1), >=, 3);
      longest = strlen (cut);
    }
  g_assert_cmpuint (longest, >=, strlen (text) - 2);
}

/* The very first text of a scene is cut like any other. */
static void
test_fit_first (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  g_autoptr (HpScene) other = hp_scene_new ();

  hp_scene_text_width (other, "…", HP_TEXT_NORMAL);
  g_assert_cmpstr (fitted (scene, "the quick brown fox", 60), ==, fitted (other, "the quick brown fox", 60));
}

static void
test_hostile_text (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();
  g_autofree char *endless = g_strnfill (1 << 20, 'm');

  g_assert_cmpstr (fitted (scene, "a\nb\tc\x01", 1000), ==, "a b c ");
  g_assert_cmpstr (fitted (scene,
                           "a\xff"
                           "b",
                           1000),
                   ==,
                   "a\xef\xbf\xbd"
                   "b");
  g_assert_cmpstr (fitted (scene, "\xef\xbf\xbf\xc2\x85!", 1000), ==, "\xef\xbf\xbd\xef\xbf\xbd!");
  g_assert_cmpuint (strlen (fitted (scene, endless, 1e5)), ==, 1000);
}

static void
assert_refused (void)
{
  g_test_assert_expected_messages ();
}

#define EXPECT_CRITICAL() g_test_expect_message ("heaparium", G_LOG_LEVEL_CRITICAL, "*assertion*failed*")

static void
test_refusals (void)
{
  g_autoptr (HpScene) scene = hp_scene_new ();

  EXPECT_CRITICAL ();
  hp_scene_add_box (scene, (HpRect){ NAN, 0, 1, 1 }, 0, HP_ROLE_OBJECT, OBJECT (1), NULL);
  assert_refused ();
  EXPECT_CRITICAL ();
  hp_scene_add_box (scene, (HpRect){ 0, 0, -1, 1 }, 0, HP_ROLE_OBJECT, OBJECT (1), NULL);
  assert_refused ();
  EXPECT_CRITICAL ();
  hp_scene_add_box (scene, (HpRect){ 0, 0, 1, 1 }, 0, HP_N_ROLES, OBJECT (1), NULL);
  assert_refused ();
  EXPECT_CRITICAL ();
  hp_scene_add_arrow (scene, (HpArrowEnd){ 0 }, (HpArrowEnd){ .x = INFINITY }, HP_ROLE_ARROW, 0, NULL);
  assert_refused ();
  EXPECT_CRITICAL ();
  hp_scene_end_group (scene);
  assert_refused ();
  g_assert_cmpuint (hp_scene_n_items (scene), ==, 0);

  hp_scene_add_cells (scene, (HpRect){ 0, 0, 10, 10 }, 1, (guint8[]){ 255, HP_ROLE_FREE }, 2, HP_TARGET_PAGE, 1, NULL);
  g_assert_cmpuint (hp_scene_item (scene, 0)->cells[0], ==, HP_ROLE_NONE);
  g_assert_cmpuint (hp_scene_item (scene, 0)->cells[1], ==, HP_ROLE_FREE);
}

/* A panel with a row of three objects, a map of 3 x 2 cells (the last missing) below it, and an arrow over all. */
static HpScene *
example (void)
{
  HpScene *scene = hp_scene_new ();
  guint8 roles[5];

  memset (roles, HP_ROLE_PAGE_RESIDENT, sizeof roles);
  hp_scene_set_size (scene, 200, 200);
  hp_scene_add_box (
      scene, (HpRect){ 0, 0, 200, 50 }, 0, HP_ROLE_PANEL, HP_TARGET (HP_TARGET_SPACE, HP_SPACE_OLD), "Old space");
  for (guint i = 0; i < 3; i++)
    hp_scene_add_box (scene, (HpRect){ 10 + 60.0 * i, 10, 40, 30 }, 2, HP_ROLE_OBJECT, OBJECT (i + 1), "object");
  hp_scene_add_cells (scene, (HpRect){ 0, 100, 60, 40 }, 3, roles, 5, HP_TARGET_PAGE, 10, "pages");
  hp_scene_add_arrow (scene,
                      (HpArrowEnd){ 0, 0, HP_SIDE_ANY, OBJECT (1) },
                      (HpArrowEnd){ 200, 200, HP_SIDE_ANY, OBJECT (2) },
                      HP_ROLE_ARROW,
                      0,
                      "arrow");
  hp_scene_add_box (scene, (HpRect){ 130, 10, 40, 30 }, 2, HP_ROLE_OBJECT_NEW, OBJECT (3), "again");
  return scene;
}

static void
test_pick (void)
{
  g_autoptr (HpScene) scene = example ();
  const char *title = NULL;
  HpRect bounds;

  assert_target (hp_scene_pick (scene, 20, 20, &bounds, &title), HP_TARGET_OBJECT, 1);
  g_assert_cmpfloat (bounds.x, ==, 10);
  g_assert_cmpstr (title, ==, "object");
  assert_target (hp_scene_pick (scene, 55, 20, NULL, &title), HP_TARGET_SPACE, HP_SPACE_OLD);
  g_assert_cmpstr (title, ==, "Old space");
  assert_target (hp_scene_pick (scene, 140, 20, NULL, &title), HP_TARGET_OBJECT, 3);
  g_assert_cmpstr (title, ==, "again");
  assert_target (hp_scene_pick (scene, 100, 90, NULL, NULL), HP_TARGET_NONE, 0);
  assert_target (hp_scene_pick (scene, 0, 100, &bounds, NULL), HP_TARGET_PAGE, 10);
  assert_target (hp_scene_pick (scene, 39, 139, &bounds, NULL), HP_TARGET_PAGE, 14);
  g_assert_cmpfloat (bounds.x, ==, 20);
  g_assert_cmpfloat (bounds.y, ==, 120);
  assert_target (hp_scene_pick (scene, 50, 130, NULL, NULL), HP_TARGET_NONE, 0);
}

static void
test_find (void)
{
  g_autoptr (HpScene) scene = example ();
  const char *title;
  HpRect bounds;

  g_assert_true (hp_scene_find (scene, OBJECT (3), &bounds, &title));
  g_assert_cmpstr (title, ==, "object");
  g_assert_true (hp_scene_find (scene, HP_TARGET (HP_TARGET_PAGE, 12), &bounds, NULL));
  g_assert_cmpfloat (bounds.x, ==, 40);
  g_assert_cmpfloat (bounds.width, ==, 20);
  g_assert_false (hp_scene_find (scene, HP_TARGET (HP_TARGET_PAGE, 15), &bounds, NULL));
  g_assert_false (hp_scene_find (scene, OBJECT (4), &bounds, NULL));
  g_assert_false (hp_scene_find (scene, HP_TARGET_NOTHING, &bounds, NULL));
}

static void
test_travel (void)
{
  g_autoptr (HpScene) scene = example ();
  g_autoptr (HpScene) empty = hp_scene_new ();
  HpTarget page = HP_TARGET (HP_TARGET_PAGE, 11);

  assert_target (hp_scene_travel (scene, OBJECT (1), HP_TRAVEL_RIGHT), HP_TARGET_OBJECT, 2);
  assert_target (hp_scene_travel (scene, OBJECT (2), HP_TRAVEL_LEFT), HP_TARGET_OBJECT, 1);
  assert_target (hp_scene_travel (scene, OBJECT (1), HP_TRAVEL_LEFT), HP_TARGET_OBJECT, 1);
  assert_target (hp_scene_travel (scene, OBJECT (1), HP_TRAVEL_DOWN), HP_TARGET_PAGE, 11);
  assert_target (hp_scene_travel (scene, page, HP_TRAVEL_UP), HP_TARGET_OBJECT, 1);
  assert_target (hp_scene_travel (scene, page, HP_TRAVEL_RIGHT), HP_TARGET_PAGE, 12);
  assert_target (hp_scene_travel (scene, page, HP_TRAVEL_DOWN), HP_TARGET_PAGE, 14);
  assert_target (hp_scene_travel (scene, HP_TARGET_NOTHING, HP_TRAVEL_LEFT), HP_TARGET_SPACE, HP_SPACE_OLD);
  assert_target (hp_scene_travel (scene, OBJECT (99), HP_TRAVEL_NEXT), HP_TARGET_SPACE, HP_SPACE_OLD);
  assert_target (hp_scene_travel (empty, HP_TARGET_NOTHING, HP_TRAVEL_NEXT), HP_TARGET_NONE, 0);
}

/* Tab visits each target once, in paint order, and Shift+Tab goes the same way back. */
static void
test_travel_along (void)
{
  static const HpTarget WAY[] = { { HP_TARGET_SPACE, HP_SPACE_OLD },
                                  { HP_TARGET_OBJECT, 1 },
                                  { HP_TARGET_OBJECT, 2 },
                                  { HP_TARGET_OBJECT, 3 },
                                  { HP_TARGET_PAGE, 10 },
                                  { HP_TARGET_PAGE, 11 },
                                  { HP_TARGET_PAGE, 12 },
                                  { HP_TARGET_PAGE, 13 },
                                  { HP_TARGET_PAGE, 14 } };
  g_autoptr (HpScene) scene = example ();
  HpTarget at = HP_TARGET_NOTHING;

  for (guint i = 0; i < G_N_ELEMENTS (WAY); i++)
    {
      at = hp_scene_travel (scene, at, HP_TRAVEL_NEXT);
      assert_target (at, WAY[i].kind, WAY[i].id);
    }
  assert_target (hp_scene_travel (scene, at, HP_TRAVEL_NEXT), HP_TARGET_PAGE, 14);
  for (guint i = G_N_ELEMENTS (WAY) - 1; i-- > 0;)
    {
      at = hp_scene_travel (scene, at, HP_TRAVEL_PREVIOUS);
      assert_target (at, WAY[i].kind, WAY[i].id);
    }
  assert_target (hp_scene_travel (scene, at, HP_TRAVEL_PREVIOUS), HP_TARGET_SPACE, HP_SPACE_OLD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/items", test_items);
  g_test_add_func ("/scene/fit", test_fit);
  g_test_add_func ("/scene/fit-first", test_fit_first);
  g_test_add_func ("/scene/hostile-text", test_hostile_text);
  g_test_add_func ("/scene/refusals", test_refusals);
  g_test_add_func ("/scene/pick", test_pick);
  g_test_add_func ("/scene/find", test_find);
  g_test_add_func ("/scene/travel", test_travel);
  g_test_add_func ("/scene/travel-along", test_travel_along);
  return g_test_run ();
}
