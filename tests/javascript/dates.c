/* dates.c - texts that Node 20 reads as dates, or does not; and times there and back
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/date_time.h"

static const struct
{
  const char *text;
  const char *iso; /* as Node 20 with TZ=UTC has it */
} texts[] = {
  { "2024-01-01", "2024-01-01T00:00:00.000Z" },
  { "2024-01", "2024-01-01T00:00:00.000Z" },
  { "2024", "2024-01-01T00:00:00.000Z" },
  { "2024-01-01T10:00", "2024-01-01T10:00:00.000Z" },
  { "2024-01-01T10:00:30", "2024-01-01T10:00:30.000Z" },
  { "2024-01-01T10:00:30.5Z", "2024-01-01T10:00:30.500Z" },
  { "2024-01-01T10:00:30.123456Z", "2024-01-01T10:00:30.123Z" },
  { "2024-01-01T10:00:30+02:00", "2024-01-01T08:00:30.000Z" },
  { "2024-01-01T10:00:30+0230", "2024-01-01T07:30:30.000Z" },
  { "2024-01-01T24:00", "2024-01-02T00:00:00.000Z" },
  { "2024-01-01T24:01", "Invalid Date" },
  { "2024-13-01", "Invalid Date" },
  { "2024-02-30", "2024-03-01T00:00:00.000Z" },
  { "2024-02-32", "Invalid Date" },
  { "2024-1-1", "2024-01-01T00:00:00.000Z" },
  { "2024/01/05", "2024-01-05T00:00:00.000Z" },
  { "01/05/2024", "2024-01-05T00:00:00.000Z" },
  { "1/5/24", "2024-01-05T00:00:00.000Z" },
  { "1/5/70", "1970-01-05T00:00:00.000Z" },
  { "Jan 5", "2001-01-05T00:00:00.000Z" },
  { "Jan 5, 2024", "2024-01-05T00:00:00.000Z" },
  { "January 5, 2024 10:00", "2024-01-05T10:00:00.000Z" },
  { "5 January 2024", "2024-01-05T00:00:00.000Z" },
  { "5 Jan 2024 10:00 PM", "2024-01-05T22:00:00.000Z" },
  { "5 Jan 2024 12:00 AM", "2024-01-05T00:00:00.000Z" },
  { "Mon Jan 01 2024 10:00:00 GMT+0100 (CET)", "2024-01-01T09:00:00.000Z" },
  { "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z" },
  { "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", "1970-01-01T00:00:00.000Z" },
  { "hello", "Invalid Date" },
  { "hello 5", "2001-05-01T00:00:00.000Z" },
  { "12:00", "Invalid Date" },
  { "2024-01-01 10:00", "2024-01-01T10:00:00.000Z" },
  { "2024-01-01 10:00:00.123", "2024-01-01T10:00:00.123Z" },
  { "2024-01-01T10", "Invalid Date" },
  { "Dec 25, 1995", "1995-12-25T00:00:00.000Z" },
  { "Wed, 09 Aug 1995 00:00:00", "1995-08-09T00:00:00.000Z" },
  { "1995-12-17T03:24:00", "1995-12-17T03:24:00.000Z" },
  { "December 17, 1995 03:24:00", "1995-12-17T03:24:00.000Z" },
  { "+002024-01-01T00:00:00Z", "2024-01-01T00:00:00.000Z" },
  { "-000001-01-01T00:00:00Z", "-000001-01-01T00:00:00.000Z" },
  { "-000000-01-01T00:00:00Z", "Invalid Date" },
  { "2024-06-15T10:20:30-07:00", "2024-06-15T17:20:30.000Z" },
  { "2024-01-01T10:00 EST", "Invalid Date" },
  { "Jan 1 2024 10:00 EST", "2024-01-01T15:00:00.000Z" },
  { "Jan 1 2024 10:00 PST-3", "2024-01-01T13:00:00.000Z" },
  { "Jan 32 2024", "Invalid Date" },
  { "2024-01-01TZ", "Invalid Date" },
  { "today", "Invalid Date" },
  { "(comment) Jan 1 2024", "2024-01-01T00:00:00.000Z" },
  { "Jan 1 2024 (comment", "2024-01-01T00:00:00.000Z" },
  { "99", "1999-01-01T00:00:00.000Z" },
  { "100", "0100-01-01T00:00:00.000Z" },
  { "0", "2000-01-01T00:00:00.000Z" },
  { "1", "2001-01-01T00:00:00.000Z" },
  { "13", "Invalid Date" },
  { "32", "2032-01-01T00:00:00.000Z" },
  { "1e3", "Invalid Date" },
  { "2024-12-25T", "Invalid Date" },
  { "25-12-2024", "Invalid Date" },
  { "12-25-2024", "2024-12-25T00:00:00.000Z" },
  { "Dec-25-2024", "2024-12-25T00:00:00.000Z" },
  { "25-Dec-2024 10:00", "2024-12-25T10:00:00.000Z" },
  { "", "Invalid Date" },
  { "   2024-01-01", "2024-01-01T00:00:00.000Z" },
  { "2024-01-01   ", "2024-01-01T00:00:00.000Z" },
  { "12/25/2024, 1:05:09 PM", "2024-12-25T13:05:09.000Z" },
  { "Jan 1 2024 25:00", "Invalid Date" },
  { "Sat 10:00:00", "Invalid Date" },
  { "Jan 1 2024 10:60", "2024-01-01T10:00:00.000Z" },
  { "10 06 2020", "2020-10-06T00:00:00.000Z" },
  { "Tue Mar 01 2022 1:2:3", "2022-03-01T01:02:03.000Z" },
  { "2022-03-01T1:02:03", "Invalid Date" },
  { "20220301", "Invalid Date" },
  { "2022-03-01Z", "2022-03-01T00:00:00.000Z" },
  { "2022-03-01T00:00:00.000+00:00", "2022-03-01T00:00:00.000Z" },
  { "Jan 1 2024 5pm", "Invalid Date" },
  { "Jan 1 2024 5 pm", "Invalid Date" },
  { "Jan 1 2024 5:00pm", "Invalid Date" },
};

static void
test_parse (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *iso = js_date_time_format (js_date_time_parse (texts[i].text), JS_DATE_TEXT_ISO);
      if (g_strcmp0 (iso, texts[i].iso) != 0)
        g_error ("\"%s\" is %s instead of %s", texts[i].text, iso, texts[i].iso);
    }
}

static void
test_there_and_back (void)
{
  for (double time = -8.64e15; time <= 8.64e15; time += 987654321987.0)
    {
      JsDateTime d;
      js_date_time_split (time, &d);
      double day = js_date_time_make_day (d.year, d.month, d.day);
      double in_day = js_date_time_make_time (d.hour, d.minute, d.second, d.millisecond);
      g_assert_cmpfloat (js_date_time_make (day, in_day), ==, time);
      g_autofree char *iso = js_date_time_format (time, JS_DATE_TEXT_ISO);
      g_assert_cmpfloat (js_date_time_parse (iso), ==, time);
      g_autofree char *full = js_date_time_format (time, JS_DATE_TEXT_FULL);
      if (d.year > 100)
        g_assert_cmpfloat (js_date_time_parse (full), ==, time - d.millisecond);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/javascript/dates/parse", test_parse);
  g_test_add_func ("/javascript/dates/there-and-back", test_there_and_back);
  return g_test_run ();
}
