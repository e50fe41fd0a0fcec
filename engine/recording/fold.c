/* fold.c - applying and reverting events: the table of all types, and what they share
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/fold.h"

static const HpFold *const FOLDS[HP_N_EVENT_TYPES] = {
  [HP_EVENT_OPERATION] = &hp_fold_operation,
  [HP_EVENT_STATEMENT] = &hp_fold_statement,
  [HP_EVENT_EXPLAIN] = &hp_fold_explain,
  [HP_EVENT_CHAPTER] = &hp_fold_chapter,
  [HP_EVENT_MARK] = &hp_fold_text,
  [HP_EVENT_PRINT] = &hp_fold_text,
  [HP_EVENT_TIME] = &hp_fold_time,
  [HP_EVENT_END] = &hp_fold_end,
  [HP_EVENT_CALL] = &hp_fold_call,
  [HP_EVENT_RETURN] = &hp_fold_return,
  [HP_EVENT_LOCAL] = &hp_fold_local,
  [HP_EVENT_ROOT] = &hp_fold_root,
  [HP_EVENT_ALLOCATE] = &hp_fold_allocate,
  [HP_EVENT_SLOT] = &hp_fold_slot,
  [HP_EVENT_SLOT_HIGH] = &hp_fold_slot_high,
  [HP_EVENT_LABEL] = &hp_fold_label,
  [HP_EVENT_REMEMBER] = &hp_fold_remember,
  [HP_EVENT_FORGET] = &hp_fold_forget,
  [HP_EVENT_COLLECTION_BEGIN] = &hp_fold_collection_begin,
  [HP_EVENT_COLLECTION_END] = &hp_fold_collection_end,
  [HP_EVENT_PHASE] = &hp_fold_phase,
  [HP_EVENT_FLIP] = &hp_fold_flip,
  [HP_EVENT_VISIT] = &hp_fold_visit,
  [HP_EVENT_COLOUR] = &hp_fold_colour,
  [HP_EVENT_MOVE] = &hp_fold_move,
  [HP_EVENT_UPDATE] = &hp_fold_update,
  [HP_EVENT_FREE] = &hp_fold_free,
  [HP_EVENT_AGE_MARK] = &hp_fold_age_mark,
  [HP_EVENT_LIMIT] = &hp_fold_limit,
  [HP_EVENT_HEAP_PAGE_ADD] = &hp_fold_heap_page_add,
  [HP_EVENT_HEAP_PAGE_REMOVE] = &hp_fold_heap_page_remove,
  [HP_EVENT_HEAP_PAGE_STATE] = &hp_fold_heap_page_state,
  [HP_EVENT_HEAP_PAGE_SPACE] = &hp_fold_heap_page_space,
  [HP_EVENT_MAP] = &hp_fold_map,
  [HP_EVENT_UNMAP] = &hp_fold_unmap,
  [HP_EVENT_FAULT] = &hp_fold_fault,
  [HP_EVENT_ACCESS] = &hp_fold_access,
  [HP_EVENT_EVICT] = &hp_fold_evict,
  [HP_EVENT_POLICY_FAULT] = &hp_fold_text,
  [HP_EVENT_MARKING] = &hp_fold_marking,
  [HP_EVENT_PRETENURE] = &hp_fold_pretenure,
  [HP_EVENT_COUNT] = &hp_fold_count,
  [HP_EVENT_SHAPE] = &hp_fold_shape,
  [HP_EVENT_EXTERNAL] = &hp_fold_external,
};

gboolean
hp_fold_refuse (const HpMoment *self, const HpEvent *event, GError **error, const char *format, ...)
{
  g_autofree char *reason = NULL;
  const char *name = hp_event_type_name (hp_event_type (event));
  va_list arguments;

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               "event %" G_GUINT64_FORMAT " (%s): %s",
               self->step,
               name ? name : "unknown",
               reason);
  return FALSE;
}

gboolean
hp_fold_value_is_sound (const HpMoment *self, guint32 kind, guint32 payload)
{
  switch ((HpValueKind) kind)
    {
    case HP_VALUE_EMPTY:
    case HP_VALUE_UNDEFINED:
    case HP_VALUE_NULL:
      return payload == 0;
    case HP_VALUE_BOOLEAN:
      return payload <= 1;
    case HP_VALUE_INTEGER:
      return TRUE;
    case HP_VALUE_REF:
      return payload >= 1 && payload <= self->n_objects;
    default:
      return FALSE;
    }
}

HpHeapPageState *
hp_fold_find_heap_page (HpMoment *self, HpAddress address)
{
  gboolean found;
  guint i = hp_moment_heap_page_index (self, address, &found);

  return found ? &g_array_index (self->heap_pages, HpHeapPageState, i) : NULL;
}

static const HpFold *
find_fold (const HpEvent *event)
{
  HpEventType type = hp_event_type (event);

  return (guint) type < HP_N_EVENT_TYPES ? FOLDS[type] : NULL;
}

gboolean
hp_moment_apply (HpMoment *self, const HpEvent *event, GError **error)
{
  const HpFold *fold = find_fold (event);

  if (G_UNLIKELY (fold == NULL))
    return hp_fold_refuse (
        self, event, error, "type %u is not one of 1 to %u", event->head & 0xffu, HP_N_EVENT_TYPES - 1);
  if (G_UNLIKELY (self->ended))
    return hp_fold_refuse (self, event, error, "stands after the end of the run");
  if (!fold->apply (self, event, error))
    return FALSE;
  self->step++;
  g_clear_pointer (&self->reachable, g_free);
  return TRUE;
}

void
hp_moment_revert (HpMoment *self, const HpEvent *event)
{
  const HpFold *fold = find_fold (event);

  g_return_if_fail (self->step > 0 && fold != NULL);

  self->step--;
  fold->revert (self, event);
  g_clear_pointer (&self->reachable, g_free);
}
