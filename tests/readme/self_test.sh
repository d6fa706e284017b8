#!/bin/sh
# self_test.sh WORK_DIR: examples_test.sh tells right examples from wrong ones.
set -eu
work=$1
mkdir -p "$work"

# verdict NAME EXPECTED_STATUS: runs the README on standard input.
verdict() {
  cat >"$work/$1.md"
  status=0
  sh "$(dirname "$0")/examples_test.sh" "$work/$1.md" "$work" "$work" >"$work/$1.log" 2>&1 ||
    status=$?
  [ "$status" -eq "$2" ] || { cat "$work/$1.log"; echo "error: $1 gave $status, not $2"; exit 1; }
}

block() { printf '<!-- example -->\n```sh\n%s\n```\n\n' "$1"; }
output() { printf '```text\n%s\n```\n' "$1"; }

{ echo '# Title'; block 'echo a; echo b'; output 'a
b'; } | verdict right 0
{ block 'seq 1 9'; output '1
...
8
9'; } | verdict lines_left_out 0
{ printf '```sh\nfalse\n```\n'; block true; } | verdict unmarked_is_not_run 0
{ block 'echo build/release/x'; output "$work/x"; } | verdict build_folder 0
{ block true; block 'echo a'; output 'b'; } | verdict other_output 1
{ block 'seq 1 9'; output '1
...
8'; } | verdict longer_output 1
{ block true; output 'a'; } | verdict no_output 1
{ block 'false; true'; } | verdict failing_command 1
echo 'no example' | verdict nothing_marked 1
echo "nine READMEs judged rightly"
