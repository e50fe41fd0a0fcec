/* random_program.c - a program of random steps; see random_program.h
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "random_program.h"

enum
{
  SHAPE_PAIR,
  SHAPE_RECORD,
  SHAPE_NUMBER,
  SHAPE_ARRAY,
  SHAPE_STRING,
  SHAPE_EMPTY,
  N_SHAPES
};

#define N_ROOTS 4
#define N_FUNCTIONS 3

typedef struct
{
  HpMachine *machine;
  HpRandom random;
  guint32 shapes[N_SHAPES];
  guint32 roots[N_ROOTS];
  guint32 functions[N_FUNCTIONS];
  guint32 n_locals[64]; /* of each frame on the stack */
  guint depth;
  GArray *slot_counts;  /* of guint32, by ref */
  guint32 large_length; /* of an array just above the regular size */
} Program;

static const HpShape SHAPES[N_SHAPES] = {
  { .name = "Pair", .header_words = 3, .n_slots = 2 },
  { .name = "Record", .header_words = 1, .n_slots = 5 },
  { .name = "Number", .kind = HP_SHAPE_NUMBER, .header_words = 2 },
  { .name = "Array", .kind = HP_SHAPE_ELEMENTS, .tail = HP_TAIL_SLOTS, .header_words = 2, .n_slots = 1 },
  { .name = "String", .kind = HP_SHAPE_STRING, .tail = HP_TAIL_BYTES, .header_words = 2 },
  { .name = "Empty", .header_words = 1 },
};

static const HpFunction FUNCTIONS[N_FUNCTIONS] = {
  { .name = "leaf", .overhead_words = 4 },
  { .name = "two", .overhead_words = 4, .n_parameters = 1, .n_locals = 2 },
  { .name = "many", .overhead_words = 9, .n_parameters = 2, .n_locals = 6 },
};

static guint32
below (Program *self, guint32 bound)
{
  return hp_random_below (&self->random, bound);
}

static gboolean
chance (Program *self, guint32 one_in)
{
  return below (self, one_in) == 0;
}

static void
define (Program *self)
{
  for (guint i = 0; i < N_SHAPES; i++)
    self->shapes[i] = hp_machine_define_shape (self->machine, &SHAPES[i]);
  for (guint i = 0; i < N_FUNCTIONS; i++)
    self->functions[i] = hp_machine_define_function (self->machine, &FUNCTIONS[i]);
  for (guint i = 0; i < N_ROOTS; i++)
    self->roots[i] = hp_machine_define_root (self->machine, "root");
}

/* ---- picking things that are alive ------------------------------------------------------------------------------- */

static guint32
n_locals (const Program *self)
{
  return self->depth > 0 ? self->n_locals[self->depth - 1] : 0;
}

static HpValue
pick_place (Program *self)
{
  if (n_locals (self) > 0 && chance (self, 2))
    return hp_machine_get_local (self->machine, below (self, n_locals (self)));
  return hp_machine_get_root (self->machine, self->roots[below (self, N_ROOTS)]);
}

static guint32
count_slots (guint32 shape, guint32 length)
{
  return SHAPES[shape].n_slots + (SHAPES[shape].tail == HP_TAIL_SLOTS ? length : 0);
}

static guint32
slots_of (const Program *self, HpRef ref)
{
  return g_array_index (self->slot_counts, guint32, ref);
}

/* A live object, some steps away from a local or root; or none. */
static HpRef
pick_object (Program *self)
{
  HpRef ref = hp_value_get_ref (pick_place (self));
  guint steps = below (self, 6);

  while (ref != HP_REF_NONE && steps-- > 0 && slots_of (self, ref) > 0)
    {
      HpValue value = hp_machine_read (self->machine, ref, below (self, slots_of (self, ref)));

      if (hp_value_get_ref (value) != HP_REF_NONE)
        ref = hp_value_get_ref (value);
    }
  return ref;
}

static HpValue
pick_value (Program *self)
{
  switch (below (self, 8))
    {
    case 0:
      return hp_value_integer ((gint32) hp_random_next (&self->random));
    case 1:
      return hp_value_boolean (chance (self, 2));
    case 2:
      return hp_value_undefined ();
    case 3:
      return HP_VALUE_NOTHING;
    default:
      return hp_value_ref (pick_object (self));
    }
}

/* ---- steps ------------------------------------------------------------------------------------------------------- */

static void
store_anywhere (Program *self, HpValue value)
{
  if (n_locals (self) > 0 && chance (self, 2))
    hp_machine_set_local (self->machine, below (self, n_locals (self)), value);
  else
    hp_machine_set_root (self->machine, self->roots[below (self, N_ROOTS)], value);
}

static void
store_in_object (Program *self, HpValue value)
{
  HpRef host = pick_object (self);

  if (host != HP_REF_NONE && slots_of (self, host) > 0)
    hp_machine_write (self->machine, host, below (self, slots_of (self, host)), value);
}

static guint32
pick_length (Program *self, guint32 shape)
{
  guint32 length = below (self, 8);

  if (SHAPES[shape].tail == HP_TAIL_NONE)
    return 0;
  if (chance (self, 12))
    length = below (self, self->large_length);
  else if (chance (self, 40))
    length = self->large_length + below (self, self->large_length);
  return SHAPES[shape].tail == HP_TAIL_BYTES ? length * 5 : length;
}

static HpRef
allocate (Program *self, guint32 shape)
{
  guint32 length = pick_length (self, shape);
  HpRef ref = hp_machine_allocate (self->machine, self->shapes[shape], length);

  if (ref != HP_REF_NONE)
    {
      if (self->slot_counts->len <= ref)
        g_array_set_size (self->slot_counts, ref + 1);
      g_array_index (self->slot_counts, guint32, ref) = count_slots (shape, length);
    }
  return ref;
}

static void
step_allocate (Program *self)
{
  HpRef ref = allocate (self, below (self, N_SHAPES));

  if (chance (self, 3))
    store_anywhere (self, hp_value_ref (ref));
  else if (chance (self, 2))
    store_in_object (self, hp_value_ref (ref)); /* picking may walk, but nothing collects meanwhile */
}

/* A list whose newest element is held by a root. */
static void
step_list (Program *self)
{
  guint32 root = self->roots[below (self, N_ROOTS)];
  guint n = 1 + below (self, 24);

  for (guint i = 0; i < n && hp_machine_is_running (self->machine); i++)
    {
      HpRef ref = allocate (self, SHAPE_PAIR);

      if (ref == HP_REF_NONE)
        return;
      hp_machine_write (self->machine, ref, 0, hp_machine_get_root (self->machine, root));
      hp_machine_set_root (self->machine, root, hp_value_ref (ref));
    }
}

static void
step_call (Program *self)
{
  guint i = below (self, N_FUNCTIONS);

  if (self->depth < G_N_ELEMENTS (self->n_locals) && hp_machine_call (self->machine, self->functions[i]))
    self->n_locals[self->depth++] = FUNCTIONS[i].n_locals;
}

static void
step_return (Program *self)
{
  if (self->depth == 0)
    return;
  hp_machine_return (self->machine);
  self->depth--;
}

static void
step_forget (Program *self)
{
  store_anywhere (self, hp_value_undefined ());
}

static void
take_step (Program *self)
{
  guint32 dice = below (self, 100);

  if (dice < 40)
    step_allocate (self);
  else if (dice < 45)
    step_list (self);
  else if (dice < 60)
    store_in_object (self, pick_value (self));
  else if (dice < 70)
    store_anywhere (self, pick_value (self));
  else if (dice < 80)
    step_call (self);
  else if (dice < 90)
    step_return (self);
  else if (dice < 97)
    step_forget (self);
  else if (dice < 98)
    hp_machine_collect (self->machine, HP_COLLECTION_FULL);
  else
    hp_machine_collect (self->machine, HP_COLLECTION_YOUNG);
}

void
random_program_run (HpMachine *machine, guint64 seed, guint n_steps)
{
  random_program_run_watched (machine, seed, n_steps, NULL, NULL);
}

void
random_program_run_watched (
    HpMachine *machine, guint64 seed, guint n_steps, void (*after_step) (gpointer data), gpointer data)
{
  Program program = { .machine = machine };
  const HpSettings *settings = hp_machine_settings (machine);

  hp_random_seed (&program.random, seed);
  program.large_length = (guint32) hp_settings_get_integer (settings, "max-regular-object-size") / HP_WORD_BYTES;
  program.slot_counts = g_array_new (FALSE, TRUE, sizeof (guint32));
  define (&program);
  for (guint i = 0; i < n_steps && hp_machine_is_running (machine); i++)
    {
      take_step (&program);
      if (after_step != NULL)
        after_step (data);
    }
  g_array_unref (program.slot_counts);
}
