/* guard.h - what stands between a plugin that misbehaves and everybody else
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

/**
 * The machine that runs, NULL while none does: hp_run_perform() puts it here, where the signal handlers look for it.
 */
extern HpMachine *volatile cli_guard_machine;

/**
 * cli_guard_begin:
 * @scenario, @policy: (nullable): ids, for the message
 *
 * From here to cli_guard_end() a crash ends the program with one line on standard error and CLI_PLUGIN; SIGINT and
 * SIGTERM end the run at its next operation, and the program when they come again.
 */
void cli_guard_begin (const char *scenario, const char *policy);
void cli_guard_end (void);
/**
 * No machine runs, but who does the work asks cli_guard_is_stopped() now and then: until cli_guard_end() the first
 * signal only makes that true, and standard input end.
 */
void cli_guard_poll (void);
/** Who it is from now on, for the message. Printf-style. */
void cli_guard_name (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** Whether SIGINT or SIGTERM came. */
gboolean cli_guard_is_stopped (void);

/** Limits of the process, 0: none. Whoever passes them crashes. */
gboolean cli_guard_limit (guint64 memory_bytes, guint64 cpu_seconds, GError **error);
/** From now on, @cpu_seconds more of processor time may be used. */
void cli_guard_allow (guint cpu_seconds);
/** The program dies when whoever started it does. */
void cli_guard_follow_parent (void);

G_END_DECLS
