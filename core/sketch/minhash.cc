#include "samestory/minhash.h"

#include <algorithm>
#include <cassert>

#include "absl/strings/str_cat.h"
#include "sketch/minhash_kernels.h"

namespace samestory {
namespace {

constexpr int kMaxPermutations = 1024;

// Keeps the parameters apart from other uses of the engine's seed: "minhash1" in ASCII.
constexpr std::uint64_t kParameterDomain = 0x6d696e6861736831ULL;

// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t state) : state_(state) {}

  std::uint64_t operator()() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

std::size_t Padded(std::size_t n) {
  const std::size_t width = internal::kSignaturePadding;
  return (n + width - 1) / width * width;
}

}  // namespace

absl::StatusOr<MinHasher> MinHasher::Create(int num_perm, std::uint64_t seed) {
  if (num_perm < 1 || num_perm > kMaxPermutations) {
    return absl::InvalidArgumentError(
        absl::StrCat("num_perm is ", num_perm, "; it must be 1 to ", kMaxPermutations));
  }
  MinHasher hasher;
  hasher.num_perm_ = static_cast<std::size_t>(num_perm);
  const std::size_t padded = Padded(hasher.num_perm_);
  hasher.multipliers_.reserve(padded);
  hasher.addends_.reserve(padded);
  SplitMix64 next(seed ^ kParameterDomain);
  for (std::size_t i = 0; i < padded; ++i) {
    const std::uint64_t bits = next();
    hasher.multipliers_.push_back(static_cast<std::uint32_t>(bits >> 32) | 1);
    hasher.addends_.push_back(static_cast<std::uint32_t>(bits));
  }
  return hasher;
}

void MinHasher::Sign(std::span<const std::uint32_t> shingles,
                     std::span<std::uint32_t> signature) const {
  assert(signature.size() >= num_perm_);
  internal::SignVector(shingles, multipliers_.data(), addends_.data(), signature.first(num_perm_));
}

void MinHasher::SignScalar(std::span<const std::uint32_t> shingles,
                           std::span<std::uint32_t> signature) const {
  for (std::size_t i = 0; i < num_perm_; ++i) {
    std::uint32_t minimum = 0xffffffffu;
    for (const std::uint32_t shingle : shingles) {
      minimum = std::min(minimum, multipliers_[i] * shingle + addends_[i]);
    }
    signature[i] = minimum;
  }
}

std::string_view MinHasher::Target() { return internal::VectorTarget(); }

double EstimateJaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  assert(a.size() == b.size() && !a.empty());
  return static_cast<double>(internal::CountEqual(a.data(), b.data(), a.size())) /
         static_cast<double>(a.size());
}

}  // namespace samestory
