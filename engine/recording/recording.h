/* recording.h - the append-only list of a run's events, and a cursor that can be put anywhere
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "recording/moment.h"

G_BEGIN_DECLS

/**
 * HpRecording:
 *
 * Events in one array, definitions, keyframes (cheap copies of the moment, one every so many events) and an index of
 * the places a person jumps to. Appending folds each event into the recording's *head* moment, which checks it:
 * whatever is in a recording can be applied and reverted without further checks. Not thread-safe: one thread appends
 * and reads.
 */
typedef struct _HpRecording HpRecording;

HpRecording *hp_recording_new (void);
void hp_recording_free (HpRecording *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpRecording, hp_recording_free)

/** A listener that appends to @self what a machine reports. A wrong event aborts: it would be a bug of the machine. */
HpListener hp_recording_listener (HpRecording *self);

/* Facts about the run, as `key` = `value`: "scenario", "policy", "set.NAME" … Kept in the order they were first set. */
void hp_recording_set_fact (HpRecording *self, const char *key, const char *value);
const char *hp_recording_get_fact (const HpRecording *self, const char *key);
/** NULL-terminated keys. (transfer container) */
const char **hp_recording_list_facts (const HpRecording *self);

HpDefinitions *hp_recording_definitions (HpRecording *self);
/** Append @n events. FALSE with @error at the first that does not fit; those before it stay. */
gboolean hp_recording_append (HpRecording *self, const HpEvent *events, gsize n, GError **error);

/** The number of events: steps go from 0 (before the first) to this. */
guint64 hp_recording_length (const HpRecording *self);
/** The event that leads from step @i to step @i + 1. The pointer is good until the next append. */
const HpEvent *hp_recording_event (const HpRecording *self, guint64 i);
/** The moment after the last event. (transfer none) */
const HpMoment *hp_recording_head (const HpRecording *self);
guint64 hp_recording_longest_pause (const HpRecording *self);

/**
 * hp_recording_seek:
 * @moment: a moment made from hp_recording_definitions()
 * @step: 0 … length
 *
 * Brings @moment to @step by the cheapest way: event by event from where it is, or from the nearest keyframe.
 */
void hp_recording_seek (const HpRecording *self, HpMoment *moment, guint64 step);

/* ---- places to jump to ------------------------------------------------------------------------------------------ */

typedef enum
{
  HP_GRAIN_EVENT, /* every event that changes what is seen; a stretch of references as a whole */
  HP_GRAIN_OPERATION,
  HP_GRAIN_EXPRESSION, /* statements, and the calls and literals within them */
  HP_GRAIN_STATEMENT,
  HP_GRAIN_COLLECTION, /* just after the events that begin and end collections */
  HP_GRAIN_CHAPTER,    /* just after the events that begin chapters */
  HP_GRAIN_FAULT,      /* just after page faults, minor and major; at the end of stretches that have some */
  HP_N_GRAINS
} HpGrain;

/**
 * The next step after (or the last before) @step at which one unit of @grain is complete: for operations and statements
 * just before the next one's first event, else as said above; or the end (the start). Always moves unless it is there
 * already.
 */
guint64 hp_recording_next (const HpRecording *self, guint64 step, HpGrain grain);
guint64 hp_recording_previous (const HpRecording *self, guint64 step, HpGrain grain);

typedef struct
{
  guint64 begin; /* step just after its COLLECTION_BEGIN */
  guint64 end;   /* step just after its COLLECTION_END; G_MAXUINT64 while open */
  guint32 ordinal;
  HpCollectionKind kind;
  guint32 reason; /* string id */
  guint64 pause_ns;
} HpCollectionRecord;

guint hp_recording_n_collections (const HpRecording *self);
const HpCollectionRecord *hp_recording_collection (const HpRecording *self, guint i);
/** The collection that covers @step, or NULL. */
const HpCollectionRecord *hp_recording_collection_at (const HpRecording *self, guint64 step);

typedef struct
{
  guint64 step;        /* just after the event */
  guint32 text;        /* string id */
  gboolean is_chapter; /* else a mark */
} HpPlace;

guint hp_recording_n_places (const HpRecording *self);
const HpPlace *hp_recording_place (const HpRecording *self, guint i);

/** Steps @begin … @end of the recording, in which references are told in stretches (%HP_OPERATION_STRETCH). */
typedef struct
{
  guint64 begin, end;
} HpSummary;

guint hp_recording_n_summaries (const HpRecording *self);
/** The last one may become longer with the recording. */
HpSummary hp_recording_summary (const HpRecording *self, guint i);
/** Whether what led to @step is a stretch. */
gboolean hp_recording_is_summarised (const HpRecording *self, guint64 step);

/* ---- series over time ------------------------------------------------------------------------------------------- */

typedef enum
{
  HP_SERIES_NEW_BYTES,
  HP_SERIES_OLD_BYTES, /* with large objects */
  HP_SERIES_STACK_SLOTS,
  HP_SERIES_RESIDENT_PAGES,
  HP_SERIES_FAULTS,  /* minor and major, so far */
  HP_SERIES_TIME,    /* nanoseconds so far */
  HP_SERIES_WAITING, /* of these waiting for pages */
  HP_N_SERIES
} HpSeries;

/**
 * hp_recording_sample:
 * @n: how many equal parts of the whole length
 * @lowest, @highest: (out) (array length=n): bounds of the series at all steps of each part, both its ends included; of
 *   a stretch of references always all steps
 */
void hp_recording_sample (const HpRecording *self, HpSeries series, guint n, double *lowest, double *highest);

/** How far one looks back to say whether a run waits for its pages or even thrashes: 10 ms of virtual time. */
#define HP_PRESSURE_WINDOW_NS G_GUINT64_CONSTANT (10000000)

/**
 * hp_recording_measure_waiting:
 * @span_ns: how far to look back
 * @passed_ns, @waiting_ns: (out): time from the last step that is so far back, or from the beginning, to @step, and
 * what of it was waiting for pages on disk
 */
void hp_recording_measure_waiting (
    const HpRecording *self, guint64 step, guint64 span_ns, guint64 *passed_ns, guint64 *waiting_ns);

/* ---- the current step in words ---------------------------------------------------------------------------------- */

/**
 * What the event that led to @step did, as one translated sentence ("`user` now refers to User #3"), at the detail of
 * @grain. @moment stands at @step. (transfer full)
 */
char *hp_recording_explain (const HpRecording *self, const HpMoment *moment, HpGrain grain);

/* ---- file ------------------------------------------------------------------------------------------------------- */

/**
 * File format "heaparium recording 1": see data/docs/recording-format.md. The same bytes go over the worker's pipe.
 */
HpRecording *hp_recording_load (const char *path, GError **error);
gboolean hp_recording_save (const HpRecording *self, const char *path, GError **error);

/** Whether @head (first bytes of a file) is the start of a recording. */
gboolean hp_recording_recognises (const guint8 *head, gsize n);

/**
 * HpDecoder: turns bytes, in pieces of any size, into a recording. Fed by a file or by the worker's pipe.
 */
typedef struct _HpDecoder HpDecoder;

HpDecoder *hp_decoder_new (HpRecording *recording /* borrowed */);
void hp_decoder_free (HpDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpDecoder, hp_decoder_free)
gboolean hp_decoder_feed (HpDecoder *self, const guint8 *bytes, gsize n, GError **error);
/** After the last byte: an error when the stream stops inside a block. What came before it is kept in the recording. */
gboolean hp_decoder_finish (HpDecoder *self, GError **error);

/**
 * HpEncoder: the opposite: a listener that writes bytes, 64 KiB at a time, to a callback.
 * @write: returns FALSE when the bytes cannot be written (the encoder then drops everything after)
 */
typedef struct _HpEncoder HpEncoder;
typedef gboolean (*HpEncoderWrite) (gpointer user_data, const guint8 *bytes, gsize n);

HpEncoder *hp_encoder_new (HpEncoderWrite write, gpointer user_data);
void hp_encoder_fact (HpEncoder *self, const char *key, const char *value);
HpListener hp_encoder_listener (HpEncoder *self);
/** Write out what is buffered: a live pipe calls it a few times a second so that nothing waits. */
gboolean hp_encoder_flush (HpEncoder *self);
void hp_encoder_free (HpEncoder *self); /* flushes */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpEncoder, hp_encoder_free)

G_END_DECLS
