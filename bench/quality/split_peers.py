#!/usr/bin/env python3
"""Judges jusText, trafilatura and samestory on the same HTML, made of the labelled lines.

    python3 bench/quality/split_peers.py --data DATA --samestory build/release/samestory --out FILE

The first run makes a virtual environment (--venv) from split_peers_requirements.txt. FILE receives
one JSON object a line:

    {"system", "set", "variant", "f1_other", "recall_main", "pages", "lines", "version"}

for `samestory_quality report --peers FILE`. F1 is that of the lines called other, recall that of the
story's lines, over all lines of all pages together; lines that are partly story and lines that repeat
the page's title do not count (split_metrics.h). Every system gets the same documents: an element a
line (of the line's tag where it is known, else <p>), the share of its characters that were in links in
an <a>, and a <title> where the page's title is known. Every document is read alone; the rows "all
pages in one run" show what samestory makes of the other pages of the set.
"""

import argparse
import collections
import difflib
import gzip
import html
import json
import os
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
SETS = ("pages_lines", "pages_tails", "synthetic_tails")

# Elements of the data that need others around them, by the element that holds them.
PARENTS = {"li": "ul", "dt": "dl", "dd": "dl", "td": "tr", "th": "tr", "figcaption": "figure",
           "caption": "table", "legend": "fieldset", "summary": "details"}
PLAIN = {"p", "div", "pre", "blockquote", "section", "article", "nav", "header", "footer", "aside",
         "form", "address", "center", "main", "h1", "h2", "h3", "h4", "h5", "h6"}

Page = collections.namedtuple("Page", "id variant lines other counted html")


def squeeze(text):
    """Without white space, so that systems may fold it as they like."""
    return "".join(text.split())


def one_line(text):
    return " ".join("".join(c if c.isprintable() or c.isspace() else " " for c in text).split())


def element(tag, text, link_share):
    linked = round(len(text) * link_share)
    # A link ends with a word, but for one that is a word or less.
    end = text.find(" ", linked)
    if 0 < linked < len(text) and end > 0:
        linked = end
    body = html.escape(text[linked:])
    if linked:
        body = '<a href="/x">' + html.escape(text[:linked]) + "</a>" + body
    return f"<{tag}>{body}</{tag}>\n"


def make_html(lines, title):
    parts = ["<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>",
             html.escape(title), "</title></head><body>\n"]
    open_parent = ""
    for line in lines:
        tag = line.get("tag", "p")
        parent = PARENTS.get(tag, "")
        if not parent and tag not in PLAIN:
            tag = "div"
        if parent != open_parent:
            parts.append(close(open_parent) + opening(parent))
            open_parent = parent
        parts.append(element(tag, line["text"], line.get("link", 0)))
    parts.append(close(open_parent) + "</body></html>\n")
    return "".join(parts)


def opening(parent):
    return "<table><tr>" if parent == "tr" else f"<{parent}>" if parent else ""


def close(parent):
    return "</tr></table>" if parent == "tr" else f"</{parent}>" if parent else ""


def variant_of(name, page):
    if name == "pages_lines":
        return page["page_type"]
    return page["variant"] if name == "synthetic_tails" else "newsy" if page["newsy"] else "other"


def load(data, name):
    path = os.path.join(data, "dev", name + ".ndjson")
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")
    pages = []
    with opened as file:
        for row in file:
            page = json.loads(row)
            lines = []
            for line in page["lines"]:
                line["text"] = one_line(line["text"])
                if line["text"]:
                    lines.append(line)
            title = page.get("title") or next((x["text"] for x in lines if x.get("title")), "")
            pages.append(Page(page["id"], variant_of(name, page), [x["text"] for x in lines],
                              [not x["main"] for x in lines],
                              [not x.get("title") and x.get("how") != "partial" for x in lines],
                              make_html(lines, title)))
    return pages


def kept_lines(page, kept):
    """Which lines of the page are among `kept`, the texts that a system kept, in order."""
    lines = [squeeze(line) for line in page.lines]
    kept = [text for text in map(squeeze, kept) if text]
    found = [False] * len(lines)
    matcher = difflib.SequenceMatcher(None, lines, kept, autojunk=False)
    for block in matcher.get_matching_blocks():
        for i in range(block.a, block.a + block.size):
            found[i] = True
    # What a system joined to longer texts is looked for within them.
    joined = "\n".join(kept)
    return [f or (len(line) >= 25 and line in joined) for f, line in zip(found, lines)]


class JusText:
    def __init__(self, by_language):
        import justext
        self.justext, self.by_language = justext, by_language
        self.lists = {name: justext.get_stoplist(name) for name in justext.get_stoplists()}
        self.system = "jusText" + ("" if by_language else ", language independent")
        self.version = justext.__version__

    def stoplist(self, page):
        words = " ".join(page.lines).lower().split()[:2000]
        return max(sorted(self.lists), key=lambda name: sum(w in self.lists[name] for w in words))

    def other(self, page):
        options = dict(encoding="utf-8")
        words = frozenset()
        if self.by_language:
            words = self.lists[self.stoplist(page)]
        else:
            options.update(stopwords_low=0, stopwords_high=0)
        paragraphs = self.justext.justext(page.html.encode(), words, **options)
        kept = kept_lines(page, [p.text for p in paragraphs if not p.is_boilerplate])
        return [not k for k in kept]


class Trafilatura:
    def __init__(self, name, **options):
        import trafilatura
        self.extract, self.options = trafilatura.bare_extraction, options
        self.system = "trafilatura" + name
        self.version = trafilatura.__version__

    def other(self, page):
        document = self.extract(page.html, include_comments=False, **self.options)
        text = document.text if document is not None and document.text else ""
        kept = [part.lstrip("- ") for line in text.split("\n") for part in line.split(" | ")]
        return [not k for k in kept_lines(page, kept)]


class Samestory:
    def __init__(self, program, name, *flags):
        self.command = [program, "split", "--quiet", "--threads", "1", *flags]
        self.system = "samestory, HTML" + name
        self.version = subprocess.run([program, "--version"], capture_output=True, text=True,
                                      check=True).stdout.split()[-1]

    def run(self, pages):
        records = "".join(json.dumps({"id": p.id, "text": p.html}) + "\n" for p in pages)
        result = subprocess.run(self.command, input=records, capture_output=True, text=True,
                                check=True)
        return [self.lines(page, json.loads(row)) for page, row in
                zip(pages, result.stdout.splitlines(), strict=True)]

    def other(self, page):
        return self.run([page])[0]

    @staticmethod
    def lines(page, answer):
        """The role of each line is that of its first sentence; nothing is lost, so all align."""
        other, parts, left = [], iter(answer["lines"]), ""
        role = ""
        for line in map(squeeze, page.lines):
            first = True
            while line:
                if not left:
                    part = next(parts)
                    left, role = squeeze(part["text"]), part["role"]
                if first:
                    other.append(role == "other")
                    first = False
                if left.startswith(line):
                    left, line = left[len(line):], ""
                elif line.startswith(left):
                    line, left = line[len(left):], ""
                else:
                    raise ValueError(f"{page.id}: {line[:40]!r} is not {left[:40]!r}")
        return other


class AllAtOnce(Samestory):
    def __init__(self, program):
        super().__init__(program, ", all pages in one run")

    def judge(self, pages):
        return self.run(pages)


def rows(system, name, pages):
    judged = system.judge(pages) if hasattr(system, "judge") else [system.other(p) for p in pages]
    counts = collections.defaultdict(collections.Counter)
    for page, called in zip(pages, judged, strict=True):
        for variant in ("all", page.variant):
            count = counts[variant]
            count["pages"] += 1
            for other, counted, call in zip(page.other, page.counted, called, strict=True):
                count[other, call] += counted
    for variant, c in sorted(counts.items()):
        wrong = c[False, True] + c[True, False]
        main = c[False, False] + c[False, True]
        yield {"system": system.system, "set": name, "variant": variant,
               "f1_other": round(2 * c[True, True] / max(1, 2 * c[True, True] + wrong), 6),
               "recall_main": round(c[False, False] / max(1, main), 6), "pages": c["pages"],
               "lines": main + c[True, False] + c[True, True], "version": system.version}


def in_environment(folder):
    """Runs this program again by the Python of a virtual environment, made where there is none."""
    python = os.path.join(folder, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(folder):
        return
    stamp = os.path.join(folder, "ready")
    if not os.path.exists(stamp):
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "-r", os.path.join(HERE, "split_peers_requirements.txt")], check=True)
        open(stamp, "w").close()
    os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--data", required=True, help="folder of the news data")
    parser.add_argument("--samestory", required=True, help="the program")
    parser.add_argument("--out", required=True, help="file to write the rows to")
    parser.add_argument("--venv", default="build/peers", help="virtual environment, made if absent")
    parser.add_argument("--sets", default=",".join(SETS), help="comma-separated")
    parser.add_argument("--systems", default="", help="only those whose name has this in it")
    arguments = parser.parse_args()
    in_environment(os.path.abspath(arguments.venv))

    program = os.path.abspath(arguments.samestory)
    systems = [JusText(True), JusText(False), Trafilatura(""),
               Trafilatura(", precision", favor_precision=True),
               Trafilatura(", recall", favor_recall=True), Samestory(program, ""),
               Samestory(program, " --safe", "--safe"), Samestory(program, " --eager", "--eager"),
               AllAtOnce(program)]
    systems = [system for system in systems if arguments.systems in system.system]
    with open(arguments.out, "w", encoding="utf-8") as out:
        for name in arguments.sets.split(","):
            pages = load(arguments.data, name)
            for system in systems:
                for row in rows(system, name, pages):
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    if row["variant"] == "all":
                        print(f"{name:16} {system.system:40} {row['f1_other']:.3f} / "
                              f"{row['recall_main']:.3f}", flush=True)


if __name__ == "__main__":
    main()
