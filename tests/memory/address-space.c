/* address-space.c - tests of first fit: alignment, reuse, melting of holes, and that ranges never overlap
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "base/random.h"
#include "memory/address_space.h"

#define WHOLE ((G_GUINT64_CONSTANT (1) << 35) - 0x10000)

static void
test_first_fit (void)
{
  g_autoptr (HpAddressSpace) space = hp_address_space_new (NULL);

  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 100, 8), ==, 0x10000);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 8, 1), ==, 0x10068);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 0x40000, 0x40000), ==, 0x40000);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 0x40000, 0x40000), ==, 0x80000);
  /* The hole that alignment left is used by what fits into it. */
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 0x2ff90, 8), ==, 0x10070);
  g_assert_cmpuint (hp_address_space_free_bytes (space), ==, WHOLE - 0xb0000);
  hp_address_space_unmap (space, 0x40000, 0x40000);
  hp_address_space_unmap (space, 0x10070, 0x2ff90);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 0x6ff90, 8), ==, 0x10070);
  hp_address_space_unmap (space, 0x10070, 0x6ff90);
  hp_address_space_unmap (space, 0x80000, 0x40000);
  hp_address_space_unmap (space, 0x10068, 8);
  hp_address_space_unmap (space, 0x10000, 100);
  g_assert_cmpuint (hp_address_space_free_bytes (space), ==, WHOLE);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, WHOLE, 8), ==, 0x10000);
}

static void
test_full (void)
{
  g_autoptr (HpAddressSpace) space = hp_address_space_new (NULL);

  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, WHOLE + 1, 8), ==, 0);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, G_MAXUINT64, 8), ==, 0);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 8, G_GUINT64_CONSTANT (1) << 63), ==, 0);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 8, G_GUINT64_CONSTANT (1) << 35), ==, 0);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, WHOLE, 8), ==, 0x10000);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 1, 8), ==, 0);
  g_assert_cmpuint (hp_address_space_free_bytes (space), ==, 0);
}

/* With a pager, ranges are whole pages, and its pages come and go with them. */
static void
test_pager (void)
{
  Fixture f;
  HpAddressSpace *space;

  fixture_init (&f, 8, NULL, NULL);
  space = hp_address_space_new (f.pager);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_STACK, 5000, 8), ==, 0x10000);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 8, 8), ==, 0x12000);
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, 3);
  hp_pager_touch (f.pager, 0x11000, TRUE);
  hp_address_space_unmap (space, 0x10000, 5000);
  g_assert_false (hp_pager_page_is_mapped (f.pager, 1));
  g_assert_false (hp_pager_page_is_mapped (f.pager, 2));
  g_assert_true (hp_pager_page_is_mapped (f.pager, 3));
  g_assert_cmpuint (f.counters.resident_pages, ==, 0);
  g_assert_cmpuint (hp_address_space_map (space, HP_REGION_OLD, 4096, 8), ==, 0x10000);
  g_assert_cmpuint (hp_pager_n_pages (f.pager), ==, 3);
  hp_address_space_free (space);
  fixture_clear (&f);
}

typedef struct
{
  guint64 address, bytes;
} Range;

static gboolean
overlaps_any (GArray *ranges, guint64 address, guint64 bytes)
{
  for (guint i = 0; i < ranges->len; i++)
    {
      const Range *range = &g_array_index (ranges, Range, i);

      if (address < range->address + range->bytes && range->address < address + bytes)
        return TRUE;
    }
  return FALSE;
}

static void
map_one (HpAddressSpace *space, HpRandom *random, GArray *ranges)
{
  guint64 alignment = (guint64) 8 << hp_random_below (random, 16);
  Range range = { 0, (guint64) 8 * (1 + hp_random_below (random, 100000)) };

  range.address = hp_address_space_map (space, HP_REGION_OLD, range.bytes, alignment);
  g_assert_cmpuint (range.address, >=, 0x10000);
  g_assert_cmpuint (range.address % alignment, ==, 0);
  g_assert_false (overlaps_any (ranges, range.address, range.bytes));
  g_array_append_val (ranges, range);
}

static void
test_random (void)
{
  g_autoptr (HpAddressSpace) space = hp_address_space_new (NULL);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  guint64 mapped = 0;
  HpRandom random;

  hp_random_seed (&random, 3);
  for (guint i = 0; i < 5000; i++)
    {
      if (ranges->len == 0 || hp_random_below (&random, 100) < 52)
        {
          map_one (space, &random, ranges);
          mapped += g_array_index (ranges, Range, ranges->len - 1).bytes;
        }
      else
        {
          guint k = hp_random_below (&random, ranges->len);
          Range range = g_array_index (ranges, Range, k);

          hp_address_space_unmap (space, range.address, range.bytes);
          mapped -= range.bytes;
          g_array_remove_index_fast (ranges, k);
        }
      g_assert_cmpuint (hp_address_space_free_bytes (space), ==, WHOLE - mapped);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address-space/first-fit", test_first_fit);
  g_test_add_func ("/address-space/full", test_full);
  g_test_add_func ("/address-space/pager", test_pager);
  g_test_add_func ("/address-space/random", test_random);
  return g_test_run ();
}
