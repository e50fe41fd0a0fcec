/* feed.c - bytes from a pipe or file into a recording, without ever blocking the main loop
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "feed.h"

#define PIECE_BYTES (64 * 1024)
#define MOST_PIECES 64
#define SLICE_USEC 6000

struct _HpFeed
{
  gint ref_count;

  /* Of the main loop */
  HpDecoder *decoder; /* NULL once ended or stopped */
  HpFeedCallbacks callbacks;
  gpointer user_data;

  /* Of both, under the lock */
  GMutex lock;
  GCond room; /* the queue became shorter, or reading was cancelled */
  GQueue pieces;
  GError *error;
  gboolean at_end;
  gboolean scheduled; /* the main loop will look */

  /* Set at the start */
  GInputStream *stream;
  GCancellable *cancellable;
};

static void
feed_unref (HpFeed *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_queue_clear_full (&self->pieces, (GDestroyNotify) g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->decoder, hp_decoder_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->room);
  g_free (self);
}

static void
end (HpFeed *self, const GError *error)
{
  g_clear_pointer (&self->decoder, hp_decoder_free);
  self->callbacks.ended (self->user_data, error);
}

static GBytes *
take_piece (HpFeed *self, gboolean *at_end)
{
  GBytes *piece;

  g_mutex_lock (&self->lock);
  piece = g_queue_pop_head (&self->pieces);
  *at_end = !piece && self->at_end;
  g_cond_signal (&self->room);
  g_mutex_unlock (&self->lock);
  return piece;
}

static void
stop_reading (HpFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  g_cond_signal (&self->room);
  g_mutex_unlock (&self->lock);
}

/* Damage in the bytes ends the feed: what came before it is kept. */
static gboolean
append_piece (HpFeed *self, GBytes *piece)
{
  g_autoptr (GError) error = NULL;
  gsize n;
  const guint8 *bytes = g_bytes_get_data (piece, &n);

  if (hp_decoder_feed (self->decoder, bytes, n, &error))
    return TRUE;
  stop_reading (self);
  end (self, error);
  return FALSE;
}

static void
finish (HpFeed *self)
{
  g_autoptr (GError) error = NULL;

  if (self->error)
    g_propagate_error (&error, g_error_copy (self->error));
  else
    hp_decoder_finish (self->decoder, &error);
  end (self, error);
}

/* FALSE: the feed is over. */
static gboolean
append_slice (HpFeed *self)
{
  gint64 until = g_get_monotonic_time () + SLICE_USEC;
  gboolean any = FALSE;
  gboolean at_end = FALSE;

  while (self->decoder && (!any || g_get_monotonic_time () < until))
    {
      g_autoptr (GBytes) piece = take_piece (self, &at_end);

      if (!piece)
        break;
      if (!append_piece (self, piece))
        return FALSE;
      any = TRUE;
    }
  if (any)
    self->callbacks.grew (self->user_data);
  if (at_end && self->decoder)
    finish (self);
  return self->decoder != NULL;
}

static gboolean
on_pieces (gpointer data)
{
  HpFeed *self = data;
  gboolean more;

  if (!append_slice (self))
    return G_SOURCE_REMOVE;
  g_mutex_lock (&self->lock);
  more = self->pieces.length > 0 || self->at_end;
  self->scheduled = more;
  g_mutex_unlock (&self->lock);
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* Called with the lock held. Lower than GTK's redraw, so that a flood of events does not stop the picture. */
static void
wake_main_loop (HpFeed *self)
{
  if (self->scheduled)
    return;
  self->scheduled = TRUE;
  g_atomic_int_inc (&self->ref_count);
  g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, on_pieces, self, (GDestroyNotify) feed_unref);
}

/* Called on the reading thread. FALSE: reading is over. */
static gboolean
push (HpFeed *self, GBytes *piece, GError *error)
{
  gboolean more = piece && g_bytes_get_size (piece) > 0;

  g_mutex_lock (&self->lock);
  while (more && self->pieces.length >= MOST_PIECES && !g_cancellable_is_cancelled (self->cancellable))
    g_cond_wait (&self->room, &self->lock);
  if (more)
    g_queue_push_tail (&self->pieces, g_bytes_ref (piece));
  else
    {
      self->at_end = TRUE;
      self->error = error;
    }
  wake_main_loop (self);
  g_mutex_unlock (&self->lock);
  return more;
}

static gpointer
read_all (gpointer data)
{
  HpFeed *self = data;
  gboolean more = TRUE;

  while (more && !g_cancellable_is_cancelled (self->cancellable))
    {
      GError *error = NULL;
      g_autoptr (GBytes) piece = g_input_stream_read_bytes (self->stream, PIECE_BYTES, self->cancellable, &error);

      more = push (self, piece, error);
    }
  feed_unref (self);
  return NULL;
}

HpFeed *
hp_feed_start (GInputStream *stream, HpRecording *recording, const HpFeedCallbacks *callbacks, gpointer user_data)
{
  HpFeed *self = g_new0 (HpFeed, 1);

  self->ref_count = 2;
  self->decoder = hp_decoder_new (recording);
  self->callbacks = *callbacks;
  self->user_data = user_data;
  g_mutex_init (&self->lock);
  g_cond_init (&self->room);
  g_queue_init (&self->pieces);
  self->stream = g_object_ref (stream);
  self->cancellable = g_cancellable_new ();
  g_thread_unref (g_thread_new ("feed", read_all, self));
  return self;
}

void
hp_feed_stop (HpFeed *self)
{
  if (!self)
    return;
  stop_reading (self);
  g_clear_pointer (&self->decoder, hp_decoder_free);
  feed_unref (self);
}
