/* date_parser.c - reads a text as a date: the ISO form, and what V8 takes besides (src/date/dateparser-inl.h)
 *
 * The text becomes tokens: numbers, words, signs. The ISO form is tried first; from where it ends or fails the lenient
 * rules go on: a number before a colon is of the time of day, a month's name is the month, words before the first
 * number and texts in parentheses say nothing.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/date_time.h"

#include <math.h>
#include <string.h>

typedef enum
{
  TOKEN_END,
  TOKEN_NUMBER,
  TOKEN_SYMBOL, /* one of : - + . ) */
  TOKEN_MONTH,
  TOKEN_HALF_DAY, /* am, pm */
  TOKEN_ZONE,
  TOKEN_T, /* between date and time */
  TOKEN_WORD,
  TOKEN_SPACE,
  TOKEN_OTHER,
  TOKEN_INVALID, /* the ISO form is broken where nothing else can be meant */
} TokenKind;

typedef struct
{
  TokenKind kind;
  gint32 value; /* the number, the symbol, the month from 1, the zone's hours */
  gsize length;
} Token;

#define NONE G_MAXINT32

typedef struct
{
  const char *at;
  Token next;
  gint32 day[3];
  guint n_days;
  gint32 month;
  gboolean is_iso;
  gint32 time[4];
  guint n_times;
  gint32 half_day; /* hours to add, or NONE */
  gint32 zone_sign, zone_hour, zone_minute;
} Parser;

static const struct
{
  char name[4];
  guint8 kind;
  gint8 value;
} words[] = {
  { "jan", TOKEN_MONTH, 1 },   { "feb", TOKEN_MONTH, 2 },    { "mar", TOKEN_MONTH, 3 },  { "apr", TOKEN_MONTH, 4 },
  { "may", TOKEN_MONTH, 5 },   { "jun", TOKEN_MONTH, 6 },    { "jul", TOKEN_MONTH, 7 },  { "aug", TOKEN_MONTH, 8 },
  { "sep", TOKEN_MONTH, 9 },   { "oct", TOKEN_MONTH, 10 },   { "nov", TOKEN_MONTH, 11 }, { "dec", TOKEN_MONTH, 12 },
  { "am", TOKEN_HALF_DAY, 0 }, { "pm", TOKEN_HALF_DAY, 12 }, { "ut", TOKEN_ZONE, 0 },    { "utc", TOKEN_ZONE, 0 },
  { "z", TOKEN_ZONE, 0 },      { "gmt", TOKEN_ZONE, 0 },     { "cdt", TOKEN_ZONE, -5 },  { "cst", TOKEN_ZONE, -6 },
  { "edt", TOKEN_ZONE, -4 },   { "est", TOKEN_ZONE, -5 },    { "mdt", TOKEN_ZONE, -6 },  { "mst", TOKEN_ZONE, -7 },
  { "pdt", TOKEN_ZONE, -7 },   { "pst", TOKEN_ZONE, -8 },    { "t", TOKEN_T, 0 },
};

/* A word is known by its first three letters; only a month's may be longer. */
static Token
word_token (const char *text, gsize length)
{
  char prefix[4] = { 0 };
  for (gsize i = 0; i < MIN (length, 3); i++)
    prefix[i] = g_ascii_tolower (text[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (prefix, words[i].name) == 0 && (length <= 3 || words[i].kind == TOKEN_MONTH))
      return (Token){ words[i].kind, words[i].value, length };
  return (Token){ TOKEN_WORD, 0, length };
}

/* Digits as a number; only the first nine that count are looked at. */
static Token
number_token (const char *text)
{
  gint32 value = 0;
  gsize i = 0, significant = 0;
  while (text[i] == '0')
    i++;
  for (; g_ascii_isdigit (text[i]); i++)
    if (significant++ < 9)
      value = value * 10 + (text[i] - '0');
  return (Token){ TOKEN_NUMBER, value, i };
}

static gsize
parentheses_length (const char *text)
{
  guint depth = 0;
  gsize i = 0;
  do
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
  while (text[i++] && depth > 0 && text[i]);
  return i;
}

static Token
scan (const char *text)
{
  guchar c = *text;
  if (c == 0)
    return (Token){ TOKEN_END, 0, 0 };
  if (g_ascii_isdigit (c))
    return number_token (text);
  if (strchr (":-+.)", c))
    return (Token){ TOKEN_SYMBOL, c, 1 };
  if (g_ascii_isspace (c))
    return (Token){ TOKEN_SPACE, 0, 1 };
  if (c == '(')
    return (Token){ TOKEN_OTHER, 0, parentheses_length (text) };
  if (c < 'A')
    return (Token){ TOKEN_OTHER, 0, 1 };
  gsize length = 1;
  while ((guchar) text[length] >= 'A')
    length++;
  return word_token (text, length);
}

static Token
take (Parser *self)
{
  Token token = self->next;
  self->at += token.length;
  self->next = scan (self->at);
  return token;
}

static gboolean
next_is (const Parser *self, char symbol)
{
  return self->next.kind == TOKEN_SYMBOL && self->next.value == symbol;
}

static gboolean
next_is_sign (const Parser *self)
{
  return next_is (self, '+') || next_is (self, '-');
}

static gboolean
next_is_digits (const Parser *self, gsize length)
{
  return self->next.kind == TOKEN_NUMBER && self->next.length == length;
}

static gboolean
skip (Parser *self, char symbol)
{
  gboolean found = next_is (self, symbol);
  if (found)
    take (self);
  return found;
}

static gint32
milliseconds (Token number)
{
  gint32 value = number.value;
  gsize length = MIN (number.length, 9);
  for (; length < 3; length++)
    value *= 10;
  for (; length > 3; length--)
    value /= 10;
  return value;
}

static const Token invalid = { TOKEN_INVALID, 0, 0 };

/* ---- the ISO form ----------------------------------------------------------------------------------------------- */

static gboolean
iso_number (Parser *self, gint32 *list, guint *n, gsize digits, gint32 first, gint32 last)
{
  if (!next_is_digits (self, digits) || self->next.value < first || self->next.value > last)
    return FALSE;
  list[(*n)++] = take (self).value;
  return TRUE;
}

static gboolean
iso_zone (Parser *self)
{
  if (self->next.kind == TOKEN_ZONE && self->next.length == 1)
    {
      take (self);
      self->zone_sign = 1;
      self->zone_hour = self->zone_minute = 0;
      return TRUE;
    }
  if (!next_is_sign (self))
    return TRUE;
  self->zone_sign = take (self).value == '+' ? 1 : -1;
  gboolean is_joined = next_is_digits (self, 4);
  if (!is_joined && !next_is_digits (self, 2))
    return FALSE;
  gint32 number = take (self).value;
  self->zone_hour = is_joined ? number / 100 : number;
  self->zone_minute = number % 100;
  if (!is_joined)
    {
      if (!skip (self, ':') || !next_is_digits (self, 2))
        return FALSE;
      self->zone_minute = take (self).value;
    }
  return self->zone_hour < 24 && self->zone_minute < 60;
}

static gboolean
iso_time (Parser *self)
{
  if (!iso_number (self, self->time, &self->n_times, 2, 0, 24) || !skip (self, ':'))
    return FALSE;
  gboolean is_24 = self->time[0] == 24;
  if (!iso_number (self, self->time, &self->n_times, 2, 0, is_24 ? 0 : 59))
    return FALSE;
  if (skip (self, ':'))
    {
      if (!iso_number (self, self->time, &self->n_times, 2, 0, is_24 ? 0 : 59))
        return FALSE;
      if (skip (self, '.'))
        {
          if (self->next.kind != TOKEN_NUMBER || (is_24 && self->next.value > 0))
            return FALSE;
          self->time[self->n_times++] = milliseconds (take (self));
        }
    }
  return iso_zone (self) && self->next.kind == TOKEN_END;
}

/* The first token that is not of the ISO form, for the lenient rules to go on with; invalid, or the end. */
static Token
parse_iso (Parser *self)
{
  if (next_is_sign (self))
    {
      Token sign = take (self);
      if (!next_is_digits (self, 6) || (sign.value == '-' && self->next.value == 0))
        return sign;
      self->day[self->n_days++] = take (self).value * (sign.value == '-' ? -1 : 1);
    }
  else if (!iso_number (self, self->day, &self->n_days, 4, 0, 9999))
    return take (self);
  if (skip (self, '-'))
    {
      if (!iso_number (self, self->day, &self->n_days, 2, 1, 12))
        return take (self);
      if (skip (self, '-') && !iso_number (self, self->day, &self->n_days, 2, 1, 31))
        return take (self);
    }
  if (self->next.kind == TOKEN_T)
    {
      take (self);
      if (!iso_time (self))
        return invalid;
    }
  else if (self->next.kind != TOKEN_END)
    return take (self);
  self->is_iso = TRUE;
  return (Token){ TOKEN_END, 0, 0 };
}

/* ---- the lenient rules ------------------------------------------------------------------------------------------ */

static gboolean
expects_time (const Parser *self, gint32 n)
{
  return (self->n_times == 1 && n < 60) || (self->n_times == 2 && n < 60) || (self->n_times == 3 && n < 1000);
}

static gboolean
add_time (Parser *self, gint32 n)
{
  if (self->n_times == 4)
    return FALSE;
  self->time[self->n_times++] = n;
  return TRUE;
}

static void
finish_time (Parser *self, gint32 n)
{
  add_time (self, n);
  while (self->n_times < 4)
    self->time[self->n_times++] = 0;
}

static gboolean
number_before_colon (Parser *self, gint32 n)
{
  take (self);
  if (!skip (self, ':'))
    {
      gboolean added = add_time (self, n);
      skip (self, '.');
      return added;
    }
  return self->n_times == 0 && add_time (self, n) && add_time (self, 0);
}

static gboolean
lenient_number (Parser *self, gint32 n)
{
  if (next_is (self, ':'))
    return number_before_colon (self, n);
  if (skip (self, '.') && expects_time (self, n))
    {
      add_time (self, n);
      if (self->next.kind != TOKEN_NUMBER)
        return FALSE;
      finish_time (self, milliseconds (take (self)));
      return TRUE;
    }
  if (self->zone_hour != NONE && self->zone_minute == NONE && n < 60)
    {
      self->zone_minute = n;
      return TRUE;
    }
  if (expects_time (self, n))
    {
      finish_time (self, n);
      return self->next.kind == TOKEN_END || self->next.kind == TOKEN_SPACE || self->next.kind == TOKEN_ZONE
             || next_is_sign (self);
    }
  if (self->n_days == 3)
    return FALSE;
  self->day[self->n_days++] = n;
  skip (self, '-');
  return TRUE;
}

static gboolean
lenient_offset (Parser *self, gint32 sign)
{
  Token number = { TOKEN_NUMBER, 0, 0 };
  if (self->next.kind == TOKEN_NUMBER)
    number = take (self);
  self->zone_sign = sign == '+' ? 1 : -1;
  self->zone_hour = number.length >= 3 ? number.value / 100 : number.value;
  self->zone_minute = number.length >= 3 ? number.value % 100 : 0;
  if (next_is (self, ':'))
    self->zone_minute = NONE;
  else if (number.length == 0 || number.length > 4)
    return FALSE;
  return TRUE;
}

static gboolean
lenient_word (Parser *self, Token word, gboolean has_number)
{
  switch (word.kind)
    {
    case TOKEN_MONTH:
      self->month = word.value;
      skip (self, '-');
      return TRUE;
    case TOKEN_HALF_DAY:
      if (self->n_times == 0)
        break;
      self->half_day = word.value;
      return TRUE;
    case TOKEN_ZONE:
      if (!has_number)
        break;
      self->zone_sign = word.value < 0 ? -1 : 1;
      self->zone_hour = ABS (word.value);
      self->zone_minute = 0;
      return TRUE;
    default:
      break;
    }
  return !has_number && self->next.kind != TOKEN_NUMBER;
}

static gboolean
parse_leniently (Parser *self, Token token)
{
  gboolean has_number = self->n_days > 0;
  for (; token.kind != TOKEN_END; token = take (self))
    {
      gboolean is_sign = token.kind == TOKEN_SYMBOL && (token.value == '+' || token.value == '-');
      gboolean is_utc = self->zone_hour == 0 && self->zone_minute == 0;
      gboolean understood = TRUE;
      if (token.kind == TOKEN_NUMBER)
        {
          has_number = TRUE;
          understood = lenient_number (self, token.value);
        }
      else if (token.kind >= TOKEN_MONTH && token.kind <= TOKEN_WORD)
        understood = lenient_word (self, token, has_number);
      else if (is_sign && (is_utc || self->n_times > 0))
        {
          has_number = TRUE;
          understood = lenient_offset (self, token.value);
        }
      else if ((is_sign || (token.kind == TOKEN_SYMBOL && token.value == ')')) && has_number)
        understood = FALSE;
      if (!understood)
        return FALSE;
    }
  return TRUE;
}

/* ---- what was read, as a time ----------------------------------------------------------------------------------- */

#define IS_DAY(n) ((n) >= 1 && (n) <= 31)

/* Which of the numbers is the year: the first one when it cannot be a day. */
static double
day_of (const Parser *self)
{
  gint32 c[3] = { 1, 1, 1 };
  if (self->n_days == 0)
    return NAN;
  for (guint i = 0; i < self->n_days; i++)
    c[i] = self->day[i];
  gint32 year = 0, month = self->month, day;
  if (month != NONE && self->n_days == 1)
    day = c[0], year = 1;
  else if (month != NONE)
    year = IS_DAY (c[0]) ? c[1] : c[0], day = IS_DAY (c[0]) ? c[0] : c[1];
  else if (self->is_iso || !IS_DAY (c[0]))
    year = c[0], month = c[1], day = c[2];
  else
    month = c[0], day = c[1], year = c[2];
  if (!self->is_iso && year >= 0 && year < 100)
    year += year < 50 ? 2000 : 1900;
  if (month < 1 || month > 12 || !IS_DAY (day))
    return NAN;
  return js_date_time_make_day (year, month - 1, day);
}

static double
time_of (const Parser *self)
{
  gint32 c[4] = { 0 };
  for (guint i = 0; i < self->n_times; i++)
    c[i] = self->time[i];
  if (self->half_day != NONE)
    {
      if (c[0] < 0 || c[0] > 12)
        return NAN;
      c[0] = c[0] % 12 + self->half_day;
    }
  if ((c[0] > 23 || c[1] > 59 || c[2] > 59 || c[3] > 999) && (c[0] != 24 || c[1] || c[2] || c[3]))
    return NAN;
  return js_date_time_make_time (c[0], c[1], c[2], c[3]);
}

static double
zone_of (const Parser *self)
{
  gint32 hour = self->zone_hour == NONE ? 0 : self->zone_hour;
  gint32 minute = self->zone_minute == NONE ? 0 : self->zone_minute;
  return self->zone_sign * (hour * 60.0 + minute) * 60000;
}

double
js_date_time_parse (const char *text)
{
  Parser self = { .at = text, .next = scan (text), .month = NONE, .half_day = NONE };
  self.zone_hour = self.zone_minute = NONE;
  Token token = parse_iso (&self);
  if (token.kind == TOKEN_INVALID || (token.kind != TOKEN_END && !parse_leniently (&self, token)))
    return NAN;
  return js_date_time_make (day_of (&self), time_of (&self) - zone_of (&self));
}
