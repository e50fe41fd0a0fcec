/* host.h - finds, checks and loads plugins; used by both programs
 *
 * A plugin is a folder entry NAME.plugin (the manifest, a key file) with a module beside it. The manifest is read for
 * all plugins at start; code is loaded only when a plugin is used, so listing never runs foreign code. Whatever is
 * refused stays listed with its reason.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#pragma once

#include "base/settings.h"
#include "plugin/plugin.h"

G_BEGIN_DECLS

#define HP_USUAL_ORDER 100

/**
 * HpManifest: what a manifest says; see data/docs/plugins.md for the file format
 */
typedef struct
{
  char *id;
  HpPluginKind kind;
  char *name; /* in the person's language where the manifest has it */
  char *description;
  char **authors;
  char *module; /* file name of the module without folder; default: id with the system's ending */
  char *folder; /* where the manifest stands */
  guint32 abi;
  guint32 api;    /* 1 where the manifest does not say */
  char *preset;   /* scenarios: the machine preset it is made for, or NULL */
  char *view;     /* scenarios: the view that shows it best, or NULL */
  guint32 order;  /* scenarios: those with smaller numbers come first in the gallery */
  char **machine; /* scenarios: what its machine has otherwise than the preset: name, value, name, value …, NULL */
  char **files;   /* (nullable): scenarios: endings of the names of files it runs, unless another knows the content */
  gboolean is_program; /* scenarios: runs programs, which write lines and take arguments */
  char *of;   /* (nullable): scenarios: the id of the scenario that this is, with a file of its own; see lesson.h */
  char *file; /* NULL but with @of: the name of that file, beside the manifest */
  HpParameter *parameters;
  gsize n_parameters;
} HpManifest;

/** "scenario", "policy", "view": as manifests and messages say it. */
const char *hp_plugin_kind_name (HpPluginKind kind);

/** "boolean", "integer" …: the type of a setting as manifests say it. */
const char *hp_parameter_type_name (HpParameterType type);

HpManifest *hp_manifest_load (const char *path, GError **error);
/** @path is for messages only. */
HpManifest *hp_manifest_parse (const char *text, gsize n, const char *path, GError **error);
void hp_manifest_free (HpManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpManifest, hp_manifest_free)

typedef struct _HpHost HpHost;

/**
 * hp_host_new:
 * @folders: (nullable): NULL-terminated search path; NULL is the usual one: $XDG_DATA_HOME/heaparium/plugins, the
 *   installed folder, then the folders of $HEAPARIUM_PLUGIN_PATH. Sub-folders are searched too. The first id wins.
 */
HpHost *hp_host_new (const char *const *folders);
/**
 * hp_host_new_with:
 * @path: of a manifest, or of a module (.so) that has its manifest beside it
 * @manifest: (out): that plugin
 *
 * A host with the plugin at @path, which shadows others of its kind and id, and those of the usual folders. NULL with
 * @error where it cannot be read (%HP_ERROR_INPUT) or is refused (%HP_ERROR_PLUGIN).
 */
HpHost *hp_host_new_with (const char *path, const HpManifest **manifest, GError **error);
void hp_host_free (HpHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpHost, hp_host_free)

/** One found manifest: usable, or refused with a reason. */
typedef struct
{
  const char *path;           /* of the manifest */
  const HpManifest *manifest; /* NULL when it could not be read */
  const char *refusal;        /* NULL: none; a sentence otherwise (also set when loading the module failed) */
} HpPluginEntry;

guint hp_host_n_entries (const HpHost *self);
HpPluginEntry hp_host_entry (const HpHost *self, guint i);

/** The usable manifest of a kind and id; NULL with @error naming close ids when there is none. */
const HpManifest *hp_host_find (HpHost *self, HpPluginKind kind, const char *id, GError **error);

/** Load the module of @manifest (once) and check it against the ABI. NULL with @error, and the entry is refused from
 * then. */
const HpPlugin *hp_host_load (HpHost *self, const HpManifest *manifest, GError **error);

/** Whether the plugin reads a file: whether it has a setting "file" of the type file. */
gboolean hp_manifest_has_file (const HpManifest *manifest);

/** Settings with the defaults of @manifest's parameters. (transfer full) */
HpSettings *hp_manifest_settings_new (const HpManifest *manifest);

/**
 * hp_manifest_machine_settings_new:
 * @manifest: (nullable): of a scenario
 * @preset: (nullable): NULL: the one the scenario is made for
 *
 * The machine's settings with the defaults of @preset; if that is the scenario's own preset, what its manifest says in
 * [Machine] is the default instead. NULL with @error where there is no such preset, setting or value. (transfer full)
 */
HpSettings *hp_manifest_machine_settings_new (const HpManifest *manifest, const char *preset, GError **error);

G_END_DECLS
