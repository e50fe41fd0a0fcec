/* process_list.h - the processes of a user, to pick one from
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/error.h"

G_BEGIN_DECLS

typedef struct
{
  guint pid;
  char *name;       /* as the process calls itself: at most 15 bytes of it are the kernel's */
  char *command;    /* the command line, one line; empty where the process hides it */
  guint64 resident; /* bytes */
} HpProcessInfo;

/**
 * hp_process_list:
 * @proc: where the kernel shows its processes
 * @user: whose processes; the superuser, 0, sees everybody's
 * @except: a number to leave out: the caller's own
 *
 * What has no memory of its own (threads of the kernel, zombies) is left out, and what ends meanwhile.
 *
 * Returns: (transfer full) (element-type HpProcessInfo): by resident memory, the largest first; NULL with
 *   %HP_ERROR_FAILED where @proc cannot be read
 */
GPtrArray *hp_process_list (const char *proc, guint64 user, guint except, GError **error);

G_END_DECLS
