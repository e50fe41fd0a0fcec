/* locality.c - a matrix walked along its rows and along its columns: the same reads, another order
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "machine/lesson.h"
#include "plugin/plugin.h"

#include <glib/gi18n-lib.h>

#define N_ROWS 24
#define N_COLUMNS 16
#define ITEM_BYTES 16 /* two numbers, so that a row fills a page of 256 bytes */

static const char source_text[] = "// One matrix, two walks.\n"
                                  "const rows = 24, columns = 16;\n"
                                  "const matrix = new Float64Array(rows * columns * 2);\n"
                                  "let sum = 0;\n"
                                  "\n"
                                  "matrix.fill(1);\n"
                                  "\n"
                                  "for (let row = 0; row < rows; row++)\n"
                                  "  for (let column = 0; column < columns; column++)\n"
                                  "    sum += at(matrix, row, column); // along the row\n"
                                  "\n"
                                  "for (let column = 0; column < columns; column++)\n"
                                  "  for (let row = 0; row < rows; row++)\n"
                                  "    sum += at(matrix, row, column); // down the column\n";

static HpRef
make_matrix (HpMachine *machine, HpLesson *lesson)
{
  HpShape shape = { .name = "Float64Array", .kind = HP_SHAPE_OTHER, .tail = HP_TAIL_BYTES, .header_words = 2 };
  guint32 id = hp_machine_define_shape (machine, &shape);
  guint32 root = hp_machine_define_root (machine, "matrix");
  HpRef matrix;

  hp_lesson_step (lesson,
                  "const matrix",
                  _ ("A matrix of %u rows lies in one piece of memory, row after row. A row is as long as a page, "
                     "and RAM does not hold them all."),
                  N_ROWS);
  matrix = hp_machine_allocate (machine, id, N_ROWS * N_COLUMNS * ITEM_BYTES);
  hp_machine_set_root (machine, root, hp_value_ref (matrix));
  hp_machine_label (machine, matrix, "matrix");
  hp_lesson_step (lesson, "matrix.fill", _ ("Each page is written once, so each is dirty."));
  hp_machine_access (machine, matrix, 0, N_ROWS * N_COLUMNS * ITEM_BYTES, TRUE);
  return matrix;
}

static void
read_item (HpMachine *machine, HpRef matrix, guint row, guint column)
{
  hp_machine_access (machine, matrix, (row * N_COLUMNS + column) * ITEM_BYTES, 8, FALSE);
}

static HpCounters
walk_rows (HpMachine *machine, HpLesson *lesson, HpRef matrix)
{
  hp_lesson_since (lesson);
  for (guint row = 0; row < N_ROWS; row++)
    for (guint column = 0; column < N_COLUMNS; column++)
      {
        hp_lesson_step (lesson,
                        "sum += at(matrix, row, column); // along",
                        _ ("Row %u: its first number may have to be fetched from swap. Then the page is there, and the "
                           "%u others come with it. This is spatial locality."),
                        row,
                        N_COLUMNS - 1);
        read_item (machine, matrix, row, column);
      }
  return hp_lesson_since (lesson);
}

static HpCounters
walk_columns (HpMachine *machine, HpLesson *lesson, HpRef matrix)
{
  hp_lesson_since (lesson);
  for (guint column = 0; column < N_COLUMNS; column++)
    for (guint row = 0; row < N_ROWS; row++)
      {
        hp_lesson_step (lesson,
                        "sum += at(matrix, row, column); // down",
                        _ ("Column %u: the next number is one row further, in another page. When the walk comes back "
                           "to a page for its next column, the page has long gone."),
                        column);
        read_item (machine, matrix, row, column);
      }
  return hp_lesson_since (lesson);
}

static void
run (HpScenarioContext *context)
{
  HpMachine *machine = hp_scenario_context_machine (context);
  g_autoptr (HpLesson) lesson = hp_lesson_new (machine, "locality.js", source_text);
  HpCounters rows, columns;
  HpRef matrix;

  hp_machine_chapter (machine, _ ("A matrix in memory"));
  matrix = make_matrix (machine, lesson);
  hp_lesson_chapter (
      lesson, _ ("Along the rows"), "for (let row = 0; row < rows; row++)\n  for", _ ("First row by row."));
  rows = walk_rows (machine, lesson, matrix);
  hp_lesson_chapter (lesson,
                     _ ("Down the columns"),
                     "for (let column = 0; column < columns; column++)\n  for",
                     _ ("%u reads, %u faults. Now the same numbers are read in the other order."),
                     N_ROWS * N_COLUMNS,
                     (guint) (rows.minor_faults + rows.major_faults));
  columns = walk_columns (machine, lesson, matrix);
  hp_lesson_step (
      lesson,
      "sum += at(matrix, row, column); // down",
      _ ("The same %u reads: along the rows %u faults and %.1f ms, down the columns %u faults and %.1f ms."),
      N_ROWS * N_COLUMNS,
      (guint) (rows.minor_faults + rows.major_faults),
      (double) rows.time_ns / 1e6,
      (guint) (columns.minor_faults + columns.major_faults),
      (double) columns.time_ns / 1e6);
}

static const HpScenario scenario = {
  .struct_size = sizeof (HpScenario),
  .run = run,
};

HP_DEFINE_SCENARIO ("locality", scenario)
