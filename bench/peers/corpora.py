"""The files that all peers read."""

import hashlib
import json
import os
import subprocess

EMPTY = [{"id": 1, "title": "One headline of a quiet day"},
         {"id": 2, "title": "Another, about something else"}]

# Lines that a feed may hold one day, each amid good ones.
BAD_LINES = {
    "invalid UTF-8": b'{"id": 500, "title": "Ferry \xff\xfe sails again from the old pier"}\n',
    "lone surrogate": b'{"id": 500, "title": "Ferry \\ud83d sails again from the old pier"}\n',
    "broken JSON": b'{"id": 500, "title": "Ferry sails again from\n',
    "10 MB line": b'{"id": 500, "title": "' + b"Ferry sails again from pier 9 " * 333_333
    + b'"}\n',
}


class Corpora:
    """Made on demand, in one folder; complete files are kept from run to run."""

    def __init__(self, folder, make_corpus, data=None, user_file=None):
        self.folder = folder
        self.make_corpus = make_corpus
        self.data = ["--data", data] if data else []
        self.user_file = user_file
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name.replace(" ", "_") + ".ndjson")

    def _write(self, name, fill):
        path = self.path(name)
        if not os.path.exists(path):
            with open(path + ".part", "wb") as file:
                fill(file)
            os.replace(path + ".part", path)
        return path

    def made(self, kind, records):
        """The first `records` of the corpus of a kind, or of the user's file."""
        if kind == "file":
            status = os.stat(self.user_file)
            mark = hashlib.sha256(f"{os.path.abspath(self.user_file)} {status.st_size} "
                                  f"{status.st_mtime_ns}".encode()).hexdigest()[:8]
            return self._write(f"file-{mark}-{records}", lambda out: self._head(out, records))
        command = [self.make_corpus, "--kind", kind, "-n", str(records), *self.data]
        return self._write(f"{kind}-{records}",
                           lambda out: subprocess.run(command, stdout=out, check=True))

    def _head(self, out, records):
        with open(self.user_file, "rb") as lines:
            for _, line in zip(range(records), lines):
                out.write(line if line.endswith(b"\n") else line + b"\n")

    def empty(self):
        return self._write("two", lambda out: out.write(as_lines(EMPTY)))

    def bad(self, name):
        def fill(out):
            good = as_lines({"id": i, "title": f"Mill {i} of Dorn opens its gates to {i * 7} guests"}
                            for i in range(1, 1000))
            lines = good.splitlines(keepends=True)
            out.write(b"".join([*lines[:499], BAD_LINES[name], *lines[500:]]))

        return self._write(f"bad-{name}", fill)


def as_lines(records):
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)
