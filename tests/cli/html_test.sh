#!/bin/sh
# HTML in: files, standard input, the text of records, feeds; and pages made to exhaust a parser.
. "$(dirname "$0")/lib.sh" "$1"
samples=$(cd "$(dirname "$0")/../../samples" && pwd)

# repeat N TEXT
repeat() { awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'; }

expect 0 "$samestory" split "$samples/page.html"
lines 1
out_has '"The night ferry between Port Alder'
out_has 'He said that he would look'
for absent in 'A white ferry' 'window.page' 'free stories' '<p>' '&amp;'; do
  if grep -qF -- "$absent" "$work/out"; then fail "'$absent' is in the lines of page.html"; fi
done

# However the page comes, its lines are the same.
"$samestory" split --quiet "$samples/page.html" | sed 's/^{"id":[^,]*,//' >"$work/expected"
same() { sed 's/^{"id":[^,]*,//' | cmp - "$work/expected" || fail "$1"; }
"$samestory" split --quiet <"$samples/page.html" | same "standard input"
"$samestory" split --quiet --input html - <"$samples/page.html" | same "--input html"
gzip -c "$samples/page.html" >"$work/p.html.gz"
"$samestory" split --quiet "$work/p.html.gz" | same "gzip"
cp "$samples/page.html" "$work/p.txt"
"$samestory" split --quiet --html "$work/p.txt" | same "--html"
{
  printf '{"text": "'
  sed 's/\\/\\\\/g; s/"/\\"/g' "$samples/page.html" | tr '\n' ' '
  printf '"}\n'
} >"$work/p.ndjson"
"$samestory" split --quiet "$work/p.ndjson" | same "the text of a record"

# Other commands read the same record; what the page says of itself is its record's.
expect 0 "$samestory" clean "$samples/page.html"
out_has '"title":"Night ferry to Vell stops for the winter"'
out_has '"url":"https://northmoor.example/2026/10/19/night-ferry-stops"'
out_has '"published":"2026-10-19T06:30:00Z"'
out_has '"source":"Northmoor Wire"'

# Bombs are bad records; what stands around them is read.
repeat 200000 '<div>' >"$work/deep.html"
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "<b id=%d><p>x", i }' >"$work/open.html"
awk 'BEGIN { printf "<p"; for (i = 0; i < 100000; i++) printf " a%d", i }' >"$work/wide.html"
repeat 30000 '<p>a<li>b<td>c<a href=x>d<i>e<h1>f' >"$work/unclosed.html"
for bomb in deep open wide unclosed; do
  expect 3 "$samestory" split "$work/$bomb.html" "$samples/page.html"
  lines 1
  err_has "$bomb.html:1: the HTML"
done
{
  printf '{"id": 1, "text": "<p>First page."}\n{"id": 2, "text": "'
  repeat 5000 '<div>'
  printf '"}\n{"id": 3, "text": "<p>Third page."}\n'
} >"$work/bombs.ndjson"
expect 3 "$samestory" split "$work/bombs.ndjson"
lines 2
err_has 'bombs.ndjson:2: the HTML nests'
expect 3 "$samestory" split --max-page-bytes 1KiB "$samples/page.html" "$samples/page.txt"
lines 0
err_has 'page.html:1: the page is longer than 1024 bytes'
err_has 'page.txt:1: the page is longer than 1024 bytes'
expect 1 "$samestory" split --strict "$work/deep.html"

# Large, odd and broken pages are read.
repeat 200000 '<p>One more line about the ferry.' >"$work/large.html"
expect 0 "$samestory" split "$work/large.html"
repeat 100000 '&amp;&lt;&#60;&nothing;&#xffffff;&' >"$work/references.html"
expect 0 "$samestory" split "$work/references.html"
printf '<p>caf\303\251 a\000b\377\376</p><template>\000<p>\000' >"$work/dirty.html"
expect 0 "$samestory" split "$work/dirty.html"
err_has 'repaired'
: >"$work/empty.html"
expect 0 "$samestory" split "$work/empty.html"
lines 1

# The view is one page that shows text as text, and reads as HTML.
printf 'A "quoted" <script>alert(1)</script> & line.\nAnother line of the page.\n' >"$work/odd.txt"
expect 0 "$samestory" split --view "$work/view.html" "$work/odd.txt" "$samples/page.html"
lines 2
grep -qF '&lt;script&gt;alert(1)&lt;/script&gt; &amp; line.' "$work/view.html" || fail "not escaped"
if grep -qiE '<script|src=|href=' "$work/view.html"; then fail "the view has more than text"; fi
expect 0 "$samestory" split "$work/view.html"
out_has 'Why did so few boats enter the autumn regatta?'
expect 1 "$samestory" split --view /no/such/folder/view.html "$samples/page.html"
err_has '/no/such/folder/view.html'

expect 0 "$samestory" split --explain "$samples/page.html"
out_has '"decided_by":'
out_has '"changes":['

finish
