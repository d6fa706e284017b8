#include "text/background.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "absl/status/status.h"
#include "base/hash.h"
#include "base/prefetch.h"

namespace samestory {
namespace {

constexpr std::string_view kMagic = "SSBG0001";
constexpr std::size_t kBuckets = 1 << 16;
constexpr std::size_t kHeader = 8 + 4 * 8;  // magic; words, texts, running words, checksum
constexpr std::uint64_t kChecksumSeed = 0;
constexpr std::size_t kBytesAWord = 6;
constexpr double kRatioSteps = 32;

std::uint64_t ReadLittle64(const char* at) {
  std::uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(at[i]);
  return value;
}

void AppendLittle64(std::uint64_t value, std::string& out) {
  for (int i = 0; i < 8; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint16_t ReadLittle16(const unsigned char* at) {
  return static_cast<std::uint16_t>(at[0] | at[1] << 8);
}

char RatioCode(double log_ratio) {
  const double steps = std::clamp(std::round(log_ratio * kRatioSteps), -127.0, 127.0);
  return static_cast<char>(static_cast<int>(steps));
}

std::vector<BackgroundWord> SortedByHash(std::vector<BackgroundWord> words) {
  std::sort(words.begin(), words.end(),
            [](const BackgroundWord& a, const BackgroundWord& b) { return a.hash < b.hash; });
  std::vector<BackgroundWord> unique;
  for (const BackgroundWord& word : words) {
    if (!unique.empty() && unique.back().hash == word.hash) {
      unique.back().documents += word.documents;
      unique.back().occurrences += word.occurrences;
    } else {
      unique.push_back(word);
    }
  }
  return unique;
}

}  // namespace

std::uint8_t CountCode(std::uint64_t count) {
  count = std::min(count, std::uint64_t{15} << 30);
  if (count < 8) return static_cast<std::uint8_t>(count);
  const int shift = std::bit_width(count) - 4;
  // Half of the last kept bit rounds to the nearest; a carry moves into the exponent by itself.
  const std::uint64_t rounded = count + (shift > 0 ? std::uint64_t{1} << (shift - 1) : 0);
  const int exponent = std::bit_width(rounded) - 4;
  return static_cast<std::uint8_t>((static_cast<std::uint64_t>(exponent + 1) << 3) |
                                   ((rounded >> exponent) & 7));
}

std::uint64_t CountOfCode(std::uint8_t code) {
  if (code < 8) return code;
  return static_cast<std::uint64_t>(8 + (code & 7)) << ((code >> 3) - 1);
}

absl::StatusOr<Background> Background::Parse(std::string_view bytes) {
  if (bytes.size() < kHeader + kBuckets || bytes.substr(0, kMagic.size()) != kMagic) {
    return absl::DataLossError("background table: no table of version 1");
  }
  const std::uint64_t words = ReadLittle64(bytes.data() + 8);
  const std::size_t words_bytes = bytes.size() - kHeader - kBuckets;
  if (words_bytes % kBytesAWord != 0 || words_bytes / kBytesAWord != words) {
    return absl::DataLossError("background table: its length does not fit its number of words");
  }
  if (Hash64(bytes.substr(kHeader), kChecksumSeed) != ReadLittle64(bytes.data() + 32)) {
    return absl::DataLossError("background table: wrong checksum");
  }
  Background table;
  table.texts = static_cast<double>(ReadLittle64(bytes.data() + 16));
  table.running_words = static_cast<double>(ReadLittle64(bytes.data() + 24));
  const auto* counts = reinterpret_cast<const unsigned char*>(bytes.data() + kHeader);
  table.starts_.resize(kBuckets + 1);
  for (std::size_t i = 0; i < kBuckets; ++i) table.starts_[i + 1] = table.starts_[i] + counts[i];
  if (table.starts_[kBuckets] != words) {
    return absl::DataLossError("background table: its buckets do not fit its number of words");
  }
  const auto* suffixes = counts + kBuckets;
  const auto* documents = suffixes + 2 * words;
  const auto* occurrences = documents + words;
  const auto* openings = reinterpret_cast<const signed char*>(occurrences + words);
  const auto* titles = openings + words;
  table.entries_.resize(words);
  for (std::size_t i = 0; i < words; ++i) {
    table.entries_[i] = {ReadLittle16(suffixes + 2 * i), documents[i], occurrences[i], openings[i],
                         titles[i]};
  }
  return table;
}

const Background::Entry* Background::Find(std::uint32_t word_hash) const {
  if (entries_.empty()) return nullptr;
  const std::uint32_t bucket = word_hash >> 16;
  const auto suffix = static_cast<std::uint16_t>(word_hash);
  for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
    if (entries_[i].suffix == suffix) return &entries_[i];
    if (entries_[i].suffix > suffix) break;
  }
  return nullptr;
}

void Background::Prefetch(std::span<const std::uint32_t> words) const {
  if (entries_.empty()) return;
  for (const std::uint32_t word : words) PrefetchToRead(&starts_[word >> 16]);
  for (const std::uint32_t word : words) PrefetchToRead(entries_.data() + starts_[word >> 16]);
}

double Background::DocumentFrequency(std::uint32_t word_hash) const {
  const Entry* const entry = Find(word_hash);
  return entry == nullptr ? 0 : static_cast<double>(CountOfCode(entry->documents));
}

double Background::TermCount(std::uint32_t word_hash) const {
  const Entry* const entry = Find(word_hash);
  return entry == nullptr ? 0 : static_cast<double>(CountOfCode(entry->occurrences));
}

double Background::Opening(std::uint32_t word_hash) const {
  const Entry* const entry = Find(word_hash);
  return entry == nullptr ? 0 : entry->opening / kRatioSteps;
}

double Background::Title(std::uint32_t word_hash) const {
  const Entry* const entry = Find(word_hash);
  return entry == nullptr ? 0 : entry->title / kRatioSteps;
}

std::size_t Background::MemoryBytes() const {
  return entries_.capacity() * sizeof(Entry) + starts_.capacity() * sizeof(starts_[0]);
}

absl::StatusOr<std::string> EncodeBackground(std::vector<BackgroundWord> words, std::uint64_t texts,
                                             std::uint64_t running_words) {
  const std::vector<BackgroundWord> unique = SortedByHash(std::move(words));
  std::vector<std::uint8_t> counts(kBuckets, 0);
  for (const BackgroundWord& word : unique) {
    if (counts[word.hash >> 16] == 255) {
      return absl::InvalidArgumentError("background table: a bucket overflows");
    }
    ++counts[word.hash >> 16];
  }
  std::string body(counts.begin(), counts.end());
  for (const BackgroundWord& word : unique) {
    body.push_back(static_cast<char>(word.hash));
    body.push_back(static_cast<char>(word.hash >> 8));
  }
  for (const BackgroundWord& word : unique) {
    body.push_back(static_cast<char>(CountCode(word.documents)));
  }
  for (const BackgroundWord& word : unique) {
    body.push_back(static_cast<char>(CountCode(word.occurrences)));
  }
  for (const BackgroundWord& word : unique) body.push_back(RatioCode(word.opening));
  for (const BackgroundWord& word : unique) body.push_back(RatioCode(word.title));
  std::string out(kMagic);
  AppendLittle64(unique.size(), out);
  AppendLittle64(texts, out);
  AppendLittle64(running_words, out);
  AppendLittle64(Hash64(body, kChecksumSeed), out);
  return out + body;
}

const Background& ShippedBackground() {
  // Damaged bytes would count as no table; a test says that those of the build are sound.
  static const Background* const table = [] {
    auto parsed = Background::Parse(ShippedBackgroundBytes());
    return new Background(parsed.ok() ? *std::move(parsed) : Background());
  }();
  return *table;
}

}  // namespace samestory
