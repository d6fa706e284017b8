#!/usr/bin/env python3
"""Compares what samestory and Python's feedparser read of feeds.

    python3 tests/feedparser/compare.py build/release/samestory FOLDER

FOLDER holds feed files and INDEX.ndjson, whose objects have "file" and "well_formed". feedparser is
installed from requirements.txt into a virtual environment (--venv). Of every item of the well-formed
feeds the title, the link and the time must agree: titles by their text, links by the canonical
address (as feedparser resolves them), times to the second; where feedparser has none, nothing is
compared. The share that agrees is printed for each, differences with --show. Then the feeds that
`clean --to` writes of them are read by feedparser, which must find them well-formed, with every kept
item. Exit status: 0 each share is at least --least; 1 one is not; 77 feedparser cannot be installed
(no network).
"""

import argparse
import calendar
import html
import json
import os
import re
import subprocess
import sys
import unicodedata
import urllib.parse
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
SKIPPED = 77


def ensure_feedparser(folder):
    """Runs this script again under a Python that has feedparser."""
    python = os.path.join(folder, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(folder):
        return
    if not os.path.exists(os.path.join(folder, "ready")):
        venv.create(folder, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "-r",
                   os.path.join(HERE, "requirements.txt")]
        if subprocess.run(install).returncode != 0:
            print("skipped: feedparser cannot be installed")
            sys.exit(SKIPPED)
        open(os.path.join(folder, "ready"), "w").close()
    os.execv(python, [python] + sys.argv)


def plain(text):
    """Text as a reader sees it: without tags, references and differences of white space."""
    text = re.sub(r"<[^<>]*>", " ", text or "")
    text = html.unescape(html.unescape(text))
    text = re.sub(r"<[^<>]*>", " ", text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def address(url):
    """An address without what tells no two documents apart."""
    url = html.unescape(url or "").strip()
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return (scheme.lower() + colon + host.lower() + "/" + path).rstrip("/")


def theirs(path):
    """feedparser's items: (title, link, Unix seconds or None)."""
    import feedparser  # of the virtual environment

    with open(path, "rb") as file:
        parsed = feedparser.parse(file.read())
    # Without the address that a feed came from, feedparser has no base for relative links.
    base = parsed.feed.get("link") or ""
    items = []
    for entry in parsed.entries:
        time = entry.get("published_parsed") or entry.get("updated_parsed")
        link = entry.get("link")
        items.append((entry.get("title"), link and urllib.parse.urljoin(base, link),
                      time and calendar.timegm(time)))
    return items


def ours(samestory, path):
    command = [samestory, "clean", "--quiet", "--input", "feed", "--match", "jaccard", path]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    items = []
    for line in done.stdout.splitlines():
        record = json.loads(line)
        time = record.get("published")
        if time is not None:
            time = calendar.timegm(tuple(map(int, re.findall(r"\d+", time))))
        items.append((record.get("title"), record.get("url"), time))
    return items


def compare(name, mine, other, counts, show):
    for (title, link, time), (their_title, their_link, their_time) in zip(mine, other):
        pairs = [("title", plain(title), plain(their_title)),
                 ("link", address(link), address(their_link)),
                 ("time", time, their_time)]
        for field, a, b in pairs:
            if not b:
                continue
            counts[field][1] += 1
            if a == b:
                counts[field][0] += 1
            elif show:
                print(f"{name}: {field}: {a!r} here, {b!r} by feedparser")


def written(samestory, path, form):
    """Whether feedparser reads all that is kept of a feed from `clean --to`."""
    import feedparser  # of the virtual environment

    command = [samestory, "clean", "--quiet", "--input", "feed", "--match", "jaccard", path]
    kept = [json.loads(line) for line in
            subprocess.run(command + ["--only-new"], capture_output=True).stdout.splitlines()]
    feed = feedparser.parse(subprocess.run(command + ["--to", form], capture_output=True).stdout)
    same = [plain(record.get("title")) for record in kept] == [
        plain(entry.get("title")) for entry in feed.entries]
    return not feed.bozo and same


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samestory")
    parser.add_argument("folder")
    parser.add_argument("--venv", default=os.path.join(HERE, "../../build/feedparser"))
    parser.add_argument("--least", type=float, default=0.99)
    parser.add_argument("--show", action="store_true", help="print every difference")
    arguments = parser.parse_args()
    ensure_feedparser(arguments.venv)

    counts = {"items": [0, 0], "title": [0, 0], "link": [0, 0], "time": [0, 0],
              "rss written": [0, 0], "atom written": [0, 0]}
    feeds = 0
    for line in open(os.path.join(arguments.folder, "INDEX.ndjson"), encoding="utf-8"):
        entry = json.loads(line)
        if not entry["well_formed"]:
            continue
        path = os.path.join(arguments.folder, entry["file"])
        for form in ("rss", "atom"):
            good = written(arguments.samestory, path, form)
            counts[form + " written"][0] += good
            counts[form + " written"][1] += 1
            if not good:
                print(f"{entry['file']}: the {form} feed written of it is not read back")
        mine, other = ours(arguments.samestory, path), theirs(path)
        feeds += 1
        counts["items"][0] += min(len(mine), len(other))
        counts["items"][1] += len(other)
        if len(mine) != len(other):
            print(f"{entry['file']}: {len(mine)} items here, {len(other)} by feedparser")
            continue
        compare(entry["file"], mine, other, counts, arguments.show)
    print(f"{feeds} well-formed feeds")
    good = feeds > 0
    for field, (same, total) in counts.items():
        share = same / total if total else 0
        good = good and share >= arguments.least
        print(f"{field}: {same} of {total} agree ({share:.4f})")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
