/* plan.c - what the person asked to run: a scenario, a policy and settings
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include "plan.h"

struct _HpPlan
{
  char *scenario;
  char *policy;
  GPtrArray *settings; /* of HpSetting, in the order they were first set */
};

typedef struct
{
  char *key;
  char *value;
} HpSetting;

static void
setting_free (gpointer data)
{
  HpSetting *setting = data;

  g_free (setting->key);
  g_free (setting->value);
  g_free (setting);
}

HpPlan *
hp_plan_new (const char *scenario)
{
  HpPlan *self;

  g_return_val_if_fail (scenario != NULL, NULL);

  self = g_new0 (HpPlan, 1);
  self->scenario = g_strdup (scenario);
  self->settings = g_ptr_array_new_with_free_func (setting_free);
  return self;
}

HpPlan *
hp_plan_copy (const HpPlan *self)
{
  HpPlan *copy = hp_plan_new (self->scenario);

  copy->policy = g_strdup (self->policy);
  for (guint i = 0; i < self->settings->len; i++)
    {
      const HpSetting *setting = g_ptr_array_index (self->settings, i);
      hp_plan_set (copy, setting->key, setting->value);
    }
  return copy;
}

void
hp_plan_free (HpPlan *self)
{
  if (!self)
    return;
  g_free (self->scenario);
  g_free (self->policy);
  g_ptr_array_unref (self->settings);
  g_free (self);
}

gboolean
hp_plan_equal (const HpPlan *a, const HpPlan *b)
{
  if (g_strcmp0 (a->scenario, b->scenario) != 0 || g_strcmp0 (a->policy, b->policy) != 0)
    return FALSE;
  if (a->settings->len != b->settings->len)
    return FALSE;
  for (guint i = 0; i < a->settings->len; i++)
    {
      const HpSetting *setting = g_ptr_array_index (a->settings, i);
      if (g_strcmp0 (setting->value, hp_plan_get (b, setting->key)) != 0)
        return FALSE;
    }
  return TRUE;
}

const char *
hp_plan_scenario (const HpPlan *self)
{
  return self->scenario;
}

const char *
hp_plan_policy (const HpPlan *self)
{
  return self->policy;
}

void
hp_plan_set_policy (HpPlan *self, const char *id)
{
  char *copy = g_strdup (id);

  g_free (self->policy);
  self->policy = copy;
}

static gboolean
find_setting (const HpPlan *self, const char *key, guint *index)
{
  for (guint i = 0; i < self->settings->len; i++)
    {
      const HpSetting *setting = g_ptr_array_index (self->settings, i);
      if (strcmp (setting->key, key) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
hp_plan_get (const HpPlan *self, const char *key)
{
  guint i;

  g_return_val_if_fail (key != NULL, NULL);

  return find_setting (self, key, &i) ? ((HpSetting *) g_ptr_array_index (self->settings, i))->value : NULL;
}

void
hp_plan_set (HpPlan *self, const char *key, const char *value)
{
  HpSetting *setting;
  guint i;

  g_return_if_fail (key != NULL);

  if (find_setting (self, key, &i))
    {
      setting = g_ptr_array_index (self->settings, i);
      if (!value)
        g_ptr_array_remove_index (self->settings, i);
      else
        {
          char *copy = g_strdup (value);
          g_free (setting->value);
          setting->value = copy;
        }
    }
  else if (value)
    {
      setting = g_new0 (HpSetting, 1);
      setting->key = g_strdup (key);
      setting->value = g_strdup (value);
      g_ptr_array_add (self->settings, setting);
    }
}

char **
hp_plan_arguments (const HpPlan *self)
{
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  const char *preset = hp_plan_get (self, "preset");

  g_strv_builder_add_many (arguments, "run", self->scenario, NULL);
  if (self->policy)
    g_strv_builder_add_many (arguments, "--policy", self->policy, NULL);
  /* A preset decides the defaults that the other settings change, so it goes first. */
  if (preset)
    {
      g_autofree char *pair = g_strconcat ("preset=", preset, NULL);
      g_strv_builder_add_many (arguments, "--set", pair, NULL);
    }
  for (guint i = 0; i < self->settings->len; i++)
    {
      const HpSetting *setting = g_ptr_array_index (self->settings, i);
      g_autofree char *pair = g_strdup_printf ("%s=%s", setting->key, setting->value);

      if (strcmp (setting->key, "preset") != 0)
        g_strv_builder_add_many (arguments, "--set", pair, NULL);
    }
  return g_strv_builder_end (arguments);
}
