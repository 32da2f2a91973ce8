#!/bin/sh
# Limits: file <= 600 lines, header <= 150, function <= 60, nesting <= 4. Generated tables
# (*_table.c) are exempt.
set -u
files=$(find app db drivers sync ui tests -name '*.c' -o -name '*.h' -o -name '*.cpp' | grep -v '_table\.c$' | sort)
# shellcheck disable=SC2086
awk '
  function bad(text) { print FILENAME ":" FNR ": " text; broken = 1 }
  FNR == 1 { if (last != "") check_file(); last = FILENAME; inside = 0; depth = 0 }
  function check_file() {
    limit = last ~ /\.h$/ ? 150 : 600
    if (lines > limit) { print last ": " lines " lines, at most " limit; broken = 1 }
  }
  { lines = FNR
    text = $0
    gsub(/\\./, "", text); gsub(/"[^"]*"/, "", text); gsub(/'"'"'[^'"'"']*'"'"'/, "", text)
    sub(/\/\/.*/, "", text); gsub(/\/\*[^*]*\*\//, "", text) }
  last !~ /\.h$/ && text ~ /^\{/ && !inside { inside = 1; start = FNR; deepest = 0; depth = 0 }
  inside {
    n = length(text)
    for (i = 1; i <= n; i++) {
      c = substr(text, i, 1)
      if (c == "{") { depth++; if (depth > deepest) deepest = depth }
      if (c == "}") depth--
    }
    if (depth == 0) {
      if (FNR - start - 1 > 60) bad("function of " (FNR - start - 1) " lines, at most 60")
      if (deepest > 5) bad("nested " (deepest - 1) " deep, at most 4")
      inside = 0
    }
  }
  END { check_file(); if (!broken) print "sizes: " ARGC - 1 " files within limits"; exit broken }
' $files
