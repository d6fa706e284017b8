# Helpers of the command tests. Sets $samestory and a scratch folder $work that goes with the test.
set -eu
samestory=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
  echo "FAILED: $*" >&2
  failures=$((failures + 1))
}

# expect STATUS COMMAND...: runs it, output in $work/out and $work/err.
expect() {
  wanted=$1
  shift
  status=0
  "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
  [ "$status" -eq "$wanted" ] ||
    fail "status $status instead of $wanted: $* ($(head -n 3 "$work/err"))"
}

# lines N: standard output had N lines.
lines() {
  found=$(wc -l <"$work/out")
  [ "$found" -eq "$1" ] || fail "$found lines of output instead of $1"
}

out_has() { grep -qF -- "$1" "$work/out" || fail "no '$1' in the output"; }
err_has() { grep -qF -- "$1" "$work/err" || fail "no '$1' in: $(head -n 5 "$work/err")"; }

finish() {
  [ "$failures" -eq 0 ] || exit 1
}
