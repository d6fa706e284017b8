// The LSH index: nanoseconds and bytes a record, with signatures of which a quarter share about
// three bands in four with an earlier one. Signatures are made outside the measured time.

#include <benchmark/benchmark.h>
#include <time.h>

#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "base/hash.h"
#include "index/band_keys.h"
#include "index/key_index.h"
#include "samestory/lsh.h"

namespace samestory {
namespace {

constexpr Banding kBanding{16, 4};
constexpr std::size_t kBatch = 512;

class SignatureMaker {
 public:
  void Make(std::uint32_t record, std::span<std::uint32_t> signature) const {
    const std::uint64_t dice = Mix64(record, 1);
    const bool copy = record > 1000 && dice % 4 == 0;
    const std::uint64_t base = copy ? Mix64(dice, 2) % record : record;
    for (int band = 0; band < kBanding.bands; ++band) {
      const bool own = copy && Mix64(dice, 100 + static_cast<std::uint64_t>(band)) % 4 == 0;
      for (int row = 0; row < kBanding.rows; ++row) {
        const int i = band * kBanding.rows + row;
        const std::uint64_t of = own ? record : base;
        signature[static_cast<std::size_t>(i)] =
            static_cast<std::uint32_t>(Mix64(of, 1000 + static_cast<std::uint64_t>(i)) >> 32);
      }
    }
  }
};

// Of this thread: other load on the machine does not count as time, though it takes cache.
double CpuSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Runs `work(first, records, signatures)` over `count` records in batches and returns the seconds
// spent in it.
template <typename Work>
double TimeBatches(std::size_t count, Work work) {
  const SignatureMaker maker;
  const auto size = static_cast<std::size_t>(kBanding.bands * kBanding.rows);
  std::vector<std::uint32_t> signatures(kBatch * size), records(kBatch);
  double seconds = 0;
  for (std::size_t first = 0; first < count; first += kBatch) {
    std::iota(records.begin(), records.end(), static_cast<std::uint32_t>(first));
    for (std::size_t i = 0; i < kBatch; ++i) {
      maker.Make(records[i], std::span(signatures).subspan(i * size, size));
    }
    const double begin = CpuSeconds();
    work(records, signatures);
    seconds += CpuSeconds() - begin;
  }
  return seconds;
}

void Report(benchmark::State& state, std::size_t count, double seconds, const LshIndex& index) {
  state.SetIterationTime(seconds);
  state.counters["ns/record"] = seconds / static_cast<double>(count) * 1e9;
  state.counters["ns/line"] =
      state.counters["ns/record"] / static_cast<double>(index.banding().bands);
  state.counters["B/record"] =
      static_cast<double>(index.MemoryBytes()) / static_cast<double>(count);
}

// Query and insert of every record. Arguments: records, whether the size is known before.
void BM_IndexQueryInsertBatch(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto size = static_cast<std::size_t>(kBanding.bands * kBanding.rows);
  CandidateLists lists;
  std::size_t candidates = 0;
  for (auto _ : state) {
    LshIndex index = *LshIndex::Create(kBanding, 7);
    if (state.range(1) != 0 && !index.Reserve(count).ok()) state.SkipWithError("no memory");
    const double seconds = TimeBatches(count, [&](auto& records, auto& signatures) {
      if (!index.QueryInsertBatch(records, signatures, size, lists).ok()) {
        state.SkipWithError("no memory");
      }
      candidates += lists.records.size();
    });
    Report(state, count, seconds, index);
  }
  state.counters["candidates/record"] =
      static_cast<double>(candidates) / static_cast<double>(count * state.iterations());
}
BENCHMARK(BM_IndexQueryInsertBatch)
    ->ArgNames({"records", "reserved"})
    ->ArgsProduct({{100'000, 1'000'000, 10'000'000}, {0, 1}})
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// The same one record at a time, as a stream has it.
void BM_IndexQueryInsertOne(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto size = static_cast<std::size_t>(kBanding.bands * kBanding.rows);
  std::vector<std::uint32_t> candidates;
  for (auto _ : state) {
    LshIndex index = *LshIndex::Create(kBanding, 7);
    const double seconds = TimeBatches(count, [&](auto& records, auto& signatures) {
      for (std::size_t i = 0; i < records.size(); ++i) {
        candidates.clear();
        const auto signature = std::span(signatures).subspan(i * size, size);
        if (!index.QueryInsert(records[i], signature, candidates).ok()) {
          state.SkipWithError("no memory");
        }
      }
    });
    Report(state, count, seconds, index);
  }
}
BENCHMARK(BM_IndexQueryInsertOne)
    ->ArgName("records")
    ->Arg(1'000'000)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

// Floods: records that all share this many of the 16 bands.
void BM_IndexFlood(benchmark::State& state) {
  constexpr std::size_t kCount = 200'000;
  const auto shared = static_cast<int>(state.range(0));
  const auto size = static_cast<std::size_t>(kBanding.bands * kBanding.rows);
  CandidateLists lists;
  for (auto _ : state) {
    LshIndex index = *LshIndex::Create(kBanding, 7);
    const double seconds = TimeBatches(kCount, [&](auto& records, auto& signatures) {
      for (std::size_t i = 0; i < records.size(); ++i) {
        for (int row = 0; row < shared * kBanding.rows; ++row) {
          signatures[i * size + static_cast<std::size_t>(row)] = static_cast<std::uint32_t>(row);
        }
      }
      if (!index.QueryInsertBatch(records, signatures, size, lists).ok()) {
        state.SkipWithError("no memory");
      }
    });
    Report(state, kCount, seconds, index);
  }
}
BENCHMARK(BM_IndexFlood)
    ->ArgName("shared_bands")
    ->Arg(1)
    ->Arg(8)
    ->Arg(16)
    ->UseManualTime()
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

void BM_BandKeys(benchmark::State& state) {
  const internal::BandKeys bands(kBanding, 1);
  std::vector<std::uint32_t> signature(bands.signature_size());
  SignatureMaker().Make(1, signature);
  internal::BandKeyArray keys;
  for (auto _ : state) {
    bands.Compute(signature, keys);
    benchmark::DoNotOptimize(keys[0]);
  }
  state.SetItemsProcessed(state.iterations() * kBanding.bands);
}
BENCHMARK(BM_BandKeys);

// One key after the other among 16 million, with those to come fetched ahead or not.
void BM_KeyFind(benchmark::State& state) {
  constexpr std::size_t kEntries = 1 << 24, kAhead = 16;
  static KeyIndex* const index = [] {
    auto* made = new KeyIndex();
    bool fits = made->Reserve(kEntries).ok();
    for (std::uint32_t i = 0; fits && i < kEntries; ++i) fits = made->Insert(Mix64(i, 3), i).ok();
    return fits ? made : nullptr;
  }();
  if (index == nullptr) return state.SkipWithError("no memory for the index");
  std::vector<std::uint32_t> records;
  std::uint64_t next = 0;
  for (auto _ : state) {
    if (state.range(0) != 0) index->Prefetch(Mix64(Mix64(next + kAhead, 5) % kEntries, 3));
    records.clear();
    index->Find(Mix64(Mix64(next++, 5) % kEntries, 3), 32, records);
    benchmark::DoNotOptimize(records.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_KeyFind)->ArgName("fetched_ahead")->Arg(0)->Arg(1);

}  // namespace
}  // namespace samestory
