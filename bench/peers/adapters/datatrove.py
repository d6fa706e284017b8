"""datatrove: the MinHash pipeline of Hugging Face (https://github.com/huggingface/datatrove), its
four steps in one process each. It reads the file itself and keeps signatures on disk."""

import os
import tempfile

PACKAGE = "datatrove"
VARIANTS = {"words 2, 14 x 9": (14, 9), "words 2, 32 x 4": (32, 4)}


def run(path, variant, stages):
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import (
        MinhashDedupBuckets,
        MinhashDedupCluster,
        MinhashDedupFilter,
        MinhashDedupSignature,
    )
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers.jsonl import JsonlWriter

    bands, rows = VARIANTS[variant]
    config = MinhashConfig(n_grams=2, num_buckets=bands, hashes_per_bucket=rows)

    def adapt(self, data, path, id_in_file):
        fields = (data.get(name) for name in ("title", "summary", "text"))
        return {"text": " ".join(field for field in fields if field), "id": str(id_in_file)}

    def reader():
        return JsonlReader(
            os.path.dirname(path), glob_pattern=os.path.basename(path), adapter=adapt
        )

    with tempfile.TemporaryDirectory() as folder:
        steps = [
            [reader(), MinhashDedupSignature(f"{folder}/sigs", config)],
            [MinhashDedupBuckets(f"{folder}/sigs", f"{folder}/buckets", config=config)],
            [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/remove", config=config)],
            [reader(), MinhashDedupFilter(f"{folder}/remove"),
             JsonlWriter(f"{folder}/kept", compression=None)],
        ]
        names = ["sign", "index", "cluster", "filter"]
        for i, (name, pipeline) in enumerate(zip(names, steps)):
            tasks = bands if name == "index" else 1
            with stages(name):
                LocalPipelineExecutor(
                    pipeline=pipeline, tasks=tasks, workers=1, logging_dir=f"{folder}/log{i}"
                ).run()
        kept = kept_ids(f"{folder}/kept")
    with open(path, "rb") as lines:
        records = sum(1 for _ in lines)
    return {"kind": "other", "flags": [i for i in range(records) if i not in kept],
            "records": records}


def kept_ids(folder):
    import json

    kept = set()
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            kept.update(int(json.loads(line)["id"]) for line in file)
    return kept
