#!/bin/sh
# The benchmark on the user's own file: what it prints, hands on and refuses.
. "$(dirname "$0")/lib.sh" "$1"

i=0
while [ $i -lt 300 ]; do
  i=$((i + 1))
  printf '{"id":%d,"title":"Weir %d of Tolbrook opens its gates to %d boats from the sea"}\n' \
    $i $((i % 100)) $((i % 100 * 7))
done >"$work/boats.ndjson"

for match in jaccard judge; do
  expect 0 "$samestory" bench --match "$match" --repeats 1 --sample 300 "$work/boats.ndjson"
  for line in "--match $match" "records/s" "bytes/s" "memory a record" "candidates a record" \
    "index keys a record" "cache lines a record" "recall " "precision" "read and parse" \
    "canonical text" "verify" "decide and all else" "write" "simdjson parse" "XXH3" \
    "sequential read" "random reads"; do
    out_has "$line"
  done
  out_has "300 records"
done

# Every record of three equal ones is found, and the same figures come as JSON.
expect 0 "$samestory" bench --match jaccard --repeats 1 --sample 300 --format json \
  --json "$work/copy.json" "$work/boats.ndjson"
lines 1
out_has '"records":300'
out_has '"with_neighbour":300'
out_has '"recall":1'
out_has '"precision":1'
out_has '"match":"jaccard"'
cmp -s "$work/out" "$work/copy.json" || fail "--json writes something else"
expect 0 "$samestory" bench --match jaccard --repeats 1 --sample 0 --format json "$work/boats.ndjson"
if grep -q '"exact"' "$work/out"; then fail "--sample 0 has a truth"; fi

# Options of the engine and the input reach the run; so do those of another index.
sed 's/"title"/"name"/' "$work/boats.ndjson" >"$work/named.ndjson"
expect 0 "$samestory" bench --match jaccard --repeats 1 --title-key name --threshold 0.9 --bands 20 \
  --rows 5 --format json "$work/named.ndjson"
out_has '"threshold":0.9'
out_has '"stage":"signatures"'
out_has '"keys_per_record":20'

# Bad records are told and skipped.
{ cat "$work/boats.ndjson"; echo 'no record'; } >"$work/bad.ndjson"
expect 3 "$samestory" bench --repeats 1 "$work/bad.ndjson"
err_has 'bad.ndjson:301'
out_has '300 records'

# What it cannot do.
expect 2 "$samestory" bench
expect 2 "$samestory" bench -
expect 2 "$samestory" bench "$work/boats.ndjson" "$work/bad.ndjson"
expect 2 "$samestory" bench --threshold 7 "$work/boats.ndjson"
expect 2 "$samestory" bench --format xml "$work/boats.ndjson"
expect 2 "$samestory" bench --repeats 0 "$work/boats.ndjson"
expect 1 "$samestory" bench "$work/absent.ndjson"
: >"$work/none.ndjson"
expect 1 "$samestory" bench "$work/none.ndjson"
err_has 'no records'
expect 1 "$samestory" bench --repeats 1 --json "$work/absent/x.json" "$work/boats.ndjson"
finish
