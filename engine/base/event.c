/* event.c - names of events, and the emitter that hands them to a listener in batches
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/event.h"

static const char *const EVENT_NAMES[HP_N_EVENT_TYPES] = {
  [HP_EVENT_NONE] = "none",
  [HP_EVENT_OPERATION] = "operation",
  [HP_EVENT_STATEMENT] = "statement",
  [HP_EVENT_EXPLAIN] = "explain",
  [HP_EVENT_CHAPTER] = "chapter",
  [HP_EVENT_MARK] = "mark",
  [HP_EVENT_PRINT] = "print",
  [HP_EVENT_TIME] = "time",
  [HP_EVENT_END] = "end",
  [HP_EVENT_CALL] = "call",
  [HP_EVENT_RETURN] = "return",
  [HP_EVENT_LOCAL] = "local",
  [HP_EVENT_ROOT] = "root",
  [HP_EVENT_ALLOCATE] = "allocate",
  [HP_EVENT_SLOT] = "slot",
  [HP_EVENT_SLOT_HIGH] = "slot-high",
  [HP_EVENT_LABEL] = "label",
  [HP_EVENT_REMEMBER] = "remember",
  [HP_EVENT_FORGET] = "forget",
  [HP_EVENT_COLLECTION_BEGIN] = "collection-begin",
  [HP_EVENT_COLLECTION_END] = "collection-end",
  [HP_EVENT_PHASE] = "phase",
  [HP_EVENT_FLIP] = "flip",
  [HP_EVENT_VISIT] = "visit",
  [HP_EVENT_COLOUR] = "colour",
  [HP_EVENT_MOVE] = "move",
  [HP_EVENT_UPDATE] = "update",
  [HP_EVENT_FREE] = "free",
  [HP_EVENT_AGE_MARK] = "age-mark",
  [HP_EVENT_LIMIT] = "limit",
  [HP_EVENT_HEAP_PAGE_ADD] = "heap-page-add",
  [HP_EVENT_HEAP_PAGE_REMOVE] = "heap-page-remove",
  [HP_EVENT_HEAP_PAGE_STATE] = "heap-page-state",
  [HP_EVENT_HEAP_PAGE_SPACE] = "heap-page-space",
  [HP_EVENT_MAP] = "map",
  [HP_EVENT_UNMAP] = "unmap",
  [HP_EVENT_FAULT] = "fault",
  [HP_EVENT_ACCESS] = "access",
  [HP_EVENT_EVICT] = "evict",
  [HP_EVENT_POLICY_FAULT] = "policy-fault",
  [HP_EVENT_MARKING] = "marking",
  [HP_EVENT_PRETENURE] = "pretenure",
  [HP_EVENT_COUNT] = "count",
  [HP_EVENT_SHAPE] = "shape",
  [HP_EVENT_EXTERNAL] = "external",
};

static const char *const OPERATION_NAMES[HP_N_OPERATIONS] = {
  [HP_OPERATION_STATEMENT] = "statement", [HP_OPERATION_CALL] = "call",
  [HP_OPERATION_RETURN] = "return",       [HP_OPERATION_SET_LOCAL] = "set-local",
  [HP_OPERATION_SET_ROOT] = "set-root",   [HP_OPERATION_ALLOCATE] = "allocate",
  [HP_OPERATION_WRITE] = "write",         [HP_OPERATION_READ] = "read",
  [HP_OPERATION_TOUCH] = "touch",         [HP_OPERATION_COLLECT] = "collect",
  [HP_OPERATION_NOTE] = "note",           [HP_OPERATION_DEREF] = "deref",
  [HP_OPERATION_END_JOB] = "end-job",     [HP_OPERATION_TAKE_FINALIZED] = "take-finalized",
  [HP_OPERATION_WAIT] = "wait",           [HP_OPERATION_ACCESS] = "access",
  [HP_OPERATION_STRETCH] = "stretch",     [HP_OPERATION_LIMIT_RAM] = "limit-ram",
  [HP_OPERATION_RESHAPE] = "reshape",     [HP_OPERATION_ATTACH] = "attach",
};

static const char *const PHASE_NAMES[HP_N_PHASES] = {
  [HP_PHASE_MUTATOR] = "mutator", [HP_PHASE_FLIP] = "flip",         [HP_PHASE_ROOTS] = "roots",
  [HP_PHASE_COPY] = "copy",       [HP_PHASE_MARK] = "mark",         [HP_PHASE_WEAK] = "weak",
  [HP_PHASE_SWEEP] = "sweep",     [HP_PHASE_EVACUATE] = "evacuate", [HP_PHASE_UPDATE] = "update",
  [HP_PHASE_FINISH] = "finish",
};

static const char *const SPACE_NAMES[HP_N_SPACES] = {
  [HP_SPACE_NONE] = "none", [HP_SPACE_SEMI_A] = "semi-space-a", [HP_SPACE_SEMI_B] = "semi-space-b",
  [HP_SPACE_OLD] = "old",   [HP_SPACE_LARGE] = "large-object",  [HP_SPACE_NEW_LARGE] = "new-large-object",
};

static const char *const COLLECTION_NAMES[HP_N_COLLECTION_KINDS] = {
  [HP_COLLECTION_NONE] = "none",
  [HP_COLLECTION_YOUNG] = "scavenge",
  [HP_COLLECTION_FULL] = "mark-compact",
};

static const char *const ENDING_NAMES[HP_N_ENDINGS] = {
  [HP_ENDING_COMPLETED] = "completed",
  [HP_ENDING_OUT_OF_MEMORY] = "out-of-memory",
  [HP_ENDING_STACK_OVERFLOW] = "stack-overflow",
  [HP_ENDING_SCENARIO_ERROR] = "scenario-error",
  [HP_ENDING_CANCELLED] = "cancelled",
  [HP_ENDING_EVENT_LIMIT] = "event-limit",
  [HP_ENDING_CRASHED] = "crashed",
};

#define NAME_IN(table, i) ((guint) (i) < G_N_ELEMENTS (table) ? (table)[i] : NULL)

const char *
hp_event_type_name (HpEventType type)
{
  return NAME_IN (EVENT_NAMES, type);
}

const char *
hp_operation_name (HpOperation operation)
{
  return NAME_IN (OPERATION_NAMES, operation);
}

const char *
hp_phase_name (HpPhase phase)
{
  return NAME_IN (PHASE_NAMES, phase);
}

const char *
hp_space_name (HpSpace space)
{
  return NAME_IN (SPACE_NAMES, space);
}

const char *
hp_collection_kind_name (HpCollectionKind kind)
{
  return NAME_IN (COLLECTION_NAMES, kind);
}

const char *
hp_ending_name (HpEnding ending)
{
  return NAME_IN (ENDING_NAMES, ending);
}

HpEmitter *
hp_emitter_new (const HpListener *listener)
{
  HpEmitter *self = g_new0 (HpEmitter, 1);

  if (listener != NULL)
    self->listener = *listener;
  self->listening = self->listener.events != NULL;
  self->definitions = hp_definitions_new ();
  return self;
}

void
hp_emitter_free (HpEmitter *self)
{
  if (self == NULL)
    return;
  hp_emitter_flush (self);
  hp_definitions_free (self->definitions);
  g_free (self);
}

void
hp_emitter_flush (HpEmitter *self)
{
  gsize n = self->n;

  if (n == 0)
    return;
  self->n = 0;
  self->n_emitted += n;
  self->listener.events (self->listener.self, self->batch, n);
}

static guint32
announce (HpEmitter *self, HpDefinitionKind kind, guint32 id)
{
  if (self->listener.define != NULL && id != 0)
    self->listener.define (self->listener.self, self->definitions, kind, id);
  return id;
}

guint32
hp_emitter_define_string (HpEmitter *self, const char *text)
{
  guint32 n = hp_definitions_count (self->definitions, HP_DEFINITION_STRING);
  guint32 id = hp_definitions_add_string (self->definitions, text);

  return id > n ? announce (self, HP_DEFINITION_STRING, id) : id;
}

guint32
hp_emitter_define_shape (HpEmitter *self, const HpShape *shape)
{
  return announce (self, HP_DEFINITION_SHAPE, hp_definitions_add_shape (self->definitions, shape));
}

guint32
hp_emitter_define_function (HpEmitter *self, const HpFunction *function)
{
  return announce (self, HP_DEFINITION_FUNCTION, hp_definitions_add_function (self->definitions, function));
}

guint32
hp_emitter_define_source (HpEmitter *self, const HpSource *source)
{
  return announce (self, HP_DEFINITION_SOURCE, hp_definitions_add_source (self->definitions, source));
}

guint32
hp_emitter_define_page (HpEmitter *self, const HpPage *page)
{
  return announce (self, HP_DEFINITION_PAGE, hp_definitions_add_page (self->definitions, page));
}

guint32
hp_emitter_define_root (HpEmitter *self, const HpRoot *root)
{
  return announce (self, HP_DEFINITION_ROOT, hp_definitions_add_root (self->definitions, root));
}
