"""Recall and precision of flags against exact Jaccard over the peer's own shingles."""

import subprocess
import zlib

import texts

THRESHOLD = 0.7
OWN = "canonical words 1-2"  # samestory's, cut by itself


def hashed_sets(path, cut):
    """A line of 32-bit hashes for the shingles of each text."""
    for text in texts.read(path):
        hashes = {zlib.crc32(token.encode("utf-8", "surrogatepass")) for token in cut(text)}
        yield " ".join(map(str, hashes))


class Truth:
    """Who has a partner at the threshold, by exact comparison of all pairs."""

    def __init__(self, path, shingles, exact_pairs):
        command = [exact_pairs, "--threshold", str(THRESHOLD)]
        if shingles == OWN:
            lines = None
            command += ["--records", path]
        else:
            lines = "\n".join(hashed_sets(path, texts.SHINGLES[shingles])) + "\n"
        found = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
        self.later, self.members, self.pairs = set(), set(), 0
        for line in found.stdout.splitlines():
            older, newer = map(int, line.split())
            self.later.add(newer)
            self.members.update((older, newer))
            self.pairs += 1

    def score(self, answer):
        """Recall and precision. Flags "later" are held against the records that have an earlier
        partner, "member" against those that have any. Of a group, "other" flags all but one, which
        may be any: it is right about a record that has any partner, and finds as many as it
        flags of these, up to the number that have an earlier one."""
        flags = set(answer["flags"])
        if answer["kind"] == "later":
            wanted, right = self.later, len(flags & self.later)
            found = right
        else:
            right = len(flags & self.members)
            wanted = self.members if answer["kind"] == "member" else self.later
            found = min(right, len(wanted))
        return {
            "recall": found / len(wanted) if wanted else None,
            "precision": right / len(flags) if flags else None,
            "flags": len(flags),
        }
