#include "split/line_signer.h"

namespace samestory {

LineSigner::LineSigner(std::uint64_t seed)
    : seed_(seed), hasher_(*MinHasher::Create(kLinePermutations, seed)) {}

LineSignature LineSigner::Sign(const CanonicalText& line) const {
  LineSignature signature;
  if (line.words().size() < kMinSignedWords) return signature;
  thread_local ShingleSet shingles;
  Shingle(line, 2, seed_, shingles);
  hasher_.Sign(shingles, signature.values);
  signature.present = true;
  return signature;
}

}  // namespace samestory
