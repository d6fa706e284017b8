"""datasketch: MinHash LSH in Python and NumPy (https://github.com/ekzhu/datasketch)."""

import texts

PACKAGE = "datasketch"
NUM_PERM = 128
CHUNK = 20_000

# name: (bands, rows); none: as it chooses for .7. A record that has no match is inserted.
VARIANTS = {"bulk, its own bands": None, "bulk, 32 x 4": (32, 4)}


def run(path, variant, stages):
    import xxhash
    from datasketch import MinHash, MinHashLSH

    def encoded(text):
        return [token.encode("utf-8", "replace") for token in texts.words_1_2(text)]

    with stages("read"):
        all_texts = texts.read(path)
    index = MinHashLSH(threshold=0.7, num_perm=NUM_PERM, params=VARIANTS[variant])
    flags = []
    for first in range(0, len(all_texts), CHUNK):
        with stages("shingle"):
            tokens = [encoded(text) for text in all_texts[first : first + CHUNK]]
        with stages("sign"):
            signatures = MinHash.bulk(tokens, num_perm=NUM_PERM, hashfunc=xxhash.xxh32_intdigest)
        with stages("index"):
            for i, signature in enumerate(signatures, first):
                if index.query(signature):
                    flags.append(i)
                else:
                    index.insert(i, signature, check_duplication=False)
    return {"kind": "later", "flags": flags, "records": len(all_texts)}
