#include "text/word_stats.h"

#include <algorithm>
#include <array>
#include <atomic>

#include "base/hash.h"
#include "base/math.h"

namespace samestory {
namespace {

std::uint64_t NextVersion() {
  static std::atomic<std::uint64_t> version{0};
  return version.fetch_add(1, std::memory_order_relaxed) + 1;
}

// An idf computed earlier by this thread. Headlines share most of their words.
struct CachedIdf {
  std::uint64_t version = 0;  // 0: none
  std::uint32_t word = 0;
  double idf = 0;
};
constexpr std::size_t kCachedWords = 16384;

}  // namespace

std::uint32_t WordHash(std::string_view canonical_word) {
  return static_cast<std::uint32_t>(Hash64(canonical_word, 0) >> 32);
}

WordStats::WordStats(std::size_t max_words, const Background& background)
    : max_words_(std::max<std::size_t>(max_words, 1)),
      background_(&background),
      version_(NextVersion()) {}

void WordStats::Touch() { version_ = NextVersion(); }

void WordStats::Learn(std::span<const std::uint32_t> words) {
  Touch();
  ++texts_;
  running_words_ += words.size();
  sorted_.assign(words.begin(), words.end());
  std::sort(sorted_.begin(), sorted_.end());
  for (std::size_t i = 0; i < sorted_.size();) {
    std::size_t end = i + 1;
    while (end < sorted_.size() && sorted_[end] == sorted_[i]) ++end;
    Learned& counts = learned_[sorted_[i]];
    ++counts.texts;
    counts.times += static_cast<std::uint32_t>(end - i);
    i = end;
  }
  if (learned_.size() > max_words_) MakeRoom();
}

// The stream's own totals are halved with the counts, so that shares stay what they were.
void WordStats::Fade() {
  Touch();
  texts_ /= 2;
  running_words_ /= 2;
  absl::erase_if(learned_, [](auto& entry) {
    entry.second.texts /= 2;
    entry.second.times /= 2;
    return entry.second.texts == 0;
  });
}

// Until at least an eighth of the room is free: a text of new words must not halve again at once.
void WordStats::MakeRoom() {
  while (learned_.size() > max_words_ - max_words_ / 8) Fade();
}

WordCounts WordStats::Counts(std::uint32_t word) const {
  WordCounts counts{background_->DocumentFrequency(word), background_->TermCount(word)};
  if (const auto found = learned_.find(word); found != learned_.end()) {
    counts.texts += found->second.texts;
    counts.times += found->second.times;
  }
  return counts;
}

double WordStats::Idf(std::uint32_t word) const {
  thread_local std::array<CachedIdf, kCachedWords> cache;
  CachedIdf& cached = cache[word % kCachedWords];
  if (cached.version != version_ || cached.word != word) {
    cached = {version_, word, ComputeIdf(word)};
  }
  return cached.idf;
}

double WordStats::ComputeIdf(std::uint32_t word) const {
  return std::max(0.0, StableLog((Texts() + 1) / (Counts(word).texts + 0.5)));
}

double WordStats::MaxIdf() const { return StableLog((Texts() + 1) / 0.5); }

double WordStats::Frequency(std::uint32_t word) const {
  return (Counts(word).times + 0.5) / (RunningWords() + 1);
}

std::size_t WordStats::MemoryBytes() const {
  constexpr std::size_t kSlot = sizeof(std::pair<const std::uint32_t, Learned>) + 1;
  return learned_.capacity() * kSlot + sorted_.capacity() * sizeof(std::uint32_t);
}

}  // namespace samestory
