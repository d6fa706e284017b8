#include "match/profile.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/hash.h"
#include "match/lexicon.h"
#include "match/slots.h"

namespace samestory {
namespace {

constexpr std::size_t kMaxWordBytes = 255;
constexpr std::uint64_t kSlotHash = 0x23;  // stands for every run of slots in a skeleton
constexpr std::uint64_t kTextSeed = 1, kSkeletonSeed = 2;

std::string_view Clip(std::string_view word) {
  if (word.size() <= kMaxWordBytes) return word;
  std::size_t end = kMaxWordBytes;
  while ((word[end] & 0xc0) == 0x80) --end;
  return word.substr(0, end);
}

// To the nearest integer, ties to even, without a call: the sum has no bits for a fraction.
double Rounded(double x) {
  constexpr double kNoFraction = 0x1.8p52;
  return (x + kNoFraction) - kNoFraction;
}

// Counts of days fade a little from one day to the next, hence the rounding.
std::uint8_t StoredDays(double days) {
  return static_cast<std::uint8_t>(std::min(Rounded(days), 255.0));
}

// Scratch of one BuildProfile: everything known of the kept words.
struct Words {
  std::size_t count = 0;
  std::array<std::uint32_t, ProfileView::kMaxWords> hashes;
  std::array<SlotOfWord, ProfileView::kMaxWords> slots;
  bool cased = false;
  std::uint64_t seen = 0;

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

  // Positions ascend from call to call.
  std::uint8_t Kind(std::size_t i) {
    // Most words are new, which a bit of 64 says most of the time.
    const std::uint64_t bit = std::uint64_t{1} << (hashes[i] >> 26);
    bool repeated = false;
    if ((seen & bit) != 0) {
      const auto end = hashes.begin() + static_cast<std::ptrdiff_t>(i);
      repeated = std::find(hashes.begin(), end, hashes[i]) != end;
    }
    seen |= bit;
    return static_cast<std::uint8_t>(static_cast<unsigned>(slots[i].type) |
                                     unsigned{repeated} << ProfileView::kRepeatedBit |
                                     unsigned{slots[i].is_slot} << ProfileView::kSlotBit |
                                     unsigned{slots[i].has_value} << ProfileView::kValueBit);
  }
};

std::uint32_t Low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
std::uint32_t High(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

// What follows the values: the kinds, lengths and stamps of the words, and the text. Returns the
// bytes of the text.
std::size_t AppendBytes(const CanonicalText& text, Words& words,
                        std::vector<std::uint32_t>& block) {
  const std::size_t count = words.count;
  std::size_t bytes = count == 0 ? 0 : count - 1;
  for (std::size_t i = 0; i < count; ++i) bytes += Clip(text.word(i)).size();
  const std::size_t offset = block.size();
  block.resize(offset + (4 * count + bytes + 3) / 4);
  auto* const kinds = reinterpret_cast<std::uint8_t*>(block.data() + offset);
  char* out = reinterpret_cast<char*>(kinds + 4 * count);
  for (std::size_t i = 0; i < count; ++i) {
    kinds[i] = words.Kind(i);
    kinds[count + i] = static_cast<std::uint8_t>(Clip(text.word(i)).size());
  }
  // All of the text or its beginning, as it stands, unless a word was cut.
  if (count > 0 && text.words()[count - 1].end == bytes) {
    std::copy_n(text.text().data(), bytes, out);
    return bytes;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view word = Clip(text.word(i));
    if (i > 0) *out++ = ' ';
    out = std::copy(word.begin(), word.end(), out);
  }
  return bytes;
}

std::uint64_t PairKey(std::uint32_t first, std::uint32_t second) {
  return Mix64(first, std::uint64_t{second} + 1);
}

}  // namespace

std::uint8_t ProfileView::QuantisedWeight(double nats) {
  return static_cast<std::uint8_t>(std::clamp(Rounded(nats / kWeightUnit), 0.0, 255.0));
}

float ProfileView::value(std::size_t i) const {
  std::size_t at = kHeaderWords + num_words();
  for (std::size_t k = 0; k < i; ++k) at += kinds()[k] >> kValueBit & 1;
  return std::bit_cast<float>(block_[at]);
}

bool ProfileView::IsValid(std::span<const std::uint32_t> block) {
  if (block.size() < kHeaderWords || (block[0] & 0xff) != kVersion) return false;
  const ProfileView view(block);
  const std::size_t words = view.num_words();
  const std::size_t text_bytes = block[1] & 0xffff;
  if (words > kMaxWords) return false;
  if (view.BytesOffset() + (4 * words + text_bytes + 3) / 4 != block.size()) return false;
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
                  std::vector<std::uint32_t>& block) {
  Words words(text, original, lang);
  const std::uint64_t text_hash = Hash64(text.text(), kTextSeed), skeleton = words.Skeleton();
  std::uint32_t flags = 0;
  if (words.cased) flags |= ProfileView::kCased;
  if (words.count < text.words().size()) flags |= ProfileView::kTruncated;

  block.assign({0, 0, Low(text_hash), High(text_hash), Low(skeleton), High(skeleton)});
  block.insert(block.end(), words.hashes.begin(),
               words.hashes.begin() + static_cast<std::ptrdiff_t>(words.count));
  std::uint32_t values = 0;
  for (std::size_t i = 0; i < words.count; ++i) {
    if (!words.slots[i].has_value) continue;
    block.push_back(std::bit_cast<std::uint32_t>(words.slots[i].value));
    ++values;
  }
  block[0] = ProfileView::kVersion | flags << 8 | Low(words.count) << 16 | values << 24;
  block[1] = Low(AppendBytes(text, words, block));
}

void PrefetchStamp(const WordStats& words, const Recurrence& recurrence,
                   std::span<const std::uint32_t> block) {
  const ProfileView view(block);
  const std::span<const std::uint32_t> hashes = view.word_hashes();
  words.Prefetch(hashes);
  recurrence.Prefetch(view.skeleton());
  for (std::size_t i = 0; i + 1 < hashes.size(); ++i) {
    recurrence.Prefetch(PairKey(hashes[i], hashes[i + 1]));
  }
}

void StampProfile(const WordStats& words, const Recurrence& recurrence, std::int64_t day,
                  std::span<std::uint32_t> block) {
  const ProfileView view(block);
  const std::span<const std::uint32_t> hashes = view.word_hashes();
  const std::size_t size = hashes.size();
  std::array<double, ProfileView::kMaxWords> idfs;
  words.Idfs(hashes, idfs);
  auto* const weights =
      reinterpret_cast<std::uint8_t*>(block.data() + view.BytesOffset()) + 2 * size;
  std::uint8_t* const pair_days = weights + size;
  for (std::size_t i = 0; i < size; ++i) weights[i] = ProfileView::QuantisedWeight(idfs[i]);
  for (std::size_t i = 0; i + 1 < size; ++i) {
    pair_days[i] = StoredDays(recurrence.DaysBefore(PairKey(hashes[i], hashes[i + 1]), day - 1));
  }
  block[1] = (block[1] & 0xff00ffff) |
             std::uint32_t{StoredDays(recurrence.DaysBefore(view.skeleton(), day))} << 16;
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
