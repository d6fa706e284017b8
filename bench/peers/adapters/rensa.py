"""rensa: MinHash in Rust (https://github.com/beowolx/rensa). It takes tokens, so all shingles are
made in Python, one text at a time as it asks for them: less memory, and faster than lists of all."""

import texts

PACKAGE = "rensa"
NUM_PERM = 128
SEED = 42
CHUNK = 20_000  # texts that the deduplicator gets at once

# name: (shingles, bands). "one shot" is its fastest path over a whole input, "rho" the same over
# sampled positions, "stream" its deduplicator. "in steps" holds the shingles of all texts, so that
# what is native is timed by itself.
VARIANTS = {
    "one shot, 16 bands": ("words 1-2", 16),
    "one shot, 32 bands": ("words 1-2", 32),
    "one shot, 16 bands, chars": ("chars 5", 16),
    "one shot, 16 bands, in steps": ("words 1-2", 16),
    "rho, 16 bands": ("words 1-2", 16),
    "rho, 16 bands, in steps": ("words 1-2", 16),
    "stream, 32 bands": ("words 1-2", 32),
}


def run(path, variant, stages):
    import rensa

    shingles, bands = VARIANTS[variant]
    cut = texts.SHINGLES[shingles]
    with stages("read"):
        all_texts = texts.read(path)
    if variant.startswith("stream"):
        return stream(rensa, all_texts, cut, bands, stages)
    sign = rensa.RMinHash.digest_matrix_from_token_sets
    if variant.startswith("rho"):
        sign = rensa.RMinHash.digest_matrix_from_token_sets_rho
    if variant.endswith("in steps"):
        with stages("shingle"):
            tokens = [cut(text) for text in all_texts]
        with stages("sign"):
            matrix = sign(tokens, NUM_PERM, SEED)
    else:
        with stages("shingle and sign"):
            matrix = sign((cut(text) for text in all_texts), NUM_PERM, SEED)
    with stages("index"):
        index = rensa.RMinHashLSH(0.7, NUM_PERM, bands)
        flags = index.query_duplicate_flags_matrix_one_shot(matrix)
    # It names every member of a group, the first too.
    return {
        "kind": "member",
        "flags": [i for i, flag in enumerate(flags) if flag],
        "records": len(all_texts),
    }


def stream(rensa, all_texts, cut, bands, stages):
    filtered = rensa.RMinHashDeduplicator(0.7, NUM_PERM, True, bands, SEED)
    flags = []
    with stages("shingle, sign and index"):
        for first in range(0, len(all_texts), CHUNK):
            chunk = all_texts[first : first + CHUNK]
            kept = filtered.add_pairs((str(first + i), cut(text)) for i, text in enumerate(chunk))
            flags += [first + i for i, keep in enumerate(kept) if not keep]
    return {"kind": "later", "flags": flags, "records": len(all_texts)}
