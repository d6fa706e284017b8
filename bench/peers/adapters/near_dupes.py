"""near-dupes: MinHash candidates, verified by exact Jaccard, in NumPy."""

import texts

PACKAGE = "near-dupes"
VARIANTS = {"chars": "chars 5"}  # it knows no other shingles


def run(path, variant, stages):
    import near_dupes

    with stages("read"):
        all_texts = texts.read(path)
    with stages("all"):
        found = near_dupes.find_duplicates(all_texts, kind="text", threshold=0.7, n_gram=5)
    flags = [i for group in found.groups for i in group if i != min(group)]
    return {"kind": "later", "flags": sorted(flags), "records": len(all_texts)}
