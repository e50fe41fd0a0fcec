#!/bin/sh
# Runs a command inside an X server, D-Bus session and home of its own, so that tests can neither see nor disturb each
# other or the person's desktop. Exits with the command's status; 77 (skipped) where there is no Xvfb.
#
# SPDX-License-Identifier: LGPL-2.1-or-later

for tool in Xvfb dbus-run-session openbox xcompmgr; do
  command -v "$tool" >/dev/null || { echo "1..0 # SKIP $tool is not installed"; exit 77; }
done

T=$(mktemp -d)
X=
trap '[ -z "$X" ] || kill "$X" 2>/dev/null; rm -rf "$T"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -m 700 "$T/run"

# The server picks a free number and says which: several tests may start at the same time.
Xvfb -displayfd 3 -screen 0 1400x900x24 -nolisten tcp -noreset 3>"$T/display" >/dev/null 2>&1 &
X=$!
n=0
while [ ! -s "$T/display" ] && [ $n -lt 100 ]; do sleep 0.05; n=$((n + 1)); done
[ -s "$T/display" ] || { echo 'Bail out! Xvfb did not start'; exit 1; }

export DISPLAY=":$(cat "$T/display")" HOME="$T" XDG_RUNTIME_DIR="$T/run" XDG_CONFIG_HOME="$T/c" XDG_DATA_HOME="$T/d"
export XDG_CACHE_HOME="$T/k" XDG_STATE_HOME="$T/s" LC_ALL=C.UTF-8 GDK_BACKEND=x11
export GSK_RENDERER="${GSK_RENDERER:-cairo}" GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# What the session's own programs print is not for who reads the command's output.
dbus-run-session -- sh -c '
  openbox >/dev/null 2>&1 & W=$!
  xcompmgr >/dev/null 2>&1 & C=$!
  sleep 0.3
  "$@" >&4; rc=$?
  kill $W $C 2>/dev/null
  exit $rc' sh "$@" 4>&1 >/dev/null 2>"$T/err"
rc=$?
grep -vE 'dbus-daemon|SpiRegistry' "$T/err" >&2
exit $rc
