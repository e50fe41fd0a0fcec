/* machine.h - the simulated machine, and the operations a scenario may do to it
 *
 * One machine runs one scenario once. It simulates a call stack, a heap under a collector that asks a policy, a pager
 * and a virtual clock, and reports everything as events to one listener. It is deterministic: same operations, settings
 * and policy give the same events.
 *
 * A scenario names objects by HpRef and never sees an address. An object stays alive while a local, a root or another
 * live object refers to it, or while it is the *accumulator*: the object last returned by hp_machine_allocate() or
 * hp_machine_read(), as in V8's interpreter register of that name. So: store a new object somewhere before you
 * allocate the next one. Naming an object that was collected ends the run with a message. Weak slots and the keys of
 * ephemerons (#HpReferences) keep nothing alive; what the machine keeps for weak references is in roots of its own,
 * "kept[0]" and "cleanup[0]" and so on.
 *
 * After the run has ended (out of memory, cancelled, an error of the scenario) each operation does nothing and returns
 * 0, but that hp_machine_read() still tells what the slot has; a scenario with a loop of its own should leave it when
 * hp_machine_is_running() turns FALSE.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/counters.h"
#include "base/settings.h"
#include "gc/policy.h"
#include "memory/reference.h"
#include "memory/replacement.h"

G_BEGIN_DECLS

typedef struct _HpMachine HpMachine;

/* ---- for scenarios ---------------------------------------------------------------------------------------------- */

gboolean hp_machine_is_running (const HpMachine *self);

/* Definitions: once each, before use. All return an id above 0. */
guint32 hp_machine_define_shape (HpMachine *self, const HpShape *shape);
guint32 hp_machine_define_function (HpMachine *self, const HpFunction *function);
guint32 hp_machine_define_source (HpMachine *self, const char *name, const char *text);
guint32 hp_machine_define_root (HpMachine *self, const char *name);
/** A place in the program that allocates and that the collector learns from: a literal, a constructor's call. Known by
 * its name. */
guint32 hp_machine_define_site (HpMachine *self, const char *name);

/* Narration. Texts are UTF-8, translated by the scenario; NULL or "" clears. */
void hp_machine_chapter (HpMachine *self, const char *title);
void hp_machine_explain (HpMachine *self, const char *text);
void hp_machine_mark (HpMachine *self, const char *name);
void hp_machine_print (HpMachine *self, const char *line);

typedef enum
{
  HP_STREAM_OUTPUT, /* standard output */
  HP_STREAM_ERROR,  /* standard error */
  HP_N_STREAMS
} HpStream;

/**
 * The program writes @n bytes on a stream, as they are, whole lines or not. Who runs the machine gets them at once; a
 * recording gets each line when it ends, as by hp_machine_print().
 */
void hp_machine_write_output (HpMachine *self, HpStream stream, const char *bytes, gsize n);

/** The program reaches a statement. Lines and columns count from 1; column 0 is the whole line. */
void hp_machine_statement (HpMachine *self, guint32 source, guint32 line, guint32 column);
/**
 * Within a statement the program comes to an expression that does something: a call, a literal. No operation: only who
 * watches is told (hp_machine_is_watched()), and can step from one to the next.
 */
void hp_machine_expression (HpMachine *self, guint32 line, guint32 column);

/**
 * Push a frame of @function with empty locals. Returns FALSE, and changes nothing, when the stack limit would be
 * passed: the scenario throws its RangeError, or gives up with hp_machine_fail_stack_overflow().
 */
gboolean hp_machine_call (HpMachine *self, guint32 function);
/**
 * The same in one operation with storing @arguments in the first @n locals of the new frame: the function has so many
 * parameters at least.
 */
gboolean hp_machine_call_with (HpMachine *self, guint32 function, const HpValue *arguments, guint32 n);
/** Pop the newest frame. */
void hp_machine_return (HpMachine *self);
void hp_machine_fail_stack_overflow (HpMachine *self);
/** Locals of the newest frame, by index. */
void hp_machine_set_local (HpMachine *self, guint32 local, HpValue value);
HpValue hp_machine_get_local (HpMachine *self, guint32 local);
void hp_machine_set_root (HpMachine *self, guint32 root, HpValue value);
HpValue hp_machine_get_root (HpMachine *self, guint32 root);

/**
 * Allocate an object of @shape; @length is the tail's length (0 without a tail). May collect. The object becomes the
 * accumulator. Returns %HP_REF_NONE when the run ended (out of memory).
 */
HpRef hp_machine_allocate (HpMachine *self, guint32 shape, guint32 length);
/**
 * The same in one operation with storing @values in the first @n slots, as a literal or a constructor does. An object
 * that a value names must be held by something besides, or be the accumulator.
 */
HpRef hp_machine_allocate_with (HpMachine *self, guint32 shape, guint32 length, const HpValue *values, guint32 n);
/** hp_machine_allocate() at the allocation site @site. */
HpRef hp_machine_allocate_at (HpMachine *self, guint32 shape, guint32 length, guint32 site);
/** The next object, however it is allocated, is allocated at the site @site. No operation by itself. */
void hp_machine_set_site (HpMachine *self, guint32 site);
/** The next object is allocated in old space if @ref lives there: as V8 does with the larger table that takes a table's
 * place (Heap::InYoungGeneration in src/objects/hash-table). No operation by itself. */
void hp_machine_place_beside (HpMachine *self, HpRef ref);
/** Store @value in slot @slot of @host, through the write barrier. */
void hp_machine_write (HpMachine *self, HpRef host, guint32 slot, HpValue value);
/** Load slot @slot of @host; a reference loaded becomes the accumulator. */
HpValue hp_machine_read (HpMachine *self, HpRef host, guint32 slot);

/**
 * hp_machine_access:
 * @first, @n: bytes of the object's tail, counted from its beginning; @n at least 1
 *
 * The program reads, or with @write stores, bytes that are no references: a string's characters, the numbers of a typed
 * array. No value changes; the pages that hold them are touched, each once. The shape has a tail of bytes.
 */
void hp_machine_access (HpMachine *self, HpRef ref, guint32 first, guint32 n, gboolean write);

/**
 * hp_machine_deref:
 * @ref: an object whose shape has a weak slot 0: %HP_REFERENCES_WEAK or %HP_REFERENCES_FINALIZED
 *
 * `WeakRef.prototype.deref ()`: load slot 0, and keep what it refers to alive until the end of the job. A target that
 * is stored in slot 0 of an object of %HP_REFERENCES_WEAK (`new WeakRef`) is kept as long.
 *
 * Returns: the target, or undefined when it was collected
 */
HpValue hp_machine_deref (HpMachine *self, HpRef ref);

/**
 * hp_machine_end_job:
 *
 * The program's code has run to its end and the event loop has its turn, as after each callback or awaited promise.
 * What deref gave out is kept no longer and the accumulator is empty, objects that were queued for cleanup so far can
 * be taken, and the collector may do what it does in tasks: begin, continue or finish incremental marking, or scavenge
 * when new space is nearly full (`minor-gc-task-trigger`). A program that never ends its job never sees a weak
 * reference cleared.
 */
void hp_machine_end_job (HpMachine *self);

/**
 * hp_machine_take_finalized:
 *
 * The next object of %HP_REFERENCES_FINALIZED whose target was found dead in an earlier job, the first one found first,
 * for a finalizer to work on; each is given once, and becomes the accumulator. Returns: %HP_REF_NONE when there is none
 */
HpRef hp_machine_take_finalized (HpMachine *self);

/** The program does nothing for @ns nanoseconds of virtual time, at most a day. The `memory-reducer` may collect. */
void hp_machine_wait (HpMachine *self, guint64 ns);

/** The text a reader knows @ref by: a string's characters, a number, a name. No operation: it takes no time. */
void hp_machine_label (HpMachine *self, HpRef ref, const char *text);

/* Looking at objects and what only a virtual machine needs. The first four are no operations: they take no time. */

/** Whether somebody listens: labels are of use only then. */
gboolean hp_machine_is_watched (const HpMachine *self);
/** The shape of @ref; 0 where it is no living object. */
guint32 hp_machine_shape_of (const HpMachine *self, HpRef ref);
/** The length of its tail; 0 without one. */
guint32 hp_machine_length_of (const HpMachine *self, HpRef ref);
/**
 * The bytes of @ref that hold no references, in place and aligned to 8: of a shape with a tail of bytes its tail; of
 * others the header's words behind the map word and behind the tail's length. *n: how many. Valid until the next
 * operation that may collect; NULL when @ref is no living object. Which pages were touched, hp_machine_access() tells.
 */
guint8 *hp_machine_bytes (HpMachine *self, HpRef ref, guint32 *n);
/**
 * hp_machine_attach_external:
 * @ref: an object that has none yet
 *
 * @n bytes outside of the heap, zeros, that belong to the object, as those of an ArrayBuffer: they count as external
 * memory, and a collection that finds the object dead gives them back. May collect before and after: then @ref must be
 * held by something, or be the accumulator.
 *
 * Returns: (nullable): the bytes, which stay where they are as long as the object lives; NULL where there is no memory
 */
guint8 *hp_machine_attach_external (HpMachine *self, HpRef ref, guint32 n);
/** The bytes that were attached to @ref, or NULL; *n: how many. No operation. */
guint8 *hp_machine_external (HpMachine *self, HpRef ref, guint32 *n);
/**
 * The object changes its hidden class (V8: a transition of its Map): to a shape with the same header, the same number
 * of slots, the same tail and the same kind of references. Values stay as they are.
 */
void hp_machine_reshape (HpMachine *self, HpRef ref, guint32 shape);
/** hp_machine_allocate() in old space: what the runtime's start-up snapshot holds, constants of the program. */
HpRef hp_machine_allocate_old (HpMachine *self, guint32 shape, guint32 length);

/** The program asks for a collection (`global.gc ()`). */
void hp_machine_collect (HpMachine *self, HpCollectionKind kind);

/**
 * One memory access of a traced process: the page that holds @byte_address is touched, through the pager. Not mixed
 * with the heap: the addresses are another process's.
 */
void hp_machine_touch (HpMachine *self, guint64 byte_address, gboolean write);

/**
 * hp_machine_touch_many:
 * @references: byte addresses, each with its lowest bit set where it writes: hp_reference()
 * @most_faults: stop after so many faults; %G_MAXUINT64: do not
 *
 * hp_machine_touch() for each of @n references in turn; without a listener many times as fast.
 *
 * Returns: how many were performed; fewer than @n after so many faults, or when the run ended
 */
gsize hp_machine_touch_many (HpMachine *self, const guint64 *references, gsize n, guint64 most_faults);

/**
 * Whether the replacement policy asks when pages will be used again. Then hp_machine_set_future() comes before the
 * first touch, or that touch ends the run with a message.
 */
gboolean hp_machine_needs_future (const HpMachine *self);
/** The future of the touches from now on, as hp_pager_set_future() has it. Borrowed until the machine is freed or told
 * another (NULL). */
void hp_machine_set_future (HpMachine *self, const guint32 *next_uses, gsize n);
guint32 hp_machine_page_bytes (const HpMachine *self);

/**
 * hp_machine_limit_ram:
 * @bytes: at least one page
 *
 * The machine gets another amount of RAM, as when a container's limit is set anew: what is resident leaves RAM first.
 * Does nothing where virtual memory is not simulated.
 */
void hp_machine_limit_ram (HpMachine *self, guint64 bytes);

/** End the run with a message: bad input, a program error. Printf-style. */
void hp_machine_fail (HpMachine *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * hp_machine_exit:
 * @status: for the shell, where the run was begun there
 * @message: (nullable): the uncaught error that ends the program, in a line; the program has reported it on its stream
 *   of errors
 *
 * The program ends itself: the run ends as %HP_ENDING_COMPLETED, with a message as %HP_ENDING_SCENARIO_ERROR.
 */
void hp_machine_exit (HpMachine *self, guint8 status, const char *message);

/* ---- for who runs machines -------------------------------------------------------------------------------------- */

/** The table of all tunables of the machine; `preset` is the first row. */
const HpParameter *hp_machine_parameters (gsize *n);

/**
 * Settings with the defaults of @preset ("classroom", "node-20"), or NULL with @error naming the presets there are.
 * (transfer full)
 */
HpSettings *hp_machine_settings_new (const char *preset, GError **error);

/**
 * HpPolicies: the rules a machine runs under; NULL each, or no struct at all, for the usual ones
 * @gc: V8's rules by default. Must outlive the machine, as @replacement
 * @replacement: by default the built-in policy that the setting `replacement` names
 * @settings: what hp_gc_context_settings() gives the policy; copied
 */
typedef struct
{
  const HpGcPolicy *gc;
  const HpReplacementPolicy *replacement;
  const HpSettings *settings;
} HpPolicies;

/**
 * hp_machine_new:
 * @settings: from hp_machine_settings_new(); copied
 * @policies: (nullable)
 * @listener: (nullable): copied; who is told
 *
 * Returns: (transfer full): a machine, or NULL with @error set where settings contradict each other, or the
 * system does not give away 32 GiB of addresses
 */
HpMachine *
hp_machine_new (const HpSettings *settings, const HpPolicies *policies, const HpListener *listener, GError **error);
void hp_machine_free (HpMachine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpMachine, hp_machine_free)

/** Write END (completed, unless the run ended before) and flush. The machine can still be looked at. */
void hp_machine_finish (HpMachine *self);
HpEnding hp_machine_ending (const HpMachine *self);
/**
 * The newest collections, a line each, in the words of `node --trace-gc`: the 512 bytes that V8 keeps, so that the
 * first line may lack its beginning. "" before the first collection.
 */
const char *hp_machine_last_collections (const HpMachine *self);
/** Whether the program ended itself by hp_machine_exit(). @status: (out) (nullable): 0 where it did not */
gboolean hp_machine_has_exited (const HpMachine *self, guint8 *status);

/** Bytes that the program writes, as it writes them; called during an operation. */
typedef void (*HpOutput) (gpointer user_data, HpStream stream, const char *bytes, gsize n);
void hp_machine_set_output (HpMachine *self, HpOutput output, gpointer user_data);

/** Each collection as it ends, in the words of `node --trace-gc`: a line with its newline. */
typedef void (*HpTraceOutput) (gpointer user_data, const char *line);
void hp_machine_set_trace_output (HpMachine *self, HpTraceOutput output, gpointer user_data);

/** The message of an ending other than completed, or NULL. */
const char *hp_machine_ending_message (const HpMachine *self);

/** How the GC policy was wrong first: a sentence, or NULL; and how often it was, in answers and in collections. */
const char *hp_machine_policy_fault (const HpMachine *self);
guint64 hp_machine_count_policy_faults (const HpMachine *self);

/** Exact when called; simulated time without a listener only up to the newest collection or fault. */
const HpCounters *hp_machine_counters (const HpMachine *self);
const HpSettings *hp_machine_settings (const HpMachine *self);
const HpDefinitions *hp_machine_definitions (const HpMachine *self);
/** Hand the events emitted so far to the listener. */
void hp_machine_flush (HpMachine *self);
/** How many events were emitted so far, handed on or not; 0 without a listener. */
guint64 hp_machine_count_events (const HpMachine *self);

/** End the run at the next operation. Safe from a signal handler and from other threads. */
void hp_machine_cancel (HpMachine *self);
/** Stop recording after @n events (0: no limit): the run ends with %HP_ENDING_EVENT_LIMIT. */
void hp_machine_set_event_limit (HpMachine *self, guint64 n);

/** Check the heap's invariants: NULL, or the first broken one in words. (transfer full) */
char *hp_machine_verify (const HpMachine *self);
/** Run hp_machine_verify() before and after each collection; a violation ends the run with its text. */
void hp_machine_set_verify (HpMachine *self, gboolean verify);

G_END_DECLS
