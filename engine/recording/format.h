/* format.h - the byte form of recordings: see data/docs/recording-format.md
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/event.h"

G_BEGIN_DECLS

#define HP_FORMAT_MAGIC "HEAPARIUM"
#define HP_FORMAT_MAGIC_BYTES 9 /* and then the version, one byte */
#define HP_FORMAT_VERSION 4
#define HP_FORMAT_HEADER_BYTES (HP_FORMAT_MAGIC_BYTES + 1)

typedef enum
{
  HP_BLOCK_FACT = 1,
  HP_BLOCK_DEFINITION,
  HP_BLOCK_EVENTS,
} HpBlockType;

#define HP_BLOCK_HEADER_BYTES 8 /* type, length: 32 bits each */
#define HP_BLOCK_MAX_BYTES (64u << 20)
#define HP_EVENT_BYTES 16

G_END_DECLS
