/* host_memory.c - a reservation of addresses, committed from below
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "heap/host_memory.h"

#include "base/error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>

#define RESERVED_BYTES ((gsize) HP_WORD_BYTES << 32)
#define HUGE_PAGE_BYTES ((gsize) 2 * 1024 * 1024)
/* One system call for so much; less than a machine of any preset takes. */
#define COMMIT_BYTES HUGE_PAGE_BYTES
/* Beyond this huge pages save most misses of the host's TLB and 511 of 512 page faults; a smaller machine is made and
 * gone sooner than one of them is zeroed. */
#define HUGE_FROM_BYTES ((guint64) 4 * 1024 * 1024)
/* Less is not worth a system call; the host's pages are of any size below this. */
#define DISCARD_BYTES ((guint64) 64 * 1024)

G_STATIC_ASSERT (sizeof (gsize) == 8);

static inline guint64
round_up (guint64 bytes, guint64 unit)
{
  return (bytes + unit - 1) / unit * unit;
}

/* Give back what lies around the part that begins and ends where huge pages do. */
static guint64 *
trim (char *start)
{
  gsize before = -(gsize) start & (HUGE_PAGE_BYTES - 1);

  if (before > 0)
    munmap (start, before);
  munmap (start + before + RESERVED_BYTES, HUGE_PAGE_BYTES - before);
  return (guint64 *) (start + before);
}

gboolean
hp_host_memory_reserve (HpHostMemory *self, GError **error)
{
  void *start = mmap (
      NULL, RESERVED_BYTES + HUGE_PAGE_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  if (start == MAP_FAILED)
    {
      g_set_error (error,
                   HP_ERROR,
                   HP_ERROR_FAILED,
                   _ ("cannot reserve 32 GiB of addresses for the simulated heap: %s (is there a limit, ulimit -v?)"),
                   g_strerror (errno));
      return FALSE;
    }
  *self = (HpHostMemory){ trim (start), 0 };
  return TRUE;
}

void
hp_host_memory_clear (HpHostMemory *self)
{
  if (self->words != NULL)
    munmap (self->words, RESERVED_BYTES);
  *self = (HpHostMemory){ 0 };
}

gboolean
hp_host_memory_commit (HpHostMemory *self, guint64 end)
{
  guint64 bytes = self->committed * HP_WORD_BYTES;
  guint64 wanted = MIN (round_up (end * HP_WORD_BYTES, COMMIT_BYTES), RESERVED_BYTES);

  if (end <= self->committed)
    return TRUE;
  if (mprotect (self->words + self->committed, wanted - bytes, PROT_READ | PROT_WRITE) != 0)
    return FALSE;
  if (wanted > HUGE_FROM_BYTES)
    madvise (self->words + self->committed, wanted - bytes, MADV_HUGEPAGE);
  self->committed = wanted / HP_WORD_BYTES;
  return TRUE;
}

void
hp_host_memory_discard (HpHostMemory *self, HpAddress address, guint32 n_words)
{
  guint64 first = round_up ((guint64) address * HP_WORD_BYTES, DISCARD_BYTES);
  guint64 end = ((guint64) address + n_words) * HP_WORD_BYTES / DISCARD_BYTES * DISCARD_BYTES;

  if (first < end)
    madvise (self->words + first / HP_WORD_BYTES, end - first, MADV_DONTNEED);
}
