/* pressure.c - windows of time
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/pressure.h"

static void
end_window (HpPressure *self)
{
  if (2 * self->waiting_ns > HP_PRESSURE_WINDOW_NS)
    self->stretch_ns += HP_PRESSURE_WINDOW_NS;
  else
    self->stretch_ns = 0;
  self->longest_ns = MAX (self->longest_ns, self->stretch_ns);
  self->passed_ns = self->waiting_ns = 0;
}

void
hp_pressure_add (HpPressure *self, guint32 ns, guint32 waiting_ns)
{
  g_return_if_fail (waiting_ns <= ns);

  while (ns > 0)
    {
      guint32 piece = (guint32) MIN (ns, HP_PRESSURE_WINDOW_NS - self->passed_ns);
      guint32 waiting = (guint32) ((guint64) waiting_ns * piece / ns);

      self->passed_ns += piece;
      self->waiting_ns += waiting;
      ns -= piece;
      waiting_ns -= waiting;
      if (self->passed_ns == HP_PRESSURE_WINDOW_NS)
        end_window (self);
    }
}
