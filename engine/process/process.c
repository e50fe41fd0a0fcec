/* process.c - reads one sample from the files of /proc/PID
 *
 * Invariant: stat is read last. A number cannot go to another process while the first one lives, so where stat still
 * tells the start time that was told at the opening, all that was read before was of the same process.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/process.h"

#include "process/proc_file.h"
#include "process/proc_text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define ENTRIES 4096                                 /* of pagemap, read at once */
#define LARGEST_HEAP (G_GUINT64_CONSTANT (16) << 30) /* of a larger one pagemap is not read: it would take too long */

struct _HpProcess
{
  gatomicrefcount references;
  char *proc;
  guint pid;
  char *name;
  guint64 start_time;
  gsize page_bytes;
  GByteArray *text; /* of the file that is being read */
  GArray *ranges;   /* of HpProcRange: the heap */
};

/* ---- files ------------------------------------------------------------------------------------------------------ */

static gboolean
is_gone (int error_number)
{
  return error_number == ENOENT || error_number == ESRCH;
}

static char *
file_name (HpProcess *self, const char *file)
{
  return g_strdup_printf ("%s/%u/%s", self->proc, self->pid, file);
}

static HpProcessVerdict
refuse_file (HpProcess *self, const char *file, int error_number, GError **error)
{
  g_autofree char *name = file_name (self, file);

  if (is_gone (error_number))
    return HP_PROCESS_OVER;
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("cannot read %s: %s"), name, g_strerror (error_number));
  return HP_PROCESS_FAILED;
}

/* Whether @file was read and says something: not every kernel has, and not every process shows, all of them. */
static gboolean
read_if_there (HpProcess *self, const char *file)
{
  return hp_proc_read (self->proc, self->pid, file, self->text) == 0 && self->text->len > 0;
}

static HpProcessVerdict
read_stat (HpProcess *self, HpProcStat *stat, GError **error)
{
  g_autofree char *name = file_name (self, "stat");
  int refused = hp_proc_read (self->proc, self->pid, "stat", self->text);

  if (refused != 0)
    return refuse_file (self, "stat", refused, error);
  if (!hp_proc_parse_stat ((const char *) self->text->data, self->text->len, name, stat, error))
    return HP_PROCESS_FAILED;
  return hp_proc_stat_is_over (stat) ? HP_PROCESS_OVER : HP_PROCESS_LIVES;
}

static HpProcessVerdict
read_status (HpProcess *self, HpProcessSample *sample, guint64 *user, GError **error)
{
  g_autofree char *name = file_name (self, "status");
  int refused = hp_proc_read (self->proc, self->pid, "status", self->text);
  gboolean has_memory;

  if (refused != 0)
    return refuse_file (self, "status", refused, error);
  if (!hp_proc_parse_status ((const char *) self->text->data, self->text->len, name, sample, user, &has_memory, error))
    return HP_PROCESS_FAILED;
  return has_memory ? HP_PROCESS_LIVES : HP_PROCESS_OVER;
}

static gboolean
read_rollup (HpProcess *self, HpProcessSample *sample, GError **error)
{
  g_autofree char *name = file_name (self, "smaps_rollup");

  return !read_if_there (self, "smaps_rollup")
         || hp_proc_parse_rollup ((const char *) self->text->data, self->text->len, name, sample, error);
}

/* ---- the heap --------------------------------------------------------------------------------------------------- */

static guint64
heap_bytes (HpProcess *self)
{
  guint64 bytes = 0;

  for (guint i = 0; i < self->ranges->len; i++)
    {
      const HpProcRange *range = &g_array_index (self->ranges, HpProcRange, i);
      bytes += range->end - range->start;
    }
  return bytes;
}

/* Adds the pages of @range that exist. FALSE where pagemap does not tell. */
static gboolean
count_range (HpProcess *self, int pagemap, const HpProcRange *range, guint64 *pages)
{
  guint64 entries[ENTRIES];
  guint64 end = range->end / self->page_bytes;

  for (guint64 page = range->start / self->page_bytes; page < end; page += ENTRIES)
    {
      gsize wanted = (gsize) MIN (end - page, ENTRIES);
      ssize_t n = pread (pagemap, entries, wanted * sizeof *entries, (off_t) (page * sizeof *entries));

      if (n < 0)
        return FALSE;
      *pages += hp_proc_count_pages (entries, (gsize) n / sizeof *entries);
    }
  return TRUE;
}

/* What pagemap tells of the mappings found. Nothing where the kernel shows it to nobody. */
static void
count_touched (HpProcess *self, HpProcessSample *sample)
{
  g_autofree char *name = file_name (self, "pagemap");
  int pagemap = open (name, O_RDONLY | O_CLOEXEC);
  guint64 pages = 0;
  gboolean told = pagemap >= 0;

  for (guint i = 0; told && i < self->ranges->len; i++)
    told = count_range (self, pagemap, &g_array_index (self->ranges, HpProcRange, i), &pages);
  if (pagemap >= 0)
    close (pagemap);
  if (told)
    hp_process_sample_set (sample, HP_PROCESS_HEAP_TOUCHED, pages * self->page_bytes);
}

static gboolean
read_heap (HpProcess *self, HpProcessSample *sample, GError **error)
{
  g_autofree char *name = file_name (self, "maps");

  if (!read_if_there (self, "maps"))
    return TRUE;
  g_array_set_size (self->ranges, 0);
  if (!hp_proc_parse_maps ((const char *) self->text->data, self->text->len, name, self->ranges, error))
    return FALSE;
  hp_process_sample_set (sample, HP_PROCESS_HEAP, heap_bytes (self));
  if (sample->bytes[HP_PROCESS_HEAP] <= LARGEST_HEAP)
    count_touched (self, sample);
  return TRUE;
}

/* ---- sampling --------------------------------------------------------------------------------------------------- */

static HpProcessVerdict
finish_sample (HpProcess *self, HpProcessSample *sample, GError **error)
{
  HpProcStat stat;
  HpProcessVerdict verdict = read_stat (self, &stat, error);

  if (verdict != HP_PROCESS_LIVES)
    return verdict;
  sample->minor_faults = stat.minor_faults;
  sample->major_faults = stat.major_faults;
  sample->threads = stat.threads;
  g_strlcpy (sample->name, stat.name, sizeof sample->name);
  return stat.start_time == self->start_time ? HP_PROCESS_LIVES : HP_PROCESS_OVER;
}

HpProcessVerdict
hp_process_sample (HpProcess *self, gint64 time_us, HpProcessSample *sample, GError **error)
{
  HpProcessVerdict verdict;
  guint64 user;

  g_return_val_if_fail (self != NULL, HP_PROCESS_OVER);
  g_return_val_if_fail (sample != NULL, HP_PROCESS_OVER);

  *sample = (HpProcessSample){ .time_us = time_us };
  verdict = read_status (self, sample, &user, error);
  if (verdict != HP_PROCESS_LIVES)
    return verdict;
  if (!read_rollup (self, sample, error) || !read_heap (self, sample, error))
    return HP_PROCESS_FAILED;
  return finish_sample (self, sample, error);
}

/* ---- the object ------------------------------------------------------------------------------------------------- */

static gboolean
refuse_absent (HpProcess *self, HpProcessVerdict verdict, GError **error)
{
  if (verdict == HP_PROCESS_OVER)
    g_set_error (error, HP_ERROR, HP_ERROR_NOT_FOUND, _ ("there is no process %u"), self->pid);
  return FALSE;
}

static gboolean
identify (HpProcess *self, guint64 asks, GError **error)
{
  HpProcessSample sample = { 0 };
  HpProcStat stat;
  guint64 owner;
  HpProcessVerdict verdict = read_stat (self, &stat, error);

  if (verdict != HP_PROCESS_LIVES)
    return refuse_absent (self, verdict, error);
  self->start_time = stat.start_time;
  self->name = g_strdup (stat.name);
  verdict = read_status (self, &sample, &owner, error);
  if (verdict == HP_PROCESS_FAILED)
    return FALSE;
  if (verdict == HP_PROCESS_OVER)
    g_set_error (error,
                 HP_ERROR,
                 HP_ERROR_INPUT,
                 _ ("process %u (%s) has no memory of its own: it ends just now, or is a thread of the kernel"),
                 self->pid,
                 self->name);
  else if (asks != 0 && asks != owner)
    g_set_error (error,
                 HP_ERROR,
                 HP_ERROR_INPUT,
                 _ ("process %u (%s) belongs to user %" G_GUINT64_FORMAT "; you are user %" G_GUINT64_FORMAT
                    " and can only watch processes of your own"),
                 self->pid,
                 self->name,
                 owner,
                 asks);
  else
    return TRUE;
  return FALSE;
}

HpProcess *
hp_process_open (const char *proc, guint pid, guint64 user, GError **error)
{
  g_autoptr (HpProcess) self = NULL;

  g_return_val_if_fail (proc != NULL, NULL);

  self = g_new0 (HpProcess, 1);
  g_atomic_ref_count_init (&self->references);
  self->proc = g_strdup (proc);
  self->pid = pid;
  self->page_bytes = (gsize) sysconf (_SC_PAGESIZE);
  self->text = g_byte_array_new ();
  self->ranges = g_array_new (FALSE, FALSE, sizeof (HpProcRange));
  return identify (self, user, error) ? g_steal_pointer (&self) : NULL;
}

HpProcess *
hp_process_ref (HpProcess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
hp_process_unref (HpProcess *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->ranges);
  g_byte_array_unref (self->text);
  g_free (self->name);
  g_free (self->proc);
  g_free (self);
}

guint
hp_process_pid (const HpProcess *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->pid;
}

const char *
hp_process_name (const HpProcess *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}
