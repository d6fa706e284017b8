#ifndef SAMESTORY_MATCH_PROFILE_H_
#define SAMESTORY_MATCH_PROFILE_H_

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "match/recurrence.h"
#include "samestory/match.h"
#include "samestory/text.h"
#include "text/word_stats.h"

namespace samestory {

/// What the judge knows of one word beside its hash.
struct ProfileWord {
  SlotType type;           ///< kNone for an ordinary word
  bool repeated;           ///< stood earlier in the same text
  bool is_slot;            ///< masked in the skeleton: holds a digit, or names a day or month
  bool has_value;          ///< a number: ProfileView::value gives it
  std::uint8_t length;     ///< bytes in text()
  std::uint8_t weight;     ///< idf when stamped, in sixteenths of a nat; 0 before
  std::uint8_t pair_days;  ///< on which the pair (this word, the next) was seen before
};

/// A headline made ready to be judged: one block of 32-bit words that can be
/// copied, stored and read in place. It holds no pointer.
///
///   word 0     version (bits 0-7), flags (8-15), number of words n (16-23), number of
///              values v (24-31)
///   word 1     bytes of text (0-15), skeleton days when stamped (16-23)
///   word 2, 3  hash of the whole canonical text, low half first
///   word 4, 5  hash of the skeleton, low half first
///   n words    WordHash of each word, in order
///   v words    the values of the words that have one, in order, as IEEE floats
///   4 n bytes  of each word, in order: type (0-3), repeated (4), slot (5), has a value
///              (6); then of each the length; of each the weight; of each the pair days
///   the rest   the text: words joined by single spaces, zero-padded
///
/// To persist a block write its words up to the values in little-endian order and the
/// bytes behind as they stand; on every little-endian machine that is the block itself.
///
/// The profile of a 12-word headline takes about 200 bytes. Shingles of a pair are
/// counted by their words (see ShingleOverlap). Only the first kMaxWords words are kept
/// (the text hash is of all of them), and a word beyond 255 bytes is cut.
class ProfileView {
 public:
  static constexpr std::uint32_t kVersion = 2;
  static constexpr std::size_t kHeaderWords = 6;
  static constexpr std::size_t kMaxWords = 64;
  static constexpr double kWeightUnit = 1.0 / 16;  ///< nats a step of a stored weight

  /// `nats` as a stored weight: rounded, at least 0, at most 255 steps.
  static std::uint8_t QuantisedWeight(double nats);

  enum Flag : std::uint32_t {
    kStamped = 1,    ///< StampProfile has filled in the weights
    kCased = 2,      ///< capital letters tell names: neither title case nor all capitals
    kTruncated = 4,  ///< the text has more than kMaxWords words
  };

  /// `block` as BuildProfile made it; it must outlive the view.
  explicit ProfileView(std::span<const std::uint32_t> block) : block_(block) {}

  std::span<const std::uint32_t> block() const { return block_; }

  /// Whether `block` can be read in place: for blocks that come from storage.
  static bool IsValid(std::span<const std::uint32_t> block);

  /// Canonical text (of the first kMaxWords words).
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes() + 4 * num_words()), block_[1] & 0xffff};
  }
  std::size_t num_words() const { return block_[0] >> 16 & 0xff; }
  bool Has(Flag flag) const { return (block_[0] >> 8 & flag) != 0; }

  std::uint64_t text_hash() const { return block_[2] | std::uint64_t{block_[3]} << 32; }
  std::uint64_t skeleton() const { return block_[4] | std::uint64_t{block_[5]} << 32; }
  /// Distinct days on which the skeleton was seen before, at most 255.
  unsigned skeleton_days() const { return block_[1] >> 16 & 0xff; }

  std::span<const std::uint32_t> word_hashes() const {
    return block_.subspan(kHeaderWords, num_words());
  }
  /// What is known of each word, as arrays of num_words() bytes.
  const std::uint8_t* kinds() const { return bytes(); }
  const std::uint8_t* lengths() const { return bytes() + num_words(); }
  const std::uint8_t* weights() const { return bytes() + 2 * num_words(); }
  const std::uint8_t* pair_days() const { return bytes() + 3 * num_words(); }

  /// Where the parts of a byte of kinds() begin.
  static constexpr std::uint8_t kTypeMask = 15;
  enum KindBit { kRepeatedBit = 4, kSlotBit = 5, kValueBit = 6 };

  ProfileWord word(std::size_t i) const {
    const std::uint8_t kind = kinds()[i];
    return {.type = static_cast<SlotType>(kind & kTypeMask),
            .repeated = (kind >> kRepeatedBit & 1) != 0,
            .is_slot = (kind >> kSlotBit & 1) != 0,
            .has_value = (kind >> kValueBit & 1) != 0,
            .length = lengths()[i],
            .weight = weights()[i],
            .pair_days = pair_days()[i]};
  }
  /// The value of word i, which must have one.
  float value(std::size_t i) const;

 private:
  friend void StampProfile(const WordStats&, const Recurrence&, std::int64_t,
                           std::span<std::uint32_t>);
  std::size_t num_values() const { return block_[0] >> 24; }
  std::size_t BytesOffset() const { return kHeaderWords + num_words() + num_values(); }
  const std::uint8_t* bytes() const {
    return reinterpret_cast<const std::uint8_t*>(block_.data() + BytesOffset());
  }

  std::span<const std::uint32_t> block_;
};

/// Replaces `block` by the profile of `text`. `original` is the text that `text`
/// was made from (slots look at signs such as $ and % in it); `lang` chooses the
/// month, weekday and number names (ICU; empty: English). Thread-safe; allocates
/// nothing once `block` is large enough. The profile is not yet stamped.
void BuildProfile(const CanonicalText& text, std::string_view original, std::string_view lang,
                  std::vector<std::uint32_t>& block);

/// Writes into `block` what is known of its words when the item arrives on `day`
/// (days since 1970): the idf of every word; for every pair of neighbours the days
/// before yesterday on which it was seen; the days before `day` on which its skeleton
/// was seen. Counts of days are rounded and at most 255.
/// Stamping again replaces the stamp. Needs one look-up a word and one a pair; a
/// stamped profile is judged without any.
void StampProfile(const WordStats& words, const Recurrence& recurrence, std::int64_t day,
                  std::span<std::uint32_t> block);

/// Hints that StampProfile of `block` follows soon.
void PrefetchStamp(const WordStats& words, const Recurrence& recurrence,
                   std::span<const std::uint32_t> block);

/// Keys under which Recurrence counts a headline: its skeleton and its word pairs.
void RecurrenceKeys(const ProfileView& profile, std::vector<std::uint64_t>& keys);

/// Keys of the second index: all pairs of the 6 rarest words by 5-letter stems
/// (15 keys), for candidates below the Jaccard threshold. Rarity is the stamped
/// weight where the profile is stamped, what `words` says now where it is not;
/// equal rarity is ordered by the stem's hash. A text of one distinct stem has one
/// key. Slots are words like any other here.
void RareWordKeys(const ProfileView& profile, const WordStats& words, std::uint64_t seed,
                  std::vector<std::uint64_t>& keys);

}  // namespace samestory

#endif  // SAMESTORY_MATCH_PROFILE_H_
