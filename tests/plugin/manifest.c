/* manifest.c - tests of reading manifests: what is taken, and the exact words about what is not
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "plugin/host.h"

#include <locale.h>
#include <string.h>

#define HEAD "[Plugin]\nId=probe\nKind=scenario\nName=Probe\nABI=4\n"

static HpManifest *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  HpManifest *manifest = hp_manifest_parse (text, strlen (text), "/x/probe.plugin", &error);

  g_assert_no_error (error);
  g_assert_nonnull (manifest);
  return manifest;
}

static void
test_smallest (void)
{
  g_autoptr (HpManifest) manifest = parse (HEAD);

  g_assert_cmpstr (manifest->id, ==, "probe");
  g_assert_cmpint (manifest->kind, ==, HP_PLUGIN_SCENARIO);
  g_assert_cmpstr (manifest->name, ==, "Probe");
  g_assert_cmpstr (manifest->description, ==, "");
  g_assert_cmpuint (g_strv_length (manifest->authors), ==, 0);
  g_assert_cmpstr (manifest->module, ==, "probe.so");
  g_assert_cmpstr (manifest->folder, ==, "/x");
  g_assert_cmpuint (manifest->abi, ==, 4);
  g_assert_cmpuint (manifest->api, ==, 1);
  g_assert_null (manifest->preset);
  g_assert_null (manifest->view);
  g_assert_cmpuint (manifest->n_parameters, ==, 0);
  g_assert_false (hp_manifest_has_file (manifest));
}

/* What the scenario's machine has otherwise than its preset, and only then. */
static void
test_machine (void)
{
  g_autoptr (HpManifest) manifest = parse (HEAD "Preset=classroom\n[Machine]\nram=2K\nreplacement=fifo\n");
  g_autoptr (HpManifest) unknown = parse (HEAD "[Machine]\nrom=2K\n");
  g_autoptr (HpManifest) wrong = parse (HEAD "[Machine]\nram=much\n");
  g_autoptr (HpSettings) own = hp_manifest_machine_settings_new (manifest, NULL, NULL);
  g_autoptr (HpSettings) other = hp_manifest_machine_settings_new (manifest, "node-20", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (hp_settings_get_integer (own, "ram"), ==, 2048);
  g_assert_cmpstr (hp_settings_get_text (own, "replacement"), ==, "fifo");
  g_assert_false (hp_settings_is_changed (own, "ram"));
  g_assert_true (hp_settings_set (own, "ram", "4K", NULL));
  g_assert_true (hp_settings_is_changed (own, "ram"));
  g_assert_cmpint (hp_settings_get_integer (other, "ram"), ==, 0);
  g_assert_null (hp_manifest_machine_settings_new (unknown, NULL, &error));
  g_assert_cmpstr (error->message, ==, "[Machine] there is no setting “rom”");
  g_clear_error (&error);
  g_assert_null (hp_manifest_machine_settings_new (wrong, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "[Machine] ram: found “much”, expected "));
}

static void
test_everything (void)
{
  g_autoptr (HpManifest) manifest = parse (
      "# a comment\n[Plugin]\nId=a-1\nKind=view\nName=One\nDescription=Two\nAuthors=A;B\nABI=4\nAPI=2\n"
      "Module=other.so\nPreset=classroom\nView=memory-map\n"
      "[Setting size]\nType=bytes\nUnit=bytes\nDefault=2K\nMin=1K\nMax=1M\nHelp=how large\n"
      "[Setting mode]\nType=choice\nChoices=slow|fast\nDefault=fast\n"
      "[Setting ratio]\nType=number\nMin=-0.5\nDefault=-0.25\n"
      "[Setting deep]\nType=boolean\nDefault=yes\n[Setting file]\nType=file\n");
  g_autoptr (HpSettings) settings = hp_manifest_settings_new (manifest);

  g_assert_cmpint (manifest->kind, ==, HP_PLUGIN_VIEW);
  g_assert_cmpstr (manifest->authors[1], ==, "B");
  g_assert_cmpuint (manifest->abi, ==, 4);
  g_assert_cmpuint (manifest->api, ==, 2);
  g_assert_cmpstr (manifest->module, ==, "other.so");
  g_assert_cmpstr (manifest->preset, ==, "classroom");
  g_assert_cmpstr (manifest->view, ==, "memory-map");
  g_assert_cmpuint (manifest->n_parameters, ==, 5);
  g_assert_cmpstr (manifest->parameters[0].name, ==, "size");
  g_assert_cmpstr (manifest->parameters[0].unit, ==, "bytes");
  g_assert_cmpstr (manifest->parameters[0].help, ==, "how large");
  g_assert_cmpfloat (manifest->parameters[0].min, ==, 1024);
  g_assert_cmpfloat (manifest->parameters[0].max, ==, 1024 * 1024);
  g_assert_cmpint (hp_settings_get_integer (settings, "size"), ==, 2048);
  g_assert_cmpstr (hp_settings_get_text (settings, "mode"), ==, "fast");
  g_assert_cmpfloat (hp_settings_get_number (settings, "ratio"), ==, -0.25);
  g_assert_true (hp_settings_get_boolean (settings, "deep"));
  g_assert_cmpstr (hp_settings_get_text (settings, "file"), ==, "");
  g_assert_true (hp_manifest_has_file (manifest));
}

static void
test_language (void)
{
  if (!g_test_subprocess ())
    {
      g_setenv ("LANGUAGE", "de", TRUE);
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      g_unsetenv ("LANGUAGE");
      return;
    }
  {
    g_autoptr (HpManifest) manifest = parse (HEAD "Name[de]=Sonde\nDescription=Plain\nDescription[fr]=Non\n"
                                                  "[Setting a]\nType=text\nHelp=help\nHelp[de]=Hilfe\n");

    g_assert_cmpstr (manifest->name, ==, "Sonde");
    g_assert_cmpstr (manifest->description, ==, "Plain");
    g_assert_cmpstr (manifest->parameters[0].help, ==, "Hilfe");
  }
}

static const struct
{
  const char *text;
  const char *message;
} REFUSED[] = {
  { "", "the group [Plugin] is missing" },
  { "garbage\n", "Key file contains line “garbage” which is not a key-value pair, group, or comment" },
  { "[Plugin]\n", "[Plugin] Id is missing, expected 1 to 64 of a–z, 0–9 and -" },
  { "[Plugin]\nId=../../x\n", "[Plugin] Id: found “../../x”, expected 1 to 64 of a–z, 0–9 and -" },
  { "[Plugin]\nId=\n", "[Plugin] Id: found “”, expected 1 to 64 of a–z, 0–9 and -" },
  { "[Plugin]\nId=01234567890123456789012345678901234567890123456789012345678901234\n",
    "[Plugin] Id: found “012345678901234567890123456789012345678901234567890123456789…”, expected 1 to 64 of a–z, 0–9 "
    "and "
    "-" },
  { "[Plugin]\nId=a\nKind=toy\n", "[Plugin] Kind: found “toy”, expected one of scenario, policy, view" },
  { "[Plugin]\nId=a\nKind=view\nName=A\n", "[Plugin] ABI is missing, expected a whole number from 1" },
  { "[Plugin]\nId=a\nKind=view\nName=A\nABI=0\n", "[Plugin] ABI: found “0”, expected a whole number from 1" },
  { "[Plugin]\nId=a\nKind=view\nName=A\nABI=99999999999\n",
    "[Plugin] ABI: found “99999999999”, expected a whole number from 1" },
  { "[Plugin]\nId=a\nKind=view\nABI=4\n", "[Plugin] Name is missing, expected a short name for people" },
  { HEAD "Modul=x.so\n", "[Plugin] found the unknown key “Modul”; did you mean Module?" },
  { HEAD "Quux=1\n",
    "[Plugin] found the unknown key “Quux”, expected one of Id, Kind, Name, Description, Authors, ABI, API, Module, "
    "Preset, View, Order, Files, Program, Of, File" },
  { HEAD "File=a.js\n", "[Plugin] File: found “a.js”, expected no such key without Of" },
  { HEAD "Of=b\n", "[Plugin] File is missing, expected the name of a file beside the manifest" },
  { HEAD "Of=b\nFile=../a.js\n", "[Plugin] File: found “../a.js”, expected a file name without folder" },
  { HEAD "Of=B b\nFile=a.js\n", "[Plugin] Of: found “B b”, expected 1 to 64 of a–z, 0–9 and -" },
  { HEAD "Of=b\nFile=a.js\n[Setting c]\nType=boolean\nDefault=true\n",
    "[Setting c]: a scenario with Of has the settings of that one" },
  { HEAD "Program=1\n", "[Plugin] Program: found “1”, expected true or false" },
  { HEAD "Files=js\n", "[Plugin] Files: found “js”, expected endings of file names, such as .js, separated by ;" },
  { HEAD "Module=../evil.so\n", "[Plugin] Module: found “../evil.so”, expected a file name without folder" },
  { HEAD "Module=..\n", "[Plugin] Module: found “..”, expected a file name that does not begin with a dot" },
  { HEAD "Preset=Node 20\n", "[Plugin] Preset: found “Node 20”, expected 1 to 64 of a–z, 0–9 and -" },
  { HEAD "Order=first\n", "[Plugin] Order: found “first”, expected a whole number from 1" },
  { HEAD "[Settings]\n", "found the group [Settings], expected [Plugin], [Machine] and at most 64 of [Setting NAME]" },
  { HEAD "[Setting A]\n", "[Setting …]: found the name “A”, expected 1 to 64 of a–z, 0–9 and -" },
  { HEAD "[Setting a]\n",
    "[Setting a] Type is missing, expected one of boolean, integer, bytes, number, choice, text, file" },
  { HEAD "[Setting a]\nType=integer\n", "[Setting a] Default is missing, expected a value of the type integer" },
  { HEAD "[Setting a]\nType=integer\nMax=10\nDefault=11\n", "[Setting a] Default: found “11”, expected 0 to 10" },
  { HEAD "[Setting a]\nType=integer\nDefault=1.5\n", "[Setting a] Default: found “1.5”, expected a whole number" },
  { HEAD "[Setting a]\nType=integer\nMin=x\nDefault=1\n", "[Setting a] Min: found “x”, expected a whole number" },
  { HEAD "[Setting a]\nType=integer\nMin=nan\nDefault=1\n", "[Setting a] Min: found “nan”, expected a whole number" },
  { HEAD "[Setting a]\nType=integer\nMax=1e300\nDefault=1\n",
    "[Setting a] Max: found “1e300”, expected -9.00719925474099e+15 to 9.00719925474099e+15" },
  { HEAD "[Setting a]\nType=integer\nMin=5\nMax=4\nDefault=5\n",
    "[Setting a] Max: found “4”, expected at least Min (5)" },
  { HEAD "[Setting a]\nType=boolean\nDefault=maybe\n", "[Setting a] Default: found “maybe”, expected true or false" },
  { HEAD "[Setting a]\nType=text\nMax=4\n", "[Setting a] Max: found “4”, expected no such key for the type text" },
  { HEAD "[Setting a]\nType=choice\nDefault=x\n", "[Setting a] Choices is missing, expected words separated by |" },
  { HEAD "[Setting a]\nType=choice\nChoices=a||b\nDefault=a\n",
    "[Setting a] Choices: found “a||b”, expected words separated by |" },
  { HEAD "[Setting a]\nType=choice\nChoices=a|b\nDefault=c\n", "[Setting a] Default: found “c”, expected one of a, b" },
  { HEAD "[Setting a]\nType=text\nDefalt=c\n", "[Setting a] found the unknown key “Defalt”; did you mean Default?" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = g_strconcat ("/x/y.plugin: ", REFUSED[i].message, NULL);

      g_assert_null (hp_manifest_parse (REFUSED[i].text, strlen (REFUSED[i].text), "/x/y.plugin", &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_INPUT);
      g_assert_cmpstr (error->message, ==, expected);
    }
}

static void
test_bytes (void)
{
  g_autofree char *large = g_malloc (65537);
  g_autoptr (GError) error = NULL;

  memset (large, '\n', 65537);
  g_assert_null (hp_manifest_parse (large, 65537, "m", &error));
  g_assert_cmpstr (error->message, ==, "m: found more than 64 KiB, expected a short key file");
  g_clear_error (&error);
  g_assert_null (hp_manifest_parse (large, 65536, "m", &error));
  g_assert_cmpstr (error->message, ==, "m: the group [Plugin] is missing");
  g_clear_error (&error);
  g_assert_null (hp_manifest_parse ("[Plugin]\nId=\xff\n", 14, "m", &error));
  g_assert_cmpstr (error->message, ==, "m: line 2: found the byte 0xff, expected UTF-8 text");
  g_clear_error (&error);
  g_assert_null (hp_manifest_parse ("[Plugin]\n\0\n", 11, "m", &error));
  g_assert_cmpstr (error->message, ==, "m: line 2: found the byte 0x00, expected UTF-8 text");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest/smallest", test_smallest);
  g_test_add_func ("/manifest/machine", test_machine);
  g_test_add_func ("/manifest/everything", test_everything);
  g_test_add_func ("/manifest/language", test_language);
  g_test_add_func ("/manifest/refused", test_refused);
  g_test_add_func ("/manifest/bytes", test_bytes);
  return g_test_run ();
}
