#!/bin/sh
# The stage as it runs: feeds out, which copy is kept, following, metrics, and two runs compared.
. "$(dirname "$0")/lib.sh" "$1"

item() { # item ID TITLE SOURCE TIME SUMMARY
  printf '{"id":"%s","title":"%s","source":"%s","url":"https://%s.example/%s","published":"%s","summary":"%s"}\n' \
    "$1" "$2" "$3" "$3" "$1" "$4" "$5"
}
granary='Granary roof falls in at Dunmore after night of storm'
item n1 "$granary" kestrel 2026-10-01T06:00:00Z 'Nobody was hurt.' >"$work/one"
item n2 "$granary" northmoor 2026-10-01T07:00:00Z 'Nobody was hurt when the roof came down.' >"$work/two"
item n3 'Chess club of Vell wins the northern league' kestrel 2026-10-01T08:00:00Z '' >"$work/three"
cat "$work/one" "$work/two" "$work/three" >"$work/river.ndjson"

# A feed holds the kept items, is read back as what it says, and its items are dropped again.
for format in rss atom jsonfeed; do
  expect 0 "$samestory" clean --to "$format" --feed-title River "$work/river.ndjson"
  cp "$work/out" "$work/river.$format.feed"
  cat "$work/river.ndjson" "$work/river.$format.feed" >/dev/null
  expect 0 "$samestory" clean --input feed "$work/river.$format.feed"
  lines 2
  out_has '"id":"n1"'
  out_has '"source":"kestrel"'
  out_has '"published":"2026-10-01T08:00:00Z"'
  expect 0 "$samestory" clean "$work/river.ndjson" "$work/river.$format.feed"
  [ "$(tail -n 2 "$work/out" | grep -c '"action":"drop","relation":"exact"')" -eq 2 ] ||
    fail "$format: its items are not known again"
done
expect 2 "$samestory" clean --to opml "$work/river.ndjson"
: >"$work/none.ndjson"
expect 0 "$samestory" clean --to rss "$work/none.ndjson"
out_has '</rss>'

# Which copy is kept.
expect 0 "$samestory" clean "$work/river.ndjson"
sed -n 2p "$work/out" | grep -q '"action":"drop"' || fail "the first copy is not kept"
expect 0 "$samestory" clean --prefer source=northmoor "$work/river.ndjson"
sed -n 1p "$work/out" | grep -qF '"action":"drop","relation":"new"' || fail "the worse is kept"
sed -n 1p "$work/out" | grep -qF '"replaced_by":"n2"' || fail "no replaced_by"
sed -n 2p "$work/out" | grep -qF '"action":"keep","relation":"exact","of":"n1"' || fail "no keep"
expect 0 "$samestory" clean --prefer longest "$work/river.ndjson"
out_has '"replaced_by":"n2"'
expect 0 "$samestory" clean --prefer newest "$work/river.ndjson"
out_has '"replaced_by":"n2"'
expect 0 "$samestory" clean --prefer source=kestrel "$work/river.ndjson"
if grep -q replace "$work/out"; then fail "the better came first"; fi
expect 0 "$samestory" clean --exempt northmoor "$work/river.ndjson"
sed -n 2p "$work/out" | grep -qF '"action":"keep","relation":"exact"' || fail "--exempt"
expect 2 "$samestory" clean --prefer best "$work/river.ndjson"
# What was written already is replaced by name.
{ cat "$work/one"; sleep 1; cat "$work/two"; } |
  "$samestory" clean --quiet --only-new --prefer source=northmoor >"$work/out"
lines 2
out_has '"replaces":"n1"'

# Copies are known to the next run of a state, unless it prefers others; and two items are explained.
prefer() { "$samestory" clean --quiet --state "$work/copies" --prefer "$@" >"$work/out" 2>"$work/err"; }
prefer source=northmoor <"$work/one"
prefer source=northmoor <"$work/two"
out_has '"replaces":"n1"'
expect 0 "$samestory" explain --state "$work/copies" n1 n2
out_has 'older item: "n1" of "kestrel"'
out_has 'verdict: exact'
expect 0 "$samestory" explain --format ndjson --state "$work/copies" n2 n1 --a-source northmoor
out_has '"newer":{"id":"n2","source":"northmoor"'
expect 1 "$samestory" explain --state "$work/copies" n1 n3
expect 2 "$samestory" explain --state "$work/copies" n1 n2 --a-summary x
expect 0 "$samestory" clean --state "$work/copies" --prefer longest "$work/three"
err_has 'had another --prefer'
item forgettable-17 'Weaver birds return to Vell' kestrel 2026-10-01T09:00:00Z '' >"$work/bird"
prefer longest <"$work/bird"
expect 0 "$samestory" state forget --state "$work/copies" --source kestrel forgettable-17
if grep -q forgettable-17 "$work/copies"/*; then fail "a forgotten id is left"; fi
expect 0 "$samestory" state verify --state "$work/copies"

# An event log tells everything or is refused.
"$samestory" clean --quiet --state "$work/told" <"$work/one" >"$work/out"
expect 0 "$samestory" clean --state "$work/told" --events "$work/told.events" "$work/two"
grep -c '"event"' "$work/told.events" | grep -qx 2 || fail "not all events"
"$samestory" clean --quiet --state "$work/untold" <"$work/one" >"$work/out"
"$samestory" state compact --state "$work/untold"
expect 2 "$samestory" clean --state "$work/untold" --events "$work/untold.events" "$work/two"
err_has 'was begun without --events'

# Without a state it tells of one run.
expect 0 "$samestory" clean --events "$work/once.events" "$work/one"
expect 2 "$samestory" clean --events "$work/once.events" "$work/one"
err_has 'once.events: holds 1 events of another run'

# An item is forgotten by its id alone where one source has it.
{
  item twin 'Lighthouse keeper of Skerry retires' kestrel 2026-10-01T09:00:00Z ''
  item twin 'Trams go on strike until Sunday' northmoor 2026-10-01T09:10:00Z ''
  item lone 'Weaver birds return to Vell' northmoor 2026-10-01T09:20:00Z ''
} | "$samestory" clean --quiet --state "$work/twins" >"$work/out"
expect 2 "$samestory" state forget --state "$work/twins" twin
err_has "is one of 'kestrel', 'northmoor'; --source names one"
expect 0 "$samestory" state forget --state "$work/twins" lone
expect 1 "$samestory" state forget --state "$work/twins" lone
err_has "knows no item 'lone'"
expect 0 "$samestory" state forget --state "$work/twins" --source kestrel twin
expect 0 "$samestory" state export --state "$work/twins"
lines 1

# A running title of one source is not its own duplicate.
{
  item b1 'Morning briefing' kestrel 2026-10-01T06:00:00Z 'Ferries stop and fish is dear.'
  item b2 'Morning briefing' kestrel 2026-10-02T06:00:00Z 'The mayor resigns over the bridge.'
  item b3 'Morning briefing' kestrel 2026-10-03T06:00:00Z 'Trams go on strike until Sunday.'
} >"$work/briefing.ndjson"
expect 0 "$samestory" clean --only-new "$work/briefing.ndjson"
lines 3

# until COMMAND...: waits some seconds for it.
until_true() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    if "$@" 2>/dev/null; then return 0; fi
    sleep 0.5
  done
  fail "waited in vain: $*"
}
has() { grep -qF -- "$1" "$2"; }

# A file that grows and is rotated, a pipe, and a directory, until SIGTERM; then again.
mkdir "$work/drop" "$work/state"
mkfifo "$work/pipe"
cp "$work/one" "$work/growing.ndjson"
start() {
  "$samestory" clean --follow --max-delay 0.1 --state "$work/state" --stats-every 1s \
    --metrics-file "$work/metrics.prom" "$work/growing.ndjson" "$work/pipe" "$work/drop" \
    >>"$work/followed" 2>"$work/err" &
  run=$!
}
stop() {
  kill -TERM "$run"
  status=0
  wait "$run" || status=$?
  [ "$status" -eq 0 ] || fail "status $status after SIGTERM: $(tail -n 3 "$work/err")"
}
: >"$work/followed"
start
until_true has '"id":"n1"' "$work/followed"
mv "$work/growing.ndjson" "$work/growing.1"
cp "$work/two" "$work/growing.ndjson"
until_true has '"id":"n2"' "$work/followed"
cat "$work/three" >"$work/pipe"
until_true has '"id":"n3"' "$work/followed"
item n4 'Quite another text about glaciers' vell 2026-10-01T09:00:00Z '' >"$work/pipe"
until_true has '"id":"n4"' "$work/followed"
cp "$work/river.rss.feed" "$work/drop/.river.xml"
mv "$work/drop/.river.xml" "$work/drop/river.xml"
until_true has '"url":"https://kestrel.example/n3","source":"kestrel"' "$work/followed"
until_true has 'samestory: records' "$work/err"
until_true has 'samestory_decisions_total{action="drop",relation="exact"} 3' "$work/metrics.prom"
stop
[ "$(wc -l <"$work/followed")" -eq 6 ] || fail "$(wc -l <"$work/followed") lines instead of 6"
start
item n5 'Orchard growers expect a small harvest' vell 2026-10-01T10:00:00Z '' >>"$work/growing.ndjson"
until_true has '"id":"n5"' "$work/followed"
stop
[ "$(wc -l <"$work/followed")" -eq 7 ] || fail "something was taken twice"
[ -f "$work/drop/river.xml" ] || fail "a file was deleted"
expect 1 "$samestory" clean --follow "$work/no-such-file"
expect 2 "$samestory" clean --max-delay 1 "$work/river.ndjson"

# Every line of the metrics is one of the text format.
if grep -vE '^# (HELP|TYPE) samestory_[a-z_]+ .|^samestory_[a-z_]+(\{[a-z]+="[a-z]+"(,[a-z]+="[a-z]+")*\})? -?[0-9.]+$' \
  "$work/metrics.prom"; then
  fail "that is no metric"
fi

# The stream's own clock, bounds of lateness and merges, and of single items.
expect 0 "$samestory" clean --clock wall --max-lateness 7d --max-merges-per-source 5 "$work/river.ndjson"
expect 2 "$samestory" clean --clock sun "$work/river.ndjson"
{
  cat "$work/one"
  item big "$(awk 'BEGIN { while (n++ < 2000) printf "word " }')" vell 2026-10-01T06:00:00Z ''
  cat "$work/three"
} >"$work/big.ndjson"
expect 3 "$samestory" clean --max-item-bytes 4KiB "$work/big.ndjson"
lines 2
err_has 'big.ndjson:2: the record has'
{
  printf '<rss version="2.0"><channel><item><guid>a</guid><title>First</title></item>\n<item><guid>b</guid><title>'
  awk 'BEGIN { while (n++ < 2000) printf "word " }'
  printf '</title></item><item><guid>c</guid><title>Third</title></item></channel></rss>'
} >"$work/big.xml"
expect 3 "$samestory" clean --max-item-bytes 4KiB "$work/big.xml"
lines 2
err_has 'big.xml:2: the record has'

# Two runs compared.
"$samestory" clean --quiet "$work/river.ndjson" >"$work/a"
expect 0 "$samestory" diff "$work/a" "$work/a"
out_has '{"records":3,"differing":0,'
sed -n 1p "$work/a" >"$work/b"
sed -n 2p "$work/a" |
  sed 's/"action":"drop","relation":"exact","of":"n1","similarity":1,"story":"s1"/"action":"keep","relation":"new","of":null,"similarity":0,"story":"s2"/' \
    >>"$work/b"
sed -n 3p "$work/a" >>"$work/b"
expect 1 "$samestory" diff "$work/a" "$work/b"
out_has '"changes":["join_lost","drop_lost","relation"],"with":"n1"'
expect 1 "$samestory" diff "$work/b" "$work/a" --format text
out_has 'join_gained, drop_gained, relation: Granary'
out_has '3 records in both runs, 1 differences, join_gained 1'
"$samestory" clean --quiet --only-new "$work/river.ndjson" >"$work/kept"
expect 1 "$samestory" diff "$work/a" "$work/kept"
out_has '"only_in_a":1'
expect 3 "$samestory" diff "$work/a" "$work/river.ndjson"
err_has 'holds no decision'
expect 2 "$samestory" diff "$work/a" "$work/no-such-file"
sed 's/"title"/"headline"/' "$work/a" >"$work/a.named"
sed 's/"title"/"headline"/' "$work/b" >"$work/b.named"
expect 1 "$samestory" diff --format text --title-key headline "$work/a.named" "$work/b.named"
out_has 'Granary'

finish
