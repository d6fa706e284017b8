#!/bin/sh
# Exit statuses, standard streams, compression, key mapping, and the same bytes for the same input.
. "$(dirname "$0")/lib.sh" "$1"
samples=$(cd "$(dirname "$0")/../../samples" && pwd)

expect 0 "$samestory" --version
out_has 'samestory '
for command in clean cluster split explain bounds; do
  expect 0 "$samestory" "$command" --help
  out_has 'Example: samestory'
done
expect 2 "$samestory"
expect 2 "$samestory" nonsense
expect 2 "$samestory" cluster --no-such-flag
expect 2 "$samestory" cluster --threshold 1.5 "$samples/headlines.ndjson"
err_has 'threshold is 1.5'
expect 2 "$samestory" clean --window 3fortnights
expect 2 "$samestory" clean --drop nonsense
# A value that is none is refused with its option, and what it may be.
refuses() {
  expect 2 "$samestory" clean "$1" "$2" "$samples/stream.ndjson"
  err_has "$1: '$2' is n"
}
refuses --window -5
refuses --window 1h30m
refuses --max-lateness 1y
refuses --max-memory -1
refuses --max-memory 4XiB
refuses --max-line 0
refuses --max-page-bytes 5GiB
refuses --seed -1
refuses --seed 18446744073709551616
for size in 65536 64k 64KB 64kib 1g; do
  expect 0 "$samestory" clean --max-line "$size" --max-item-bytes "$size" --seed 0x1f \
    "$samples/stream.ndjson" || fail "$size is refused"
done
expect 2 "$samestory" cluster --match nonsense
expect 1 "$samestory" cluster /no/such/file
err_has '/no/such/file'
expect 1 "$samestory" cluster "$work"

# Standard input, gzip and zstd give what the file gives, byte for byte.
"$samestory" cluster --quiet "$samples/headlines.ndjson" >"$work/expected"
"$samestory" cluster --quiet <"$samples/headlines.ndjson" | cmp - "$work/expected" ||
  fail "standard input"
"$samestory" cluster --quiet - <"$samples/headlines.ndjson" | cmp - "$work/expected" || fail "-"
gzip -c "$samples/headlines.ndjson" >"$work/h.ndjson.gz"
"$samestory" cluster --quiet "$work/h.ndjson.gz" | cmp - "$work/expected" || fail "gzip"
if command -v zstd >/dev/null; then
  zstd -q -c "$samples/headlines.ndjson" >"$work/h.ndjson.zst"
  "$samestory" cluster --quiet "$work/h.ndjson.zst" | cmp - "$work/expected" || fail "zstd"
fi
for threads in 1 2 5; do
  "$samestory" cluster --quiet --threads $threads "$samples/headlines.ndjson" |
    cmp - "$work/expected" || fail "$threads threads"
done
"$samestory" clean --quiet "$samples/stream.ndjson" >"$work/stream"
"$samestory" clean --quiet --threads 2 "$samples/stream.ndjson" | cmp - "$work/stream" ||
  fail "clean with two threads"

# A corrupt archive: what came before its fault is decided, then a clear error.
head -c 400 "$work/h.ndjson.gz" >"$work/cut.ndjson.gz"
expect 1 "$samestory" clean "$work/cut.ndjson.gz"
err_has 'cut.ndjson.gz'

# A file that cannot be read, or not to its end, costs no other.
printf '<html><body>Not found' >"$work/page.xml"
printf '{"id": "last", "title": "Orchard growers expect a small harvest"}\n' >"$work/last.ndjson"
for command in clean cluster; do
  expect 1 "$samestory" $command "$work/no-such-file" "$work/cut.ndjson.gz" "$work/page.xml" \
    "$work/last.ndjson"
  for file in no-such-file cut.ndjson.gz page.xml; do err_has "error: $work/$file: "; done
  out_has 'nw-210'
  grep -q '"last"' "$work/out" || fail "$command: the last file was not read"
done
expect 1 "$samestory" split "$work/no-such-file" "$samples/page.txt"
lines 1
expect 1 "$samestory" clean --strict "$work/no-such-file" "$work/last.ndjson"
lines 0
# Nor does it leave a state that a run under way would leave.
expect 1 "$samestory" clean --state "$work/state" "$work/no-such-file" "$work/last.ndjson"
expect 0 "$samestory" clean --state "$work/state" "$work/last.ndjson"
out_has '"action":"drop"'

# Records with nothing in them are told of.
printf '{"id": 1, "headline": "Harbour bridge closed"}\n' >"$work/unnamed.ndjson"
expect 0 "$samestory" clean "$work/unnamed.ndjson"
err_has 'warning: no record has a title, a summary or a text; --title-key'
err_has 'records 1, bad 0, empty 1'

# The input object stands in the output byte for byte, with one more field.
printf '{"id":7,  "title" : "Harbour bridge closed", "extra": [1, {"a": null}]}\n' >"$work/kept.ndjson"
expect 0 "$samestory" clean "$work/kept.ndjson"
out_has '{"id":7,  "title" : "Harbour bridge closed", "extra": [1, {"a": null}]'
out_has '"samestory"'

# Other names of fields.
printf '{"key": "k1", "headline": "Harbour bridge closed at night"}\n{"key": "k2", "headline": "Harbour bridge closed at night"}\n' \
  >"$work/keys.ndjson"
expect 0 "$samestory" cluster --id-key key --title-key headline "$work/keys.ndjson"
out_has '"of":"k1"'

# A headline a line; ids of integers stay integers; ids are made where there are none.
printf 'Harbour bridge closed at night\nHarbour Bridge Closed At Night\n' >"$work/plain.txt"
expect 0 "$samestory" cluster "$work/plain.txt"
out_has '"of":"#'
printf '{"id": 17, "title": "Harbour bridge closed at night"}\n{"id": 18, "title": "Harbour bridge closed at night"}\n' \
  >"$work/numbers.ndjson"
expect 0 "$samestory" cluster "$work/numbers.ndjson"
out_has '"id":18'
out_has '"of":17'

expect 0 "$samestory" clean --only-new "$samples/stream.ndjson"
if grep -qF '"action":"drop"' "$work/out"; then fail "--only-new wrote a dropped record"; fi
expect 0 "$samestory" clean --drop exact --events "$work/events" "$samples/stream.ndjson"
if grep -F '"action":"drop"' "$work/out" | grep -vqF '"relation":"exact"'; then
  fail "--drop exact dropped something else"
fi
grep -qF '"event":"story"' "$work/events" || fail "no events"

# A feed is a list of records like any other.
expect 0 "$samestory" clean "$samples/feed.xml"
out_has '"action":"keep"'

# A reader that goes away and a disk that is full are errors, not crashes.
i=0
while [ $i -lt 20000 ]; do
  i=$((i + 1))
  echo "Headline number $i of many about matters of no weight"
done >"$work/many.txt"
status=0
{ "$samestory" clean --quiet "$work/many.txt" 2>"$work/err" || echo $? >"$work/status"; } |
  head -n 1 >/dev/null
[ "$(cat "$work/status")" -eq 1 ] || fail "a closed pipe is not status 1"
if [ -e /dev/full ]; then
  status=0
  "$samestory" clean --quiet "$work/many.txt" >/dev/full 2>"$work/err" || status=$?
  [ $status -eq 1 ] || fail "a full disk is status $status"
  err_has 'standard output'
fi
expect 1 "$samestory" clean --max-memory 1KiB "$work/many.txt"
err_has 'max_memory'

finish
