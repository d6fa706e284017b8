"""text-dedup: MinHash over Hugging Face data sets (https://github.com/ChenghaoMou/text-dedup), by
its own program. It reads the file itself and writes what it keeps."""

import json
import os
import sys
import tempfile

PACKAGE = "text-dedup"
VARIANTS = {"words 2, 32 x 4": (32, 4), "words 2, its own bands": None}  # one size of n-gram alone


def run(path, variant, stages):
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HF_HOME"] = folder
        os.environ["HF_HUB_OFFLINE"] = "1"
        source, records = with_one_text(path, folder)
        bands = VARIANTS[variant]
        sys.argv = ["minhash", "--path", "json", "--data_files", source, "--split", "train"]
        sys.argv += ["--cache_dir", folder, "--output", f"{folder}/kept", "--column", "content"]
        sys.argv += ["--ngram", "2", "--min_length", "1", "--num_perm", "128", "--threshold", "0.7"]
        sys.argv += ["--hash_func", "xxh3", "--hash_bits", "32", "--num_proc", "1"]
        if bands:
            sys.argv += ["--b", str(bands[0]), "--r", str(bands[1])]
        with stages("all"):
            from text_dedup import minhash

            minhash.main(standalone_mode=False)
        from datasets import load_from_disk

        kept = set(load_from_disk(f"{folder}/kept")["place"])
    # Of a group it keeps any member, so all but that are flagged.
    return {"kind": "other", "flags": [i for i in range(records) if i not in kept],
            "records": records}


def with_one_text(path, folder):
    """It takes one column: the records with their fields joined, byte for byte where a line cannot
    be read, so that what it does with that is its own."""
    source, places = f"{folder}/in.jsonl", 0
    with open(path, "rb") as lines, open(source, "wb") as out:
        for line in lines:
            try:
                record = json.loads(line)
                text = " ".join(record[k] for k in ("title", "summary", "text") if record.get(k))
                line = json.dumps({"content": text, "place": places}).encode() + b"\n"
            except (ValueError, UnicodeDecodeError):
                pass
            out.write(line)
            places += 1
    return source, places
