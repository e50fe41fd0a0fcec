/* error.h - the one error domain of the engine
 *
 * Messages are for people: they name the file, line or field, what was found and what was expected.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_ERROR (hp_error_quark ())
GQuark hp_error_quark (void);

typedef enum
{
  HP_ERROR_INPUT,     /* a file or value from outside is not what it should be */
  HP_ERROR_NOT_FOUND, /* no such plugin, setting, step, file */
  HP_ERROR_PLUGIN,    /* a plugin was refused or misbehaved */
  HP_ERROR_RUN,       /* the run ended other than completed: out of memory, stack overflow, scenario error */
  HP_ERROR_FAILED,    /* the system refused: cannot write, cannot start */
} HpError;

G_END_DECLS
