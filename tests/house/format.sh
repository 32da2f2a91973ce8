#!/bin/sh
# clang-format has nothing to change. Generated tables are left alone.
set -u
find app db drivers sync ui tests \( -name '*.c' -o -name '*.h' -o -name '*.cpp' \) ! -name '*_table.c' |
  xargs "$1" --dry-run --Werror
