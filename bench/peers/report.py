"""The results as a Markdown table, JSON and a plot."""

import json
import os

import plot

NOTES = """
Every run is a process of its own on one core with one thread, from an NDJSON file to its answer, the
start of its interpreter included; a peer in Python is read to and cut into shingles by the few lines
of `texts.py`. `records/s` is of the clock, `CPU` of processor time, which other work on the machine
does not change. `bytes a record` is the peak of memory above that of the same program on two records.
Recall and precision are of the records called duplicates, on the first {truth:,} records, against
exact Jaccard >= .7 over the shingles named: the peer's own, or where it cuts words by rules of its
own the nearest to them. `--match judge` is held against Jaccard too, though it links what Jaccard
does not see: its precision here is no measure of it. Words are runs of letters and digits in lower
case; `words 1-2` are words and pairs of neighbours, `canonical` by samestory's rules of what a word is;
`chars 5` five characters each.
"""


def write(found, folder):
    with open(os.path.join(folder, "peers.json"), "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1)
    with open(os.path.join(folder, "peers.md"), "w", encoding="utf-8") as file:
        file.write(markdown(found))
    for kind in {row["kind"]: None for row in found["rows"]}:
        rows = [row for row in found["rows"] if row["kind"] == kind]
        with open(os.path.join(folder, f"peers-{kind}.svg"), "w", encoding="utf-8") as file:
            file.write(plot.bars(rows, found["sizes"][-1], kind))


def number(value, digits=0):
    return "" if value is None else f"{value:,.{digits}f}"


def share(value):
    return "" if value is None else f"{value:.4f}"


def table(head, lines):
    out = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    out += ["| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |"
            for line in lines]
    return "\n".join(out) + "\n\n"


def name_of(row):
    return f"{row['peer'].replace('_', '-')}: {row['variant']}"


def last_size(row):
    """The figures of the largest size that the row has any of; None where it has none."""
    good = [size for size in row["sizes"].values() if not size["failed"]]
    return good[-1] if good else None


def markdown(found):
    out = "# samestory beside its peers\n\n" + heading(found)
    for kind in {row["kind"]: None for row in found["rows"]}:
        rows = [row for row in found["rows"] if row["kind"] == kind]
        out += f"## {kind.capitalize()}\n\n" + speed(rows, found["sizes"]) + ratios(rows)
        out += "### Stages\n\n" + stages(rows) + own_stages(found["samestory"].get(kind, {}))
        if any(row["attacks"] for row in rows):
            out += "### Adversarial corpora\n\n" + attacks(rows)
            out += "### Bad input\n\nOne such line amid 999 good ones.\n\n" + bad_input(rows)
    return out + "## How to read this\n" + NOTES.format(truth=found["truth"])


def heading(found):
    machine = found["machine"]
    versions = {row["peer"].replace("_", "-"): row["version"] or "?" for row in found["rows"]}
    return (f"{machine['processor']}, {machine['cores']} cores, "
            f"{machine['memory'] / 2**30:.0f} GiB, {machine['system']}, Python "
            f"{machine['python']}; core {found['core']}. At most {found['limit']:.0f} s a run.\n\n"
            + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".\n\n")


def speed(rows, sizes):
    head = ["", *(f"records/s, {size:,}" for size in sizes), *(f"CPU, {size:,}" for size in sizes),
            "bytes a record", "shingles", "recall", "precision"]
    lines = []
    for row in rows:
        runs = [row["sizes"].get(size, {"failed": ""}) for size in sizes]
        last = last_size(row)
        scored = row["quality"]
        lines.append(
            [name_of(row)]
            + [run["failed"] if run["failed"] is not None else
               number(run["records_per_second"]) for run in runs]
            + ["" if run["failed"] is not None else number(run["records_per_cpu_second"])
               for run in runs]
            + [number(last["bytes_per_record"]) if last else "", scored.get("shingles", ""),
               share(scored.get("recall")), share(scored.get("precision"))])
    return table(head, lines)


def ratios(rows):
    """How many times the rate of each peer, by CPU time, at the largest size both have."""
    ours = {row["variant"]: row for row in rows if row["peer"] == "samestory"}
    lines = []
    for row in rows:
        if row["peer"] == "samestory" or not last_size(row):
            continue
        size = max(size for size, run in row["sizes"].items() if not run["failed"])
        line = [name_of(row), f"{int(size):,}"]
        for variant in ("jaccard", "judge"):
            mine = ours.get(variant, {"sizes": {}})["sizes"].get(size, {"failed": "none"})
            line.append("" if mine["failed"] else
                        number(mine["records_per_cpu_second"] /
                               row["sizes"][size]["records_per_cpu_second"], 1))
        lines.append(line)
    if not ours or not lines:
        return ""
    return ("samestory's rate in multiples of each peer's, by CPU time:\n\n"
            + table(["", "records", "--match jaccard", "--match judge"], lines))


def stages(rows):
    """CPU seconds of the peers' parts, and the rate of those in native code alone."""
    lines = []
    for row in rows:
        last = last_size(row)
        if last and last["stages"]:
            parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in last["stages"].items())
            lines.append([name_of(row), number(last["records"]), parts,
                          number(last["native_records_per_second"])])
    head = ["", "records", "CPU seconds", "records/s without reading and shingling in Python"]
    return table(head, lines) if lines else ""


def own_stages(found):
    out = ""
    for match, bench in found.items():
        busy = [stage for stage in bench["stages"] if stage["stage"] not in
                ("read and parse", "write")]
        rate = 1e9 / sum(stage["ns_per_record"] for stage in busy)
        lines = [[stage["stage"], number(stage["ns_per_record"]),
                  number(stage.get("times_limit"), 1), stage.get("limit", "")]
                 for stage in bench["stages"]]
        out += (f"samestory --match {match} on {bench['records']:,} records; without reading and "
                f"writing {rate:,.0f} records/s, {bench['candidates_per_record']:.2f} candidates, "
                f"{bench['keys_per_record']:.1f} keys and {bench['cache_lines_per_record']:.0f} "
                "cache lines a record:\n\n"
                + table(["stage", "ns a record", "times its limit", "the limit"], lines))
    return out


def attacks(rows):
    names = list(next(row["attacks"] for row in rows if row["attacks"]))
    head = [""]
    for name in names:
        head += [f"{name}: CPU s", "time a record against the ordinary", "bytes a record"]
    lines = []
    for row in rows:
        line = [name_of(row)]
        ordinary = next(iter(row["sizes"].values()), {"failed": "none"})
        for name in names:
            run = row["attacks"].get(name, {"failed": "not run"})
            if run["failed"]:
                line += [run["failed"], "", ""]
                continue
            slower = "" if ordinary["failed"] else number(
                ordinary["records_per_cpu_second"] / run["records_per_cpu_second"], 2)
            line += [number(run["cpu"], 2), slower, number(run["bytes_per_record"])]
        lines.append(line)
    return table(head, lines)


def bad_input(rows):
    names = list(next(row["bad"] for row in rows if row["bad"]))
    return table(["", *names], [[name_of(row), *(row["bad"].get(name, "") for name in names)]
                                for row in rows])
