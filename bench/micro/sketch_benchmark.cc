// MinHash: nanoseconds to sign a set of shingles, and to compare two signatures.

#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "samestory/minhash.h"

namespace samestory {
namespace {

// More sets than the branch predictor and the first cache know by heart.
constexpr std::size_t kSets = 256;

std::vector<std::uint32_t> RandomShingles(std::size_t count) {
  std::mt19937 random(1);
  std::vector<std::uint32_t> shingles(count);
  for (std::uint32_t& shingle : shingles) shingle = static_cast<std::uint32_t>(random());
  return shingles;
}

// Arguments: shingles of a set, permutations.
void Sign(benchmark::State& state, bool scalar) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto num_perm = static_cast<int>(state.range(1));
  const MinHasher hasher = *MinHasher::Create(num_perm, 1);
  const std::vector<std::uint32_t> shingles = RandomShingles(count * kSets);
  Signature signature(static_cast<std::size_t>(num_perm));
  std::size_t set = 0;
  for (auto _ : state) {
    const auto of_set = std::span(shingles).subspan(set * count, count);
    if (scalar) {
      hasher.SignScalar(of_set, signature);
    } else {
      hasher.Sign(of_set, signature);
    }
    benchmark::DoNotOptimize(signature.data());
    set = (set + 1) % kSets;
  }
  state.SetLabel(scalar ? "scalar" : std::string(MinHasher::Target()));
}
BENCHMARK_CAPTURE(Sign, vector, false)
    ->ArgNames({"shingles", "num_perm"})
    ->ArgsProduct({{10, 20, 80, 2000}, {64, 92, 128}});
BENCHMARK_CAPTURE(Sign, scalar, true)
    ->ArgNames({"shingles", "num_perm"})
    ->ArgsProduct({{20}, {128}});

void Estimate(benchmark::State& state) {
  const std::vector<std::uint32_t> a = RandomShingles(static_cast<std::size_t>(state.range(0)));
  const std::vector<std::uint32_t> b = RandomShingles(a.size());
  for (auto _ : state) benchmark::DoNotOptimize(EstimateJaccard(a, b));
}
BENCHMARK(Estimate)->ArgName("num_perm")->Arg(64)->Arg(128);

}  // namespace
}  // namespace samestory
