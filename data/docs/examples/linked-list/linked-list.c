/* linked-list.c - a scenario that builds a linked list and lets go of half of it
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <heaparium.h>

enum
{
  NODE_VALUE,
  NODE_NEXT
};

/* The newest node is the first: head -> node -> … -> the first node ever made. */
static void
push (HpMachine *machine, guint32 shape, guint32 head, gint32 value)
{
  HpRef node = hp_machine_allocate (machine, shape, 0);

  hp_machine_write (machine, node, NODE_VALUE, hp_value_integer (value));
  hp_machine_write (machine, node, NODE_NEXT, hp_machine_get_root (machine, head));
  hp_machine_set_root (machine, head, hp_value_ref (node));
}

/* head = head.next, n times: what was before is garbage. */
static void
drop (HpMachine *machine, guint32 head, gint64 n)
{
  for (gint64 i = 0; i < n; i++)
    {
      HpRef node = hp_value_get_ref (hp_machine_get_root (machine, head));

      hp_machine_set_root (machine, head, hp_machine_read (machine, node, NODE_NEXT));
    }
}

static void
run (HpScenarioContext *context)
{
  static const char *const slots[] = { "value", "next" };
  HpMachine *machine = hp_scenario_context_machine (context);
  gint64 length = hp_settings_get_integer (hp_scenario_context_settings (context), "length");
  guint32 shape = hp_machine_define_shape (
      machine,
      &(HpShape){ .name = "Node", .kind = HP_SHAPE_OBJECT, .header_words = 3, .n_slots = 2, .slot_names = slots });
  guint32 head = hp_machine_define_root (machine, "head");

  hp_machine_explain (machine, "Each node refers to the one made before it.");
  for (gint64 i = 0; i < length && hp_machine_is_running (machine); i++)
    push (machine, shape, head, (gint32) i);
  hp_machine_explain (machine, "The newer half is dropped; the older half lives on.");
  drop (machine, head, length / 2);
  hp_machine_collect (machine, HP_COLLECTION_FULL);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("linked-list", scenario)
