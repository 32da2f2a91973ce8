#!/bin/sh
# Calls that have a safer form, and things that belong in one place only.
set -u
broken=$(mktemp)
trap 'rm -f "$broken"' EXIT
ban() { # pattern, reason, then folders; "not:FILE" exempts
  pattern=$1 reason=$2; shift 2
  skip='^$'
  for arg in "$@"; do case $arg in not:*) skip="$skip|^${arg#not:}" ;; esac; done
  for where in "$@"; do
    case $where in not:*) continue ;; esac
    grep -rnE "$pattern" "$where" --include='*.c' --include='*.cpp' --include='*.h' 2>/dev/null |
      grep -vE ':[0-9]+: *(/?\*|//)' | grep -vE "$skip" | sed "s|\$|    <- $reason|" >>"$broken"
  done
}
product="app db drivers sync ui"
# shellcheck disable=SC2086
{
  ban '(^|[^_a-z0-9])(sprintf|vsprintf|strcpy|strcat|atoi|atol|strtok|gets|system|popen)\(' 'has a safer form' $product tests
  ban '(^|[^_a-z0-9])(sleep|usleep|nanosleep|g_usleep)\(' 'nobody waits by sleeping' $product not:drivers/sim/
  ban '(^|[^_a-z0-9])(time|gettimeofday|clock_gettime|g_get_real_time|g_date_time_new_now[a-z_]*)\(' 'the time comes from app/base/clock' $product not:app/base/clock.c
  ban '(^|[^_a-z0-9])(float|double)[ )*]' 'no floats in the domain' app/domain db
  ban 'sqlite3_exec\(' 'SQL goes through db' app drivers sync ui
  ban '(^|[^_a-z0-9])(GMutex|GRecMutex|GCond|pthread_mutex)' 'locks live in app/base/worker' app db drivers sync ui not:app/base/worker.c not:drivers/sim/ not:drivers/usb_libusb.c
  ban '(^|[^A-Z])(TODO|FIXME|XXX)([^A-Z]|$)' 'finish it or write it down elsewhere' $product tests
  ban '^#include ".*\.c"' 'include headers only' $product tests
}
if [ -s "$broken" ]; then cat "$broken"; exit 1; fi
echo "banned: nothing found"
