#!/bin/sh
# symbols_test.sh LIBRARY INCLUDE_DIR: the shared library shows what the public headers mark with
# SAMESTORY_EXPORT, all of it and nothing else.
set -eu
library=$1 include=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# "Engine::Add" for samestory::Engine::Add(samestory::Record const&).
nm -D --defined-only -C "$library" |
  awk '$2 != "A" { sub(/^[^ ]+ [^ ]+ /, ""); sub(/@@.*/, ""); sub(/[([].*/, ""); print }' |
  sort -u >"$work/visible"
if grep -v '^samestory::' "$work/visible"; then
  echo "error: the symbols above are visible and are not samestory's" >&2
  exit 1
fi
sed 's/^samestory:://; s/::.*//' "$work/visible" | sort -u >"$work/visible_names"

# The classes and functions that the headers mark.
cat "$include"/samestory/*.h | sed 's,//.*,,' | tr '\n' ' ' |
  grep -oE 'SAMESTORY_EXPORT [^;{(]*[;{(]' | grep -v __attribute__ |
  sed -E 's/ *[;{(]$//; s/.*[ &*]//' | sort -u >"$work/declared_names"
[ -s "$work/declared_names" ] || { echo "error: no declarations found" >&2; exit 1; }

if ! diff "$work/declared_names" "$work/visible_names"; then
  echo "error: < is declared but not in the library, > is in the library but not declared" >&2
  exit 1
fi

# Members of the classes, and no class within them, stand in the headers.
sed -n 's/^samestory::[^:]*:://p' "$work/visible" | while read -r member; do
  case $member in
    *::*) echo "error: a nested class is visible: $member" >&2; exit 1 ;;
  esac
  grep -qwF -- "${member#\~}" "$include"/samestory/*.h || {
    echo "error: the member $member is visible but not declared" >&2
    exit 1
  }
done
echo "$(wc -l <"$work/visible") symbols are visible, all of them declared"
