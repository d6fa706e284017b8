"""Measures samestory beside its peers; see README.md."""

import argparse
import glob
import hashlib
import importlib
import json
import os
import platform
import shutil
import subprocess
import sys

import environment
import measure
import report
from corpora import BAD_LINES, Corpora
from truth import OWN, Truth

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PEERS = ["samestory", "rensa", "gaoya", "datasketch", "near_dupes", "text_dedup", "datatrove",
         "semhash"]
ATTACKS = {"identical": 100_000, "numbers": 50_000}
BAD_RECORDS = 1000
PYTHON_STAGES = ("read", "fold", "shingle")  # of ours, before a peer gets to work


class Runner:
    def __init__(self, flags, programs, corpora, core):
        self.flags, self.programs, self.corpora, self.core = flags, programs, corpora, core
        self.cache = os.path.join(flags.out, "runs")
        self.truths = {}
        os.makedirs(self.cache, exist_ok=True)

    def run(self, peer, variant, path, seconds, repeats=1):
        """One measured run, or what a run before found of the same peer, settings and input."""
        adapter = importlib.import_module(f"adapters.{peer}")
        key = self.fingerprint(peer, variant, path, seconds, repeats)
        cached = os.path.join(self.cache, f"{peer}-{key}.json")
        if os.path.exists(cached):
            with open(cached, encoding="utf-8") as file:
                return json.load(file)
        best = None
        for _ in range(repeats):
            once = self.run_once(adapter, peer, variant, path, seconds)
            if best is None or (not once["failed"] and once["cpu"] < best["cpu"]):
                best = once
            if once["failed"] or once["wall"] > 10:
                break
        with open(cached + ".part", "w", encoding="utf-8") as file:
            json.dump(best, file)
        os.replace(cached + ".part", cached)
        return best

    def fingerprint(self, peer, variant, path, seconds, repeats):
        status = os.stat(path)
        parts = [variant, path, status.st_size, status.st_mtime_ns, seconds, repeats]
        files = [f"{HERE}/adapters/{peer}.py", f"{HERE}/texts.py", f"{HERE}/worker.py"]
        files.append(self.programs["samestory"] if peer == "samestory"
                     else environment.requirements(peer))
        parts += [environment.digest(file) for file in files]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]

    def run_once(self, adapter, peer, variant, path, seconds):
        out, log = (os.path.join(self.flags.out, name) for name in ("answer", "log"))
        limits = {"core": self.core, "seconds": seconds, "memory": self.flags.memory}
        if adapter.PACKAGE is None:
            command = adapter.command(self.programs["samestory"], variant, path)
            found = measure.run(command, log, stdout=out, **limits)
            if found["status"] == 3:  # done, bad records were skipped
                found["failed"] = None
        else:
            try:
                python = environment.prepare(peer, self.flags.venv)
            except RuntimeError as error:
                return {"failed": str(error), "wall": 0, "cpu": 0, "peak": 0, "status": None}
            command = [python, f"{HERE}/worker.py", peer, variant, path, out]
            if os.path.exists(out):
                os.remove(out)
            found = measure.run(command, log, env={"PYTHONPATH": HERE}, **limits)
        if found["failed"] is None:
            with open(out, encoding="utf-8") as file:
                found["answer"] = adapter.answer(file) if adapter.PACKAGE is None else json.load(file)
        return found

    def truth(self, path, shingles):
        if (path, shingles) not in self.truths:
            self.truths[path, shingles] = Truth(path, shingles, self.programs["exact_pairs"])
        return self.truths[path, shingles]


def measure_variant(runner, kind, peer, variant):
    """Everything about one setting of one peer, for the report."""
    flags, corpora = runner.flags, runner.corpora
    row = {"peer": peer, "variant": variant, "kind": kind, "sizes": {}, "attacks": {}, "bad": {}}
    empty = runner.run(peer, variant, corpora.empty(), flags.limit)
    rate = 0
    for size in flags.sizes:
        if rate and size / rate > 1.3 * flags.limit:
            row["sizes"][size] = {"failed": f"not tried: {size / rate:.0f} s at the rate before"}
            continue
        found = runner.run(peer, variant, corpora.made(kind, size), flags.limit, flags.repeats)
        row["sizes"][size] = summary(found, size, empty)
        rate = size / found["wall"] if not found["failed"] else 0
        if found["failed"]:
            break
    row["version"] = found.get("answer", {}).get("version")
    row["quality"] = quality(runner, kind, peer, variant, row["sizes"])
    if kind == flags.kinds[0] and not flags.speed_only:
        for attack, size in ATTACKS.items():
            found = runner.run(peer, variant, corpora.made(attack, size), flags.attack_limit)
            row["attacks"][attack] = summary(found, size, empty)
        for name in BAD_LINES:
            row["bad"][name] = bad_input(runner.run(peer, variant, corpora.bad(name), 60))
    return row


def summary(found, size, empty):
    if found["failed"]:
        return {"failed": found["failed"], "wall": found["wall"], "peak": found["peak"]}
    stages = found["answer"].get("stages", {})
    native = {name: t for name, t in stages.items() if name not in PYTHON_STAGES}
    if any("shingle and sign" in name for name in native):
        native = {}  # the shingles of Python are in it
    records = found["answer"]["records"] or size
    return {
        "failed": None,
        "records": records,
        "wall": found["wall"],
        "cpu": found["cpu"],
        "records_per_second": records / found["wall"],
        "records_per_cpu_second": records / found["cpu"],
        "peak": found["peak"],
        "bytes_per_record": max(0, found["peak"] - empty["peak"]) / records,
        "stages": stages,
        "native_records_per_second": records / sum(native.values()) if native else None,
        "flags": len(found["answer"]["flags"]),
    }


def quality(runner, kind, peer, variant, sizes):
    """On the first records of the corpus, few enough for exact truth."""
    if not any(size.get("failed", "") is None for size in sizes.values()):
        return {"failed": "no run"}
    path = runner.corpora.made(kind, runner.flags.truth)
    found = runner.run(peer, variant, path, runner.flags.limit)
    if found["failed"]:
        return {"failed": found["failed"]}
    shingles = shingles_of(peer, variant)
    return {"shingles": shingles, **runner.truth(path, shingles).score(found["answer"])}


def shingles_of(peer, variant):
    """Those that a variant compares, or those nearest to them."""
    if peer == "samestory":
        return OWN
    if "chars" in variant:
        return "chars 5"
    return "words 2" if variant.startswith("words 2") else "words 1-2"


def bad_input(found):
    if found["failed"]:
        return found["failed"]
    records = found["answer"]["records"]
    if records < BAD_RECORDS - 2:
        return f"answers for {records} of {BAD_RECORDS} lines"
    return "goes on"


def native_stages(runner, kind):
    """The engine's own stages, by `samestory bench` on the same corpus and core."""
    found = {}
    path = runner.corpora.made(kind, runner.flags.sizes[-1])
    for match in ("jaccard", "judge"):
        out = os.path.join(runner.flags.out, f"bench-{match}.json")
        command = [runner.programs["samestory"], "bench", "--match", match, "--json", out, path]
        done = measure.run(command, os.path.join(runner.flags.out, "log"), core=runner.core,
                           seconds=10 * runner.flags.limit)
        if done["failed"] is None:
            with open(out, encoding="utf-8") as file:
                found[match] = json.load(file)
    return found


def find_programs(build):
    """The programs of a build with benchmarks."""
    folders = [build] if build else sorted(glob.glob(os.path.join(ROOT, "build", "*")))
    for folder in folders:
        programs = {
            "samestory": os.path.join(folder, "samestory"),
            "make_corpus": os.path.join(folder, "bench", "corpus", "make_corpus"),
            "exact_pairs": os.path.join(folder, "bench", "corpus", "exact_pairs"),
        }
        if all(os.access(program, os.X_OK) for program in programs.values()):
            return programs
    sys.exit("run.sh: no build with benchmarks found; give one with --build DIR")


def machine():
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            name = next((line.split(":")[1].strip() for line in info if "model name" in line), name)
    except OSError:
        pass
    return {"processor": name, "cores": os.cpu_count(), "system": platform.platform(),
            "python": platform.python_version(),
            "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")}


def parse_flags():
    parser = argparse.ArgumentParser(
        prog="run.sh", description="Measures samestory beside its peers, each on the same core and "
        "the same records, and writes peers.md, peers.json and a plot of each kind.")
    parser.add_argument("--records", default="100000,1000000", help="sizes, the smallest first")
    parser.add_argument("--kinds", default="headlines", help="of headlines,snippets,articles")
    parser.add_argument("--corpus", help="an NDJSON file of yours, in place of made corpora")
    parser.add_argument("--data", help="folder of the news data that corpora are made from")
    parser.add_argument("--peers", default=",".join(PEERS), help="which; default: all")
    parser.add_argument("--build", help="folder of a build of samestory with benchmarks")
    parser.add_argument("--out", default=os.path.join(ROOT, "build", "peers"), help="results")
    parser.add_argument("--venv", help="virtual environments; default: venv in --out")
    parser.add_argument("--limit", type=float, default=120, help="seconds a run may take")
    parser.add_argument("--attack-limit", type=float, default=40, help="on adversarial corpora")
    parser.add_argument("--memory", type=float, help="GiB a run may hold; default: 2/3 of all")
    parser.add_argument("--truth", type=int, default=50_000, help="records with exact truth")
    parser.add_argument("--repeats", type=int, default=3, help="of runs up to 10 s; fastest counts")
    parser.add_argument("--core", type=int, help="core to run on; default: the last")
    parser.add_argument("--speed-only", action="store_true", help="no attacks, no bad input")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs found")
    flags = parser.parse_args()
    flags.sizes = sorted(int(size) for size in flags.records.split(","))
    flags.kinds = ["file"] if flags.corpus else flags.kinds.split(",")
    flags.venv = flags.venv or os.path.join(flags.out, "venv")
    flags.memory = (flags.memory or machine()["memory"] / 2**30 * 2 / 3) * 2**30
    return flags


def main():
    flags = parse_flags()
    programs = find_programs(flags.build)
    os.makedirs(flags.out, exist_ok=True)
    if flags.fresh:
        for folder in ("runs", "corpora"):
            shutil.rmtree(os.path.join(flags.out, folder), ignore_errors=True)
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [None]
    core = flags.core if flags.core is not None else cores[-1]
    corpora = Corpora(os.path.join(flags.out, "corpora"), programs["make_corpus"], flags.data,
                      flags.corpus)
    runner = Runner(flags, programs, corpora, core)
    version = subprocess.run([programs["samestory"], "--version"], capture_output=True, text=True,
                             check=True).stdout.split()[-1]
    rows = []
    for kind in flags.kinds:
        for peer in flags.peers.split(","):
            for variant in importlib.import_module(f"adapters.{peer}").VARIANTS:
                print(f"{kind}: {peer}, {variant}", file=sys.stderr)
                rows.append(measure_variant(runner, kind, peer, variant))
                if peer == "samestory":
                    rows[-1]["version"] = version
    found = {"machine": machine(), "core": core, "sizes": flags.sizes, "truth": flags.truth,
             "limit": flags.limit, "rows": rows,
             "samestory": {kind: native_stages(runner, kind) for kind in flags.kinds}}
    report.write(found, flags.out)
    with open(os.path.join(flags.out, "peers.md"), encoding="utf-8") as file:
        print(file.read())


if __name__ == "__main__":
    main()
