/* machine_private.h - the machine's parts, for the files of this room
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "heap/verifier.h"
#include "machine/parameters.h"
#include "memory/page_summary.h"
#include "stack/stack.h"

G_BEGIN_DECLS

/**
 * HpAttention: what an operation has to look at before it goes on
 *
 * Nothing, while a program runs that nobody watches: then one test of one word is all that an operation spends on it.
 */
typedef enum
{
  HP_ATTENTION_NONE = 0,
  HP_ATTENTION_LISTENER = 1 << 0, /* each operation is told; there may be a limit of events */
  HP_ATTENTION_CANCELLED = 1 << 1,
  HP_ATTENTION_ENDED = 1 << 2,
  HP_ATTENTION_PAGER = 1 << 3,  /* each access to memory is told to it */
  HP_ATTENTION_STORES = 1 << 4, /* the policy is told of each store into a slot */
  HP_ATTENTION_PLACE = 1 << 5,  /* the next allocation is at a site, or in old space: no quick one */
} HpAttention;

/* stretch.c: of references that are told together, outside the window of full detail. */
typedef struct
{
  HpPageSummary *summary;  /* made on first use */
  guint64 begin, end;      /* operations at which the open stretch began and will end; end is 0 where none is open */
  guint32 n_notes;         /* operations of the open stretch that were explanations */
  char *explanation;       /* the newest of them */
  gsize n_events;          /* of the newest stretch */
  guint64 n_events_told;   /* of all stretches */
  gboolean told;           /* nothing happened since it was told */
  gboolean in_window;      /* the window of full detail was reached, */
  guint64 n_events_before; /* with so many events emitted */
} HpStretch;

/* A function as calls need it. */
typedef struct
{
  guint32 frame_words;
  guint32 n_locals, n_parameters;
} HpCallee;

struct _HpMachine
{
  gint attention; /* HpAttention; atomic, since other threads and signal handlers cancel */
  HpMachineConfig config;
  HpEmitter *emitter;
  HpCounters counters;
  HpClock clock;
  HpPager *pager; /* under stack and heap; NULL: none */
  HpAddressSpace *address_space;
  HpStack stack;
  HpHeap *heap;
  HpCollector *collector;
  HpSettings *settings, *policy_settings;
  const HpReplacementPolicy *replacement; /* borrowed */

  /* Definitions, for hp_machine_call() and hp_machine_statement(). */
  GArray *callees; /* HpCallee: of each function, by id - 1 */
  guint32 n_sources;

  /* Narration, as the newest events left it. */
  guint32 source, location, explanation, chapter;
  GHashTable *labels; /* ref -> string id; only kept for a listener */

  /* What the program writes, and how it ended itself. output.c */
  GString *lines[HP_N_STREAMS]; /* begun and not ended; only kept for a listener */
  HpOutput output;              /* nullable */
  gpointer output_data;
  gboolean has_exited;
  guint8 exit_status;

  /* The job: what deref gave out is held until it ends. */
  HpRootPool kept_roots;
  GArray *kept;          /* guint32: ids of roots in use */
  GHashTable *kept_refs; /* set of the refs they hold */
  guint n_finalizable;   /* of what is queued for cleanup, the oldest: queued in an earlier job */

  /* Memory traces. */
  HpPager *trace_pager; /* borrowed pager, or own_trace_pager */
  HpPager *own_trace_pager;
  guint32 n_quiet_touches; /* since the newest OPERATION event */
  HpStretch stretch;

  guint64 event_limit; /* 0: none */
  HpEnding ending;
  char *message;
  HpViolation *violation; /* what the verifier found around a collection */
  HpSnapshot *before;     /* while a collection runs that is verified */
};

static inline gboolean
hp_machine_attends (const HpMachine *self, gint to)
{
  return (g_atomic_int_get (&self->attention) & to) != 0;
}

/** Whether the run goes on; ends it where it was cancelled or has recorded enough. */
gboolean hp_machine_check (HpMachine *self);
/** The rest of hp_machine_begin(), where there is something to attend to. */
gboolean hp_machine_begin_attentively (HpMachine *self, HpOperation operation);

/** Begin an operation: time so far is told, then the operation. FALSE when the run is over. */
static inline gboolean
hp_machine_begin (HpMachine *self, HpOperation operation)
{
  if (G_UNLIKELY (g_atomic_int_get (&self->attention) != HP_ATTENTION_NONE)
      && !hp_machine_begin_attentively (self, operation))
    return FALSE;
  if (self->heap->young.uncounted_words > 0)
    hp_heap_count_new_objects (self->heap);
  self->counters.operations++;
  return TRUE;
}

/** A pager as the settings want it; where they leave it open, with so many frames and so much read-ahead. */
HpPager *hp_machine_make_pager (HpMachine *self, guint32 unlimited_frames, guint32 usual_read_ahead);
/** Tell the touches since the newest event, before something else is told. */
void hp_machine_tell_quiet_touches (HpMachine *self);
/** The event alone, without an operation. narration.c */
void hp_machine_tell_explanation (HpMachine *self, const char *text);
void hp_machine_end (HpMachine *self, HpEnding ending, const char *message);

/** After anything that may have collected: end the run where memory ran out or the heap is broken. */
void hp_machine_check_collections (HpMachine *self);

/** The address of @ref; 0 when the run ended over it, with a message that names @operation. operations.c */
HpAddress hp_machine_find_object (HpMachine *self, const char *operation, HpRef ref);
/** hp_machine_allocate() that asks the collector where the object goes. operations.c */
HpRef hp_machine_allocate_slowly (HpMachine *self, guint32 shape, guint32 length);

/* stretch.c */
static inline gboolean
hp_machine_is_in_stretch (const HpMachine *self)
{
  return self->stretch.end > 0;
}

/** Before a touch that somebody hears: ends the open stretch where it is long enough, begins one outside the window. */
void hp_machine_follow_window (HpMachine *self);
/** Tell the touches of the open stretch, if there is one, before something else is told. */
void hp_machine_tell_stretch (HpMachine *self);
/** An explanation does not end a stretch: the newest is told with it. FALSE: there is no stretch. */
gboolean hp_machine_explain_stretch (HpMachine *self, const char *text);

/* output.c */
void hp_machine_init_output (HpMachine *self);
void hp_machine_clear_output (HpMachine *self);
/** To who runs the machine alone. */
void hp_machine_hand_on_output (HpMachine *self, HpStream stream, const char *bytes, gsize n);
/** Before the end is told. */
void hp_machine_tell_unfinished_lines (HpMachine *self);

/* jobs.c */
void hp_machine_init_job (HpMachine *self);
void hp_machine_clear_job (HpMachine *self);
/** Keep the target of the reference @word alive until the end of the job. */
void hp_machine_keep (HpMachine *self, guint64 word);

G_END_DECLS
