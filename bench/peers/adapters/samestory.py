"""This engine: its program as a user runs it, one thread."""

import json

PACKAGE = None  # the build's own program

VARIANTS = {
    "jaccard": ["--match", "jaccard"],
    "judge": ["--match", "judge"],
}


def command(program, variant, path):
    return [program, "cluster", *VARIANTS[variant], "--threads", "1", "--quiet", path]


def answer(lines):
    """What a run wrote: a line a record, "new" and "template" are no duplicates. It decides in the
    order of the records' times, so what it keeps of a group need not stand first."""
    flags, records = [], 0
    for records, line in enumerate(lines, 1):
        if json.loads(line)["relation"] not in ("new", "template"):
            flags.append(records - 1)
    return {"kind": "other", "flags": flags, "records": records}
