#!/bin/sh
# examples_test.sh README BUILD_DIR SOURCE_DIR: runs the examples of a README. An example is a block
#
#   <!-- example -->
#   ```sh
#   build/release/samestory ...
#   ```
#
# run in SOURCE_DIR with BUILD_DIR in place of build/release. A ```text block that follows, with blank
# lines alone between, is what it must print; there, a line "..." stands for any number of lines.
set -eu
readme=$1 build=$2 source=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Writes N.cmd, and N.out where the README shows the output.
awk -v work="$work" '
  /^<!-- example -->$/ { marked = 1; next }
  /^```/ && file != "" { close(file); file = ""; next }
  /^```sh$/ && marked  { file = work "/" ++n ".cmd"; marked = 0; shown = 1; next }
  /^```text$/ && shown { file = work "/" n ".out"; shown = 0; printf "" >file; next }
  file != ""           { print >file; next }
  /[^ ]/               { marked = shown = 0 }
' "$readme"
[ -f "$work/1.cmd" ] || { echo "error: $readme holds no marked example" >&2; exit 1; }

# Exits with 1 unless the lines of the second file are those of the first, "..." matching any.
matches() {
  awk '
    NR == FNR { want[++n] = $0; next }
    { got[++m] = $0 }
    END {
      i = j = 1; star = 0
      while (j <= m) {
        if (i <= n && want[i] == "...") { star = i++; mark = j }
        else if (i <= n && want[i] == got[j]) { i++; j++ }
        else if (star) { i = star + 1; j = ++mark }
        else exit 1
      }
      while (i <= n && want[i] == "...") i++
      exit i <= n
    }' "$1" "$2"
}

wrong=0 count=0
while [ -f "$work/$((count + 1)).cmd" ]; do
  count=$((count + 1))
  example=$work/$count
  sed "s|build/release/|$build/|g" "$example.cmd" >"$example.sh"
  if ! (cd "$source" && sh -eu "$example.sh") >"$example.got" 2>"$example.err"; then
    echo "FAILED with a non-zero exit status:"
    cat "$example.cmd" "$example.err"
    wrong=1
  elif [ -f "$example.out" ] && ! matches "$example.out" "$example.got"; then
    echo "FAILED, the output is not the one shown:"
    cat "$example.cmd"
    diff -u "$example.out" "$example.got" || true
    wrong=1
  fi
done
echo "$count examples"
exit "$wrong"
