/* events.c - EventEmitter
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/node_error.h"
#include "runtime/function.h"
#include "runtime/message.h"

/* More listeners than this for one event are probably a leak, of which Node warns. */
#define MOST_LISTENERS 10

static JsAtom *
events_name (JsVm *vm)
{
  return js_atom (vm, "_events", -1);
}

/* The listeners by event: a dictionary that the emitter has. The hole: thrown. */
static JsValue
events_of (JsVm *vm, JsValue emitter)
{
  JsDescriptor own;
  JsValue events;

  if (js_get_own (vm, emitter.payload, js_key_atom (events_name (vm)), &own) == JS_PRESENT
      && js_is_object (vm, own.value))
    return own.value;
  events = js_hold (vm, js_ref (js_new_object_with_prototype (vm, JS_NULL)));
  if (js_is_hole (events)
      || !js_define (vm, emitter.payload, js_key_atom (events_name (vm)), events, JS_ALL_ATTRIBUTES))
    return JS_THROWN;
  return events;
}

static JsValue
emitter_construct (JsVm *vm, const JsCall *call)
{
  JsValue emitter = js_is_undefined (call->new_target)
                        ? call->receiver
                        : js_hold (vm, js_ref (js_new_object_for (vm, JS_KIND_OBJECT, call->new_target)));

  if (js_is_undefined (call->new_target) && !js_is_object (vm, emitter))
    return js_throw_type (vm, "Class constructor EventEmitter cannot be invoked without 'new'");
  return js_is_hole (emitter) || js_is_hole (events_of (vm, emitter)) ? JS_THROWN : emitter;
}

/* The array of an event's listeners; undefined: none yet. */
static JsValue
listeners_of (JsVm *vm, const JsCall *call, JsKey *event)
{
  JsValue events;

  if (!js_is_object (vm, call->receiver))
    return js_throw_incompatible (vm, "EventEmitter", call->receiver);
  if (!js_to_key (vm, js_argument (call, 0), event))
    return JS_THROWN;
  events = events_of (vm, call->receiver);
  return js_is_hole (events) ? events : js_hold (vm, js_get (vm, js_hold (vm, events), *event));
}

static void
warn (JsVm *vm, JsValue emitter, JsKey event, guint32 n)
{
  g_autofree char *name = js_key_text (vm, event), *class = js_constructor_name (vm, emitter.payload), *text = NULL;

  text = g_strdup_printf ("(node:1) MaxListenersExceededWarning: Possible EventEmitter memory leak detected. %u %s "
                          "listeners added to [%s]. Use emitter.setMaxListeners() to increase limit\n(Use `node "
                          "--trace-warnings ...` to show where the warning was created)\n",
                          n,
                          name,
                          class != NULL ? class : "EventEmitter");
  hp_machine_write_output (vm->machine, HP_STREAM_ERROR, text, strlen (text));
}

static double
most_listeners (JsVm *vm, JsValue emitter)
{
  JsValue most = js_get_named (vm, emitter, js_atom (vm, "_maxListeners", -1));

  return js_is_number (vm, most) ? js_as_double (vm, most) : MOST_LISTENERS;
}

static JsValue
add_listener (JsVm *vm, const JsCall *call, JsValue listener, gboolean first)
{
  JsKey event;
  JsValue list = listeners_of (vm, call, &event);
  guint32 n;
  double most;

  if (js_is_hole (list) || !js_check_callable (vm, listener))
    return JS_THROWN;
  if (js_is_undefined (list))
    {
      list = js_hold (vm, js_ref (js_new_array (vm, 0)));
      if (js_is_hole (list) || !js_set (vm, events_of (vm, call->receiver), event, list, TRUE))
        return JS_THROWN;
    }
  if (first ? js_is_hole (js_invoke (vm, list, js_atom (vm, "unshift", -1), &listener, 1))
            : !js_array_push (vm, list.payload, listener))
    return JS_THROWN;
  n = js_array_length (vm, list.payload);
  most = most_listeners (vm, call->receiver);
  if (most > 0 && n == most + 1)
    warn (vm, call->receiver, event, n);
  return call->receiver;
}

static JsValue
emitter_on (JsVm *vm, const JsCall *call)
{
  return add_listener (vm, call, js_argument (call, 1), FALSE);
}

static JsValue
emitter_prepend (JsVm *vm, const JsCall *call)
{
  return add_listener (vm, call, js_argument (call, 1), TRUE);
}

/* What hears once: a function with a pair, emitter's event listener and event. */
static JsValue
hear_once (JsVm *vm, const JsCall *call)
{
  return js_call (vm, js_native_data (vm, call), call->receiver, call->arguments, call->n);
}

static const JsNativeRow ONCE = JS_METHOD ("onceWrapper", hear_once, 0);

static JsValue
emitter_once (JsVm *vm, const JsCall *call)
{
  JsValue wrapper;

  if (!js_check_callable (vm, js_argument (call, 1)))
    return JS_THROWN;
  wrapper = js_hold (vm, js_new_native_with (vm, &ONCE, call->arguments[1]));
  return js_is_hole (wrapper) ? wrapper : add_listener (vm, call, wrapper, FALSE);
}

static gboolean
is_once (JsVm *vm, JsValue listener)
{
  return js_is_kind (vm, listener, JS_KIND_FUNCTION) && js_function_native (vm, listener.payload) == &ONCE;
}

static gboolean
is_listener (JsVm *vm, JsValue entry, JsValue listener)
{
  return js_is_identical (entry, listener)
         || (is_once (vm, entry)
             && js_is_identical (js_function_slot (vm, entry.payload, JS_FUNCTION_SLOT_CONTEXT), listener));
}

/* A new list without one entry: those that are being told go on with the old one. */
static gboolean
drop_entry (JsVm *vm, JsValue emitter, JsKey event, JsValue list, guint32 dropped)
{
  guint32 n = js_array_length (vm, list.payload);
  JsValue shorter = js_hold (vm, js_ref (js_new_array (vm, 0)));
  gboolean deleted;

  if (n == 1)
    return js_delete (vm, events_of (vm, emitter).payload, event, &deleted);
  for (guint32 i = 0; i < n && !js_is_hole (shorter); i++)
    if (i != dropped && !js_array_push (vm, shorter.payload, js_element (vm, list.payload, i)))
      return FALSE;
  return !js_is_hole (shorter) && js_set (vm, events_of (vm, emitter), event, shorter, TRUE);
}

static JsValue
emitter_off (JsVm *vm, const JsCall *call)
{
  JsKey event;
  JsValue list = listeners_of (vm, call, &event);

  if (js_is_hole (list) || !js_is_array (vm, list))
    return js_is_hole (list) ? list : call->receiver;
  for (guint32 i = js_array_length (vm, list.payload); i > 0; i--)
    if (is_listener (vm, js_element (vm, list.payload, i - 1), js_argument (call, 1)))
      return drop_entry (vm, call->receiver, event, list, i - 1) ? call->receiver : JS_THROWN;
  return call->receiver;
}

static JsValue
emitter_remove_all (JsVm *vm, const JsCall *call)
{
  JsKey event;
  gboolean deleted;
  JsValue events;

  if (call->n > 0 && !js_is_undefined (call->arguments[0]))
    {
      JsValue list = listeners_of (vm, call, &event);
      return !js_is_hole (list) && js_delete (vm, events_of (vm, call->receiver).payload, event, &deleted)
                 ? call->receiver
                 : JS_THROWN;
    }
  events = js_ref (js_new_object_with_prototype (vm, JS_NULL));
  return !js_is_hole (events) && js_set_named (vm, call->receiver, events_name (vm), events) ? call->receiver
                                                                                             : JS_THROWN;
}

/* An error that nobody hears is thrown. */
static JsValue
emit_unheard (JsVm *vm, const JsCall *call, JsKey event)
{
  JsValue error = call->n > 1 ? call->arguments[1] : JS_UNDEFINED, thrown;
  g_autofree char *text = NULL;

  if (event.atom != js_atom (vm, "error", -1))
    return JS_FALSE;
  if (js_is_kind (vm, error, JS_KIND_ERROR))
    {
      vm->thrown_at = JS_THROWN_BY_RUNTIME;
      return js_throw (vm, error);
    }
  text = js_inspect_text (vm, error);
  js_throw_coded (vm, JS_INTRINSIC_ERROR_PROTOTYPE, "ERR_UNHANDLED_ERROR", "Unhandled error. (%s)", text);
  if (!js_is_object (vm, vm->exception))
    return JS_THROWN;
  thrown = js_hold (vm, js_catch (vm));
  return js_set_named (vm, thrown, js_atom (vm, "context", -1), error) ? js_throw (vm, thrown) : JS_THROWN;
}

static JsValue
emitter_emit (JsVm *vm, const JsCall *call)
{
  JsKey event;
  JsValue list = listeners_of (vm, call, &event);
  guint32 n;

  if (js_is_hole (list))
    return list;
  n = js_is_array (vm, list) ? js_array_length (vm, list.payload) : 0;
  if (n == 0)
    return emit_unheard (vm, call, event);
  list = js_hold (vm, js_invoke (vm, list, js_atom (vm, "slice", -1), NULL, 0));
  for (guint32 i = 0; i < n && !js_is_hole (list); i++)
    {
      JsHandles handles = js_handles_open (vm);
      JsValue listener = js_hold (vm, js_element (vm, list.payload, i));
      gboolean done = TRUE;

      if (is_once (vm, listener))
        {
          JsValue arguments[] = { call->arguments[0], listener };
          done = !js_is_hole (emitter_off (vm, &(JsCall){ call->callee, call->receiver, arguments, 2, JS_UNDEFINED }));
        }
      done = done && !js_is_hole (js_call (vm, listener, call->receiver, call->arguments + 1, call->n - 1));
      js_handles_close (vm, handles);
      if (!done)
        return JS_THROWN;
    }
  return js_is_hole (list) ? list : JS_TRUE;
}

static JsValue
emitter_listener_count (JsVm *vm, const JsCall *call)
{
  JsKey event;
  JsValue list = listeners_of (vm, call, &event);

  if (js_is_hole (list))
    return list;
  return js_smi (js_is_array (vm, list) ? (gint32) js_array_length (vm, list.payload) : 0);
}

static JsValue
emitter_listeners (JsVm *vm, const JsCall *call)
{
  JsKey event;
  JsValue list = listeners_of (vm, call, &event), copy;
  guint32 n;

  copy = js_is_hole (list) ? list : js_hold (vm, js_ref (js_new_array (vm, 0)));
  n = !js_is_hole (copy) && js_is_array (vm, list) ? js_array_length (vm, list.payload) : 0;
  for (guint32 i = 0; i < n; i++)
    {
      JsValue listener = js_element (vm, list.payload, i);
      if (is_once (vm, listener))
        listener = js_function_slot (vm, listener.payload, JS_FUNCTION_SLOT_CONTEXT);
      if (!js_array_push (vm, copy.payload, listener))
        return JS_THROWN;
    }
  return copy;
}

static JsValue
emitter_event_names (JsVm *vm, const JsCall *call)
{
  JsValue events = js_is_object (vm, call->receiver) ? js_hold (vm, events_of (vm, call->receiver)) : JS_HOLE, names;
  g_autoptr (GArray) keys = NULL;

  if (js_is_hole (events))
    return JS_THROWN;
  keys = js_own_keys (vm, events.payload, JS_KEYS_STRINGS | JS_KEYS_SYMBOLS);
  names = js_hold (vm, js_ref (js_new_array (vm, 0)));
  for (guint i = 0; i < keys->len && !js_is_hole (names); i++)
    if (!js_array_push (vm, names.payload, js_key_value (vm, g_array_index (keys, JsKey, i))))
      return JS_THROWN;
  return names;
}

static JsValue
emitter_set_max (JsVm *vm, const JsCall *call)
{
  return js_set_named (vm, call->receiver, js_atom (vm, "_maxListeners", -1), js_argument (call, 0)) ? call->receiver
                                                                                                     : JS_THROWN;
}

static JsValue
emitter_get_max (JsVm *vm, const JsCall *call)
{
  return js_number (vm, most_listeners (vm, call->receiver));
}

static JsValue
create_itself (JsVm *vm)
{
  return js_library_constructor (vm, "EventEmitter");
}

static const JsNativeRow MEMBERS[] = {
  JS_METHOD ("on", emitter_on, 2),
  JS_METHOD ("addListener", emitter_on, 2),
  JS_METHOD ("prependListener", emitter_prepend, 2),
  JS_METHOD ("once", emitter_once, 2),
  JS_METHOD ("off", emitter_off, 2),
  JS_METHOD ("removeListener", emitter_off, 2),
  JS_METHOD ("removeAllListeners", emitter_remove_all, 1),
  JS_METHOD ("emit", emitter_emit, 1),
  JS_METHOD ("listenerCount", emitter_listener_count, 1),
  JS_METHOD ("listeners", emitter_listeners, 1),
  JS_METHOD ("eventNames", emitter_event_names, 0),
  JS_METHOD ("setMaxListeners", emitter_set_max, 1),
  JS_METHOD ("getMaxListeners", emitter_get_max, 0),
};

static const JsNativeRow STATICS[] = {
  JS_OBJECT ("EventEmitter", create_itself),
  JS_NUMBER ("defaultMaxListeners", MOST_LISTENERS),
};

static const JsLibraryClass CLASSES[] = {
  { .name = "EventEmitter",
    .construct = emitter_construct,
    .prototype = JS_INTRINSIC_EVENT_EMITTER_PROTOTYPE,
    .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
    .kind = JS_KIND_OBJECT,
    .members = MEMBERS,
    .n_members = G_N_ELEMENTS (MEMBERS),
    .statics = STATICS,
    .n_statics = G_N_ELEMENTS (STATICS),
    .is_hidden = TRUE },
};

const JsLibrary js_library_events = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
