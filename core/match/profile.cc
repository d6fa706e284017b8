#include "match/profile.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "base/hash.h"
#include "match/lexicon.h"
#include "match/slots.h"

namespace samestory {
namespace {

constexpr std::size_t kMaxWordBytes = 255;
constexpr std::uint64_t kSlotHash = 0x23;  // stands for every run of slots in a skeleton
constexpr std::uint64_t kTextSeed = 1, kSkeletonSeed = 2;

// Where the fields of a packed word begin; ProfileView::Unpack reads them.
enum : int {
  kTypeBit = 0,
  kRepeatedBit = 4,
  kSlotBit = 5,
  kValueBit = 6,
  kLengthBit = 8,
  kWeightBit = 16,
  kPairBit = 24,
};

constexpr std::uint32_t kStampMask = 0xffu << kWeightBit | 0xffu << kPairBit;

std::string_view Clip(std::string_view word) {
  if (word.size() <= kMaxWordBytes) return word;
  std::size_t end = kMaxWordBytes;
  while ((word[end] & 0xc0) == 0x80) --end;
  return word.substr(0, end);
}

// Counts of days fade a little from one day to the next, hence the rounding.
std::uint32_t StoredDays(double days) {
  return static_cast<std::uint32_t>(std::min(std::nearbyint(days), 255.0));
}

// Scratch of one BuildProfile: everything known of the kept words.
struct Words {
  std::size_t count = 0;
  std::array<std::uint32_t, ProfileView::kMaxWords> hashes;
  std::array<SlotOfWord, ProfileView::kMaxWords> slots;
  bool cased = false;

  Words(const CanonicalText& text, std::string_view original, std::string_view lang)
      : count(std::min(text.words().size(), ProfileView::kMaxWords)) {
    for (std::size_t i = 0; i < count; ++i) hashes[i] = WordHash(text.word(i));
    cased = CaseTellsNames(text.words().first(count));
    FindSlots(text, original, std::span(hashes).first(count), Lexicon::For(lang), cased,
              std::span(slots).first(count));
  }

  // Every run of slots is one; everything else stays.
  std::uint64_t Skeleton() const {
    std::uint64_t skeleton = kSkeletonSeed;
    bool in_slots = false;
    for (std::size_t i = 0; i < count; ++i) {
      if (slots[i].is_slot && in_slots) continue;
      in_slots = slots[i].is_slot;
      skeleton = Mix64(skeleton, in_slots ? kSlotHash : std::uint64_t{hashes[i]} << 8);
    }
    return skeleton;
  }

  std::uint32_t Packed(std::size_t i, std::size_t bytes) const {
    const auto end = hashes.begin() + static_cast<std::ptrdiff_t>(i);
    const bool repeated = std::find(hashes.begin(), end, hashes[i]) != end;
    return static_cast<std::uint32_t>(slots[i].type) << kTypeBit |
           std::uint32_t{repeated} << kRepeatedBit | std::uint32_t{slots[i].is_slot} << kSlotBit |
           std::uint32_t{slots[i].has_value} << kValueBit |
           static_cast<std::uint32_t>(bytes) << kLengthBit;
  }
};

std::uint32_t Low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t High(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

// The text of the kept words at the end of `block`. Returns its bytes.
std::size_t AppendText(const CanonicalText& text, std::size_t count,
                       std::vector<std::uint32_t>& block) {
  std::size_t bytes = count == 0 ? 0 : count - 1;
  for (std::size_t i = 0; i < count; ++i) bytes += Clip(text.word(i)).size();
  const std::size_t offset = block.size();
  block.resize(offset + (bytes + 3) / 4);
  char* out = reinterpret_cast<char*>(block.data() + offset);
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) *out++ = ' ';
    const std::string_view word = Clip(text.word(i));
    out = std::copy(word.begin(), word.end(), out);
  }
  return bytes;
}

std::uint64_t PairKey(std::uint32_t first, std::uint32_t second) {
  return Mix64(first, std::uint64_t{second} + 1);
}

}  // namespace

std::uint8_t ProfileView::QuantisedWeight(double nats) {
  return static_cast<std::uint8_t>(std::clamp(std::nearbyint(nats / kWeightUnit), 0.0, 255.0));
}

float ProfileView::value(std::size_t i) const {
  std::size_t at = TextOffset() - num_values();
  for (std::size_t k = 0; k < i; ++k) at += word(k).has_value;
  return std::bit_cast<float>(block_[at]);
}

bool ProfileView::IsValid(std::span<const std::uint32_t> block) {
  if (block.size() < kHeaderWords || (block[0] & 0xff) != kVersion) return false;
  const ProfileView view(block);
  const std::size_t words = view.num_words();
  if (words > kMaxWords || view.num_shingles() > block.size()) return false;
  const std::size_t text_bytes = block[2] & 0xffff;
  if (view.TextOffset() + (text_bytes + 3) / 4 != block.size()) return false;
  std::size_t bytes = words == 0 ? 0 : words - 1, values = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const ProfileWord word = view.word(i);
    if (word.type > SlotType::kName || word.length == 0) return false;
    bytes += word.length;
    values += word.has_value;
  }
  if (bytes != text_bytes || values != view.num_values()) return false;
  for (std::size_t i = 0; i < words; ++i) {
    if (view.word(i).has_value && !(view.value(i) >= 0 && view.value(i) <= kMaxSlotValue)) {
      return false;
    }
  }
  return true;
}

void BuildProfile(const CanonicalText& text, std::string_view original, std::string_view lang,
                  int ngram_size, std::uint64_t seed, std::vector<std::uint32_t>& block) {
  thread_local ShingleSet shingles;
  Shingle(text, ngram_size, seed, shingles);
  const Words words(text, original, lang);
  const std::uint64_t text_hash = Hash64(text.text(), kTextSeed), skeleton = words.Skeleton();
  std::uint32_t flags = 0;
  if (words.cased) flags |= ProfileView::kCased;
  if (words.count < text.words().size()) flags |= ProfileView::kTruncated;

  block.clear();
  block.insert(block.end(),
               {ProfileView::kVersion | flags << 8 | Low(words.count) << 16, Low(shingles.size()),
                0, Low(text_hash), High(text_hash), Low(skeleton), High(skeleton)});
  block.insert(block.end(), shingles.begin(), shingles.end());
  block.insert(block.end(), words.hashes.begin(),
               words.hashes.begin() + static_cast<std::ptrdiff_t>(words.count));
  for (std::size_t i = 0; i < words.count; ++i) {
    block.push_back(words.Packed(i, Clip(text.word(i)).size()));
  }
  std::uint32_t values = 0;
  for (std::size_t i = 0; i < words.count; ++i) {
    if (!words.slots[i].has_value) continue;
    block.push_back(std::bit_cast<std::uint32_t>(words.slots[i].value));
    ++values;
  }
  block[2] = values << 24 | Low(AppendText(text, words.count, block));
}

void StampProfile(const WordStats& words, const Recurrence& recurrence, std::int64_t day,
                  std::span<std::uint32_t> block) {
  const ProfileView view(block);
  const std::span<const std::uint32_t> hashes = view.word_hashes();
  for (std::size_t i = 0; i + 1 < hashes.size(); ++i) {
    recurrence.Prefetch(PairKey(hashes[i], hashes[i + 1]));
  }
  std::uint32_t* packed = block.data() + (hashes.data() - block.data()) + hashes.size();
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    std::uint32_t word = packed[i] & ~kStampMask;
    word |= std::uint32_t{ProfileView::QuantisedWeight(words.Idf(hashes[i]))} << kWeightBit;
    if (i + 1 < hashes.size()) {
      word |= StoredDays(recurrence.DaysBefore(PairKey(hashes[i], hashes[i + 1]), day - 1))
              << kPairBit;
    }
    packed[i] = word;
  }
  block[2] = (block[2] & 0xff00ffff) | StoredDays(recurrence.DaysBefore(view.skeleton(), day))
                                           << 16;
  block[0] |= ProfileView::kStamped << 8;
}

void RecurrenceKeys(const ProfileView& profile, std::vector<std::uint64_t>& keys) {
  keys.clear();
  const std::span<const std::uint32_t> hashes = profile.word_hashes();
  if (hashes.empty()) return;
  keys.push_back(profile.skeleton());
  for (std::size_t i = 0; i + 1 < hashes.size(); ++i) {
    keys.push_back(PairKey(hashes[i], hashes[i + 1]));
  }
}

}  // namespace samestory
