#!/usr/bin/env python3
"""Months of an aggregator's river, or a day of it, through `samestory clean --state`.

    python3 tests/simulation/simulate.py build/release/samestory ITEMS.ndjson.gz [--day [--days N]]

ITEMS holds items of feeds: {"feed", "feed_title", "title", "description", "link", "pubdate",
"snapshot"}, where snapshot is when a crawler first saw it. Feeds are polled; every poll offers what
the feed holds, its latest items, so that each item is offered again and again.

Without --day a feed is polled whenever a snapshot of it was taken, at the true time. With --day
all items come within 24 simulated hours, in their order, every feed polled each quarter of an
hour, and items are dated by when they came. With --days N that day comes N times, the items
each time under addresses of that day.

Checked: what was offered before, by the same feed and with the same title and summary, is dropped as
`exact`, however long ago that was: the feed never ceased to hold it. With --day memory and disk
level off: neither is more than a tenth higher in the last window than in the one in the middle.
Printed: memory and disk along the way, the offers that were wrongly kept, and with --sample a
sample of drops that are no repeats, to be read. Exit status 0 where all that is checked holds.
"""

import argparse
import collections
import datetime
import email.utils
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import threading

QUARTER = 900
DAY_BEGIN = 1_767_225_600  # 1 January 2026


def read_items(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            seen = datetime.datetime.fromisoformat(row["snapshot"]).timestamp()
            try:
                published = email.utils.parsedate_to_datetime(row["pubdate"]).timestamp()
            except (TypeError, ValueError, KeyError):
                published = None
            row["seen"] = int(seen)
            row["time"] = int(published) if published and published <= seen else int(seen)
            row["dated"] = published is not None
            yield row


def true_polls(items):
    """(time, feed, new items of it), in the order of the snapshots."""
    polls = collections.defaultdict(list)
    for item in items:
        polls[item["seen"], item["feed"]].append(item)
    for (seen, feed), fresh in sorted(polls.items(), key=lambda poll: poll[0]):
        yield seen, feed, sorted(fresh, key=lambda item: item["time"])


def day_polls(items):
    """The same with all items within a day and every feed polled each quarter of an hour."""
    items = sorted(items, key=lambda item: (item["time"], item["id"]))
    feeds = sorted({item["feed"] for item in items})
    polls = [collections.defaultdict(list) for _ in range(86400 // QUARTER)]
    for number, item in enumerate(items):
        place = number * len(polls) // len(items)
        item["time"] = DAY_BEGIN + number * 86400 // len(items)
        item["dated"] = True
        polls[place][item["feed"]].append(item)
    for place, fresh in enumerate(polls):
        for feed in feeds:
            yield DAY_BEGIN + (place + 1) * QUARTER, feed, fresh[feed]


def offers(polls, held):
    """(time, record) of every item offered: all new ones, and those that the feed still holds."""
    feeds = collections.defaultdict(collections.OrderedDict)
    for time, feed, fresh in polls:
        holds = feeds[feed]
        for item in fresh:
            holds.pop(item["link"], None)  # changed: the feed has the new version alone
            holds[item["link"]] = item
        while len(holds) > max(held, len(fresh)):
            holds.popitem(last=False)
        # The newest first, as feeds have them.
        for item in reversed(holds.values()):
            record = {"id": item["link"], "title": item["title"], "summary": item["description"],
                      "url": item["link"], "source": item["feed_title"]}
            if item["dated"]:
                record["published"] = item["time"]
            yield time, record


def again(stream, days):
    """The same offers on each of so many days, of items with addresses of their own."""
    for day in range(days):
        for time, record in stream:
            if day > 0:
                address = f"{record['url']}/day-{day}"
                record = record | {"id": address, "url": address,
                                   "published": record["published"] + day * 86400}
            yield time + day * 86400, record


class Run:
    """A running `samestory clean` whose answers are awaited chunk by chunk."""

    def __init__(self, samestory, state, window):
        command = [samestory, "clean", "--quiet", "--state", state, "--window", f"{window}s",
                   "--max-replay", "20000", "--events", os.path.join(state, "events.ndjson"), "-"]
        os.makedirs(state, exist_ok=True)
        self.state = state
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def decide(self, records):
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        data = ("\n".join(lines) + "\n").encode("utf-8", "replace")
        writer = threading.Thread(target=lambda: (self.process.stdin.write(data),
                                                  self.process.stdin.flush()))
        writer.start()
        answers = [json.loads(self.process.stdout.readline()) for _ in lines]
        writer.join()
        return answers

    def megabytes(self):
        with open(f"/proc/{self.process.pid}/statm", encoding="ascii") as file:
            memory = int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        disk = sum(os.path.getsize(os.path.join(self.state, name))
                   for name in os.listdir(self.state) if not name.startswith("events"))
        return memory / 2**20, disk / 2**20

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


class Check:
    """Keeps count of what was offered and what became of it."""

    def __init__(self):
        self.offered = set()
        self.repeats = self.wrong = 0
        self.drops = []
        self.by_id = {}

    def take(self, record, answer):
        decision = answer["samestory"]
        offer = (record["source"], record["id"], record["title"], record["summary"])
        if offer in self.offered:
            self.repeats += 1
            if decision["action"] != "drop" or decision["relation"] != "exact":
                self.wrong += 1
                if self.wrong <= 20:
                    print("kept again:", json.dumps(answer, ensure_ascii=False)[:400])
            return
        self.offered.add(offer)
        if decision["action"] == "drop":
            self.drops.append((decision, record, self.by_id.get(decision["of"])))
        self.by_id[record["id"]] = record


class Levels:
    """Memory and disk along the simulated time, in windows."""

    def __init__(self, window):
        self.window = window
        self.highest = {}

    def take(self, seconds, megabytes):
        place = int(seconds // self.window)
        before = self.highest.get(place, (0, 0))
        self.highest[place] = tuple(map(max, before, megabytes))

    def level_off(self):
        last = max(self.highest)
        if last < 3:
            return False
        return all(end <= 1.1 * middle
                   for end, middle in zip(self.highest[last], self.highest[last // 2]))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samestory")
    parser.add_argument("items")
    parser.add_argument("--day", action="store_true")
    parser.add_argument("--days", type=int, default=1, help="with --day")
    parser.add_argument("--window", type=float, help="hours; 72, with --day 6")
    parser.add_argument("--held", type=int, default=30, help="items that a feed holds")
    parser.add_argument("--limit", type=int, help="items, the first by time")
    parser.add_argument("--rows", type=int, default=48, help="lines of the table")
    parser.add_argument("--sample", type=int, default=0, help="drops to be printed")
    parser.add_argument("--state", help="kept, instead of a scratch directory")
    arguments = parser.parse_args()

    items = sorted(read_items(arguments.items), key=lambda item: item["seen"])[:arguments.limit]
    window = int(3600 * (arguments.window or (6 if arguments.day else 72)))
    stream = list(offers((day_polls if arguments.day else true_polls)(items), arguments.held))
    if arguments.day:
        stream = list(again(stream, arguments.days))
    print(f"{len(items)} items of {len({item['feed'] for item in items})} feeds, "
          f"{len(stream)} offers, window {window / 3600:g} h")

    scratch = tempfile.TemporaryDirectory()
    run = Run(arguments.samestory, arguments.state or os.path.join(scratch.name, "state"), window)
    check, levels = Check(), Levels(window)
    begin = DAY_BEGIN if arguments.day else stream[0][0]
    step = max(1, len(stream) // arguments.rows)
    print("offers     simulated   memory     disk")
    for first in range(0, len(stream), step):
        chunk = stream[first:first + step]
        for (time, record), answer in zip(chunk, run.decide([record for _, record in chunk])):
            check.take(record, answer)
        seconds = chunk[-1][0] - begin
        memory, disk = run.megabytes()
        levels.take(seconds - 1, (memory, disk))
        print(f"{first + len(chunk):9} {seconds / 3600:9.1f} h {memory:6.1f} MiB {disk:6.1f} MiB",
              flush=True)
    status = run.close()
    print(f"{check.repeats} repeats, {check.wrong} not dropped; {len(check.drops)} drops that are "
          "no repeats")
    for place, (memory, disk) in sorted(levels.highest.items()) if arguments.day else []:
        print(f"window {place + 1}: at most {memory:.1f} MiB of memory, {disk:.1f} MiB on disk")

    random.seed(1)
    for decision, record, other in random.sample(check.drops,
                                                 min(arguments.sample, len(check.drops))):
        print(f"\n{decision['relation']} {decision['similarity']}\n  {record['source']}: "
              f"{record['title']} | {record['summary'][:200]} [{record.get('published')}]")
        if other:
            print(f"  {other['source']}: {other['title']} | {other['summary'][:200]} "
                  f"[{other.get('published')}]")
    level = not arguments.day or levels.level_off()
    if not level:
        print("memory or disk did not level off")
    return 0 if status == 0 and check.wrong == 0 and level else 1


if __name__ == "__main__":
    sys.exit(main())
