#!/bin/sh
# Bad input never kills a run and never loses the good records around it.
. "$(dirname "$0")/lib.sh" "$1"

good='{"id": "before", "title": "Granary roof falls in at Dunmore after night of storm"}'
same='{"id": "after", "title": "Granary roof falls in at Dunmore after night of storm"}'

# around NAME: makes $work/NAME.ndjson of standard input between two good records.
around() {
  {
    echo "$good"
    cat
    echo "$same"
  } >"$work/$1.ndjson"
}

# decides NAME STATUS N: clean and cluster end with STATUS, write N records, and both good
# records are among them, as one story.
decides() {
  for command in clean cluster; do
    for match in judge jaccard; do
      expect "$2" "$samestory" $command --match $match "$work/$1.ndjson"
      lines "$3"
      out_has '"before"'
      out_has '"after"'
      grep -F '"after"' "$work/out" | grep -qF '"relation":"exact"' ||
        fail "$1: the good records are not one story under $command --match $match"
    done
  done
}

printf '{"id": "x", "title": "invalid \377\376 bytes \303"}\n' | around invalid
decides invalid 0 3
err_has 'repaired'

printf '{"id": "x", "title": "NUL \000 in a string"}\n' | around nul
decides nul 3 2
err_has 'nul.ndjson:2:'

printf '{"id": "x", "title": "escaped NUL \\u0000 in a string"}\n' | around escaped_nul
decides escaped_nul 0 3

printf '{"id": "x", "title": "lone surrogate \\ud800 escape"}\n' | around surrogate
decides surrogate 0 3

printf '{"id": "x", "title": ""}\n{"id": "y", "title": "a"}\n{"id": "z"}\n{"id": "e", "title": "..."}\n' |
  around empty
decides empty 0 6

printf '{"id": "x", "title": "\360\237\230\200\360\237\232\200"}\n{"id": "y", "title": "\360\237\230\200"}\n' | around emoji
decides emoji 0 4

printf '{"id": "x", "title": "阿尔德港大桥因裂缝关闭"}\n{"id": "y", "title": "阿尔德港大桥因裂缝关闭。"}\n' |
  around chinese
decides chinese 0 4

printf '{"id": "x", "title": "बंदरगाह का पुल दरारों के कारण बंद"}\n{"id": "y", "title": "बंदरगाह का पुल, दरारों के कारण बंद।"}\n' |
  around hindi
decides hindi 0 4

printf '{"id": "x", "title": "cut of\n' | around truncated
decides truncated 3 2
err_has 'truncated.ndjson:2:'

printf '["an", "array"]\n' | around array
decides array 3 2
err_has 'array.ndjson:2:'

printf '42\n"text"\nnull\n{"id": "x"} trailing\n{"id": "x", "title": {"deep": 1}}\n' | around shapes
decides shapes 3 2
for line in 2 3 4 5 6; do
  expect 3 "$samestory" cluster "$work/shapes.ndjson"
  err_has "shapes.ndjson:$line:"
done

{
  printf '{"id": "twice", "title": "Chess club of Vell wins the league"}\n'
  printf '{"id": "twice", "title": "Chess club of Vell wins the league"}\n'
  printf '{"id": "twice", "title": "Quite another text about glaciers"}\n'
} | around twice
decides twice 0 5
expect 0 "$samestory" clean "$work/twice.ndjson"
[ "$(sed -n 3p "$work/out" | grep -c '"relation":"exact"')" -eq 1 ] || fail "repeat is not exact"
[ "$(sed -n 4p "$work/out" | grep -c '"relation":"update"')" -eq 1 ] || fail "change is no update"

# A line of 100 MB: decided where the bound allows it, skipped and reported where it does not.
{
  printf '{"id": "long", "title": "'
  head -c 100000000 /dev/zero | tr '\0' 'x'
  printf '"}\n'
} | around long
expect 0 "$samestory" clean "$work/long.ndjson"
lines 3
expect 3 "$samestory" clean --max-line 1MiB "$work/long.ndjson"
lines 2
err_has 'long.ndjson:2:'
rm "$work/long.ndjson"

# Deep nesting.
{
  printf '{"id": "deep", "x": '
  head -c 200000 /dev/zero | tr '\0' '['
  printf '\n'
} | around deep
decides deep 3 2

# --strict stops at the first bad record with status 1; nothing of the clustering is written, and no
# line by halves.
printf 'not json\nnor this\n' | around strict
expect 1 "$samestory" cluster --strict "$work/strict.ndjson"
lines 0
expect 1 "$samestory" clean --strict "$work/strict.ndjson"
lines 1
err_has '--strict'
[ "$(grep -c 'no JSON object' "$work/err")" -eq 1 ] || fail "told of more than the first bad record"

: >"$work/nothing.ndjson"
expect 0 "$samestory" cluster "$work/nothing.ndjson"
lines 0
printf '\n\n  \n' >"$work/blank.ndjson"
expect 0 "$samestory" clean "$work/blank.ndjson"
lines 0
: >"$work/empty.txt"
expect 0 "$samestory" split "$work/empty.txt"
printf '\377\376\000\001' >"$work/binary.txt"
status=0
"$samestory" split "$work/binary.txt" >/dev/null 2>&1 || status=$?
[ "$status" -le 3 ] || fail "split of binary bytes ended with $status"

finish
