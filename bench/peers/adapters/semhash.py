"""semhash: nearest neighbours among static embeddings (https://github.com/MinishLab/semhash). Needs
its model, which it fetches from the Hugging Face hub."""

import texts

PACKAGE = "semhash"
VARIANTS = {"potion-base-8M, cosine .9": 0.9}


def run(path, variant, stages):
    from semhash import SemHash

    with stages("read"):
        all_texts = texts.read(path)
    with stages("embed and index"):
        index = SemHash.from_records([{"text": t, "place": str(i)}
                                      for i, t in enumerate(all_texts)], columns=["text"])
    with stages("query"):
        result = index.self_deduplicate(threshold=VARIANTS[variant])
    kept = {int(record["place"]) for record in result.selected}
    return {"kind": "other", "flags": [i for i in range(len(all_texts)) if i not in kept],
            "records": len(all_texts)}
