/* keep.c - what lives as long as the program, in a list of tables in old space
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "runtime/keep.h"

#define TABLE_LENGTH 30

/* Slot 0 of a table is the table before it. */
static gboolean
add_table (JsVm *vm)
{
  HpRef table = hp_machine_allocate_old (vm->machine, vm->kinds[JS_KIND_FIXED_ARRAY]->shape, TABLE_LENGTH);

  if (table == HP_REF_NONE)
    return FALSE;
  hp_machine_write (vm->machine, table, 0, js_ref (vm->kept_table));
  hp_machine_set_root (vm->machine, vm->kept_root, js_ref (table));
  vm->kept_table = table;
  vm->n_kept = 1;
  return TRUE;
}

gboolean
js_keep (JsVm *vm, HpRef object)
{
  if (vm->kept_table == HP_REF_NONE || vm->n_kept == TABLE_LENGTH)
    {
      JsHandles handles = js_handles_open (vm);
      gboolean added;

      js_hold (vm, js_ref (object));
      added = add_table (vm);
      js_handles_close (vm, handles);
      if (!added)
        return FALSE;
    }
  hp_machine_write (vm->machine, vm->kept_table, vm->n_kept++, js_ref (object));
  return TRUE;
}
