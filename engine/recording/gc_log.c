/* gc_log.c - reads what `node --trace-gc-nvp` prints
 *
 * V8: src/heap/gc-tracer.cc, GCTracer::PrintNVP ().
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording/gc_log.h"

#include "base/input.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Four heap pages of 256 KB without their headers (V8: MemoryChunkLayout). */
#define USABLE_BYTES_PER_MB (4 * 257720.0)
#define MAX_NUMBER 9007199254740992.0 /* 2^53 */

static HpGcLog *
new_log (void)
{
  HpGcLog *self = g_new0 (HpGcLog, 1);

  self->events = g_array_new (FALSE, FALSE, sizeof (HpGcLogEvent));
  return self;
}

void
hp_gc_log_free (HpGcLog *self)
{
  g_array_unref (self->events);
  g_free (self);
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

typedef enum
{
  FIELD_KIND,
  FIELD_PAUSE,
  FIELD_BEFORE,
  FIELD_AFTER,
  FIELD_PROMOTED,
  FIELD_SURVIVED,
  N_REQUIRED,
  FIELD_MARK = N_REQUIRED,
  FIELD_SWEEP,
  FIELD_EVACUATE,
  FIELD_CAPACITY,
  N_FIELDS
} Field;

/* By the names of Node 20 and Node 24. */
static const char *const NAMES[N_FIELDS][2] = {
  { "gc", NULL },
  { "pause", NULL },
  { "total_size_before", "start_object_size" },
  { "total_size_after", "end_object_size" },
  { "promoted", NULL },
  { "new_space_survived", NULL },
  { "mark", NULL },
  { "sweep", NULL },
  { "evacuate", NULL },
  { "new_space_capacity", NULL },
};

typedef struct
{
  gboolean found[N_FIELDS];
  HpCollectionKind kind;
  double numbers[N_FIELDS];
} Fields;

static int
find_field (const char *name, gsize n)
{
  for (int field = 0; field < N_FIELDS; field++)
    for (guint form = 0; form < 2 && NAMES[field][form] != NULL; form++)
      if (strlen (NAMES[field][form]) == n && memcmp (NAMES[field][form], name, n) == 0)
        return field;
  return -1;
}

static HpCollectionKind
parse_kind (const char *text, gsize n)
{
  if (n == 1 && text[0] == 's')
    return HP_COLLECTION_YOUNG;
  if (n == 3 && memcmp (text, "mmc", 3) == 0)
    return HP_COLLECTION_YOUNG;
  return n == 2 && memcmp (text, "mc", 2) == 0 ? HP_COLLECTION_FULL : HP_COLLECTION_NONE;
}

/* Takes the value that lies from @text to @end if it is one of those that matter and is sound. */
static void
take_field (Fields *fields, int field, const char *text, const char *end)
{
  char *stop;
  double number;

  if (field == FIELD_KIND)
    {
      fields->kind = parse_kind (text, (gsize) (end - text));
      fields->found[field] = fields->kind != HP_COLLECTION_NONE;
      return;
    }
  number = g_ascii_strtod (text, &stop);
  if (stop != end || end == text || !isfinite (number) || number < 0 || number > MAX_NUMBER)
    return;
  fields->numbers[field] = number;
  fields->found[field] = TRUE;
}

/* "key=value key=value …" */
static void
parse_pairs (Fields *fields, const char *text)
{
  while (*(text += strspn (text, " ")) != '\0')
    {
      const char *end = text + strcspn (text, " ");
      const char *equals = memchr (text, '=', (gsize) (end - text));
      int field = equals != NULL ? find_field (text, (gsize) (equals - text)) : -1;

      if (field >= 0)
        take_field (fields, field, equals + 1, end);
      text = end;
    }
}

/* The end of a value of JSON, behind its quotes if it has some; the texts of V8 are without escapes. */
static const char *
end_of_value (const char *text)
{
  const char *quote;

  if (*text != '"')
    return text + strcspn (text, ",}");
  quote = strchr (text + 1, '"');
  return quote != NULL ? quote + 1 : NULL;
}

/* "{"key":value,…}", of which V8 writes one level only. FALSE when it does not end. */
static gboolean
parse_object (Fields *fields, const char *text)
{
  while (*text == '{' || *text == ',')
    {
      const char *name = text + 2, *end = text[1] == '"' ? strchr (name, '"') : NULL;
      const char *value = end != NULL && end[1] == ':' ? end + 2 : NULL;
      int field;

      text = value != NULL ? end_of_value (value) : NULL;
      if (text == NULL)
        return FALSE;
      field = find_field (name, (gsize) (end - name));
      if (field >= 0 && *value == '"')
        take_field (fields, field, value + 1, text - 1);
      else if (field >= 0)
        take_field (fields, field, value, text);
    }
  return *text == '}';
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

/* "[PID:ISOLATE] TIME ms: " or "[PID:ISOLATE:GROUP] …". Behind it, or NULL. */
static const char *
parse_prefix (const char *text, HpGcLogEvent *event)
{
  char *end;

  if (!g_ascii_isdigit (text[1]))
    return NULL;
  g_ascii_strtoull (text + 1, &end, 10);
  if (*end != ':' || !g_ascii_isxdigit (end[1]))
    return NULL;
  event->isolate = g_ascii_strtoull (end + 1, &end, 16);
  if (*end == ':')
    g_ascii_strtoull (end + 1, &end, 10);
  if (*end != ']' || end[1] != ' ')
    return NULL;
  event->time_ms = g_ascii_strtod (end + 1, &end);
  if (!isfinite (event->time_ms) || event->time_ms < 0)
    return NULL;
  return g_str_has_prefix (end, " ms: ") ? end + strlen (" ms: ") : NULL;
}

/* The fields of the collection that @line tells of, NULL when it tells of none. */
static const char *
find_collection (const char *line, HpGcLogEvent *event)
{
  for (const char *bracket = strchr (line, '['); bracket != NULL; bracket = strchr (bracket + 1, '['))
    {
      const char *text = parse_prefix (bracket, event);

      if (text != NULL && (g_str_has_prefix (text, "pause=") || g_str_has_prefix (text, "GC: {")))
        return text;
    }
  return NULL;
}

static gboolean G_GNUC_PRINTF (4, 5)
    refuse (const HpGcLog *self, const char *name, GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *reason = NULL;
  g_autofree char *line = g_strdup_printf ("%" G_GUINT64_FORMAT, self->n_lines);

  va_start (arguments, format);
  reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, HP_ERROR, HP_ERROR_INPUT, _ ("%s: line %s: %s"), name, line, reason);
  return FALSE;
}

static void
add_event (HpGcLog *self, HpGcLogEvent *event, const Fields *fields)
{
  event->line = self->n_lines;
  event->kind = fields->kind;
  event->pause_ms = fields->numbers[FIELD_PAUSE];
  event->mark_ms = fields->numbers[FIELD_MARK];
  event->sweep_ms = fields->numbers[FIELD_SWEEP];
  event->evacuate_ms = fields->numbers[FIELD_EVACUATE];
  event->capacity_bytes = (guint64) fields->numbers[FIELD_CAPACITY];
  event->before_bytes = (guint64) fields->numbers[FIELD_BEFORE];
  event->after_bytes = (guint64) fields->numbers[FIELD_AFTER];
  event->promoted_bytes = (guint64) fields->numbers[FIELD_PROMOTED];
  event->survived_bytes = (guint64) fields->numbers[FIELD_SURVIVED];
  g_array_append_val (self->events, *event);
}

/* @line: whole, without its end. */
static gboolean
read_line (HpGcLog *self, const char *line, const char *name, GError **error)
{
  HpGcLogEvent event = { 0 };
  Fields fields = { 0 };
  const char *text = find_collection (line, &event);

  if (text == NULL)
    {
      self->n_others++;
      return TRUE;
    }
  if (g_str_has_prefix (text, "GC: ") && !parse_object (&fields, text + strlen ("GC: ")))
    return refuse (self, name, error, "%s", _ ("the collection's object of JSON does not end; was the line cut off?"));
  if (!g_str_has_prefix (text, "GC: "))
    parse_pairs (&fields, text);
  for (int field = 0; field < N_REQUIRED; field++)
    if (!fields.found[field])
      return refuse (self,
                     name,
                     error,
                     _ ("the collection has no “%s”, or no number that can be; was the line cut off?"),
                     NAMES[field][0]);
  add_event (self, &event, &fields);
  return TRUE;
}

/* ---- the stream -------------------------------------------------------------------------------------------------- */

typedef struct
{
  HpGcLog *log;
  const char *name;
  GString *line;     /* what there is of the line under way */
  gboolean long_one; /* more than can be a collection's: its rest is not kept */
  gboolean over;     /* what follows repeats what was told */
} Reader;

static gboolean
end_line (Reader *self, GError **error)
{
  GString *line = self->line;
  gboolean sound = TRUE;

  self->log->n_lines++;
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  if (strstr (line->str, "<--- Last few GCs --->") != NULL)
    self->over = TRUE;
  if (self->over || self->long_one)
    self->log->n_others++;
  else
    sound = read_line (self->log, line->str, self->name, error);
  g_string_truncate (line, 0);
  self->long_one = FALSE;
  return sound;
}

static gboolean
feed (Reader *self, const char *bytes, gsize n, GError **error)
{
  while (n > 0)
    {
      const char *end = memchr (bytes, '\n', n);
      gsize length = end != NULL ? (gsize) (end - bytes) : n;

      if (self->line->len + length > HP_GC_LOG_LINE_BYTES)
        self->long_one = TRUE;
      else
        g_string_append_len (self->line, bytes, (gssize) length);
      if (end == NULL)
        return TRUE;
      if (!end_line (self, error))
        return FALSE;
      bytes += length + 1;
      n -= length + 1;
    }
  return TRUE;
}

static gboolean
read_all (Reader *self, GInputStream *stream, GError **error)
{
  g_autofree char *buffer = g_malloc (HP_GC_LOG_LINE_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, HP_GC_LOG_LINE_BYTES, NULL, error)) > 0)
    if (!feed (self, buffer, (gsize) n, error))
      return FALSE;
  if (n < 0 || ((self->line->len > 0 || self->long_one) && !end_line (self, error)))
    return FALSE;
  if (self->log->events->len > 0)
    return TRUE;
  g_set_error (error,
               HP_ERROR,
               HP_ERROR_INPUT,
               _ ("%s: found no collection, expected lines that node --trace-gc-nvp prints"),
               self->name);
  return FALSE;
}

HpGcLog *
hp_gc_log_read (GInputStream *stream, const char *name, GError **error)
{
  g_autoptr (HpGcLog) log = new_log ();
  g_autoptr (GString) line = g_string_new (NULL);
  Reader reader = { log, name, line, FALSE, FALSE };

  g_return_val_if_fail (G_IS_INPUT_STREAM (stream) && name != NULL, NULL);

  return read_all (&reader, stream, error) ? g_steal_pointer (&log) : NULL;
}

HpGcLog *
hp_gc_log_load (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = hp_input_open (path, error);

  return stream != NULL ? hp_gc_log_read (stream, path, error) : NULL;
}

/* ---- what a log says as a whole ---------------------------------------------------------------------------------- */

static guint
count_of_isolate (const HpGcLog *self, guint64 isolate)
{
  guint n = 0;

  for (guint i = 0; i < self->events->len; i++)
    n += hp_gc_log_event (self, i)->isolate == isolate;
  return n;
}

/* An isolate whose events outnumber those seen before; each is counted once, where it is first met. */
static guint64
find_busiest (const HpGcLog *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint64 busiest = 0;
  guint most = 0;

  for (guint i = 0; i < self->events->len; i++)
    {
      guint64 isolate = hp_gc_log_event (self, i)->isolate;
      guint n;

      if (!g_hash_table_add (seen, g_memdup2 (&isolate, sizeof isolate)))
        continue;
      n = count_of_isolate (self, isolate);
      if (n > most)
        busiest = isolate;
      most = MAX (most, n);
    }
  return busiest;
}

void
hp_gc_log_keep_busiest (HpGcLog *self)
{
  guint64 isolate = find_busiest (self);
  guint kept = 0;

  for (guint i = 0; i < self->events->len; i++)
    if (hp_gc_log_event (self, i)->isolate == isolate)
      g_array_index (self->events, HpGcLogEvent, kept++) = *hp_gc_log_event (self, i);
  g_array_set_size (self->events, kept);
}

guint64
hp_gc_log_count_allocated (const HpGcLog *self)
{
  guint64 bytes = 0;

  for (guint i = 1; i < self->events->len; i++)
    {
      guint64 before = hp_gc_log_event (self, i)->before_bytes, after = hp_gc_log_event (self, i - 1)->after_bytes;

      bytes += before > after ? before - after : 0;
    }
  return bytes;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *) a, y = *(const guint64 *) b;

  return x < y ? -1 : x > y;
}

/* What new space held at a scavenge: the median, since an object that is too large for it makes one too big. */
static double
measure_fill (const HpGcLog *self)
{
  g_autoptr (GArray) filled = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 1; i < self->events->len; i++)
    {
      const HpGcLogEvent *last = hp_gc_log_event (self, i - 1), *event = hp_gc_log_event (self, i);
      guint64 bytes = last->survived_bytes + event->before_bytes - last->after_bytes;

      if (last->kind == HP_COLLECTION_YOUNG && event->kind == HP_COLLECTION_YOUNG
          && event->before_bytes >= last->after_bytes)
        g_array_append_val (filled, bytes);
    }
  if (filled->len == 0)
    return 0;
  g_array_sort (filled, compare_numbers);
  return (double) g_array_index (filled, guint64, filled->len / 2);
}

guint
hp_gc_log_infer_semi_space (const HpGcLog *self)
{
  double megabytes = measure_fill (self) / USABLE_BYTES_PER_MB;
  guint64 capacity = 0;

  for (guint i = 0; i < self->events->len; i++)
    capacity = MAX (capacity, hp_gc_log_event (self, i)->capacity_bytes);
  if (capacity > 0)
    megabytes = (double) capacity / (1024 * 1024);
  return (guint) MIN (round (megabytes), 1024);
}
