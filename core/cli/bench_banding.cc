#include <algorithm>
#include <utility>

#include "cli/bench_limits.h"
#include "cli/bench_stages.h"
#include "engine/prepare.h"
#include "engine/shingle_record.h"
#include "samestory/lsh.h"
#include "samestory/match.h"
#include "samestory/minhash.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kBlock = 1024;  // records whose signatures are held at once
constexpr std::size_t kLineBytes = 64;

class BandingStages {
 public:
  BandingStages(const Options& options, Banding banding, MinHasher hasher, LshIndex index,
                ShingleSets& sets)
      : options_(options),
        hasher_(std::move(hasher)),
        index_(std::move(index)),
        bands_(static_cast<std::size_t>(banding.bands)),
        sets_(sets),
        signatures_(kBlock * static_cast<std::size_t>(hasher_.num_perm())) {}

  absl::StatusOr<StageTimes> Run(std::span<const Record> records) {
    if (absl::Status status = index_.Reserve(records.size()); !status.ok()) return status;
    for (std::size_t first = 0; first < records.size(); first += kBlock) {
      const std::size_t n = std::min(kBlock, records.size() - first);
      Time(times_.text, [&] { Shingle(records.subspan(first, n)); });
      Time(times_.keys, [&] { Sign(first, n); });
      absl::Status status;
      Time(times_.index, [&] { status = Find(first, n); });
      if (!status.ok()) return status;
      Time(times_.verify, [&] { Verify(first, n); });
    }
    times_.index_name = "index";
    times_.text_name = "canonical text and shingles";
    times_.keys_name = "signatures";
    times_.shingle_bytes = sets_.num_values() * sizeof(std::uint32_t);
    return times_;
  }

 private:
  std::span<std::uint32_t> SignatureOf(std::size_t i) {
    const auto size = static_cast<std::size_t>(hasher_.num_perm());
    return std::span(signatures_).subspan(i * size, size);
  }

  void Shingle(std::span<const Record> records) {
    for (const Record& record : records) {
      ShingleRecord(record, options_, set_);
      sets_.Add(set_);
    }
  }

  void Sign(std::size_t first, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      hasher_.Sign(sets_[first + i], SignatureOf(i));
    }
  }

  absl::Status Find(std::size_t first, std::size_t n) {
    candidates_.clear();
    ends_.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if (i + 1 < n) index_.Prefetch(SignatureOf(i + 1));
      const std::size_t before = candidates_.size();
      if (!sets_[first + i].empty()) {
        const auto number = static_cast<std::uint32_t>(first + i);
        absl::Status status = index_.QueryInsert(number, SignatureOf(i), candidates_);
        if (!status.ok()) return status;
        times_.num_keys += bands_;
      }
      candidates_.resize(std::min(candidates_.size(), before + options_.max_candidates));
      ends_.push_back(candidates_.size());
    }
    return absl::OkStatus();
  }

  void Verify(std::size_t first, std::size_t n) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::span<const std::uint32_t> set = sets_[first + i];
      for (; next < ends_[i]; ++next) {
        if (next + 2 < candidates_.size()) {
          __builtin_prefetch(sets_[candidates_[next + 2]].data());
        }
        const std::span<const std::uint32_t> other = sets_[candidates_[next]];
        linked_ += Jaccard(other, set) >= options_.threshold;
        times_.lines += 1 + other.size_bytes() / kLineBytes;
      }
    }
    times_.candidates += candidates_.size();
    times_.lines += n * bands_;
  }

  const Options& options_;
  MinHasher hasher_;
  LshIndex index_;
  std::size_t bands_;
  ShingleSets& sets_;
  std::vector<std::uint32_t> signatures_;
  ShingleSet set_;
  std::vector<std::uint32_t> candidates_;
  std::vector<std::size_t> ends_;  // in candidates_, a record
  std::uint64_t linked_ = 0;       // keeps the comparisons from being left out
  StageTimes times_;
};

}  // namespace

absl::StatusOr<StageTimes> MeasureBandingStages(std::span<const Record> records,
                                                const Options& options, ShingleSets& sets) {
  absl::StatusOr<Bandings> bandings = ChooseBandings(options);
  if (!bandings.ok()) return bandings.status();
  absl::StatusOr<MinHasher> hasher = MinHasher::Create(bandings->num_perm, options.seed);
  if (!hasher.ok()) return hasher.status();
  absl::StatusOr<LshIndex> index = LshIndex::Create(bandings->headline, options.seed);
  if (!index.ok()) return index.status();
  return BandingStages(options, bandings->headline, *std::move(hasher), *std::move(index), sets)
      .Run(records);
}

}  // namespace samestory::cli
