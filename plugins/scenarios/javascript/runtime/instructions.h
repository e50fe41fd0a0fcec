/* instructions.h - the instructions that the interpreter's loop does itself, as cases of its switch
 *
 * In them pc is where to go on, op where the instruction is, r the registers and a the accumulator, both as HpBits; run
 * has the rest. Where an instruction is not as usual, `break` does it the long way, by the function of its bytecode;
 * `goto load` goes on in another frame.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "runtime/quick.h"

#define A_SMI JS_OPERAND_A_SMI (op)
#define RA r[JS_OPERAND_A (op)]
#define RB r[JS_OPERAND_B (op)]
#define BOTH_SMIS (js_bits_is_smi (RA) && js_bits_is_smi (a))
#define IS_FALSE (a == JS_BITS_BOOLEAN (FALSE))

/* Where the condition holds, A := value and go on behind the instruction, which has n words. */
#define QUICK(name, n, condition, value) \
  case JS_BYTECODE_##name:               \
    if (G_UNLIKELY (!(condition)))       \
      break;                             \
    a = (value);                         \
    pc = op + (n);                       \
    continue;
/* The same where A stays. */
#define DO(name, n, done) QUICK (name, n, done, a)
#define JUMP(name, known, condition)                       \
  case JS_BYTECODE_##name:                                 \
    if (G_UNLIKELY (!(known)))                             \
      break;                                               \
    pc = (condition) ? words + JS_OPERAND_A (op) : op + 1; \
    continue;
/* A := the result of a comparison. Mostly a jump comes next, which is done at once. */
#define TEST(name, known, test)                           \
  case JS_BYTECODE_##name:                                \
    if (G_UNLIKELY (!(known)))                            \
      break;                                              \
    a = JS_BITS_BOOLEAN (test);                           \
    pc = ++op;                                            \
    if ((*op & 0xff) == JS_BYTECODE_JUMP_IF_FALSE)        \
      pc = IS_FALSE ? words + JS_OPERAND_A (op) : op + 1; \
    continue;
#define CALL_CASE(name, receiver, first)                                                       \
  case JS_BYTECODE_##name:                                                                     \
    if (!js_quick_call (&run, op, (receiver), JS_OPERAND_B (op) + (first), JS_OPERAND_C (op))) \
      break;                                                                                   \
    goto load;

#define JS_INSTRUCTIONS_OF_CONSTANTS                  \
  QUICK (LDA_UNDEFINED, 1, TRUE, JS_BITS_UNDEFINED)   \
  QUICK (LDA_NULL, 1, TRUE, JS_BITS_NULL)             \
  QUICK (LDA_TRUE, 1, TRUE, JS_BITS_BOOLEAN (TRUE))   \
  QUICK (LDA_FALSE, 1, TRUE, JS_BITS_BOOLEAN (FALSE)) \
  QUICK (LDA_HOLE, 1, TRUE, JS_BITS_HOLE)             \
  QUICK (LDA_SMI, 1, TRUE, JS_BITS_SMI (A_SMI))

#define JS_INSTRUCTIONS_OF_VARIABLES                                                 \
  QUICK (LDAR, 1, TRUE, RA)                                                          \
  DO (STAR, 1, (js_quick_set_register (&run, JS_OPERAND_A (op), a), TRUE))           \
  DO (MOV, 2, (js_quick_set_register (&run, JS_OPERAND_B (op), RA), TRUE))           \
  DO (CLEAR, 2, (js_quick_clear (&run, JS_OPERAND_A (op), JS_OPERAND_B (op)), TRUE)) \
  DO (STATEMENT, 1, (js_quick_statement (&run, op), TRUE))                           \
  QUICK (LDA_CONTEXT, 2, TRUE, js_quick_get_context (&run, op))                      \
  DO (STA_CONTEXT, 2, (js_quick_set_context (&run, op, a), TRUE))                    \
  QUICK (LDA_GLOBAL, 2, js_quick_global (&run, op, &found), found)

#define JS_INSTRUCTIONS_OF_PROPERTIES                                                    \
  QUICK (GET_NAMED, 3, js_quick_get_named (&run, op, &found), found)                     \
  DO (SET_NAMED, 3, js_quick_set_named (&run, op, a))                                    \
  DO (INIT_NAMED, 3, js_quick_set_named (&run, op, a))                                   \
  QUICK (GET_KEYED, 2, js_quick_get_element (&run, JS_OPERAND_A (op), a, &found), found) \
  DO (SET_KEYED, 3, js_quick_set_element (&run, JS_OPERAND_A (op), RB, a))

#define JS_INSTRUCTIONS_OF_NUMBERS                                                             \
  QUICK (ADD, 1, js_bits_is_smi (a) && js_quick_add (RA, js_bits_smi (a), &found), found)      \
  QUICK (SUB, 1, js_bits_is_smi (a) && js_quick_subtract (RA, js_bits_smi (a), &found), found) \
  QUICK (MUL, 1, js_bits_is_smi (a) && js_quick_multiply (RA, js_bits_smi (a), &found), found) \
  QUICK (MOD, 1, js_bits_is_smi (a) && js_quick_modulo (RA, js_bits_smi (a), &found), found)   \
  QUICK (ADD_SMI, 1, js_quick_add (a, A_SMI, &found), found)                                   \
  QUICK (SUB_SMI, 1, js_quick_subtract (a, A_SMI, &found), found)                              \
  QUICK (MUL_SMI, 1, js_quick_multiply (a, A_SMI, &found), found)                              \
  QUICK (MOD_SMI, 1, js_quick_modulo (a, A_SMI, &found), found)                                \
  QUICK (INC, 1, js_quick_add (a, 1, &found), found)                                           \
  QUICK (DEC, 1, js_quick_subtract (a, 1, &found), found)                                      \
  QUICK (BIT_AND, 1, BOTH_SMIS, JS_BITS_SMI (js_bits_smi (RA) & js_bits_smi (a)))              \
  QUICK (BIT_OR, 1, BOTH_SMIS, JS_BITS_SMI (js_bits_smi (RA) | js_bits_smi (a)))               \
  QUICK (BIT_XOR, 1, BOTH_SMIS, JS_BITS_SMI (js_bits_smi (RA) ^ js_bits_smi (a)))              \
  QUICK (BIT_AND_SMI, 1, js_bits_is_smi (a), JS_BITS_SMI (js_bits_smi (a) & A_SMI))            \
  QUICK (BIT_OR_SMI, 1, js_bits_is_smi (a), JS_BITS_SMI (js_bits_smi (a) | A_SMI))

#define JS_INSTRUCTIONS_OF_TESTS                                             \
  TEST (TEST_LESS, BOTH_SMIS, js_bits_smi (RA) < js_bits_smi (a))            \
  TEST (TEST_GREATER, BOTH_SMIS, js_bits_smi (RA) > js_bits_smi (a))         \
  TEST (TEST_LESS_EQUAL, BOTH_SMIS, js_bits_smi (RA) <= js_bits_smi (a))     \
  TEST (TEST_GREATER_EQUAL, BOTH_SMIS, js_bits_smi (RA) >= js_bits_smi (a))  \
  TEST (TEST_SAME, js_quick_is_plain (RA) && js_quick_is_plain (a), RA == a) \
  TEST (TEST_EQUAL, BOTH_SMIS, RA == a)                                      \
  TEST (TEST_LESS_SMI, js_bits_is_smi (a), js_bits_smi (a) < A_SMI)          \
  TEST (TEST_GREATER_SMI, js_bits_is_smi (a), js_bits_smi (a) > A_SMI)       \
  TEST (TEST_SAME_SMI, js_bits_is_smi (a), js_bits_smi (a) == A_SMI)         \
  TEST (NOT, js_bits_is_boolean (a), IS_FALSE)

#define JS_INSTRUCTIONS_OF_JUMPS                             \
  JUMP (JUMP, TRUE, TRUE)                                    \
  JUMP (JUMP_LOOP, hp_quick_is_possible (run.machine), TRUE) \
  JUMP (JUMP_IF_TRUE, js_bits_is_boolean (a), !IS_FALSE)     \
  JUMP (JUMP_IF_FALSE, js_bits_is_boolean (a), IS_FALSE)     \
  JUMP (JUMP_IF_NULLISH, TRUE, js_quick_is_nullish (a))      \
  JUMP (JUMP_IF_NOT_NULLISH, TRUE, !js_quick_is_nullish (a)) \
  JUMP (JUMP_IF_UNDEFINED, TRUE, a == JS_BITS_UNDEFINED)     \
  JUMP (JUMP_IF_NOT_UNDEFINED, TRUE, a != JS_BITS_UNDEFINED)

#define JS_INSTRUCTIONS_OF_CALLS                            \
  CALL_CASE (CALL, hp_bits_turn (JS_BITS_UNDEFINED), 0)     \
  CALL_CASE (CALL_METHOD, run.locals[JS_OPERAND_B (op)], 1) \
  case JS_BYTECODE_RETURN:                                  \
    if (!js_quick_return (&run))                            \
      break;                                                \
    goto load;

#define JS_INSTRUCTIONS         \
  JS_INSTRUCTIONS_OF_CONSTANTS  \
  JS_INSTRUCTIONS_OF_VARIABLES  \
  JS_INSTRUCTIONS_OF_PROPERTIES \
  JS_INSTRUCTIONS_OF_NUMBERS    \
  JS_INSTRUCTIONS_OF_TESTS      \
  JS_INSTRUCTIONS_OF_JUMPS      \
  JS_INSTRUCTIONS_OF_CALLS
