/* parse.h - what the files of the parser share
 *
 * No function returns NULL where the grammar wants a node. After the first error every token is JS_TOKEN_END, so that
 * the functions return by themselves; loops end at JS_TOKEN_END.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "ast.h"
#include "lexer.h"

G_BEGIN_DECLS

#define JS_DEEPEST 800

/* What the function around the place allows; saved and restored around each function. */
typedef struct
{
  gboolean strict, async, generator;
  gboolean in_parameters; /* of this function: no await and yield */
  gboolean in_static_block;
  gboolean no_arguments; /* a field's initializer or a static block */
  gboolean super_property, super_call, new_target;
  gboolean in_script; /* no function but arrows around */
  guint loops, breakables;
  GPtrArray *labels; /* of JsLabel; NULL while there is none */
} JsFunctionState;

typedef struct
{
  const JsText *name;
  gboolean loop;
} JsLabel;

typedef struct _JsClassState JsClassState;
struct _JsClassState
{
  JsClassState *outer;
  GHashTable *declared; /* JsText -> what it is: kinds of accessor and static-ness, in PrivateKind */
  GArray *used;         /* of JsToken */
};

typedef struct
{
  JsLexer lexer;
  JsArena *arena;
  JsToken token;    /* the one to be read next */
  JsToken last;     /* the one before */
  guint32 last_end; /* where that ended */
  guint depth;
  gboolean no_in;           /* in the head of a for */
  guint32 cover, cover_end; /* where {a = 1} or a second __proto__ stands that only a pattern may have, plus one */
  const char *cover_complaint;
  JsNode *group; /* the list in the last parentheses that were closed, from group_start to group_end */
  guint32 group_start, group_end;
  JsFunctionState function;
  JsClassState *class_state;
} JsParser;

/* parser.c */
void js_parse_next (JsParser *self);
JsToken js_parse_peek (JsParser *self);
/** Whether `async function` comes, on one line. */
gboolean js_parse_is_async_function (JsParser *self);
gboolean js_parse_is (const JsParser *self, JsTokenKind kind);
gboolean js_parse_take (JsParser *self, JsTokenKind kind);
void js_parse_expect (JsParser *self, JsTokenKind kind);
void js_parse_semicolon (JsParser *self);
gboolean js_parse_is_word (const JsParser *self, const char *word);
gboolean js_token_is_word (const JsToken *token, const char *word);
void js_parse_fail (JsParser *self, guint32 start, guint32 end, const char *message);
void js_parse_fail_last (JsParser *self, const char *message);
void js_parse_fail_node (JsParser *self, const JsNode *node, const char *message);
gboolean js_parse_refuse_await (JsParser *self);
void js_parse_unexpected (JsParser *self);
void js_parse_unexpected_token (JsParser *self, const JsToken *token);
gboolean js_parse_enter (JsParser *self);
void js_parse_leave (JsParser *self);
JsNode *js_parse_node (JsParser *self, JsNodeKind kind);
JsNode *js_parse_finish (JsParser *self, JsNode *node);
void js_parse_append (JsNode ***tail, JsNode *node);

/* names.c */
gboolean js_parse_is_identifier (const JsParser *self, const JsToken *token);
JsNode *js_parse_identifier (JsParser *self);
JsNode *js_parse_binding_identifier (JsParser *self);
JsNode *js_parse_key (JsParser *self, guint32 *flags);
JsNode *js_parse_private (JsParser *self, guint32 start);
void js_parse_check_octal (JsParser *self, const JsToken *token);
void js_parse_check_bound (JsParser *self, const JsNode *node);
gboolean js_text_is (const JsText *text, const char *string);

/* expressions.c, operators.c, objects.c */
JsNode *js_parse_expression (JsParser *self);
JsNode *js_parse_assignment (JsParser *self);
JsNode *js_parse_assignment_cover (JsParser *self);
JsNode *js_parse_left_hand_side (JsParser *self);
JsNode *js_parse_primary (JsParser *self);
JsNode *js_parse_template (JsParser *self, gboolean tagged);
JsNode *js_parse_arguments (JsParser *self, JsNode *call);
JsNode *js_parse_binary (JsParser *self);
JsNode *js_parse_object (JsParser *self);
JsNode *js_parse_array (JsParser *self);
void js_parse_cover (JsParser *self, guint32 start, guint32 end, const char *complaint);

/* patterns.c */
JsNode *js_parse_binding_target (JsParser *self);
JsNode *js_parse_binding_element (JsParser *self);
JsNode *js_parse_to_pattern (JsParser *self, JsNode *node, gboolean binding);
gboolean js_parse_is_simple_target (JsParser *self, const JsNode *node, const char *message);

/* functions.c, classes.c */
JsNode *js_parse_function (JsParser *self, guint32 flags);
/** The parameters and body of a method whose key was read; its text begins at @start. */
JsNode *js_parse_method (JsParser *self, guint32 start, guint32 flags);
JsNode *js_parse_arrow (JsParser *self, guint32 start, JsNode *parameters, guint32 flags);
JsNode *js_parse_initializer (JsParser *self, gboolean block);
JsNode *js_parse_class (JsParser *self, guint32 flags);

/* statements.c, loops.c */
JsNode *js_parse_statement (JsParser *self);
JsNode *js_parse_list_item (JsParser *self);
JsNode *js_parse_block (JsParser *self);
JsNode *js_parse_variables (JsParser *self, gboolean in_for);
gboolean js_parse_is_let (JsParser *self);
JsNode *js_parse_for (JsParser *self);
JsNode *js_parse_while (JsParser *self);
JsNode *js_parse_do (JsParser *self);
JsNode *js_parse_jump (JsParser *self);
JsNode *js_parse_labeled (JsParser *self);
JsNode *js_parse_sub_statement (JsParser *self);
JsNode *js_parse_directives (JsParser *self, gboolean simple, gboolean *strict);

G_END_DECLS
