/* window_pch.h - the large headers of the window, compiled once
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <adwaita.h>
#include <gtk/gtk.h>
