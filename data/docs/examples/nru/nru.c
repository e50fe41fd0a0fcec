/* nru.c - not recently used: rather a page that was not referenced of late, rather one that need not be written out
 *
 * A. S. Tanenbaum, Modern Operating Systems, 3.4.2.
 */
#include <heaparium.h>

typedef struct
{
  gint64 period;   /* faults from one clearing of the referenced bits to the next */
  gint64 n_faults; /* since the last one */
  guint32 hand;    /* the search begins here, so that it does not always find the same frames */
} Nru;

static gpointer
nru_create (HpReplacementContext *context)
{
  Nru *self = g_new0 (Nru, 1);

  self->period = hp_settings_get_integer (hp_replacement_settings (context), "period");
  return self;
}

/* 0: neither referenced nor dirty … 3: both. */
static guint
class_of (HpReplacementContext *context, guint32 frame)
{
  return 2 * (guint) hp_replacement_is_referenced (context, frame) + (guint) hp_replacement_is_dirty (context, frame);
}

static void
clear_bits (Nru *self, HpReplacementContext *context)
{
  for (guint32 frame = 0; frame < hp_replacement_n_frames (context); frame++)
    hp_replacement_clear_referenced (context, frame);
  self->n_faults = 0;
}

static guint32
nru_victim (gpointer instance, HpReplacementContext *context, guint32 page)
{
  Nru *self = instance;
  guint32 n_frames = hp_replacement_n_frames (context);
  guint32 best = self->hand % n_frames;

  for (guint32 i = 1; i < n_frames; i++)
    if (class_of (context, (self->hand + i) % n_frames) < class_of (context, best))
      best = (self->hand + i) % n_frames;
  self->hand = best + 1;
  if (++self->n_faults == self->period)
    clear_bits (self, context);
  return best;
}

static const HpReplacementPolicy nru = {
  .struct_size = sizeof (HpReplacementPolicy),
  .id = "nru",
  .create = nru_create,
  .destroy = g_free,
  .victim = nru_victim,
};

HP_DEFINE_REPLACEMENT ("nru", nru)
