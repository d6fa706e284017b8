#include "split/frame_habits.h"

#include <algorithm>
#include <cmath>

#include "absl/status/status.h"
#include "base/endian.h"
#include "base/hash.h"

namespace samestory {
namespace {

constexpr std::string_view kMagic = "SSFH0001";
constexpr std::size_t kHeader = 3 * 8;  // magic, words, checksum
constexpr std::size_t kBytesAWord = 5;
constexpr std::uint64_t kChecksumSeed = 0;
constexpr double kSteps = 32;
constexpr int kBucketBits = 12;

std::uint32_t BucketOf(std::uint32_t hash) { return hash >> (32 - kBucketBits); }

}  // namespace

FrameHabits::FrameHabits(std::vector<FrameHabit> words) {
  std::stable_sort(words.begin(), words.end(),
                   [](const FrameHabit& a, const FrameHabit& b) { return a.hash < b.hash; });
  for (const FrameHabit& word : words) {
    if (!hashes_.empty() && hashes_.back() == word.hash) continue;
    hashes_.push_back(word.hash);
    codes_.push_back(static_cast<signed char>(
        std::clamp(std::round(word.habit * kSteps), -4 * kSteps + 1, 4 * kSteps - 1)));
  }
  Index();
}

void FrameHabits::Index() {
  starts_.assign((std::size_t{1} << kBucketBits) + 1, 0);
  for (const std::uint32_t hash : hashes_) ++starts_[BucketOf(hash) + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
}

absl::StatusOr<FrameHabits> FrameHabits::Parse(std::string_view bytes) {
  if (bytes.size() < kHeader || bytes.substr(0, kMagic.size()) != kMagic) {
    return absl::DataLossError("frame habits: no table of version 1");
  }
  const std::uint64_t words = LoadLittle64(bytes.data() + 8);
  const std::string_view body = bytes.substr(kHeader);
  if (body.size() % kBytesAWord != 0 || body.size() / kBytesAWord != words) {
    return absl::DataLossError("frame habits: their length does not fit their number");
  }
  if (Hash64(body, kChecksumSeed) != LoadLittle64(bytes.data() + 16)) {
    return absl::DataLossError("frame habits: wrong checksum");
  }
  FrameHabits table;
  for (std::size_t i = 0; i < words; ++i) {
    table.hashes_.push_back(LoadLittle32(body.data() + 4 * i));
    table.codes_.push_back(static_cast<signed char>(body[4 * words + i]));
    if (i > 0 && table.hashes_[i] <= table.hashes_[i - 1]) {
      return absl::DataLossError("frame habits: words out of order");
    }
  }
  table.Index();
  return table;
}

std::string FrameHabits::Encode() const {
  std::string body(4 * hashes_.size(), '\0');
  for (std::size_t i = 0; i < hashes_.size(); ++i) StoreLittle32(hashes_[i], body.data() + 4 * i);
  body.append(codes_.begin(), codes_.end());
  std::string out(kMagic);
  out.resize(kHeader);
  StoreLittle64(hashes_.size(), out.data() + 8);
  StoreLittle64(Hash64(body, kChecksumSeed), out.data() + 16);
  return out + body;
}

double FrameHabits::Of(std::uint32_t word_hash) const {
  if (starts_.empty()) return 0;
  const std::uint32_t bucket = BucketOf(word_hash);
  for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
    if (hashes_[i] == word_hash) return codes_[i] / kSteps;
  }
  return 0;
}

const FrameHabits& ShippedFrameHabits() {
  // Damaged bytes would count as no table; a test says that those of the build are sound.
  static const FrameHabits* const table = [] {
    auto parsed = FrameHabits::Parse(ShippedFrameHabitsBytes());
    return new FrameHabits(parsed.ok() ? *std::move(parsed) : FrameHabits());
  }();
  return *table;
}

}  // namespace samestory
