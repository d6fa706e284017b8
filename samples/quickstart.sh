#!/bin/sh
# From a clean checkout to results: installs what is missing, builds samestory, and runs it on the
# samples in this folder. Can be run again at any time.
set -eu
cd "$(dirname "$0")/.."

step() { printf '\n==> %s\n' "$*"; }
run() {
  printf '$ %s\n' "$*"
  "$@"
}

step "Installing what is missing"
sh scripts/install-packages.sh

step "Building the release preset"
run cmake --preset release
run cmake --build --preset release --target samestory_program

samestory=build/release/samestory

step "A page: which lines are its main story, which are headlines of other stories?"
run $samestory split --format text samples/page.txt

step "A file of headlines: which tell the same story?"
run $samestory cluster --format text samples/headlines.ndjson

step "A stream of items as they come: which to keep, which to drop?"
run $samestory clean --format text samples/stream.ndjson

step "Done. Next: $samestory --help, README.md, ./tests/run.sh"
