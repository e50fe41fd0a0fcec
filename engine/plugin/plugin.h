/* plugin.h - the one symbol a plugin module exports
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "gc/policy.h"
#include "machine/scenario.h"
#include "memory/replacement.h"

G_BEGIN_DECLS

/** Must be equal in plugin and engine: grows when a struct or function changes in an incompatible way. */
#define HP_PLUGIN_ABI 4
/** The plugin's must be at most the engine's: grows when something is added. */
#define HP_PLUGIN_API 1

typedef enum
{
  HP_PLUGIN_SCENARIO,
  HP_PLUGIN_POLICY, /* a GC policy, a page-replacement policy, or both */
  HP_PLUGIN_VIEW,
  HP_N_PLUGIN_KINDS
} HpPluginKind;

/**
 * HpPlugin: what hp_plugin_entry points to. Exactly the pointers of its kind are set.
 */
typedef struct
{
  gsize struct_size; /* sizeof (HpPlugin) */
  guint32 abi;       /* HP_PLUGIN_ABI */
  guint32 api;       /* HP_PLUGIN_API */
  const char *id;    /* as in the manifest */
  HpPluginKind kind;
  const HpScenario *scenario;
  const HpGcPolicy *policy;
  const HpReplacementPolicy *replacement;
  const struct _HpView *view; /* scene/view.h, which scenarios and policies need not know */
} HpPlugin;

#define HP_PLUGIN_SYMBOL "hp_plugin_entry"
#define HP_PLUGIN_EXPORT __attribute__ ((visibility ("default")))

#define HP_DEFINE_PLUGIN_(id_, kind_, ...)                \
  extern HP_PLUGIN_EXPORT const HpPlugin hp_plugin_entry; \
  const HpPlugin hp_plugin_entry = { sizeof (HpPlugin), HP_PLUGIN_ABI, HP_PLUGIN_API, id_, kind_, __VA_ARGS__ };

/** At the end of the plugin's file: `HP_DEFINE_POLICY ("promote-at-n", promote_at_n)` and so on. */
#define HP_DEFINE_SCENARIO(id, vtable) HP_DEFINE_PLUGIN_ (id, HP_PLUGIN_SCENARIO, .scenario = &(vtable))
#define HP_DEFINE_POLICY(id, vtable) HP_DEFINE_PLUGIN_ (id, HP_PLUGIN_POLICY, .policy = &(vtable))
#define HP_DEFINE_REPLACEMENT(id, vtable) HP_DEFINE_PLUGIN_ (id, HP_PLUGIN_POLICY, .replacement = &(vtable))
#define HP_DEFINE_VIEW(id, vtable) HP_DEFINE_PLUGIN_ (id, HP_PLUGIN_VIEW, .view = &(vtable))

G_END_DECLS
