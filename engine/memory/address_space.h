/* address_space.h - which parts of the simulated address space are in use
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "memory/pager.h"

G_BEGIN_DECLS

/**
 * HpAddressSpace:
 *
 * Hands out aligned ranges, always the lowest that fits, so that the same calls give the same addresses. Addresses are
 * in bytes and stay below 2^35: HpAddress counts words of 8 bytes in 32 bits. The first 64 KiB are never handed out, so
 * that address 0 means "none".
 *
 *   bytes handed out + bytes free = the whole space without its first 64 KiB
 */
typedef struct _HpAddressSpace HpAddressSpace;

/** @pager: (nullable): borrowed; its pages are mapped and unmapped along with the ranges. */
HpAddressSpace *hp_address_space_new (HpPager *pager);
void hp_address_space_free (HpAddressSpace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpAddressSpace, hp_address_space_free)

/**
 * @bytes: more than 0; rounded up to whole pages when there is a pager, else to whole words
 * @alignment: a power of two; at least a page (a word) is taken
 *
 * Returns: the byte address of the range, or 0 where no free range is large enough
 */
guint64 hp_address_space_map (HpAddressSpace *self, HpRegion region, guint64 bytes, guint64 alignment);
/** Give back a range as hp_address_space_map() gave it out. */
void hp_address_space_unmap (HpAddressSpace *self, guint64 address, guint64 bytes);

guint64 hp_address_space_free_bytes (const HpAddressSpace *self);

G_END_DECLS
