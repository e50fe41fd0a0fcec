/* text_encoder.c - TextEncoder and TextDecoder: text as UTF-8 and back (https://encoding.spec.whatwg.org)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "library/buffer.h"
#include "library/node_error.h"

/* ---- TextEncoder ------------------------------------------------------------------------------------------------- */

static JsValue
construct_plain (JsVm *vm, const JsCall *call, const char *name)
{
  HpRef object;

  if (js_is_undefined (call->new_target))
    return js_throw_type (vm, "Class constructor %s cannot be invoked without 'new'", name);
  object = js_new_object_for (vm, JS_KIND_OBJECT, call->new_target);
  return object != HP_REF_NONE ? js_ref (object) : JS_THROWN;
}

static JsValue
construct_encoder (JsVm *vm, const JsCall *call)
{
  return construct_plain (vm, call, "TextEncoder");
}

static JsValue
get_encoding (JsVm *vm, const JsCall *call)
{
  (void) call;
  return js_atom_value (vm, js_atom (vm, "utf-8", -1));
}

static JsValue
encode (JsVm *vm, const JsCall *call)
{
  g_autoptr (GByteArray) bytes = NULL;
  JsValue text = js_argument (call, 0), store, view;
  guint32 n;

  text = js_hold (vm, js_is_undefined (text) ? js_string (vm, "", 0) : js_to_string (vm, text));
  if (js_is_hole (text))
    return text;
  bytes = js_encode_string (vm, JS_UTF8, text.payload);
  store = js_hold (vm, js_new_array_buffer (vm, bytes->len, JS_UNDEFINED, TRUE));
  view = js_is_hole (store) ? store : js_hold (vm, js_new_view (vm, JS_UINT8, store, 0, bytes->len, JS_UNDEFINED));
  if (!js_is_hole (view) && bytes->len > 0)
    memcpy (js_view_bytes (vm, view.payload, &n), bytes->data, bytes->len);
  return view;
}

/* ---- TextDecoder ------------------------------------------------------------------------------------------------- */

static JsValue
construct_decoder (JsVm *vm, const JsCall *call)
{
  g_autofree char *label = js_is_undefined (js_argument (call, 0)) ? g_strdup ("utf-8")
                                                                   : js_to_utf8 (vm, call->arguments[0]);

  if (label == NULL)
    return JS_THROWN;
  g_strstrip (label);
  if (g_ascii_strcasecmp (label, "utf-8") != 0 && g_ascii_strcasecmp (label, "utf8") != 0)
    return js_throw_coded (vm,
                           JS_INTRINSIC_RANGE_ERROR_PROTOTYPE,
                           "ERR_ENCODING_NOT_SUPPORTED",
                           "The \"%s\" encoding is not supported",
                           label);
  return construct_plain (vm, call, "TextDecoder");
}

static JsValue
decode (JsVm *vm, const JsCall *call)
{
  JsValue source = js_argument (call, 0);
  const guint8 *bytes;
  guint32 n;

  if (js_is_undefined (source))
    return js_string (vm, "", 0);
  if (js_is_kind (vm, source, JS_KIND_ARRAY_BUFFER))
    {
      bytes = js_array_buffer_bytes (vm, source.payload);
      n = js_array_buffer_length (vm, source.payload);
    }
  else if (js_is_kind (vm, source, JS_KIND_TYPED_ARRAY))
    bytes = js_view_bytes (vm, source.payload, &n);
  else
    return js_throw_argument_type (vm, "\"list\" argument", "an instance of ArrayBuffer or ArrayBufferView", source);
  if (n >= 3 && memcmp (bytes, "\357\273\277", 3) == 0)
    return js_decode_bytes (vm, JS_UTF8, bytes + 3, n - 3);
  return js_decode_bytes (vm, JS_UTF8, bytes, n);
}

/* ---- tables ------------------------------------------------------------------------------------------------------ */

static const JsNativeRow ENCODER[] = { JS_GETTER ("encoding", get_encoding),
                                       JS_METHOD ("encode", encode, 0),
                                       JS_STRING ("@@toStringTag", "TextEncoder") };
static const JsNativeRow DECODER[] = { JS_GETTER ("encoding", get_encoding),
                                       JS_METHOD ("decode", decode, 0),
                                       JS_STRING ("@@toStringTag", "TextDecoder") };
static const JsLibraryClass CLASSES[] = { { .name = "TextEncoder",
                                            .construct = construct_encoder,
                                            .prototype = JS_INTRINSIC_TEXT_ENCODER_PROTOTYPE,
                                            .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
                                            .kind = JS_KIND_OBJECT,
                                            .members = ENCODER,
                                            .n_members = G_N_ELEMENTS (ENCODER) },
                                          { .name = "TextDecoder",
                                            .construct = construct_decoder,
                                            .prototype = JS_INTRINSIC_TEXT_DECODER_PROTOTYPE,
                                            .parent = JS_INTRINSIC_OBJECT_PROTOTYPE,
                                            .kind = JS_KIND_OBJECT,
                                            .members = DECODER,
                                            .n_members = G_N_ELEMENTS (DECODER) } };

const JsLibrary js_library_text_encoder = { .classes = CLASSES, .n_classes = G_N_ELEMENTS (CLASSES) };
