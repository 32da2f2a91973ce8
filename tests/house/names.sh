#!/bin/sh
# Base names are unique in the tree; .c has its .h beside it (programs and tables excepted).
set -u
twice=$(find app db drivers sync ui -name '*.c' -o -name '*.cpp' | sed 's|.*/||' | grep -v '^main\.c$' | sort | uniq -d)
broken=0
[ -n "$twice" ] && { echo "base name used twice: $twice"; broken=1; }
for file in $(find app db drivers sync ui \( -name '*.c' -o -name '*.cpp' \) ! -name 'main.c' ! -name '*_table.c'); do
  [ -f "${file%.*}.h" ] || grep -q '_private.h"' "$file" || { echo "$file has no header"; broken=1; }
done
words=$(find app db drivers sync ui -name '*.[ch]' | sed 's|.*/||; s|\.[ch]$||' |
  grep -E '(^|_)(manager|util|utils|helper|helpers|misc|common|processor|handler)(_|$)')
[ -n "$words" ] && { echo "a name that says nothing: $words"; broken=1; }
[ $broken = 0 ] && echo "names: unique and paired"
exit $broken
