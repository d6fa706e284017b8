#!/bin/sh
# Installs what is missing, builds, and runs every test.
#
#   ./tests/run.sh                the release build
#   ./tests/run.sh --sanitizers   and then the address, undefined-behaviour and thread sanitizers
#
# The last line counts the tests of all runs: "N passed, N failed, N skipped". Exit status 0 only
# where some passed, none failed and everything was built.
set -eu
cd "$(dirname "$0")/.."

# What runs on several threads, and the programs that hold it: the thread sanitizer is slow and finds
# nothing elsewhere.
threaded='Threads|SideBySide|WorkerPool|ByMatch|Hostile|cli\.'
threaded_programs='test_cli test_text test_index test_match test_engine test_io samestory_program'

usage() { sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; }

sanitizers=false
for argument in "$@"; do
  case $argument in
    --sanitizers) sanitizers=true ;;
    -h | --help) usage; exit 0 ;;
    *) echo "error: unknown argument $argument" >&2; usage >&2; exit 2 ;;
  esac
done

jobs=$(nproc)
passed=0 failed=0 skipped=0 broken=false

step() { printf '\n==> %s\n' "$*"; }

# Adds the counts of a JUnit report. A test that ctest could not start at all counts as failed.
count() {
  set -- $(awk '
    /<testcase / { status = $0; sub(/.*status="/, "", status); sub(/".*/, "", status)
                   if (status == "run") run++
                   else if (status == "fail") fail++
                   else if (status == "disabled") skip++ }
    /<skipped message="SKIP_/ { skip++; next }
    /<skipped message=/ { fail++ }
    END { print run + 0, fail + 0, skip + 0 }' "$1")
  passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# run_preset PRESET TARGETS [CTEST_ARGUMENT...]: configures, builds and tests one preset.
run_preset() {
  preset=$1 targets=$2
  shift 2
  report=$PWD/build/$preset/tests.xml
  step "$preset: configuring and building in build/$preset"
  cmake --preset "$preset" &&
    # shellcheck disable=SC2086  # one argument a target
    cmake --build --preset "$preset" --parallel "$jobs" --target $targets || {
    echo "error: the $preset build failed" >&2
    return 1
  }
  step "$preset: running the tests"
  rm -f "$report"
  status=0
  ctest --preset "$preset" --parallel "$jobs" --no-tests=error --output-junit "$report" "$@" ||
    status=$?
  if [ -f "$report" ]; then count "$report"; fi
  return "$status"
}

step "installing what is missing"
sh scripts/install-packages.sh

run_preset release all || broken=true
if $sanitizers; then
  run_preset asan-ubsan all || broken=true
  run_preset tsan "$threaded_programs" --tests-regex "$threaded" || broken=true
fi

printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
if $broken || [ "$failed" -gt 0 ] || [ "$passed" -eq 0 ]; then exit 1; fi
