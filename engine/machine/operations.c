/* operations.c - what a program does: calls, locals, objects, slots, collections, accesses of a trace
 *
 * Each operation begins with hp_machine_begin(). What no program could do (naming a dead object, a slot that is not
 * there) ends the run with a sentence.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/machine_private.h"
#include "machine/quick.h"

#include <glib/gi18n-lib.h>

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static void
refuse_object (HpMachine *self, const char *operation, HpRef ref)
{
  hp_machine_fail (self,
                   ref == HP_REF_NONE            ? _ ("%s: no object was named")
                   : ref > self->heap->refs.last ? _ ("%s: object %u was not allocated yet")
                                                 : _ ("%s: object %u was collected; nothing referred to it any more"),
                   operation,
                   ref);
}

/* The address of @ref, or 0 when the run ended over it. */
static inline HpAddress
find_object (HpMachine *self, const char *operation, HpRef ref)
{
  HpAddress address = hp_heap_address_of (self->heap, ref);

  if (G_LIKELY (address != 0 && !hp_heap_is_unswept (self->heap, address)))
    return address;
  refuse_object (self, operation, ref);
  return 0;
}

HpAddress
hp_machine_find_object (HpMachine *self, const char *operation, HpRef ref)
{
  return find_object (self, operation, ref);
}

/* @value as a tagged word. FALSE when the run ended over it. */
static inline gboolean
encode (HpMachine *self, const char *operation, HpValue value, guint64 *word)
{
  if (value.kind == HP_VALUE_REF)
    {
      HpAddress address = find_object (self, operation, value.payload);

      *word = hp_word_from_ref_address (address);
      return address != 0;
    }
  if (G_UNLIKELY (value.kind >= HP_N_VALUE_KINDS))
    {
      hp_machine_fail (self, _ ("%s: there is no kind of value %u"), operation, value.kind);
      return FALSE;
    }
  if (value.kind < HP_VALUE_BOOLEAN)
    value.payload = 0;
  *word = hp_word_from_plain (value);
  return TRUE;
}

/* The address of @host, which has a slot @slot; 0 when the run ended over it. */
static inline HpAddress
find_host (HpMachine *self, const char *operation, HpRef host, guint32 slot)
{
  HpAddress address = find_object (self, operation, host);
  guint32 n;

  if (G_UNLIKELY (address == 0))
    return 0;
  n = hp_heap_count_slots (self->heap, hp_heap_words (self->heap, address));
  if (G_LIKELY (slot < n))
    return address;
  hp_machine_fail (self, _ ("%s: object %u has no slot %u, only %u"), operation, host, slot, n);
  return 0;
}

static HpReferences
references_of (const HpMachine *self, HpAddress address)
{
  return hp_heap_layout (self->heap, *hp_heap_words (self->heap, address))->references;
}

static void
end_out_of_memory (HpMachine *self)
{
  g_autofree char *message = g_strdup_printf ("FATAL ERROR: %s Allocation failed - JavaScript heap out of memory",
                                              self->collector->fatal);

  hp_machine_end (self, HP_ENDING_OUT_OF_MEMORY, message);
}

static void
end_with_violation (HpMachine *self)
{
  g_autofree char *text = hp_violation_text (self->violation);

  hp_machine_fail (self, "%s", text);
}

void
hp_machine_check_collections (HpMachine *self)
{
  if (G_UNLIKELY (self->violation != NULL))
    end_with_violation (self);
  else if (G_UNLIKELY (self->collector->fatal != NULL))
    end_out_of_memory (self);
}

/* ---- stack ------------------------------------------------------------------------------------------------------- */

static void
emit_local (HpMachine *self, guint32 local, guint64 old_word, guint64 word)
{
  HpValue old_value = hp_heap_value_of_word (self->heap, old_word);
  HpValue value = hp_heap_value_of_word (self->heap, word);

  hp_emit (
      self->emitter, HP_EVENT_LOCAL, HP_KINDS (old_value.kind, value.kind), local, old_value.payload, value.payload);
}

/* The first locals of the frame that was just pushed. */
static gboolean
pass_arguments (HpMachine *self, const HpValue *arguments, guint32 n)
{
  guint64 *locals = &self->stack.locals[hp_stack_newest (&self->stack)->first_slot];
  guint64 word;

  for (guint32 i = 0; i < n; i++)
    {
      if (!encode (self, "call", arguments[i], &word))
        return FALSE;
      if (self->emitter->listening)
        emit_local (self, i, 0, word);
      locals[i] = word;
    }
  return TRUE;
}

static G_GNUC_NO_INLINE gboolean
call (HpMachine *self, guint32 function, const HpValue *arguments, guint32 n)
{
  const HpFunction *definition = hp_definitions_function (self->emitter->definitions, function);

  if (!hp_machine_begin (self, HP_OPERATION_CALL))
    return FALSE;
  if (definition == NULL)
    {
      hp_machine_fail (self, _ ("call: there is no function %u"), function);
      return FALSE;
    }
  if (n > definition->n_parameters)
    {
      hp_machine_fail (self, _ ("call: function %u has %u parameters, not %u"), function, definition->n_parameters, n);
      return FALSE;
    }
  if (!hp_stack_push (&self->stack, definition, self->location))
    return FALSE;
  hp_emit (self->emitter, HP_EVENT_CALL, function, self->location, 0, 0);
  return pass_arguments (self, arguments, n);
}

gboolean
hp_machine_call (HpMachine *self, guint32 function)
{
  return hp_quick_call (self, function, NULL, 0) ? TRUE : call (self, function, NULL, 0);
}

/* Out of line, so that the usual number of values needs no more of the host's registers than it uses. */
static G_GNUC_NO_INLINE gboolean
call_with_any (HpMachine *self, guint32 function, const HpValue *arguments, guint32 n)
{
  return hp_quick_call (self, function, arguments, n) ? TRUE : call (self, function, arguments, n);
}

gboolean
hp_machine_call_with (HpMachine *self, guint32 function, const HpValue *arguments, guint32 n)
{
  if (n != 1)
    return call_with_any (self, function, arguments, n);
  return hp_quick_call (self, function, arguments, 1) ? TRUE : call (self, function, arguments, 1);
}

static void
emit_emptied_locals (HpMachine *self, const HpStackFrame *frame)
{
  for (guint32 i = 0; i < hp_stack_frame_locals (frame); i++)
    {
      guint64 word = self->stack.locals[frame->first_slot + i];

      if (word != 0)
        emit_local (self, i, word, 0);
    }
}

static G_GNUC_NO_INLINE void
return_to_caller (HpMachine *self)
{
  const HpStackFrame *frame;

  if (!hp_machine_begin (self, HP_OPERATION_RETURN))
    return;
  frame = hp_stack_newest (&self->stack);
  if (frame == NULL)
    {
      hp_machine_fail (self, _ ("return: the call stack is empty"));
      return;
    }
  if (self->emitter->listening)
    emit_emptied_locals (self, frame);
  hp_emit (self->emitter, HP_EVENT_RETURN, frame->function, frame->call_location, 0, 0);
  hp_stack_pop (&self->stack);
}

void
hp_machine_return (HpMachine *self)
{
  if (!hp_quick_return (self))
    return_to_caller (self);
}

static guint64 *
find_local (HpMachine *self, const char *operation, guint32 local, gboolean write)
{
  const HpStackFrame *frame = hp_stack_newest (&self->stack);

  if (frame != NULL && local < hp_stack_frame_locals (frame))
    return hp_stack_local (&self->stack, local, write);
  if (frame == NULL)
    hp_machine_fail (self, _ ("%s: the call stack is empty"), operation);
  else
    hp_machine_fail (
        self, _ ("%s: the frame has no local %u, only %u"), operation, local, hp_stack_frame_locals (frame));
  return NULL;
}

static G_GNUC_NO_INLINE void
set_local (HpMachine *self, guint32 local, HpValue value)
{
  guint64 *place;
  guint64 word;

  if (!hp_machine_begin (self, HP_OPERATION_SET_LOCAL))
    return;
  place = find_local (self, "set local", local, TRUE);
  if (place == NULL || !encode (self, "set local", value, &word))
    return;
  if (self->emitter->listening)
    emit_local (self, local, *place, word);
  *place = word;
}

void
hp_machine_set_local (HpMachine *self, guint32 local, HpValue value)
{
  if (!hp_quick_set_local (self, local, value))
    set_local (self, local, value);
}

HpValue
hp_machine_get_local (HpMachine *self, guint32 local)
{
  const guint64 *place;

  if (!hp_machine_check (self))
    return HP_VALUE_NOTHING;
  place = find_local (self, "get local", local, FALSE);
  return place != NULL ? hp_heap_value_of_word (self->heap, *place) : HP_VALUE_NOTHING;
}

/* ---- roots ------------------------------------------------------------------------------------------------------- */

static guint64 *
find_root (HpMachine *self, const char *operation, guint32 root)
{
  if (root > 0 && root < self->heap->roots.n)
    return &self->heap->roots.words[root];
  hp_machine_fail (self, _ ("%s: there is no root %u"), operation, root);
  return NULL;
}

static void
emit_root (HpMachine *self, guint32 root, guint64 old_word, guint64 word)
{
  HpValue old_value = hp_heap_value_of_word (self->heap, old_word);
  HpValue value = hp_heap_value_of_word (self->heap, word);

  hp_emit (self->emitter, HP_EVENT_ROOT, HP_KINDS (old_value.kind, value.kind), root, old_value.payload, value.payload);
}

static G_GNUC_NO_INLINE void
set_root (HpMachine *self, guint32 root, HpValue value)
{
  guint64 *place;
  guint64 word;

  if (!hp_machine_begin (self, HP_OPERATION_SET_ROOT))
    return;
  place = find_root (self, "set root", root);
  if (place == NULL || !encode (self, "set root", value, &word))
    return;
  if (self->emitter->listening)
    emit_root (self, root, *place, word);
  *place = word;
}

void
hp_machine_set_root (HpMachine *self, guint32 root, HpValue value)
{
  if (!hp_quick_set_root (self, root, value))
    set_root (self, root, value);
}

HpValue
hp_machine_get_root (HpMachine *self, guint32 root)
{
  const guint64 *place;

  if (!hp_machine_check (self))
    return HP_VALUE_NOTHING;
  place = find_root (self, "get root", root);
  return place != NULL ? hp_heap_value_of_word (self->heap, *place) : HP_VALUE_NOTHING;
}

/* ---- heap -------------------------------------------------------------------------------------------------------- */

/* The address of a new object, which becomes the accumulator; 0 when the run ended. */
static HpAddress
allocate (HpMachine *self, guint32 shape, guint32 length)
{
  const HpShape *definition = hp_definitions_shape (self->emitter->definitions, shape);
  HpAddress address = 0;
  HpRef ref;

  if (definition == NULL || hp_ref_table_is_full (&self->heap->refs))
    {
      hp_machine_fail (
          self, definition ? _ ("allocate: all refs are used up") : _ ("allocate: there is no shape %u"), shape);
      return 0;
    }
  ref = hp_collector_allocate (self->collector, definition, length);
  if (ref != HP_REF_NONE)
    {
      address = hp_heap_address_of (self->heap, ref);
      hp_roots_accumulate (&self->heap->roots, ref, address);
    }
  if (hp_machine_attends (self, HP_ATTENTION_PLACE))
    {
      self->collector->site = 0;
      self->collector->places_old = FALSE;
      g_atomic_int_and (&self->attention, ~(guint) HP_ATTENTION_PLACE);
    }
  hp_machine_check_collections (self);
  return hp_machine_attends (self, HP_ATTENTION_ENDED) ? 0 : address;
}

void
hp_machine_set_site (HpMachine *self, guint32 site)
{
  if (site == 0 || site > self->collector->sites->len)
    hp_machine_fail (self, _ ("allocate: there is no allocation site %u"), site);
  else if (self->collector->config.pretenuring)
    {
      self->collector->site = site;
      g_atomic_int_or (&self->attention, HP_ATTENTION_PLACE);
    }
}

HpRef
hp_machine_allocate_at (HpMachine *self, guint32 shape, guint32 length, guint32 site)
{
  hp_machine_set_site (self, site);
  return hp_machine_allocate (self, shape, length);
}

/* The target of a new weak reference is kept for a while. A new young object is white, so marking need not know what
 * it is made with (V8's compiler leaves that barrier out). */
static void
write_slot (HpMachine *self, HpAddress host, guint32 slot, guint64 word, gboolean is_new)
{
  if (hp_machine_attends (self, HP_ATTENTION_STORES))
    hp_collector_tell_store (self->collector, host, slot, word);
  if (is_new && hp_space_is_young (hp_heap_space_of (self->heap, host)))
    hp_heap_initialize_slot (self->heap, host, slot, word);
  else
    hp_heap_write_slot (self->heap, host, slot, word);
  if (slot == 0 && references_of (self, host) == HP_REFERENCES_WEAK && hp_word_is_ref (word))
    hp_machine_keep (self, word);
}

static G_GNUC_NO_INLINE HpRef
allocate_with (HpMachine *self, guint32 shape, guint32 length, const HpValue *values, guint32 n)
{
  HpAddress address;
  guint64 word;
  HpRef ref;

  if (!hp_machine_begin (self, HP_OPERATION_ALLOCATE))
    return HP_REF_NONE;
  address = allocate (self, shape, length);
  if (address == 0)
    return HP_REF_NONE;
  ref = hp_heap_ref_at (self->heap, address);
  if (n > 0 && find_host (self, "allocate", ref, n - 1) == 0)
    return HP_REF_NONE;
  for (guint32 i = 0; i < n; i++)
    {
      if (!encode (self, "allocate", values[i], &word))
        return HP_REF_NONE;
      write_slot (self, address, i, word, TRUE);
    }
  return ref;
}

/* Out of line, so that the usual number of values needs no more of the host's registers than it uses. */
static G_GNUC_NO_INLINE HpRef
allocate_with_any (HpMachine *self, guint32 shape, guint32 length, const HpValue *values, guint32 n)
{
  HpRef ref;

  return hp_quick_allocate_with (self, shape, values, n, &ref) ? ref : allocate_with (self, shape, length, values, n);
}

HpRef
hp_machine_allocate_with (HpMachine *self, guint32 shape, guint32 length, const HpValue *values, guint32 n)
{
  HpRef ref;

  if (n != 2)
    return allocate_with_any (self, shape, length, values, n);
  return hp_quick_allocate_pair (self, shape, values, &ref) ? ref : allocate_with (self, shape, length, values, 2);
}

HpRef
hp_machine_allocate_slowly (HpMachine *self, guint32 shape, guint32 length)
{
  return allocate_with (self, shape, length, NULL, 0);
}

HpRef
hp_machine_allocate (HpMachine *self, guint32 shape, guint32 length)
{
  HpRef ref;

  return hp_quick_allocate (self, shape, &ref) ? ref : allocate_with (self, shape, length, NULL, 0);
}

static G_GNUC_NO_INLINE void
write_to (HpMachine *self, HpRef host, guint32 slot, HpValue value)
{
  HpAddress address;
  guint64 word;

  if (!hp_machine_begin (self, HP_OPERATION_WRITE))
    return;
  address = find_host (self, "write", host, slot);
  if (address != 0 && encode (self, "write", value, &word))
    write_slot (self, address, slot, word, FALSE);
}

void
hp_machine_write (HpMachine *self, HpRef host, guint32 slot, HpValue value)
{
  if (!hp_quick_write (self, host, slot, value))
    write_to (self, host, slot, value);
}

static guint64
load_slot (HpMachine *self, HpAddress host, guint32 slot)
{
  guint32 offset = hp_heap_layout (self->heap, *hp_heap_words (self->heap, host))->first_slot + slot;
  guint64 word = *hp_heap_words (self->heap, host + offset);

  hp_heap_touch (self->heap, host + offset, 1, FALSE);
  if (hp_word_is_ref (word))
    hp_roots_accumulate (&self->heap->roots, hp_heap_word_ref (self->heap, word), hp_word_address (word));
  return word;
}

/* After the end no operation is performed, but what was read before reads the same: a virtual machine has no need to
 * fear each value while it unwinds. */
static HpValue
peek_at (HpMachine *self, HpRef host, guint32 slot)
{
  HpAddress address = hp_quick_find (self->heap, host);
  const guint64 *object = hp_heap_words (self->heap, address);
  const guint64 *place = NULL;

  if (address != 0)
    place = hp_quick_slot (hp_heap_layout (self->heap, object[0]), (guint64 *) object, slot);
  return place != NULL ? hp_heap_value_of_word (self->heap, *place) : HP_VALUE_NOTHING;
}

static G_GNUC_NO_INLINE HpValue
read_from (HpMachine *self, HpRef host, guint32 slot)
{
  HpAddress address;

  if (!hp_machine_begin (self, HP_OPERATION_READ))
    return peek_at (self, host, slot);
  address = find_host (self, "read", host, slot);
  return address != 0 ? hp_heap_value_of_word (self->heap, load_slot (self, address, slot)) : HP_VALUE_NOTHING;
}

HpValue
hp_machine_read (HpMachine *self, HpRef host, guint32 slot)
{
  HpValue value;

  return hp_quick_read (self, host, slot, &value) ? value : read_from (self, host, slot);
}

static gboolean
has_bytes (HpMachine *self, HpAddress address, guint32 first, guint32 n)
{
  const guint64 *object = hp_heap_words (self->heap, address);
  gboolean has_tail = hp_heap_layout (self->heap, *object)->tail == HP_TAIL_BYTES;

  return has_tail && n > 0 && (guint64) first + n <= (guint32) object[1];
}

void
hp_machine_access (HpMachine *self, HpRef ref, guint32 first, guint32 n, gboolean write)
{
  HpAddress address;
  guint64 byte_address;

  if (!hp_machine_begin (self, HP_OPERATION_ACCESS))
    return;
  address = find_object (self, "access", ref);
  if (address == 0)
    return;
  if (!has_bytes (self, address, first, n))
    {
      hp_machine_fail (self, _ ("access: object %u has no %u bytes at %u"), ref, n, first);
      return;
    }
  address += hp_heap_layout (self->heap, *hp_heap_words (self->heap, address))->fixed_words;
  byte_address = (guint64) address * HP_WORD_BYTES + first;
  if (self->pager != NULL)
    hp_pager_touch_range (self->pager, byte_address, n, write);
}

HpValue
hp_machine_deref (HpMachine *self, HpRef ref)
{
  HpAddress address;
  HpReferences references;
  guint64 word;

  if (!hp_machine_begin (self, HP_OPERATION_DEREF))
    return HP_VALUE_NOTHING;
  address = find_object (self, "deref", ref);
  if (address == 0)
    return HP_VALUE_NOTHING;
  references = references_of (self, address);
  if (references != HP_REFERENCES_WEAK && references != HP_REFERENCES_FINALIZED)
    {
      hp_machine_fail (self, _ ("deref: object %u has no weak slot"), ref);
      return HP_VALUE_NOTHING;
    }
  word = load_slot (self, address, 0);
  if (hp_word_is_ref (word))
    hp_machine_keep (self, word);
  return hp_heap_value_of_word (self->heap, word);
}

void
hp_machine_collect (HpMachine *self, HpCollectionKind kind)
{
  if (!hp_machine_begin (self, HP_OPERATION_COLLECT))
    return;
  if (kind != HP_COLLECTION_YOUNG && kind != HP_COLLECTION_FULL)
    {
      hp_machine_fail (self, _ ("collect: there is no kind of collection %d"), (int) kind);
      return;
    }
  hp_collector_collect (self->collector, kind, "testing");
  hp_machine_check_collections (self);
}

/* ---- RAM ------------------------------------------------------------------------------------------------------------
 */

void
hp_machine_limit_ram (HpMachine *self, guint64 bytes)
{
  guint64 old = self->config.ram_bytes;
  guint64 frames = bytes / self->config.page_bytes;

  if (!hp_machine_begin (self, HP_OPERATION_LIMIT_RAM))
    return;
  if (frames == 0)
    {
      hp_machine_fail (self,
                       _ ("limit RAM: found %" G_GUINT64_FORMAT " bytes, expected at least a page of %u"),
                       bytes,
                       self->config.page_bytes);
      return;
    }
  if (self->pager == NULL)
    return;
  hp_pager_set_frames (self->pager, (guint32) MIN (frames, HP_PAGER_MAX_FRAMES));
  self->config.ram_bytes = frames * self->config.page_bytes;
  hp_emit (self->emitter, HP_EVENT_LIMIT, HP_LIMIT_RAM, (guint32) (old / 8), (guint32) (self->config.ram_bytes / 8), 0);
}
