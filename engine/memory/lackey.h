/* lackey.h - reads the memory-access traces of Valgrind's tool lackey, as they stream in
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

/** The letter at the beginning of a line. */
typedef enum
{
  HP_LACKEY_INSTRUCTION = 'I', /* an instruction is fetched */
  HP_LACKEY_LOAD = 'L',
  HP_LACKEY_STORE = 'S',
  HP_LACKEY_MODIFY = 'M', /* read and written by one instruction: one reference */
} HpLackeyAccess;

typedef struct
{
  guint64 address;
  guint32 size;
  guint32 access; /* HpLackeyAccess */
} HpLackeyReference;

static inline gboolean
hp_lackey_reference_writes (const HpLackeyReference *reference)
{
  return reference->access == HP_LACKEY_STORE || reference->access == HP_LACKEY_MODIFY;
}

/**
 * HpLackeyReader: text in, references out
 *
 *   "I  ADDRESS,SIZE"  " L ADDRESS,SIZE"  " S ADDRESS,SIZE"  " M ADDRESS,SIZE"
 *
 * ADDRESS is hexadecimal without 0x, of 1 to 16 digits: any 64-bit address. SIZE is a decimal number of bytes, 1 to
 * 999,999,999. Lines end in LF or CR LF, the last one too: a file that does not was cut off. Empty lines and what
 * Valgrind says itself (lines that begin like "==123==", "--123--" or "**123**") are skipped. Any other line, and a
 * text without a single reference, is an error naming the line; the references before it are handed out all the same.
 * A tolerant reader skips any other line too, however long, and counts it: what the traced program printed in between.
 */
typedef struct _HpLackeyReader HpLackeyReader;

/** At most HP_LACKEY_BATCH references at a time, in order. */
#define HP_LACKEY_BATCH 512
typedef void (*HpLackeyFunc) (gpointer user_data, const HpLackeyReference *references, gsize n);

/** @name: the file's, for messages */
HpLackeyReader *hp_lackey_reader_new (const char *name, HpLackeyFunc function, gpointer user_data);
void hp_lackey_reader_free (HpLackeyReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpLackeyReader, hp_lackey_reader_free)

/** Before the first bytes: the reader is to be tolerant. */
void hp_lackey_reader_tolerate (HpLackeyReader *self);

/** The next @n bytes of the text, cut anywhere. After an error the reader takes nothing more. */
gboolean hp_lackey_reader_feed (HpLackeyReader *self, const guint8 *bytes, gsize n, GError **error);
/** The text is over. */
gboolean hp_lackey_reader_finish (HpLackeyReader *self, GError **error);
/** How many lines were read: the references handed out stand in lines up to this one. */
guint64 hp_lackey_reader_n_lines (const HpLackeyReader *self);
/** How many of them were no references. */
guint64 hp_lackey_reader_n_other_lines (const HpLackeyReader *self);
/**
 * How many of those were neither empty nor Valgrind's own. @line and @text are the number and the beginning of the
 * first of them, to show; 0 and NULL where there was none.
 */
guint64 hp_lackey_reader_n_foreign_lines (const HpLackeyReader *self, guint64 *line, const char **text);

/** Whether a file with these first bytes is such a trace, or at least was meant to be one. */
gboolean hp_lackey_recognises (const guint8 *head, gsize n);

G_END_DECLS
