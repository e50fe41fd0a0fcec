/* lesson.h - for guided scenarios: the program reaches a place in its source, and a sentence or two say what happens
 *
 * A lesson is a list of steps. Its operations must not depend on what the collector or the pager did, so that two
 * policies can be compared on them; only the sentences may.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

typedef struct _HpLesson HpLesson;

/**
 * @machine: borrowed
 * @name: of the source file, as a person sees it: "weak-things.js"
 * @source: its text; borrowed
 *
 * Returns: (transfer full)
 */
HpLesson *hp_lesson_new (HpMachine *machine, const char *name, const char *source);
void hp_lesson_free (HpLesson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpLesson, hp_lesson_free)

/** The program is at the first place in its source that reads @code, which must be there. What was said stands. */
void hp_lesson_go_to (HpLesson *self, const char *code);
/** It is there, and @format (printf-style, UTF-8, translated) says what happens now. The same sentence is told once. */
void hp_lesson_step (HpLesson *self, const char *code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/** hp_lesson_step() that opens a chapter called @title. */
void hp_lesson_chapter (HpLesson *self, const char *title, const char *code, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/**
 * What the machine counted since this was last called, or since the lesson began: the differences of the sums
 * (operations … pause_ns). The other members are as they stand now.
 */
HpCounters hp_lesson_since (HpLesson *self);

G_END_DECLS
