#!/bin/sh
# run_golden.sh [--update] PROGRAM CASE_DIR...: runs each case's `cmd` in samples/ with the folder of
# PROGRAM on the PATH and compares its standard output with `stdout` and its exit status with `status`
# (absent: 0). --update writes both anew; look at the difference before you commit it.
set -eu
update=false
[ "$1" != --update ] || { update=true; shift; }
PATH=$(cd "$(dirname "$1")" && pwd):$PATH
export PATH LC_ALL=C.UTF-8
shift
samples=$(cd "$(dirname "$0")/../../samples" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

wrong=0
for case_dir; do
  case_dir=$(cd "$case_dir" && pwd)
  status=0
  (cd "$samples" && WORK=$work sh -u "$case_dir/cmd") >"$work/stdout" 2>"$work/stderr" || status=$?
  if $update; then
    cp "$work/stdout" "$case_dir/stdout"
    rm -f "$case_dir/status"
    [ "$status" -eq 0 ] || echo "$status" >"$case_dir/status"
    continue
  fi
  expected=0
  [ ! -f "$case_dir/status" ] || read -r expected <"$case_dir/status"
  if ! diff -u "$case_dir/stdout" "$work/stdout" || [ "$status" -ne "$expected" ]; then
    echo "FAILED $case_dir: exit status $status, expected $expected; standard error was:"
    cat "$work/stderr"
    wrong=1
  fi
done
exit "$wrong"
