#!/bin/sh
# From NDJSON to stories on corpora made here, with recall and precision beside every speed:
# headlines, snippets of some 250 bytes and articles of some 2 kB, by Jaccard and by the judge.
#
#     bench/corpus/run.sh BUILD [--data DIR] [--records N] [--kinds "headlines snippets articles"]
#                         [--matches "jaccard judge"] [--json FILE] [--sample N]
#
# BUILD is the folder of a build with benchmarks. An article counts as ten records: N / 10 are made.
set -eu
[ $# -ge 1 ] && [ -x "$1/samestory" ] || { sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
build=$1
shift
records=1000000 kinds='headlines snippets articles' matches='jaccard judge' json= data= sample=5000
while [ $# -ge 2 ]; do
  case $1 in
    --records) records=$2 ;;
    --kinds) kinds=$2 ;;
    --matches) matches=$2 ;;
    --json) json=$2 ;;
    --data) data=$2 ;;
    --sample) sample=$2 ;;
    *) echo "run.sh: $1 is not known" >&2; exit 2 ;;
  esac
  shift 2
done
[ $# -eq 0 ] || { echo "run.sh: $1 has no value" >&2; exit 2; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
[ -z "$json" ] || : >"$json"
pin=
if command -v taskset >/dev/null 2>&1; then pin='taskset -c 0'; fi

for kind in $kinds; do
  n=$records
  [ "$kind" != articles ] || n=$((records / 10))
  "$build/bench/corpus/make_corpus" --kind "$kind" -n "$n" ${data:+--data "$data"} \
    >"$folder/$kind.ndjson"
  for match in $matches; do
    printf '## %s, --match %s\n\n' "$kind" "$match"
    $pin "$build/samestory" bench --match "$match" --sample "$sample" --json "$folder/json" \
      "$folder/$kind.ndjson"
    echo
    [ -z "$json" ] || cat "$folder/json" >>"$json"
  done
  rm "$folder/$kind.ndjson"
done
