/* role.c - the names of roles and what they mean
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene/theme.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *title;
} HpRoleText;

static const HpRoleText ROLES[HP_N_ROLES] = {
  [HP_ROLE_NONE] = { "none", N_ ("Nothing") },
  [HP_ROLE_BACKGROUND] = { "background", N_ ("Background") },
  [HP_ROLE_PANEL] = { "panel", N_ ("Region") },
  [HP_ROLE_PANEL_TITLE] = { "panel.title", N_ ("Title of a region") },
  [HP_ROLE_TEXT] = { "text", N_ ("Text") },
  [HP_ROLE_TEXT_DIM] = { "text.dim", N_ ("Remark") },
  [HP_ROLE_FRAME] = { "frame", N_ ("Stack frame") },
  [HP_ROLE_FRAME_ACTIVE] = { "frame.active", N_ ("Running function") },
  [HP_ROLE_SLOT] = { "slot", N_ ("Slot") },
  [HP_ROLE_FREE] = { "free", N_ ("Free memory") },
  [HP_ROLE_HEAP_PAGE] = { "heap-page", N_ ("Heap page") },
  [HP_ROLE_OBJECT] = { "object", N_ ("Object") },
  [HP_ROLE_OBJECT_ARRAY] = { "object.array", N_ ("Array") },
  [HP_ROLE_OBJECT_STRING] = { "object.string", N_ ("String") },
  [HP_ROLE_OBJECT_NUMBER] = { "object.number", N_ ("Number") },
  [HP_ROLE_OBJECT_FUNCTION] = { "object.function", N_ ("Function") },
  [HP_ROLE_OBJECT_COLLECTION] = { "object.collection", N_ ("Collection") },
  [HP_ROLE_OBJECT_OTHER] = { "object.other", N_ ("Other object") },
  [HP_ROLE_OBJECT_DEAD] = { "object.dead", N_ ("Unreachable") },
  [HP_ROLE_OBJECT_NEW] = { "object.new", N_ ("Touched by this step") },
  [HP_ROLE_MARK_WHITE] = { "mark.white", N_ ("White: not reached yet") },
  [HP_ROLE_MARK_GREY] = { "mark.grey", N_ ("Grey: reached, not yet scanned") },
  [HP_ROLE_MARK_BLACK] = { "mark.black", N_ ("Black: reached and scanned") },
  [HP_ROLE_ARROW] = { "arrow", N_ ("Reference") },
  [HP_ROLE_ARROW_ACTIVE] = { "arrow.active", N_ ("Reference in question") },
  [HP_ROLE_ARROW_REMEMBERED] = { "arrow.remembered", N_ ("Remembered: old to young") },
  [HP_ROLE_ARROW_WEAK] = { "arrow.weak", N_ ("Weak: keeps nothing alive") },
  [HP_ROLE_AGE_MARK] = { "age-mark", N_ ("Age mark: before it, survived once") },
  [HP_ROLE_PAGE_ABSENT] = { "page.absent", N_ ("Address space only") },
  [HP_ROLE_PAGE_RESIDENT] = { "page.resident", N_ ("In RAM") },
  [HP_ROLE_PAGE_DIRTY] = { "page.dirty", N_ ("In RAM, changed") },
  [HP_ROLE_PAGE_SWAPPED] = { "page.swapped", N_ ("On disk only") },
  [HP_ROLE_PAGE_FRAME_FREE] = { "page-frame.free", N_ ("Free page frame") },
  [HP_ROLE_FAULT] = { "fault", N_ ("Page fault") },
  [HP_ROLE_SELECTION] = { "selection", N_ ("Selected") },
  [HP_ROLE_HOVER] = { "hover", N_ ("Under the pointer") },
  [HP_ROLE_FOCUS] = { "focus", N_ ("Keyboard focus") },
  [HP_ROLE_SERIES_1] = { "series.1", N_ ("First series") },
  [HP_ROLE_SERIES_2] = { "series.2", N_ ("Second series") },
  [HP_ROLE_SERIES_3] = { "series.3", N_ ("Third series") },
  [HP_ROLE_SERIES_4] = { "series.4", N_ ("Fourth series") },
};

const char *
hp_role_name (HpRole role)
{
  g_return_val_if_fail (role < HP_N_ROLES, NULL);

  return ROLES[role].name;
}

const char *
hp_role_title (HpRole role)
{
  g_return_val_if_fail (role < HP_N_ROLES, NULL);

  return _ (ROLES[role].title);
}

gboolean
hp_role_is_rare (HpRole role)
{
  return role == HP_ROLE_FAULT || role == HP_ROLE_SELECTION || role == HP_ROLE_OBJECT_NEW || role == HP_ROLE_FOCUS
         || role == HP_ROLE_HOVER;
}
