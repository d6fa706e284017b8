#include "match/profile_words.h"

#include <algorithm>

#include "base/endian.h"
#include "match/slots.h"

namespace samestory {
namespace {

static_assert(ProfileView::kMaxWords == 64 && ProfileView::kMaxWords % kMatchStep == 0);

// Of eight bytes, lowest first, those whose bit `bit` is set, as eight bits.
std::uint64_t BitOfEach(std::uint64_t bytes, int bit) {
  return ((bytes >> bit & 0x0101010101010101ULL) * 0x0102040810204080ULL) >> 56;
}

constexpr std::uint64_t kEach = 0x0101010101010101ULL;

// Of eight bytes below 16, those from `least` on, in the fifth bit of each.
std::uint64_t FromOn(std::uint64_t bytes, SlotType least) {
  return bytes + kEach * (16 - static_cast<std::uint64_t>(least));
}

}  // namespace

// Dates are the types from kDate to kWeekday, see IsDateType.
static_assert(static_cast<int>(SlotType::kYear) == static_cast<int>(SlotType::kDate) + 1 &&
              static_cast<int>(SlotType::kMonth) == static_cast<int>(SlotType::kDate) + 2 &&
              static_cast<int>(SlotType::kWeekday) == static_cast<int>(SlotType::kDate) + 3);
static_assert(IsDateType(SlotType::kDate) && IsDateType(SlotType::kWeekday));
static_assert(static_cast<int>(SlotType::kName) == static_cast<int>(SlotType::kVersion) + 1);

void ProfileWords::ReadKinds(const std::uint8_t* kinds) {
  repeated = slots = values = names = dates = 0;
  for (std::size_t i = 0; i < size; i += 8) {
    std::uint64_t bytes = 0;
    if (i + 8 <= size) {
      bytes = LoadLittle64(kinds + i);
    } else {
      for (std::size_t k = i; k < size; ++k) bytes |= std::uint64_t{kinds[k]} << (8 * (k - i));
    }
    repeated |= BitOfEach(bytes, ProfileView::kRepeatedBit) << i;
    slots |= BitOfEach(bytes, ProfileView::kSlotBit) << i;
    values |= BitOfEach(bytes, ProfileView::kValueBit) << i;
    const std::uint64_t types = bytes & kEach * ProfileView::kTypeMask;
    if (types == 0) continue;
    names |= BitOfEach(FromOn(types, SlotType::kName), 4) << i;
    dates |= BitOfEach(FromOn(types, SlotType::kDate) & ~FromOn(types, SlotType::kScore), 4) << i;
  }
  all = (size < 64 ? WordBit(size) - 1 : ~WordMask{0}) & ~repeated;
  slots &= all, values &= all, names &= all, dates &= all;
}

void ProfileWords::Read(const ProfileView& profile) {
  view = profile;
  size = profile.num_words();
  lengths = profile.lengths();
  weights = profile.weights();
  pair_days = profile.pair_days();
  text_ = profile.text().data();
  known_letters_ = 0;
  knows_firsts_ = false;
  const std::uint32_t* const hashes = profile.word_hashes().data();
  std::size_t i = 0;
  for (std::uint32_t begin = 0; i < size; ++i) {
    hashes_[i] = hashes[i];
    begins_[i] = static_cast<std::uint16_t>(begin);
    begin += lengths[i] + 1u;
  }
  for (; i % kMatchStep != 0; ++i) hashes_[i] = 0;
  ReadKinds(profile.kinds());
  weight = 0;
  for (i = 0; i < size; ++i) weight += weights[i];
  if (repeated != 0) weight -= Weight(repeated);
}

void ProfileWords::FindFirsts() const {
  begin_with_.fill(0);
  for (std::size_t i = 0; i < size; ++i) begin_with_[First(i) & 31] |= WordBit(i);
  knows_firsts_ = true;
}

bool ProfileWords::IsRepeated(std::size_t i, std::size_t n) const {
  for (std::size_t k = 0; k < n; ++k) {
    if ((repeated & WordBit(i + k)) == 0) return false;
  }
  const auto gram = hashes_.begin() + static_cast<std::ptrdiff_t>(i);
  for (auto at = hashes_.begin(); at != gram; ++at) {
    if (std::equal(gram, gram + static_cast<std::ptrdiff_t>(n), at)) return true;
  }
  return false;
}

std::size_t ProfileWords::CountShingles(std::size_t ngram_size) const {
  auto count = static_cast<std::size_t>(CountWords(all));
  WordMask runs = repeated;  // where n repeated words in a row begin
  for (std::size_t n = 2; n <= std::min(ngram_size, size); ++n) {
    count += size - n + 1;
    runs &= repeated >> (n - 1);
    ForEachWord(runs, [&](std::size_t i) { count -= IsRepeated(i, n); });
  }
  return count;
}

}  // namespace samestory
