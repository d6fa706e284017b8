#ifndef SAMESTORY_MATCH_COMPARISON_H_
#define SAMESTORY_MATCH_COMPARISON_H_

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "match/profile.h"
#include "samestory/match.h"

namespace samestory {

/// Two stamped profiles word by word: which words of one stand in the other, as
/// they are, as another spelling of one number, or in another form. A set of words
/// is a bit mask over positions; only the first of equal words of a text is in it.
/// Weights are in steps of ProfileView::kWeightUnit.
class Comparison {
 public:
  using Mask = std::uint64_t;

  /// Matches words as they are and by value. What else may match is left to MatchForms.
  Comparison(const ProfileView& older, const ProfileView& newer);

  /// Weights of the words of each side that MatchForms may match.
  std::pair<int, int> OpenWeights() const {
    return {older_.Weight(open_older_), newer_.Weight(open_newer_)};
  }

  /// Matches forms of words. Once.
  void MatchForms();

  /// One of the two texts.
  struct Side {
    explicit Side(const ProfileView& view);

    ProfileView view;
    std::size_t size;
    Mask all = 0;         ///< every word, once
    Mask slots = 0;       ///< of them, words that are masked in the skeleton
    Mask values = 0;      ///< words with a value
    Mask names = 0;       ///< capitalised, where that means something
    Mask dates = 0;       ///< months, weekdays, years and days of a month
    Mask shared = 0;      ///< stands in the other text as it is
    Mask equivalent = 0;  ///< matched by value or as another form
    std::array<std::uint16_t, ProfileView::kMaxWords> begins;  ///< in the text
    std::array<std::uint8_t, ProfileView::kMaxWords> lengths, weights;

    Mask unmatched() const { return all & ~shared & ~equivalent; }
    Mask unmatched_slots() const { return unmatched() & slots; }
    int Weight(Mask words) const;
    std::string_view Word(std::size_t i) const { return {text + begins[i], lengths[i]}; }

   private:
    friend class Comparison;
    std::size_t InitialsMatch(std::string_view word, std::size_t first, Mask free) const;
    bool IsJoined(std::string_view word, std::size_t first) const;

    const char* text;
  };

  const Side& older() const { return older_; }
  const Side& newer() const { return newer_; }

  int shared_weight() const { return shared_weight_; }  ///< of words as they are
  int matched_weight() const { return shared_weight_ + equivalent_weight_; }

  /// Neighbours that are neighbours in both texts.
  struct Pairs {
    int count = 0;
    int old = 0;           ///< seen on kOldDays days or more before the older text
    double novelty = 0;    ///< sum of 1 / (1 + days seen): a pair never seen counts 1
    int stale_weight = 0;  ///< of shared words that stand in old shared pairs alone
  };
  static constexpr unsigned kOldDays = 3;
  const Pairs& pairs() const { return pairs_; }

  /// Each side has a slot that the other lacks.
  bool has_conflict() const {
    return older_.unmatched_slots() != 0 && newer_.unmatched_slots() != 0;
  }
  /// Equal in length, and all but one word stand at their places.
  bool OneWordDiffers() const;
  /// Every word of the newer text stands in the older one, in order; its last word
  /// may be cut short.
  bool NewerIsCut() const;
  /// Some stretch between two matched words differs on both sides.
  bool HasSubstitution() const;
  /// Unmatched slots of both sides; side by side those of one type, rather beside the
  /// same word than in order ("3 dead, 8 hurt" and "9 hurt, 5 dead").
  std::vector<SlotPair> SlotPairs() const;
  /// Every word of the older text, then those of the newer one that it lacks.
  std::vector<WordMatch> Words() const;

 private:
  void MatchShared();
  void MatchValues();
  /// Of a word: the unmatched words of the other text that begin with the same byte.
  using Kin = std::array<Mask, ProfileView::kMaxWords>;
  void MatchInitials(Side& side, Mask words, Side& other, const Kin& kin);
  void MatchVariants(Mask words, const Kin& kin);
  void CountPairs();
  bool PairIsRepeated(std::size_t i) const;
  /// Word i of the older text and j of the newer one follow, or are followed by, one word.
  bool StandAlike(std::size_t i, std::size_t j) const;
  void Match(Side& side, std::size_t i, Side& other, Mask words, int weight);

  Side older_, newer_;
  std::array<Mask, ProfileView::kMaxWords> equal_;  ///< of an older word: its mates
  int shared_weight_ = 0, equivalent_weight_ = 0;
  Pairs pairs_;
  Mask open_older_ = 0, open_newer_ = 0;  ///< words that MatchForms may match
};

}  // namespace samestory

#endif  // SAMESTORY_MATCH_COMPARISON_H_
