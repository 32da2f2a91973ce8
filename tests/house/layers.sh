#!/bin/sh
# Who may include whom. A forbidden #include, or a foreign library outside its layer, fails.
set -u
broken=$(mktemp)
trap 'rm -f "$broken"' EXIT

may() { # layer → the folders it may include from
  case $1 in
    app/base) echo "app/base" ;;
    app/domain) echo "app/domain" ;;
    db) echo "db app/domain app/base" ;;
    drivers | drivers/sim) echo "drivers drivers/sim app/domain app/base" ;;
    sync) echo "sync db app/domain app/base" ;;
    sync/hub) echo "sync/hub db app/domain app/base" ;;
    app) echo "app app/domain app/base db drivers drivers/sim sync" ;;
    ui) echo "ui app app/domain app/base" ;;
    *) echo "" ;;
  esac
}

for layer in app/base app/domain db drivers drivers/sim sync sync/hub app ui; do
  allowed=" $(may $layer) "
  for file in "$layer"/*.[ch] "$layer"/*.cpp; do
    [ -f "$file" ] || continue
    [ "$file" = app/main.c ] && continue
    sed -nE 's/^#include "((.*)\/[^\/]*)".*/\2/p' "$file" | sort -u | while read -r target; do
      case $allowed in *" $target "*) ;; *)
        echo "$file: $layer may not see $target" >>"$broken" ;;
      esac
    done
  done
done

# library header → the folders that may name it
only() {
  header=$1; shift
  grep -rlE "#include [<\"]$header" app db drivers sync ui --include='*.c' --include='*.h' --include='*.cpp' 2>/dev/null |
    while read -r file; do
      for where in "$@"; do
        case $file in "$where"/*) continue 2 ;; esac
      done
      echo "$file: $header belongs in $*" >>"$broken"
    done
}
only 'sqlite3.h' db
only 'gtk/' ui
only 'curl/' sync
only 'microhttpd' sync/hub
only 'ZXing/' drivers
only 'libusb.h' drivers
for file in $(grep -rlE '#include [<"](libusb-1.0/)?libusb.h' app db drivers sync ui | grep -v '^drivers/usb_libusb.c$'); do
  echo "$file: libusb.h belongs in drivers/usb_libusb.c" >>"$broken"
done
only 'sodium' db sync
only 'libpq' sync/hub
only 'libintl.h|glib/gi18n' app ui
for file in $(grep -rlE '#include [<"](libintl.h|glib/gi18n)' app/base app/domain 2>/dev/null); do
  echo "$file: words are made in app and ui only" >>"$broken"
done

if [ -s "$broken" ]; then cat "$broken"; exit 1; fi
echo "layers: every include points down"
