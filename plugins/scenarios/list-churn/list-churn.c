/* list-churn.c - a linked list as a queue: every node lives for exactly `window` further allocations
 *
 * Where @window nodes are less than half of new space, all die young; where they are more, all die old. From the turn
 * on at which the sum of the dropped values is no Smi any more, each turn drops a boxed number (16 bytes) as well.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define TURNS_BETWEEN_PROGRESS 65536

static const char SOURCE[] = "function Node (v) { this.v = v; this.next = null; }\n"
                             "let head = new Node (0), tail = head, live = 1, sum = 0;\n"
                             "for (let i = 1; i < nodes; i++) {\n"
                             "  const x = new Node (i); tail.next = x; tail = x;\n"
                             "  if (++live > window) { sum += head.v; head = head.next; live--; }\n"
                             "}\n";

enum
{
  LINE_START = 2,
  LINE_APPEND = 4,
  LINE_DROP = 5
};

enum
{
  LOCAL_HEAD,
  LOCAL_TAIL,
  LOCAL_SUM,
  N_LOCALS
};

enum
{
  NODE_V,
  NODE_NEXT,
  NODE_N_SLOTS
};

typedef struct
{
  HpMachine *machine;
  guint32 source, main;
  guint32 node, number;
  HpRef head, tail;
  gint64 sum;
} Churn;

static void
define (Churn *self)
{
  static const char *const LOCALS[] = { "head", "tail", "sum" };
  static const char *const SLOTS[] = { "v", "next" };

  self->source = hp_machine_define_source (self->machine, "list-churn.js", SOURCE);
  self->main = hp_machine_define_function (
      self->machine, &(HpFunction){ .name = "main", .overhead_words = 5, .n_locals = N_LOCALS, .local_names = LOCALS });
  /* Map, properties, elements, then two properties inside the object: 40 bytes. */
  self->node = hp_machine_define_shape (
      self->machine, &(HpShape){ .name = "Node", .header_words = 3, .n_slots = NODE_N_SLOTS, .slot_names = SLOTS });
  self->number = hp_machine_define_shape (
      self->machine, &(HpShape){ .name = "HeapNumber", .kind = HP_SHAPE_NUMBER, .header_words = 2 });
}

static HpRef
new_node (Churn *self, gint32 v)
{
  const HpValue slots[NODE_N_SLOTS] = { hp_value_integer (v), hp_value_ref (HP_REF_NONE) };

  return hp_machine_allocate_with (self->machine, self->node, 0, slots, NODE_N_SLOTS);
}

static void
start (Churn *self)
{
  hp_machine_call (self->machine, self->main);
  hp_machine_statement (self->machine, self->source, LINE_START, 0);
  self->head = self->tail = new_node (self, 0);
  hp_machine_set_local (self->machine, LOCAL_HEAD, hp_value_ref (self->head));
  hp_machine_set_local (self->machine, LOCAL_TAIL, hp_value_ref (self->tail));
  hp_machine_set_local (self->machine, LOCAL_SUM, hp_value_integer (0));
}

static void
append (Churn *self, gint32 i)
{
  HpRef x;

  hp_machine_statement (self->machine, self->source, LINE_APPEND, 0);
  x = new_node (self, i);
  hp_machine_write (self->machine, self->tail, NODE_NEXT, hp_value_ref (x));
  hp_machine_set_local (self->machine, LOCAL_TAIL, hp_value_ref (x));
  self->tail = x;
}

/* A Smi has 32 bits; a larger number is an object. */
static HpValue
number (Churn *self, gint64 value)
{
  return value <= G_MAXINT32 ? hp_value_integer ((gint32) value)
                             : hp_value_ref (hp_machine_allocate (self->machine, self->number, 0));
}

static void
drop (Churn *self)
{
  hp_machine_statement (self->machine, self->source, LINE_DROP, 0);
  self->sum += (gint32) hp_machine_read (self->machine, self->head, NODE_V).payload;
  hp_machine_set_local (self->machine, LOCAL_SUM, number (self, self->sum));
  self->head = hp_value_get_ref (hp_machine_read (self->machine, self->head, NODE_NEXT));
  hp_machine_set_local (self->machine, LOCAL_HEAD, hp_value_ref (self->head));
}

static void
run (HpScenarioContext *context)
{
  Churn self = { .machine = hp_scenario_context_machine (context) };
  const HpSettings *settings = hp_scenario_context_settings (context);
  gint32 n = (gint32) hp_settings_get_integer (settings, "nodes");
  gint32 window = (gint32) hp_settings_get_integer (settings, "window");

  define (&self);
  hp_machine_explain (self.machine,
                      _ ("A list as a queue: each turn appends a node, and once the window is full it drops the oldest "
                         "one. So all nodes live equally long; a scavenge copies only those that are in the window."));
  start (&self);
  for (gint32 i = 1; i < n && hp_machine_is_running (self.machine); i++)
    {
      append (&self, i);
      if (i >= window)
        drop (&self);
      if (i % TURNS_BETWEEN_PROGRESS == 0)
        hp_scenario_context_progress (context, (double) i / n);
    }
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("list-churn", scenario)
