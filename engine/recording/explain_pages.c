/* explain_pages.c - what happened to a page of virtual memory, or to many in a stretch of references
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/explain.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* “Page 0x1004 of new space”. (transfer full) */
static char *
page_title (const HpMoment *moment, guint32 id)
{
  static const char *const TITLES[HP_N_REGIONS] = {
    [HP_REGION_STACK] = N_ ("Page 0x%" PRIx64 " of the stack"),
    [HP_REGION_NEW] = N_ ("Page 0x%" PRIx64 " of new space"),
    [HP_REGION_OLD] = N_ ("Page 0x%" PRIx64 " of old space"),
    [HP_REGION_LARGE] = N_ ("Page 0x%" PRIx64 " of large-object space"),
    [HP_REGION_TRACE] = N_ ("Page 0x%" PRIx64),
  };
  const HpPage *page = hp_definitions_page (hp_moment_definitions (moment), id);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (TITLES[page->region]), page->number);
#pragma GCC diagnostic pop
}

static gboolean
is_of_trace (const HpMoment *moment, guint32 id)
{
  return hp_definitions_page (hp_moment_definitions (moment), id)->region == HP_REGION_TRACE;
}

char *
hp_explain_mapping (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *page = page_title (moment, event->x);

  if (hp_event_type (event) == HP_EVENT_MAP)
    return g_strdup_printf (_ ("%s becomes part of the address space; it has no page frame yet"), page);
  return g_strdup_printf (_ ("%s leaves the address space"), page);
}

static const char *
fault_format (const HpMoment *moment, const HpEvent *event)
{
  gboolean of_trace = is_of_trace (moment, event->x);

  if ((hp_event_detail (event) & 0xff) == HP_FAULT_AHEAD)
    return _ ("%s comes into page frame %u along with a neighbour that is read from disk (read-ahead)");
  if ((hp_event_detail (event) & 0xff) == HP_FAULT_MAJOR)
    return of_trace ? _ ("%s is not in RAM: it is read from disk into page frame %u (major fault)")
                    : _ ("%s is not in RAM: it is read back from swap into page frame %u (major fault)");
  return of_trace ? _ ("%s is touched for the first time: it gets page frame %u (minor fault)")
                  : _ ("%s has no content yet: it gets page frame %u, filled with zeros (minor fault)");
}

char *
hp_explain_fault (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *page = page_title (moment, event->x);
  g_autofree char *sentence = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sentence = g_strdup_printf (fault_format (moment, event), page, event->y);
#pragma GCC diagnostic pop
  if ((hp_event_detail (event) >> 8 & HP_PAGE_DIRTY) == 0)
    return g_steal_pointer (&sentence);
  return g_strdup_printf (_ ("%s, and since it is written to it is dirty at once"), sentence);
}

char *
hp_explain_access (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *page = page_title (moment, event->x);
  guint32 detail = hp_event_detail (event), set = detail & ~(detail >> 8) & 0xff;
  guint32 frame = hp_moment_page (moment, event->x).frame;

  if ((set & HP_PAGE_DIRTY) != 0)
    return frame == HP_NO_FRAME
               ? g_strdup_printf (_ ("%s is written to: it is dirty now"), page)
               : g_strdup_printf (
                   _ ("%s, in page frame %u, is written to: it is dirty now, and cannot leave RAM unwritten"),
                   page,
                   frame);
  if ((set & HP_PAGE_REFERENCED) != 0)
    return g_strdup_printf (_ ("%s is used: its referenced bit is set"), page);
  if ((set & HP_PAGE_ON_DISK) != 0)
    return g_strdup_printf (_ ("%s has a copy on disk now"), page);
  return g_strdup_printf (_ ("The referenced bit of %s is cleared: it gets a second chance"), page);
}

/* A dirty victim is written back first. */
char *
hp_explain_evict (const HpMoment *moment, const HpEvent *event)
{
  g_autofree char *page = page_title (moment, event->x);
  guint32 old = hp_event_detail (event) >> 8;

  if ((old & HP_PAGE_DIRTY) != 0)
    return g_strdup_printf (
        _ ("%s is the victim: it is dirty, so it is written to swap before it gives up page frame %u"), page, event->y);
  if ((old & HP_PAGE_AHEAD) != 0)
    return g_strdup_printf (
        _ ("%s is the victim: it was read ahead and never used, so it just gives up page frame %u"), page, event->y);
  if ((old & HP_PAGE_ON_DISK) != 0)
    return g_strdup_printf (
        _ ("%s is the victim: it is clean, its copy on disk is still good, so it just gives up page frame %u"),
        page,
        event->y);
  return g_strdup_printf (
      _ ("%s is the victim: nothing was ever written to it, so it just gives up page frame %u"), page, event->y);
}

/* ---- stretches --------------------------------------------------------------------------------------------------- */

typedef struct
{
  guint64 references;
  guint64 counts[HP_N_COUNTS];
  gboolean policy_was_wrong;
} Stretch;

static void
add (Stretch *self, const HpEvent *event)
{
  guint32 detail = hp_event_detail (event);

  switch (hp_event_type (event))
    {
    case HP_EVENT_COUNT:
      self->counts[detail] += hp_event_amount (event);
      break;
    case HP_EVENT_FAULT:
      self->counts[hp_count_of_fault (detail & 0xff)]++;
      break;
    case HP_EVENT_EVICT:
      self->counts[HP_COUNT_EVICTIONS]++;
      self->counts[HP_COUNT_DIRTY_EVICTIONS] += (detail >> 8 & HP_PAGE_DIRTY) != 0;
      self->counts[HP_COUNT_UNUSED_READ_AHEAD] += (detail >> 8 & HP_PAGE_AHEAD) != 0;
      break;
    case HP_EVENT_POLICY_FAULT:
      self->policy_was_wrong = TRUE;
      break;
    default:
      break;
    }
}

static Stretch
add_up (const HpRecording *recording, guint64 begin)
{
  guint64 end = hp_recording_next (recording, begin, HP_GRAIN_OPERATION);
  Stretch stretch = { .references = 1 + (guint64) hp_recording_event (recording, begin)->x };

  for (guint64 i = begin; i < end; i++)
    add (&stretch, hp_recording_event (recording, i));
  return stretch;
}

static void
append (GString *text, const char *format, guint64 n)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (text, format, n);
#pragma GCC diagnostic pop
}

char *
hp_explain_stretch (const HpRecording *recording, guint64 begin)
{
  Stretch stretch = add_up (recording, begin);
  guint64 major = stretch.counts[HP_COUNT_MAJOR_FAULTS], faults = major + stretch.counts[HP_COUNT_MINOR_FAULTS];
  guint64 written = stretch.counts[HP_COUNT_DIRTY_EVICTIONS], ahead = stretch.counts[HP_COUNT_READ_AHEAD];
  GString *text = g_string_new (NULL);

  append (text,
          ngettext ("%'" PRIu64 " reference: ", "%'" PRIu64 " references together: ", stretch.references),
          stretch.references);
  if (faults == 0)
    g_string_append (text, _ ("no fault, all pages were in RAM"));
  else
    append (text, ngettext ("%'" PRIu64 " fault", "%'" PRIu64 " faults", faults), faults);
  if (faults > 0)
    append (text, _ (", %'" PRIu64 " of them major"), major);
  if (ahead > 0)
    append (text, ngettext (", %'" PRIu64 " page read ahead", ", %'" PRIu64 " pages read ahead", ahead), ahead);
  if (written > 0)
    append (text, ngettext (", %'" PRIu64 " page written back", ", %'" PRIu64 " pages written back", written), written);
  if (stretch.policy_was_wrong)
    g_string_append (text, _ (", and the policy gave wrong answers, which were put right"));
  return g_string_free (text, FALSE);
}
