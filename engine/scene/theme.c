/* theme.c - the four themes: one row of paint for each role
 *
 * Fills are told apart by lightness as well as by hue (after the palette of Okabe and Ito), and whatever differs in
 * state rather than in kind also has a pattern, so a picture survives colour blindness and a black-and-white printer.
 * A fill whose alpha is 0 lies on the panel.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/theme.h"

#include <string.h>

struct _HpTheme
{
  const char *name;
  HpPaint paints[HP_N_ROLES];
};

#define RGBA(hex)                                                                                                      \
  {                                                                                                                    \
    ((hex) >> 24 & 0xffu) / 255.0, ((hex) >> 16 & 0xffu) / 255.0, ((hex) >> 8 & 0xffu) / 255.0, ((hex) &0xffu) / 255.0 \
  }
#define PAINT(fill, line, text, pattern, width)                        \
  {                                                                    \
    RGBA (fill), RGBA (line), RGBA (text), HP_PATTERN_##pattern, width \
  }

static const HpTheme THEMES[] = {
  {
      "light",
      {
          [HP_ROLE_NONE] = PAINT (0x00000000u, 0x00000000u, 0x1d1d20ffu, PLAIN, 0),
          [HP_ROLE_BACKGROUND] = PAINT (0xffffffffu, 0xffffff00u, 0x1d1d20ffu, PLAIN, 0),
          [HP_ROLE_PANEL] = PAINT (0xf5f5f7ffu, 0xd3d3daffu, 0x1d1d20ffu, PLAIN, 1),
          [HP_ROLE_PANEL_TITLE] = PAINT (0xe7e7edffu, 0xd3d3da00u, 0x1d1d20ffu, PLAIN, 0),
          [HP_ROLE_TEXT] = PAINT (0x00000000u, 0x1d1d20ffu, 0x1d1d20ffu, PLAIN, 1),
          [HP_ROLE_TEXT_DIM] = PAINT (0x00000000u, 0x5f5e69ffu, 0x5f5e69ffu, PLAIN, 1),
          [HP_ROLE_FRAME] = PAINT (0xffffffffu, 0x9aa5b8ffu, 0x2a3342ffu, PLAIN, 1),
          [HP_ROLE_FRAME_ACTIVE] = PAINT (0xe3eefdffu, 0x1c62c4ffu, 0x0e2344ffu, PLAIN, 1.5),
          [HP_ROLE_SLOT] = PAINT (0xffffffffu, 0xd6dae2ffu, 0x2a3342ffu, PLAIN, 1),
          [HP_ROLE_FREE] = PAINT (0xfbfbfcffu, 0xdfdfe5ffu, 0x65646fffu, DOTS, 1),
          [HP_ROLE_HEAP_PAGE] = PAINT (0xffffffffu, 0xa6a6b2ffu, 0x2a2a30ffu, PLAIN, 1),
          [HP_ROLE_OBJECT] = PAINT (0xcfe2fcffu, 0x2f72c8ffu, 0x0b2a52ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_ARRAY] = PAINT (0xbfe8daffu, 0x0d8465ffu, 0x053d2effu, PLAIN, 1),
          [HP_ROLE_OBJECT_STRING] = PAINT (0xfceeb5ffu, 0xb08600ffu, 0x453400ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_NUMBER] = PAINT (0xe8dffaffu, 0x7a55b8ffu, 0x2c1658ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_FUNCTION] = PAINT (0xfbd3e4ffu, 0xbf3f7cffu, 0x560f33ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_COLLECTION] = PAINT (0xfbd2b0ffu, 0xc0610cffu, 0x4d2400ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_OTHER] = PAINT (0xdfdfe4ffu, 0x757580ffu, 0x2b2b30ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_DEAD] = PAINT (0xf1f0eeffu, 0xa39e99ffu, 0x524e4affu, HATCH, 1),
          [HP_ROLE_OBJECT_NEW] = PAINT (0xd4380d00u, 0xd4380dffu, 0x8f2306ffu, PLAIN, 2.5),
          [HP_ROLE_MARK_WHITE] = PAINT (0xffffffffu, 0x77767bffu, 0x1d1d20ffu, PLAIN, 1.5),
          [HP_ROLE_MARK_GREY] = PAINT (0xb3b2b8ffu, 0x57565cffu, 0x111114ffu, DOTS, 1.5),
          [HP_ROLE_MARK_BLACK] = PAINT (0x3b3a42ffu, 0x111114ffu, 0xffffffffu, PLAIN, 1.5),
          [HP_ROLE_ARROW] = PAINT (0x55657d00u, 0x55657dffu, 0x1d1d20ffu, PLAIN, 1.2),
          [HP_ROLE_ARROW_ACTIVE] = PAINT (0xd4380d00u, 0xd4380dffu, 0x8f2306ffu, PLAIN, 2.2),
          [HP_ROLE_ARROW_REMEMBERED] = PAINT (0x8a35d100u, 0x8a35d1ffu, 0x4b1478ffu, DASHED, 1.6),
          [HP_ROLE_ARROW_WEAK] = PAINT (0x55657d00u, 0x55657dffu, 0x1d1d20ffu, DOTTED, 1.6),
          [HP_ROLE_AGE_MARK] = PAINT (0x0d846500u, 0x0d8465ffu, 0x053d2effu, PLAIN, 2),
          [HP_ROLE_PAGE_ABSENT] = PAINT (0xffffffffu, 0xb9b9c4ffu, 0x5f5e69ffu, DASHED, 1),
          [HP_ROLE_PAGE_RESIDENT] = PAINT (0x9fdcc9ffu, 0x0d7a5effu, 0x053d2effu, PLAIN, 1),
          [HP_ROLE_PAGE_DIRTY] = PAINT (0xeb9b50ffu, 0x9c4f06ffu, 0x3a1c00ffu, DOTS, 1),
          [HP_ROLE_PAGE_SWAPPED] = PAINT (0x7d86b2ffu, 0x454c77ffu, 0x0a0c1affu, HATCH, 1),
          [HP_ROLE_PAGE_FRAME_FREE] = PAINT (0xf5f5f7ffu, 0xb9b9c4ffu, 0x5f5e69ffu, DASHED, 1),
          [HP_ROLE_FAULT] = PAINT (0xb8141fffu, 0x6d0a11ffu, 0xffffffffu, PLAIN, 1.5),
          [HP_ROLE_SELECTION] = PAINT (0x1c62c41fu, 0x1c62c4ffu, 0x0e2344ffu, PLAIN, 2.5),
          [HP_ROLE_HOVER] = PAINT (0x1c62c412u, 0x5c97e3ffu, 0x0e2344ffu, PLAIN, 1.5),
          [HP_ROLE_FOCUS] = PAINT (0x00000000u, 0x1d1d20ffu, 0x1d1d20ffu, DASHED, 1),
          [HP_ROLE_SERIES_1] = PAINT (0x1c62c400u, 0x1c62c4ffu, 0x0e2344ffu, PLAIN, 1.5),
          [HP_ROLE_SERIES_2] = PAINT (0xc0610c00u, 0xc0610cffu, 0x4d2400ffu, PLAIN, 1.5),
          [HP_ROLE_SERIES_3] = PAINT (0x0d846500u, 0x0d8465ffu, 0x053d2effu, PLAIN, 1.5),
          [HP_ROLE_SERIES_4] = PAINT (0x7a55b800u, 0x7a55b8ffu, 0x2c1658ffu, DASHED, 1.5),
      },
  },
  {
      "dark",
      {
          [HP_ROLE_NONE] = PAINT (0x00000000u, 0x00000000u, 0xf2f2f5ffu, PLAIN, 0),
          [HP_ROLE_BACKGROUND] = PAINT (0x1c1c20ffu, 0x1c1c2000u, 0xf2f2f5ffu, PLAIN, 0),
          [HP_ROLE_PANEL] = PAINT (0x26262bffu, 0x3f3f47ffu, 0xf2f2f5ffu, PLAIN, 1),
          [HP_ROLE_PANEL_TITLE] = PAINT (0x33333affu, 0x3f3f4700u, 0xf2f2f5ffu, PLAIN, 0),
          [HP_ROLE_TEXT] = PAINT (0x00000000u, 0xf2f2f5ffu, 0xf2f2f5ffu, PLAIN, 1),
          [HP_ROLE_TEXT_DIM] = PAINT (0x00000000u, 0xaeaeb8ffu, 0xaeaeb8ffu, PLAIN, 1),
          [HP_ROLE_FRAME] = PAINT (0x2d2f36ffu, 0x67707fffu, 0xe3e7eeffu, PLAIN, 1),
          [HP_ROLE_FRAME_ACTIVE] = PAINT (0x1d3557ffu, 0x6ea8feffu, 0xe8f1ffffu, PLAIN, 1.5),
          [HP_ROLE_SLOT] = PAINT (0x202127ffu, 0x454954ffu, 0xe3e7eeffu, PLAIN, 1),
          [HP_ROLE_FREE] = PAINT (0x202024ffu, 0x3a3a42ffu, 0xa5a5b0ffu, DOTS, 1),
          [HP_ROLE_HEAP_PAGE] = PAINT (0x1c1c20ffu, 0x62626effu, 0xe6e6ebffu, PLAIN, 1),
          [HP_ROLE_OBJECT] = PAINT (0x1f4a80ffu, 0x74adf5ffu, 0xeaf3ffffu, PLAIN, 1),
          [HP_ROLE_OBJECT_ARRAY] = PAINT (0x0f5a48ffu, 0x4fcfaeffu, 0xe3fff6ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_STRING] = PAINT (0x63500cffu, 0xe5c04fffu, 0xfff8ddffu, PLAIN, 1),
          [HP_ROLE_OBJECT_NUMBER] = PAINT (0x49347affu, 0xb79af0ffu, 0xf3edffffu, PLAIN, 1),
          [HP_ROLE_OBJECT_FUNCTION] = PAINT (0x6f2149ffu, 0xf08abaffu, 0xffedf5ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_COLLECTION] = PAINT (0x773d0cffu, 0xf5a35cffu, 0xfff1e3ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_OTHER] = PAINT (0x45454dffu, 0xa3a3aeffu, 0xf2f2f5ffu, PLAIN, 1),
          [HP_ROLE_OBJECT_DEAD] = PAINT (0x29282affu, 0x6b686affu, 0xc0bcbdffu, HATCH, 1),
          [HP_ROLE_OBJECT_NEW] = PAINT (0xff8a5c00u, 0xff8a5cffu, 0xffc3abffu, PLAIN, 2.5),
          [HP_ROLE_MARK_WHITE] = PAINT (0xf4f4f6ffu, 0x9a9aa3ffu, 0x1d1d20ffu, PLAIN, 1.5),
          [HP_ROLE_MARK_GREY] = PAINT (0x8b8a92ffu, 0xc9c8ceffu, 0x08080affu, DOTS, 1.5),
          [HP_ROLE_MARK_BLACK] = PAINT (0x060607ffu, 0x8f8f99ffu, 0xffffffffu, PLAIN, 1.5),
          [HP_ROLE_ARROW] = PAINT (0xa3b3cc00u, 0xa3b3ccffu, 0xf2f2f5ffu, PLAIN, 1.2),
          [HP_ROLE_ARROW_ACTIVE] = PAINT (0xff8a5c00u, 0xff8a5cffu, 0xffc3abffu, PLAIN, 2.2),
          [HP_ROLE_ARROW_REMEMBERED] = PAINT (0xcf9bff00u, 0xcf9bffffu, 0xe9d2ffffu, DASHED, 1.6),
          [HP_ROLE_ARROW_WEAK] = PAINT (0xa3b3cc00u, 0xa3b3ccffu, 0xf2f2f5ffu, DOTTED, 1.6),
          [HP_ROLE_AGE_MARK] = PAINT (0x4fcfae00u, 0x4fcfaeffu, 0xe3fff6ffu, PLAIN, 2),
          [HP_ROLE_PAGE_ABSENT] = PAINT (0x1c1c20ffu, 0x5c5c68ffu, 0xaeaeb8ffu, DASHED, 1),
          [HP_ROLE_PAGE_RESIDENT] = PAINT (0x0f5f49ffu, 0x55d6b3ffu, 0xf0fffaffu, PLAIN, 1),
          [HP_ROLE_PAGE_DIRTY] = PAINT (0xd98a3dffu, 0xffd09effu, 0x1f0f00ffu, DOTS, 1),
          [HP_ROLE_PAGE_SWAPPED] = PAINT (0x464d7affu, 0x9aa3d6ffu, 0xf0f2ffffu, HATCH, 1),
          [HP_ROLE_PAGE_FRAME_FREE] = PAINT (0x26262bffu, 0x5c5c68ffu, 0xaeaeb8ffu, DASHED, 1),
          [HP_ROLE_FAULT] = PAINT (0xff6b6bffu, 0xffd0d0ffu, 0x240000ffu, PLAIN, 1.5),
          [HP_ROLE_SELECTION] = PAINT (0x6ea8fe33u, 0x8abaffffu, 0xe8f1ffffu, PLAIN, 2.5),
          [HP_ROLE_HOVER] = PAINT (0x6ea8fe1fu, 0x6ea8feffu, 0xe8f1ffffu, PLAIN, 1.5),
          [HP_ROLE_FOCUS] = PAINT (0x00000000u, 0xffffffffu, 0xf2f2f5ffu, DASHED, 1),
          [HP_ROLE_SERIES_1] = PAINT (0x6ea8fe00u, 0x6ea8feffu, 0xe8f1ffffu, PLAIN, 1.5),
          [HP_ROLE_SERIES_2] = PAINT (0xf5a35c00u, 0xf5a35cffu, 0xfff1e3ffu, PLAIN, 1.5),
          [HP_ROLE_SERIES_3] = PAINT (0x4fcfae00u, 0x4fcfaeffu, 0xe3fff6ffu, PLAIN, 1.5),
          [HP_ROLE_SERIES_4] = PAINT (0xb79af000u, 0xb79af0ffu, 0xf3edffffu, DASHED, 1.5),
      },
  },
  {
      "high-contrast",
      {
          [HP_ROLE_NONE] = PAINT (0x00000000u, 0x00000000u, 0x000000ffu, PLAIN, 0),
          [HP_ROLE_BACKGROUND] = PAINT (0xffffffffu, 0xffffff00u, 0x000000ffu, PLAIN, 0),
          [HP_ROLE_PANEL] = PAINT (0xffffffffu, 0x000000ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_PANEL_TITLE] = PAINT (0x000000ffu, 0x000000ffu, 0xffffffffu, PLAIN, 0),
          [HP_ROLE_TEXT] = PAINT (0x00000000u, 0x000000ffu, 0x000000ffu, PLAIN, 1),
          [HP_ROLE_TEXT_DIM] = PAINT (0x00000000u, 0x2a2a2affu, 0x2a2a2affu, PLAIN, 1),
          [HP_ROLE_FRAME] = PAINT (0xffffffffu, 0x000000ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_FRAME_ACTIVE] = PAINT (0xd6e6ffffu, 0x003a8cffu, 0x000000ffu, PLAIN, 3),
          [HP_ROLE_SLOT] = PAINT (0xffffffffu, 0x4a4a4affu, 0x000000ffu, PLAIN, 1),
          [HP_ROLE_FREE] = PAINT (0xffffffffu, 0x8a8a8affu, 0x000000ffu, DOTS, 1),
          [HP_ROLE_HEAP_PAGE] = PAINT (0xffffffffu, 0x000000ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT] = PAINT (0xa6ccffffu, 0x00306fffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_ARRAY] = PAINT (0x8ee6c9ffu, 0x004d38ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_STRING] = PAINT (0xffe680ffu, 0x5c4600ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_NUMBER] = PAINT (0xd9c7ffffu, 0x3d1a7affu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_FUNCTION] = PAINT (0xffb3d4ffu, 0x7a0f45ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_COLLECTION] = PAINT (0xffb77affu, 0x6b3000ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_OTHER] = PAINT (0xd0d0d0ffu, 0x000000ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_OBJECT_DEAD] = PAINT (0xffffffffu, 0x7d7d7dffu, 0x000000ffu, HATCH, 1.5),
          [HP_ROLE_OBJECT_NEW] = PAINT (0xb3000000u, 0xb30000ffu, 0x8a0000ffu, PLAIN, 3.5),
          [HP_ROLE_MARK_WHITE] = PAINT (0xffffffffu, 0x000000ffu, 0x000000ffu, PLAIN, 2),
          [HP_ROLE_MARK_GREY] = PAINT (0xb8b8b8ffu, 0x000000ffu, 0x000000ffu, DOTS, 2),
          [HP_ROLE_MARK_BLACK] = PAINT (0x000000ffu, 0x000000ffu, 0xffffffffu, PLAIN, 2),
          [HP_ROLE_ARROW] = PAINT (0x00000000u, 0x000000ffu, 0x000000ffu, PLAIN, 1.6),
          [HP_ROLE_ARROW_ACTIVE] = PAINT (0xb3000000u, 0xb30000ffu, 0x8a0000ffu, PLAIN, 3),
          [HP_ROLE_ARROW_REMEMBERED] = PAINT (0x6a00b800u, 0x6a00b8ffu, 0x4a0080ffu, DASHED, 2.2),
          [HP_ROLE_ARROW_WEAK] = PAINT (0x00000000u, 0x000000ffu, 0x000000ffu, DOTTED, 2.2),
          [HP_ROLE_AGE_MARK] = PAINT (0x00664a00u, 0x00664affu, 0x000000ffu, PLAIN, 3),
          [HP_ROLE_PAGE_ABSENT] = PAINT (0xffffffffu, 0x000000ffu, 0x000000ffu, DASHED, 1),
          [HP_ROLE_PAGE_RESIDENT] = PAINT (0x7fe0c0ffu, 0x004d38ffu, 0x000000ffu, PLAIN, 1.5),
          [HP_ROLE_PAGE_DIRTY] = PAINT (0xff9a3dffu, 0x6b3000ffu, 0x000000ffu, DOTS, 1.5),
          [HP_ROLE_PAGE_SWAPPED] = PAINT (0x98a2e0ffu, 0x1a2266ffu, 0x000000ffu, HATCH, 1.5),
          [HP_ROLE_PAGE_FRAME_FREE] = PAINT (0xffffffffu, 0x000000ffu, 0x000000ffu, DASHED, 1),
          [HP_ROLE_FAULT] = PAINT (0xb30000ffu, 0x000000ffu, 0xffffffffu, PLAIN, 2),
          [HP_ROLE_SELECTION] = PAINT (0x0050d01fu, 0x0040b0ffu, 0x000000ffu, PLAIN, 4),
          [HP_ROLE_HOVER] = PAINT (0x0050d012u, 0x0050d0ffu, 0x000000ffu, PLAIN, 2.5),
          [HP_ROLE_FOCUS] = PAINT (0x00000000u, 0x000000ffu, 0x000000ffu, DASHED, 2),
          [HP_ROLE_SERIES_1] = PAINT (0x00409000u, 0x0040b0ffu, 0x000000ffu, PLAIN, 2.5),
          [HP_ROLE_SERIES_2] = PAINT (0xa0400000u, 0xa04000ffu, 0x000000ffu, PLAIN, 2.5),
          [HP_ROLE_SERIES_3] = PAINT (0x00664a00u, 0x00664affu, 0x000000ffu, PLAIN, 2.5),
          [HP_ROLE_SERIES_4] = PAINT (0x6a00b800u, 0x6a00b8ffu, 0x3d1a7affu, DASHED, 2.5),
      },
  },
  {
      "print",
      {
          [HP_ROLE_NONE] = PAINT (0x00000000u, 0x00000000u, 0x000000ffu, PLAIN, 0),
          [HP_ROLE_BACKGROUND] = PAINT (0xffffffffu, 0xffffff00u, 0x000000ffu, PLAIN, 0),
          [HP_ROLE_PANEL] = PAINT (0xffffffffu, 0x9a9a9affu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_PANEL_TITLE] = PAINT (0xf0f0f0ffu, 0x9a9a9a00u, 0x000000ffu, PLAIN, 0),
          [HP_ROLE_TEXT] = PAINT (0x00000000u, 0x000000ffu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_TEXT_DIM] = PAINT (0x00000000u, 0x4a4a4affu, 0x4a4a4affu, PLAIN, 0.8),
          [HP_ROLE_FRAME] = PAINT (0xffffffffu, 0x5a5a5affu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_FRAME_ACTIVE] = PAINT (0xededf2ffu, 0x000000ffu, 0x000000ffu, PLAIN, 1.6),
          [HP_ROLE_SLOT] = PAINT (0xffffffffu, 0xb4b4b4ffu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_FREE] = PAINT (0xffffffffu, 0xd8d8d8ffu, 0x4a4a4affu, PLAIN, 0.8),
          [HP_ROLE_HEAP_PAGE] = PAINT (0xffffffffu, 0x6a6a6affu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT] = PAINT (0xe3eefdffu, 0x1d4f91ffu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_ARRAY] = PAINT (0xd3efe5ffu, 0x0a664effu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_STRING] = PAINT (0xfdf5d3ffu, 0x7d5f00ffu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_NUMBER] = PAINT (0xefe9fbffu, 0x5a3a94ffu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_FUNCTION] = PAINT (0xfce3edffu, 0x962a5effu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_COLLECTION] = PAINT (0xfce1caffu, 0x8c4506ffu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_OTHER] = PAINT (0xe6e6e6ffu, 0x4a4a4affu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_OBJECT_DEAD] = PAINT (0xffffffffu, 0x9c9c9cffu, 0x3a3a3affu, HATCH, 0.8),
          [HP_ROLE_OBJECT_NEW] = PAINT (0xb32d0800u, 0xb32d08ffu, 0x7a1d04ffu, PLAIN, 2.2),
          [HP_ROLE_MARK_WHITE] = PAINT (0xffffffffu, 0x4a4a4affu, 0x000000ffu, PLAIN, 1.2),
          [HP_ROLE_MARK_GREY] = PAINT (0xbdbdbdffu, 0x4a4a4affu, 0x000000ffu, DOTS, 1.2),
          [HP_ROLE_MARK_BLACK] = PAINT (0x2e2e2effu, 0x000000ffu, 0xffffffffu, PLAIN, 1.2),
          [HP_ROLE_ARROW] = PAINT (0x3a3a3a00u, 0x3a3a3affu, 0x000000ffu, PLAIN, 1),
          [HP_ROLE_ARROW_ACTIVE] = PAINT (0xb32d0800u, 0xb32d08ffu, 0x7a1d04ffu, PLAIN, 2),
          [HP_ROLE_ARROW_REMEMBERED] = PAINT (0x6a24a600u, 0x6a24a6ffu, 0x4b1478ffu, DASHED, 1.4),
          [HP_ROLE_ARROW_WEAK] = PAINT (0x3a3a3a00u, 0x3a3a3affu, 0x000000ffu, DOTTED, 1.4),
          [HP_ROLE_AGE_MARK] = PAINT (0x0a664e00u, 0x0a664effu, 0x000000ffu, PLAIN, 1.8),
          [HP_ROLE_PAGE_ABSENT] = PAINT (0xffffffffu, 0x9a9a9affu, 0x3a3a3affu, DASHED, 0.8),
          [HP_ROLE_PAGE_RESIDENT] = PAINT (0xa9dccaffu, 0x0a664effu, 0x000000ffu, PLAIN, 0.8),
          [HP_ROLE_PAGE_DIRTY] = PAINT (0xf3b37affu, 0x7d3f04ffu, 0x000000ffu, DOTS, 0.8),
          [HP_ROLE_PAGE_SWAPPED] = PAINT (0x9aa1c8ffu, 0x3a4170ffu, 0x000000ffu, HATCH, 0.8),
          [HP_ROLE_PAGE_FRAME_FREE] = PAINT (0xffffffffu, 0x9a9a9affu, 0x3a3a3affu, DASHED, 0.8),
          [HP_ROLE_FAULT] = PAINT (0xa0101affu, 0x5a060cffu, 0xffffffffu, PLAIN, 1.2),
          [HP_ROLE_SELECTION] = PAINT (0x1c62c41fu, 0x1c4f9cffu, 0x000000ffu, PLAIN, 2.2),
          [HP_ROLE_HOVER] = PAINT (0x1c62c412u, 0x4a80c8ffu, 0x000000ffu, PLAIN, 1.2),
          [HP_ROLE_FOCUS] = PAINT (0x00000000u, 0x000000ffu, 0x000000ffu, DASHED, 0.8),
          [HP_ROLE_SERIES_1] = PAINT (0x1c4f9c00u, 0x1c4f9cffu, 0x000000ffu, PLAIN, 1.4),
          [HP_ROLE_SERIES_2] = PAINT (0x8c450600u, 0x8c4506ffu, 0x000000ffu, PLAIN, 1.4),
          [HP_ROLE_SERIES_3] = PAINT (0x0a664e00u, 0x0a664effu, 0x000000ffu, PLAIN, 1.4),
          [HP_ROLE_SERIES_4] = PAINT (0x5a3a9400u, 0x5a3a94ffu, 0x000000ffu, DASHED, 1.4),
      },
  },
};

static const char *const THEME_NAMES[] = { "light", "dark", "high-contrast", "print", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (THEMES) + 1 == G_N_ELEMENTS (THEME_NAMES));

const HpTheme *
hp_theme_find (const char *name, GError **error)
{
  g_autofree char *known = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (THEMES); i++)
    if (strcmp (THEMES[i].name, name) == 0)
      return &THEMES[i];

  known = g_strjoinv (", ", (char **) THEME_NAMES);
  g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, "there is no theme “%s”; the themes are %s", name, known);
  return NULL;
}

const char *const *
hp_theme_names (void)
{
  return THEME_NAMES;
}

const char *
hp_theme_name (const HpTheme *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const HpPaint *
hp_theme_paint (const HpTheme *self, HpRole role)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (role < HP_N_ROLES, NULL);

  return &self->paints[role];
}
