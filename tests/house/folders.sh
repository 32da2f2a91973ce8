#!/bin/sh
# The top level is fixed; every folder of code tells in a README of at most 40 lines what it is.
set -u
broken=0
for folder in $(git ls-tree -d --name-only HEAD 2>/dev/null); do
  case $folder in .ci | app | drivers | ui | db | sync | tests | packaging) ;; *)
    echo "$folder is not a folder of the house"; broken=1 ;;
  esac
done
for folder in app app/base app/domain db drivers drivers/sim sync sync/hub ui tests tests/scenes packaging; do
  [ -d "$folder" ] || continue
  if [ ! -f "$folder/README.md" ]; then echo "$folder has no README.md"; broken=1
  elif [ "$(wc -l <"$folder/README.md")" -gt 40 ] && [ "$folder" != tests/scenes ]; then
    echo "$folder/README.md is longer than 40 lines"; broken=1
  fi
done
[ $broken = 0 ] && echo "folders: in order"
exit $broken
