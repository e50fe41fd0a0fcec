/* random_steps.c - each step of a random program: its numbers, modulo what is there, become operations
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "machine/random_steps.h"

enum
{
  SHAPE_PAIR,
  SHAPE_RECORD,
  SHAPE_NUMBER,
  SHAPE_ARRAY,
  SHAPE_STRING,
  SHAPE_EMPTY,
  SHAPE_WEAK_REF,
  SHAPE_WEAK_CELL,
  SHAPE_TABLE,
  N_SHAPES
};

#define N_ROOTS 4
#define N_FUNCTIONS 3
#define MAX_DEPTH 64
#define MOST_EXTERNAL_BYTES 8192

struct _HpStepRunner
{
  HpMachine *machine;
  guint32 shapes[N_SHAPES];
  guint32 account; /* what a Record can become, and become a Record again */
  guint32 roots[N_ROOTS];
  guint32 functions[N_FUNCTIONS];
  guint32 n_locals[MAX_DEPTH]; /* of each frame on the stack */
  guint depth;
  GArray *objects;      /* Allocated, by ref */
  guint32 large_length; /* of an array just above the regular size */
};

typedef struct
{
  guint32 shape; /* index */
  guint32 n_slots;
} Allocated;

static const HpShape SHAPES[N_SHAPES] = {
  { .name = "Pair", .header_words = 3, .n_slots = 2 },
  { .name = "Record", .header_words = 1, .n_slots = 5 },
  { .name = "Number", .kind = HP_SHAPE_NUMBER, .header_words = 2 },
  { .name = "Array", .kind = HP_SHAPE_ELEMENTS, .tail = HP_TAIL_SLOTS, .header_words = 2, .n_slots = 1 },
  { .name = "String", .kind = HP_SHAPE_STRING, .tail = HP_TAIL_BYTES, .header_words = 2 },
  { .name = "Empty", .header_words = 1 },
  { .name = "WeakRef", .header_words = 3, .n_slots = 1, .references = HP_REFERENCES_WEAK },
  { .name = "WeakCell", .header_words = 3, .n_slots = 2, .references = HP_REFERENCES_FINALIZED },
  { .name = "EphemeronHashTable",
    .kind = HP_SHAPE_ELEMENTS,
    .tail = HP_TAIL_SLOTS,
    .header_words = 2,
    .n_slots = 1,
    .references = HP_REFERENCES_EPHEMERONS },
};

static const HpShape ACCOUNT = { .name = "Account", .header_words = 1, .n_slots = 5 };

static const char *const TWO_LOCALS[] = { "a", "b" };
static const char *const MANY_LOCALS[] = { "a", "b", "c", "d", "e", "f" };

static const HpFunction FUNCTIONS[N_FUNCTIONS] = {
  { .name = "leaf", .overhead_words = 4 },
  { .name = "two", .overhead_words = 4, .n_parameters = 1, .n_locals = 2, .local_names = TWO_LOCALS },
  { .name = "many", .overhead_words = 9, .n_parameters = 2, .n_locals = 6, .local_names = MANY_LOCALS },
};

/* ---- picking things that are alive ------------------------------------------------------------------------------- */

static guint32
n_locals (const HpStepRunner *self)
{
  return self->depth > 0 ? self->n_locals[self->depth - 1] : 0;
}

/* A place is a root where its number is even or the frame has no locals. */
static gboolean
is_local (const HpStepRunner *self, guint32 place)
{
  return place % 2 == 1 && n_locals (self) > 0;
}

static HpValue
load (HpStepRunner *self, guint32 place)
{
  if (is_local (self, place))
    return hp_machine_get_local (self->machine, place / 2 % n_locals (self));
  return hp_machine_get_root (self->machine, self->roots[place / 2 % N_ROOTS]);
}

static void
store (HpStepRunner *self, guint32 place, HpValue value)
{
  if (is_local (self, place))
    hp_machine_set_local (self->machine, place / 2 % n_locals (self), value);
  else
    hp_machine_set_root (self->machine, self->roots[place / 2 % N_ROOTS], value);
}

static guint32
slots_of (const HpStepRunner *self, HpRef ref)
{
  return g_array_index (self->objects, Allocated, ref).n_slots;
}

/* A path is up to five steps from slot to slot: how many, and then one number from the other. */
static guint32
next_turn (guint32 path)
{
  return path * 1664525u + 1013904223u;
}

/* The object in @place, or one that @path leads to from there; or none. */
static HpRef
find_object (HpStepRunner *self, guint32 place, guint32 path)
{
  HpRef ref = hp_value_get_ref (load (self, place));
  guint steps = path % 6;

  while (ref != HP_REF_NONE && steps-- > 0 && slots_of (self, ref) > 0)
    {
      HpValue value;

      path = next_turn (path);
      value = hp_machine_read (self->machine, ref, (path >> 8) % slots_of (self, ref));
      if (hp_value_get_ref (value) != HP_REF_NONE)
        ref = hp_value_get_ref (value);
    }
  return ref;
}

static HpValue
make_value (HpStepRunner *self, guint32 kind, guint32 place, guint32 path)
{
  switch (kind % 8)
    {
    case 7:
      return hp_value_integer ((gint32) path);
    case 6:
      return hp_value_boolean (path % 2);
    case 5:
      return hp_value_undefined ();
    case 4:
      return HP_VALUE_NOTHING;
    default:
      return hp_value_ref (find_object (self, place, path));
    }
}

static void
store_in_object (HpStepRunner *self, HpRef host, guint32 slot, HpValue value)
{
  if (host != HP_REF_NONE && slots_of (self, host) > 0)
    hp_machine_write (self->machine, host, slot % slots_of (self, host), value);
}

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static guint32
count_slots (guint32 shape, guint32 length)
{
  return SHAPES[shape].n_slots + (SHAPES[shape].tail == HP_TAIL_SLOTS ? length : 0);
}

/* Mostly short; one in thirteen of any regular size, one in forty a large object. */
static guint32
make_length (HpStepRunner *self, guint32 shape, guint32 number)
{
  guint32 length = number / 40;

  if (SHAPES[shape].tail == HP_TAIL_NONE)
    return 0;
  if (number % 40 == 39)
    length = self->large_length + length % self->large_length;
  else if (number % 40 >= 36)
    length %= self->large_length;
  else
    length %= 8;
  return SHAPES[shape].tail == HP_TAIL_BYTES ? length * 5 : length;
}

static HpRef
allocate (HpStepRunner *self, guint32 shape, guint32 length)
{
  HpRef ref = hp_machine_allocate (self->machine, self->shapes[shape], length);

  if (ref != HP_REF_NONE)
    {
      if (self->objects->len <= ref)
        g_array_set_size (self->objects, ref + 1);
      g_array_index (self->objects, Allocated, ref) = (Allocated){ shape, count_slots (shape, length) };
    }
  return ref;
}

/* ---- steps ------------------------------------------------------------------------------------------------------- */

/* SHAPE LENGTH KEEP PLACE PATH SLOT: the new object goes to PLACE, or to a slot of the object there, or nowhere. */
static void
step_allocate (HpStepRunner *self, const guint32 *numbers)
{
  guint32 shape = numbers[0] % N_SHAPES;
  HpRef ref = allocate (self, shape, make_length (self, shape, numbers[1]));

  if (numbers[2] % 3 == 0)
    store (self, numbers[3], hp_value_ref (ref));
  else if (numbers[2] % 3 == 1) /* the way there reads, but nothing collects meanwhile */
    store_in_object (self, find_object (self, numbers[3], numbers[4]), numbers[5], hp_value_ref (ref));
}

/* ROOT LENGTH: a list whose newest element is held by the root. */
static void
step_list (HpStepRunner *self, const guint32 *numbers)
{
  guint32 root = self->roots[numbers[0] % N_ROOTS];
  guint n = 1 + numbers[1] % 24;

  for (guint i = 0; i < n && hp_machine_is_running (self->machine); i++)
    {
      HpRef ref = allocate (self, SHAPE_PAIR, 0);

      if (ref == HP_REF_NONE)
        return;
      hp_machine_write (self->machine, ref, 0, hp_machine_get_root (self->machine, root));
      hp_machine_set_root (self->machine, root, hp_value_ref (ref));
    }
}

/* VALUE PLACE PATH PLACE PATH SLOT: a value, from PLACE by PATH where it is a reference, into a slot of an object. */
static void
step_write (HpStepRunner *self, const guint32 *numbers)
{
  HpValue value = make_value (self, numbers[0], numbers[1], numbers[2]);

  store_in_object (self, find_object (self, numbers[3], numbers[4]), numbers[5], value);
}

/* PLACE PATH: a Record there changes its hidden class, to and fro. */
static void
step_reshape (HpStepRunner *self, const guint32 *numbers)
{
  HpRef ref = find_object (self, numbers[0], numbers[1]);
  guint32 record = self->shapes[SHAPE_RECORD];

  if (ref != HP_REF_NONE && g_array_index (self->objects, Allocated, ref).shape == SHAPE_RECORD)
    hp_machine_reshape (
        self->machine, ref, hp_machine_shape_of (self->machine, ref) == record ? self->account : record);
}

/* PLACE PATH BYTES: the object there gets them outside of the heap, unless it has some. */
static void
step_attach (HpStepRunner *self, const guint32 *numbers)
{
  HpRef ref = find_object (self, numbers[0], numbers[1]);
  guint32 n;

  if (ref != HP_REF_NONE && hp_machine_external (self->machine, ref, &n) == NULL)
    hp_machine_attach_external (self->machine, ref, numbers[2] % MOST_EXTERNAL_BYTES);
}

/* VALUE PLACE PATH PLACE: a value into a local or root. */
static void
step_set (HpStepRunner *self, const guint32 *numbers)
{
  store (self, numbers[3], make_value (self, numbers[0], numbers[1], numbers[2]));
}

/* FUNCTION: called with what the first roots hold. */
static void
step_call (HpStepRunner *self, const guint32 *numbers)
{
  guint i = numbers[0] % N_FUNCTIONS;
  HpValue arguments[] = { hp_machine_get_root (self->machine, self->roots[0]),
                          hp_machine_get_root (self->machine, self->roots[1]) };

  if (self->depth < MAX_DEPTH
      && hp_machine_call_with (self->machine, self->functions[i], arguments, FUNCTIONS[i].n_parameters))
    self->n_locals[self->depth++] = FUNCTIONS[i].n_locals;
}

static void
step_return (HpStepRunner *self, const guint32 *numbers)
{
  if (self->depth == 0)
    return;
  hp_machine_return (self->machine);
  self->depth--;
}

/* PLACE */
static void
step_forget (HpStepRunner *self, const guint32 *numbers)
{
  store (self, numbers[0], hp_value_undefined ());
}

static void
step_collect_young (HpStepRunner *self, const guint32 *numbers)
{
  hp_machine_collect (self->machine, HP_COLLECTION_YOUNG);
}

static void
step_collect_full (HpStepRunner *self, const guint32 *numbers)
{
  hp_machine_collect (self->machine, HP_COLLECTION_FULL);
}

/* ---- weak things ------------------------------------------------------------------------------------------------- */

static gboolean
has_references (const HpStepRunner *self, HpRef ref, HpReferences references)
{
  return ref != HP_REF_NONE && SHAPES[g_array_index (self->objects, Allocated, ref).shape].references == references;
}

/* PLACE PATH PLACE: what the weak reference there refers to goes to the other place. */
static void
step_deref (HpStepRunner *self, const guint32 *numbers)
{
  HpRef ref = find_object (self, numbers[0], numbers[1]);

  if (has_references (self, ref, HP_REFERENCES_WEAK) || has_references (self, ref, HP_REFERENCES_FINALIZED))
    store (self, numbers[2], hp_machine_deref (self->machine, ref));
}

/* PLACE PATH PAIR PLACE PATH: a new object, reachable only by an entry of the table there, whose key is the object
 * where the other path leads. Where there is no table, a new one is put into the first place. */
static void
step_entry (HpStepRunner *self, const guint32 *numbers)
{
  gboolean is_table = has_references (self, find_object (self, numbers[0], numbers[1]), HP_REFERENCES_EPHEMERONS);
  HpRef made = allocate (self, is_table ? SHAPE_PAIR : SHAPE_TABLE, is_table ? 0 : 2 + 2 * (numbers[2] % 6));
  HpRef table = find_object (self, numbers[0], numbers[1]);
  HpRef key = find_object (self, numbers[3], numbers[4]);

  if (made == HP_REF_NONE)
    return;
  if (!is_table)
    store (self, numbers[0], hp_value_ref (made));
  else if (key != HP_REF_NONE && has_references (self, table, HP_REFERENCES_EPHEMERONS) && slots_of (self, table) > 2)
    {
      guint32 slot = 1 + 2 * (numbers[2] % ((slots_of (self, table) - 1) / 2));

      hp_machine_write (self->machine, table, slot, hp_value_ref (key));
      hp_machine_write (self->machine, table, slot + 1, hp_value_ref (made));
    }
}

static void
step_end_job (HpStepRunner *self, const guint32 *numbers)
{
  hp_machine_end_job (self->machine);
}

/* PLACE: the cell goes there, if there is one. */
static void
step_take_finalized (HpStepRunner *self, const guint32 *numbers)
{
  HpRef ref = hp_machine_take_finalized (self->machine);

  if (ref != HP_REF_NONE)
    store (self, numbers[0], hp_value_ref (ref));
}

/* MICROSECONDS */
static void
step_wait (HpStepRunner *self, const guint32 *numbers)
{
  hp_machine_wait (self->machine, (guint64) numbers[0] * 1000);
}

/* New kinds go to the end: the numbers of the others are in no file, but their order decides what a seed gives. */
static const HpStepKind KINDS[] = {
  { "allocate", 40, 6, step_allocate },
  { "list", 5, 2, step_list },
  { "write", 15, 6, step_write },
  { "set", 10, 4, step_set },
  { "call", 10, 1, step_call },
  { "return", 10, 0, step_return },
  { "forget", 7, 1, step_forget },
  { "collect-full", 1, 0, step_collect_full },
  { "collect-young", 2, 0, step_collect_young },
  { "deref", 3, 3, step_deref },
  { "entry", 8, 5, step_entry },
  { "end-job", 4, 0, step_end_job },
  { "take-finalized", 2, 1, step_take_finalized },
  { "wait", 1, 1, step_wait },
  { "reshape", 4, 2, step_reshape },
  { "attach", 4, 3, step_attach },
};

const HpStepKind *
hp_step_kinds (guint *n)
{
  *n = G_N_ELEMENTS (KINDS);
  return KINDS;
}

/* ---- running ----------------------------------------------------------------------------------------------------- */

HpStepRunner *
hp_step_runner_new (HpMachine *machine)
{
  const HpSettings *settings = hp_machine_settings (machine);
  HpStepRunner *self = g_new0 (HpStepRunner, 1);

  self->machine = machine;
  self->large_length = (guint32) hp_settings_get_integer (settings, "max-regular-object-size") / HP_WORD_BYTES;
  self->objects = g_array_new (FALSE, TRUE, sizeof (Allocated));
  for (guint i = 0; i < N_SHAPES; i++)
    self->shapes[i] = hp_machine_define_shape (machine, &SHAPES[i]);
  self->account = hp_machine_define_shape (machine, &ACCOUNT);
  for (guint i = 0; i < N_FUNCTIONS; i++)
    self->functions[i] = hp_machine_define_function (machine, &FUNCTIONS[i]);
  for (guint i = 0; i < N_ROOTS; i++)
    {
      char name[] = { 'r', 'o', 'o', 't', ' ', (char) ('0' + i), '\0' };

      self->roots[i] = hp_machine_define_root (machine, name);
    }
  return self;
}

void
hp_step_runner_free (HpStepRunner *self)
{
  g_array_unref (self->objects);
  g_free (self);
}

void
hp_step_runner_take (HpStepRunner *self, const HpStep *step)
{
  KINDS[step->kind % G_N_ELEMENTS (KINDS)].run (self, step->numbers);
}
