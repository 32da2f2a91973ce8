#!/bin/sh
# with_display.sh [-s WxH] COMMAND…: runs it on a virtual display of its own, without a GPU.
set -u
size=1366x768
[ "${1:-}" = -s ] && { size=$2; shift 2; }
number=$(mktemp)
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset 3>"$number" >/dev/null 2>&1 &
server=$!
tries=0
until [ -s "$number" ]; do
  kill -0 "$server" 2>/dev/null && [ $tries -lt 300 ] || { echo "with_display: Xvfb did not start" >&2; exit 1; }
  tries=$((tries + 1))
  sleep 0.1
done
DISPLAY=:$(cat "$number") GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable GTK_A11Y=${GTK_A11Y:-none} "$@"
status=$?
kill "$server"
wait "$server" 2>/dev/null
rm -f "$number"
exit $status
