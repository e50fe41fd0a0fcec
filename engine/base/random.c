/* random.c - xoshiro128**, seeded through splitmix64 (Blackman and Vigna, prng.di.unimi.it, public domain)
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/random.h"

static guint64
splitmix64 (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static inline guint32
rotate_left (guint32 x, int k)
{
  return (x << k) | (x >> (32 - k));
}

void
hp_random_seed (HpRandom *self, guint64 seed)
{
  for (guint i = 0; i < 4; i += 2)
    {
      guint64 bits = splitmix64 (&seed);
      self->s[i] = (guint32) bits;
      self->s[i + 1] = (guint32) (bits >> 32);
    }
}

guint32
hp_random_next (HpRandom *self)
{
  guint32 *s = self->s;
  guint32 result = rotate_left (s[1] * 5, 7) * 9;
  guint32 t = s[1] << 9;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 11);
  return result;
}

/* Lemire's method: multiply, and reject the few low products that would favour small numbers. */
guint32
hp_random_below (HpRandom *self, guint32 bound)
{
  guint32 threshold;
  guint64 product;

  g_return_val_if_fail (bound > 0, 0);

  threshold = -bound % bound;
  do
    product = (guint64) hp_random_next (self) * bound;
  while ((guint32) product < threshold);
  return (guint32) (product >> 32);
}
