"""Runs one variant of one peer over one file, inside the peer's own environment.

    python worker.py ADAPTER VARIANT INPUT ANSWER

Writes {"version", "flags", "kind", "records", "stages"} to ANSWER. "flags" are the numbers, from 0,
of the records that the peer calls duplicates: of kind "later" those that have an earlier partner, of
kind "member" all that have a partner at all. "stages" are CPU seconds by stage.
"""

import contextlib
import importlib
import importlib.metadata
import json
import sys
import time


class Stages:
    """CPU seconds a stage: `with stages("sign"):`."""

    def __init__(self):
        self.seconds = {}

    @contextlib.contextmanager
    def __call__(self, name):
        start = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0) + time.process_time() - start


def main():
    name, variant, path, answer = sys.argv[1:]
    adapter = importlib.import_module(f"adapters.{name}")
    stages = Stages()
    found = adapter.run(path, variant, stages)
    found["stages"] = stages.seconds
    found["version"] = importlib.metadata.version(adapter.PACKAGE)
    with open(answer, "w", encoding="utf-8") as file:
        json.dump(found, file)


if __name__ == "__main__":
    main()
