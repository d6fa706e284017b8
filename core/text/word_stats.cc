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

// What this thread looked up earlier of the statistics that it asked last. News share most of
// their words. Small enough to stay near the core.
template <typename Value>
class WordCache {
 public:
  struct Entry {
    std::uint32_t round = 0;  // another than the running one: of another version
    std::uint32_t word = 0;
    Value value{};
  };

  // Makes ready for statistics of this version; true where they are others than before.
  bool Select(std::uint64_t version) {
    if (version == version_) return false;
    version_ = version;
    if (++round_ != 0) return true;
    entries_.fill({});
    round_ = 1;
    return true;
  }
  Entry& EntryFor(std::uint32_t word) { return entries_[word % kEntries]; }
  bool Has(const Entry& entry, std::uint32_t word) const {
    return entry.word == word && entry.round == round_;
  }
  std::uint32_t round() const { return round_; }

 private:
  static constexpr std::size_t kEntries = 4096;
  std::uint64_t version_ = 0;  // none has it
  std::uint32_t round_ = 1;
  std::array<Entry, kEntries> entries_{};
};

struct IdfCache {
  WordCache<double> idfs;
  double log_texts = 0;  // ln(texts + 1)
};

IdfCache& IdfCacheOf(std::uint64_t version, double texts) {
  thread_local IdfCache cache;
  if (cache.idfs.Select(version)) cache.log_texts = StableLog(texts + 1);
  return cache;
}

WordCache<WordCounts>& CountCacheOf(std::uint64_t version) {
  thread_local WordCache<WordCounts> cache;
  cache.Select(version);
  return cache;
}

// ln(texts + 0.5). Most counts are small whole numbers.
double LogOfCount(double texts) {
  constexpr std::size_t kKnown = 1024;
  static const std::array<double, kKnown> known = [] {
    std::array<double, kKnown> logs;
    for (std::size_t n = 0; n < kKnown; ++n) logs[n] = StableLog(static_cast<double>(n) + 0.5);
    return logs;
  }();
  const auto whole = texts < kKnown ? static_cast<std::size_t>(texts) : kKnown;
  if (whole < kKnown && static_cast<double>(whole) == texts) return known[whole];
  return StableLog(texts + 0.5);
}

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
    const auto [entry, is_new] = learned_.try_emplace(sorted_[i]);
    Learned& counts = entry->second;
    if (is_new) counts.background = BackgroundTexts(sorted_[i]);
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
  WordCache<WordCounts>& cache = CountCacheOf(version_);
  auto& entry = cache.EntryFor(word);
  if (cache.Has(entry, word)) return entry.value;
  WordCounts counts{background_->DocumentFrequency(word), background_->TermCount(word)};
  if (const auto found = learned_.find(word); found != learned_.end()) {
    counts.texts += found->second.texts;
    counts.times += found->second.times;
  }
  entry = {cache.round(), word, counts};
  return counts;
}

double WordStats::Idf(std::uint32_t word) const {
  double idf;
  Idfs({&word, 1}, {&idf, 1});
  return idf;
}

void WordStats::Idfs(std::span<const std::uint32_t> words, std::span<double> idfs) const {
  constexpr std::size_t kTogether = 32;
  IdfCache& cache = IdfCacheOf(version_, Texts());
  for (std::size_t first = 0; first < words.size(); first += kTogether) {
    const std::size_t end = std::min(first + kTogether, words.size());
    std::array<std::size_t, kTogether> missed;
    std::size_t misses = 0;
    for (std::size_t i = first; i < end; ++i) {
      const auto& entry = cache.idfs.EntryFor(words[i]);
      if (cache.idfs.Has(entry, words[i])) {
        idfs[i] = entry.value;
        continue;
      }
      learned_.prefetch(words[i]);
      missed[misses++] = i;
    }
    for (std::size_t k = 0; k < misses; ++k) {
      const std::uint32_t word = words[missed[k]];
      idfs[missed[k]] = ComputeIdf(word, cache.log_texts);
      cache.idfs.EntryFor(word) = {cache.idfs.round(), word, idfs[missed[k]]};
    }
  }
}

double WordStats::ComputeIdf(std::uint32_t word, double log_texts) const {
  const auto found = learned_.find(word);
  const double texts = found == learned_.end()
                           ? background_->DocumentFrequency(word)
                           : double{found->second.background} + found->second.texts;
  return std::max(0.0, log_texts - LogOfCount(texts));
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
