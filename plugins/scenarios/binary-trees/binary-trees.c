/* binary-trees.c - the classic allocation benchmark: one long-lived tree, many short-lived ones of growing depth
 *
 * The first tree is the largest; main () forgets it at once, but a temporary of its frame goes on referring to it, as a
 * register of V8's interpreter does that nothing else is put into. So it lives to the end of the run.
 *
 * A leaf is made and counted without a frame of its own: make (0) and check (leaf) hold nothing that a collection could
 * find there and not elsewhere.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define MIN_DEPTH 4

static const char SOURCE[] = "class T { constructor (l, r) { this.l = l; this.r = r; } }\n"
                             "function make (d) {\n"
                             "  return d === 0 ? new T (null, null) : new T (make (d - 1), make (d - 1));\n"
                             "}\n"
                             "function check (t) {\n"
                             "  return t.l === null ? 1 : 1 + check (t.l) + check (t.r);\n"
                             "}\n"
                             "console.log ('stretch', check (make (depth + 1)));\n"
                             "const long = make (depth);\n"
                             "for (let d = 4; d <= depth; d += 2) {\n"
                             "  let c = 0;\n"
                             "  for (let i = 0; i < 1 << (depth - d + 4); i++) c += check (make (d));\n"
                             "  console.log (d, c);\n"
                             "}\n"
                             "console.log ('long', check (long));\n";

enum
{
  LINE_MAKE = 3,
  LINE_CHECK = 6,
  LINE_STRETCH = 8,
  LINE_LONG = 9,
  LINE_TURN = 12,
  LINE_END = 15
};

enum
{
  MAIN_LONG,
  MAIN_STRETCH, /* the temporary: see above */
  MAIN_TEMPORARY,
  MAIN_N_LOCALS
};

enum
{
  MAKE_LEFT,
  MAKE_N_LOCALS
};

enum
{
  CHECK_T,
  CHECK_N_LOCALS
};

enum
{
  NODE_L,
  NODE_R,
  NODE_N_SLOTS
};

typedef struct
{
  HpMachine *machine;
  guint32 source;
  guint32 main, make, check;
  guint32 node;
} Trees;

static void
define (Trees *self)
{
  static const char *const MAIN_LOCALS[] = { "long", NULL, NULL };
  static const char *const MAKE_LOCALS[] = { NULL };
  static const char *const CHECK_LOCALS[] = { "t" };
  static const char *const SLOTS[] = { "l", "r" };

  self->source = hp_machine_define_source (self->machine, "binary-trees.js", SOURCE);
  self->main = hp_machine_define_function (
      self->machine,
      &(HpFunction){ .name = "main", .overhead_words = 5, .n_locals = MAIN_N_LOCALS, .local_names = MAIN_LOCALS });
  self->make = hp_machine_define_function (
      self->machine,
      &(HpFunction){ .name = "make", .overhead_words = 6, .n_locals = MAKE_N_LOCALS, .local_names = MAKE_LOCALS });
  self->check = hp_machine_define_function (self->machine,
                                            &(HpFunction){ .name = "check",
                                                           .overhead_words = 5,
                                                           .n_parameters = 1,
                                                           .n_locals = CHECK_N_LOCALS,
                                                           .local_names = CHECK_LOCALS });
  /* Map, properties, elements, then two properties inside the object: 40 bytes. */
  self->node = hp_machine_define_shape (
      self->machine, &(HpShape){ .name = "T", .header_words = 3, .n_slots = NODE_N_SLOTS, .slot_names = SLOTS });
}

static HpRef
new_node (Trees *self, HpRef l, HpRef r)
{
  const HpValue slots[NODE_N_SLOTS] = { hp_value_ref (l), hp_value_ref (r) };

  return hp_machine_allocate_with (self->machine, self->node, 0, slots, NODE_N_SLOTS);
}

static HpRef make_inner (Trees *self, guint depth);

/* Leaves are half of all nodes: what the host does for a call of its own is left out, too. */
static inline HpRef
make (Trees *self, guint depth)
{
  return depth == 0 ? new_node (self, HP_REF_NONE, HP_REF_NONE) : make_inner (self, depth);
}

/* The right subtree needs no local: it is the accumulator until the node refers to it. */
static HpRef
make_inner (Trees *self, guint depth)
{
  HpMachine *machine = self->machine;
  HpRef l, r, node;

  if (!hp_machine_call (machine, self->make))
    {
      hp_machine_fail_stack_overflow (machine);
      return HP_REF_NONE;
    }
  hp_machine_statement (machine, self->source, LINE_MAKE, 0);
  l = make (self, depth - 1);
  hp_machine_set_local (machine, MAKE_LEFT, hp_value_ref (l));
  r = make (self, depth - 1);
  node = new_node (self, l, r);
  hp_machine_return (machine);
  return node;
}

static guint check_inner (Trees *self, HpRef t, HpRef l);

static inline guint
check (Trees *self, HpRef t)
{
  HpRef l = hp_value_get_ref (hp_machine_read (self->machine, t, NODE_L));

  return l == HP_REF_NONE ? 1 : check_inner (self, t, l);
}

static guint
check_inner (Trees *self, HpRef t, HpRef l)
{
  HpMachine *machine = self->machine;
  const HpValue argument = hp_value_ref (t);
  guint n;

  hp_machine_call_with (machine, self->check, &argument, 1);
  hp_machine_statement (machine, self->source, LINE_CHECK, 0);
  n = 1 + check (self, l);
  n += check (self, hp_value_get_ref (hp_machine_read (machine, t, NODE_R)));
  hp_machine_return (machine);
  return n;
}

static void
print (Trees *self, const char *what, guint depth, guint n)
{
  g_autofree char *line = g_strdup_printf ("%s %u: %u", what, depth, n);

  hp_machine_print (self->machine, line);
}

/* A tree kept in local @local of main (). */
static HpRef
make_in_main (Trees *self, guint line, guint local, guint depth)
{
  HpRef tree;

  hp_machine_statement (self->machine, self->source, line, 0);
  tree = make (self, depth);
  hp_machine_set_local (self->machine, local, hp_value_ref (tree));
  return tree;
}

/* The short-lived trees: as many of each depth as give the same number of nodes. V8 has optimised this loop long since
 * (on-stack replacement), and optimised code keeps no temporary longer than it is needed: a tree is forgotten before
 * the next one is made. The stretch tree stays in a register of the interpreter's frame until that frame is given up:
 * in Node's logs it outlives the first round, and the first full collection after that frees it. */
static void
churn (Trees *self, HpScenarioContext *context, guint max)
{
  for (guint depth = MIN_DEPTH; depth <= max; depth += 2)
    {
      guint turns = 1u << (max - depth + MIN_DEPTH);
      guint n = 0;

      for (guint i = 0; i < turns && hp_machine_is_running (self->machine); i++)
        {
          n += check (self, make_in_main (self, LINE_TURN, MAIN_TEMPORARY, depth));
          hp_machine_set_local (self->machine, MAIN_TEMPORARY, HP_VALUE_NOTHING);
        }
      print (self, "trees of depth", depth, n);
      hp_machine_set_local (self->machine, MAIN_STRETCH, HP_VALUE_NOTHING);
      hp_scenario_context_progress (context, (double) (depth - MIN_DEPTH + 2) / (max - MIN_DEPTH + 2));
    }
}

static void
run (HpScenarioContext *context)
{
  Trees self = { .machine = hp_scenario_context_machine (context) };
  guint max = (guint) hp_settings_get_integer (hp_scenario_context_settings (context), "depth");
  HpRef tree;

  define (&self);
  hp_machine_explain (
      self.machine,
      _ ("Binary trees: a large one that is forgotten at once, one that stays to the end, and then many "
         "that are made, counted and forgotten."));
  hp_machine_call (self.machine, self.main);
  tree = make_in_main (&self, LINE_STRETCH, MAIN_STRETCH, max + 1);
  print (&self, "stretch tree of depth", max + 1, check (&self, tree));
  tree = make_in_main (&self, LINE_LONG, MAIN_LONG, max);
  churn (&self, context, max);
  hp_machine_statement (self.machine, self.source, LINE_END, 0);
  print (&self, "long-lived tree of depth", max, check (&self, tree));
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("binary-trees", scenario)
