"""gaoya: MinHash LSH in Rust (https://github.com/serega/gaoya). It cuts shingles natively."""

import texts

PACKAGE = "gaoya"

# name: (shingles, bands, rows). "filter" asks for each record and inserts what is
# new; "all" inserts all, then asks for each.
VARIANTS = {
    "filter, 18 x 7": ("words 1-2", 18, 7),
    "filter, 32 x 4": ("words 1-2", 32, 4),
    "filter, 18 x 7, chars": ("chars 5", 18, 7),
    "all, 18 x 7": ("words 1-2", 18, 7),
}


def make_index(shingles, bands, rows):
    from gaoya.minhash import MinHashStringIndex

    analyzer, ngrams = ("char", (5, 5)) if shingles == "chars 5" else ("word", (1, 2))
    return MinHashStringIndex(
        hash_size=32,
        jaccard_threshold=0.7,
        num_bands=bands,
        band_size=rows,
        num_hashes=None,
        analyzer=analyzer,
        lowercase=False,
        ngram_range=ngrams,
        id_container="smallvec",
    )


def run(path, variant, stages):
    shingles, bands, rows = VARIANTS[variant]
    with stages("read"):
        all_texts = texts.read(path)
    with stages("fold"):
        if shingles == "chars 5":
            all_texts = [" ".join(text.lower().split()) for text in all_texts]
        else:
            all_texts = [" ".join(texts.words(text)) for text in all_texts]
    index = make_index(shingles, bands, rows)
    flags = []
    if variant.startswith("filter"):
        with stages("shingle, sign and index"):
            for i, text in enumerate(all_texts):
                if index.query(text):
                    flags.append(i)
                else:
                    index.insert_document(i, text)
    else:
        with stages("shingle, sign and index"):
            for i, text in enumerate(all_texts):
                index.insert_document(i, text)
            for i, text in enumerate(all_texts):
                if any(other < i for other in index.query(text)):
                    flags.append(i)
    return {"kind": "later", "flags": flags, "records": len(all_texts)}
