/* proc_file.c - reads a file whose size nobody knows before
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "process/proc_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PIECE (64 * 1024)
#define MOST (256u << 20) /* the kernel's longest, maps, has 65,530 lines of some hundred bytes */

static int
read_to_end (int file, GByteArray *into)
{
  for (;;)
    {
      guint before = into->len;
      ssize_t n;

      if (before > MOST)
        return EFBIG;
      g_byte_array_set_size (into, before + PIECE);
      n = read (file, into->data + before, PIECE);
      g_byte_array_set_size (into, before + (guint) MAX (n, 0));
      if (n == 0)
        return 0;
      if (n < 0 && errno != EINTR)
        return errno;
    }
}

int
hp_proc_read (const char *proc, guint pid, const char *file, GByteArray *into)
{
  g_autofree char *path = g_strdup_printf ("%s/%u/%s", proc, pid, file);
  int descriptor = open (path, O_RDONLY | O_CLOEXEC);
  int result;

  g_byte_array_set_size (into, 0);
  if (descriptor < 0)
    return errno;
  result = read_to_end (descriptor, into);
  close (descriptor);
  return result;
}
