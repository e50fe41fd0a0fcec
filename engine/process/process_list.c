/* process_list.c - goes through /proc
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/process_list.h"

#include "process/proc_file.h"
#include "process/proc_text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_COMMAND 400

typedef struct
{
  const char *proc;
  guint64 user;
  GByteArray *text;
} Search;

static void
info_free (gpointer data)
{
  HpProcessInfo *self = data;

  g_free (self->name);
  g_free (self->command);
  g_free (self);
}

static gboolean
read_file (Search *search, guint pid, const char *file)
{
  return hp_proc_read (search->proc, pid, file, search->text) == 0;
}

/* The arguments lie behind each other, each with a NUL at its end. */
static char *
read_command (Search *search, guint pid)
{
  gsize n;
  char *line;

  if (!read_file (search, pid, "cmdline"))
    return g_strdup ("");
  n = MIN (search->text->len, LONGEST_COMMAND);
  for (gsize i = 0; i < n; i++)
    if (search->text->data[i] < 0x20 || search->text->data[i] == 0x7f)
      search->text->data[i] = ' ';
  line = g_utf8_make_valid ((const char *) search->text->data, (gssize) n);
  return g_strstrip (line);
}

/* NULL where it is no process to be watched. */
static HpProcessInfo *
look_at (Search *search, guint pid)
{
  HpProcessSample sample = { 0 };
  HpProcStat stat;
  guint64 owner;
  gboolean has_memory;
  HpProcessInfo *info;

  if (!read_file (search, pid, "status")
      || !hp_proc_parse_status (
          (const char *) search->text->data, search->text->len, "status", &sample, &owner, &has_memory, NULL))
    return NULL;
  if (!has_memory || (search->user != 0 && search->user != owner))
    return NULL;
  if (!read_file (search, pid, "stat")
      || !hp_proc_parse_stat ((const char *) search->text->data, search->text->len, "stat", &stat, NULL)
      || hp_proc_stat_is_over (&stat))
    return NULL;
  info = g_new0 (HpProcessInfo, 1);
  info->pid = pid;
  info->name = g_strdup (stat.name);
  info->command = read_command (search, pid);
  info->resident = sample.bytes[HP_PROCESS_RESIDENT];
  return info;
}

static gint
by_size (gconstpointer a, gconstpointer b)
{
  const HpProcessInfo *x = *(HpProcessInfo *const *) a, *y = *(HpProcessInfo *const *) b;

  if (x->resident != y->resident)
    return x->resident > y->resident ? -1 : 1;
  return x->pid < y->pid ? -1 : x->pid > y->pid;
}

GPtrArray *
hp_process_list (const char *proc, guint64 user, guint except, GError **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  Search search = { proc, user, text };
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) reason = NULL;
  GPtrArray *list;
  const char *name;

  g_return_val_if_fail (proc != NULL, NULL);

  folder = g_dir_open (proc, 0, &reason);
  if (folder == NULL)
    {
      g_set_error (error, HP_ERROR, HP_ERROR_FAILED, _ ("cannot list the processes: %s"), reason->message);
      return NULL;
    }
  list = g_ptr_array_new_with_free_func (info_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      guint64 pid;
      HpProcessInfo *info = NULL;

      if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT, &pid, NULL) && pid != except)
        info = look_at (&search, (guint) pid);
      if (info != NULL)
        g_ptr_array_add (list, info);
    }
  g_ptr_array_sort (list, by_size);
  return list;
}
