/* decompressor.c - xz by liblzma, zstd by libzstd, gzip by GLib
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/decompressor.h"

#include <glib/gi18n-lib.h>
#include <lzma.h>
#include <string.h>
#include <zstd.h>

/* Dictionaries of `xz -9` need 65 MiB; a file that asks for much more is an attack. */
#define XZ_MEMORY_LIMIT (256 * 1024 * 1024)

typedef struct
{
  const guint8 *in;
  gsize n_in, n_read;
  guint8 *out;
  gsize n_out, n_written;
  gboolean at_end; /* nothing comes after these bytes */
} Buffers;

typedef enum
{
  STEP_MORE,
  STEP_BOUNDARY, /* a stream is complete: the file may end here, or another one begin */
  STEP_DAMAGED,
} Step;

typedef struct
{
  const char *name;
  guint8 n_mark;
  guint8 mark[HP_DECOMPRESSOR_HEAD_BYTES];
  void (*open) (HpDecompressor *self);
  void (*close) (HpDecompressor *self);
  Step (*step) (HpDecompressor *self, Buffers *io);
} Format;

struct _HpDecompressor
{
  GObject parent_instance;
  const Format *format;
  gboolean at_boundary;
  lzma_stream xz;
  ZSTD_DStream *zstd;
  GConverter *gzip;
};

/* ---- xz --------------------------------------------------------------------------------------------------------- */

static void
xz_open (HpDecompressor *self)
{
  self->xz = (lzma_stream) LZMA_STREAM_INIT;
  /* Fails only without memory, and then so does every lzma_code(). */
  if (lzma_stream_decoder (&self->xz, XZ_MEMORY_LIMIT, LZMA_CONCATENATED) != LZMA_OK)
    g_warning ("liblzma cannot decode");
}

static void
xz_close (HpDecompressor *self)
{
  lzma_end (&self->xz);
}

/* With LZMA_CONCATENATED only liblzma knows where the file may end, and only when told that it does. */
static Step
xz_step (HpDecompressor *self, Buffers *io)
{
  lzma_ret result;

  self->xz.next_in = io->in;
  self->xz.avail_in = io->n_in;
  self->xz.next_out = io->out;
  self->xz.avail_out = io->n_out;
  result = lzma_code (&self->xz, io->at_end ? LZMA_FINISH : LZMA_RUN);
  io->n_read = io->n_in - self->xz.avail_in;
  io->n_written = io->n_out - self->xz.avail_out;
  if (result == LZMA_STREAM_END)
    return STEP_BOUNDARY;
  return result == LZMA_OK || result == LZMA_BUF_ERROR ? STEP_MORE : STEP_DAMAGED;
}

/* ---- zstd ------------------------------------------------------------------------------------------------------- */

static void
zstd_open (HpDecompressor *self)
{
  self->zstd = ZSTD_createDStream ();
}

static void
zstd_close (HpDecompressor *self)
{
  ZSTD_freeDStream (self->zstd);
}

static Step
zstd_step (HpDecompressor *self, Buffers *io)
{
  ZSTD_inBuffer in = { io->in, io->n_in, 0 };
  ZSTD_outBuffer out = { io->out, io->n_out, 0 };
  gsize left;

  /* Without input there is nothing to do behind a frame, and asking would begin the next one. */
  if (io->n_in == 0 && self->at_boundary)
    return STEP_BOUNDARY;
  left = ZSTD_decompressStream (self->zstd, &out, &in);
  io->n_read = in.pos;
  io->n_written = out.pos;
  if (ZSTD_isError (left))
    return STEP_DAMAGED;
  return left == 0 ? STEP_BOUNDARY : STEP_MORE;
}

/* ---- gzip ------------------------------------------------------------------------------------------------------- */

static void
gzip_open (HpDecompressor *self)
{
  self->gzip = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

static void
gzip_close (HpDecompressor *self)
{
  g_object_unref (self->gzip);
}

static Step
gzip_step (HpDecompressor *self, Buffers *io)
{
  g_autoptr (GError) reason = NULL;
  GConverterResult result;

  if (io->n_in == 0 && self->at_boundary)
    return STEP_BOUNDARY;
  if (self->at_boundary)
    g_converter_reset (self->gzip);
  result = g_converter_convert (
      self->gzip, io->in, io->n_in, io->out, io->n_out, G_CONVERTER_NO_FLAGS, &io->n_read, &io->n_written, &reason);
  if (result == G_CONVERTER_FINISHED)
    return STEP_BOUNDARY;
  if (result == G_CONVERTER_CONVERTED || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    return STEP_MORE;
  return STEP_DAMAGED;
}

/* ---- the converter ---------------------------------------------------------------------------------------------- */

static const Format FORMATS[] = {
  { "xz", 6, { 0xfd, '7', 'z', 'X', 'Z', 0 }, xz_open, xz_close, xz_step },
  { "zstd", 4, { 0x28, 0xb5, 0x2f, 0xfd }, zstd_open, zstd_close, zstd_step },
  { "gzip", 2, { 0x1f, 0x8b }, gzip_open, gzip_close, gzip_step },
};

static GConverterResult
fail (GError **error, const char *message, const char *format_name)
{
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, message, format_name);
  return G_CONVERTER_ERROR;
}

static GConverterResult
decompressor_convert (GConverter *converter,
                      const void *in,
                      gsize n_in,
                      void *out,
                      gsize n_out,
                      GConverterFlags flags,
                      gsize *n_read,
                      gsize *n_written,
                      GError **error)
{
  HpDecompressor *self = HP_DECOMPRESSOR (converter);
  Buffers io = { in, n_in, 0, out, n_out, 0, (flags & G_CONVERTER_INPUT_AT_END) != 0 };
  Step step = self->format->step (self, &io);
  gboolean moved = io.n_read > 0 || io.n_written > 0;

  *n_read = io.n_read;
  *n_written = io.n_written;
  if (step == STEP_DAMAGED)
    return fail (error, _ ("the %s data is damaged"), self->format->name);
  self->at_boundary = step == STEP_BOUNDARY;
  if (self->at_boundary && io.at_end && io.n_read == n_in)
    return G_CONVERTER_FINISHED;
  if (moved)
    return G_CONVERTER_CONVERTED;
  if (io.at_end)
    return fail (error, _ ("the %s data ends early"), self->format->name);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "more input is needed");
  return G_CONVERTER_ERROR;
}

static void
decompressor_reset (GConverter *converter)
{
  HpDecompressor *self = HP_DECOMPRESSOR (converter);

  self->format->close (self);
  self->format->open (self);
  self->at_boundary = FALSE;
}

static void
decompressor_iface_init (GConverterIface *iface)
{
  iface->convert = decompressor_convert;
  iface->reset = decompressor_reset;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (HpDecompressor,
                               hp_decompressor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, decompressor_iface_init))

static void
hp_decompressor_finalize (GObject *object)
{
  HpDecompressor *self = HP_DECOMPRESSOR (object);

  self->format->close (self);
  G_OBJECT_CLASS (hp_decompressor_parent_class)->finalize (object);
}

static void
hp_decompressor_class_init (HpDecompressorClass *class)
{
  G_OBJECT_CLASS (class)->finalize = hp_decompressor_finalize;
}

static void
hp_decompressor_init (HpDecompressor *self)
{
}

HpDecompressor *
hp_decompressor_new_for (const guint8 *head, gsize n)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    if (n >= FORMATS[i].n_mark && memcmp (head, FORMATS[i].mark, FORMATS[i].n_mark) == 0)
      {
        HpDecompressor *self = g_object_new (HP_TYPE_DECOMPRESSOR, NULL);

        self->format = &FORMATS[i];
        self->format->open (self);
        return self;
      }
  return NULL;
}
