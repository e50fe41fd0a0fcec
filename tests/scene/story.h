/* story.h - a recording for tests of views: a small program that meets everything a memory map shows
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"
#include "recording/recording.h"

/** Two frames, a global cache, garbage, scavenges, promotion, remembered slots, full collections, swapping. */
HpRecording *story_record (void);
/** Weak references and ephemerons, young and old; at the end all of them refer to something. */
HpRecording *story_record_weak (void);
/** A random program under the settings of @preset. */
HpRecording *story_record_random (const char *preset, guint64 seed, guint n_steps);
/** Page accesses without a heap. */
HpRecording *story_record_trace (guint n_pages);
