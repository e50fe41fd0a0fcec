/* subject.h - what there is to say about a selected thing: facts, and what it is joined to
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/recording.h"
#include "scene/scene.h"

G_BEGIN_DECLS

/** One line: "Size" "48 bytes". With a target it can be gone to. */
typedef struct
{
  char *name;
  char *value;
  HpTarget target; /* nothing: just a fact */
} HpSubjectRow;

/** Rows under a heading: "Referred to by". */
typedef struct
{
  char *heading;
  char *none; /* what to say where there are no rows; NULL: leave the part out */
  GPtrArray *rows;
} HpSubjectPart;

typedef struct
{
  char *title;      /* "User #12" */
  char *kind;       /* "Object in old space" */
  GPtrArray *parts; /* of HpSubjectPart; the first is the facts */
} HpSubject;

/** NULL for nothing and for what is not there at this moment. */
HpSubject *hp_subject_new (const HpRecording *recording, HpMoment *moment, HpTarget target);
void hp_subject_free (HpSubject *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpSubject, hp_subject_free)

const char *hp_subject_space_title (HpSpace space, HpSpace to_space);

G_END_DECLS
