/* definition.c - the tables of definitions of one run
 *
 * Each kind is an array of pointers to definitions; texts and name lists live in one arena, so nothing is freed singly.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/definition.h"

/* An id must fit the 24-bit detail of an event. */
#define MAX_DEFINITIONS ((1u << 24) - 1)
#define PAGES_IN_BLOCK 256

struct _HpDefinitions
{
  GPtrArray *tables[HP_N_DEFINITION_KINDS]; /* element id - 1 */
  GHashTable *string_ids;                   /* text -> id */
  GStringChunk *texts;
  GPtrArray *blocks;  /* name lists and structs */
  HpPage *free_pages; /* the rest of the newest block of pages */
  guint n_free_pages;
};

guint32
hp_shape_size_words (const HpShape *shape, guint32 length)
{
  guint64 words = (guint64) shape->header_words + shape->n_slots;

  if (shape->tail == HP_TAIL_SLOTS)
    words += length;
  else if (shape->tail == HP_TAIL_BYTES)
    words += ((guint64) length + HP_WORD_BYTES - 1) / HP_WORD_BYTES;
  return (guint32) CLAMP (words, 2, G_MAXUINT32);
}

guint32
hp_shape_count_slots (const HpShape *shape, guint32 size_words)
{
  if (shape->tail != HP_TAIL_SLOTS)
    return shape->n_slots;
  return size_words > shape->header_words ? size_words - shape->header_words : 0;
}

gboolean
hp_shape_references_fit (const HpShape *shape)
{
  switch (shape->references)
    {
    case HP_REFERENCES_STRONG:
      return TRUE;
    case HP_REFERENCES_WEAK:
    case HP_REFERENCES_FINALIZED:
      return shape->n_slots > 0;
    case HP_REFERENCES_EPHEMERONS:
      return shape->tail == HP_TAIL_SLOTS;
    default:
      return FALSE;
    }
}

gboolean
hp_shape_can_become (const HpShape *from, const HpShape *to)
{
  return from->header_words == to->header_words && from->n_slots == to->n_slots && from->tail == to->tail
         && from->references == to->references;
}

HpSlotStrength
hp_shape_slot_strength (const HpShape *shape, guint32 index)
{
  switch (shape->references)
    {
    case HP_REFERENCES_WEAK:
    case HP_REFERENCES_FINALIZED:
      return index == 0 ? HP_SLOT_WEAK : HP_SLOT_STRONG;
    case HP_REFERENCES_EPHEMERONS:
      if (index < shape->n_slots)
        return HP_SLOT_STRONG;
      return (index - shape->n_slots) % 2 == 0 ? HP_SLOT_KEY : HP_SLOT_VALUE;
    default:
      return HP_SLOT_STRONG;
    }
}

HpDefinitions *
hp_definitions_new (void)
{
  HpDefinitions *self = g_new0 (HpDefinitions, 1);

  for (guint kind = 0; kind < HP_N_DEFINITION_KINDS; kind++)
    self->tables[kind] = g_ptr_array_new ();
  self->string_ids = g_hash_table_new (g_str_hash, g_str_equal);
  self->texts = g_string_chunk_new (4096);
  self->blocks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
hp_definitions_free (HpDefinitions *self)
{
  if (self == NULL)
    return;
  for (guint kind = 0; kind < HP_N_DEFINITION_KINDS; kind++)
    g_ptr_array_unref (self->tables[kind]);
  g_hash_table_unref (self->string_ids);
  g_string_chunk_free (self->texts);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

guint32
hp_definitions_count (const HpDefinitions *self, HpDefinitionKind kind)
{
  g_return_val_if_fail (kind < HP_N_DEFINITION_KINDS, 0);

  return self->tables[kind]->len;
}

static gconstpointer
look_up (const HpDefinitions *self, HpDefinitionKind kind, guint32 id)
{
  const GPtrArray *table = self->tables[kind];

  return id >= 1 && id <= table->len ? g_ptr_array_index (table, id - 1) : NULL;
}

const char *
hp_definitions_string (const HpDefinitions *self, guint32 id)
{
  return look_up (self, HP_DEFINITION_STRING, id);
}

const HpShape *
hp_definitions_shape (const HpDefinitions *self, guint32 id)
{
  return look_up (self, HP_DEFINITION_SHAPE, id);
}

const HpFunction *
hp_definitions_function (const HpDefinitions *self, guint32 id)
{
  return look_up (self, HP_DEFINITION_FUNCTION, id);
}

const HpSource *
hp_definitions_source (const HpDefinitions *self, guint32 id)
{
  return look_up (self, HP_DEFINITION_SOURCE, id);
}

const HpPage *
hp_definitions_page (const HpDefinitions *self, guint32 id)
{
  return look_up (self, HP_DEFINITION_PAGE, id);
}

const HpRoot *
hp_definitions_root (const HpDefinitions *self, guint32 id)
{
  return look_up (self, HP_DEFINITION_ROOT, id);
}

static guint32
add (HpDefinitions *self, HpDefinitionKind kind, gpointer definition)
{
  GPtrArray *table = self->tables[kind];

  g_return_val_if_fail (table->len < MAX_DEFINITIONS, 0);

  g_ptr_array_add (table, definition);
  return table->len;
}

static gpointer
keep_block (HpDefinitions *self, gconstpointer block, gsize bytes)
{
  gpointer copy = g_memdup2 (block, bytes);

  g_ptr_array_add (self->blocks, copy);
  return copy;
}

/* Texts are kept once, however often they are given. */
static const char *
keep_text (HpDefinitions *self, const char *text)
{
  return text ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

static const char *const *
keep_names (HpDefinitions *self, const char *const *names, guint32 n)
{
  const char **copy;

  if (names == NULL || n == 0)
    return NULL;
  copy = keep_block (self, names, n * sizeof *names);
  for (guint32 i = 0; i < n; i++)
    copy[i] = keep_text (self, copy[i]);
  return copy;
}

guint32
hp_definitions_add_string (HpDefinitions *self, const char *text)
{
  gpointer known;
  guint32 id;
  char *copy;

  g_return_val_if_fail (text != NULL, 0);

  known = g_hash_table_lookup (self->string_ids, text);
  if (known != NULL)
    return GPOINTER_TO_UINT (known);
  copy = (char *) keep_text (self, text);
  id = add (self, HP_DEFINITION_STRING, copy);
  g_hash_table_insert (self->string_ids, copy, GUINT_TO_POINTER (id));
  return id;
}

guint32
hp_definitions_add_shape (HpDefinitions *self, const HpShape *shape)
{
  HpShape *copy;

  g_return_val_if_fail (shape->name != NULL, 0);
  g_return_val_if_fail (shape->header_words >= (shape->tail == HP_TAIL_NONE ? 1 : 2), 0);
  g_return_val_if_fail (shape->n_slots <= G_MAXUINT16, 0);
  g_return_val_if_fail (hp_shape_references_fit (shape), 0);

  copy = keep_block (self, shape, sizeof *shape);
  copy->name = keep_text (self, shape->name);
  copy->slot_names = keep_names (self, shape->slot_names, shape->n_slots);
  return copy->id = add (self, HP_DEFINITION_SHAPE, copy);
}

guint32
hp_definitions_add_function (HpDefinitions *self, const HpFunction *function)
{
  HpFunction *copy;

  g_return_val_if_fail (function->name != NULL, 0);
  g_return_val_if_fail (function->n_parameters <= function->n_locals, 0);
  g_return_val_if_fail (function->n_locals <= G_MAXUINT16, 0);

  copy = keep_block (self, function, sizeof *function);
  copy->name = keep_text (self, function->name);
  copy->local_names = keep_names (self, function->local_names, function->n_locals);
  return copy->id = add (self, HP_DEFINITION_FUNCTION, copy);
}

guint32
hp_definitions_add_source (HpDefinitions *self, const HpSource *source)
{
  HpSource *copy;

  g_return_val_if_fail (source->name != NULL && source->text != NULL, 0);

  copy = keep_block (self, source, sizeof *source);
  copy->name = keep_text (self, source->name);
  copy->text = keep_text (self, source->text);
  return copy->id = add (self, HP_DEFINITION_SOURCE, copy);
}

/* A trace may have millions of them. */
static HpPage *
take_page (HpDefinitions *self)
{
  if (self->n_free_pages == 0)
    {
      self->n_free_pages = PAGES_IN_BLOCK;
      self->free_pages = g_new (HpPage, PAGES_IN_BLOCK);
      g_ptr_array_add (self->blocks, self->free_pages);
    }
  self->n_free_pages--;
  return self->free_pages++;
}

guint32
hp_definitions_add_page (HpDefinitions *self, const HpPage *page)
{
  HpPage *copy = take_page (self);

  *copy = *page;
  return copy->id = add (self, HP_DEFINITION_PAGE, copy);
}

guint32
hp_definitions_add_root (HpDefinitions *self, const HpRoot *root)
{
  HpRoot *copy;

  g_return_val_if_fail (root->name != NULL, 0);

  copy = keep_block (self, root, sizeof *root);
  copy->name = keep_text (self, root->name);
  return copy->id = add (self, HP_DEFINITION_ROOT, copy);
}
