"""Records and shingles as every peer that takes them gets them. Standard library alone: the workers
run in environments that hold nothing but their peer."""

import json
import re

WORD = re.compile(r"[^\W_]+")


def read(path):
    """The texts of an NDJSON file: title, summary and text of a record, joined. Lines that are no
    JSON objects are left out, bytes that are no UTF-8 replaced: the reading is ours, not the
    peer's."""
    texts = []
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        for line in file:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict):
                fields = (record.get(name) for name in ("title", "summary", "description", "text"))
                texts.append(" ".join(field for field in fields if isinstance(field, str)))
    return texts


def words(text):
    """Runs of letters and digits, in lower case."""
    return WORD.findall(text.lower())


def words_1_2(text):
    """Words and pairs of neighbours: what samestory compares."""
    found = words(text)
    return found + [f"{a} {b}" for a, b in zip(found, found[1:])]


def words_2(text):
    """Pairs of neighbours; of a text of one word, that."""
    found = words(text)
    return [f"{a} {b}" for a, b in zip(found, found[1:])] or found


def chars_5(text):
    """Five characters each of the text in lower case, white space folded; a shorter text is one."""
    text = " ".join(text.lower().split())
    return [text[i : i + 5] for i in range(len(text) - 4)] or [text]


SHINGLES = {"words 1-2": words_1_2, "words 2": words_2, "chars 5": chars_5}
