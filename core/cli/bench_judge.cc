#include <algorithm>
#include <utility>

#include "cli/bench_limits.h"
#include "cli/bench_stages.h"
#include "engine/compare.h"
#include "engine/prepare.h"
#include "engine/tally.h"
#include "index/key_index.h"
#include "samestory/lsh.h"

namespace samestory::cli {
namespace {

constexpr std::size_t kBlock = 1024;  // records that are prepared at once
constexpr std::size_t kHitsPerKey = 16;
constexpr std::size_t kKeysOfHeadline = 16;
constexpr std::size_t kLineBytes = 64;

// What is kept of an item to compare it with: as much as the engine keeps.
struct Item {
  ItemFacts facts;
  std::size_t headline, body, end;  // in one block of memory
};

class JudgeStages {
 public:
  JudgeStages(const Options& options, const Preparer& preparer, LshIndex bodies)
      : options_(options),
        preparer_(preparer),
        comparer_(options),
        body_bands_(static_cast<std::size_t>(preparer.bandings().body.bands)),
        bodies_(std::move(bodies)),
        block_(kBlock) {}

  absl::StatusOr<StageTimes> Run(std::span<const Record> records) {
    times_.index_name = "index";
    times_.text_name = "canonical text, profiles and keys";
    absl::Status status = headlines_.Reserve(records.size() * kKeysOfHeadline);
    items_.reserve(records.size());
    for (std::size_t first = 0; status.ok() && first < records.size(); first += kBlock) {
      const std::size_t n = std::min(kBlock, records.size() - first);
      Time(times_.text, [&] {
        for (std::size_t i = 0; i < n; ++i) preparer_.Prepare(records[first + i], block_[i]);
      });
      Time(times_.index, [&] { status = Find(first, n); });
      Time(times_.verify, [&] { Verify(first, n); });
    }
    if (!status.ok()) return status;
    return times_;
  }

 private:
  CompareSide SideOf(const Item& item) const {
    const std::span<const std::uint32_t> words(words_);
    return {item.facts, words.subspan(item.headline, item.body - item.headline),
            words.subspan(item.body, item.end - item.body)};
  }

  absl::Status Find(std::size_t first, std::size_t n) {
    candidates_.clear();
    ends_.clear();
    for (std::size_t i = 0; i < n; ++i) {
      if (i + 1 < n) {
        for (const std::uint64_t key : block_[i + 1].headline.rare_keys) headlines_.Prefetch(key);
      }
      absl::Status status = FindOne(static_cast<std::uint32_t>(first + i), block_[i]);
      if (!status.ok()) return status;
      ends_.push_back(candidates_.size());
    }
    return absl::OkStatus();
  }

  absl::Status FindOne(std::uint32_t number, const Prepared& item) {
    hits_.clear();
    for (const std::uint64_t key : item.headline.rare_keys) {
      if (absl::Status s = headlines_.FindInsert(key, number, kHitsPerKey, hits_); !s.ok())
        return s;
    }
    times_.num_keys += item.headline.rare_keys.size();
    if (!item.body_signature.empty()) {
      absl::Status status = bodies_.QueryInsert(number, item.body_signature, hits_);
      if (!status.ok()) return status;
      times_.num_keys += body_bands_;
    }
    for (const std::uint32_t hit : hits_) {
      if (hit != number) tally_.Add(hit);
    }
    tally_.TakeMostNamed(options_.max_candidates, hits_);
    candidates_.insert(candidates_.end(), hits_.begin(), hits_.end());
    return absl::OkStatus();
  }

  void Verify(std::size_t first, std::size_t n) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < n; ++i) {
      Remember(block_[i]);
      const CompareSide newer = SideOf(items_[first + i]);
      for (; next < ends_[i]; ++next) {
        const CompareSide older = SideOf(items_[candidates_[next]]);
        linked_ += comparer_.Compare(older, newer).probability >= 0.5;
        times_.lines += 1 + (older.headline.size_bytes() + older.body.size_bytes()) / kLineBytes;
      }
    }
    times_.candidates += candidates_.size();
    times_.lines += times_.num_keys - counted_keys_;
    counted_keys_ = times_.num_keys;
  }

  void Remember(const Prepared& item) {
    Item kept = {item.facts, words_.size(), 0, 0};
    words_.insert(words_.end(), item.headline.block.begin(), item.headline.block.end());
    kept.body = words_.size();
    words_.insert(words_.end(), item.body.begin(), item.body.end());
    kept.end = words_.size();
    items_.push_back(kept);
  }

  const Options& options_;
  const Preparer& preparer_;
  Comparer comparer_;
  std::size_t body_bands_;
  KeyIndex headlines_;
  LshIndex bodies_;
  Tally tally_;
  std::vector<Prepared> block_;
  std::vector<Item> items_;
  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> hits_, candidates_;
  std::vector<std::size_t> ends_;  // in candidates_, a record
  std::uint64_t counted_keys_ = 0, linked_ = 0;
  StageTimes times_;
};

}  // namespace

absl::StatusOr<StageTimes> MeasureJudgeStages(std::span<const Record> records,
                                              const Options& options) {
  const Learned learned;
  absl::StatusOr<Preparer> preparer = Preparer::Create(options, learned, nullptr);
  if (!preparer.ok()) return preparer.status();
  absl::StatusOr<LshIndex> bodies = LshIndex::Create(preparer->bandings().body, options.seed);
  if (!bodies.ok()) return bodies.status();
  return JudgeStages(options, *preparer, *std::move(bodies)).Run(records);
}

}  // namespace samestory::cli
